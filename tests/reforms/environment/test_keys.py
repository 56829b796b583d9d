from __future__ import annotations

import stat

from reforms.environment import kept_secret_key
from reforms.environment.rules import key_mistakes


def test_kept_secret_key_is_made_once_and_is_the_owners_alone(tmp_path):
    first = kept_secret_key(tmp_path)
    assert kept_secret_key(tmp_path) == first
    assert list(key_mistakes(first)) == []
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_kept_secret_key_when_another_process_was_faster(tmp_path, monkeypatch):
    winner = kept_secret_key(tmp_path)
    path_class = type(tmp_path)
    monkeypatch.setattr(path_class, "exists", lambda self: False)
    assert kept_secret_key(tmp_path) == winner

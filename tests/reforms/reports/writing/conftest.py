from __future__ import annotations

import pytest

from tests.reforms.reports.writing.cast import Stage, fill_plainly, make_stage


@pytest.fixture(autouse=True)
def plainly_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    fill_plainly(monkeypatch)


@pytest.fixture
def stage(db) -> Stage:
    return make_stage()

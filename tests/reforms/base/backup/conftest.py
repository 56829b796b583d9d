from __future__ import annotations

from pathlib import Path

import pytest
from django.db.models import Model

from reforms.base.backup import back_up
from reforms.base.backup.tables import tables
from reforms.base.models import Event, User
from tests.both_kinds import BothKinds, both_kinds
from tests.builders import make_commitment
from tests.reforms.base.backup.world import NOW

__all__ = ["both_kinds"]


class Desk:
    """A small backup, and an empty database to restore into."""

    def __init__(self, both_kinds: BothKinds, backup: Path, kind: str) -> None:
        self.both_kinds = both_kinds
        self.backup = backup
        self.target = both_kinds.migrated(kind)

    def kept(self) -> list[type[Model]]:
        """The models that have rows in the target."""
        with self.both_kinds.standing_on(self.target):
            return [model for model in tables() if model._base_manager.exists()]


def fill_a_little() -> None:
    """A person, an event of theirs, and a commitment with all that it needs."""
    person = User.objects.create_user("maya@example.org", "no secret")
    Event.objects.create(at=NOW, by=person, verb="publish", subject="commitment:x")
    make_commitment(reference="X-1", title="One promise")


@pytest.fixture(scope="session")
def small(both_kinds: BothKinds) -> str:
    """The address of a database with a few rows."""
    url = both_kinds.migrated("sqlite")
    with both_kinds.standing_on(url):
        fill_a_little()
    return url


@pytest.fixture(scope="session")
def small_backup(both_kinds: BothKinds, small: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("backup") / "small.backup"
    with both_kinds.standing_on(small):
        back_up(path, now=NOW)
    return path


@pytest.fixture
def desk(both_kinds: BothKinds, small_backup: Path) -> Desk:
    return Desk(both_kinds, small_backup, "sqlite")

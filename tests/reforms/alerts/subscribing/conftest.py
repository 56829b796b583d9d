"""A council with people, and what can be asked for: of what the fixtures loaded."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pillars.models import Organisation
from reforms.alerts.subscribing.choices import Target, find_consultation, find_council, find_pillar
from reforms.base.models import User
from tests.reforms.pages.making import make_member

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def pillar(db) -> Target:
    return target_of(find_pillar("stable-homes/4", on=NOW.date()))


@pytest.fixture
def council(db) -> Target:
    return target_of(find_council("lincolnshire", on=NOW.date()))


@pytest.fixture
def consultation(db) -> Target:
    return target_of(find_consultation("stable-homes-strategy", on=NOW.date()))


@pytest.fixture
def maya(db) -> User:
    """An officer of Lincolnshire."""
    return make_member(Organisation.objects.get(slug="lincolnshire"))


def target_of(found: Target | None) -> Target:
    assert found
    return found

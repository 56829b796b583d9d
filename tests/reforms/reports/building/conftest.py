from __future__ import annotations

import pytest

from reforms.reports.models import CommitteeReport
from tests.councils.writing.cast import Cast, make_cast
from tests.reforms.reports.building.cast import Browser, make_report


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


@pytest.fixture
def report(cast) -> CommitteeReport:
    """A draft of the council, which the officer started."""
    return make_report(cast.council, by=cast.officer)


@pytest.fixture
def officer(cast) -> Browser:
    return Browser(cast.officer, cast.council)


@pytest.fixture
def colleague(cast) -> Browser:
    return Browser(cast.second_officer, cast.council)


@pytest.fixture
def approver(cast) -> Browser:
    return Browser(cast.approver, cast.council)


@pytest.fixture
def public(cast) -> Browser:
    return Browser(None, cast.council)

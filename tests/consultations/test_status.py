"""Where a consultation stands: the pure rule, and the same in SQL."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations.models import Consultation
from consultations.querysets import ORDER, closing_within, with_status
from consultations.status import Status, moment_of, status_at
from reforms.base.as_at import AsAt
from reforms.base.clock import civil_moment
from tests import builders as make

OPENS, CLOSES = date(2023, 2, 2), date(2023, 5, 11)
CLOSES_AT = civil_moment(CLOSES)
SECOND = timedelta(seconds=1)


def noon(day: date) -> datetime:
    return civil_moment(day, time(12))


LIVE = [
    pytest.param(noon(OPENS - timedelta(days=1)), Status.PROMISED, id="the day before it opens"),
    pytest.param(civil_moment(OPENS, time.min), Status.OPEN, id="the first moment of its first day"),
    pytest.param(noon(CLOSES - timedelta(days=29)), Status.OPEN, id="29 days left"),
    pytest.param(noon(CLOSES - timedelta(days=28)), Status.CLOSING, id="28 days left"),
    pytest.param(civil_moment(CLOSES - timedelta(days=28), time.min), Status.CLOSING, id="28 days left, at midnight"),
    pytest.param(CLOSES_AT - SECOND, Status.CLOSING, id="the last second"),
    pytest.param(CLOSES_AT, Status.CLOSED, id="11:59pm"),
    pytest.param(datetime(2023, 5, 11, 22, 59, tzinfo=UTC), Status.CLOSED, id="11:59pm, said in UTC"),
    pytest.param(datetime(2023, 5, 11, 22, 58, tzinfo=UTC), Status.CLOSING, id="11:58pm, said in UTC"),
]


@pytest.mark.parametrize(("at", "status"), LIVE)
def test_a_live_one(at, status):
    assert status_at(noon(OPENS), CLOSES_AT, None, at=at) is status


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "opens_latest", "status"),
    [
        pytest.param(None, None, None, Status.PROMISED, id="no date"),
        pytest.param(None, None, date(2023, 4, 21), Status.PROMISED, id="window ends today"),
        pytest.param(None, None, date(2023, 4, 20), Status.WINDOW_PASSED, id="window ended yesterday"),
        pytest.param(noon(OPENS), None, date(2023, 1, 1), Status.OPEN, id="no closing"),
        pytest.param(None, CLOSES_AT, None, Status.CLOSING, id="no opening"),
        pytest.param(noon(date(2023, 4, 22)), CLOSES_AT, date(2023, 4, 1), Status.WINDOW_PASSED, id="opens too late"),
    ],
)
def test_others(opens_at, closes_at, opens_latest, status):
    assert status_at(opens_at, closes_at, opens_latest, at=noon(date(2023, 4, 21))) is status


def test_a_past_day_is_answered_for_just_before_most_things_close():
    now = datetime(2026, 11, 21, 9, tzinfo=UTC)
    assert moment_of(AsAt(now=now, day=CLOSES)) == CLOSES_AT - SECOND
    assert moment_of(AsAt(now=now, day=date(2026, 11, 21))) == now


DAYS = st.none() | st.integers(-40, 40).map(lambda days: date(2023, 4, 21) + timedelta(days=days))
TIMES = st.sampled_from([time.min, time(0, 30), time(12), time(23, 59)])
AT = st.builds(civil_moment, st.sampled_from([date(2023, 4, 21), date(2023, 3, 26), date(2023, 10, 29)]), TIMES)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(opens_on=DAYS, opens=TIMES, closes_on=DAYS, closes=TIMES, latest=DAYS, at=AT, within=st.integers(0, 40))
def test_the_database_agrees_on_anything(db, opens_on, opens, closes_on, closes, latest, at, within):
    opens_at = civil_moment(opens_on, opens) if opens_on else None
    closes_at = civil_moment(closes_on, closes) if closes_on else None
    if opens_at and closes_at and opens_at >= closes_at:
        opens_at = None
    made = make.make_consultation(is_promised=True, opens_at=opens_at, closes_at=closes_at, opens_latest=latest)
    found = with_status(Consultation.objects.filter(pk=made.pk), at=at)
    status = status_at(opens_at, closes_at, latest, at=at)
    assert found.values_list("status", "status_order").get() == (status.value, ORDER.index(status))
    is_open = status in (Status.OPEN, Status.CLOSING)
    left = (closes_on - at.date()).days if closes_on else None
    assert closing_within(found, within, at=at).exists() == (is_open and left is not None and left <= within)


def test_every_status_has_its_place():
    assert sorted(ORDER) == sorted(Status)

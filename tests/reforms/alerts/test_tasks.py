"""The task that beat sends: the same work, wherever it runs."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine

from reforms.alerts import tasks
from reforms.alerts.models import Flag, JobRun
from tests.reforms.alerts.conftest import closing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rules(watch_only):
    watch_only(closing("rules", date(2023, 5, 11)))


def test_without_redis_it_runs_where_it_is_sent_from():
    with time_machine.travel(datetime(2023, 4, 21, 9, 5, tzinfo=UTC), tick=False):
        tasks.raise_flags.delay()

    assert Flag.objects.get().raised_for == date(2023, 4, 21)


def test_sent_twice_it_changes_nothing():
    with time_machine.travel(datetime(2023, 4, 21, 9, 5, tzinfo=UTC), tick=False):
        tasks.raise_flags.delay()
        tasks.raise_flags.delay()

    assert Flag.objects.count() == 1


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        pytest.param(datetime(2023, 5, 11, 22, 59, tzinfo=UTC), "2023-05-11", id="summer, a minute to midnight here"),
        pytest.param(
            datetime(2023, 5, 11, 23, 5, tzinfo=UTC), "2023-05-12", id="summer, past midnight here, not in UTC"
        ),
        pytest.param(datetime(2023, 1, 11, 23, 5, tzinfo=UTC), "2023-01-11", id="winter, an hour to midnight"),
        pytest.param(datetime(2023, 3, 26, 1, 5, tzinfo=UTC), "2023-03-26", id="the hour that clocks skip"),
        pytest.param(datetime(2023, 10, 29, 0, 5, tzinfo=UTC), "2023-10-29", id="the hour that comes twice, first"),
        pytest.param(datetime(2023, 10, 29, 1, 5, tzinfo=UTC), "2023-10-29", id="the hour that comes twice, again"),
    ],
)
def test_it_runs_for_the_civil_day(moment, day):
    with time_machine.travel(moment, tick=False):
        tasks.raise_flags.delay()

    assert JobRun.objects.get().for_day.isoformat() == day

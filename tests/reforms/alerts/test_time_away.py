"""After time away, and through the nights in which clocks change: each flag once, on its day, and never a storm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from celery.beat import Scheduler

from reforms.alerts import actions, jobs
from reforms.alerts.models import Flag, JobRun
from reforms.base.clock import CIVIL, civil_day
from reforms.celery import app
from tests.reforms.alerts.conftest import at, closing

HOUR = timedelta(hours=1)

DOWNTIMES = [
    pytest.param(timedelta(minutes=5), id="five-minutes"),
    pytest.param(timedelta(hours=26), id="26-hours"),
    pytest.param(timedelta(days=30), id="30-days"),
]
WENT_DOWN = datetime(2023, 4, 14, 22, 30, tzinfo=UTC)
"""Half past eleven in the evening: five minutes later it is the same day, 26 hours later the one after the next."""
CLOSINGS = range(-30, 60)
"""On which days consultations close, counted from then."""


class Counting(Scheduler):
    """Beat's own scheduler, which sends nothing and counts what it would have sent."""

    def __init__(self) -> None:
        self.sent: defaultdict[str, int] = defaultdict(int)
        super().__init__(app=app, lazy=False)

    def apply_async(self, entry, producer=None, advance=True, **options):
        self.sent[entry.task] += 1
        self.reserve(entry)
        return entry

    @property
    def producer(self) -> None:
        return None


@pytest.mark.parametrize("downtime", DOWNTIMES)
class TestDowntime:
    def test_beat_sends_each_task_once_at_most(self, downtime):
        with time_machine.travel(WENT_DOWN, tick=False):
            beat = Counting()
        with time_machine.travel(WENT_DOWN + downtime, tick=False):
            while beat.tick() == 0:
                pass

        assert set(beat.sent.values()) == {1}
        missing = {job.task for job in jobs.JOBS.values()} - set(beat.sent)
        assert not missing or downtime < HOUR

    @pytest.mark.django_db
    def test_each_flag_is_raised_once_or_recorded_as_missed(self, downtime, watch_only):
        """One consultation closes on each of ninety days, so that there is something new on every day."""
        come_back(downtime, watch_only)

        assert_once_or_missed(downtime)

    @pytest.mark.long
    @pytest.mark.django_db
    def test_without_the_record_nobody_would_know_what_was_missed(self, downtime, watch_only, monkeypatch):
        monkeypatch.setattr(actions, "_record_missed", lambda *given, **named: [])
        come_back(downtime, watch_only)

        if civil_day(WENT_DOWN + downtime) > civil_day(WENT_DOWN) + timedelta(days=1):
            with pytest.raises(AssertionError):
                assert_once_or_missed(downtime)


def come_back(downtime: timedelta, watch_only) -> None:
    """The job was done an hour before, and is done three times in the first minutes afterwards."""
    first = civil_day(WENT_DOWN)
    watch_only(*(closing(f"c-{number}", first + timedelta(days=number)) for number in CLOSINGS))
    jobs.do("raise_flags", now=WENT_DOWN - HOUR)
    for number in range(3):
        jobs.do("raise_flags", now=WENT_DOWN + downtime + number * timedelta(minutes=1))


def assert_once_or_missed(downtime: timedelta) -> None:
    first, back = civil_day(WENT_DOWN), civil_day(WENT_DOWN + downtime)
    away = {first + timedelta(days=number) for number in range(1, (back - first).days)}
    runs = JobRun.objects.filter(job="raise_flags")
    missed = dict(runs.filter(outcome="missed").values_list("for_day", "details__missed"))
    assert set(missed) == away
    assert set(runs.values_list("for_day", flat=True)) == {first, back} | away
    assert Flag.objects.filter(is_baseline=False).count() + sum(missed.values()) == new_between(first, back)
    assert len(set(Flag.objects.values_list("kind", "subject", "threshold"))) == Flag.objects.count()


def new_between(first: date, last: date) -> int:
    """How many flags come due after one day and until another: five before each closing, and one after it."""
    closings = [civil_day(WENT_DOWN) + timedelta(days=number) for number in CLOSINGS]
    days = [day - timedelta(days=left) for day in closings for left in (28, 14, 7, 3, 1, -1)]
    return sum(first < day <= last for day in days)


def last_sunday(year: int, month: int) -> date:
    """Of March or October."""
    end = date(year, month, 31)
    return end - timedelta(days=(end.weekday() + 1) % 7)


CHANGES = [last_sunday(year, month) for year in range(2021, 2031) for month in (3, 10)]
TURNS = {28: 28, 14: 14, 7: 7, 3: 3, 1: 1, -1: 0}
"""How many days are left on the first day of each threshold; a day after the closing it is closed."""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "each"),
    [
        pytest.param(CHANGES[4:6], 4, id="two changes"),
        pytest.param(CHANGES, 167, id="twenty changes with a thousand dates", marks=pytest.mark.long),
    ],
)
def test_each_flag_is_raised_once_in_the_first_hour_of_its_day(changes, each, watch_only):
    for change in changes:
        assert civil_hours(change) in (23, 25)
        expected = watch_turns(watch_only, change, each)
        live_through(change)

        assert_raised_in_the_first_hour(expected)


@pytest.mark.long
@pytest.mark.django_db
def test_by_the_days_of_utc_some_would_be_raised_an_hour_late(watch_only, monkeypatch):
    monkeypatch.setattr(jobs, "civil_day", lambda moment: moment.date())
    expected = watch_turns(watch_only, CHANGES[4], 4)
    live_through(CHANGES[4])

    with pytest.raises(AssertionError):
        assert_raised_in_the_first_hour(expected)


def live_through(change: date) -> None:
    """Do the job at noon of the day before, and every hour from that evening to the morning after the change."""
    Flag.objects.all().delete()
    JobRun.objects.all().delete()
    for moment in (at(change - timedelta(days=1), 12), *hours_around(change)):
        jobs.do("raise_flags", now=moment)


def assert_raised_in_the_first_hour(expected: dict[tuple[str, int], date]) -> None:
    flags = Flag.objects.filter(is_baseline=False)
    raised = list(flags.values_list("subject", "threshold", "raised_for"))
    assert len(raised) == len(expected)
    assert {(subject, threshold): day for subject, threshold, day in raised} == expected
    for moment, day in flags.values_list("raised_at", "raised_for"):
        assert (civil_day(moment), civil_day(moment - HOUR)) == (day, day - timedelta(days=1))


def watch_turns(watch_only, change: date, each: int) -> dict[tuple[str, int], date]:
    """Consultations that pass a threshold on the day of the change, or on the one after it. The days, by flag."""
    rows, expected = [], {}
    for number in range(each):
        day = change + timedelta(days=number % 2)
        for left, threshold in TURNS.items():
            slug = f"c-{left}-{number}"
            rows.append(closing(slug, day + timedelta(days=left)))
            expected[f"consultation:{slug}", threshold] = day
    watch_only(*rows)
    return expected


def hours_around(change: date) -> Iterator[datetime]:
    """Five past each hour of UTC, from the evening before to the morning after."""
    moment = datetime(change.year, change.month, change.day, 0, 5, tzinfo=UTC) - 5 * HOUR
    for number in range(36):
        yield moment + number * HOUR


def civil_hours(day: date) -> int:
    """How many hours a day has."""
    ends = [datetime(each.year, each.month, each.day, tzinfo=CIVIL) for each in (day, day + timedelta(days=1))]
    return int((ends[1].astimezone(UTC) - ends[0].astimezone(UTC)) / HOUR)

"""Raising flags: twice, late, for a past day, after downtime, when a date has moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reforms.alerts import due
from reforms.alerts.actions import JOB, raise_flags
from reforms.alerts.deadline_rules import DeadlineRow, deadline_flags
from reforms.alerts.due import flags_due
from reforms.alerts.models import Flag, JobRun
from reforms.alerts.table import ORGANISATIONS_AT_A_TIME, Tally, insert
from reforms.alerts.watched import Watch
from reforms.base.models import Event, User
from tests.reforms.alerts.conftest import LONG_AGO, Stale, at, closing, wide_watch

pytestmark = pytest.mark.django_db

DAY = date(2023, 4, 21)
CLOSES_ON = date(2023, 5, 11)
NEXT_DAY = DAY + timedelta(days=1)


def run(on: date, **values):
    return raise_flags(on=on, now=values.pop("now", at(on)), **values)


def open_flags() -> set[tuple]:
    return set(Flag.objects.open().values_list("subject", "due_on", "threshold"))


@pytest.fixture
def rules(watch_only):
    """One consultation, 20 days before it closes."""
    watch_only(closing("rules", CLOSES_ON))


def test_what_is_due_is_raised(rules):
    outcome = run(DAY)

    flag = Flag.objects.get()
    assert [found.key for found in outcome.raised] == [
        ("consultation_closing", "consultation:rules", "", CLOSES_ON, 28)
    ]
    assert (flag.kind, flag.subject, flag.organisation) == ("consultation_closing", "consultation:rules", "")
    assert (flag.due_on, flag.threshold, flag.raised_for, flag.raised_at) == (CLOSES_ON, 28, DAY, at(DAY))
    assert flag.reason == "Closes in 20 days, on 11 May 2023 at 11:59pm"
    assert flag.cleared_at is None


def test_a_second_run_changes_nothing(rules):
    run(DAY)
    before = list(Flag.objects.values())

    outcome = run(DAY, now=at(DAY, hour=10))

    assert (outcome.raised, outcome.cleared, len(outcome.due)) == ((), (), 1)
    assert list(Flag.objects.values()) == before
    assert Event.objects.filter(verb=JOB).count() == 1
    assert JobRun.objects.get().finished_at == at(DAY, hour=10)


def test_the_next_day_changes_nothing_while_the_threshold_is_the_same(rules):
    run(DAY)

    outcome = run(NEXT_DAY)

    assert (outcome.raised, outcome.cleared) == ((), ())
    assert Event.objects.filter(verb=JOB).count() == 1


def test_each_threshold_takes_over_from_the_one_before(rules):
    days = [CLOSES_ON - timedelta(days=left) for left in range(40, -40, -1)]

    raised = [flag.threshold for day in days for flag in run(day).raised]

    assert raised == [28, 14, 7, 3, 1, 0]
    assert open_flags() == set()
    assert Flag.objects.count() == 6


def test_a_flag_that_is_no_longer_due_is_cleared(rules):
    run(DAY)

    outcome = run(CLOSES_ON + timedelta(days=29))

    assert [flag.threshold for flag in outcome.cleared] == [28]
    assert Flag.objects.get().cleared_at == at(CLOSES_ON + timedelta(days=29))


def test_a_moved_date_clears_and_raises_again(rules, watch_only):
    run(DAY)
    moved_to = CLOSES_ON + timedelta(days=2)
    watch_only(closing("rules", moved_to))

    outcome = run(DAY, now=at(DAY, hour=10))

    assert [flag.due_on for flag in outcome.cleared] == [CLOSES_ON]
    assert [flag.due_on for flag in outcome.raised] == [moved_to]
    assert open_flags() == {("consultation:rules", moved_to, 28)}
    assert JobRun.objects.get().details == {"due": 1, "raised": 2, "cleared": 1, "own": {}, "watched": ["consultation"]}


def test_a_date_that_moves_back_is_raised_a_second_time(rules, watch_only):
    run(DAY)
    watch_only(closing("rules", CLOSES_ON + timedelta(days=100)))
    run(DAY, now=at(DAY, hour=10))
    watch_only(closing("rules", CLOSES_ON))

    assert len(run(DAY, now=at(DAY, hour=11)).raised) == 1
    assert Flag.objects.count() == 2


def test_an_acknowledged_flag_stays_as_it_is(rules):
    run(DAY)
    person = User.objects.create_user("officer@example.org")
    Flag.objects.update(acknowledged_at=at(DAY), acknowledged_by=person)

    assert run(NEXT_DAY).raised == ()
    assert Flag.objects.get().acknowledged_by == person


# Baseline


def test_the_first_run_is_a_baseline(rules):
    outcome = run(DAY)

    assert outcome.is_baseline
    assert Flag.objects.get().is_baseline
    assert JobRun.objects.get().outcome == JobRun.Outcome.BASELINE


def test_later_runs_are_not(rules, watch_only):
    run(DAY)
    watch_only(closing("rules", CLOSES_ON), closing("framework", CLOSES_ON))

    same_day = run(DAY, now=at(DAY, hour=10))
    next_day = run(NEXT_DAY)

    assert (same_day.is_baseline, next_day.is_baseline) == (False, False)
    assert not Flag.objects.get(subject="consultation:framework").is_baseline
    assert JobRun.objects.get(for_day=NEXT_DAY).outcome == JobRun.Outcome.DONE


def test_a_database_with_nothing_to_watch_has_no_first_run_yet(watch_only):
    watch_only(closing("rules", CLOSES_ON, known_on=NEXT_DAY))

    too_early, first = run(DAY), run(NEXT_DAY)

    assert too_early.is_too_early
    assert first.is_baseline
    assert list(JobRun.objects.values_list("for_day", flat=True)) == [NEXT_DAY]


def test_flags_are_cleared_when_nothing_is_left_to_watch(rules, watch_only):
    run(DAY)
    watch_only()

    assert len(run(NEXT_DAY).cleared) == 1


# Past days, and days to come


def test_a_past_day_without_a_later_run_is_written(rules):
    outcome = run(DAY, now=at(date(2026, 11, 21)))

    assert outcome.later_run_on is None
    assert len(outcome.raised) == 1


def test_a_past_day_is_answered_and_not_written_where_a_later_run_exists(rules):
    run(CLOSES_ON)
    before = list(Flag.objects.values()), list(JobRun.objects.values()), Event.objects.count()

    outcome = run(DAY, now=at(CLOSES_ON))

    assert outcome.later_run_on == CLOSES_ON
    assert [flag.days for flag in outcome.due] == [20]
    assert (outcome.raised, outcome.cleared) == ((), ())
    assert (list(Flag.objects.values()), list(JobRun.objects.values()), Event.objects.count()) == before


def test_a_day_that_has_not_come_is_refused(rules):
    with pytest.raises(ValueError, match="today or an earlier day"):
        raise_flags(on=NEXT_DAY, now=at(DAY))

    assert not JobRun.objects.exists()


def test_a_run_by_a_machine_whose_clock_was_wrong_does_not_stop_the_others(rules):
    wrong = date(2031, 1, 1)
    run(DAY)
    run(wrong)

    assert run(NEXT_DAY).later_run_on is None
    assert open_flags() == {("consultation:rules", CLOSES_ON, 28)}


# Downtime


def test_days_without_a_run_are_recorded_as_missed(rules):
    run(DAY)

    outcome = run(DAY + timedelta(days=4))

    missed = JobRun.objects.filter(outcome=JobRun.Outcome.MISSED)
    assert (outcome.missed_days, outcome.missed_flags) == (3, 0)
    assert list(missed.values_list("for_day", flat=True)) == [DAY + timedelta(days=number) for number in (1, 2, 3)]


def test_after_downtime_each_flag_is_raised_once_or_recorded_as_missed(rules):
    run(DAY)

    outcome = run(CLOSES_ON + timedelta(days=5))

    assert [flag.threshold for flag in outcome.raised] == [0]
    assert outcome.missed_flags == 4
    missed = JobRun.objects.filter(details__missed__gt=0).values_list("for_day", flat=True)
    assert list(missed) == [CLOSES_ON - timedelta(days=left) for left in (14, 7, 3, 1)]


def test_missed_days_are_recorded_once(rules):
    run(DAY)
    later = DAY + timedelta(days=4)
    run(later)

    again = run(later, now=at(later, hour=10))

    assert again.missed_days == 0
    assert JobRun.objects.count() == 5


def test_what_was_not_known_on_a_missed_day_was_not_missed(rules, watch_only):
    run(DAY)
    watch_only(closing("rules", CLOSES_ON), closing("late-news", CLOSES_ON, known_on=CLOSES_ON))

    assert run(CLOSES_ON + timedelta(days=29)).missed_flags == 4 + 1 + 1 + 1


# The event


def test_a_change_is_one_event_with_counts_and_no_text(rules):
    person = User.objects.create_user("officer@example.org")

    run(DAY, by=person)

    event = Event.objects.get(verb=JOB)
    assert (event.at, event.by, event.subject, event.organisation) == (at(DAY), person, "job:raise_flags", "")
    assert event.details == {"for_day": "2023-04-21", "raised": 1, "cleared": 0, "is_baseline": True}


def test_a_run_that_fails_leaves_nothing_behind(rules, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the power went")

    monkeypatch.setattr("reforms.alerts.actions._record_event", fail)
    with pytest.raises(RuntimeError):
        run(DAY)

    assert not Flag.objects.exists()
    assert not JobRun.objects.exists()


# The database


def test_a_flag_that_is_open_is_not_raised_again_by_a_machine_that_does_not_know(rules):
    flags = list(flags_due(on=DAY))

    for number in range(2):
        insert(flags, on=DAY, now=at(DAY, hour=number), is_baseline=False)

    assert Flag.objects.get().raised_at == at(DAY, hour=0)


def test_a_machine_that_looked_before_the_other_wrote_claims_nothing(rules, monkeypatch):
    """What PostgreSQL shows the second of two machines that begin together: the runs of a moment ago."""
    run(DAY)
    last = JobRun.objects.get()
    later = DAY + timedelta(days=4)
    run(later)

    for seen_before in (last, None):
        monkeypatch.setattr("reforms.alerts.actions._wait_for_other_runs", lambda seen=seen_before: seen)
        outcome = run(later, now=at(later, hour=10))
        assert (outcome.raised, outcome.missed_days, outcome.is_baseline) == ((), 0, False)

    assert JobRun.objects.count() == 5


def test_a_run_takes_the_same_few_queries_whatever_is_due(watch_only):
    def queries(name: str, number: int, on: date) -> int:
        watch_only(*(closing(f"{name}-{one}", CLOSES_ON) for one in range(number)))
        with CaptureQueriesContext(connection) as captured:
            assert len(run(on).raised) == number
        return len(captured)

    queries("before", 1, DAY)
    few = queries("few", 2, DAY + timedelta(days=1))
    many = queries("many", 60, DAY + timedelta(days=2))

    assert few == many


# What organisations have of their own

STALE = "position_stale"


def own(outcome) -> Tally:
    return outcome.own[STALE]


@pytest.fixture
def two_stale(watch_only) -> list[Stale]:
    """Two positions that went stale, in two councils; more can be added."""
    rows = [Stale("devon", DAY - timedelta(days=9)), Stale("kent", DAY)]
    watch_only(positions=rows)
    return rows


def test_what_organisations_have_is_raised_and_counted(two_stale):
    outcome = run(DAY)

    assert (outcome.due, outcome.raised) == ((), ())
    assert own(outcome) == Tally(due=2, raised=2)
    assert (outcome.due_count, outcome.raised_count, outcome.cleared_count) == (2, 2, 0)
    columns = ("kind", "subject", "organisation", "due_on", "threshold")
    assert set(Flag.objects.open().values_list(*columns)) == {
        (STALE, "position:devon/SH-1", "devon", DAY - timedelta(days=9), 0),
        (STALE, "position:kent/SH-1", "kent", DAY, 0),
    }
    assert Event.objects.get(verb=JOB).details["raised"] == 2
    counts = {"due": 2, "raised": 2, "cleared": 0, "own": {STALE: 2}}
    assert JobRun.objects.get().details == counts | {"watched": ["consultation"]}


def test_a_second_run_leaves_what_organisations_have(two_stale):
    run(DAY)
    before = list(Flag.objects.values())

    outcome = run(DAY, now=at(DAY, hour=10))

    assert own(outcome) == Tally(due=2)
    assert list(Flag.objects.values()) == before
    assert Event.objects.filter(verb=JOB).count() == 1


def test_what_is_stale_is_due_for_as_long_as_it_is(two_stale):
    run(DAY)

    years_later = run(DAY + timedelta(days=900))

    assert own(years_later) == Tally(due=2)


def test_what_was_cured_is_cleared_and_the_next_is_raised(two_stale, watch_only):
    run(DAY)
    cured, again = Stale("devon", DAY - timedelta(days=9), until=NEXT_DAY), Stale("devon", NEXT_DAY)
    watch_only(positions=[cured, again, two_stale[1]])

    outcome = run(NEXT_DAY)

    assert own(outcome) == Tally(due=2, raised=1, cleared=1)
    assert Flag.objects.get(cleared_at__isnull=False).due_on == DAY - timedelta(days=9)
    assert not Flag.objects.get(due_on=NEXT_DAY).is_baseline


def test_flags_of_an_organisation_that_has_nothing_any_more_are_cleared(two_stale, watch_only):
    run(DAY)
    watch_only(positions=[])

    assert run(NEXT_DAY).cleared_count == 2
    assert not Flag.objects.open().exists()


def test_a_kind_that_nobody_watches_any_more_is_cleared(two_stale, watch_only):
    run(DAY)
    watch_only()

    outcome = run(NEXT_DAY)

    assert own(outcome) == Tally(cleared=2)


def test_the_first_run_of_all_is_old_news_to_organisations_too(two_stale):
    assert run(DAY).is_baseline
    assert set(Flag.objects.values_list("is_baseline", flat=True)) == {True}


def test_what_goes_stale_later_is_news(two_stale):
    run(DAY)
    two_stale.append(Stale("devon", NEXT_DAY, reference="SH-2"))

    run(NEXT_DAY)

    assert not Flag.objects.get(subject="position:devon/SH-2").is_baseline


def test_a_kind_that_is_watched_for_the_first_time_is_old_news(rules, watch_only):
    """After an upgrade there are thousands of them, and nobody is told of what went stale years ago."""
    run(DAY)
    JobRun.objects.update(details={"due": 1, "raised": 1, "cleared": 0})
    news = [closing("rules", CLOSES_ON), closing("framework", CLOSES_ON)]
    watch_only(*news, positions=[Stale("devon", DAY)])

    outcome = run(NEXT_DAY)
    watch_only(*news, positions=[Stale("devon", DAY), Stale("kent", DAY)])
    run(NEXT_DAY, now=at(NEXT_DAY, hour=10))

    assert not outcome.is_baseline
    is_baseline = dict(Flag.objects.values_list("subject", "is_baseline"))
    assert is_baseline["position:devon/SH-1"]
    assert not is_baseline["position:kent/SH-1"]
    assert not is_baseline["consultation:framework"]


def deadline(number: int) -> DeadlineRow:
    """One that closes when the consultation does."""
    return DeadlineRow(1, "SH-1-01", number, "Do it", "/c/", LONG_AGO, None, CLOSES_ON)


@pytest.mark.parametrize("has_kept_it", [pytest.param(True, id="since"), pytest.param(False, id="a run of before")])
def test_a_sort_of_record_that_is_watched_for_the_first_time_is_old_news(rules, watch_more, has_kept_it):
    """After an upgrade nobody is told of every deadline that passed in the month before."""
    run(DAY)
    if not has_kept_it:
        JobRun.objects.update(details={"due": 1, "raised": 1, "cleared": 0, "own": {}})

    watch_more(deadline(1))
    outcome = run(NEXT_DAY)
    watch_more(deadline(1), deadline(2))
    run(NEXT_DAY, now=at(NEXT_DAY, hour=10))

    assert not outcome.is_baseline
    is_baseline = dict(Flag.objects.values_list("subject", "is_baseline"))
    assert (is_baseline["deadline:SH-1-01/1"], is_baseline["deadline:SH-1-01/2"]) == (True, False)


@pytest.fixture
def watch_more(monkeypatch):
    """Watch the consultation and these deadlines."""

    def watch(*rows: DeadlineRow) -> None:
        consultations = due.watches()[0]
        deadlines = Watch("deadline", "Deadlines", lambda until: rows, deadline_flags)
        monkeypatch.setattr(due, "watches", lambda: (consultations, deadlines))

    return watch


def test_positions_alone_are_something_to_watch(two_stale):
    assert not run(DAY).is_too_early


def test_a_past_day_is_counted_for_organisations_too(two_stale):
    run(NEXT_DAY)

    outcome = run(DAY - timedelta(days=1), now=at(NEXT_DAY))

    assert outcome.later_run_on == NEXT_DAY
    assert own(outcome) == Tally(due=1)
    assert outcome.due_count == 1


def test_what_went_stale_and_was_cured_while_nothing_ran_is_recorded_as_missed(two_stale):
    run(DAY)
    third = DAY + timedelta(days=3)
    two_stale += [
        Stale("devon", third, until=third + timedelta(days=1), reference="SH-2"),
        Stale("kent", third, until=third + timedelta(days=2), reference="SH-3"),
        Stale("kent", third, reference="SH-4"),
    ]

    outcome = run(DAY + timedelta(days=9))

    assert (outcome.missed_days, outcome.missed_flags) == (8, 2)
    assert JobRun.objects.get(for_day=third).details == {"missed": 2}
    assert own(outcome) == Tally(due=3, raised=1)


def test_missed_days_are_not_asked_about_one_by_one(two_stale, monkeypatch):
    """A month away is one question about positions, whatever went stale in it."""
    asked = []
    run(DAY)
    watch = replace(wide_watch(two_stale), lapsed=lambda after, until: asked.append((after, until)) or [])
    monkeypatch.setattr(due, "watches", lambda: (watch,))

    run(DAY + timedelta(days=30))
    run(DAY + timedelta(days=31))

    assert asked == [(DAY, DAY + timedelta(days=30))]


def test_what_one_organisation_has_cannot_be_open_twice(two_stale):
    flags = list(flags_due(on=DAY))

    for number in range(2):
        insert(flags, on=DAY, now=at(DAY, hour=number), is_baseline=False)

    assert Flag.objects.count() == 2


def test_the_same_few_queries_for_so_many_organisations_whatever_they_have(watch_only):
    def queries(of_each: int) -> int:
        names = [f"council-{number}" for number in range(ORGANISATIONS_AT_A_TIME)]
        rows = [Stale(name, DAY, reference=f"SH-{number}") for name in names for number in range(of_each)]
        watch_only(positions=rows)
        run(DAY)
        with CaptureQueriesContext(connection) as captured:
            assert own(run(DAY)) == Tally(due=len(rows))
        return len(captured)

    assert queries(3) == queries(30)


def test_thousands_are_raised_and_cleared_in_few_statements(watch_only):
    """No statement has more values than a database takes, and each has many."""
    rows = [Stale("devon", DAY, until=NEXT_DAY, reference=f"SH-{number}") for number in range(2000)]
    watch_only(positions=rows)

    with CaptureQueriesContext(connection) as captured:
        assert own(run(DAY)) == Tally(due=2000, raised=2000)
        assert own(run(NEXT_DAY)) == Tally(cleared=2000)

    assert len(captured) < 2000 / 20


def test_flags_of_more_organisations_are_compared_some_at_a_time(watch_only, monkeypatch):
    """No more is held than some organisations have."""
    rows = [Stale(f"council-{number:03}", DAY) for number in range(2 * ORGANISATIONS_AT_A_TIME + 1)]
    held = []
    watch = wide_watch(rows)
    monkeypatch.setattr(
        due, "watches", lambda: (replace(watch, due_on=lambda on, some: held.append(some) or watch.due_on(on, some)),)
    )

    assert own(run(DAY)).raised == len(rows)
    assert [len(some) for some in held] == [ORGANISATIONS_AT_A_TIME, ORGANISATIONS_AT_A_TIME, 1]
    assert own(run(NEXT_DAY)) == Tally(due=len(rows))

"""What the command says, to a person who reads it."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from reforms.alerts.actions import raise_flags
from reforms.alerts.models import Flag, JobRun
from tests.reforms.alerts.conftest import Stale, at, closing

pytestmark = pytest.mark.django_db

DAY = date(2023, 4, 21)
CLOSES_ON = date(2023, 5, 11)
TODAY = date(2026, 11, 21)


def said(*arguments: str) -> list[str]:
    out = StringIO()
    with time_machine.travel(at(TODAY), tick=False):
        call_command("raise_flags", *arguments, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def rules(watch_only):
    watch_only(closing("rules", CLOSES_ON), closing("framework", CLOSES_ON))


def test_a_first_run_lists_what_is_new(rules):
    assert said("--on", "2023-04-21") == [
        "21 April 2023: 2 new flags. This is the first run, so nobody is told.",
        "  Consultation closing, 20 days left: Framework (consultation:framework). "
        "Closes in 20 days, on 11 May 2023 at 11:59pm.",
        "  Consultation closing, 20 days left: Rules (consultation:rules). "
        "Closes in 20 days, on 11 May 2023 at 11:59pm.",
    ]


def test_a_second_run_says_nothing_is_new(rules):
    said("--on", "2023-04-21")

    assert said("--on", "2023-04-21") == ["Nothing new. 2 flags already raised for 21 April 2023."]


def test_a_run_with_nothing_due_says_so(rules):
    assert said("--on", "2023-03-01") == ["Nothing new. No flag is due on 1 March 2023."]


def test_a_past_day_is_answered_and_nothing_is_claimed_to_be_new(rules):
    raise_flags(on=TODAY, now=at(TODAY))

    once, twice = said("--on", "2023-04-21"), said("--on", "2023-04-21")

    assert once == twice
    assert once[0] == "21 April 2023: 2 flags due on that day."
    assert [line.partition(":")[0] for line in once[1:3]] == ["  Consultation closing, 20 days left"] * 2
    assert once[3:] == [
        "Nothing new. Nothing was written either, because flags have been raised since, for 21 November 2026."
    ]
    assert not Flag.objects.exists()


def test_what_is_no_longer_due_is_listed(rules, watch_only):
    said("--on", "2023-04-21")
    watch_only(closing("rules", CLOSES_ON))

    assert said("--on", "2023-04-21") == [
        "  No longer due: Consultation closing, consultation:framework, 11 May 2023, 28 days or less",
        "Nothing new. 1 flag already raised for 21 April 2023.",
    ]


def test_days_without_a_run_are_told(rules):
    said("--on", "2023-04-21")

    lines = said("--on", (CLOSES_ON + timedelta(days=1)).isoformat())

    assert lines[:2] == [
        "Recorded as missed: 20 days without a run, and 8 flags due only then.",
        "12 May 2023: 2 new flags.",
    ]


# What organisations have of their own


@pytest.fixture
def own(watch_only) -> list[Stale]:
    """One consultation, and two councils of the fixtures with positions that are stale."""
    rows = [Stale("devon", DAY), Stale("devon", DAY, reference="SH-2"), Stale("lincolnshire", DAY)]
    watch_only(closing("rules", CLOSES_ON), positions=rows)
    return rows


def test_what_organisations_have_is_counted_and_not_listed(own):
    assert said("--on", "2023-04-21") == [
        "21 April 2023: 4 new flags. This is the first run, so nobody is told.",
        "  Consultation closing, 20 days left: Rules (consultation:rules). "
        "Closes in 20 days, on 11 May 2023 at 11:59pm.",
        "  Position stale, of organisations: 3 due, 3 new.",
    ]


def test_a_second_run_says_nothing_of_organisations(own):
    said("--on", "2023-04-21")

    assert said("--on", "2023-04-21") == ["Nothing new. 4 flags already raised for 21 April 2023."]


def test_what_organisations_no_longer_have_is_counted(own):
    said("--on", "2023-04-21")
    del own[0]

    assert said("--on", "2023-04-21") == [
        "  Position stale, of organisations: 2 due, 1 no longer due.",
        "Nothing new. 3 flags already raised for 21 April 2023.",
    ]


def test_thousands_are_one_line(watch_only):
    watch_only(positions=[Stale("devon", DAY, reference=f"SH-{number}") for number in range(2000)])

    assert said("--on", "2023-04-21") == [
        "21 April 2023: 2,000 new flags. This is the first run, so nobody is told.",
        "  Position stale, of organisations: 2,000 due, 2,000 new.",
    ]


def test_a_past_day_is_counted(own):
    raise_flags(on=TODAY, now=at(TODAY))

    lines = said("--on", "2023-04-21")

    assert lines[0] == "21 April 2023: 4 flags due on that day."
    assert lines[2] == "  Position stale, of organisations: 3 due."


def test_the_flags_of_one_organisation_are_listed_when_asked_for(own):
    said("--on", "2023-04-21")

    assert said("--on", "2023-04-21", "--organisation", "devon")[1:] == [
        "devon: 2 flags of its own due on 21 April 2023.",
        "  Position stale, today: Devon: Family help (position:devon/SH-1). Review was due.",
        "  Position stale, today: Devon: Family help (position:devon/SH-2). Review was due.",
    ]
    assert said("--on", "2023-04-21", "--organisation", "kent")[1:] == [
        "kent: no flag of its own due on 21 April 2023."
    ]


def test_an_organisation_that_there_is_not_is_refused_before_anything_is_written(own):
    with pytest.raises(CommandError, match="there is no organisation of that name"):
        said("--organisation", "nowhere")

    assert not JobRun.objects.exists()


def test_a_day_before_anything_was_known(watch_only):
    watch_only(closing("rules", CLOSES_ON, known_on=DAY))

    assert said("--on", "2023-04-20") == [
        "No consultation, phase, milestone or position was known on 20 April 2023, so there is nothing to flag, "
        "and nothing was written."
    ]


def test_without_a_day_it_answers_for_today(rules):
    said()

    assert JobRun.objects.get().for_day == TODAY


def test_today_is_the_civil_day(rules):
    with time_machine.travel(at(date(2023, 5, 12), hour=0), tick=False):
        call_command("raise_flags", stdout=StringIO())

    assert JobRun.objects.get().for_day == date(2023, 5, 12)
    assert set(Flag.objects.values_list("kind", flat=True)) == {"consultation_closed"}


@pytest.mark.parametrize(
    ("day", "message"),
    [
        pytest.param("2023-02-30", "Enter a real day", id="no such day"),
        pytest.param("21/04/2023", "Enter a day as year, month and day", id="another way to write it"),
        pytest.param("", "Enter a day as year, month and day", id="nothing"),
        pytest.param("tomorrow", "Enter a day as year, month and day", id="words"),
        pytest.param("2023-4-21", "Enter a day as year, month and day", id="no leading nought"),
        pytest.param("0001-01-01", "Enter a day from 1 January 2020 to today", id="long ago"),
        pytest.param("9999-12-31", "Enter a day from 1 January 2020 to today", id="the end of time"),
        pytest.param("2026-11-22", "Enter a day from 1 January 2020 to today", id="tomorrow"),
    ],
)
def test_a_day_that_cannot_be_answered_for_is_refused_in_words(rules, day, message):
    with pytest.raises(CommandError, match=message):
        said(f"--on={day}")

    assert not JobRun.objects.exists()


def test_the_committees_day_on_the_data_we_ship():
    first, second = said("--on", "2023-04-21"), said("--on", "2023-04-21")

    closings = [line for line in first if "Consultation closing, 20 days left" in line]
    assert len(closings) == 3
    assert all("Closes in 20 days, on 11 May 2023 at 11:59pm." in line for line in closings)
    assert len(second) == 1
    assert second[0].startswith("Nothing new.")

"""How often an entry has changed: the same before and after it is written down."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from pillars.models import Deadline
from reforms.alerts.calendars import facts
from reforms.alerts.calendars.entries import Entry, Kind
from reforms.alerts.calendars.sequences import keep_calendar, numbered, uid_of
from reforms.alerts.models import CalendarEntry
from tests.builders import make_commitment, make_consultation, make_deadline
from tests.reforms.pages.making import SPRING

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def shown(kind: Kind, reference: str) -> tuple[Entry, int]:
    """The entry of the national calendar, and how often it has changed."""
    [row] = [row for row in numbered(facts.of_the_nation(on=TODAY)) if row.entry.name == f"{kind.value}-{reference}"]
    return row.entry, row.sequence


def test_what_nobody_has_written_down_has_not_changed():
    assert {row.sequence for row in numbered(facts.of_the_nation(on=TODAY))} == {0}


def test_reading_writes_nothing(public):
    public.get("/calendar.ics")

    assert not CalendarEntry.objects.exists()


def test_a_calendar_reads_the_same_before_and_after_it_is_written_down(public):
    found = make_consultation(title="First")
    before = public.get("/calendar.ics").content
    keep_calendar(now=NOW)
    assert public.get("/calendar.ics").content == before

    found.title = "Second"
    found.save()
    changed = public.get("/calendar.ics").content
    assert shown(Kind.CONSULTATION_CLOSES, found.slug)[1] == 1
    keep_calendar(now=NOW + timedelta(hours=1))

    assert public.get("/calendar.ics").content == changed != before


def test_each_change_counts_once():
    found = make_consultation()
    for number in range(3):
        found.title = f"Title {number}"
        found.save()
        keep_calendar(now=NOW + timedelta(hours=number))
        keep_calendar(now=NOW + timedelta(hours=number))

    assert shown(Kind.CONSULTATION_CLOSES, found.slug)[1] == 2
    kept = CalendarEntry.objects.get(uid=f"consultation-closes-{found.slug}@localhost")
    assert (kept.sequence, kept.changed_at) == (2, NOW + timedelta(hours=2))


def test_nothing_to_write_down_changes_nothing():
    keep_calendar(now=NOW)
    before = list(CalendarEntry.objects.values_list())

    assert keep_calendar(now=NOW + timedelta(days=1)).startswith("0 new, 0 changed")
    assert list(CalendarEntry.objects.values_list()) == before


def test_a_date_that_moves_stays_the_same_entry():
    first = make_deadline(make_commitment(), **SPRING)
    reference = f"{first.reference}-{first.number}"
    keep_calendar(now=NOW)
    make_deadline(first.commitment, replaces=first, number=7, words="in June 2024",
                  earliest=date(2024, 6, 1), latest=date(2024, 6, 30))  # fmt: skip
    entry, sequence = shown(Kind.DEADLINE, reference)

    assert (entry.starts, entry.last, sequence) == (date(2024, 6, 1), date(2024, 6, 30), 1)


def test_of_two_that_replace_one_each_has_an_entry():
    first = make_deadline(make_commitment(), number=1, **SPRING)
    for number in (2, 3):
        make_deadline(first.commitment, replaces=first, number=number, **SPRING)
    found = facts.first_numbers(Deadline.objects.filter(commitment=first.commitment).order_by("number"))

    assert sorted(found.values()) == [1, 3]


def test_what_is_gone_is_left_out_and_goes_on_from_where_it_was():
    found = make_consultation()
    for title in ("First", "Second"):
        found.title = title
        found.save()
        keep_calendar(now=NOW)
    closes_at, found.closes_at = found.closes_at, None
    found.save()
    keep_calendar(now=NOW)
    names = {entry.name for entry in facts.of_the_nation(on=TODAY)}
    assert f"consultation-closes-{found.slug}" not in names

    found.closes_at = closes_at
    found.save()
    assert shown(Kind.CONSULTATION_CLOSES, found.slug)[1] == 1


def test_of_two_at_once_the_second_finds_what_the_first_wrote(monkeypatch):
    """Both have worked out the same change before either writes it down."""
    found = make_consultation(title="First")
    keep_calendar(now=NOW)
    found.title = "Second"
    found.save()
    entries = facts.of_everybody(on=TODAY)
    monkeypatch.setattr(facts, "of_everybody", lambda *, on: entries)

    said = [keep_calendar(now=NOW), keep_calendar(now=NOW)]

    assert [", 1 changed" in each or ", 2 changed" in each for each in said] == [True, False]
    assert CalendarEntry.objects.get(uid=uid_of(shown(Kind.CONSULTATION_CLOSES, found.slug)[0])).sequence == 1


def test_identifiers_fit():
    assert max(len(uid_of(each)) for each in facts.of_everybody(on=TODAY)) < 250


def test_ten_times_the_dates_cost_no_more_queries(django_assert_max_num_queries):
    for _ in range(20):
        make_deadline(make_commitment(), **SPRING)
        make_consultation()
    with django_assert_max_num_queries(9):
        numbered(facts.of_the_nation(on=TODAY))

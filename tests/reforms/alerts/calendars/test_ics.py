"""What is written is what other programs read: checked with two that are not ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reforms.alerts.calendars import facts
from reforms.alerts.calendars.entries import Entry, Kind
from reforms.alerts.calendars.ics import calendar_file
from reforms.alerts.calendars.sequences import Numbered, numbered
from reforms.alerts.outbox.addresses import whole
from reforms.alerts.plain_text import on_one_line
from reforms.base.clock import civil_moment
from tests.reforms.alerts.calendars.reading import Read, by_icalendar, by_vobject, lines_of

TODAY = date(2026, 11, 22)
ENTRY = Entry(Kind.DEADLINE, "SH-4-01-1", "Title", date(2023, 3, 1), date(2023, 5, 31), "/x/", "", date(2023, 2, 2))
READERS = [pytest.param(by_icalendar, id="icalendar"), pytest.param(by_vobject, id="vobject")]


def file_of(*entries: Entry, name: str = "Dates") -> bytes:
    return calendar_file([Numbered(each, f"{each.name}@localhost", 3) for each in entries], name=name)


def wanted(row: Numbered) -> Read:
    """What a reader should make of a row."""
    entry = row.entry
    return Read(
        uid=row.uid,
        title=on_one_line(entry.title),
        starts=entry.starts,
        ends=entry.end,
        sequence=row.sequence,
        about=entry.about,
        url=whole(entry.path),
        alarms=tuple(timedelta(days=-days) for days in entry.alarms),
    )


@pytest.mark.django_db
@pytest.mark.parametrize("read", READERS)
def test_every_entry_of_the_loaded_plan_is_read_back(read):
    rows = numbered(facts.of_the_nation(on=TODAY))
    content = calendar_file(rows, name="Dates")

    assert len(rows) > 100
    assert {each.entry.kind for each in rows} >= {
        Kind.CONSULTATION_CLOSES, Kind.CONSULTATION_OPENS, Kind.DEADLINE, Kind.MILESTONE,
        Kind.PHASE_BEGINS, Kind.PHASE_ENDS,
    }  # fmt: skip
    assert read(content) == [wanted(row) for row in rows]
    assert len({row.uid for row in rows}) == len(rows)


@pytest.mark.django_db
def test_the_same_entries_give_the_same_bytes():
    first, second = (calendar_file(numbered(facts.of_the_nation(on=TODAY)), name="Dates") for _ in range(2))

    assert first == second


def test_lines_are_short_and_end_as_they_should():
    title = "Ünïcode, with; marks \\ and “quotes” — 字 😀 " * 12
    lines = lines_of(file_of(replace(ENTRY, title=title), name="Barnsley, Kent; and others"))

    assert max(map(len, lines)) <= 75
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-1] == b"END:VCALENDAR"
    assert b"X-WR-CALNAME:Barnsley\\, Kent\\; and others" in lines
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT12H" in lines
    assert not any(line.startswith(b"METHOD") for line in lines)


def test_a_closing_is_a_moment_with_two_reminders():
    closing = replace(ENTRY, starts=civil_moment(date(2023, 5, 11)), last=None, alarms=(7, 1))
    lines = lines_of(file_of(closing))

    assert b"DTSTART:20230511T225900Z" in lines
    assert not any(line.startswith((b"DTEND", b"DURATION")) for line in lines)
    assert [line for line in lines if line.startswith(b"TRIGGER")] == [b"TRIGGER:-P7D", b"TRIGGER:-P1D"]
    assert lines.count(b"ACTION:DISPLAY") == 2


def test_a_window_is_of_whole_days_and_ends_the_day_after():
    lines = lines_of(file_of(ENTRY))

    assert b"DTSTART;VALUE=DATE:20230301" in lines
    assert b"DTEND;VALUE=DATE:20230601" in lines
    assert b"TRANSP:TRANSPARENT" in lines
    assert b"DTSTAMP:20230202T000000Z" in lines


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    ("day", "utc"),
    [
        pytest.param(date(2023, 3, 25), datetime(2023, 3, 25, 23, 59, tzinfo=UTC), id="the evening before spring"),
        pytest.param(date(2023, 3, 26), datetime(2023, 3, 26, 22, 59, tzinfo=UTC), id="clocks go forward"),
        pytest.param(date(2023, 10, 28), datetime(2023, 10, 28, 22, 59, tzinfo=UTC), id="the evening before autumn"),
        pytest.param(date(2023, 10, 29), datetime(2023, 10, 29, 23, 59, tzinfo=UTC), id="clocks go back"),
    ],
)
def test_closings_on_days_when_clocks_change(read, day, utc):
    [found] = read(file_of(replace(ENTRY, starts=civil_moment(day), last=None)))

    assert found.starts == utc


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    ("first", "last"),
    [
        pytest.param(date.min, date.min, id="the first day"),
        pytest.param(date.max, date.max, id="the last day"),
        pytest.param(date.max - timedelta(days=3), date.max, id="to the last day"),
        pytest.param(date(2024, 2, 28), date(2024, 2, 29), id="leap day"),
    ],
)
def test_days_at_the_ends_of_time(read, first, last):
    entry = replace(ENTRY, starts=first, last=last, known_on=first)
    [found] = read(file_of(entry))

    assert (found.starts, found.ends) == (first, entry.end)


@pytest.mark.parametrize("read", READERS)
@given(title=st.text(max_size=150), about=st.text(max_size=150))
def test_any_title_is_read_back(read, title, about):
    """Control characters, which a calendar cannot hold, are spaces; all else comes back as it was."""
    entry = replace(ENTRY, title=title or "x", about=about)
    [found] = read(file_of(entry, replace(ENTRY, reference="other")))[:1]

    assert found.title == on_one_line(entry.title)

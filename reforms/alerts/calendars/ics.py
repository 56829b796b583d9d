"""Writes entries as a calendar (RFC 5545). The same entries give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event
from icalendar.prop import vText

from reforms.alerts.calendars.entries import Entry
from reforms.alerts.calendars.sequences import Numbered
from reforms.alerts.outbox.addresses import whole
from reforms.alerts.plain_text import on_one_line, writable
from reforms.base.formatting import days_in_words

MAKER = "-//Reform Tracker//Dates of the reform//EN"
ASK_AGAIN = timedelta(hours=12)
"""How often programs are asked to look for changes."""
CONTENT_TYPE = "text/calendar; charset=utf-8"


def calendar_file(rows: Iterable[Numbered], *, name: str) -> bytes:
    """The calendar of this name."""
    calendar = Calendar()
    calendar.add("PRODID", MAKER)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("X-WR-CALNAME", vText(on_one_line(name)))
    calendar.add("REFRESH-INTERVAL", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vText("PT12H"))
    for row in rows:
        calendar.add_component(_event(row))
    written: bytes = calendar.to_ical()
    return written


def _event(row: Numbered) -> Event:
    entry, event = row.entry, Event()
    event.add("UID", row.uid)
    event.add("DTSTAMP", entry.stamp)
    event.add("SEQUENCE", row.sequence)
    event.add("SUMMARY", on_one_line(entry.title))
    event.add("DTSTART", entry.starts.astimezone(UTC) if isinstance(entry.starts, datetime) else entry.starts)
    if end := entry.end:
        event.add("DTEND", end)
    if entry.about:
        event.add("DESCRIPTION", writable(entry.about))
    event.add("URL", whole(entry.path))
    event.add("CATEGORIES", [entry.kind.label])
    # A date of the plan takes up nobody's time.
    event.add("TRANSP", "TRANSPARENT")
    for days in entry.alarms:
        event.add_component(_alarm(entry, days))
    return event


def _alarm(entry: Entry, days: int) -> Alarm:
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("TRIGGER", timedelta(days=-days))
    alarm.add("DESCRIPTION", f"In {days_in_words(days)}: {on_one_line(entry.title)}")
    return alarm

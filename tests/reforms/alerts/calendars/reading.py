"""A calendar as two programs that are not ours read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import icalendar
import vobject


@dataclass(frozen=True)
class Read:
    """One event."""

    uid: str
    title: str
    starts: date | datetime
    ends: date | datetime | None
    sequence: int
    about: str
    url: str
    alarms: tuple[Any, ...]


def by_icalendar(content: bytes) -> list[Read]:
    calendar = icalendar.Calendar.from_ical(content)
    assert not calendar.errors
    return [_icalendar_event(event) for event in calendar.walk("VEVENT")]


def _icalendar_event(event: Any) -> Read:
    assert not event.errors
    return Read(
        uid=str(event["UID"]),
        title=str(event["SUMMARY"]),
        starts=event["DTSTART"].dt,
        ends=event["DTEND"].dt if "DTEND" in event else None,
        sequence=int(event["SEQUENCE"]),
        about=str(event.get("DESCRIPTION", "")),
        url=str(event["URL"]),
        alarms=tuple(alarm["TRIGGER"].dt for alarm in event.walk("VALARM")),
    )


def by_vobject(content: bytes) -> list[Read]:
    calendar = vobject.readOne(content.decode())
    calendar.validate(raiseException=True)
    return [_vobject_event(event) for event in calendar.contents.get("vevent", [])]


def _vobject_event(event: Any) -> Read:
    said = event.contents
    return Read(
        uid=event.uid.value,
        title=event.summary.value,
        starts=event.dtstart.value,
        ends=event.dtend.value if "dtend" in said else None,
        sequence=int(event.sequence.value),
        about=event.description.value if "description" in said else "",
        url=event.url.value,
        alarms=tuple(alarm.trigger.value for alarm in said.get("valarm", [])),
    )


def lines_of(content: bytes) -> list[bytes]:
    """The lines as they are sent: each ends in CRLF."""
    assert content.endswith(b"\r\n")
    return content.removesuffix(b"\r\n").split(b"\r\n")

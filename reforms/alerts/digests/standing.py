"""What has become of notices since they were made: whether what they say is still so, and still theirs to hear.

Asked anew of what they were made from, by the rules that they were made by: a flag that was cleared, a draft that has
moved on, somebody who left, or was let in no more, or stopped following. In the words of the day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from reforms.alerts.models import Flag, Notice
from reforms.alerts.telling.about import About, about_events, about_flags
from reforms.alerts.telling.matching import NOBODY
from reforms.alerts.telling.quiet import quiet_for, what
from reforms.alerts.telling.recipients import load_readers
from reforms.alerts.telling.subjects import Subjects
from reforms.alerts.topics import Frequency
from reforms.base.models import Event

ALL = frozenset({Frequency.DAILY, Frequency.WEEKLY})


@dataclass
class Sorted:
    """One recipient's notices: to be told now, and to be told no more. The others wait."""

    due: list[Notice] = field(default_factory=list)
    over: list[Notice] = field(default_factory=list)


def sort(
    recipients: Collection[int], subjects: Subjects, *, frequencies: Collection[Frequency] = ALL
) -> dict[int, Sorted]:
    """The untold notices of these recipients, those of some frequencies due. The same few queries for any number.

    How often somebody wants to hear of a thing is as they say now. A flag that an organisation is quiet about waits,
    for as long as it is open: the organisation may want it back.
    """
    notices = list(Notice.objects.untold().filter(recipient__in=recipients).order_by("made_at", "pk"))
    found = {recipient: Sorted() for recipient in recipients}
    if not notices:
        return found
    readers = load_readers(recipients)
    flags = _flags(notices)
    abouts = _abouts(notices, flags, subjects)
    quiet = quiet_for(flags.values(), on=subjects.on)
    for notice in notices:
        about = abouts.get(_source(notice))
        if about is None or (frequency := readers.frequency(notice.recipient_id, about)) is None:
            found[notice.recipient_id].over.append(notice)
            continue
        mute = quiet.get(what(flags[notice.flag_id]), NOBODY) if notice.flag_id else NOBODY
        if mute:
            frequency = readers.frequency(notice.recipient_id, about, quiet=mute)
        if frequency in frequencies:
            notice.title, notice.reason, notice.url = about.title, about.reason, about.url
            found[notice.recipient_id].due.append(notice)
    return found


Source = tuple[str, int | None]


def _source(notice: Notice) -> Source:
    return ("flag", notice.flag_id) if notice.flag_id else ("event", notice.event_id)


def _flags(notices: Iterable[Notice]) -> dict[int, Flag]:
    """The flags they are of that are still open."""
    keys = {notice.flag_id for notice in notices if notice.flag_id}
    return {key: flag for key, flag in Flag.objects.in_bulk(keys).items() if flag.cleared_at is None}


def _abouts(notices: Sequence[Notice], flags: dict[int, Flag], subjects: Subjects) -> dict[Source, About]:
    events = Event.objects.in_bulk({notice.event_id for notice in notices if notice.event_id})
    of_flags = about_flags(flags.values(), subjects)
    of_events = about_events(events.values(), subjects)
    return {
        **{("flag", key): about for key, about in of_flags.items()},
        **{("event", key): about for key, about in of_events.items()},
    }

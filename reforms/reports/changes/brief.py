"""What changed since a meeting, short enough for two sides of A4, and for the first page of a report.

It tells the plan, whoever it is for, and of one organisation what that one says. What does not fit is counted, with
the address of all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pillars.models import Organisation, Pillar, Programme
from reforms.alerts.feeds.told import Asked, Change, ChangeKind
from reforms.base.as_at import AsAt
from reforms.base.formatting import date_in_words
from reforms.reports.changes.addresses import changes_url
from reforms.reports.changes.kinds import CONSULTATIONS, HEADINGS, PLAN, POSITIONS
from reforms.reports.changes.news import News
from reforms.reports.document.values import Block

OF_THE_PLAN = (*PLAN, *CONSULTATIONS)
OWN = (ChangeKind.ANSWERED, *POSITIONS, ChangeKind.VIEWS)
MOST_OF_A_KIND = 8
LINES = 84
"""What stands on two sides, less what stands around it. A heading with what follows it takes three."""
HEADING_LINES = 3
LINE_LENGTH = 88
LONGEST_TITLE = 150
LONGEST_SUMMARY = 250
NO_MEETING = "No earlier meeting is recorded here, so there is nothing to compare with."
REPORTED = (ChangeKind.MET, ChangeKind.PROGRESS)
"""What is told with the day on which it happened: it may have become known later."""
SAID_BY_THE_HEADING = re.compile(r"^(Published|Consultation [a-z]+|What came of a consultation): ")
MARKS = re.compile(r"([\\`*_\[\]<>#])")


@dataclass(frozen=True)
class BriefGroup:
    """The newest of one kind; `url` leads to all of it."""

    kind: ChangeKind
    count: int
    changes: tuple[Change, ...]
    url: str

    @property
    def heading(self) -> str:
        return HEADINGS[self.kind]

    @property
    def more(self) -> int:
        """How many there is no room for."""
        return self.count - len(self.changes)


@dataclass(frozen=True)
class Brief:
    """What changed after `since`, up to `until` included. `quiet` are the kinds of which there is nothing."""

    since: date
    until: date
    groups: tuple[BriefGroup, ...]
    quiet: tuple[ChangeKind, ...]
    urls: tuple[str, ...]

    @property
    def nothing(self) -> str:
        """What did not happen, in words: “Commitments met, dates moved and views published”."""
        names = [HEADINGS[kind] if not place else _lower(HEADINGS[kind]) for place, kind in enumerate(self.quiet)]
        return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def since_brief(*, as_at: AsAt, asked: Asked, since: date) -> Brief:
    """The newest of each kind, as many as there is room for: a fixed number of queries."""
    plan = News(as_at=as_at, asked=replace(asked, council=""), since=since, kinds=OF_THE_PLAN)
    own = News(as_at=as_at, asked=asked, since=since, kinds=OWN)
    found = {kind: news.newest(kind, MOST_OF_A_KIND) for news in (plan, own) for kind in news.kinds}
    shown = fitting(found)
    groups = [
        BriefGroup(kind, news.counts[kind], tuple(shown[kind]), _all(news, since, as_at, kind))
        for news in (plan, own)
        for kind in news.kinds
        if news.counts[kind]
    ]
    urls = dict.fromkeys(_all(news, since, as_at) for news in (plan, own))
    return Brief(since, as_at.day, tuple(groups), tuple(kind for kind in found if not found[kind]), tuple(urls))


def _all(news: News, since: date, as_at: AsAt, kind: ChangeKind | None = None) -> str:
    return changes_url(news.asked, since=since, as_at=as_at, kind=kind)


def fitting(found: dict[ChangeKind, list[Change]]) -> dict[ChangeKind, list[Change]]:
    """The first of each kind, then the second of each, and so on, until the paper is full."""
    shown: dict[ChangeKind, list[Change]] = {kind: [] for kind in found}
    left = LINES - HEADING_LINES * sum(1 for changes in found.values() if changes)
    for place in range(MOST_OF_A_KIND):
        for kind, changes in found.items():
            if place < len(changes) and len(shown[kind]) == place:
                short = _shortened(changes[place])
                if _lines(short) <= left:
                    left -= _lines(short)
                    shown[kind].append(short)
    return shown


def _lines(change: Change) -> int:
    return sum(-(-_width(text) // LINE_LENGTH) for text in (change.title, change.summary))


def _width(text: str) -> int:
    """How long it is on paper, in small letters: capitals and letters of other scripts can be twice as wide."""
    return len(text) + sum(1 for letter in text if letter.isupper() or not letter.isascii())


def _shortened(change: Change) -> Change:
    """The change without what its heading says, and with its day among its words."""
    title = SAID_BY_THE_HEADING.sub("", change.title, count=1) if change.kind in OF_THE_PLAN else change.title
    return replace(change, title=_cut(title, LONGEST_TITLE), summary=_cut(_with_day(change), LONGEST_SUMMARY))


def _with_day(change: Change) -> str:
    """What is said of it, and when, unless that is among the words."""
    day = date_in_words(change.day)
    if day in change.summary:
        return change.summary
    return f"{'Known from ' if change.kind in REPORTED else ''}{day}. {change.summary}"


def _cut(text: str, most: int) -> str:
    """The text on one line, ended at a word where it is too long."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1].rsplit(' ', 1)[0]}…"


# For a report


def since_blocks(
    *, organisation: Organisation, programme: Programme, pillars: Sequence[Pillar], since: date | None, as_at: AsAt
) -> tuple[Block, ...]:
    """The same as blocks of a section: each change is one, and says what it came from. `None`: there was no meeting."""
    if since is None:
        return (Block(NO_MEETING),)
    brief = since_brief(as_at=as_at, asked=asked_of(organisation, programme, pillars), since=since)
    source = f"changes:{organisation.slug}/{programme.slug}/{since.isoformat()}"
    opening = Block(f"{_span(brief)} {_summary(brief)}", source=source)
    return (opening, *(block for group in brief.groups for block in _blocks(group, source)))


def asked_of(organisation: Organisation, programme: Programme, pillars: Iterable[Pillar]) -> Asked:
    """What a report on these pillars asks. All of them are the whole programme, with what belongs to no one pillar."""
    numbers = {pillar.number for pillar in pillars}
    every = set(programme.pillars.values_list("number", flat=True))
    return Asked(programme.slug, () if numbers >= every else tuple(sorted(numbers)), organisation.slug)


def _span(brief: Brief) -> str:
    return f"This is what changed after {date_in_words(brief.since)}, up to and including {date_in_words(brief.until)}."


def _summary(brief: Brief) -> str:
    if not brief.groups:
        return "Nothing that is recorded here changed."
    counts = "; ".join(f"{_lower(group.heading)}: {group.count:,}" for group in brief.groups)
    return f"{counts[:1].upper()}{counts[1:]}."


def _blocks(group: BriefGroup, source: str) -> Iterable[Block]:
    yield Block(f"# {group.heading}", source=source)
    for change in group.changes:
        text = f"**{_plain(change.title)}** {_plain(change.summary)}"
        yield Block(text, source=source_of(change) or source)
    if group.more:
        yield Block(f"And {group.more:,} more.", source=source)


def source_of(change: Change) -> str:
    """What a change is about, as reports name their sources; empty where that is no one thing."""
    whole, _slash, _number = change.reference.rpartition("/")
    match change.kind:
        case ChangeKind.PROGRAMME:
            return f"programme:{change.reference}"
        case ChangeKind.MET:
            return f"commitment:{change.reference}"
        case ChangeKind.PASSED | ChangeKind.DEADLINE | ChangeKind.REWORDED | ChangeKind.PROGRESS:
            return f"commitment:{whole}"
        case ChangeKind.ANSWERED:
            return f"consultation:{whole}"
        case ChangeKind.STALE:
            return f"position:{change.reference}"
        case ChangeKind.POSITION | ChangeKind.REPLACED | ChangeKind.WITHDRAWN:
            return f"position:{whole}"
        case ChangeKind.VIEWS | ChangeKind.SOURCE:
            return ""
    return f"consultation:{change.reference}"


def _plain(text: str) -> str:
    """Words that stay as they are where small Markdown is read."""
    return MARKS.sub(r"\\\1", text)


def _lower(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"

"""What a later version of a report changed, a sentence each: for readers who know the earlier one. Pure rules."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from difflib import SequenceMatcher

from reforms.base.formatting import MONTHS, date_in_words
from reforms.reports.document.values import Block, Document, Section

NOTHING = "Nothing that it says has changed."
MOST_FIGURES = 6
"""More figures than this are counted, not named."""

_MONTH = "|".join(MONTHS)
_YEARS = r"\b(?:19|20)\d\d(?:[-/–]\d\d(?:\d\d)?)?\b"
DATED = re.compile(rf"\b(?:\d{{1,2}} )?(?:{_MONTH})(?: \d{{4}})?\b|\b\d{{4}}-\d{{2}}-\d{{2}}\b|{_YEARS}")
"""Days, months and years: they are not figures."""
REFERENCE = re.compile(r"\b[A-Z]{2,}-\w+(?:-\w+)?\b|\]\([^)]*\)")
"""SH-4-07, and addresses of links: no figures either."""
FIGURE = re.compile(r"(?:[−-]?£)?\d+(?:[,.]\d+)*(?:%| per cent| (?:million|billion))?")

FRONT = {"subject": "subject", "on_behalf_of": "body it speaks for", "author": "author", "contact": "contact"}


def changes_between(before: Document, after: Document) -> tuple[str, ...]:
    """What is different, in the order of the later document; one sentence that says so where nothing is."""
    found = [*_front(before, after), *_sections(before, after)]
    return tuple(found) or (NOTHING,)


def _front(before: Document, after: Document) -> Iterator[str]:
    for name, words in FRONT.items():
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield f"The {words} is now ‘{new}’." if new else f"The {words}, ‘{old}’, is no longer given."
    if before.committee != after.committee:
        yield f"It is for {after.committee}; before it was for {before.committee}."
    if before.meeting_on != after.meeting_on:
        yield f"It is for the meeting on {_day(after.meeting_on)}; before it was for {_day(before.meeting_on)}."
    if before.as_at != after.as_at:
        yield f"It gives the plan and the positions as at {_day(after.as_at)}; before it was {_day(before.as_at)}."


def _day(iso: str) -> str:
    return date_in_words(date.fromisoformat(iso))


def _sections(before: Document, after: Document) -> Iterator[str]:
    was, now = ({section.key: section for section in each.sections} for each in (before, after))
    moved = _moved([key for key in was if key in now], [key for key in now if key in was])
    above: Section | None = None
    for key, section in now.items():
        if key not in was:
            yield f"The section ‘{section.heading}’ is new."
        else:
            yield from _section(was[key], section)
        if key in moved:
            yield f"The section ‘{section.heading}’ now {f'follows ‘{above.heading}’' if above else 'comes first'}."
        above = section
    yield from (f"The section ‘{was[key].heading}’ has been left out." for key in was if key not in now)


def _moved(was: Sequence[str], now: Sequence[str]) -> set[str]:
    """As few as can be, without which the order is the same."""
    places = {key: place for place, key in enumerate(was)}
    ends: list[int] = []
    chains: list[list[str]] = []
    for key in now:
        at = bisect_left(ends, places[key])
        chain = [*(chains[at - 1] if at else []), key]
        ends[at : at + 1], chains[at : at + 1] = [places[key]], [chain]
    return set(now) - set(chains[-1] if chains else [])


def _section(was: Section, now: Section) -> Iterator[str]:
    if was.heading != now.heading:
        yield f"The section ‘{was.heading}’ is now called ‘{now.heading}’."
    parts = _counted(list(map(_words, was.blocks)), list(map(_words, now.blocks)))
    if parts:
        yield f"In ‘{now.heading}’, {parts}."
    gone, new = _figures(was), _figures(now)
    yield from _about_figures(now.heading, gone - new, new - gone)


def _words(block: Block) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """What a reader sees of a block."""
    return block.text.strip(), block.rows


def _counted(was: list, now: list) -> str:
    """How many paragraphs, lists and tables are different: “2 pieces have been reworded and 1 has been added”."""
    reworded = added = removed = 0
    for kind, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if kind != "equal":
            both = min(b - a, d - c)
            reworded, added, removed = reworded + both, added + d - c - both, removed + b - a - both
    counts = ((reworded, "reworded"), (added, "added"), (removed, "removed"))
    said = [_passages(count, verb) for count, verb in counts if count]
    return f"{', '.join(said[:-1])} and {said[-1]}" if len(said) > 1 else "".join(said)


def _passages(count: int, verb: str) -> str:
    return f"1 passage has been {verb}" if count == 1 else f"{count:,} passages have been {verb}"


def _figures(section: Section) -> Counter[str]:
    """Sums, shares and counts that it names, and how often."""
    found: Counter[str] = Counter()
    for block in section.blocks:
        for text in (block.text, *(cell for row in block.rows for cell in row)):
            found.update(FIGURE.findall(REFERENCE.sub(" ", DATED.sub(" ", text))))
    return found


def _about_figures(heading: str, gone: Counter[str], new: Counter[str]) -> Iterator[str]:
    if gone and new:
        yield f"Figures in ‘{heading}’: {_named(gone)} {_has(gone)} gone; {_named(new)} {_is(new)} new."
    elif gone:
        yield f"Figures in ‘{heading}’: {_named(gone)} {_has(gone)} gone."
    elif new:
        yield f"Figures in ‘{heading}’: {_named(new)} {_is(new)} new."


def _named(figures: Counter[str]) -> str:
    named = list(figures)
    if len(named) > MOST_FIGURES:
        return f"{len(named):,} figures"
    return f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else named[0]


def _has(figures: Counter[str]) -> str:
    return "has" if len(figures) == 1 else "have"


def _is(figures: Counter[str]) -> str:
    return "is" if len(figures) == 1 else "are"

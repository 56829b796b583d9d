"""How a report ends: the next dates, tables for those who want all of it, and the papers it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.text import capfirst

from consultations.models import Consultation
from councils.standing import ClaimRow, Standing
from pillars.ledger import Entry
from pillars.models import Deadline, Milestone, Pillar, Source
from pillars.timing import Timing, window_answer
from reforms.base.clock import civil_day
from reforms.base.formatting import date_in_words
from reforms.reports.document.values import Block
from reforms.reports.filling.background import noun
from reforms.reports.filling.material import Material
from reforms.reports.filling.words import begun, bullets, counted, dated, plain

COMING = (Timing.CLOSING, Timing.OPEN, Timing.AHEAD)
SHOWN = 10
"""Dates of the plan that are yet to pass."""
COMMITMENTS = ("Reference", "What", "Date as published", "What that means", "How it stands")
RECOMMENDATIONS = ("Reference", "What", "What became of it")
FIGURES = ("What is said", "Figure", "As at", "Its age")


def conclusion(made: Material) -> Iterator[Block]:
    """What comes next: closings, dates of commitments and marked points, the nearest first."""
    yield from (_closing(row.consultation) for row in made.open)
    coming = sorted(((row, row.deciding) for row in made.rows if row.timing in COMING and row.deciding), key=_nearest)
    for row, deciding in coming[:SHOWN]:
        text = f"{plain(row.reference)} {plain(row.title)}: {dated(deciding)}."
        yield Block(text=text, source=f"commitment:{row.reference}")
    milestones = [each for each in made.milestones if _is_ahead(each, on=made.asked.day)]
    for each in sorted(milestones, key=lambda each: each.latest or each.earliest or date.max):
        yield Block(text=begun(f"{plain(each.title)}: {dated(each)}."), source=f"milestone:{each.slug}")
    if (later := len(coming) - SHOWN) > 0:
        yield Block(text=f"{counted(later, 'later date')} of the plan can be found in Reform Tracker.")
    if not (made.open or coming or milestones):
        yield Block(text=f"No date ahead is recorded here as at {made.asked.on_the_day}.")


def _closing(found: Consultation) -> Block:
    closes_at = found.closes_at
    day = f"closes on {date_in_words(civil_day(closes_at))}" if closes_at else "names no closing day"
    text = f"The consultation “{plain(found.title)}” {day}."
    return Block(text=text, source=f"consultation:{found.slug}")


def _nearest(dated_row: tuple[Entry, Deadline]) -> tuple[date, date, str]:
    row, deciding = dated_row
    last = deciding.latest or date.max
    return (last, deciding.earliest or last, row.reference)


def _is_ahead(milestone: Milestone, *, on: date) -> bool:
    return window_answer(milestone.earliest, milestone.latest, on=on).timing in COMING


def appendices(made: Material) -> Iterator[Block]:
    """A table of commitments where the background holds none, and the figures that positions rest on."""
    found = False
    if not made.asked.is_full:
        for pillar in made.pillars:
            rows = made.rows_of(pillar)
            if rows:
                found = True
                yield _table(made, pillar, rows)
    for said in made.standings:
        if said.figures:
            found = True
            yield _figures(made, said)
    if not found:
        yield Block(text="There are no appendices.")


def _table(made: Material, pillar: Pillar, rows: Sequence[Entry]) -> Block:
    """What a pillar promises and by when, or what an area asked for and what became of it."""
    what = "what was recommended" if made.is_review else "what is promised"
    caption = f"{capfirst(noun(made, 1))} {pillar.number}, {pillar.title}: {what}"
    head, read = (RECOMMENDATIONS, _recommendation) if made.is_review else (COMMITMENTS, _commitment)
    source = f"plan:{pillar.programme.slug}/{pillar.number}"
    return Block(text=plain(caption), rows=(head, *map(read, rows)), source=source)


def _recommendation(row: Entry) -> tuple[str, ...]:
    return row.reference, row.title, row.answered.words if row.answered else "No answer is recorded here"


def _commitment(row: Entry) -> tuple[str, ...]:
    means = row.means
    return row.reference, row.title, row.words or "None given", means or "No date", row.state


def _figures(made: Material, said: Standing) -> Block:
    position = said.version.position
    subject = position.commitment or position.pillar or position.programme
    caption = f"Figures in the position of {made.asked.organisation.name} on {subject}"
    rows = (FIGURES, *map(_figure, said.figures))
    return Block(text=plain(caption), rows=rows, source=f"position:{said.version.reference}")


def _figure(row: ClaimRow) -> tuple[str, ...]:
    claim = row.claim
    figure = claim.figure_words or (f"{claim.figure.normalize():,f} {claim.unit}".strip() if claim.figure else "")
    return claim.text, figure, claim.as_at or "Not said", row.note or "In date"


def papers(made: Material) -> Iterator[Block]:
    """The documents cited, each with its publisher, its day and where it is."""
    if not made.papers:
        yield Block(text="No document that was public on the day is cited.")
        return
    yield Block(text=bullets(map(_paper, made.papers)))


def _paper(source: Source) -> str:
    day = date_in_words(source.published_on)
    inferred = " (day inferred)" if source.published_basis == Source.Basis.INFERRED else ""
    place = f"<{source.url}>" if source.url else "no address is recorded"
    return f"{plain(source.title)}, {plain(source.publisher.name)}, {day}{inferred}: {place}"

"""What stands around the plan: pilots, consultations, the national framework and the national rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from django.utils.text import capfirst

from consultations.listed import Listed
from consultations.status import Status
from councils.models import PositionVersion
from pillars.ledger import Entry
from pillars.models import Commitment, Pilot, Programme, Wave
from reforms.base.formatting import date_in_words, moment_in_words
from reforms.reports.document.values import Block
from reforms.reports.filling.material import OPEN, Material
from reforms.reports.filling.positions import draft_of, position
from reforms.reports.filling.words import (
    begun,
    bullets,
    counted,
    dated,
    heading,
    joined,
    listed,
    paragraphs,
    plain,
    sentence,
)

Kind = Programme.Kind
KINDS: list[str] = Commitment.Kind.values
NAMES = {Kind.FRAMEWORK: "the national framework", Kind.RULES: "the national rules"}


# Pathfinders and pilots


def pilots(made: Material) -> Iterator[Block]:
    """What is tested and where, and what is known of the organisation in each."""
    if not made.pilots:
        yield Block(text=f"No pathfinder or pilot is recorded here for this, as at {made.asked.on_the_day}.")
        return
    for pilot in made.pilots:
        yield _pilot(pilot)
        if said := made.taking_part.get(pilot.pk):
            yield _taking_part(made, pilot, said)
    if not any(pilot.pk in made.taking_part for pilot in made.pilots):
        name = plain(made.asked.organisation.name)
        yield Block(text=f"Nothing is recorded here about {name} taking part in any of these.")


def _pilot(pilot: Any) -> Block:
    told = [pilot.summary and plain(sentence(pilot.summary)), pilot.places and f"Places: {plain(pilot.places)}."]
    first = f"**{plain(pilot.title)}** ({pilot.get_kind_display().lower()}, {pilot.commitment.reference})."
    text = " ".join([first, *filter(None, told)])
    return Block(text=joined(text, bullets(_wave(each) for each in pilot.known_waves)), source=f"pilot:{pilot.slug}")


def _wave(wave: Wave) -> str:
    told = [plain(wave.places) if wave.places else "", dated(wave)]
    return f"{': '.join([plain(wave.title), *filter(None, [', '.join(filter(None, told))])])}."


def _taking_part(made: Material, pilot: Pilot, said: Any) -> Block:
    name, status = plain(made.asked.organisation.name), said.get_status_display().lower()
    wave = f", {plain(said.known_wave.title.lower())}" if said.known_wave else ""
    text = begun(f"{name}: {status}{wave}, said on {date_in_words(said.said_on)}.")
    note = plain(sentence(said.note)) if said.note else ""
    source = f"participation:{made.asked.organisation.slug}/{pilot.slug}"
    return Block(text=" ".join(filter(None, (text, note))), source=source)


# Consultations


def consultations(made: Material) -> Iterator[Block]:
    """What can be answered, what is promised and what is closed; with the organisation's answers."""
    if not made.consultations:
        yield Block(text=f"No consultation is recorded here about this, as at {made.asked.on_the_day}.")
        return
    groups = (
        ("Open", OPEN),
        ("Promised", (Status.PROMISED,)),
        ("Promised, and nothing reported", (Status.WINDOW_PASSED,)),
        ("Closed", (Status.CLOSED,)),
    )
    for title, statuses in groups:
        rows = sorted((row for row in made.consultations if row.status in statuses), key=_in_time)
        if rows:
            yield Block(text=heading(f"{title} as at {made.asked.on_the_day}"))
        for row in rows:
            yield from _consultation(made, row)


def _in_time(row: Listed) -> tuple[str, str]:
    found = row.consultation
    day = found.closes_at or found.opens_at or found.opens_latest
    return (day.isoformat() if day else "9", found.slug)


def _consultation(made: Material, row: Listed) -> Iterator[Block]:
    found = row.consultation
    told = [f"**{plain(sentence(found.title))}**", *map(sentence, filter(None, _days(row)))]
    told += [plain(sentence(found.summary))] if found.summary and made.asked.is_full else []
    if found.outcome:
        day = f" ({date_in_words(found.outcome_on)})" if found.outcome_on else ""
        told.append(f"Outcome{day}: {plain(sentence(found.outcome))}")
    yield Block(text=" ".join(told), source=f"consultation:{found.slug}")
    if row.status in (*OPEN, Status.CLOSED):
        yield _response(made, row)


def _days(row: Listed) -> list[str]:
    """When it opened and closes or closed; or of one that is only promised, for when that is."""
    if row.status not in (Status.PROMISED, Status.WINDOW_PASSED):
        return [row.means, row.when]
    return [f"Promised for {', that is '.join(filter(None, (plain(row.when), row.means)))}" if row.when else ""]


def _response(made: Material, row: Listed) -> Block:
    name, found = plain(made.asked.organisation.name), row.consultation
    response = made.responses.get(found.pk)
    if response is None:
        source = f"response:{found.slug}/{made.asked.organisation.slug}"
        return Block(text=f"No answer of {name} is recorded here.", source=source)
    by = response.organisation
    behalf = f", given by {plain(by.name)}" if by.pk != made.asked.organisation.pk else ""
    text = f"{name} answered on {moment_in_words(response.submitted_at)}{behalf}."
    return Block(text=text, source=f"response:{response.reference}")


# The framework and the rules


def framework(made: Material) -> Iterator[Block]:
    return _programmes(made, Kind.FRAMEWORK)


def rules(made: Material) -> Iterator[Block]:
    return _programmes(made, Kind.RULES)


def _programmes(made: Material, kind: Programme.Kind) -> Iterator[Block]:
    found = [(programme, rows) for programme, rows in made.around if programme.kind == kind]
    if not found:
        yield Block(text=f"Nothing is recorded here about {NAMES[kind]} as at {made.asked.on_the_day}.")
    for programme, rows in found:
        yield _about(made, programme, rows)
        yield from _expected(made, programme, rows)
        yield from _positions(made, programme)


def _about(made: Material, programme: Programme, rows: Sequence[Entry]) -> Block:
    told = paragraphs(programme.summary) if made.asked.is_full else paragraphs(programme.lede)
    first = f"{plain(programme.title)}: published on {date_in_words(programme.published_on)}."
    kinds = Counter(row.commitment.get_kind_display().lower() for row in _in_order(rows))
    number = listed([counted(many, kind) for kind, many in kinds.items()])
    held = f"As at {made.asked.on_the_day} it has {number}." if rows else ""
    return Block(text=joined(begun(first), *told, held), source=f"programme:{programme.slug}")


def _expected(made: Material, programme: Programme, rows: Sequence[Entry]) -> Iterator[Block]:
    """What it expects, a list for each kind; at full depth a paragraph for each."""
    for label, own in groupby(_in_order(rows), key=lambda row: row.commitment.get_kind_display()):
        found = list(own)
        if made.asked.is_full:
            yield Block(text=heading(capfirst(f"{label}s".lower())), source=f"programme:{programme.slug}")
            yield from (_expectation(row) for row in found)
        else:
            lines = [f"{plain(row.reference)} {plain(row.title)}{_when(row)}" for row in found]
            text = joined(f"{capfirst(f'{label}s'.lower())}:", bullets(lines))
            yield Block(text=text, source=f"plan:{programme.slug}")


def _in_order(rows: Sequence[Entry]) -> list[Entry]:
    return sorted(rows, key=lambda row: KINDS.index(row.commitment.kind))


def _expectation(row: Entry) -> Block:
    told = " ".join(paragraphs(row.commitment.summary))
    first = f"**{plain(row.reference)}** {plain(sentence(row.title))} {told}{_when(row)}".strip()
    parts = bullets(f"{plain(part.reference)} {plain(part.title)}{_when(part)}" for part in row.parts)
    return Block(text=joined(first, parts), source=f"commitment:{row.reference}")


def _when(row: Entry) -> str:
    return f" ({'; '.join(dated(each) for each in row.deadlines)})" if row.deadlines else ""


def _positions(made: Material, programme: Programme) -> Iterator[Block]:
    """The organisation's own words on it: whole positions, drafts, and points of other positions that speak of it."""
    if programme.pk == made.asked.programme.pk:
        return
    name, found = plain(made.asked.organisation.name), False
    for said in made.standings:
        version = said.version
        if version.position.programme_id == programme.pk:
            found = True
            yield from position(made, said, on_what=_subject(version))
        elif points := made.about_around[programme.pk].get(version.pk):
            found = True
            lines = bullets(plain(sentence(row.claim.text)) for row in points)
            text = joined(f"{name} says in its position on {plain(_subject(version))}:", lines)
            yield Block(text=text, source=f"position:{version.reference}")
    for draft in made.drafts:
        if draft.version.position.programme_id == programme.pk:
            found = True
            yield from draft_of(draft, _subject(draft.version))
    if not found:
        yield Block(text=f"No position of {name} on this is recorded here as at {made.asked.on_the_day}.")


def _subject(version: PositionVersion) -> str:
    place = version.position
    return str(place.commitment or place.pillar or place.programme.title)

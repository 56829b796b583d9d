"""What is proposed, pillar by pillar, and where the organisation stands on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from django.utils.text import capfirst

from pillars.ledger import Entry
from pillars.models import FundingLine, Mission, Pillar
from pillars.money_words import money_words
from pillars.outcomes import Outcome
from pillars.tallies import tally
from pillars.timing import CLOSING_DAYS, Timing
from reforms.base.formatting import date_in_words
from reforms.reports.document.values import Block
from reforms.reports.filling.material import Material
from reforms.reports.filling.money import lines_of, money_of
from reforms.reports.filling.positions import said
from reforms.reports.filling.words import (
    bullets,
    counted,
    dated,
    heading,
    joined,
    lowered,
    paragraphs,
    plain,
    sentence,
)

STANDS = {
    Outcome.MET: "met",
    Outcome.MET_LATE: "met late",
    Outcome.PASSED: "whose window has passed, with nothing reported",
    Outcome.PASSED_REPORTED: "whose window has passed, with something reported",
    Outcome.CLOSING: f"whose window closes within {CLOSING_DAYS} days",
    Outcome.OPEN: "whose window is open",
    Outcome.AHEAD: "ahead",
    Outcome.CONDITIONAL: "conditional",
    Outcome.NO_DATE: "without a date",
}
"""What is said of so many commitments."""


def background(made: Material) -> Iterator[Block]:
    """The programme, then each pillar: what is proposed and what the organisation says."""
    programme = made.asked.programme
    if not made.is_known:
        text = f"Nothing of {plain(programme.title)} that was public on {made.asked.on_the_day} is recorded here."
        yield Block(text=text, source=f"programme:{programme.slug}")
        return
    told = paragraphs(programme.summary) if made.asked.is_full else paragraphs(programme.lede)
    official = f" (officially “{plain(programme.official_title)}”)" if programme.official_title else ""
    published = f"{plain(programme.title)}{official} was published on {date_in_words(programme.published_on)}."
    yield Block(text=joined(published, *told), source=f"programme:{programme.slug}")
    yield from _as_a_whole(made) if made.asked.pillars else _in_one_piece(made)
    for pillar in made.pillars:
        yield from _pillar(made, pillar)
    if made.asked.pillars and not made.pillars:
        yield Block(text=f"Nothing is recorded here of these {noun(made, 2)} as at {made.asked.on_the_day}.")


def _as_a_whole(made: Material) -> Iterator[Block]:
    """What the organisation says of a programme beside its pillars, where it says anything."""
    programme = made.asked.programme
    found = list(said(made, programme.prefix, made.said_of_whole(programme), ()))
    if made.said_of_whole(programme) or any(block.is_draft for block in found):
        yield Block(text=heading(f"{made.asked.organisation.name} on {programme.title} as a whole"))
        yield from found


def _in_one_piece(made: Material) -> Iterator[Block]:
    """A programme without pillars: what it holds and what the organisation says."""
    programme = made.asked.programme
    yield Block(text=standing_words(made, made.rows), source=f"plan:{made.chosen}")
    if made.asked.is_full:
        yield from (_commitment(made, row) for row in made.rows)
    yield from _headed(made, said(made, programme.prefix, made.said_of_whole(programme), made.rows), 1)


def _headed(made: Material, told: Iterable[Block], level: int) -> Iterator[Block]:
    """What the organisation says, with its heading in the first piece."""
    first, *others = told
    yield replace(first, text=joined(heading(f"{made.asked.organisation.name}’s current position", level), first.text))
    yield from others


def noun(made: Material, number: int) -> str:
    """pillar, or pillars: in the programme's own words."""
    programme = made.asked.programme
    return (programme.pillar_noun if number == 1 else programme.pillar_noun_plural) or "part"


def _pillar(made: Material, pillar: Pillar) -> Iterator[Block]:
    rows, name = made.rows_of(pillar), f"{pillar.programme.slug}/{pillar.number}"
    title = heading(f"{capfirst(noun(made, 1))} {pillar.number}: {pillar.title}")
    proposed = heading("What was recommended" if made.is_review else "What is proposed", 2)
    told = paragraphs(pillar.summary) or [f"{plain(pillar.title)} has no summary here."]
    yield Block(text=joined(title, proposed, *told), source=f"pillar:{name}")
    yield Block(text=standing_words(made, rows), source=f"plan:{name}")
    yield from (_mission(each, name) for each in made.missions if each.pillar_id == pillar.pk)
    if money := money_of(lines_of(rows), is_asked=made.is_review):
        yield Block(text=money, source=f"money:{name}")
    if made.asked.is_full:
        yield from (_commitment(made, row) for row in rows)
    yield from _headed(made, said(made, pillar.reference, made.said_of(pillar), rows), 2)


def standing_words(made: Material, rows: Sequence[Entry], *, holder: str = "It holds") -> str:
    """How many commitments there are, and what became of them by the day: "It holds 8: 3 ahead; 5 without a date"."""
    programme, day = made.asked.programme, made.asked.on_the_day
    nouns = programme.commitment_noun, programme.commitment_noun_plural
    if not rows:
        return f"No {plain(nouns[0])} is recorded here as at {day}."
    if made.is_review:
        became = tally([row.answered.verdict if row.answered else None for row in rows]).words
        return f"{holder} {counted(len(rows), *nouns)}. As at {day}: {lowered(became)}."
    outcomes = Counter(row.outcome for row in rows)
    stands = "; ".join(f"{outcomes[each]} {STANDS[each]}" for each in Outcome if outcomes[each])
    return f"{holder} {counted(len(rows), *nouns)}. As at {day}: {stands}."


def _mission(mission: Mission, name: str) -> Block:
    """What is aimed for in the pillar of that name, how it is measured, and by when."""
    told = [sentence(f"{mission}: {mission.summary or mission.title}"), mission.target and sentence(mission.target)]
    text = " ".join(plain(each) for each in told if each)
    by = dated(mission)
    return Block(text=f"{text} By when: {by}." if by else text, source=f"pillar:{name}")


def _commitment(made: Material, row: Entry) -> Block:
    """One commitment with its dates, money, state and parts."""
    commitment = row.commitment
    told = " ".join(paragraphs(commitment.summary))
    first = f"**{plain(row.reference)}** {plain(sentence(commitment.title))} {told}".strip()
    facts = bullets([*_facts(row), f"As at {made.asked.on_the_day}: {plain(_state(row))}.", *_reported(row)])
    parts = bullets(_part(part) for part in row.parts)
    return Block(
        text=joined(first, facts, "It has these parts:" if parts else "", parts), source=f"commitment:{row.reference}"
    )


def _state(row: Entry) -> str:
    """Where it stands, or what was answered to a recommendation."""
    if row.commitment.kind == row.commitment.Kind.RECOMMENDATION:
        return row.answered.words.lower() if row.answered else "no answer is recorded here"
    return lowered(row.state)


def _facts(row: Entry) -> list[str]:
    """When, how much, how firmly and by whom; a line for each that a source gives."""
    when = "; ".join(dated(each) for each in row.deadlines)
    money = "; ".join(_line(each) for each in row.funding)
    firmly = f"{row.meta}, {row.commitment.condition}" if row.commitment.condition else row.meta
    named = (("When", when), ("Money", money), ("Strength and lead", plain(firmly)))
    return [f"{name}: {words}." for name, words in named if words]


def _reported(row: Entry) -> list[str]:
    """What a source reported last of it."""
    last = row.latest_update
    return [f"Last reported, {plain(last.day_in_words)}: {plain(sentence(last.summary))}"] if last else []


def _line(line: FundingLine) -> str:
    return f"{plain(money_words(line))} ({plain(line.title)})"


def _part(row: Entry) -> str:
    """One line; how firmly it is promised is said of the whole, and that there is no date goes without saying."""
    state = "" if row.timing is Timing.NO_DATE and not row.answered else sentence(plain(_state(row)))
    facts = _facts(row)[:-1]
    return " ".join(filter(None, (plain(row.reference), plain(sentence(row.title)), state, *facts)))

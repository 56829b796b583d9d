"""How a report begins: what it is about in a few sentences, and what the committee is asked to do."""

from __future__ import annotations

from collections.abc import Iterator

from consultations.listed import Listed
from reforms.base.clock import civil_day
from reforms.base.formatting import date_in_words
from reforms.reports.document.values import Block
from reforms.reports.filling.background import noun, standing_words
from reforms.reports.filling.material import Material
from reforms.reports.filling.words import begun, bullets, counted, joined, listed, plain


def summary(made: Material) -> Iterator[Block]:
    """What the report is about, how far it has come, and how much the organisation has said."""
    asked = made.asked
    name = plain(asked.organisation.name)
    about = f"This report is about {plain(asked.programme.title)}{_pillars(made)}, and where {name} stands."
    yield Block(
        text=f"{about} It gives what was public on {asked.on_the_day}.", source=f"programme:{asked.programme.slug}"
    )
    if not made.is_known:
        text = f"On that day nothing of {plain(asked.programme.title)} was public, as far as is recorded here."
        yield Block(text=text, source=f"programme:{asked.programme.slug}")
        return
    yield Block(text=standing_words(made, made.rows, holder=_holder(made)), source=f"plan:{made.chosen}")
    yield Block(text=_positions(made))
    if drafts := made.drafts:
        text = f"{counted(len(drafts), 'text')} in this report {'is' if len(drafts) == 1 else 'are'} not published."
        yield Block(text=text, is_draft=True)
    yield Block(text=_consultations(made))


def _holder(made: Material) -> str:
    """What holds the commitments that are counted: "The 6 pillars together hold"."""
    if len(made.pillars) > 1:
        return f"The {counted(len(made.pillars), noun(made, 1), noun(made, 2))} together hold"
    return f"This {noun(made, 1)} holds" if made.pillars else "It holds"


def _pillars(made: Material) -> str:
    asked = made.asked
    if not asked.pillars or not made.pillars:
        return ""
    names = listed([f"{each.number} ({plain(each.title)})" for each in made.pillars])
    return f": {noun(made, len(made.pillars))} {names}"


def _positions(made: Material) -> str:
    name, asked = plain(made.asked.organisation.name), made.asked
    said = [each for each in made.pillars if made.said_of(each)]
    of = counted(len(made.pillars), noun(made, 1), noun(made, 2))
    if not made.standings:
        return f"No position of {name} is recorded here as at {asked.on_the_day}."
    told = f"{name} has a published position on {len(said)} of {of}." if made.pillars else ""
    stale = [each for each in made.standings if each.is_stale]
    others = len(made.standings) - len(said)
    more = f"It has {counted(others, 'position')} on single points, or on a programme as a whole." if others else ""
    look = f"{counted(len(stale), 'position')} {'needs' if len(stale) == 1 else 'need'} another look." if stale else ""
    return " ".join(filter(None, (told, more, look)))


def _consultations(made: Material) -> str:
    if not made.open:
        return f"No consultation is open on {made.asked.on_the_day}."
    closing = listed([f"“{plain(row.consultation.title)}”{_closing(row)}" for row in made.open])
    return f"{counted(len(made.open), 'consultation')} can be answered on {made.asked.on_the_day}: {closing}."


def _closing(row: Listed) -> str:
    closes_at = row.consultation.closes_at
    return f" (until {date_in_words(civil_day(closes_at))})" if closes_at else ""


def actions_required(made: Material) -> Iterator[Block]:
    """What the committee is invited to do, with the day until which each consultation can be answered."""
    name, plan = plain(made.asked.organisation.name), plain(made.asked.programme.title)
    committee = begun(plain(made.asked.committee_name))
    asks = [f"consider what {plan} says, and the current position of {name}"] if made.is_known else []
    asks += [_view_on(made, row) for row in made.open]
    silent = [each for each in made.pillars if not made.said_of(each)]
    if silent and made.standings:
        numbers = listed([str(each.number) for each in silent])
        asks.append(f"note that no position is recorded here on {noun(made, len(silent))} {numbers}")
    if asks:
        yield Block(text=joined(f"{committee} is invited to:", bullets(asks)))
    else:
        yield Block(text=f"Nothing is asked of {committee}: nothing of {plan} was public on {made.asked.on_the_day}.")
    if not made.open:
        yield Block(text=f"No consultation is open on {made.asked.on_the_day}, so none is to be answered.")


def _view_on(made: Material, row: Listed) -> str:
    """That views can go into an answer, and by when; or that it closes before the meeting."""
    found = row.consultation
    closes_on = civil_day(found.closes_at) if found.closes_at else None
    title = f"the consultation “{plain(found.title)}”"
    if closes_on is None:
        return f"give its views for {title}, which names no closing day"
    if closes_on < made.asked.meeting_on:
        return f"note that {title} closes on {date_in_words(closes_on)}, before this meeting"
    return f"give its views for {title}, which closes on {date_in_words(closes_on)}"

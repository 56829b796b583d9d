"""The first steps of the chain: what was recommended, how it was answered, and what carries the answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from pillars.answers import ANSWERS, Answered
from pillars.ledger import Entry, every
from pillars.models import Commitment, Verdict
from pillars.places import Places
from pillars.timing import Timing
from reforms.base.formatting import date_in_words
from reforms.pages.chain.answering import Answering, Asked
from reforms.pages.chain.shapes import Group, Item, Step

FEW = 4
"""Recommendations that are said one by one, each with its answer; more are grouped by their answers."""
ORDER = list(ANSWERS)
TIMELESS = (Commitment.Kind.OUTCOME, Commitment.Kind.ENABLER, Commitment.Kind.PRINCIPLE)
"""Kinds that nobody expects a date of: that there is none is not said of them."""


# On the page of a commitment


def asked_step(row: Entry, answering: Answering, places: Places) -> Step | None:
    """The recommendations that it answers, or that there are none; nothing where no review was known."""
    asked = answering.asked
    if not asked:
        title = "No recommendation recorded here asks for it"
        return Step("Recommended", title, is_quiet=True) if answering.reviews else None
    wholes = {each.recommendation.parent_id or each.recommendation.pk for each in asked}
    number = "one recommendation" if len(wholes) == 1 else f"{len(wholes)} recommendations"
    has_parts = any(each.recommendation.parent_id for each in asked)
    is_grouped = len(asked) > FEW
    return Step(
        _recommended_by(answering),
        f"It answers {number}",
        "Parts are counted with their whole." if has_parts else "",
        items=() if is_grouped else [_asked_item(each, row, places) for each in asked],
        groups=_groups(asked, row, places) if is_grouped else (),
    )


def _recommended_by(answering: Answering) -> str:
    by_key = {each.pk: each.title for each in answering.reviews}
    titles = dict.fromkeys(by_key.get(each.recommendation.programme_id, "") for each in answering.asked)
    return ": ".join(filter(None, ("Recommended", ", ".join(filter(None, titles)))))


def _asked_item(asked: Asked, row: Entry, places: Places) -> Item:
    answered = asked.answered
    return _asked_line(asked, row, timing=answered.kind, state=answered.words, citations=places.of(answered.verdict))


def _asked_line(asked: Asked, row: Entry, **said: object) -> Item:
    found, programme = asked.recommendation, asked.answered.verdict.programme
    through = f"through {_and(each.reference for each in asked.through)}" if asked.through else ""
    by = f"answered by {programme.title}" if programme.pk != row.commitment.programme_id else ""
    text = ", ".join(filter(None, (by, through)))
    return Item(found.title, found.get_absolute_url(), found.reference, f"({text})" if text else "", **said)  # type: ignore[arg-type]


def _groups(asked: Sequence[Asked], row: Entry, places: Places) -> list[Group]:
    """By answer, in the order of answers, what a document states before what we infer."""
    alike: dict[str, list[Asked]] = {}
    for each in sorted(asked, key=lambda each: _rank(each.answered)):
        alike.setdefault(each.answered.words, []).append(each)
    return [_group(words, found, row, places) for words, found in alike.items()]


def _rank(answered: Answered) -> tuple[int, bool]:
    return ORDER.index(answered.kind), answered.verdict.basis == Verdict.Basis.INFERRED


def _group(words: str, asked: Sequence[Asked], row: Entry, places: Places) -> Group:
    cited = dict.fromkeys(place for each in asked for place in places.of(each.answered.verdict))
    items = [_asked_line(each, row) for each in asked]
    return Group(words, asked[0].answered.kind, items, list(cited))


# On the page of a recommendation


def recommended_part(part: Entry, *, on: date) -> Item:
    """A part of a recommendation, with its own answer."""
    if part.answered is None:
        return Item(part.title, part.url, part.reference, note=_no_answer(on))
    return Item(part.title, part.url, part.reference, timing=part.answered.kind, state=part.answered.words)


def answer_steps(row: Entry, answering: Answering, places: Places, *, on: date) -> list[Step]:
    """One for each programme that answers it, in the order that the answers became known."""
    answers = answering.answers.get(row.commitment.pk, ())
    ordered = sorted(answers, key=lambda each: (each.verdict.known_on, each.verdict.programme.number))
    return [_answer(each, places) for each in ordered] or [_unanswered(row, answering, on=on)]


def _answer(answered: Answered, places: Places) -> Step:
    verdict = answered.verdict
    return Step(
        f"Answered by {verdict.programme.title}",
        answered.words,
        _plainly(verdict),
        citations=places.of(verdict),
        is_gap=answered.kind == Verdict.Answer.NOT_MENTIONED,
        anchor=verdict.anchor_name,
        timing=answered.kind,
        quote=verdict.words,
        reason=_reason(verdict),
    )


def _reason(verdict: Verdict) -> str:
    """Our own words, said as ours."""
    said = "In our words" if verdict.basis == Verdict.Basis.STATED else "Why we read it so"
    return f"{said}: {verdict.reason}" if verdict.reason else ""


def _plainly(verdict: Verdict) -> str:
    """What a refusal and a silence mean, since nothing else on the page may say it."""
    programme, is_stated = verdict.programme.title, verdict.basis == Verdict.Basis.STATED
    match verdict.verdict:
        case Verdict.Answer.REJECTED:
            return f"{programme} turned it down." if is_stated else f"We read that {programme} turned it down."
        case Verdict.Answer.NOT_MENTIONED:
            known = "" if is_stated else ", as far as the documents recorded here tell"
            return f"{programme} does not speak of it{known}."
    return ""


def _unanswered(row: Entry, answering: Answering, *, on: date) -> Step:
    """No answer to it; where it is a part, what was answered to its whole."""
    text = "Nothing published by that day and recorded here says what became of it."
    whole = row.commitment.parent
    answers = answering.answers.get(whole.pk, ()) if whole else ()
    items = [_whole(whole, each) for each in answers if whole]
    return Step("Answered", _no_answer(on), "" if items else text, items=items, is_gap=True)


def _whole(whole: Commitment, answered: Answered) -> Item:
    note = f"its whole, answered by {answered.verdict.programme.title}"
    return Item(
        whole.title, whole.get_absolute_url(), whole.reference, note=note, timing=answered.kind, state=answered.words
    )


def _no_answer(on: date) -> str:
    return f"No answer was known by {date_in_words(on)}"


def carried_step(row: Entry, answering: Answering) -> Step | None:
    """The commitments in which the answer lives on. Nothing is said before there is an answer."""
    own, carriers = answering.answers.get(row.commitment.pk, ()), list(answering.carriers.values())
    if not own and not carriers:
        return None
    is_refused = bool(own) and all(each.is_unanswered for each in own)
    if not carriers:
        return Step("Promised", "No commitment carries it", _nothing_carries(is_refused), is_gap=True)
    title = _carries(own, is_refused=is_refused)
    if len(carriers) <= FEW:
        return Step("Promised", title, items=[_carrier(entry, row, answering) for entry in carriers])
    return Step("Promised", title, groups=_by_programme(carriers, row, answering))


def _carries(own: Sequence[Answered], *, is_refused: bool) -> str:
    if not any(answered.carried_by for answered in own):
        return "What carries the answers to its parts"
    return "What is promised instead" if is_refused else "What carries the answer"


def _by_programme(carriers: Sequence[Entry], row: Entry, answering: Answering) -> list[Group]:
    """Many commitments: under the names of their programmes, with their sources together."""
    titles = dict.fromkeys(entry.commitment.programme.title for entry in carriers)
    found = [(title, [each for each in carriers if each.commitment.programme.title == title]) for title in titles]
    return [
        Group(
            title,
            "",
            [replace(_carrier(entry, row, answering), citations=()) for entry in entries],
            list(dict.fromkeys(place for entry in entries for place in entry.citations)),
        )
        for title, entries in found
    ]


def _nothing_carries(is_refused: bool) -> str:
    if is_refused:
        return (
            "No plan recorded here takes this recommendation up. What a council bases on it rests on the "
            "recommendation alone."
        )
    return "It has an answer, but no commitment recorded here says how or by when it is to be done."


def _parts_carried_by(entry: Entry, row: Entry, answering: Answering) -> list[str]:
    """The parts that it answers, where it does not answer the whole."""

    def is_carried(asked: Entry) -> bool:
        answers = answering.answers.get(asked.commitment.pk, ())
        return any(entry.commitment == each for answered in answers for each in answered.carried_by)

    return [] if is_carried(row) else [part.reference for part in every(row.parts) if is_carried(part)]


def _carrier(entry: Entry, row: Entry, answering: Answering) -> Item:
    """A commitment with its dates, its money and its state; anything else says what it is."""
    commitment, parts = entry.commitment, _parts_carried_by(entry, row, answering)
    kind = "" if commitment.kind == Commitment.Kind.COMMITMENT else f"({commitment.get_kind_display().lower()})"
    answers = f"answers {_and(parts)}" if parts else ""
    is_timeless = commitment.kind in TIMELESS and entry.timing is Timing.NO_DATE
    return Item(
        entry.title,
        entry.url,
        entry.reference,
        kind,
        ", ".join(filter(None, (answers, entry.note))),
        "" if is_timeless else entry.mark,
        "" if is_timeless else entry.state,
        entry.citations,
    )


def _and(words: Iterable[str]) -> str:
    """SH-1-01a; SH-1-01a and SH-1-01b; SH-1-01a, SH-1-01b and SH-1-01c."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last

"""How one promise came to be, and what became of it: the steps of the `chain` component."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from consultations.models import Consultation
from councils.models import Participation
from pillars.ledger import Entry
from pillars.places import Places
from reforms.pages.chain import recommended, since
from reforms.pages.chain.answering import Answering, is_asked_for
from reforms.pages.chain.shapes import Group, Item, Step
from reforms.pages.others_say import OthersSay

__all__ = ["Group", "Item", "Step", "chain"]


def chain(
    row: Entry,
    answering: Answering,
    *,
    consultations: Iterable[Consultation],
    participation: Iterable[Participation],
    councils: int,
    readiness: str,
    others: OthersSay,
    places: Places,
    on: date,
) -> list[Step]:
    """Recommended, answered, promised, consulted on, what happened, what councils and others say; in that order.

    `councils` have said something, of which `readiness` sums up the words.
    """
    steps = _to_the_promise(row, answering, places, on=on)
    steps += [since.consultation_step(each, places, on=on) for each in consultations]
    steps += [
        since.progress_step(row, answering, places, on=on),
        since.taking_part_step(participation, places),
        since.councils_step(row, councils, readiness),
        since.others_step(row, others),
    ]
    return [step for step in steps if step is not None]


def _to_the_promise(row: Entry, answering: Answering, places: Places, *, on: date) -> list[Step | None]:
    own = (since.parent_step(row, on=on), since.own_step(row, on=on))
    if not is_asked_for(row.commitment):
        return [recommended.asked_step(row, answering, places), *own]
    answers = recommended.answer_steps(row, answering, places, on=on)
    return [*own, *answers, recommended.carried_step(row, answering)]

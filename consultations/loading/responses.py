"""Read the responses to consultations, with an answer for each question of the form that a document shows."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from consultations.loading.kinds import ANSWER, QUESTION, RESPONSE
from consultations.models import Answer, Question
from councils.models import PositionVersion
from pillars.loading.citing import cited_by, read_fact, top_cite
from reforms.base.clock import CIVIL, civil_day
from reforms.base.loading.codecs import Plain, Unreadable
from reforms.base.loading.reading import Document, Item, Record
from reforms.base.loading.world import World

MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?")


def read_responses(document: Document) -> None:
    for item in document.root.each("responses"):
        response = read_fact(document, RESPONSE, item, top_cite(document), submitted_at=_submitted(item))
        response.places["submitted_at"] = item.place_of("submitted_at")
        for child in item.each("answers"):
            _read_answer(document, child, response)
        item.finish()


def _submitted(item: Item) -> Plain:
    """The moment in England at which it came in."""
    if not item.text("submitted_at"):
        item.refuse("submitted_at", "submitted_at is missing.")
    moment = item.read_text("submitted_at", _read_moment)
    return moment.astimezone(UTC).isoformat() if moment else None


def _read_moment(text: str) -> datetime:
    try:
        if MOMENT.fullmatch(text):
            return datetime.fromisoformat(text).replace(tzinfo=CIVIL)
    except ValueError:
        pass
    raise Unreadable(f"is “{text}”, which is not a moment; write it as 2023-05-11T16:28")


def _read_answer(document: Document, item: Item, response: Record) -> None:
    """An answer, known by its place in the form: 7/2a. Its views are known by their numbers among the speaker's."""
    speaker = response.text("on_behalf_of") or response.text("organisation")
    views = {f"{speaker}/{node.text}": node.place for node in item.texts("views")}
    answer = read_fact(
        document,
        ANSWER,
        item,
        cited_by(response),
        response=response.key,
        question=_question(item, "question", response),
        answers_question=_question(item, "answers_question", response),
        choices=_choices(item),
        views=sorted(views),
    )
    answer.places |= {name: item.place_of(name) for name in ("question", "answers_question")}
    answer.places["choices"] = item.place_of("choices" if item.texts("choices") else "choice")
    answer.places |= {f"views {key}": place for key, place in views.items()}
    if not item.text("question"):
        item.refuse("question", "question is missing.")
    item.finish()


def _question(item: Item, name: str, response: Record) -> str | None:
    place = item.text(name)
    return f"{response.text('consultation')}/{place}" if place else None


def _choices(item: Item) -> list[str]:
    """What was marked: one `choice`, or several `choices`."""
    one, several = item.text("choice"), [node.text for node in item.texts("choices")]
    if one and several:
        item.refuse("choice", "Give choice or choices, not both.")
    return [one] if one else several


def check_responses(world: World) -> None:
    for response in world.batch.of(RESPONSE).values():
        _check_response(world, response)
    for answer in world.batch.of(ANSWER).values():
        _check_state(world, answer)
        _check_choices(world, answer)


def _check_response(world: World, response: Record) -> None:
    if response.text("origin") not in ("", PositionVersion.Origin.RECORDED.value):
        world.refuse(response, "origin", "A file records a public document: origin has to be recorded.")
    if response.text("organisation") == response.text("on_behalf_of"):
        world.refuse(response, "on_behalf_of", "Nobody answers on behalf of themselves: leave this out.")
    submitted, known = response.text("submitted_at"), response.text("known_on")
    if submitted and known and known < civil_day(datetime.fromisoformat(submitted)).isoformat():
        world.refuse(response, "submitted_at", f"It was known on {known}, before it was submitted.")


def _check_state(world: World, answer: Record) -> None:
    """What is answered says something; what was left unanswered says nothing."""
    is_answered, state = answer.text("state") == Answer.State.ANSWERED, answer.text("state")
    has_words = bool(answer.text("text") or answer.texts("choices"))
    if is_answered and not has_words:
        world.refuse(answer, "state", "An answered question has a choice or a text.")
    if state and not is_answered and (has_words or answer.texts("views")):
        world.refuse(answer, "state", f"An answer of state {state} has no choice, no text and no views.")
    if answer.text("answers_question") and answer.text("answers_question") == answer.text("question"):
        world.refuse(answer, "answers_question", "It stands under that question already.")


def _check_choices(world: World, answer: Record) -> None:
    """What was chosen is among the options seen, and several only where several could be."""
    key, choices = answer.text("question"), answer.texts("choices")
    if not choices or not world.has(QUESTION, key):
        return
    question = world.values(QUESTION, key)
    options, kind = question["options"], question["kind"]
    place = key.partition("/")[2]
    for choice in choices:
        if isinstance(options, list) and choice not in options:
            message = f"“{choice}” is not among the options seen of question {place}: add it to them."
            world.refuse(answer, "choices", message)
    if kind and kind != Question.Kind.CHOICES and len(choices) > 1:
        world.refuse(answer, "choices", f"Question {place} is of kind {kind}: one option can be chosen.")

"""The kinds of record about consultations, in the order in which they are written."""

from __future__ import annotations

from consultations import models
from pillars.loading.kinds import WINDOW_DERIVED, WINDOW_GIVEN
from reforms.base.loading.kinds import Kind, Values
from reforms.base.loading.world import World, nearest

CONSULTATION = Kind(
    "consultation",
    models.Consultation,
    ("slug",),
    (
        *("slug", "title", "official_title", "owner", "programme", "promised_by", "summary", "outcome"),
        *("outcome_on", "outcome_basis", "about"),
    ),
    optional=("known_on", "opens_basis"),
    derived=(
        *("opens_words", "opens_earliest", "opens_latest", "opens_edtf", "opens_at", "closes_at"),
        *("is_closing_time_stated", "citations"),
    ),
    aliases={"opens_words": "words"},
)

STEP = Kind(
    "step",
    models.Step,
    ("organisation", "number"),
    ("organisation", "number", "title", "note", "origin", "consultations", *WINDOW_GIVEN),
    optional=("known_on",),
    derived=("citations", *WINDOW_DERIVED),
)

SECTION = Kind(
    "section",
    models.Section,
    ("consultation", "number"),
    ("number", "title", "official_title"),
    optional=("known_on",),
    derived=("consultation", "citations"),
)


def _no_such_question(key: str, world: World) -> str:
    consultation, _, place = key.partition("/")
    places = [name.partition("/")[2] for name in world.every(QUESTION) if name.startswith(f"{consultation}/")]
    return f"The form of {consultation} has no question {place}{nearest(place, places)}."


def _question_key(values: Values) -> str:
    """stable-homes-strategy/7/2a."""
    return f"{values['section']}/{values['number']}{values['part']}"


QUESTION = Kind(
    "question",
    models.Question,
    ("section", "number", "part"),
    ("number", "part", "text", "kind", "options", "is_for"),
    optional=("known_on",),
    derived=("section", "position", "citations"),
    make_key=_question_key,
    say_missing=_no_such_question,
)

RESPONSE = Kind(
    "response",
    models.Response,
    ("consultation", "organisation"),
    (
        *("consultation", "organisation", "on_behalf_of", "form_reference", "capacity", "role"),
        *("quoting", "may_be_contacted", "is_confidential", "origin", "state"),
    ),
    optional=("known_on",),
    derived=("submitted_at", "citations"),
)


def _answer_key(values: Values) -> str:
    """stable-homes-strategy/lincolnshire/7/2a: the response, and the place of the question in the form."""
    return f"{values['response']}/{str(values['question']).partition('/')[2]}"


ANSWER = Kind(
    "answer",
    models.Answer,
    ("response", "question"),
    ("state", "text", "note"),
    optional=("known_on",),
    derived=("response", "question", "choices", "answers_question", "views", "citations"),
    make_key=_answer_key,
)

KINDS = (CONSULTATION, STEP, SECTION, QUESTION, RESPONSE, ANSWER)

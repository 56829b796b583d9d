"""Forms and the responses to them: what is read from a file, and what a file may not say."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from consultations.models import Answer, Question, Response, Section
from tests.loading_desk import Desk, mistake

FILE = "consultations/answers.yaml"
VIEWS_FILE = "councils/borchester.yaml"
FORM = """\
forms:
  - consultation: heat-paper
    sections:
      - number: 1
        title: Heat
        official_title: "Chapter 4: Heat"
        cite: {report: [Page 1]}
        questions:
          - {number: "1", text: Is heat right?, kind: scale, options: [Agree, Disagree]}
          - {number: "1", part: a, text: Why?, kind: text}
          - {number: "2", text: Which rooms?, kind: choices, options: [Hall, Loft, Shed]}
      - number: 2
        title: Glass
        cite: {report: [Page 2]}
        questions:
          - {number: "1", text: Is glass right?, kind: yes_no, is_for: children}
responses:
  - consultation: heat-paper
    organisation: ambridge
    on_behalf_of: borchester
    form_reference: ANON-1
    submitted_at: "2023-05-11T16:28:53"
    capacity: Other
    role: Boss
    quoting: attributable
    may_be_contacted: "yes"
    origin: recorded
    known_on: "2023-05-11"
    cite: {report: [Page 1]}
    answers:
      - {question: 1/1, state: answered, choice: Agree, views: [1, 2]}
      - {question: 1/1a, state: answered, text: It is warm., answers_question: 2/1, note: It says so.}
      - {question: 1/2, state: answered, choices: [Loft, Hall], cite: {report: [Page 2]}}
      - {question: 2/1, state: not_answered}
"""
VIEWS = """\
views:
  - {number: 1, stance: welcome, text: Likes heat., about: [WH-1-01], cite: {report: [Page 1]}}
  - {number: 2, stance: ask, text: More heat., about: [WH-1-01], cite: {report: [Page 1]}}
"""


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """With a form, a response to it, and the views that it carries."""
    desk.put(FILE, FORM)
    desk.put(VIEWS_FILE, VIEWS)
    return desk


def answer(place: str) -> Answer:
    return next(each for each in Answer.objects.all() if each.question.place_in_form == place)


def test_a_form_has_its_sections_and_questions_in_order(desk: Desk) -> None:
    desk.load()
    sections = Section.objects.filter(consultation__slug="heat-paper")
    assert [(each.number, each.title, each.official_title) for each in sections] == [
        (1, "Heat", "Chapter 4: Heat"),
        (2, "Glass", ""),
    ]
    questions = Question.objects.filter(section__in=sections).order_by("section__number", "position")
    assert [each.place_in_form for each in questions] == ["1/1", "1/1a", "1/2", "2/1"]
    assert [each.options for each in questions] == [["Agree", "Disagree"], [], ["Hall", "Loft", "Shed"], []]
    assert [str(place) for each in questions for place in each.citations.all()][-2:] == [
        "Ambridge report, Page 1",
        "Ambridge report, Page 2",
    ]


def test_a_response_says_who_when_and_on_whose_behalf(desk: Desk) -> None:
    desk.load()
    response = Response.objects.get()
    assert (response.organisation.slug, response.speaker.slug) == ("ambridge", "borchester")
    assert response.submitted_at == datetime(2023, 5, 11, 15, 28, 53, tzinfo=UTC)
    assert (response.quoting, response.may_be_contacted, response.is_confidential) == ("attributable", True, None)
    assert (response.state, response.origin, response.known_on) == ("submitted", "recorded", date(2023, 5, 11))


def test_answers_keep_what_was_chosen_and_what_they_carry(desk: Desk) -> None:
    desk.load()
    assert (answer("1/1").choices, answer("1/2").choices) == (["Agree"], ["Loft", "Hall"])
    assert [view.reference for view in answer("1/1").views.all()] == ["borchester/1", "borchester/2"]
    assert answer("1/1a").answers_question == answer("2/1").question
    assert (answer("2/1").state, answer("2/1").text) == ("not_answered", "")


def test_answers_cite_what_their_response_cites_unless_they_say_more(desk: Desk) -> None:
    desk.load()
    assert [str(each) for each in answer("1/1").citations.all()] == ["Ambridge report, Page 1"]
    assert [str(each) for each in answer("1/2").citations.all()] == ["Ambridge report, Page 2"]


def test_views_are_those_of_the_organisation_where_it_answers_for_itself(desk: Desk) -> None:
    desk.change(FILE, "    organisation: ambridge\n    on_behalf_of: borchester\n", "    organisation: borchester\n")
    desk.load()
    assert [view.reference for view in answer("1/1").views.all()] == ["borchester/1", "borchester/2"]


def test_twice_changes_nothing_the_file_alone_too(desk: Desk) -> None:
    desk.load()
    assert desk.load().is_quiet
    assert desk.load(FILE).is_quiet


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "message"),
    [
        mistake(
            "no-such-question",
            FILE,
            "question: 1/1a, state",
            "question: 1/9, state",
            "The form of heat-paper has no question 1/9.",
        ),
        mistake(
            "no-question", FILE, "{question: 2/1, state", "{state", "question is missing.", at="{state: not_answered}"
        ),
        mistake(
            "belongs-nowhere",
            FILE,
            "answers_question: 2/1",
            "answers_question: 7/1",
            "The form of heat-paper has no question 7/1.",
        ),
        mistake(
            "belongs-to-itself",
            FILE,
            "answers_question: 2/1",
            "answers_question: 1/1a",
            "It stands under that question already.",
        ),
        mistake(
            "unseen-option",
            FILE,
            "choice: Agree",
            "choice: Perhaps",
            "“Perhaps” is not among the options seen of question 1/1: add it to them.",
        ),
        mistake(
            "several-of-a-scale",
            FILE,
            "choice: Agree",
            "choices: [Agree, Disagree]",
            "Question 1/1 is of kind scale: one option can be chosen.",
        ),
        mistake(
            "choice-and-choices",
            FILE,
            "choices: [Loft, Hall]",
            "choice: Shed, choices: [Loft, Hall]",
            "Give choice or choices, not both.",
        ),
        mistake(
            "answered-with-nothing",
            FILE,
            "text: It is warm., ",
            'text: "", ',
            "An answered question has a choice or a text.",
        ),
        mistake(
            "left-with-words",
            FILE,
            "state: not_answered}",
            "state: empty, text: Words.}",
            "An answer of state empty has no choice, no text and no views.",
        ),
        mistake(
            "left-with-views",
            FILE,
            "state: not_answered}",
            "state: not_answered, views: [1]}",
            "An answer of state not_answered has no choice, no text and no views.",
        ),
        mistake(
            "no-such-view",
            FILE,
            "views: [1, 2]",
            "views: [1, 9]",
            "There is no view “borchester/9”; the nearest is “borchester/2”.",
        ),
        mistake(
            "no-such-moment",
            FILE,
            '"2023-05-11T16:28:53"',
            '"11 May 2023"',
            "submitted_at is “11 May 2023”, which is not a moment; write it as 2023-05-11T16:28.",
            at="submitted_at",
        ),
        mistake(
            "no-such-hour",
            FILE,
            '"2023-05-11T16:28:53"',
            '"2023-05-11T25:28"',
            "submitted_at is “2023-05-11T25:28”, which is not a moment; write it as 2023-05-11T16:28.",
            at="submitted_at",
        ),
        mistake(
            "known-too-early",
            FILE,
            'known_on: "2023-05-11"',
            'known_on: "2023-05-10"',
            "It was known on 2023-05-10, before it was submitted.",
            at="submitted_at",
        ),
        mistake(
            "written",
            FILE,
            "origin: recorded",
            "origin: written",
            "A file records a public document: origin has to be recorded.",
        ),
        mistake(
            "on-its-own-behalf",
            FILE,
            "organisation: ambridge\n    on_behalf_of: borchester",
            "organisation: borchester\n    on_behalf_of: borchester",
            "Nobody answers on behalf of themselves: leave this out.",
            at="on_behalf_of",
        ),
        mistake(
            "unknown-kind",
            FILE,
            "kind: scale",
            "kind: guess",
            "kind is “guess”; it has to be one of choice, choices, scale, yes_no, text, email.",
        ),
    ],
)
def test_a_broken_rule_is_named_with_its_line(desk: Desk, file: str, old: str, new: str, at: str, message: str) -> None:
    desk.assert_mistake(file, old, new, at, message)


def test_a_moment_is_needed(desk: Desk) -> None:
    desk.change(FILE, '    submitted_at: "2023-05-11T16:28:53"\n', "")
    line = desk.line_of(FILE, "responses:") + 1
    assert desk.mistakes() == [f"{FILE}:{line}: submitted_at is missing."]


def test_a_question_is_answered_once(desk: Desk) -> None:
    desk.change(FILE, "question: 2/1, state", "question: 1/1, state")
    first, second = desk.line_of(FILE, "{question: 1/1, state: answered"), desk.line_of(FILE, "state: not_answered")
    message = f"Answer heat-paper/ambridge/1/1 stands twice: it is already at {FILE}:{first}."
    assert desk.mistakes() == [f"{FILE}:{second}: {message}"]


def test_a_form_names_its_consultation(desk: Desk) -> None:
    desk.change(FILE, "forms:\n  - consultation: heat-paper\n    sections:", "forms:\n  - sections:")
    assert desk.mistakes()[0] == f"{FILE}:2: consultation is missing."


def test_a_response_to_nothing_is_refused(desk: Desk) -> None:
    desk.change(FILE, "responses:\n  - consultation: heat-paper", "responses:\n  - consultation: heat-papers")
    line = desk.line_of(FILE, "heat-papers")
    assert desk.mistakes()[0] == f"{FILE}:{line}: There is no consultation “heat-papers”; the nearest is “heat-paper”."

"""Document 004, London's answer to the consultation on the strategy, question by question.

What is listed here was read from the document by hand, not from the fixtures.
"""

from __future__ import annotations

from collections import Counter

import pytest
from django.test import Client

from consultations.models import Answer, Question, Response, Section
from councils.models import View
from reforms.base.formatting import moment_in_words
from tests.reforms.pages.reading import links_of, main_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ALLIANCE = "london-innovation-and-improvement-alliance"
DIRECTORS = "association-of-london-directors-of-childrens-services"
PAGE = f"/consultations/stable-homes-strategy/responses/{ALLIANCE}/"

QUESTIONS = {
    "About you": 6,
    "Questions for Children and Young People": 9,
    "Chapter 1: Our vision & making reform work for everyone": 2,
    "Chapter 2: Family Help": 2,
    "Chapter 3: Parental Representation in Child Protection": 3,
    "Chapter 4: Unlocking the potential of Family Networks": 4,
    "Chapter 5: The Care Experience": 8,
    "Chapter 6: Workforce": 2,
    "Chapter 7: System Enablers": 1,
    "Chapter 8: Delivery": 1,
    "Impact Assessments (Equalities and Child Rights)": 2,
    "Evaluation of this consultation": 1,
}
"""The numbered questions of each part of the form, in its order."""

CHOSEN = {
    "1/1": "An organisation",
    "1/2": "Other (please state)",
    "1/3": "Corporate/Administrative",
    "1/5": "Yes, attributable to my organisation",
    "1/6": "Yes",
    "3/1": "Agree",
    "4/1": "Fully supportive",
    "5/1": "Other.",
    "6/4": "Fully supportive",
    "7/1": "Agree",
    "7/2": "Neither agree nor disagree",
    "8/1": "Agree",
    "12/1": "Slightly satisfied",
}
SAID_TO_BE_UNANSWERED = "2/1 2/3 2/6 2/8 2/9 5/3"
LEFT_EMPTY = "1/4 1/4a 2/1a 2/2 2/3a 2/4 2/5 2/6a 2/7 4/2 4/2a 5/3a 6/3a"

CARRIES = {
    "3/1a": 4,  # a seventh pillar
    "7/1a": 100,
    "10/1": 200,
    "11/1": 4,
    "11/2": 205,
}
"""A view that each of these answers carries; that on a seventh pillar stands in two."""


def response() -> Response:
    return Response.objects.get(consultation__slug="stable-homes-strategy", organisation__slug=ALLIANCE)


def answers() -> dict[str, Answer]:
    found = response().answers.select_related("question__section")
    return {answer.question.place_in_form: answer for answer in found}


class TestWhoAnswered:
    def test_who_on_whose_behalf(self):
        assert (response().speaker.slug, response().speaker.known_as) == (DIRECTORS, "ALDCS")
        assert response().organisation.known_as == "LIIA"

    def test_when_and_under_what_reference(self):
        assert moment_in_words(response().submitted_at) == "11 May 2023 at 4:28pm"
        assert response().submitted_at.second == 53
        assert response().form_reference == "ANON-8B14-Z5QD-3"

    def test_may_we_quote_it(self):
        assert (response().quoting, response().may_be_contacted) == ("attributable", True)
        assert response().is_confidential is None

    def test_no_e_mail_address_is_kept(self):
        kept = [*response().answers.values_list("text", "note"), (response().capacity, response().role)]

        assert [text for texts in kept for text in texts if "@" in text] == []


class TestForm:
    def test_every_question_is_there_in_order(self):
        sections = Section.objects.filter(consultation__slug="stable-homes-strategy")
        found = {each.official_title: each.questions.filter(part="").count() for each in sections}

        assert list(found.items()) == list(QUESTIONS.items())
        assert sum(found.values()) == 41

    def test_children_are_asked_apart(self):
        found = Question.objects.filter(is_for="children and young people")

        assert {question.section.number for question in found} == {2}
        assert found.count() == 12


class TestAnswers:
    @pytest.mark.parametrize(("place", "choice"), CHOSEN.items())
    def test_choice(self, place: str, choice: str):
        assert answers()[place].choices == [choice]

    def test_ten_marks_on_support_for_guardians(self):
        assert len(answers()["6/3"].choices) == 10
        assert "Read with care" in answers()["6/3"].note

    def test_what_was_left(self):
        found = {state: [place for place, each in answers().items() if each.state == state] for state in Answer.State}

        assert found[Answer.State.NOT_ANSWERED] == SAID_TO_BE_UNANSWERED.split()
        assert found[Answer.State.EMPTY] == LEFT_EMPTY.split()

    def test_which_stands_under_the_wrong_question(self):
        found = {place: each.answers_question for place, each in answers().items() if each.answers_question}

        assert {place: question.place_in_form for place, question in found.items()} == {"7/8": "7/2"}

    def test_every_view_stands_in_an_answer(self):
        carried = Counter(answers()[place].views.count() > 0 for place in answers())
        views = View.objects.filter(organisation__slug=DIRECTORS)
        in_answers = set(Answer.objects.filter(response=response()).values_list("views", flat=True)) - {None}

        assert carried[True] >= 25
        assert set(views.values_list("pk", flat=True)) == in_answers

    @pytest.mark.parametrize(("place", "number"), CARRIES.items())
    def test_carries(self, place: str, number: int):
        assert answers()[place].views.filter(number=number).exists()

    def test_every_one_has_its_place(self):
        without = [place for place, each in answers().items() if not each.citations.filter(source__file="004").exists()]

        assert without == []


class TestPage:
    def test_answers_the_question_at_its_head(self, public: Client):
        words = main_of(public.get(PAGE))

        assert "on behalf of the Association of London Directors of Children's Services" in words
        assert "Submitted 11 May 2023 at 4:28pm Reference ANON-8B14-Z5QD-3" in words
        assert "Yes, and the organisation may be named." in words
        assert "38 of 57 answered, 19 left unanswered." in words
        assert "We count 41 questions and 16 boxes below some of them." in words
        assert "Of what was left, the document marks 6 as not answered; below 13 nothing stands." in words

    def test_says_which_answer_stands_under_the_wrong_question(self, public: Client):
        words = main_of(public.get(PAGE))

        assert (
            "The answer under question 8 of section 7 says of itself that it belongs to question 2 of section 7."
            in words
        )

    def test_is_not_there_before_the_day(self, public: Client):
        assert [public.get(PAGE, {"as_at": f"2023-05-{day}"}).status_code for day in (10, 11, 12)] == [404, 200, 200]

    def test_its_source_leads_there(self, public: Client):
        links = links_of(public.get("/sources/aldcs-2023/"))

        assert {PAGE, f"{PAGE}#question-7-8"} <= set(links)

    def test_its_consultation_leads_there(self, public: Client):
        assert PAGE in links_of(public.get("/consultations/stable-homes-strategy/"))

    @pytest.mark.parametrize("body", [ALLIANCE, DIRECTORS])
    def test_pages_of_those_who_speak_lead_there(self, public: Client, body: str):
        assert PAGE in links_of(public.get(f"/organisations/{body}/"))
        assert f"/organisations/{body}/" in links_of(public.get(PAGE))

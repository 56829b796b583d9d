"""Responses and answers: their rules, and who may read them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError

from consultations.models import Answer, Response
from tests.builders import (
    make_answer,
    make_consultation,
    make_organisation,
    make_question,
    make_response,
    make_section,
)
from tests.reforms.pages.making import make_member

pytestmark = pytest.mark.django_db


class TestRules:
    def test_an_organisation_answers_once(self):
        response = make_response()
        with pytest.raises(IntegrityError):
            make_response(response.consultation, organisation=response.organisation)

    def test_an_organisation_may_answer_several_consultations(self):
        organisation = make_organisation()

        assert make_response(organisation=organisation).pk != make_response(organisation=organisation).pk

    def test_nobody_answers_on_behalf_of_themselves(self):
        organisation = make_organisation()
        with pytest.raises(IntegrityError):
            make_response(organisation=organisation, on_behalf_of=organisation)

    def test_a_question_is_asked_once(self):
        question = make_question(part="a")
        with pytest.raises(IntegrityError):
            make_question(question.section, number=question.number, part="a")

    def test_a_section_number_is_given_once(self):
        section = make_section()
        with pytest.raises(IntegrityError):
            make_section(section.consultation, number=section.number)

    def test_a_question_is_answered_once(self):
        answer = make_answer(make_response(), make_question())
        with pytest.raises(IntegrityError):
            make_answer(answer.response, answer.question)

    @pytest.mark.parametrize("state", [Answer.State.NOT_ANSWERED, Answer.State.EMPTY])
    def test_what_was_left_unanswered_has_no_text(self, state: str):
        with pytest.raises(IntegrityError):
            make_answer(make_response(), make_question(), state=state, text="Words.")

    def test_an_answer_does_not_point_at_its_own_question(self):
        question = make_question()
        with pytest.raises(IntegrityError):
            make_answer(make_response(), question, answers_question=question)


class TestNames:
    def test_references(self):
        consultation = make_consultation(slug="paper")
        question = make_question(make_section(consultation, number=7), number="2", part="a")
        answer = make_answer(make_response(consultation, organisation=make_organisation(slug="ambridge")), question)

        assert (question.section.reference, question.reference) == ("paper/7", "paper/7/2a")
        assert (answer.response.reference, answer.reference) == ("paper/ambridge", "paper/ambridge/7/2a")
        assert answer.get_absolute_url() == "/consultations/paper/responses/ambridge/#question-7-2a"

    def test_speaker_is_whom_it_was_given_for(self):
        other = make_organisation()

        assert make_response(on_behalf_of=other).speaker == other
        assert (response := make_response()).speaker == response.organisation


class TestVisibleTo:
    @pytest.fixture
    def written(self) -> Response:
        response = make_response(origin="written")
        make_answer(response, make_question(make_section(response.consultation)))
        return response

    def test_anybody_reads_what_a_public_document_holds(self):
        assert make_response() in Response.objects.visible_to(AnonymousUser())

    def test_what_was_written_here_is_for_its_own_organisation(self, written: Response):
        people = [AnonymousUser(), make_member(make_organisation()), make_member(written.organisation)]

        assert [written in Response.objects.visible_to(person) for person in people] == [False, False, True]
        assert [Answer.objects.visible_to(person).filter(response=written).count() for person in people] == [0, 0, 1]

    def test_those_on_whose_behalf_it_was_written_read_it_elsewhere(self):
        behalf = make_organisation()
        response = make_response(origin="written", on_behalf_of=behalf)

        assert response not in Response.objects.visible_to(make_member(behalf))

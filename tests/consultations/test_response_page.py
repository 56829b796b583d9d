"""The page of one response: who answered, each question in its order, and what was left unanswered."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from consultations.models import Question, Response
from tests.builders import (
    make_answer,
    make_citation,
    make_commitment,
    make_consultation,
    make_mission,
    make_organisation,
    make_pillar,
    make_question,
    make_response,
    make_section,
    make_view,
)
from tests.reforms.pages.making import make_member
from tests.reforms.pages.reading import links_of, main_of, source_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DAY = date(2023, 5, 11)


@pytest.fixture
def response() -> Response:
    """An alliance's, on behalf of directors, on the last day of a consultation."""
    return make_response(
        make_consultation(title="The paper", owner=make_organisation(name="Ministry of Homes", short_name="MoH")),
        organisation=make_organisation(name="Northern Alliance"),
        on_behalf_of=make_organisation(name="Association of Directors"),
        form_reference="ANON-1",
        submitted_at=datetime(2023, 5, 11, 15, 28, 53, tzinfo=UTC),
        capacity="Other",
        role="Clerk",
        known_on=DAY,
    )


def ask(client: Client, response: Response, day: str = ""):
    return client.get(response.get_absolute_url(), {"as_at": day} if day else {})


def asked(response: Response, **values) -> Question:
    """A question of a section of its own."""
    return make_question(make_section(response.consultation), **values)


class TestHead:
    def test_says_who_answered_for_whom_when_and_what(self, public: Client, response: Response):
        words = main_of(ask(public, response))

        assert "Answered by Northern Alliance On behalf of Association of Directors" in words
        assert "Answers The paper, asked by Ministry of Homes" in words
        assert "Submitted 11 May 2023 at 4:28pm Reference ANON-1" in words
        assert "Capacity “Other” Role in it “Clerk”" in words

    def test_says_not_stated_where_the_form_has_nothing(self, public: Client, response: Response):
        response.form_reference = response.capacity = response.role = ""
        response.on_behalf_of = None
        response.save()
        words = main_of(ask(public, response))

        assert "On behalf of Itself" in words
        assert "Reference Not stated Capacity Not stated Role in it Not stated" in words

    @pytest.mark.parametrize(
        ("quoting", "words"),
        [
            ("attributable", "Yes, and the organisation may be named. That is what it told MoH."),
            ("anonymous", "Yes, without naming the organisation. That is what it told MoH."),
            ("no", "No. That is what it told MoH."),
            ("not_stated", "Quoting Not stated. Confidential"),
        ],
    )
    def test_says_whether_it_may_be_quoted(self, public: Client, response: Response, quoting: str, words: str):
        response.quoting = quoting
        response.save()

        assert words in main_of(ask(public, response))

    @pytest.mark.parametrize(
        ("answer", "confidential", "contact"),
        [
            (True, "Asks to be kept confidential", "May be contacted about its answers"),
            (False, "Does not ask to be kept confidential", "May not be contacted"),
            (None, "Left unanswered", "Left unanswered"),
        ],
    )
    def test_says_what_else_it_permits(self, public: Client, response: Response, answer, confidential, contact):
        response.is_confidential = response.may_be_contacted = answer
        response.save()

        assert f"Confidential {confidential} Contact {contact}" in main_of(ask(public, response))


class TestQuestions:
    def test_stand_in_the_order_of_the_form(self, public: Client, response: Response):
        late = make_section(response.consultation, number=9, title="Last", official_title="Chapter 5: Last")
        early = make_section(response.consultation, number=3, title="First")
        for section in (late, early):
            make_question(section, position=2, number="1", part="a", text=f"{section.title}, why?")
            question = make_question(section, position=1, number="1", text=f"{section.title}?")
            make_answer(response, question, text=f"{section.title} said.")
        words = main_of(ask(public, response))
        order = [
            "3. First 1 of 2",
            "First?",
            "First said.",
            "First, why?",
            "9. Last 1 of 2",
            "Printed as “Chapter 5: Last”",
        ]

        assert [words.index(each) for each in order] == sorted(words.index(each) for each in order)

    def test_counts_tell_what_was_left(self, public: Client, response: Response):
        section = make_section(response.consultation)
        make_answer(response, make_question(section))
        make_answer(response, make_question(section, part="a"), state="empty")
        make_answer(response, make_question(section), state="not_answered")
        make_question(section)
        words = main_of(ask(public, response))

        assert "1 of 4 answered, 3 left unanswered. We count 3 questions and 1 box below one of them." in words
        assert "Of what was left, the document marks 1 as not answered; below 1 nothing stands." in words
        assert [words.count(each) for each in ("Left empty", "Not answered", "No answer recorded here")] == [1, 1, 1]

    def test_section_without_any_answer_is_folded(self, public: Client, response: Response):
        for_all = make_question(make_section(response.consultation, title="Open"))
        make_answer(response, for_all)
        section = make_section(response.consultation, title="Young")
        make_answer(response, make_question(section, is_for="children"), state="not_answered")
        page = ask(public, response)

        assert "2. Young None of 1 answered 1 question for children, none answered" in main_of(page)
        assert source_of(page).count("<details") == 1

    def test_audience_of_a_single_question_is_said_beside_it(self, public: Client, response: Response):
        section = make_section(response.consultation)
        make_answer(response, make_question(section))
        make_question(section, is_for="adults")

        assert "Free text. Only for adults" in main_of(ask(public, response))

    @pytest.mark.parametrize(
        ("kind", "options", "choices", "words"),
        [
            ("scale", ["Agree"], ["Agree"], "A scale. Other options are not shown Chosen: Agree"),
            ("choice", ["Yes", "No"], ["No"], "Choose one Yes No (chosen) Chosen: No"),
            ("choices", ["A", "B", "C"], ["A", "C"], "A (chosen) B C (chosen) Chosen: 2 of 3 options"),
            ("yes_no", ["Yes"], ["Yes"], "Yes or no Chosen: Yes"),
        ],
    )
    def test_marks_what_was_chosen_in_words(self, public: Client, response: Response, kind, options, choices, words):
        make_answer(response, asked(response, kind=kind, options=options), choices=choices, text="")

        assert words in main_of(ask(public, response))

    def test_options_nobody_chose_from_stand_there(self, public: Client, response: Response):
        make_answer(response, asked(response))
        question = asked(response, kind="choices", options=["A", "B"])
        make_answer(response, question, state="empty")

        assert "Choose several A B Left empty" in main_of(ask(public, response))

    def test_unseen_options_are_said_to_be_unseen(self, public: Client, response: Response):
        make_answer(response, asked(response, kind="choice"), state="not_answered")

        assert "Choose one. The options are not shown Not answered" in main_of(ask(public, response))

    def test_summary_and_note_are_said_to_be_ours(self, public: Client, response: Response):
        make_answer(response, asked(response), text="It is warm.", note="Read with care.")
        words = main_of(ask(public, response))

        assert "Our summary: It is warm." in words
        assert "Our note: Read with care." in words

    def test_every_answer_cites_its_place(self, public: Client, response: Response):
        place = make_citation()
        make_answer(response, asked(response)).citations.add(place)

        assert str(place) in main_of(ask(public, response))


class TestWrongQuestion:
    def test_links_lead_both_ways(self, public: Client, response: Response):
        right, wrong = asked(response, number="2"), asked(response, number="8")
        make_answer(response, right, state="empty")
        make_answer(response, wrong, answers_question=right)
        page = ask(public, response)
        words = main_of(page)

        assert (
            "The answer under question 8 of section 2 says of itself that it belongs to question 2 of section 1"
            in words
        )
        assert "This answer says of itself that it belongs to question 2 of section 1." in words
        assert "The answer under question 8 of section 2 says that it belongs here." in words
        assert {"#question-1-2", "#question-2-8"} <= set(links_of(page))

    def test_section_is_named_only_from_outside(self, public: Client, response: Response):
        right = asked(response, number="2")
        wrong = make_question(right.section, number="8")
        make_answer(response, wrong, answers_question=right)

        assert "This answer says of itself that it belongs to question 2." in main_of(ask(public, response))


class TestViews:
    def test_say_what_they_speak_of_and_whom_they_ask(self, public: Client, response: Response):
        pillar, commitment = make_pillar(title="Heat"), make_commitment(title="Warm homes")
        view = make_view(
            response.on_behalf_of, commitment, text="More pipes.", stance="ask", pillar=pillar, for_place="London"
        )
        view.addressed_to.add(make_organisation(name="The ministry"))
        make_answer(response, asked(response), view)
        page = ask(public, response)
        words = main_of(page)

        assert "Ask. More pipes. Addressed to The ministry. For London alone. Speaks of 1. Heat" in words
        assert f"{commitment.reference} Warm homes" in words
        assert {pillar.get_absolute_url(), commitment.get_absolute_url()} <= set(links_of(page))
        assert "The answers carry 1 view: 1 ask." in words

    def test_mission_and_programme(self, public: Client, response: Response):
        mission = make_mission(title="Warm all")
        views = [make_view(response.on_behalf_of, mission=mission, stance="ask")]
        views.append(make_view(response.on_behalf_of, programme=mission.programme, stance="welcome"))
        make_answer(response, asked(response), *views)
        words = main_of(ask(public, response))

        assert f"Speaks of {mission.reference} Warm all" in words
        assert f"Speaks of {mission.programme.title}" in words
        assert "2 views: 1 welcome, 1 ask." in words

    def test_many_are_folded_under_their_count(self, public: Client, response: Response):
        views = [make_view(response.on_behalf_of, stance="ask") for _ in range(4)]
        make_answer(response, asked(response), *views)
        page = ask(public, response)

        assert "4 views: 4 asks Ask." in main_of(page)
        assert source_of(page).count("<details") == 1

    def test_carried_by_two_answers_is_counted_once(self, public: Client, response: Response):
        view = make_view(response.on_behalf_of, stance="ask")
        for _ in range(2):
            make_answer(response, asked(response), view)

        assert "The answers carry 1 view: 1 ask." in main_of(ask(public, response))


class TestDay:
    def test_unknown_before_the_day_it_was_known(self, public: Client, response: Response):
        statuses = [ask(public, response, day).status_code for day in ("2023-05-10", "2023-05-11", "")]

        assert statuses == [404, 200, 200]

    def test_says_nothing_that_became_known_later(self, public: Client, response: Response):
        later = {"known_on": date(2023, 6, 1)}
        commitment = make_commitment(title="Canary", known_on=date(2023, 6, 1))
        section = make_section(response.consultation)
        make_question(section, text="Canary?", **later)
        make_section(response.consultation, title="Canary", **later)
        view = make_view(
            response.on_behalf_of, make_commitment(), commitment, pillar=make_pillar(title="Canary", **later)
        )
        unknown = make_view(response.on_behalf_of, make_commitment(), text="Canary", **later)
        make_answer(response, make_question(section), view, unknown)
        make_answer(response, make_question(section), text="Canary", **later)

        assert "Canary" not in source_of(ask(public, response, "2023-05-31"))
        assert source_of(ask(public, response, "2023-06-01")).count("Canary") >= 6

    def test_links_keep_the_day(self, public: Client, response: Response):
        view = make_view(response.on_behalf_of, commitment := make_commitment())
        make_answer(response, asked(response), view)

        assert f"{commitment.get_absolute_url()}?as_at=2023-05-20" in links_of(ask(public, response, "2023-05-20"))


class TestWhoReadsIt:
    @pytest.mark.parametrize(
        "address", ["consultations/the-paper/responses/nobody/", "consultations/none/responses/x/"]
    )
    def test_unknown_is_not_found(self, public: Client, address: str):
        assert public.get(f"/{address}").status_code == 404

    def test_written_here_is_not_found_by_others(self, public: Client, response: Response):
        response.origin = "written"
        response.save()
        found = {"nobody": ask(public, response).status_code}
        for name, organisation in (("other", make_organisation()), ("own", response.organisation)):
            public.force_login(make_member(organisation))
            found[name] = ask(public, response).status_code

        assert found == {"nobody": 404, "other": 404, "own": 200}

    def test_is_listed_with_its_consultation_from_its_day_for_who_may_read_it(self, public: Client, response: Response):
        address = response.consultation.get_absolute_url()
        words = main_of(public.get(address))

        assert "Responses recorded here 1 Northern Alliance On behalf of Association of Directors" in words
        assert response.get_absolute_url() in links_of(public.get(address))
        assert "Northern Alliance" not in main_of(public.get(address, {"as_at": "2023-05-10"}))

        response.origin = "written"
        response.save()
        assert "Northern Alliance" not in main_of(public.get(address))

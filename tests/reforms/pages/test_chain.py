"""The chain: what was recommended, how it was answered, what carries the answer, and what became of that."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from pillars.models import Commitment, Programme, Verdict
from tests.builders import (
    make_commitment,
    make_consultation,
    make_deadline,
    make_programme,
    make_update,
    make_verdict,
)
from tests.reforms.pages.making import SPRING
from tests.reforms.pages.reading import main_of, source_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ON = date(2023, 4, 21)
REVIEWED, ANSWERED = date(2022, 5, 23), date(2023, 2, 2)


def steps(client: Client, commitment: Commitment, on: date = ON):
    return client.get(commitment.get_absolute_url(), {"as_at": on.isoformat()}).context["chain"]


def step(client: Client, commitment: Commitment, kind: str, on: date = ON):
    return next(each for each in steps(client, commitment, on) if each.kind.startswith(kind))


@pytest.fixture
def review() -> Programme:
    return make_programme(kind=Programme.Kind.REVIEW, title="A review", number=2, known_on=REVIEWED)


@pytest.fixture
def strategy() -> Programme:
    return make_programme(kind=Programme.Kind.STRATEGY, title="A plan", number=1, known_on=ANSWERED)


@pytest.fixture
def asked(review: Programme) -> Commitment:
    return make_commitment(review, kind=Commitment.Kind.RECOMMENDATION, title="Do more", known_on=REVIEWED)


@pytest.fixture
def promise(strategy: Programme) -> Commitment:
    return make_commitment(strategy, title="We will", known_on=ANSWERED)


def part_of(whole: Commitment) -> Commitment:
    return make_commitment(parent=whole, kind=whole.kind, known_on=whole.known_on)


def answer(asked: Commitment, programme: Programme, *carriers: Commitment, **values) -> Verdict:
    made = make_verdict(asked, programme=programme, **{"known_on": ANSWERED} | values)
    made.carried_by.set(carriers)
    return made


STATED, OURS = {"basis": "stated", "words": "words"}, {"basis": "inferred", "words": ""}


class TestAnswers:
    @pytest.mark.parametrize(
        ("verdict", "basis", "title", "text", "is_gap"),
        [
            pytest.param("accepted", STATED, "Accepted", "", False, id="accepted"),
            pytest.param("adapted", OURS, "Adapted, inferred by us", "", False, id="adapted-we-say"),
            pytest.param("to_be_tested", STATED, "To be tested", "", False, id="tested"),
            pytest.param("consulting", STATED, "Consulting", "", False, id="consulting"),
            pytest.param("to_explore", STATED, "To explore", "", False, id="explore"),
            pytest.param("rejected", STATED, "Rejected", "A plan turned it down.", False, id="rejected"),
            pytest.param(
                "rejected", OURS, "Rejected, inferred by us", "We read that A plan turned it down.", False,
                id="rejected-we-say",
            ),
            pytest.param("not_mentioned", STATED, "Not mentioned", "A plan does not speak of it.", True, id="silent"),
            pytest.param(
                "not_mentioned", OURS, "Not mentioned, inferred by us",
                "A plan does not speak of it, as far as the documents recorded here tell.", True, id="silent-we-say",
            ),
        ],
    )  # fmt: skip
    def test_every_answer(self, public: Client, asked, strategy, verdict, basis, title, text, is_gap):
        answer(asked, strategy, verdict=verdict, reason="a reason", **basis)
        found = step(public, asked, "Answered")

        assert (found.kind, found.timing, found.title) == ("Answered by A plan", verdict, title)
        assert (found.text, found.is_gap) == (text, is_gap)

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            pytest.param(STATED | {"reason": "R"}, ("words", "In our words: R"), id="both"),
            pytest.param(STATED | {"reason": ""}, ("words", ""), id="published-words-alone"),
            pytest.param(OURS | {"reason": "R"}, ("", "Why we read it so: R"), id="our-words-alone"),
        ],
    )
    def test_whose_words_are_which(self, public: Client, asked, strategy, values, said):
        answer(asked, strategy, **values)
        found = step(public, asked, "Answered")

        assert (found.quote, found.reason) == said

    def test_other_pages_lead_to_it(self, public: Client, asked, strategy):
        made = answer(asked, strategy)
        address, _, anchor = made.get_absolute_url().partition("#")

        assert f'id="{anchor}"' in source_of(public.get(address, {"as_at": ON.isoformat()}))

    def test_several_stand_in_the_order_they_became_known(self, public: Client, asked, strategy):
        framework = make_programme(number=0, title="A framework", known_on=ANSWERED)
        answer(asked, framework, known_on=date(2023, 3, 1))
        answer(asked, strategy)
        kinds = [each.kind for each in steps(public, asked) if each.kind.startswith("Answered")]

        assert kinds == ["Answered by A plan", "Answered by A framework"]

    @pytest.mark.parametrize(("on", "is_known"), [(date(2023, 2, 1), False), (ANSWERED, True)])
    def test_none_before_its_day(self, public: Client, asked, promise, strategy, on: date, is_known: bool):
        answer(asked, strategy, promise)
        kinds = [each.kind for each in steps(public, asked, on)]

        assert ("Answered by A plan" in kinds, "Promised" in kinds) == (is_known, is_known)
        assert ("Answered" in kinds) != is_known

    def test_none_yet_says_so(self, public: Client, asked):
        found = step(public, asked, "Answered", date(2022, 12, 1))

        assert (found.title, found.is_gap) == ("No answer was known by 1 December 2022", True)

    def test_part_without_an_answer_of_its_own_shows_that_to_its_whole(self, public: Client, asked, strategy):
        part = part_of(asked)
        answer(asked, strategy, verdict="adapted")
        found = step(public, part, "Answered")

        assert found.is_gap
        assert [(item.reference, item.state, item.note) for item in found.items] == [
            (asked.reference, "Adapted", "its whole, answered by A plan")
        ]

    def test_parts_stand_with_their_own_answers(self, public: Client, asked, strategy):
        answered, silent = part_of(asked), part_of(asked)
        answer(answered, strategy, verdict="rejected")
        items = step(public, asked, "Recommended").items

        assert [(item.reference, item.timing, item.state, item.note) for item in items] == [
            (answered.reference, "rejected", "Rejected", ""),
            (silent.reference, "", "", "No answer was known by 21 April 2023"),
        ]


class TestCarried:
    def test_what_carries_it_with_its_date_and_state(self, public: Client, asked, promise, strategy):
        make_deadline(promise, **SPRING)
        answer(asked, strategy, promise)
        found = step(public, asked, "Promised")

        assert found.title == "What carries the answer"
        assert [(each.reference, each.title, each.note, each.state) for each in found.items] == [
            (promise.reference, "We will", "“Spring 2023”", "Window open, 40 days left")
        ]

    def test_rejected_and_something_else_promised(self, public: Client, asked, promise, strategy):
        answer(asked, strategy, promise, verdict="rejected")

        assert step(public, asked, "Promised").title == "What is promised instead"

    @pytest.mark.parametrize(
        ("verdict", "text"),
        [
            ("not_mentioned", "No plan recorded here takes this recommendation up."),
            ("rejected", "No plan recorded here takes this recommendation up."),
            ("accepted", "It has an answer, but no commitment recorded here says how"),
        ],
    )
    def test_carried_by_none(self, public: Client, asked, strategy, verdict: str, text: str):
        answer(asked, strategy, verdict=verdict)
        found = step(public, asked, "Promised")

        assert (found.title, found.is_gap) == ("No commitment carries it", True)
        assert found.text.startswith(text)

    def test_what_answers_a_part_alone_says_which(self, public: Client, asked, promise, strategy):
        part, both = part_of(asked), make_commitment(strategy)
        answer(asked, strategy, both)
        answer(part, strategy, promise, both)
        notes = {each.reference: each.note for each in step(public, asked, "Promised").items}

        assert notes == {both.reference: "", promise.reference: f"answers {part.reference}"}

    @pytest.mark.parametrize("verdict", ["not_mentioned", "rejected", "accepted"])
    def test_answers_to_parts_alone_are_carried(self, public: Client, asked, promise, strategy, verdict: str):
        answer(asked, strategy, verdict=verdict)
        answer(part_of(asked), strategy, promise)
        found = step(public, asked, "Promised")

        assert (found.title, found.is_gap) == ("What carries the answers to its parts", False)

    def test_what_carries_the_answer_to_the_whole_is_not_said_of_a_part(self, public: Client, asked, promise, strategy):
        part = part_of(asked)
        answer(asked, strategy, promise)
        answer(part, strategy, verdict="not_mentioned")

        assert step(public, part, "Promised").is_gap

    @pytest.mark.parametrize(
        ("kind", "text", "state"),
        [
            ("commitment", "", "No date given"),
            ("rule", "(rule)", "No date given"),
            ("outcome", "(outcome)", ""),
            ("enabler", "(enabler)", ""),
            ("principle", "(principle)", ""),
        ],
    )
    def test_one_that_is_no_commitment_says_what_it_is(
        self, public: Client, asked, strategy, kind: str, text: str, state: str
    ):
        """Nobody expects a date of an outcome, an enabler or a principle."""
        answer(asked, strategy, make_commitment(strategy, kind=kind))

        assert [(each.text, each.state) for each in step(public, asked, "Promised").items] == [(text, state)]

    def test_what_carries_it_stands_in_the_order_of_the_plan(self, public: Client, asked, strategy):
        part = part_of(asked)
        first, second = (make_commitment(strategy, reference=f"ZZ-1-0{number}") for number in (1, 2))
        answer(asked, strategy, second)
        answer(part, strategy, first)

        assert [each.reference for each in step(public, asked, "Promised").items] == ["ZZ-1-01", "ZZ-1-02"]

    def test_many_stand_under_their_programmes(self, public: Client, asked, strategy):
        framework = make_programme(number=3, title="A framework")
        answer(asked, strategy, *(make_commitment(each) for each in (strategy, framework) for _ in range(3)))
        found = step(public, asked, "Promised")

        assert found.items == ()
        assert [(group.title, len(group.items)) for group in found.groups] == [("A plan", 3), ("A framework", 3)]

    def test_what_happened_to_it_names_it(self, public: Client, asked, promise, strategy):
        answer(asked, strategy, promise)
        part = part_of(promise)
        make_update(part, status="under_way", happened_on=date(2023, 3, 1))
        found = step(public, asked, "What happened since")

        assert (found.title, [each.reference for each in found.items]) == (
            "Last reported: under way",
            [part.reference],
        )

    def test_nothing_can_happen_to_what_nothing_carries(self, public: Client, asked, strategy):
        answer(asked, strategy, verdict="not_mentioned")

        assert step(public, asked, "What happened since").text.startswith("No commitment carries it")

    def test_consultation_on_what_carries_it(self, public: Client, asked, promise, strategy):
        answer(asked, strategy, promise)
        make_consultation(promised_by=promise, title="Asking", is_promised=True)

        assert step(public, asked, "To be consulted on").title == "Asking"


class TestAskedFor:
    def test_each_with_its_answer(self, public: Client, asked, promise, strategy):
        answer(asked, strategy, promise, verdict="adapted", **OURS, reason="r")
        found = step(public, promise, "Recommended")

        assert (found.kind, found.title, found.text) == ("Recommended: A review", "It answers one recommendation", "")
        assert [(each.reference, each.timing, each.state, each.text) for each in found.items] == [
            (asked.reference, "adapted", "Adapted, inferred by us", "")
        ]

    def test_parts_are_counted_with_their_whole(self, public: Client, asked, promise, strategy):
        for each in (asked, part_of(asked), part_of(asked)):
            answer(each, strategy, promise)
        found = step(public, promise, "Recommended")

        assert (found.title, len(found.items)) == ("It answers one recommendation", 3)
        assert found.text == "Parts are counted with their whole."

    def test_through_its_part_and_a_part_through_its_whole(self, public: Client, review, asked, promise, strategy):
        part, other = part_of(promise), part_of(promise)
        of_part = make_commitment(review, kind=Commitment.Kind.RECOMMENDATION)
        answer(asked, strategy, promise)
        answer(of_part, strategy, part)

        def said(commitment: Commitment) -> dict[str, str]:
            return {each.reference: each.text for each in step(public, commitment, "Recommended").items}

        assert said(promise) == {asked.reference: "", of_part.reference: f"(through {part.reference})"}
        assert said(part) == {asked.reference: f"(through {promise.reference})", of_part.reference: ""}
        assert said(other) == {asked.reference: f"(through {promise.reference})"}

    def test_answer_of_another_programme_says_whose(self, public: Client, asked, promise):
        answer(asked, make_programme(title="Another plan"), promise)

        assert [each.text for each in step(public, promise, "Recommended").items] == ["(answered by Another plan)"]

    def test_many_are_grouped_by_their_answers(self, public: Client, review, promise, strategy):
        for verdict, basis in [("rejected", STATED), *[("adapted", OURS)] * 2, *[("adapted", STATED)] * 2]:
            asked = make_commitment(review, kind=Commitment.Kind.RECOMMENDATION)
            answer(asked, strategy, promise, verdict=verdict, **basis, reason="r")
        found = step(public, promise, "Recommended")

        assert (found.title, found.items) == ("It answers 5 recommendations", ())
        assert [(group.timing, group.title, len(group.items)) for group in found.groups] == [
            ("adapted", "Adapted", 2),
            ("adapted", "Adapted, inferred by us", 2),
            ("rejected", "Rejected", 1),
        ]

    def test_none_is_said_quietly(self, public: Client, review, promise):
        found = step(public, promise, "Recommended")

        assert found.title == "No recommendation recorded here asks for it"
        assert (found.is_quiet, found.is_gap, found.items) == (True, False, ())

    def test_nothing_is_said_where_no_review_is_known(self, public: Client, promise):
        Programme.objects.filter(kind=Programme.Kind.REVIEW).update(known_on=date(2023, 5, 1))

        assert steps(public, promise)[0].is_here

    @pytest.mark.parametrize(
        ("kind", "said"),
        [("commitment", "Promised"), ("rule", "Rule"), ("outcome", "Outcome"), ("enabler", "Enabler")],
    )
    def test_every_kind_goes_by_its_own_noun(self, public: Client, strategy, kind: str, said: str):
        found = next(each for each in steps(public, make_commitment(strategy, kind=kind)) if each.is_here)

        assert found.kind == f"{said}: A plan"


class TestPage:
    """The chain is an ordered list, whose headings name the step and say what stands there."""

    def test_heading_names_its_step(self, public: Client, asked, strategy):
        answer(asked, strategy, verdict="rejected")
        words = main_of(public.get(asked.get_absolute_url(), {"as_at": ON.isoformat()}))

        assert "Answered by A plan: Rejected A plan turned it down. In published words: “we accept it”" in words

    @pytest.mark.parametrize(("verdict", "said"), [("adapted", "Answer Adapted"), ("", "None known by 21 April 2023")])
    def test_at_a_glance(self, public: Client, asked, strategy, verdict: str, said: str):
        if verdict:
            answer(asked, strategy, verdict=verdict)

        assert said in main_of(public.get(asked.get_absolute_url(), {"as_at": ON.isoformat()}))

    def test_recommendation_without_a_date_has_nothing_of_dates(self, public: Client, asked):
        html = source_of(public.get(asked.get_absolute_url(), {"as_at": ON.isoformat()}))

        assert [
            each for each in ("<dt>Stands</dt>", "<dt>Lead</dt>", "app-axis", "No date given") if each in html
        ] == []

    def test_recommendation_with_a_date_keeps_it(self, public: Client, asked):
        make_deadline(asked, **SPRING)
        html = source_of(public.get(asked.get_absolute_url(), {"as_at": ON.isoformat()}))

        assert [each for each in ("<dt>Stands</dt>", "app-axis", "“Spring 2023”") if each not in html] == []

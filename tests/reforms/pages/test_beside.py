"""A council beside the plan: what is answered, what is not, and what of that matters."""

from __future__ import annotations

from datetime import date

import pytest

from councils.models import PositionVersion
from councils.standing import standings
from pillars.ledger import entries, give_answers
from pillars.models import Commitment, Programme
from reforms.pages.beside import by_kind, compare, pillar_beside
from tests.builders import (
    make_commitment,
    make_deadline,
    make_funding,
    make_pillar,
    make_position,
    make_programme,
    make_verdict,
    make_version,
)
from tests.reforms.pages.making import COMMITTEE_DAY, SPRING, make_claim

pytestmark = pytest.mark.django_db


def stand(*versions: PositionVersion, on: date = COMMITTEE_DAY):
    return standings(PositionVersion.objects.filter(pk__in=[each.pk for each in versions]), on=on)


@pytest.fixture
def version() -> PositionVersion:
    return make_version(published_on=date(2023, 4, 1))


def beside(version: PositionVersion, *, on: date = COMMITTEE_DAY):
    pillar = version.position.pillar
    return pillar_beside(pillar, entries(pillar.commitments.all(), on=on), stand(version, on=on)[0])


def references(rows) -> list[str]:
    return [row.reference for row in rows]


class TestPillar:
    @pytest.fixture
    def four(self, version) -> list[Commitment]:
        """One answered, one answered through a part, and two that are not, of which one has a date."""
        four = [make_commitment(pillar=version.position.pillar) for _ in range(4)]
        part = make_commitment(parent=four[1], pillar=four[1].pillar)
        make_claim(version, four[0])
        make_claim(version, part)
        make_deadline(four[2], **SPRING)
        return four

    def test_answered_and_gaps(self, version, four):
        found = beside(version)

        assert references(found.answered) == [four[0].reference, four[1].reference]
        assert references(found.gaps) == [four[2].reference, four[3].reference]

    def test_gaps_that_matter(self, version, four):
        found = beside(version)

        assert references(found.gaps_that_matter) == [four[2].reference]
        assert references(found.other_gaps) == [four[3].reference]

    @pytest.mark.parametrize("make", [make_deadline, make_funding], ids=["date", "money"])
    def test_gap_matters_through_a_part(self, version, make):
        whole = make_commitment(pillar=version.position.pillar)
        make(make_commitment(parent=whole, pillar=whole.pillar))

        assert len(beside(version).gaps_that_matter) == 1

    def test_shown(self, version, four):
        found = beside(version)
        assert [is_gap for _row, is_gap in found.shown] == [False, False, True, True]

        found.only_gaps = True
        assert [is_gap for _row, is_gap in found.shown] == [True, True]

    def test_summary(self, version, four):
        assert beside(version).summary == "Answers 2 of 4 commitments. 1 gap has a date or money."

        make_deadline(four[3])
        assert beside(version).summary == "Answers 2 of 4 commitments. 2 gaps have a date or money."

    def test_nobody_has_spoken(self, version, four):
        rows = entries(version.position.pillar.commitments.all(), on=COMMITTEE_DAY)
        found = pillar_beside(version.position.pillar, rows, None)

        assert (len(found.answered), len(found.gaps)) == (0, 4)
        assert (found.voice, found.readiness, found.age, found.evidence_notes) == (
            None, "None recorded here", "None recorded here", "",
        )  # fmt: skip


class TestEvidence:
    def test_nothing_stale(self, version):
        assert beside(version).evidence_notes == ""

    def test_figures(self, version):
        make_claim(version, figure=3)
        assert beside(version).evidence_notes == "1 figure ageing"

        make_claim(version, figure=3)
        assert beside(version).evidence_notes == "2 figures ageing"

    def test_sentence_keeps_its_capitals(self, version):
        commitment = make_commitment(pillar=version.position.pillar)
        make_claim(version, commitment, figure=3)
        make_deadline(commitment, known_on=COMMITTEE_DAY)

        assert beside(version).evidence_notes == (
            f"{commitment.reference} changed since it was published; 1 figure ageing"
        )


class TestCompare:
    def test_every_pillar_in_its_order_with_its_own_rows(self, version):
        programme = version.position.programme
        second = make_pillar(programme, number=2)
        make_commitment(pillar=second)
        make_commitment(programme)
        rows = entries(programme.commitments.all(), on=COMMITTEE_DAY)

        pairs = compare([version.position.pillar, second], rows, stand(version))

        assert [(pair.pillar.number, len(pair.rows), pair.standing is not None) for pair in pairs] == [
            (1, 0, True), (2, 1, False),
        ]  # fmt: skip

    def test_words_on_single_commitments_stand_in_the_order_of_the_plan(self, version):
        """Those on a part follow those on its own; those on another pillar stand there."""
        pillar, organisation = version.position.pillar, version.position.organisation
        first, second = make_commitment(pillar=pillar), make_commitment(pillar=pillar)
        part = make_commitment(parent=first, pillar=pillar)
        elsewhere = make_commitment(pillar=make_pillar(pillar.programme, number=2))
        single = [
            make_version(
                make_position(organisation, programme=pillar.programme, commitment=each), published_on=date(2023, 4, 1)
            )
            for each in (elsewhere, second, part, first)
        ]
        rows = entries(pillar.programme.commitments.all(), on=COMMITTEE_DAY)

        own, other = compare([pillar, elsewhere.pillar], rows, stand(version, *single))

        assert [each.reference for each in own.said] == [each.reference for each in (first, part, second)]
        assert [each.reference for each in other.said] == [elsewhere.reference]
        assert [each.title for each in own.said] == [each.title for each in (first, part, second)]

    def test_no_pillars(self):
        assert compare([], [], []) == []

    def test_what_words_on_another_pillar_speak_of_is_no_gap_and_not_said_here(self, version):
        here, organisation = version.position.pillar, version.position.organisation
        there = make_pillar(here.programme, number=2)
        spoken, silent = make_commitment(pillar=there), make_commitment(pillar=there)
        make_claim(version, spoken)
        rows = entries(here.programme.commitments.all(), on=COMMITTEE_DAY)
        _own, other = compare([here, there], rows, stand(version))
        assert (other.is_recorded, references(other.elsewhere)) == (False, [spoken.reference])

        second = make_version(make_position(organisation, there), published_on=date(2023, 4, 1))
        own, other = compare([here, there], rows, stand(version, second))
        assert (own.counted, other.counted) == ("0 of 0", "0 of 2, and of 1 more under other pillars")
        assert (references(other.elsewhere), references(other.gaps)) == ([spoken.reference], [silent.reference])
        assert [is_gap for _row, is_gap in other.shown] == [False, True]


class TestRecommendations:
    """What matters of a recommendation that a council does not speak of is what became of it."""

    @pytest.fixture
    def version(self) -> PositionVersion:
        review = make_programme(
            kind=Programme.Kind.REVIEW, commitment_noun="recommendation", commitment_noun_plural="recommendations"
        )
        return make_version(make_position(pillar=make_pillar(review)), published_on=date(2023, 4, 1))

    def recommend(self, version: PositionVersion, verdict: str = "", **values) -> Commitment:
        pillar = version.position.pillar
        made = make_commitment(pillar=pillar, kind=Commitment.Kind.RECOMMENDATION, **values)
        if verdict:
            make_verdict(made, verdict=verdict, known_on=date(2023, 4, 1))
        return made

    def beside(self, version: PositionVersion, *, on: date = COMMITTEE_DAY):
        pillar = version.position.pillar
        rows = entries(pillar.commitments.all(), on=on)
        give_answers(rows, on=on)
        return pillar_beside(pillar, rows, stand(version, on=on)[0])

    @pytest.mark.parametrize(
        ("verdict", "matters"),
        [
            ("accepted", True),
            ("adapted", True),
            ("to_be_tested", True),
            ("consulting", True),
            ("to_explore", False),
            ("rejected", False),
            ("not_mentioned", False),
            ("", False),
        ],
    )
    def test_gap_that_matters(self, version, verdict: str, matters: bool):
        recommendation = self.recommend(version, verdict)
        make_deadline(recommendation, **SPRING)
        found = self.beside(version)

        assert bool(found.gaps_that_matter) == matters
        assert bool(found.other_gaps) != matters

    def test_through_a_part(self, version):
        whole = self.recommend(version, "rejected")
        self.recommend(version, "adapted", parent=whole)

        assert references(self.beside(version).gaps_that_matter) == [whole.reference]

    def test_in_words(self, version):
        make_claim(version, self.recommend(version, "accepted"))
        self.recommend(version, "adapted")
        self.recommend(version, "rejected")
        found = self.beside(version)

        assert found.summary == (
            "Speaks of 1 of 3 recommendations; parts are counted with their whole. Of the others government took up 1."
        )
        assert (found.gaps_title, found.others_title, found.matter_words) == ("Not spoken of", "Not taken up", "1")

    def test_before_any_answer(self, version):
        self.recommend(version)
        found = self.beside(version)

        assert found.summary.endswith("No answer was known by this day.")
        assert found.matter_words == "No answer known"


class TestByKind:
    def test_kinds_with_their_parts_and_the_positions_on_them(self):
        rules = make_programme(kind=Programme.Kind.RULES)
        outcome, rule = (make_commitment(rules, kind=kind) for kind in ("outcome", "rule"))
        part = make_commitment(rules, kind="rule", parent=rule)
        spoken = make_version(make_position(programme=rules, commitment=part), published_on=date(2023, 4, 1))
        other = make_version(published_on=date(2023, 4, 1))
        make_claim(other, outcome)
        first, second = by_kind(entries(rules.commitments.all(), on=COMMITTEE_DAY), stand(spoken, other))

        assert (first.title, first.recorded, len(first.rows)) == ("Rules", 1, 1)
        assert [(row.reference, said and said.reference, where) for row, said, where in first.lines] == [
            (rule.reference, None, False), (part.reference, part.reference, False),
        ]  # fmt: skip
        assert [(said, where) for _row, said, where in second.lines] == [(None, True)]

"""A council beside the plan: what is answered, what is not, and what of that matters."""

from __future__ import annotations

from datetime import date

import pytest

from councils.models import PositionVersion
from councils.standing import standings
from pillars.ledger import entries
from pillars.models import Commitment
from reforms.pages.beside import compare, pillar_beside
from tests.builders import (
    make_commitment,
    make_deadline,
    make_funding,
    make_pillar,
    make_position,
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

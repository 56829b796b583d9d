"""Where councils stood on a day: coverage through parts, age, and why a position is stale."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from councils.models import Claim, PositionVersion
from councils.standing import Standing, claims_about, of_organisation, standings
from tests.builders import (
    make_commitment,
    make_deadline,
    make_funding,
    make_pillar,
    make_position,
    make_renewal,
    make_update,
    make_verdict,
    make_version,
)

pytestmark = pytest.mark.django_db

PUBLISHED = date(2041, 4, 21)
DAY = date(2041, 6, 1)
State = PositionVersion.State
CHANGES = [make_deadline, make_funding, make_update, make_verdict]


def make_claim(version: PositionVersion, *about, **values) -> Claim:
    """A claim of the version about some commitments, which the version then covers."""
    number = version.claims.count() + 1
    defaults = {"version": version, "number": number, "kind": Claim.Kind.FACT, "text": f"Point {number}."}
    claim = Claim.objects.create(**defaults | {"known_on": version.known_on} | values)
    claim.about.set(about)
    version.covers.add(*about)
    return claim


@pytest.fixture
def version() -> PositionVersion:
    """A position published on 21 April 2041."""
    return make_version(make_position(), published_on=PUBLISHED)


@pytest.fixture
def commitment(version):
    return make_commitment(pillar=version.position.pillar)


def standing(version: PositionVersion, *, on: date = DAY) -> Standing:
    return standings(PositionVersion.objects.filter(pk=version.pk), on=on)[0]


class TestWhatIsPublic:
    """Which version of a position anybody could read on a day."""

    def numbers(self, position, on: date) -> list[int]:
        return [each.version.number for each in of_organisation(position.organisation_id, on=on)]

    @pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.RETURNED, State.WITHDRAWN])
    def test_state_that_nobody_may_read(self, state: State):
        version = make_version(state=state, published_on=PUBLISHED)

        assert self.numbers(version.position, DAY) == []

    @pytest.mark.parametrize(
        ("on", "numbers"),
        [
            pytest.param(PUBLISHED - timedelta(days=1), [], id="before-the-first"),
            pytest.param(PUBLISHED, [1], id="the-first-day"),
            pytest.param(date(2041, 8, 31), [1], id="the-last-day-of-the-first"),
            pytest.param(date(2041, 9, 1), [2], id="the-first-day-of-the-second"),
            pytest.param(date(2042, 9, 1), [2], id="a-year-later"),
        ],
    )
    def test_superseded_version_stands_until_the_next(self, on: date, numbers: list[int]):
        position = make_position()
        make_version(position, state=State.SUPERSEDED, published_on=PUBLISHED)
        make_version(position, published_on=date(2041, 9, 1))

        assert self.numbers(position, on) == numbers

    def test_draft_of_a_next_version_changes_nothing(self):
        version = make_version(published_on=PUBLISHED)
        make_version(version.position, state=State.DRAFT, published_on=None, known_on=PUBLISHED, text="Canary")

        assert self.numbers(version.position, DAY) == [1]

    def test_withdrawn_version_leaves_nothing_and_brings_nothing_back(self):
        """A council that takes its words back does not fall back on the ones before."""
        position = make_position()
        make_version(position, state=State.SUPERSEDED, published_on=PUBLISHED)
        make_version(position, state=State.WITHDRAWN, published_on=date(2041, 5, 1))

        assert self.numbers(position, date(2041, 4, 30)) == [1]
        assert self.numbers(position, DAY) == []

    def test_version_recorded_later_than_its_day_is_not_known_before(self):
        version = make_version(published_on=PUBLISHED, known_on=date(2041, 5, 1))

        assert self.numbers(version.position, date(2041, 4, 30)) == []
        assert self.numbers(version.position, date(2041, 5, 1)) == [1]


class TestCovered:
    def test_commitment_that_a_claim_speaks_of(self, version, commitment):
        make_claim(version, commitment)

        assert standing(version).covered == {commitment.pk}

    def test_words_on_a_part_are_not_on_the_whole(self, version, commitment):
        part = make_commitment(parent=commitment)
        make_claim(version, part)

        assert standing(version).covered == {part.pk}

    def test_claim_about_nothing_in_particular(self, version, commitment):
        make_claim(version)

        assert standing(version).covered == set()

    def test_claims_about(self, version, commitment):
        other = make_commitment(pillar=version.position.pillar)
        first, _second, third = (make_claim(version, *about) for about in ([commitment], [other], [commitment, other]))

        found = claims_about([standing(version)], {commitment.pk})

        assert [row.claim for row in found[version.pk]] == [first, third]

    def test_position_on_a_commitment_covers_it_in_so_many_words_or_none(self, commitment):
        position = make_position(programme=commitment.programme, commitment=commitment)
        version = make_version(position, published_on=PUBLISHED)
        make_deadline(commitment, known_on=date(2041, 5, 1))

        assert standing(version).covered == {commitment.pk}
        assert standing(version).reasons == [f"{commitment.reference} changed since it was published"]


class TestClaims:
    def test_only_what_was_known_on_the_day(self, version):
        make_claim(version)
        make_claim(version, known_on=DAY + timedelta(days=1))

        assert len(standing(version).claims) == 1
        assert len(standing(version, on=DAY + timedelta(days=1)).claims) == 2

    def test_figures_are_those_that_can_be_counted(self, version):
        number = make_claim(version, figure=Decimal(63))
        words = make_claim(version, figure_words="over 8%")
        nought = make_claim(version, figure=Decimal(0))
        make_claim(version)

        assert [row.claim for row in standing(version).figures] == [number, words, nought]

    def test_ageing_figures_have_a_note(self, version):
        make_claim(version, figure=Decimal(63), as_at="2037/38", as_at_end=date(2038, 3, 31))
        make_claim(version, figure=Decimal(8))
        make_claim(version, figure=Decimal(15), as_at="2040/41", as_at_end=date(2041, 3, 31))

        notes = [row.note for row in standing(version).ageing]

        assert notes == ["Figure for 2037/38, over 3 years old", "No year given"]

    def test_readiness_counts_the_words_of_points(self, version):
        for readiness in ("well_placed", "not_stated", "in_place", "well_placed"):
            make_claim(version, readiness=readiness)

        assert standing(version).readiness == [("Well placed", 2), ("In place", 1)]

    def test_readiness_of_a_silent_document(self, version):
        make_claim(version)

        assert standing(version).readiness == []

    @pytest.mark.parametrize(
        ("on", "has_expired"), [(date(2041, 5, 31), False), (date(2041, 6, 1), True), (date(2041, 6, 2), True)]
    )
    def test_claim_expires_on_its_day(self, version, on: date, has_expired: bool):
        make_claim(version, stale_on=date(2041, 6, 1))

        assert [row.has_expired for row in standing(version, on=on).claims] == [has_expired]


class TestStale:
    def test_current(self, version, commitment):
        make_deadline(commitment, known_on=PUBLISHED)
        make_claim(version, commitment)

        assert standing(version).reasons == []
        assert not standing(version).is_stale

    def test_review_day_passed(self, version):
        version.review_on = date(2041, 5, 31)
        version.save()

        assert standing(version).reasons == ["review was due by 31 May 2041"]

    def test_claim_expired(self, version):
        make_claim(version, stale_on=date(2041, 6, 1))

        assert standing(version).reasons == ["1 point overtaken by 1 June 2041"]
        assert standing(version, on=date(2041, 5, 31)).reasons == []

    @pytest.mark.parametrize("make", CHANGES, ids=["window", "money", "progress", "verdict"])
    def test_commitment_changed(self, version, commitment, make):
        make_claim(version, commitment)
        make(commitment, known_on=date(2041, 5, 1))

        assert standing(version).reasons == [f"{commitment.reference} changed since it was published"]
        assert standing(version, on=date(2041, 4, 30)).reasons == []

    @pytest.mark.parametrize("make", CHANGES, ids=["window", "money", "progress", "verdict"])
    def test_part_of_a_commitment_changed(self, version, commitment, make):
        """A commitment without a date stands by its parts, so words about it go stale with them."""
        make_claim(version, commitment)
        make(make_commitment(parent=commitment), known_on=date(2041, 5, 1))

        assert standing(version).reasons == [f"{commitment.reference} changed since it was published"]

    def test_money_that_also_funds_it_changed(self, version, commitment):
        make_claim(version, commitment)
        make_funding(known_on=date(2041, 5, 1)).also_funds.add(commitment)

        assert standing(version).reasons == [f"{commitment.reference} changed since it was published"]

    def test_what_it_does_not_cover_changed(self, version, commitment):
        make_claim(version, commitment)
        make_deadline(make_commitment(pillar=version.position.pillar), known_on=date(2041, 5, 1))

        assert standing(version).reasons == []

    def test_whole_of_a_part_it_covers_changed(self, version, commitment):
        make_claim(version, make_commitment(parent=commitment))
        make_deadline(commitment, known_on=date(2041, 5, 1))

        assert standing(version).reasons == []

    def test_two_changes_of_one_commitment_are_said_once(self, version, commitment):
        make_claim(version, commitment)
        make_claim(version, commitment)
        make_deadline(commitment, known_on=date(2041, 5, 1))
        make_update(commitment, known_on=date(2041, 5, 2))

        assert standing(version).reasons == [f"{commitment.reference} changed since it was published"]


class TestRenewed:
    """Somebody has said on 15 May that the position of 21 April is still correct, until the end of the year."""

    @pytest.fixture(autouse=True)
    def renewal(self, version):
        return make_renewal(version, renewed_on=date(2041, 5, 15), review_on=date(2041, 12, 31))

    def test_another_review_day_runs_from_then_on(self, version):
        PositionVersion.objects.filter(pk=version.pk).update(review_on=date(2041, 5, 10))

        assert standing(version).reasons == []
        assert (standing(version).renewed_on, standing(version).review_on) == (date(2041, 5, 15), date(2041, 12, 31))

    def test_before_it_nothing_is_known_of_it(self, version):
        PositionVersion.objects.filter(pk=version.pk).update(review_on=date(2041, 5, 10))

        assert standing(version, on=date(2041, 5, 14)).reasons == ["review was due by 10 May 2041"]
        assert standing(version, on=date(2041, 5, 14)).renewed_on is None

    def test_what_had_changed_by_then_was_looked_at(self, version, commitment):
        make_claim(version, commitment)
        make_deadline(commitment, known_on=date(2041, 5, 15))

        assert standing(version).reasons == []
        assert standing(version, on=date(2041, 5, 14)).reasons == []

    def test_what_changed_later_was_not(self, version, commitment):
        make_claim(version, commitment)
        make_deadline(commitment, known_on=date(2041, 5, 16))

        assert standing(version).reasons == [f"{commitment.reference} changed since it was published"]

    def test_a_point_that_can_no_longer_be_true_stays_so(self, version):
        make_claim(version, stale_on=date(2041, 5, 10))

        assert standing(version).reasons == ["1 point overtaken by 10 May 2041"]

    def test_its_own_review_day_passes_too(self, version):
        assert standing(version, on=date(2042, 1, 1)).reasons == ["review was due by 31 December 2041"]


def test_pillars_come_in_their_order():
    position = make_position()
    programme, organisation = position.programme, position.organisation
    for number in (12, 3):
        make_version(make_position(organisation, make_pillar(programme, number=number)), published_on=PUBLISHED)
    make_version(position, published_on=PUBLISHED)

    found = of_organisation(organisation.pk, on=DAY)

    assert [each.version.position.pillar.number for each in found] == [1, 3, 12]


def test_queries_do_not_grow_with_rows():
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            for each in standings(PositionVersion.objects.public(on=DAY), on=DAY):
                assert [str(row.claim.reference) for row in each.claims]
                assert each.version.position.reference
                assert not each.citations
        return len(queries)

    def grow(times: int) -> None:
        for _ in range(times):
            version = make_version(published_on=PUBLISHED)
            for _ in range(3):
                make_claim(version, make_commitment(pillar=version.position.pillar))

    PositionVersion.objects.all().delete()
    grow(2)
    few = count()
    grow(18)

    assert count() == few

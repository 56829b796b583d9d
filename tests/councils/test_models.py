"""What the database itself refuses about councils and positions, and the questions asked of them."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from councils.models import Claim, Council, Membership, Participation, Position, PositionVersion
from pillars.models import Pilot
from reforms.base.models import User
from tests.builders import (
    make_commitment,
    make_council,
    make_impact,
    make_organisation,
    make_pillar,
    make_position,
    make_programme,
    make_version,
)

pytestmark = pytest.mark.django_db

State = PositionVersion.State
DAY = date(2023, 4, 21)


def refused(rule: str):
    """The database refuses what follows. PostgreSQL names the rule; SQLite names it or the columns."""
    return pytest.raises(IntegrityError, match=f"{rule}|UNIQUE constraint failed")


class TestPosition:
    def test_on_a_pillar_or_a_commitment_not_both(self):
        pillar = make_pillar()
        commitment = make_commitment(pillar=pillar)

        with refused("a_position_is_on_a_pillar_or_a_commitment_not_both"), transaction.atomic():
            make_position(pillar=pillar, commitment=commitment)

    def test_one_for_each_pillar(self):
        position = make_position()

        with refused("one_position_per_pillar"), transaction.atomic():
            make_position(position.organisation, position.pillar)

    def test_one_for_each_commitment(self):
        commitment = make_commitment()
        organisation = make_organisation()
        make_position(organisation, programme=commitment.programme, commitment=commitment)

        with refused("one_position_per_commitment"), transaction.atomic():
            make_position(organisation, programme=commitment.programme, commitment=commitment)

    def test_one_for_a_whole_programme(self):
        position = make_position(programme=make_programme())

        with refused("one_position_per_programme"), transaction.atomic():
            make_position(position.organisation, programme=position.programme)

    def test_whole_pillar_and_commitment_beside_one_another(self):
        pillar = make_pillar()
        organisation = make_organisation()
        make_position(organisation, pillar)
        make_position(organisation, programme=pillar.programme)
        make_position(organisation, programme=pillar.programme, commitment=make_commitment(pillar=pillar))
        make_position(organisation, make_pillar(pillar.programme))

        assert Position.objects.filter(organisation=organisation).count() == 4

    def test_two_organisations_on_one_pillar(self):
        position = make_position()

        assert make_position(pillar=position.pillar).pk != position.pk

    def test_reference(self):
        pillar = make_pillar(make_programme(prefix="QQQQ"), number=4)
        organisation = make_organisation(slug="a-council")
        commitment = make_commitment(pillar=pillar, reference="QQQQ-4-07")

        assert make_position(organisation, pillar).reference == "a-council/QQQQ-4"
        assert make_position(organisation, programme=pillar.programme).reference == "a-council/QQQQ"
        assert (
            make_position(organisation, programme=pillar.programme, commitment=commitment).reference
            == "a-council/QQQQ-4-07"
        )


class TestVersion:
    def test_numbers_are_unique(self):
        version = make_version()

        with refused("version_numbers_are_unique"), transaction.atomic():
            make_version(version.position, number=1, state=State.DRAFT)

    def test_one_is_published(self):
        version = make_version()

        with refused("one_published_version_per_position"), transaction.atomic():
            make_version(version.position)

    @pytest.mark.parametrize("state", [State.SUPERSEDED, State.DRAFT, State.WITHDRAWN])
    def test_others_may_stand_beside_it(self, state: State):
        version = make_version()
        make_version(version.position, state=state)

        assert version.position.versions.count() == 2

    @pytest.mark.parametrize("state", [State.PUBLISHED, State.SUPERSEDED, State.WITHDRAWN])
    def test_what_was_published_has_a_day(self, state: State):
        with refused("what_was_published_has_a_day"), transaction.atomic():
            make_version(state=state, published_on=None, known_on=DAY)

    @pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.RETURNED])
    def test_what_was_not_needs_none(self, state: State):
        assert make_version(state=state, published_on=None, known_on=DAY).published_on is None

    def test_states_that_anybody_may_read(self):
        assert set(PositionVersion.PUBLIC_STATES) == {State.PUBLISHED, State.SUPERSEDED}


class TestImpact:
    def test_numbers_are_unique_within_a_version(self):
        impact = make_impact()
        make_impact(impact.version)

        with refused("impact_numbers_are_unique"), transaction.atomic():
            make_impact(impact.version, number=impact.number)

    @pytest.mark.parametrize("figure", ["amount", "count"])
    def test_figures_are_not_negative(self, figure: str):
        make_impact(**{figure: 0})

        with refused(f"the_{figure}_of_an_impact_is_not_negative"), transaction.atomic():
            make_impact(**{figure: -1})

    def test_reference_is_that_of_the_position_and_its_number(self):
        impact = make_impact()

        assert impact.reference == f"{impact.version.reference}!1"


class TestPublic:
    @pytest.mark.parametrize("state", State)
    def test_state(self, state: State):
        version = make_version(state=state)
        is_public = state in (State.PUBLISHED, State.SUPERSEDED)

        assert PositionVersion.objects.public(on=DAY).filter(pk=version.pk).exists() == is_public

    @pytest.mark.parametrize(("on", "is_public"), [(date(2023, 4, 20), False), (DAY, True)])
    def test_day(self, on: date, is_public: bool):
        version = make_version(published_on=DAY)

        assert PositionVersion.objects.public(on=on).filter(pk=version.pk).exists() == is_public

    def test_day_of_a_version_known_sooner_than_published(self):
        version = make_version(published_on=DAY, known_on=date(2023, 4, 1))

        assert not PositionVersion.objects.public(on=date(2023, 4, 20)).filter(pk=version.pk).exists()


class TestVisibleTo:
    @pytest.fixture
    def draft(self) -> PositionVersion:
        return make_version(state=State.DRAFT, published_on=None, known_on=DAY)

    def sees(self, user, version: PositionVersion) -> bool:
        return PositionVersion.objects.visible_to(user).filter(pk=version.pk).exists()

    def member(self, organisation, role: str = "officer") -> User:
        person = User.objects.create_user(f"{role}-{organisation.slug}@example.org")
        Membership.objects.create(user=person, organisation=organisation, role=role)
        return person

    @pytest.mark.parametrize("role", Membership.Role.values)
    def test_own_organisation(self, draft, role: str):
        """Those who write for it; members of a scrutiny committee read what is published, as the public does."""
        assert self.sees(self.member(draft.position.organisation, role), draft) == (role != "scrutiny_member")

    def test_another_organisation(self, draft):
        assert not self.sees(self.member(make_organisation()), draft)

    def test_nobody_in_particular(self, draft):
        assert not self.sees(AnonymousUser(), draft)

    def test_administrator(self, draft):
        assert not self.sees(User.objects.create_superuser("nell@example.org"), draft)

    @pytest.mark.parametrize("state", [State.PUBLISHED, State.SUPERSEDED])
    def test_everybody_reads_what_was_published(self, state: State):
        version = make_version(state=state)

        assert self.sees(AnonymousUser(), version)
        assert self.sees(self.member(make_organisation()), version)

    def test_withdrawn_is_for_its_own_organisation(self):
        version = make_version(state=State.WITHDRAWN)

        assert not self.sees(AnonymousUser(), version)
        assert self.sees(self.member(version.position.organisation), version)


class TestCouncil:
    LIVES = [
        pytest.param(None, None, True, id="always"),
        pytest.param(DAY, None, True, id="first-day"),
        pytest.param(date(2023, 4, 22), None, False, id="the-day-before-the-first"),
        pytest.param(None, DAY, True, id="last-day"),
        pytest.param(None, date(2023, 4, 20), False, id="the-day-after-the-last"),
        pytest.param(DAY, DAY, True, id="a-single-day"),
    ]

    @pytest.mark.parametrize(("starts_on", "ends_on", "is_known"), LIVES)
    def test_known_while_it_exists(self, starts_on: date | None, ends_on: date | None, is_known: bool):
        council = make_council(starts_on=starts_on, ends_on=ends_on, known_on=date(2040, 1, 1))

        assert Council.objects.known(on=DAY).filter(pk=council.pk).exists() == is_known

    def test_starts_before_it_ends(self):
        with refused("a_council_starts_before_it_ends"), transaction.atomic():
            make_council(starts_on=DAY, ends_on=date(2023, 4, 20))

    def test_one_for_each_code(self):
        council = make_council()

        with refused("gss_code"), transaction.atomic():
            make_council(gss_code=council.gss_code)

    def test_is_called_what_its_organisation_is(self):
        council = make_council(name="Alton")

        assert (str(council), council.name, council.slug) == ("Alton", "Alton", council.organisation.slug)
        assert council.get_absolute_url() == council.organisation.get_absolute_url()


def test_person_holds_a_role_once():
    organisation, person = make_organisation(), User.objects.create_user("maya@example.org")
    Membership.objects.create(user=person, organisation=organisation, role="officer")
    Membership.objects.create(user=person, organisation=organisation, role="approver")

    with refused("a_person_holds_a_role_once"), transaction.atomic():
        Membership.objects.create(user=person, organisation=organisation, role="officer")


def test_claim_numbers_are_unique():
    version = make_version()
    Claim.objects.create(version=version, number=1, kind="fact", text="A.", known_on=DAY)

    with refused("claim_numbers_are_unique"), transaction.atomic():
        Claim.objects.create(version=version, number=1, kind="fact", text="B.", known_on=DAY)


def test_status_is_said_once():
    pilot, organisation = Pilot.objects.first(), make_organisation()
    said = {"organisation": organisation, "pilot": pilot, "said_on": DAY, "known_on": DAY}
    Participation.objects.create(**said, status="interested")
    Participation.objects.create(**said, status="selected")

    with refused("one_status_said_once"), transaction.atomic():
        Participation.objects.create(**said, status="interested")


@pytest.mark.parametrize(
    ("stale_on", "has_expired"), [(None, False), (date(2023, 4, 20), True), (DAY, True), (date(2023, 4, 22), False)]
)
def test_claim_expires_on_its_day(stale_on: date | None, has_expired: bool):
    assert Claim(stale_on=stale_on).has_expired(on=DAY) == has_expired

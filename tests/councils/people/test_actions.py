"""What is done about people, the events of it, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from councils.models import Council, Membership
from councils.people import actions
from councils.people.actions import RefusedError
from pillars.models import Organisation
from reforms.base.accounts.invitations import NotOpenError, invitation_of
from reforms.base.models import Event, User
from tests.reforms.base.accounts.people import make_person, with_second_factor

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 21, 10, tzinfo=UTC)


@pytest.fixture
def nell() -> User:
    return make_person("nell@example.org", name="Nell Ashdown", is_staff=True, is_superuser=True)


@pytest.fixture
def owen() -> User:
    return make_person("owen@example.org", name="Owen Castleford")


@pytest.fixture
def lincolnshire() -> Organisation:
    return Council.objects.get(organisation__slug="lincolnshire").organisation


def events() -> list[tuple]:
    """What was recorded, but for the loading of the documents."""
    return list(
        Event.objects.exclude(verb="load")
        .filter(subject__startswith="person:")
        .values_list("verb", "organisation", "state_before", "state_after", "details")
    )


class TestInvite:
    def test_person_roles_and_events(self, nell: User, lincolnshire: Organisation):
        person, token = actions.invite_person(
            email=" Maya@Example.org ",
            name="Maya Thornbury",
            organisation=lincolnshire,
            roles=["officer", "approver"],
            by=nell,
            now=NOW,
        )

        assert (person.email, person.is_staff, person.has_usable_password()) == ("maya@example.org", False, False)
        assert set(Membership.objects.filter(user=person).values_list("role", flat=True)) == {"officer", "approver"}
        assert invitation_of(token, now=NOW).made_by == nell
        assert events() == [
            ("invite", "lincolnshire", "", "", {}),
            ("give_role", "lincolnshire", "", "", {"role": "officer"}),
            ("give_role", "lincolnshire", "", "", {"role": "approver"}),
        ]
        assert set(Event.objects.filter(subject=f"person:{person.pk}").values_list("by", "at")) == {(nell.pk, NOW)}

    def test_events_name_nobody(self, nell: User, lincolnshire: Organisation):
        actions.invite_person(
            email="zuleika@example.org", name="Zuleika", organisation=lincolnshire, roles=["officer"], by=nell, now=NOW
        )

        assert "uleika" not in str(list(Event.objects.values()))

    def test_administrator(self, nell: User):
        person, _token = actions.invite_person(
            email="a@example.org", name="A", organisation=None, roles=[], is_administrator=True, by=nell, now=NOW
        )

        person.refresh_from_db()
        assert (person.is_staff, person.is_superuser) == (True, True)
        assert [event[0] for event in events()] == ["invite", "give_role"]

    @pytest.mark.parametrize("email", ["owen@example.org", "OWEN@example.org", " owen@example.org "])
    def test_somebody_who_is_here_is_refused_and_nothing_is_written(self, owen, nell, lincolnshire, email: str):
        with pytest.raises(RefusedError, match="somebody with this e-mail address already"):
            actions.invite_person(
                email=email, name="Owen", organisation=lincolnshire, roles=["officer"], by=nell, now=NOW
            )
        assert (events(), Membership.objects.filter(user=owen).exists()) == ([], False)

    def test_again(self, nell: User):
        person, first = actions.invite_person(
            email="a@example.org", name="A", organisation=None, roles=[], by=nell, now=NOW
        )
        second = actions.invite_again(person=person, by=nell, now=LATER)

        assert invitation_of(second, now=LATER).user == person
        with pytest.raises(NotOpenError):
            invitation_of(first, now=LATER)

    def test_not_again_for_somebody_with_a_password(self, nell: User, owen: User):
        with pytest.raises(RefusedError, match="has a password"):
            actions.invite_again(person=owen, by=nell, now=NOW)


class TestRoles:
    def test_given_once_and_removed_once(self, nell: User, owen: User, lincolnshire: Organisation):
        given = {"person": owen, "organisation": lincolnshire, "role": "officer", "by": nell, "now": NOW}

        assert [actions.give_role(**given), actions.give_role(**given)] == [True, False]
        assert [actions.remove_role(**given), actions.remove_role(**given)] == [True, False]
        assert [event[0] for event in events()] == ["give_role", "remove_role"]

    def test_one_role_of_two_is_removed(self, nell: User, owen: User, lincolnshire: Organisation):
        for role in ("officer", "approver"):
            actions.give_role(person=owen, organisation=lincolnshire, role=role, by=nell, now=NOW)
        actions.remove_role(person=owen, organisation=lincolnshire, role="approver", by=nell, now=NOW)

        assert list(Membership.objects.filter(user=owen).values_list("role", flat=True)) == ["officer"]

    def test_administrator_made_and_unmade(self, nell: User, owen: User):
        actions.make_administrator(person=owen, by=nell, now=NOW)
        actions.make_administrator(person=owen, by=nell, now=NOW)
        actions.remove_administrator(person=owen, by=nell, now=NOW)

        owen.refresh_from_db()
        assert (owen.is_staff, owen.is_superuser) == (False, False)
        assert [(verb, details) for verb, *_rest, details in events()] == [
            ("give_role", {"role": "administrator"}),
            ("remove_role", {"role": "administrator"}),
        ]


class TestLeaving:
    def test_sessions_and_invitations_are_over(self, nell: User):
        person, token = actions.invite_person(
            email="a@example.org", name="A", organisation=None, roles=[], by=nell, now=NOW
        )
        actions.deactivate(person=person, by=nell, now=LATER)
        actions.reactivate(person=person, by=nell, now=LATER)

        person.refresh_from_db()
        assert (person.is_active, person.sessions_ended_at) == (True, LATER)
        with pytest.raises(NotOpenError):
            invitation_of(token, now=LATER)
        assert [event[:4] for event in events()[1:]] == [
            ("deactivate", "", "active", "inactive"),
            ("reactivate", "", "inactive", "active"),
        ]

    def test_twice_is_one_event(self, nell: User, owen: User):
        for _ in range(2):
            actions.deactivate(person=owen, by=nell, now=NOW)
        assert len(events()) == 1

    def test_roles_are_kept(self, nell: User, owen: User, lincolnshire: Organisation):
        actions.give_role(person=owen, organisation=lincolnshire, role="officer", by=nell, now=NOW)
        actions.deactivate(person=owen, by=nell, now=NOW)

        assert Membership.objects.filter(user=owen).count() == 1

    def test_second_factor_reset_signs_out(self, nell: User, owen: User):
        actions.reset_second_factor(person=with_second_factor(owen), by=nell, now=NOW)

        owen.refresh_from_db()
        assert owen.sessions_ended_at == NOW
        assert [event[0] for event in events()] == ["reset_second_factor"]


class TestTheLastAdministrator:
    @pytest.mark.parametrize("action", [actions.deactivate, actions.remove_administrator])
    def test_stays(self, nell: User, action):
        for by in (nell, None):
            with pytest.raises(RefusedError):
                action(person=nell, by=by, now=NOW)
        nell.refresh_from_db()
        assert (nell.is_active, nell.is_staff, events()) == (True, True, [])

    def test_one_who_has_left_does_not_count(self, nell: User):
        make_person("gone@example.org", is_staff=True, is_active=False)

        with pytest.raises(RefusedError, match="only administrator"):
            actions.deactivate(person=nell, by=nell, now=NOW)

    def test_with_another_one_may_leave_but_not_step_down(self, nell: User):
        make_person("other@example.org", is_staff=True)

        with pytest.raises(RefusedError, match="your own right"):
            actions.remove_administrator(person=nell, by=nell, now=NOW)
        actions.deactivate(person=nell, by=nell, now=NOW)
        nell.refresh_from_db()
        assert not nell.is_active

    def test_own_second_factor_is_not_reset(self, nell: User):
        with pytest.raises(RefusedError, match="your own second factor"):
            actions.reset_second_factor(person=with_second_factor(nell), by=nell, now=NOW)

"""Every route × method × actor: who gets an answer, who is told that they may not, and to whom it is not there.

The table comes from the URLconf, the rules from the views and the table of permissions: a new route fails until its
view says who may have it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from councils.models import Edit, Membership
from councils.writing.actions import save_draft, start_draft
from councils.writing.contents import Content
from councils.writing.subjects import find_subject
from pillars.models import Organisation
from reforms.base.models import User
from reforms.base.permissions import ADMINISTRATOR, PUBLIC
from reforms.reports.models import SectionEdit
from tests.builders import next_number
from tests.councils.writing.cast import deactivated
from tests.reforms.base.accounts.people import with_second_factor
from tests.reforms.pages.making import make_member
from tests.reforms.reports.building.cast import make_published, make_report, set_aside_in
from tests.reforms.reports.committees.making import make_action, make_committee
from tests.reforms.rights.routes import DOORS, OWN_ACCOUNT, SWITCHED_OFF, Route, roles_for, routes

pytestmark = pytest.mark.once

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
ROUTES = {route.name: route for route in routes()}
Role = Membership.Role


@dataclass(frozen=True)
class Actor:
    """Who asks: a role in the council of the samples, or one of the roles that belong to no council."""

    name: str
    role: str = ""

    @property
    def is_member(self) -> bool:
        return self.role in Role.values


ACTORS = [
    Actor("public", PUBLIC),
    Actor("contributor", Role.CONTRIBUTOR),
    Actor("officer", Role.OFFICER),
    Actor("approver", Role.APPROVER),
    Actor("scrutiny-member", Role.SCRUTINY_MEMBER),
    Actor("stranger", "approver elsewhere"),
    Actor("administrator", ADMINISTRATOR),
    Actor("deactivated", "approver until yesterday"),
]
SIGNED_OUT = ("public", "deactivated")
"""Whose session, if they have one, opens nothing."""


@pytest.fixture
def draft(db) -> int:
    """An open draft of the council, with words that were set aside: the key of these.

    Its committee has asked once. Its first report is published, and its second is being written.
    """
    organisation = Organisation.objects.get(slug="lincolnshire")
    officer = make_member(organisation, Role.OFFICER)
    subject = find_subject("SH-4", on=NOW.date())
    assert subject
    version = start_draft(organisation=organisation, subject=subject, by=officer, now=NOW)
    make_action(make_committee(organisation, slug="board"))
    aside = save_draft(version=version, revision=999, content=Content(text="Too late."), by=officer, now=NOW)
    make_published(organisation)
    set_aside_in(make_report(organisation), by=officer)
    return aside.edit.pk if aside.edit else 0


def client_of(person: User | None) -> Client:
    """A browser in which the person has just signed in, or nobody."""
    client = Client(raise_request_exception=False)
    if person:
        client.force_login(person)
    return client


def person_of(actor: Actor) -> User | None:
    council = Organisation.objects.get(slug="lincolnshire")
    if actor.role == PUBLIC:
        return None
    if actor.is_member:
        return with_second_factor(make_member(council, actor.role))
    if actor.name == "stranger":
        return with_second_factor(make_member(Organisation.objects.get(slug="blackpool"), Role.APPROVER))
    if actor.name == "deactivated":
        return deactivated(make_member(council, Role.APPROVER))
    email = f"matrix-{next_number()}@example.org"
    return with_second_factor(User.objects.create_user(email, is_staff=True, is_superuser=True))


def expected(route: Route, actor: Actor, method: str) -> str:
    """What the actor gets: an answer, the way to sign in, a refusal, or nothing at all."""
    permission = route.permission_for(method) or route.permission
    assert permission is not None
    if route.name in SWITCHED_OFF:
        return "nothing"
    if permission == PUBLIC:
        return "answer"
    if actor.name in SIGNED_OUT:
        return "sign in"
    if permission == OWN_ACCOUNT:
        return "answer"
    roles = roles_for(permission)
    if actor.role in roles:
        return "answer"
    if ADMINISTRATOR in roles or not actor.is_member:
        return "nothing"
    return "refusal"


def address_of(route: Route, draft: int, **parts: str) -> str:
    """With rows that there are: words set aside, and a person."""
    rows: dict[str, Any] = {"key": draft} if route.name == "position-set-aside" else {}
    if route.name == "report-set-aside":
        rows = {"edit": SectionEdit.objects.waiting().get().pk}
    return route.address(**rows, pk=User.objects.earliest("pk").pk, **parts)


def got(response: Any) -> str:
    if response.status_code == 302 and "/accounts/sign-in/" in response["Location"]:
        return "sign in"
    assert response.status_code < 500
    return {403: "refusal", 404: "nothing"}.get(response.status_code, "answer")


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_every_route_says_who_may_have_it(name):
    assert ROUTES[name].permission is not None


@pytest.mark.django_db
@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor.name)
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("is_public", [False, pytest.param(True, marks=pytest.mark.long)], ids=["private", "public"])
def test_each_actor_gets_what_the_table_says(actor, method, is_public, draft):
    person = person_of(actor)
    if person:
        Edit.objects.filter(pk=draft).update(by=person)
        SectionEdit.objects.waiting().update(by=person)
    found, right = {}, {}
    for name, route in ROUTES.items():
        if (route.permission == PUBLIC) is not is_public or name in DOORS:
            continue
        with transaction.atomic():
            response = getattr(client_of(person), method)(address_of(route, draft))
            transaction.set_rollback(True)
        if response.status_code != 405:
            found[name], right[name] = got(response), expected(route, actor, method)
    assert found == right
    assert found


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "leads_to"), DOORS.items())
def test_a_step_of_signing_in_without_the_one_before_leads_nowhere(name, leads_to):
    assert got(Client().post(ROUTES[name].address())) == leads_to


PRIVATE = [name for name, route in ROUTES.items() if "organisation" in route.parts and route.permission != PUBLIC]


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", PRIVATE)
def test_another_councils_object_answers_like_one_that_does_not_exist(name, method, draft):
    client = client_of(person_of(Actor("stranger", "approver elsewhere")))
    ask = getattr(client, method)
    answers = [ask(address_of(ROUTES[name], draft, organisation=each)) for each in ("lincolnshire", "narnia")]
    texts = [re.sub(rb"csrfmiddlewaretoken[^>]*", b"", each.content) for each in answers]
    texts = [each.replace(b"narnia", b"lincolnshire") for each in texts]
    assert {each.status_code for each in answers} <= {404, 405}
    assert answers[0].status_code == answers[1].status_code
    assert texts[0] == texts[1]


ADMIN = ["/admin/", "/admin/councils/positionversion/", "/admin/councils/membership/", "/admin/base/event/"]


@pytest.mark.django_db
@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor.name)
def test_the_administrators_site_is_for_administrators(actor, draft):
    """Others are led to signing in, and those who have signed in already are told there that they may not."""
    client = client_of(person_of(actor))
    right = {"public": "sign in", "deactivated": "sign in", "administrator": "answer"}.get(actor.name, "refusal")
    assert {end_of(client.get(address, follow=True)) for address in ADMIN} == {right}


def end_of(response: Any) -> str:
    """Where a way ends."""
    led_to_sign_in = any("/accounts/sign-in/" in address for address, _status in response.redirect_chain)
    return "sign in" if led_to_sign_in else got(response)

"""Administrators come in by the site's own door, delete nothing, and leave a record."""

import pytest
from django.test import Client

from pillars.models import Commitment
from reforms.base import clock
from reforms.base.faults import count_fault
from reforms.base.heartbeats import beat
from reforms.base.models import Event, User
from tests.reforms.base.accounts.people import code_of, with_second_factor

PASSWORD = "nine-plain-brown-owls"


@pytest.fixture
def administrator(db) -> User:
    return with_second_factor(User.objects.create_superuser("nell@example.org", PASSWORD, name="Nell"))


def test_door_is_the_sites_own_and_leads_back(public: Client, administrator: User):
    asked = public.get("/admin/", follow=True)
    assert asked.redirect_chain[-1][0] == "/accounts/sign-in/?next=/admin/"

    answer = public.post(
        "/accounts/sign-in/?next=/admin/", {"username": administrator.email, "password": PASSWORD}, follow=True
    )
    assert answer.request["PATH_INFO"] == "/accounts/sign-in/code/"
    answer = public.post("/accounts/sign-in/code/", {"code": code_of(administrator)}, follow=True)
    assert (answer.status_code, answer.request["PATH_INFO"]) == (200, "/admin/")


def test_somebody_who_may_not_come_in_is_told_so(public: Client, db):
    public.force_login(User.objects.create_user("owen@example.org", PASSWORD))

    assert public.get("/admin/", follow=True).status_code == 403


def test_correction_is_an_event_and_nothing_can_be_deleted(public: Client, administrator: User):
    commitment = Commitment.objects.get(reference="NF-O1")
    public.force_login(administrator)
    address = f"/admin/pillars/commitment/{commitment.pk}/change/"
    form = public.get(address).context["adminform"].form
    values = {name: form.initial.get(name) for name in form.fields}
    sent = {name: value for name, value in values.items() if value not in (None, "", [])}
    sent |= {"title": "Help families to stay together", "citations": [each.pk for each in commitment.citations.all()]}

    assert public.post(address, sent).status_code == 302

    event = Event.objects.latest("pk")
    assert (event.verb, event.subject, event.by) == ("correct", "commitment:NF-O1", administrator)
    assert event.details == {"fields": ["title"]}
    assert public.get(address.replace("change", "delete")).status_code == 403


@pytest.mark.parametrize("model", ["faultcount", "heartbeat"])
def test_what_the_service_remembers_of_itself_is_read_and_never_changed(public: Client, administrator: User, model):
    count_fault("broker", TimeoutError(), now=clock.now())
    beat("broker", now=clock.now())
    public.force_login(administrator)

    listed = public.get(f"/admin/base/{model}/")
    assert (listed.status_code, "broker" in listed.content.decode()) == (200, True)
    assert public.get(f"/admin/base/{model}/add/").status_code == 403

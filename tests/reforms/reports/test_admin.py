"""Administrators manage committees, and see states and days of reports: no word of a draft."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from councils.models import Membership
from reforms.base.models import Event, User
from reforms.reports.models import Committee
from tests.builders import make_council
from tests.reforms.base.accounts.people import with_second_factor
from tests.reforms.pages.making import make_member
from tests.reforms.reports.making import make_action, make_committee, make_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(public: Client) -> Client:
    public.force_login(with_second_factor(User.objects.create_superuser("nell@example.org", "nine-plain-brown-owls")))
    return public


def test_committee_is_added_and_corrected_and_each_is_an_event(administrator: Client):
    council = make_council().organisation
    chair = make_member(council, Membership.Role.SCRUTINY_MEMBER)
    values = {"organisation": council.pk, "slug": "scrutiny", "name": "Scrutiny"}
    assert administrator.post(reverse("admin:reports_committee_add"), values).status_code == 302
    committee = Committee.objects.get(organisation=council)
    change = reverse("admin:reports_committee_change", args=[committee.pk])
    assert administrator.post(change, values | {"chair": chair.pk}).status_code == 302

    committee.refresh_from_db()
    assert committee.chair == chair
    events = Event.objects.filter(subject=f"committee:{council.slug}/scrutiny").order_by("pk")
    assert [(event.verb, event.details) for event in events] == [
        ("add", {"fields": ["organisation", "slug", "name"]}),
        ("correct", {"fields": ["chair"]}),
    ]


def test_chair_is_one_of_the_organisations_scrutiny_members(administrator: Client):
    council = make_council().organisation
    officer, elsewhere = make_member(council, Membership.Role.OFFICER), make_member(make_council().organisation)
    for person in (officer, elsewhere):
        values = {"organisation": council.pk, "slug": "scrutiny", "name": "Scrutiny", "chair": person.pk}
        answer = administrator.post(reverse("admin:reports_committee_add"), values)

        assert "one of the organisation’s scrutiny members" in answer.content.decode()
    assert not Committee.objects.exists()


@pytest.mark.parametrize("name", ["committeereport", "committeeaction"])
def test_workflow_records_are_read_only(administrator: Client, name: str):
    committee = make_committee()
    record = {"committeereport": make_report, "committeeaction": make_action}[name](committee)
    listed = administrator.get(reverse(f"admin:reports_{name}_changelist"))
    page = administrator.get(reverse(f"admin:reports_{name}_change", args=[record.pk]))

    assert (listed.status_code, page.status_code) == (200, 200)
    assert committee.name in page.content.decode()
    assert administrator.post(page.request["PATH_INFO"], {"number": 7}).status_code == 403
    assert administrator.get(reverse(f"admin:reports_{name}_add")).status_code == 403


def test_no_word_of_a_draft_is_shown(administrator: Client):
    report = make_report(subject="Quinquereme", on_behalf_of="Quinquereme", author="Quinquereme", contact="Quinquereme")
    for address in (
        reverse("admin:reports_committeereport_changelist"),
        reverse("admin:reports_committeereport_change", args=[report.pk]),
    ):
        assert "Quinquereme" not in administrator.get(address).content.decode()

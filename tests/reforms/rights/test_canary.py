"""A word that stands in one council's drafts alone is read by nobody else: on no page, in no data, search or log.

It stands in everything that a draft can say, in words that were set aside, and in the reason of a return; and in a
report that is not published.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core import serializers
from django.test import Client
from django.urls import reverse

from councils.models import Decision, Edit, Membership, PositionVersion
from councils.writing.actions import save_draft, start_draft
from councils.writing.contents import Consequence, Content, Point
from councils.writing.moves import return_position, submit_position
from councils.writing.subjects import find_subject
from pillars.models import Organisation, Pillar
from reforms.alerts.models import Flag
from reforms.base.models import Event, User
from reforms.reports.document.values import Block
from reforms.reports.models import CommitteeReport, SectionEdit
from reforms.reports.writing.actions import save_section, start_report
from tests.reforms.base.accounts.people import with_second_factor
from tests.reforms.pages.addresses import DATA, PUBLIC
from tests.reforms.pages.making import make_member
from tests.reforms.reports.building.cast import make_report, put, set_aside_in
from tests.reforms.reports.making import make_committee
from tests.reforms.rights.routes import routes

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CANARY = "Quinquereme"
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SEARCHES = [
    "/commitments/",
    "/commitments.json",
    "/councils/",
    "/councils.csv",
    "/views/",
    "/organisations/",
    "/funding/",
    "/reports/",
    "/reports.json",
]
Role = Membership.Role


@pytest.fixture
def officer() -> User:
    """Of a council with a draft, one that was returned, and words set aside: the canary is in all of them."""
    council = Organisation.objects.get(slug="lincolnshire")
    officer, approver = make_member(council, Role.OFFICER), make_member(council, Role.APPROVER)
    for reference in ("SH-4", "SH-3-02"):
        subject = find_subject(reference, on=NOW.date())
        assert subject
        version = start_draft(organisation=council, subject=subject, content=said(), by=officer, now=NOW)
        save_draft(version=version, revision=99, content=Content(text=f"{CANARY} aside"), by=officer, now=NOW)
    draft = make_report(council, subject=f"{CANARY} report", author=CANARY)
    put(draft, "summary", Block(f"{CANARY} block"), Block(CANARY, rows=((CANARY,),), is_draft=True))
    set_aside_in(draft, by=officer, text=CANARY)
    version = submit_position(version=version, revision=version.revision, by=officer, now=NOW)
    return_position(version=version, revision=version.revision, reason=CANARY, by=approver, now=NOW)
    report_on_it(council, officer)
    return officer


def report_on_it(council: Organisation, officer: User) -> None:
    """To a committee, with drafts; the canary is in what stands before it, in a section, and in words set aside."""
    pillar = Pillar.objects.get(programme__slug="stable-homes", number=4)
    report = start_report(
        organisation=council,
        committee=make_committee(council),
        programme=pillar.programme,
        pillars=[pillar],
        layout="scrutiny",
        depth="every",
        meeting_on=NOW.date(),
        as_at_on=NOW.date(),
        since=None,
        subject=CANARY,
        on_behalf_of=CANARY,
        author=CANARY,
        contact=CANARY,
        with_drafts=True,
        by=officer,
        now=NOW,
    )
    section = report.sections.get(key="summary")
    for text in (CANARY, f"{CANARY} aside"):
        save_section(section=section, revision=1, heading=text, blocks=[Block(text)], by=officer, now=NOW)


def said() -> Content:
    return Content(
        text=f"# {CANARY}\n\nText.",
        covers=("SH-4-01",),
        points=(Point("fact", f"{CANARY} point", figure=CANARY, as_at="2022/23", evidence=CANARY, about=("SH-4-01",)),),
        impacts=(Consequence("money", f"{CANARY} impact", "100", CANARY, ("SH-4-01",)),),
    )


def client_of(who: str, officer: User) -> Client:
    client, council = Client(raise_request_exception=False), Organisation.objects.get(slug="lincolnshire")
    people = {
        "scrutiny-member": lambda: make_member(council, Role.SCRUTINY_MEMBER),
        "stranger": lambda: make_member(Organisation.objects.get(slug="blackpool"), Role.APPROVER),
        "administrator": lambda: User.objects.create_user("canary@example.org", is_staff=True, is_superuser=True),
        "officer": lambda: officer,
    }
    if who in people:
        client.force_login(with_second_factor(people[who]()))
    return client


def addresses() -> list[str]:
    """Every address there is, asked plainly, as a search for the word, and in the administrators' site."""
    every = [*PUBLIC.values(), *DATA.values(), *(route.address() for route in routes())]
    every += [reverse("report", args=["lincolnshire", 1]), reverse("report-file", args=["lincolnshire", 1, "json"])]
    searched = [f"{address}?q={CANARY.lower()}" for address in SEARCHES]
    models = ["councils_positionversion", "councils_membership", "base_event", "pillars_commitment"]
    admin = [reverse(f"admin:{name}_changelist") for name in (*models, "reports_committeereport")]
    reports = CommitteeReport.objects.filter(subject=CANARY).values_list("pk", flat=True)
    admin += [reverse("admin:reports_committeereport_change", args=[key]) for key in reports]
    keys = PositionVersion.objects.filter(text__contains=CANARY).values_list("pk", flat=True)
    return [*every, *searched, *admin, *(reverse("admin:councils_positionversion_change", args=[key]) for key in keys)]


LONG = pytest.mark.long


@pytest.mark.parametrize(
    "who", ["stranger", *(pytest.param(who, marks=LONG) for who in ("public", "scrutiny-member", "administrator"))]
)
def test_nobody_else_reads_it(who, officer, caplog):
    client = client_of(who, officer)
    answers = {address: client.get(address) for address in addresses()}
    told = [address for address, answer in answers.items() if CANARY in text_of(answer)]
    assert told == []
    assert CANARY not in caplog.text


def text_of(answer) -> str:
    """The page. It may show the words of a search, which are in small letters; searching does not mind."""
    return b"".join(answer).decode() if answer.streaming else answer.content.decode()


def test_its_own_people_read_it(officer):
    client = client_of("officer", officer)
    assert CANARY in text_of(client.get(reverse("position-edit", args=["lincolnshire", "SH-4"])))
    assert CANARY in text_of(client.get(reverse("report", args=["lincolnshire", 1])))


def test_it_counts_for_nothing(officer):
    before = [answer.content for answer in map(Client().get, ["/councils/?q=lincolnshire", "/councils.json"])]
    PositionVersion.objects.filter(text__contains=CANARY).delete()
    after = [answer.content for answer in map(Client().get, ["/councils/?q=lincolnshire", "/councils.json"])]
    assert before == after


def test_neither_events_nor_flags_hold_it(officer):
    assert CANARY not in serializers.serialize("json", [*Event.objects.all(), *Flag.objects.all()])
    assert Edit.objects.filter(text__contains=CANARY).exists()
    assert Decision.objects.filter(reason=CANARY).exists()
    assert SectionEdit.objects.waiting().filter(heading=f"{CANARY} aside").exists()

"""Committees, reports and what was asked for, as rows: what the database takes, and who finds what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from councils.models import Membership
from reforms.reports.layouts import SectionKey
from reforms.reports.models import CommitteeAction, CommitteeReport, ReportSection, SectionEdit
from tests.builders import DAY, make_council, make_organisation
from tests.reforms.pages.making import make_member
from tests.reforms.reports.making import make_action, make_committee, make_reply, make_report

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
FROZEN: dict[str, Any] = {
    "state": "published",
    "published_at": NOW,
    "published_on": DAY,
    "frozen": {"subject": "So"},
    "digest": "d",
}


def make_section(report: CommitteeReport | None = None, **values: Any) -> ReportSection:
    defaults = {"key": SectionKey.SUMMARY, "place": 1, "heading": "Summary"}
    return ReportSection.objects.create(report=report or make_report(), **defaults | values)


def make_edit(section: ReportSection | None = None, **values: Any) -> SectionEdit:
    defaults: dict[str, Any] = {"at": NOW, "based_on": 1, "revision": 2, "heading": "Summary"}
    by = make_member(make_organisation())
    return SectionEdit.objects.create(section=section or make_section(), by=by, **defaults | values)


def twice_in_a_committee() -> None:
    committee = make_committee()
    for _ in range(2):
        make_action(committee, number=7)


def twice_in_an_organisation() -> None:
    committee = make_committee()
    for _ in range(2):
        make_report(committee, number=7)


def twice_at_an_address() -> None:
    council = make_council().organisation
    for _ in range(2):
        make_committee(council, slug="scrutiny")


def replaced_twice() -> None:
    first = make_report(**FROZEN)
    for number in (2, 3):
        make_report(first.committee, number=number, replaces=first, **FROZEN)


def twice_the_same_section() -> None:
    report = make_report()
    for _ in range(2):
        make_section(report)


def twice_the_same_revision() -> None:
    section = make_section()
    for _ in range(2):
        make_edit(section)


REFUSED: dict[str, Callable[[], Any]] = {
    "committee_addresses_are_unique": twice_at_an_address,
    "action_numbers_are_unique": twice_in_a_committee,
    "an_action_says_what_is_asked": lambda: make_action(wording=""),
    "an_action_is_not_due_before_its_meeting": lambda: make_action(due_on=DAY - timedelta(days=1)),
    "a_reply_says_something": lambda: make_reply(text=""),
    "what_is_accepted_has_a_day": lambda: make_reply(verdict="in_part", by_when=None),
    "report_numbers_are_unique": twice_in_an_organisation,
    "a_published_report_is_frozen": lambda: make_report(**FROZEN | {"frozen": None}),
    "no_published_report_holds_drafts": lambda: make_report(**FROZEN, has_drafts=True),
    "a_report_is_replaced_by_one_other": replaced_twice,
    "a_report_has_each_section_once": twice_the_same_section,
    "a_section_edit_made_a_revision_or_was_set_aside": lambda: make_edit(is_set_aside=True),
    "one_section_edit_makes_a_revision": twice_the_same_revision,
}
IN_SQLITE = {
    "committee_addresses_are_unique": "reports_committee.organisation_id, reports_committee.slug",
    "action_numbers_are_unique": "reports_committeeaction.committee_id, reports_committeeaction.number",
    "report_numbers_are_unique": "reports_committeereport.organisation_id, reports_committeereport.number",
    "a_report_is_replaced_by_one_other": "reports_committeereport.replaces_id",
    "a_report_has_each_section_once": "reports_reportsection.report_id, reports_reportsection.key",
    "one_section_edit_makes_a_revision": "reports_sectionedit.section_id, reports_sectionedit.revision",
}
"""SQLite tells the columns of a uniqueness, and not its name."""


@pytest.mark.parametrize(("rule", "make"), REFUSED.items(), ids=REFUSED)
def test_database_refuses(rule: str, make: Callable[[], Any]):
    with pytest.raises(IntegrityError, match=f"{rule}|{IN_SQLITE.get(rule, rule)}"), transaction.atomic():
        make()


def test_every_rule_has_a_case():
    models = apps.get_app_config("reports").get_models()

    assert {rule.name for model in models for rule in model._meta.constraints} == REFUSED.keys()


@pytest.mark.parametrize("missing", ["frozen", "digest", "published_on", "published_at"])
def test_published_report_has_all_that_makes_it_permanent(missing: str):
    values = FROZEN | {missing: "" if missing == "digest" else None}
    with pytest.raises(IntegrityError, match="a_published_report_is_frozen"), transaction.atomic():
        make_report(**values)


def test_what_is_rejected_needs_no_day():
    assert make_reply(verdict="rejected", by_when=None)


def test_in_principle_is_no_answer():
    assert {label for _, label in make_reply()._meta.get_field("verdict").choices} == {
        "Accepted",
        "Accepted in part",
        "Rejected",
    }


def test_several_drafts_may_mean_to_replace_the_same():
    first = make_report(**FROZEN)
    for number in (2, 3):
        make_report(first.committee, number=number, replaces=first)

    assert CommitteeReport.objects.filter(replaces=first).count() == 2


class TestVisible:
    WHO = {
        "anybody": lambda council: AnonymousUser(),
        "stranger": lambda council: make_member(make_council().organisation, Membership.Role.APPROVER),
        "scrutiny-member": lambda council: make_member(council, Membership.Role.SCRUTINY_MEMBER),
        "contributor": lambda council: make_member(council, Membership.Role.CONTRIBUTOR),
        "officer": lambda council: make_member(council, Membership.Role.OFFICER),
        "approver": lambda council: make_member(council, Membership.Role.APPROVER),
    }
    WRITERS = ("contributor", "officer", "approver")

    @pytest.mark.parametrize("who", WHO)
    def test_published_to_all_and_drafts_to_own_people(self, who: str):
        committee = make_committee()
        published, draft = make_report(committee, **FROZEN), make_report(committee, number=2)
        discarded = make_report(committee, number=3, state="discarded")
        found = set(CommitteeReport.objects.visible_to(self.WHO[who](committee.organisation)))

        assert found == ({published, draft, discarded} if who in self.WRITERS else {published})

    def test_two_roles_find_a_report_once(self):
        report = make_report()
        person = make_member(report.organisation, Membership.Role.OFFICER)
        Membership.objects.create(user=person, organisation=report.organisation, role=Membership.Role.APPROVER)

        assert list(CommitteeReport.objects.visible_to(person)) == [report]


def test_querysets_read_as_phrases():
    committee = make_committee()
    published, draft = make_report(committee, **FROZEN), make_report(committee, number=2)
    make_report(committee, number=3, state="discarded")
    section = make_section(draft)
    waiting = make_edit(section, is_set_aside=True, revision=None)
    make_edit(section, is_set_aside=True, revision=None, settled_at=NOW)
    open_action = make_action(committee)
    make_action(committee, closed_at=NOW)

    assert (list(CommitteeReport.objects.published()), list(CommitteeReport.objects.open())) == ([published], [draft])
    assert list(section.edits.waiting()) == [waiting]
    assert list(CommitteeAction.objects.open()) == [open_action]


def test_references_are_stable_text():
    council = make_council().organisation
    committee = make_committee(council, slug="scrutiny")

    assert committee.reference == f"{council.slug}/scrutiny"
    assert make_action(committee, number=7).reference == f"{council.slug}/scrutiny/7"
    assert make_report(committee, number=3).reference == str(make_report(committee, number=4)).replace("/4", "/3")

"""A published report does not change: the database itself says so, to the project's code and to plain SQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from reforms.base import triggers
from reforms.reports.layouts import SectionKey
from reforms.reports.models import CommitteeReport, ReportSection
from reforms.reports.refusals import COLUMNS, REFUSALS
from tests.both_kinds import standing_on
from tests.builders import make_council, make_pillar
from tests.engines.databases import Databases, one_of
from tests.reforms.pages.making import make_member
from tests.reforms.reports.making import make_action, make_committee, make_report

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
FROZEN = {
    "state": "published",
    "published_at": NOW,
    "published_on": NOW.date(),
    "frozen": {"subject": "Where we stand", "sections": []},
    "digest": "d" * 64,
}


def published(**values: Any) -> CommitteeReport:
    """With one section; frozen before it is published, as publishing itself does."""
    report = make_report()
    ReportSection.objects.create(report=report, key=SectionKey.SUMMARY, place=1, heading="Summary")
    CommitteeReport.objects.filter(pk=report.pk).update(**FROZEN | values)
    report.refresh_from_db()
    return report


def refused(words: str = "a published report does not change"):
    return pytest.raises(DatabaseError, match=words)


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def other(column: str) -> dict[str, Any]:
    """Another value of a column."""
    field = CommitteeReport._meta.get_field(column.removesuffix("_id"))
    made = {
        "organisation": lambda: make_council().organisation,
        "committee": make_committee,
        "programme": lambda: make_pillar().programme,
        "replaces": make_report,
        "started_by": lambda: make_member(make_council().organisation),
        "published_by": lambda: make_member(make_council().organisation),
        "frozen": lambda: {"subject": "Other words"},
        "has_drafts": lambda: True,
    }
    plain: dict[str, Any] = {
        "PositiveIntegerField": 99,
        "DateField": date(2020, 1, 1),
        "DateTimeField": datetime(2020, 1, 1, tzinfo=UTC),
        "CharField": "draft" if field.name == "state" else "other",
    }
    return {field.name: made[field.name]() if field.name in made else plain[type(field).__name__]}


def test_every_column_is_named():
    """A new one fails here until it is."""
    assert {field.column for field in CommitteeReport._meta.concrete_fields} - {"id"} == set(COLUMNS)


@pytest.mark.django_db
class TestReport:
    @pytest.mark.parametrize("column", COLUMNS)
    def test_no_column_changes(self, column: str):
        report, values = published(), other(column)
        before = CommitteeReport.objects.filter(pk=report.pk).values()[0]
        with refused("a published report does not change|no_published_report_holds_drafts"), transaction.atomic():
            CommitteeReport.objects.filter(pk=report.pk).update(**values)

        assert CommitteeReport.objects.filter(pk=report.pk).values()[0] == before

    def test_not_by_save_in_bulk_or_plain_sql(self):
        report = published()
        report.subject = "Other words"
        with refused(), transaction.atomic():
            report.save()
        with refused(), transaction.atomic():
            CommitteeReport.objects.bulk_update([report], ["subject"])
        with refused(), transaction.atomic():
            execute(f"UPDATE reports_committeereport SET frozen = NULL, state = 'draft' WHERE id = {report.pk}")  # noqa: S608

    @pytest.mark.parametrize("values", [{}, FROZEN], ids=["nothing", "the-same"])
    def test_may_be_written_as_it_is(self, values: dict[str, Any]):
        report = published()

        assert CommitteeReport.objects.filter(pk=report.pk).update(**values or {"subject": report.subject}) == 1

    def test_is_replaced_and_referred_to(self):
        report = published()

        assert make_report(report.committee, replaces=report, number=2)
        assert make_action(report.committee, report=report)

    @pytest.mark.parametrize("state", ["draft", "discarded"])
    def test_others_may_change(self, state: str):
        report = make_report(state=state)

        assert CommitteeReport.objects.filter(pk=report.pk).update(subject="Other words", revision=2) == 1


@pytest.mark.django_db
class TestSections:
    CHANGES: dict[str, dict[str, Any]] = {
        "words": {"blocks": [{"text": "Other."}]},
        "heading": {"heading": "Other"},
        "place": {"place": 7},
        "left out": {"is_left_out": True},
    }

    @pytest.mark.parametrize("values", CHANGES.values(), ids=CHANGES)
    def test_do_not_change(self, values: dict[str, Any]):
        report = published()
        with refused(), transaction.atomic():
            report.sections.update(**values)

    def test_are_not_moved_to_or_from_it(self):
        report, draft = published(), make_report()
        ReportSection.objects.create(report=draft, key=SectionKey.PAPERS, place=1, heading="Papers")
        for start, end in ((report, draft), (draft, report)):
            with refused(), transaction.atomic():
                start.sections.update(report=end)

    def test_of_others_may_change(self):
        report = make_report()
        ReportSection.objects.create(report=report, key=SectionKey.PAPERS, place=1, heading="Papers")

        assert report.sections.update(heading="Other", blocks=[{"text": "Other."}]) == 1


# --- In a database of its own: the guard off ----------------------------------------------------------------------


@pytest.fixture
def own(databases: Databases, tables: str, django_db_blocker: Any) -> Iterator[None]:
    """Everything uses a migrated database of the test's own."""
    with one_of(databases, copy_of=tables) as url, standing_on(url, django_db_blocker):
        yield


def is_refused(rows: models.QuerySet, **values: Any) -> bool:
    try:
        assert rows.update(**values) == 1
    except DatabaseError:
        return True
    return False


def test_without_the_triggers_all_would_change_and_migrate_brings_them_back(own):
    report = published()
    rows = CommitteeReport.objects.filter(pk=report.pk)
    for each in REFUSALS:
        place = f" ON {each.table}" if connection.vendor == "postgresql" else ""
        execute(f"DROP TRIGGER {each.trigger}{place}")
    assert not is_refused(rows, subject="Other words")
    assert not is_refused(report.sections.all(), heading="Other")
    call_command("migrate", verbosity=0)

    assert is_refused(rows, subject="Other words still")
    assert is_refused(report.sections.all(), heading="Other still")
    assert triggers.install() == 0


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.table)
def test_every_column_that_is_read_is_named(refusal):
    """Those that are not there are missed when it is put in place, and not when somebody writes."""
    named = {name for names in refusal.reads.values() for name in names}
    read = set(refusal.condition().replace("(", " ").replace(")", " ").replace(",", " ").split())
    columns = {word.rpartition(".")[2] for word in read if word.startswith(("OLD.", "NEW.", "report."))}

    assert columns - {"id"} == named

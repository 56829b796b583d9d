"""A published report says what it said, whatever becomes of the data; and shows nothing where somebody touched it."""

from __future__ import annotations

from typing import Any

import pytest

from pillars.models import Organisation, Programme
from reforms.reports.document.values import Document, digest_of
from reforms.reports.models import Committee, CommitteeReport, ReportSection
from reforms.reports.writing.freezing import NotAsFrozenError, document_of
from tests.builders import make_organisation
from tests.reforms.reports.making import make_committee, make_report
from tests.reforms.reports.writing.cast import Stage, newest, publish, published, start, written

pytestmark = pytest.mark.django_db


def test_draft_is_its_rows(stage: Stage):
    report = start(stage)
    written(report, "summary", "As it stands.", by=stage.people.officer)
    document = document_of(newest(report))

    assert document.is_draft
    assert document.published_on == ""
    assert [each.key for each in document.sections] == [row.key for row in report.sections.all()]
    assert document.sections[1].blocks[0].text == "As it stands."


def test_frozen_report_reads_nothing_else(stage: Stage, django_assert_num_queries):
    report = published(stage)
    before = document_of(report)
    Organisation.objects.filter(pk=stage.people.council.pk).update(name="Renamed", slug="renamed")
    Committee.objects.update(name="Renamed")
    Programme.objects.filter(pk=stage.pillar.programme.pk).update(title="Renamed")
    ReportSection.objects.filter(report=report).delete()
    again = newest(report)
    with django_assert_num_queries(0):
        after = document_of(again)

    assert after == before
    assert after.digest == again.digest


def test_survives_the_way_through_the_database(stage: Stage):
    report = start(stage)
    written(report, "summary", "Zoë & <李雷> \u202e“£5” \\ \u2028", by=stage.people.officer)
    publish(stage, report)
    kept = newest(report)

    assert kept.frozen
    assert digest_of(kept.frozen) == Document.of(kept.frozen).digest == kept.digest


def test_what_a_later_release_adds_to_a_document_does_not_touch_the_digest(stage: Stage):
    """It is that of the values as they were kept, not of what is made of them now."""
    report = published(stage)
    kept = {name: value for name, value in (report.frozen or {}).items() if name != "contact"}
    report.frozen, report.digest = kept, digest_of(kept)

    assert document_of(report).contact == ""


@pytest.mark.parametrize("values", [{"frozen": None}, {"digest": "0" * 64}, {"frozen": {"subject": "Other"}}])
def test_shows_nothing_that_is_not_as_it_was_frozen(stage: Stage, values: dict[str, Any]):
    report = published(stage)
    for name, value in values.items():
        setattr(report, name, value)
    with pytest.raises(NotAsFrozenError):
        document_of(report)


def test_body_without_a_longer_name_is_called_what_it_is_called():
    body = make_organisation()

    assert document_of(make_report(make_committee(body))).organisation == body.name


def test_draft_takes_one_query_for_all_its_sections(stage: Stage, django_assert_num_queries):
    report = CommitteeReport.objects.select_related(
        "organisation__council", "committee", "programme", "replaces__organisation"
    ).get(pk=start(stage).pk)
    with django_assert_num_queries(1):
        document_of(report)

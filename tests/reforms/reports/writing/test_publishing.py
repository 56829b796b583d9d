"""What is frozen is what the approver read, all of it, for ever; and no draft is ever in it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from councils.permissions import NotAllowedError
from reforms.base.models import Event
from reforms.reports.document.values import Document
from reforms.reports.models import CommitteeReport, ReportSection
from reforms.reports.writing.actions import (
    ChangedError,
    FrontValues,
    HoldsDraftsError,
    ReportError,
    change_front,
    discard_report,
    leave_out,
    move_section,
    refill_section,
    start_next,
)
from reforms.reports.writing.freezing import document_of
from tests.reforms.reports.writing.cast import (
    DRAFT,
    MEETING,
    NOW,
    Stage,
    as_read,
    newest,
    publish,
    published,
    section,
    start,
    written,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(stage: Stage) -> CommitteeReport:
    return start(stage)


class TestPublish:
    def test_freezes_it(self, stage: Stage, report: CommitteeReport):
        draft = document_of(report)
        after = publish(stage, report)
        kept = Document.of(after.frozen or {})

        assert (after.state, after.published_by, after.published_at) == ("published", stage.people.approver, NOW)
        assert (after.published_on, after.digest, after.revision) == (NOW.date(), kept.digest, 2)
        assert (kept.is_draft, kept.published_on) == (False, "2026-11-21")
        assert kept.sections == draft.sections
        assert newest(report).frozen == after.frozen

    def test_holds_everything_that_stands_around_the_sections(self, stage: Stage, report: CommitteeReport):
        values = publish(stage, report).frozen
        assert values

        assert {name: value for name, value in values.items() if name != "sections"} == {
            "organisation": f"{stage.people.council.name} Council",
            "committee": stage.committee.name,
            "subject": "Where we stand",
            "layout": "scrutiny",
            "meeting_on": MEETING.isoformat(),
            "as_at": "2026-11-21",
            "programme": stage.pillar.programme.title,
            "address": f"/reports/{stage.people.council.slug}/1/",
            "on_behalf_of": "The director",
            "author": "An officer",
            "contact": "democratic services",
            "published_on": "2026-11-21",
            "replaces": "",
            "changes": [],
            "is_draft": False,
        }

    def test_is_on_record_with_its_hash(self, stage: Stage, report: CommitteeReport):
        after = publish(stage, report)
        event = Event.objects.latest("pk")

        assert (event.verb, event.subject, event.by) == ("publish", f"report:{after.reference}", stage.people.approver)
        assert (event.state_before, event.state_after) == ("draft", "published")
        assert event.details == {"digest": after.digest}

    def test_leaves_out_what_is_left_out(self, stage: Stage, report: CommitteeReport):
        leave_out(section=section(report, "rules"), is_left_out=True, by=stage.people.officer, now=NOW)
        after = publish(stage, report)

        assert "rules" not in {each.key for each in document_of(after).sections}
        assert section(report, "rules").blocks  # its words are still there, for those who wrote it

    def test_day_is_the_day_in_england(self, stage: Stage, report: CommitteeReport):
        late = NOW.replace(month=7, hour=23, minute=30)

        assert publish(stage, report, now=late).published_on == late.date().replace(day=22)


class TestAsRead:
    """Nothing is published that the approver did not read."""

    CHANGES: dict[str, Any] = {
        "words": lambda report, by: written(report, "summary", "Other words.", by=by),
        "front": lambda report, by: change_front(
            report=report, revision=1, values=FrontValues(subject="So"), by=by, now=NOW
        ),
        "order": lambda report, by: move_section(section=section(report), up=True, by=by, now=NOW),
        "left out": lambda report, by: leave_out(section=section(report), is_left_out=True, by=by, now=NOW),
    }

    @pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
    def test_changed_since(self, stage: Stage, report: CommitteeReport, change: Any):
        screen = {"revision": report.revision, "read": as_read(report)}
        change(report, stage.people.officer)
        with pytest.raises(ChangedError):
            publish(stage, report, **screen)

        assert newest(report).state == "draft"
        assert publish(stage, report).state == "published"  # after looking again

    @pytest.mark.parametrize("read", [{}, {"summary": 1}], ids=["nothing", "one-section"])
    def test_not_read(self, stage: Stage, report: CommitteeReport, read: dict[str, int]):
        with pytest.raises(ChangedError):
            publish(stage, report, read=read)

    def test_what_is_left_out_need_not_be_read(self, stage: Stage, report: CommitteeReport):
        leave_out(section=section(report), is_left_out=True, by=stage.people.officer, now=NOW)
        read = {key: revision for key, revision in as_read(report).items() if key != "summary"}

        assert publish(stage, report, read=read).state == "published"


class TestDrafts:
    @pytest.fixture
    def report(self, stage: Stage) -> CommitteeReport:
        return start(stage, with_drafts=True)

    def test_are_refused(self, stage: Stage, report: CommitteeReport):
        with pytest.raises(HoldsDraftsError, match="drafts that nobody has published"):
            publish(stage, report)

        assert newest(report).state == "draft"

    def test_are_refused_by_what_stands_in_the_sections_too(self, stage: Stage, report: CommitteeReport):
        CommitteeReport.objects.update(has_drafts=False)
        with pytest.raises(HoldsDraftsError):
            publish(stage, report)

    def test_are_refused_by_what_the_report_says_too(self, stage: Stage, report: CommitteeReport):
        ReportSection.objects.filter(report=report).update(blocks=[])
        with pytest.raises(HoldsDraftsError):
            publish(stage, report)

    def test_are_refused_by_the_database_too(self, stage: Stage, report: CommitteeReport):
        frozen = {"state": "published", "frozen": {}, "digest": "d", "published_on": MEETING, "published_at": NOW}
        with pytest.raises(IntegrityError, match="no_published_report_holds_drafts"), transaction.atomic():
            CommitteeReport.objects.filter(pk=report.pk).update(**frozen)

    @pytest.mark.parametrize("way", ["filled anew", "left out", "taken away"])
    def test_there_is_a_way_out(self, stage: Stage, report: CommitteeReport, way: str):
        row, by = section(report, "background"), stage.people.officer
        if way == "filled anew":
            refill_section(section=row, revision=row.revision, by=by, now=NOW)
        elif way == "left out":
            leave_out(section=row, is_left_out=True, by=by, now=NOW)
        else:
            written(report, "background", "Only what is published.", by=by)

        assert DRAFT.text not in str(publish(stage, report).frozen)


class TestRefused:
    def test_nothing_left_in(self, stage: Stage, report: CommitteeReport):
        report.sections.update(is_left_out=True)
        with pytest.raises(ReportError, match="nothing to publish"):
            publish(stage, report)

    def test_twice(self, stage: Stage):
        with pytest.raises(ReportError, match="It has been published"):
            publish(stage, published(stage))

    def test_discarded(self, stage: Stage, report: CommitteeReport):
        discard_report(report=report, by=stage.people.officer, now=NOW)
        with pytest.raises(ReportError, match="It has been discarded"):
            publish(stage, report)

    def test_second_that_takes_the_same_place(self, stage: Stage):
        first = published(stage)
        second, third = start_next(report=first, by=stage.people.officer, now=NOW), start(stage)
        CommitteeReport.objects.filter(pk=third.pk).update(replaces=first)
        publish(stage, second)
        with pytest.raises(ReportError, match="taken the place"):
            publish(stage, third)

    @pytest.mark.parametrize("who", ["officer", "contributor", "scrutiny_member", "stranger", "administrator"])
    def test_others(self, stage: Stage, report: CommitteeReport, who: str):
        with pytest.raises(NotAllowedError):
            publish(stage, report, by=getattr(stage.people, who))


def test_later_version_says_what_it_changed(stage: Stage):
    first = published(stage)
    second = start_next(report=first, by=stage.people.officer, now=NOW)
    assert document_of(second).changes == ("Nothing that it says has changed.",)
    written(second, "summary", "Our homes cost £46 million.", by=stage.people.officer)
    previewed = document_of(newest(second)).changes
    after = document_of(publish(stage, second))

    assert after.changes == previewed
    assert "In ‘Summary’, 1 passage has been reworded." in after.changes
    assert any("£46 million is new" in sentence for sentence in after.changes)
    assert after.replaces == first.get_absolute_url()
    assert Event.objects.latest("pk").details["replaces"] == first.number

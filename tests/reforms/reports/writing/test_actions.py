"""Starting a report, wording what stands before it, discarding it, and beginning the next."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from councils.permissions import NotAllowedError
from reforms.base.models import Event
from reforms.reports.layouts import LAYOUTS, Layout
from reforms.reports.models import CommitteeReport
from reforms.reports.writing.actions import (
    FrontValues,
    Outdated,
    ReportError,
    Saved,
    change_front,
    discard_report,
    leave_out,
    start_next,
)
from reforms.reports.writing.freezing import document_of
from tests.builders import make_pillar
from tests.reforms.reports.making import make_committee
from tests.reforms.reports.writing.cast import (
    DRAFT,
    MEETING,
    NOW,
    Stage,
    newest,
    publish,
    published,
    section,
    start,
    texts,
    values_of,
    written,
)

pytestmark = pytest.mark.django_db
FRONT = FrontValues(subject="Another subject", on_behalf_of="The leader", author="B", contact="C")


class TestStart:
    @pytest.mark.parametrize("layout", Layout)
    def test_has_every_section_of_the_layout_in_its_order(self, stage: Stage, layout: Layout):
        report = start(stage, layout=layout)
        rows = list(report.sections.all())

        assert [(row.key, row.heading, row.is_left_out) for row in rows] == [
            (plan.key, plan.heading, plan.is_left_out) for plan in LAYOUTS[layout]
        ]
        assert [row.place for row in rows] == list(range(1, 17))
        assert all(texts(row) for row in rows)

    def test_is_a_draft_of_what_was_given(self, stage: Stage):
        report = newest(start(stage, since=date(2026, 9, 4)))

        assert (report.state, report.number, report.revision, report.has_drafts) == ("draft", 1, 1, False)
        assert (report.started_by, report.started_at) == (stage.people.officer, NOW)
        assert (report.meeting_on, report.as_at, report.since) == (MEETING, NOW.date(), date(2026, 9, 4))
        assert (report.subject, report.on_behalf_of, report.contact) == (
            "Where we stand",
            "The director",
            "democratic services",
        )
        assert list(report.pillars.all()) == [stage.pillar]

    def test_begins_the_history_of_each_section(self, stage: Stage):
        row = section(start(stage))
        edit = row.edits.get()

        assert (edit.based_on, edit.revision, edit.by, edit.at) == (0, 1, stage.people.officer, NOW)
        assert (edit.heading, edit.blocks) == (row.heading, row.blocks)

    def test_is_on_record_without_a_word_of_it(self, stage: Stage):
        report = start(stage)
        event = Event.objects.get(subject=f"report:{report.reference}")

        assert (event.verb, event.by, event.at) == ("start", stage.people.officer, NOW)
        assert (event.organisation, event.state_before, event.state_after) == (stage.people.council.slug, "", "draft")
        assert event.details == {}

    def test_numbers_run_on_within_an_organisation(self, stage: Stage):
        first, second = start(stage), start(stage)
        discard_report(report=second, by=stage.people.officer, now=NOW)
        other = make_committee(stage.people.other_council)
        elsewhere = start(stage, organisation=stage.people.other_council, committee=other, by=stage.people.stranger)

        assert (first.number, second.number, start(stage).number, elsewhere.number) == (1, 2, 3, 1)

    def test_holds_drafts_only_when_asked_and_says_so(self, stage: Stage):
        with_drafts, without = start(stage, with_drafts=True), start(stage)

        assert (newest(with_drafts).has_drafts, newest(without).has_drafts) == (True, False)
        assert section(with_drafts, "background").blocks[-1] == DRAFT.as_values()
        assert DRAFT.text not in str([row.blocks for row in without.sections.all()])

    WRONG: dict[str, tuple[dict[str, Any], str]] = {
        "no subject": ({"subject": "  "}, "what the report is about"),
        "a day to come": ({"as_at_on": date(2026, 11, 22)}, "to today"),
        "before 2020": ({"as_at_on": date(2019, 12, 31)}, "from 1 January 2020"),
        "a meeting before that is later": ({"since": MEETING}, "earlier than the meeting"),
    }

    @pytest.mark.parametrize(("values", "words"), WRONG.values(), ids=WRONG)
    def test_refuses(self, stage: Stage, values: dict[str, Any], words: str):
        with pytest.raises(ReportError, match=words):
            start(stage, **values)

        assert not CommitteeReport.objects.exists()

    def test_today_is_the_day_in_england(self, stage: Stage):
        """Ten to one in the morning there in summer is yesterday in UTC."""
        late = datetime.fromisoformat("2026-07-01T23:50:00+00:00")

        assert start(stage, as_at_on=date(2026, 7, 2), now=late).as_at == date(2026, 7, 2)

    def test_refuses_what_does_not_belong_together(self, stage: Stage):
        with pytest.raises(ReportError, match="committee of the organisation"):
            start(stage, committee=make_committee(stage.people.other_council))
        with pytest.raises(ReportError, match="pillars of the programme"):
            start(stage, pillars=[stage.pillar, make_pillar()])


class TestFront:
    def change(self, report: CommitteeReport, revision: int, values: FrontValues, stage: Stage) -> Saved | Outdated:
        return change_front(report=report, revision=revision, values=values, by=stage.people.second_officer, now=NOW)

    def test_is_stored(self, stage: Stage):
        report = start(stage)
        saved = self.change(report, 1, FRONT, stage)
        now = newest(report)

        assert isinstance(saved, Saved)
        assert (saved.revision, now.revision) == (2, 2)
        assert (now.subject, now.on_behalf_of, now.author, now.contact) == ("Another subject", "The leader", "B", "C")
        assert (now.meeting_on, now.as_at) == (MEETING, NOW.date())  # no day was given

    def test_days_are_stored_where_they_are_given(self, stage: Stage):
        report = start(stage)
        days = {"meeting_on": date(2027, 1, 8), "as_at": date(2026, 11, 1)}
        self.change(report, 1, FrontValues(subject="So", **days), stage)

        assert {name: getattr(newest(report), name) for name in days} == days

    def test_second_of_two_changes_nothing_and_is_told(self, stage: Stage):
        report = start(stage)
        self.change(report, 1, FRONT, stage)
        outcome = self.change(report, 1, FrontValues(subject="Third"), stage)

        assert isinstance(outcome, Outdated)
        assert (outcome.newest.revision, newest(report).subject) == (2, "Another subject")

    def test_same_twice_is_once(self, stage: Stage):
        report = start(stage)
        outcomes = [self.change(report, 1, FRONT, stage) for _ in range(2)]

        assert [(type(each), each.revision) for each in outcomes if isinstance(each, Saved)] == [(Saved, 2)] * 2

    @pytest.mark.parametrize(
        "values",
        [FrontValues(subject=" "), FrontValues(subject="So", as_at=date(2027, 1, 1))],
        ids=["empty", "to-come"],
    )
    def test_refuses_what_a_report_cannot_say(self, stage: Stage, values: FrontValues):
        report = start(stage)
        with pytest.raises(ReportError):
            self.change(report, 1, values, stage)

    def test_refuses_what_is_published(self, stage: Stage):
        report = published(stage)
        with pytest.raises(ReportError, match="has been published"):
            self.change(report, report.revision, FRONT, stage)


class TestDiscard:
    def test_keeps_the_words_and_is_on_record(self, stage: Stage):
        report = start(stage)
        discarded = discard_report(report=report, by=stage.people.officer, now=NOW)
        event = Event.objects.latest("pk")

        assert (discarded.state, newest(report).state) == ("discarded", "discarded")
        assert texts(section(report))
        assert (event.verb, event.state_before, event.state_after) == ("discard", "draft", "discarded")

    def test_refuses_what_is_no_draft(self, stage: Stage):
        report = start(stage)
        discard_report(report=report, by=stage.people.officer, now=NOW)
        for gone in (report, published(stage)):
            with pytest.raises(ReportError, match="It has been"):
                discard_report(report=gone, by=stage.people.officer, now=NOW)


class TestNext:
    def begin(self, report: CommitteeReport, stage: Stage) -> CommitteeReport:
        return start_next(report=report, by=stage.people.officer, now=NOW)

    def test_says_the_same_and_replaces_it(self, stage: Stage):
        first = start(stage)
        written(first, "summary", "As published.", by=stage.people.officer)
        leave_out(section=section(first, "rules"), is_left_out=True, by=stage.people.officer, now=NOW)
        first = publish(stage, first)
        second = newest(self.begin(first, stage))
        before, after = document_of(first), document_of(second)

        assert (second.number, second.state, second.replaces, second.revision) == (2, "draft", first, 1)
        assert after.sections == before.sections
        assert (after.replaces, after.is_draft) == (first.get_absolute_url(), True)
        assert list(second.pillars.all()) == [stage.pillar]

    def test_has_what_was_left_out_on_its_desk(self, stage: Stage):
        first = start(stage)
        leave_out(section=section(first, "rules"), is_left_out=True, by=stage.people.officer, now=NOW)
        second = self.begin(publish(stage, first), stage)

        assert second.sections.count() == 16
        assert [row.key for row in second.sections.filter(is_left_out=True)] == ["rules"]
        assert texts(section(second, "rules")) == texts(section(first, "rules"))

    def test_two_who_begin_share_it(self, stage: Stage):
        first = published(stage)
        drafts = [self.begin(first, stage) for _ in range(2)]

        assert drafts[0] == drafts[1]

    def test_begins_anew_after_one_that_was_discarded(self, stage: Stage):
        first = published(stage)
        discard_report(report=self.begin(first, stage), by=stage.people.officer, now=NOW)

        assert self.begin(first, stage).number == 3

    def test_refuses_where_another_has_taken_its_place(self, stage: Stage):
        first = published(stage)
        publish(stage, self.begin(first, stage))
        with pytest.raises(ReportError, match="taken its place"):
            self.begin(first, stage)

    def test_refuses_a_draft(self, stage: Stage):
        with pytest.raises(ReportError, match="It is a draft"):
            self.begin(start(stage), stage)


class TestWho:
    ACTIONS = ("start", "front", "discard", "next")
    NOBODY = ("contributor", "scrutiny_member", "stranger", "administrator", "deactivated")

    def act(self, action: str, stage: Stage, who: str) -> object:
        by = getattr(stage.people, who)
        if action == "start":
            return start(stage, **values_of(stage) | {"by": by})
        if action == "next":
            return start_next(report=published(stage), by=by, now=NOW)
        report = start(stage)
        if action == "front":
            return change_front(report=report, revision=1, values=FRONT, by=by, now=NOW)
        return discard_report(report=report, by=by, now=NOW)

    @pytest.mark.parametrize("who", NOBODY)
    @pytest.mark.parametrize("action", ACTIONS)
    def test_may_not(self, stage: Stage, action: str, who: str):
        with pytest.raises(NotAllowedError):
            self.act(action, stage, who)

    @pytest.mark.parametrize("who", ["officer", "approver"])
    @pytest.mark.parametrize("action", ACTIONS)
    def test_may(self, stage: Stage, action: str, who: str):
        assert self.act(action, stage, who)

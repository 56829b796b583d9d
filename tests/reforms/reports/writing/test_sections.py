"""Saving, moving and filling sections: no word is lost, none is stored twice, and a draft stays a draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from councils.permissions import NotAllowedError
from reforms.base.models import Event
from reforms.reports.document.values import Block
from reforms.reports.models import CommitteeReport, ReportSection
from reforms.reports.writing import sections
from reforms.reports.writing.actions import (
    Outdated,
    ReportError,
    Saved,
    SetAside,
    discard_report,
    leave_out,
    move_section,
    refill_section,
    save_section,
    settle_edit,
)
from tests.reforms.reports.writing.cast import (
    DRAFT,
    NOW,
    TABLE,
    Stage,
    filled,
    newest,
    published,
    section,
    start,
    texts,
    write,
    written,
)

pytestmark = pytest.mark.django_db
FILLED = "summary for"


@pytest.fixture
def report(stage: Stage) -> CommitteeReport:
    return start(stage)


def save(row: ReportSection, blocks: list[Block], stage: Stage, **values: Any) -> Saved | SetAside:
    given = {"revision": row.revision, "heading": row.heading, "by": stage.people.officer, "now": NOW}
    return save_section(section=row, blocks=blocks, **given | values)


class TestSave:
    def test_stores_the_whole(self, stage: Stage, report: CommitteeReport):
        block = Block("Ours, & <theirs>.", source="programme:a", stamp="p1")
        saved = save(section(report), [block, TABLE], stage, heading="  In   short ")
        row = section(report)

        assert isinstance(saved, Saved)
        assert (saved.revision, row.revision, row.heading) == (2, 2, "In short")
        assert row.blocks == [block.as_values(), TABLE.as_values()]
        assert saved.edit
        assert (saved.edit.based_on, saved.edit.revision, saved.edit.blocks) == (1, 2, row.blocks)

    def test_is_no_event_and_no_change_around_the_sections(self, stage: Stage, report: CommitteeReport):
        before = Event.objects.count()
        written(report, "summary", "Ours.", by=stage.people.officer)

        assert (Event.objects.count(), newest(report).revision) == (before, 1)

    def test_keeps_what_was_filled_in_the_history(self, stage: Stage, report: CommitteeReport):
        written(report, "summary", "Ours.", by=stage.people.officer)
        said = [edit.blocks[0]["text"] for edit in section(report).edits.all()]

        assert [text.startswith(FILLED) for text in said] == [True, False]

    def test_same_words_twice_are_one(self, stage: Stage, report: CommitteeReport):
        """Sent again with the revision of before: a double click, or a page that was sent again."""
        row = section(report)
        outcomes = [write(row, "Ours.", by=stage.people.officer) for _ in range(2)]

        assert [(type(each), each.revision) for each in outcomes] == [(Saved, 2)] * 2
        assert row.edits.count() == 2

    def test_who_saves_what_is_there_has_written_nothing(self, stage: Stage, report: CommitteeReport):
        row = section(report)
        saved = write(row, *texts(row), by=stage.people.officer)  # without its source
        again = section(report)
        assert save(again, [Block.of(each) for each in again.blocks], stage) == Saved(2, NOW)
        assert isinstance(saved, Saved)

    def test_second_of_two_is_set_aside_and_changes_nothing(self, stage: Stage, report: CommitteeReport):
        row = section(report)
        write(row, "Mine.", by=stage.people.officer)
        aside = write(row, "Theirs.", by=stage.people.second_officer)

        assert isinstance(aside, SetAside)
        assert (aside.edit.by, aside.edit.based_on, aside.edit.revision) == (stage.people.second_officer, 1, None)
        assert aside.edit.blocks == [{"text": "Theirs."}]
        assert texts(section(report)) == ["Mine."]

    def test_same_words_are_set_aside_once(self, stage: Stage, report: CommitteeReport):
        row = section(report)
        write(row, "Mine.", by=stage.people.officer)
        asides = [write(row, "Theirs.", by=stage.people.second_officer) for _ in range(3)]

        assert len({each.edit.pk for each in asides}) == 1

    def test_other_sections_are_not_in_the_way(self, stage: Stage, report: CommitteeReport):
        summary, conclusion = section(report), section(report, "conclusion")
        outcomes = [write(row, "Ours.", by=stage.people.officer) for row in (summary, conclusion)]

        assert [type(each) for each in outcomes] == [Saved, Saved]

    @pytest.mark.parametrize("over", ["published", "discarded"])
    def test_what_comes_too_late_is_set_aside(self, stage: Stage, report: CommitteeReport, over: str):
        row = section(report)
        if over == "published":
            row = section(published(stage))
        else:
            discard_report(report=report, by=stage.people.officer, now=NOW)
        aside = write(row, "Too late.", by=stage.people.officer)

        assert isinstance(aside, SetAside)
        assert texts(ReportSection.objects.get(pk=row.pk))[0].startswith(FILLED)

    def test_empty_blocks_and_odd_line_endings_are_not_kept(self, stage: Stage, report: CommitteeReport):
        table = Block("A\r\ntable", rows=(("One\r\n", "Two\r"),))
        save(section(report), [Block(" \n"), Block("One.\r\n\r\nTwo.\r"), table, Block(source="programme:a")], stage)

        assert section(report).blocks == [
            {"text": "One.\n\nTwo.\n"},
            {"text": "A\ntable", "rows": [["One\n", "Two\n"]]},
        ]

    def test_may_become_empty(self, stage: Stage, report: CommitteeReport):
        assert isinstance(save(section(report), [], stage), Saved)
        assert section(report).blocks == []

    def test_has_a_heading(self, stage: Stage, report: CommitteeReport):
        with pytest.raises(ReportError, match="heading"):
            save(section(report), [Block("Ours.")], stage, heading=" \n ")

        assert section(report).revision == 1

    @pytest.mark.parametrize(
        "text",
        ["& < > \" ' # $ @ * _ \\ [ ]", "Zoë Łukasz 李雷 محمد \u202eturned\u202c", "word " * 50_000],
        ids=["marks", "names", "long"],
    )
    def test_keeps_every_character(self, stage: Stage, report: CommitteeReport, text: str):
        written(report, "summary", text, by=stage.people.officer)

        assert texts(section(report)) == [text]


class TestDraftsStayDrafts:
    """Whatever a form sends back."""

    SENT: dict[str, Block] = {
        "as it was": replace(DRAFT, is_draft=False),
        "other words": replace(DRAFT, text="Reworded.", is_draft=False),
        "without its source": Block(DRAFT.text),
    }

    @pytest.fixture
    def report(self, stage: Stage) -> CommitteeReport:
        return start(stage, with_drafts=True)

    @pytest.mark.parametrize("block", SENT.values(), ids=SENT)
    def test_mark_stays(self, stage: Stage, report: CommitteeReport, block: Block):
        save(section(report, "background"), [TABLE, block], stage)
        kept = [each.get("is_draft", False) for each in section(report, "background").blocks]

        assert kept == [False, True]
        assert newest(report).has_drafts

    def test_what_was_published_from_the_same_source_is_none(self, stage: Stage, report: CommitteeReport):
        row, said = section(report, "background"), replace(DRAFT, text="What is published.", is_draft=False)
        ReportSection.objects.filter(pk=row.pk).update(blocks=[said.as_values(), DRAFT.as_values()])
        save(row, [replace(said, text="What is published, reworded."), DRAFT], stage)

        assert [each.get("is_draft", False) for each in section(report, "background").blocks] == [False, True]

    def test_report_without_the_block_holds_none(self, stage: Stage, report: CommitteeReport):
        save(section(report, "background"), [TABLE], stage)

        assert not newest(report).has_drafts

    def test_section_that_is_left_out_does_not_count(self, stage: Stage, report: CommitteeReport):
        row, by = section(report, "background"), stage.people.officer
        leave_out(section=row, is_left_out=True, by=by, now=NOW)
        assert not newest(report).has_drafts
        leave_out(section=row, is_left_out=False, by=by, now=NOW)
        assert newest(report).has_drafts

    def test_words_that_are_set_aside_keep_the_mark(self, stage: Stage, report: CommitteeReport):
        row = section(report, "background")
        save(row, [DRAFT], stage)
        aside = save(row, [replace(DRAFT, is_draft=False), TABLE], stage)

        assert isinstance(aside, SetAside)
        assert aside.edit.blocks[0]["is_draft"]


class TestSettle:
    def aside(self, stage: Stage, report: CommitteeReport) -> Any:
        row = section(report)
        write(row, "Mine.", by=stage.people.officer)
        return write(row, "Theirs.", by=stage.people.second_officer).edit

    def test_stays_in_the_history_and_waits_no_longer(self, stage: Stage, report: CommitteeReport):
        edit = self.aside(stage, report)
        for minute in (1, 2):
            settle_edit(edit=edit, by=stage.people.second_officer, now=NOW.replace(minute=minute))
        edit.refresh_from_db()

        assert edit.settled_at == NOW.replace(minute=1)
        assert not section(report).edits.waiting().exists()

    def test_is_for_whose_words_they_are(self, stage: Stage, report: CommitteeReport):
        with pytest.raises(NotAllowedError):
            settle_edit(edit=self.aside(stage, report), by=stage.people.officer, now=NOW)


class TestMove:
    SECOND_FIRST = ["summary", "since", "actions-required", "background"]
    AS_IT_WAS = ["since", "summary", "actions-required", "background"]
    CASES: dict[str, tuple[str, dict[str, Any], list[str]]] = {
        "up": ("summary", {"up": True}, SECOND_FIRST),
        "down": ("since", {"up": False}, SECOND_FIRST),
        "to a place": ("background", {"place": 1}, ["background", "since", "summary", "actions-required"]),
        "up from the top": ("since", {"up": True}, AS_IT_WAS),
        "beyond the top": ("summary", {"place": -3}, SECOND_FIRST),
        "to where it is": ("summary", {"place": 2}, AS_IT_WAS),
    }

    @pytest.mark.parametrize(("key", "where", "expected"), CASES.values(), ids=CASES)
    def test_goes(self, stage: Stage, report: CommitteeReport, key: str, where: dict[str, Any], expected: list[str]):
        move_section(section=section(report, key), by=stage.people.officer, now=NOW, **where)
        rows = list(report.sections.all())

        assert [row.key for row in rows][:4] == expected
        assert [row.place for row in rows] == list(range(1, 17))
        assert newest(report).revision == (1 if expected == self.AS_IT_WAS else 2)

    def test_beyond_the_end_is_last(self, stage: Stage, report: CommitteeReport):
        for _ in range(2):
            move_section(section=section(report), place=99, by=stage.people.officer, now=NOW)

        assert [row.key for row in report.sections.all()][-1] == "summary"
        assert newest(report).revision == 2  # the second time it was there

    def test_changes_no_words(self, stage: Stage, report: CommitteeReport):
        move_section(section=section(report), up=True, by=stage.people.officer, now=NOW)

        assert {row.revision for row in report.sections.all()} == {1}


class TestLeaveOut:
    def test_and_take_in_again(self, stage: Stage, report: CommitteeReport):
        row, by = section(report), stage.people.officer
        for is_left_out, revision in ((True, 2), (True, 2), (False, 3)):
            leave_out(section=row, is_left_out=is_left_out, by=by, now=NOW)
            assert (section(report).is_left_out, newest(report).revision) == (is_left_out, revision)
        assert texts(section(report)) == texts(row)


class TestRefill:
    def refill(self, row: ReportSection, stage: Stage, **values: Any) -> Saved | Outdated:
        return refill_section(
            section=row, **{"revision": row.revision, "by": stage.people.officer, "now": NOW} | values
        )

    def test_says_what_the_data_say_and_keeps_the_heading(self, stage: Stage, report: CommitteeReport):
        filled_first = section(report).blocks
        save(section(report), [Block("Ours.")], stage, heading="In short")
        saved = self.refill(section(report), stage)
        row = section(report)

        assert isinstance(saved, Saved)
        assert (row.blocks, row.heading, row.revision) == (filled_first, "In short", 3)
        assert [edit.revision for edit in row.edits.all()] == [1, 2, 3]

    def test_asks_for_all_that_the_report_is_about(self, stage: Stage, report: CommitteeReport, monkeypatch):
        asked: list[dict[str, Any]] = []

        def fill(**values: Any) -> Any:
            asked.append(values)
            return filled(**values)

        monkeypatch.setattr(sections, "fill", fill)
        self.refill(section(report), stage, with_drafts=True)
        as_at = asked[0].pop("as_at")

        assert (as_at.day, as_at.now) == (report.as_at, NOW)
        assert asked == [
            {
                "organisation": stage.people.council,
                "programme": stage.pillar.programme,
                "pillars": [stage.pillar],
                "layout": "scrutiny",
                "depth": "every",
                "committee_name": stage.committee.name,
                "meeting_on": report.meeting_on,
                "since": None,
                "drafts_of": stage.people.officer,
            }
        ]

    def test_is_without_drafts_unless_they_are_asked_for(self, stage: Stage):
        report = start(stage, with_drafts=True)
        for with_drafts in (False, True):
            self.refill(section(report, "background"), stage, with_drafts=with_drafts)
            assert newest(report).has_drafts == with_drafts

    def test_same_again_writes_nothing(self, stage: Stage, report: CommitteeReport):
        assert self.refill(section(report), stage) == Saved(1, NOW)
        assert section(report).edits.count() == 1

    def test_changes_nothing_that_was_not_on_the_screen(self, stage: Stage, report: CommitteeReport):
        row = section(report)
        write(row, "Just saved.", by=stage.people.second_officer)
        outcome = self.refill(row, stage)

        assert isinstance(outcome, Outdated)
        assert (outcome.newest.revision, texts(section(report))) == (2, ["Just saved."])


ACTS: dict[str, Callable[[ReportSection, Any], Any]] = {
    "save": lambda row, by: write(row, "Ours.", by=by),
    "move": lambda row, by: move_section(section=row, up=True, by=by, now=NOW),
    "leave-out": lambda row, by: leave_out(section=row, is_left_out=True, by=by, now=NOW),
    "refill": lambda row, by: refill_section(section=row, revision=1, by=by, now=NOW),
    "settle": lambda row, by: settle_edit(edit=row.edits.get(), by=by, now=NOW),
}


@pytest.mark.parametrize("who", ["contributor", "scrutiny_member", "stranger", "administrator", "deactivated"])
@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_others_may_not(stage: Stage, report: CommitteeReport, act: Callable[..., Any], who: str):
    with pytest.raises(NotAllowedError):
        act(section(report), getattr(stage.people, who))

    assert (section(report).revision, newest(report).revision) == (1, 1)


@pytest.mark.parametrize("act", ["move", "leave-out", "refill"])
def test_what_is_published_stays(stage: Stage, act: str):
    with pytest.raises(ReportError, match="has been published"):
        ACTS[act](section(published(stage)), stage.people.officer)

"""Several people at once, on real connections: every word that was said to be saved is there, nobody publishes what
they have not read, and no number is given twice. With the checks switched off, none of it is so.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from threading import Barrier
from threading import Event as Signal
from typing import Any

import pytest
from django.db import IntegrityError

from reforms.base.models import Event, User
from reforms.reports.document.values import Block
from reforms.reports.models import CommitteeReport, ReportSection, SectionEdit
from reforms.reports.writing import actions, publishing, sections
from reforms.reports.writing.actions import (
    ReportError,
    Saved,
    SetAside,
    change_front,
    leave_out,
    move_section,
    save_section,
    settle_edit,
    start_next,
)
from reforms.reports.writing.outcomes import FrontValues
from tests.councils.writing.at_once import Office, meeting, wait_or_be_quick
from tests.reforms.reports.writing.cast import (
    NOW,
    Stage,
    as_read,
    make_stage,
    newest,
    publish,
    published,
    section,
    start,
    texts,
    write,
)

Save = Callable[..., Saved | SetAside]
TIMES = 5


@pytest.fixture
def stage(office: Office) -> Stage:
    return office.alone(make_stage)


# --- Many write ---------------------------------------------------------------------------------------------------

SIZES = [
    pytest.param(4, 6, id="four-writers-six-saves"),
    pytest.param(8, 50, id="eight-writers-fifty-saves", marks=pytest.mark.long),
]


@dataclass(frozen=True)
class Desk:
    """One writer, who adds words to a section."""

    row: ReportSection
    by: User
    name: str
    save: Save

    def add(self, count: int) -> list[str]:
        """Add that many words, one save for each; returns those that were said to be saved."""
        return [self.add_one(f"{self.name}-{number}") for number in range(count)]

    def add_one(self, word: str) -> str:
        """Read, add the word, save; where the words are set aside, read again, merge, save, and settle."""
        aside = []
        while True:
            there = ReportSection.objects.select_related("report").get(pk=self.row.pk)
            said = Block(f"{' '.join(texts(there))} {word}".strip())
            result = self.save(
                section=there, revision=there.revision, heading=there.heading, blocks=[said], by=self.by, now=NOW
            )
            if isinstance(result, Saved):
                break
            aside.append(result.edit)
        for edit in aside:
            settle_edit(edit=edit, by=self.by, now=NOW)
        return word


def together(office: Office, stage: Stage, *, writers: int, saves: int, save: Save) -> tuple[ReportSection, list[str]]:
    """The section as it is when all have written, and every word that was said to be saved."""
    people = [stage.people.officer, stage.people.second_officer, stage.people.approver, stage.people.second_approver]
    row = office.alone(lambda: empty(section(start(stage)), stage))
    desks = [Desk(row, people[number % 4], f"w{number}", save) for number in range(writers)]
    said = office.at_once(*(partial(desk.add, saves) for desk in desks))
    return office.alone(lambda: ReportSection.objects.get(pk=row.pk)), [word for words in said for word in words]


def empty(row: ReportSection, stage: Stage) -> ReportSection:
    write(row, by=stage.people.officer)
    return row


def lost(row: ReportSection, words: list[str]) -> list[str]:
    return sorted(set(words) - set(" ".join(texts(row)).split()))


@pytest.mark.parametrize(("writers", "saves"), SIZES)
def test_every_word_that_was_said_to_be_saved_is_there(office: Office, stage: Stage, writers: int, saves: int):
    row, words = together(office, stage, writers=writers, saves=saves, save=meeting(writers, save_section))

    def look() -> tuple[int, Counter[bool], int]:
        edits = SectionEdit.objects.filter(section=row)
        asides = Counter(edits.values_list("is_set_aside", flat=True))
        last = edits.get(revision=row.revision)
        return edits.waiting().count(), asides, last.blocks == row.blocks

    waiting, asides, is_last = office.alone(look)
    assert len(words) == writers * saves
    assert lost(row, words) == []
    assert Counter(" ".join(texts(row)).split()) == Counter(words)  # and each is there once
    assert row.revision == asides[False] == len(words) + 2  # as filled, and emptied
    assert asides[True] > 0  # they did come in each other's way
    assert (waiting, is_last) == (0, True)


@pytest.mark.parametrize(("writers", "saves"), SIZES)
def test_without_the_check_some_would_be_lost(office: Office, stage: Stage, writers: int, saves: int):
    row, words = together(
        office, stage, writers=writers, saves=saves, save=meeting(writers, save_over_whatever_there_is)
    )

    assert len(words) == writers * saves
    assert len(lost(row, words)) > 0


def save_over_whatever_there_is(*, section: ReportSection, blocks: list[Block], **values: Any) -> Saved:
    """A plain edit form: what stands in the database is not looked at."""
    ReportSection.objects.filter(pk=section.pk).update(blocks=[block.as_values() for block in blocks])
    return Saved(section.revision + 1, NOW)


def test_history_would_not_take_a_second_save_on_a_revision_either(office: Office, stage: Stage, monkeypatch):
    """A second line: were the condition forgotten, who comes second would get an error and not a “saved”."""

    def store(section: ReportSection, revision: int, heading: str, words: Any) -> bool:
        return bool(ReportSection.objects.filter(pk=section.pk).update(blocks=words))

    def write_over() -> None:
        row = section(start(stage))
        write(row, "First.", by=stage.people.officer)
        monkeypatch.setattr(sections, "_store", store)
        with pytest.raises(IntegrityError):
            write(row, "Second.", by=stage.people.second_officer)
        assert texts(ReportSection.objects.get(pk=row.pk)) == ["First."]

    office.alone(write_over)


# --- Somebody publishes while somebody edits ----------------------------------------------------------------------

RACES = [pytest.param(9, id="nine-races"), pytest.param(100, id="hundred-races", marks=pytest.mark.long)]


@dataclass(frozen=True)
class Race:
    """A report that an approver has read and publishes, while an officer edits a section of it.

    In every third race the officer has done before the approver begins, and in every third the other way round; in the
    others anybody may be first, at any step.
    """

    number: int
    read: CommitteeReport
    row: ReportSection
    screen: dict[str, int]
    edited: Signal = field(default_factory=Signal)
    approved: Signal = field(default_factory=Signal)

    def edit(self, stage: Stage) -> None:
        wait_or_be_quick(self.approved, self.number % 3 == 1)
        write(self.row, "As edited.", by=stage.people.officer)  # set aside, if it has been published
        self.edited.set()

    def approve(self, stage: Stage) -> None:
        wait_or_be_quick(self.edited, self.number % 3 == 0)
        with suppress(ReportError):  # it has changed
            publish(stage, self.read, revision=1, read=self.screen)
        self.approved.set()

    def outcome(self) -> tuple[bool, bool, bool]:
        """Whether it was published, whether anybody reads what was edited then, and whether those words are lost."""
        after, row = newest(self.read), ReportSection.objects.get(pk=self.row.pk)
        is_kept = texts(row) == ["As edited."] or row.edits.waiting().exists()
        return after.state == "published", "As edited." in str(after.frozen), not is_kept


def run_races(office: Office, stage: Stage, count: int) -> list[tuple[bool, bool, bool]]:
    def make(number: int) -> Race:
        report = start(stage)
        return Race(number, report, section(report), as_read(report))

    races = office.alone(lambda: [make(number) for number in range(count)])
    line = Barrier(2, timeout=60)

    def run(step: Callable[[Race, Stage], None]) -> None:
        for each in races:
            line.wait()
            step(each, stage)

    office.at_once(partial(run, Race.edit), partial(run, Race.approve))
    return office.alone(lambda: [each.outcome() for each in races])


@pytest.mark.parametrize("count", RACES)
def test_nothing_is_published_that_the_approver_did_not_read(office: Office, stage: Stage, count: int):
    """Each of the two was first at times; and what the officer wrote is saved, or set aside."""
    assert set(run_races(office, stage, count)) == {(True, False, False), (False, False, False)}


@pytest.mark.parametrize("count", RACES)
def test_without_the_check_something_would_be(office: Office, stage: Stage, monkeypatch, count: int):
    monkeypatch.setattr(publishing, "check_as_read", lambda *_, **__: None)

    assert (True, True, False) in run_races(office, stage, count)


def test_who_edits_waits_until_it_is_published(office: Office, stage: Stage, monkeypatch):
    """The officer begins between the approver's look at the sections and the freezing, and is set aside."""
    if office.url.startswith("sqlite"):
        pytest.skip("SQLite lets nobody write there: the approver has begun to")
    report = office.alone(lambda: start(stage))
    row, begun = office.alone(lambda: section(report)), Signal()
    freeze = publishing.frozen

    def frozen_late(*values: Any, **named: Any) -> Any:
        begun.set()
        time.sleep(0.5)
        return freeze(*values, **named)

    def edit() -> Any:
        begun.wait(20)
        return write(row, "As edited.", by=stage.people.officer)

    monkeypatch.setattr(publishing, "frozen", frozen_late)
    after, outcome = office.at_once(partial(publish, stage, report), edit)

    assert isinstance(outcome, SetAside)
    assert "As edited." not in str(after.frozen)


# --- Two do the same ----------------------------------------------------------------------------------------------


def outcome(work: Callable[[], Any]) -> str:
    """What a person is told."""
    try:
        return type(work()).__name__
    except ReportError as error:
        return type(error).__name__


def test_two_approvers_at_once_publish_it_once(office: Office, stage: Stage):
    for number in range(1, TIMES + 1):
        report = office.alone(lambda: start(stage))
        people = (stage.people.approver, stage.people.second_approver)
        told = office.at_once(*(partial(outcome, partial(publish, stage, report, by=by)) for by in people))

        assert sorted(told) == ["CommitteeReport", "ReportError"]
        assert office.alone(lambda: Event.objects.filter(verb="publish").count()) == number


def test_who_start_at_once_get_a_number_each(office: Office, stage: Stage):
    for number in range(TIMES):
        reports = office.at_once(*[partial(start, stage)] * 3)

        assert sorted(each.number for each in reports) == [3 * number + 1, 3 * number + 2, 3 * number + 3]


def test_without_the_lock_they_would_get_the_same(office: Office, stage: Stage, monkeypatch):
    """All look before any of them writes; the database lets one of them in."""
    if office.url.startswith("sqlite"):
        pytest.skip("SQLite has one writer at a time, who looks after the one before has written")
    line = Barrier(3, timeout=20)

    def next_number(organisation: Any) -> int:
        last = CommitteeReport.objects.filter(organisation=organisation).count()
        line.wait()
        return last + 1

    def begin() -> str:
        try:
            return str(start(stage).number)
        except IntegrityError:
            return "refused"

    monkeypatch.setattr(actions, "next_number", next_number)

    assert sorted(office.at_once(*[begin] * 3)) == ["1", "refused", "refused"]


def test_two_who_begin_the_next_at_once_share_it(office: Office, stage: Stage):
    for _ in range(TIMES):
        first = office.alone(lambda: published(stage))
        people = (stage.people.officer, stage.people.second_officer)
        drafts = office.at_once(*(partial(start_next, report=first, by=by, now=NOW) for by in people))

        assert drafts[0].pk == drafts[1].pk


def test_saved_twice_at_once_is_saved_once(office: Office, stage: Stage):
    """A double click: both are told that it is saved, and it is there once."""
    for _ in range(TIMES):
        row = office.alone(lambda: section(start(stage)))
        told = office.at_once(*[partial(outcome, partial(write, row, "Once.", by=stage.people.officer))] * 2)

        assert told == ["Saved", "Saved"]
        assert office.alone(lambda row=row: row.edits.count()) == 2  # as filled, and once


def test_front_changed_twice_at_once_is_one_of_them(office: Office, stage: Stage):
    for _ in range(TIMES):
        report = office.alone(lambda: start(stage))
        change = partial(change_front, report=report, revision=1, by=stage.people.officer, now=NOW)
        told = office.at_once(
            *(partial(outcome, partial(change, values=FrontValues(subject=subject))) for subject in ("One", "Two"))
        )

        assert sorted(told) == ["Outdated", "Saved"]


def test_moved_and_left_out_at_once_all_count(office: Office, stage: Stage):
    """No order is lost, no place is given twice."""
    numbers = count(1)
    report = office.alone(lambda: start(stage))
    rows = office.alone(lambda: list(report.sections.select_related("report")))

    def arrange(row: ReportSection) -> None:
        for _ in range(4):
            move_section(section=row, place=next(numbers) % 16 + 1, by=stage.people.officer, now=NOW)
        leave_out(section=row, is_left_out=True, by=stage.people.officer, now=NOW)

    office.at_once(*(partial(arrange, row) for row in rows[:3]))
    after = office.alone(lambda: list(report.sections.all()))

    assert [row.place for row in after] == list(range(1, 17))
    assert {row.key for row in after} == {row.key for row in rows}
    assert {row.key for row in after if row.is_left_out} == {row.key for row in rows[:3]}

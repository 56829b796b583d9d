"""Fixtures are loaded as ever after somebody has published here; what was written here stays as it is."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from councils.models import Claim, PositionVersion
from councils.writing.actions import save_draft, start_draft
from councils.writing.contents import Content
from councils.writing.moves import publish_position, submit_position
from councils.writing.rows import content_of
from councils.writing.subjects import subject_of
from reforms.base.loading.plan import Outcome
from tests.loading_desk import AMBRIDGE_FILE, PILLAR_FILE, Desk
from tests.reforms.pages.making import make_member

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def publish_the_next(text: str) -> PositionVersion:
    """A version written here takes the place of the one that was loaded."""
    position = PositionVersion.objects.get(number=1).position
    officer, approver = (make_member(position.organisation, role) for role in ("officer", "approver"))
    subject = subject_of(position)
    draft = start_draft(organisation=position.organisation, subject=subject, by=officer, now=NOW)
    save_draft(version=draft, revision=1, content=Content(text=text), by=officer, now=NOW)
    version = submit_position(version=draft, revision=2, by=officer, now=NOW)
    return publish_position(version=version, revision=3, by=approver, now=NOW)


def rows() -> tuple[list, list]:
    return list(PositionVersion.objects.order_by("pk").values()), list(Claim.objects.order_by("pk").values())


@pytest.fixture
def written(desk: Desk) -> PositionVersion:
    desk.load()
    return publish_the_next("Warmer now.")


def test_same_files_change_nothing(desk: Desk, written: PositionVersion):
    before = rows()

    assert desk.load().is_quiet
    assert rows() == before


def test_version_of_the_file_stays_superseded(desk: Desk, written: PositionVersion):
    """The file still says that it is published: nobody who publishes here edits files."""
    desk.change(AMBRIDGE_FILE, "text: Our homes are warm.", "text: Our homes are hot.")
    before = rows()
    result = desk.load()

    assert result.is_quiet
    assert "position_version" in {decision.record.kind.name for decision in result.plan.having(Outcome.LEFT)}
    assert rows() == before
    assert PositionVersion.objects.get(number=1).state == "superseded"


def test_rest_of_the_files_is_loaded(desk: Desk, written: PositionVersion):
    desk.change(PILLAR_FILE, "title: Seal every window", "title: Seal all windows")

    assert desk.load().changed == 1
    assert content_of(PositionVersion.objects.get(pk=written.pk)).text == "Warmer now."


def test_a_later_version_in_the_file_is_left_out(desk: Desk, written: PositionVersion):
    """Though it has the number of one that was written here."""
    desk.change(AMBRIDGE_FILE, "- number: 1\n", "- number: 2\n")
    before = rows()
    desk.load()

    assert rows() == before


def test_two_published_versions_in_a_file_are_still_a_mistake(desk: Desk):
    desk.load()
    desk.change(AMBRIDGE_FILE, "- number: 1\n", "- number: 2\n")

    assert "mark the earlier one superseded" in desk.mistakes()[0]


def test_public_reads_the_one_that_was_written(desk: Desk, written: PositionVersion):
    desk.load()

    assert list(PositionVersion.objects.public(on=date(2026, 11, 21))) == [written]

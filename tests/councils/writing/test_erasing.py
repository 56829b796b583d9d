"""Erasing for good: a tombstone stands where the words were, and no table holds any of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.apps import apps
from django.db import models
from django.db.models import F, Func
from django.db.models.functions import Cast as Convert

from councils.models import PositionVersion
from councils.permissions import NotAllowedError
from councils.writing.actions import SetAside, save_draft
from councils.writing.contents import Consequence, Content, Point
from councils.writing.moves import erase_version, publish_position, return_position, submit_position, withdraw_position
from councils.writing.subjects import Subject
from councils.writing.workflow import MoveError
from reforms.base.models import Event
from tests.councils.writing.cast import NOW, Cast, covering, later, newest, published, start, write

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CANARY = "canary-5f2b"
REASON = "It named a child."


def places(word: str) -> Iterator[str]:
    """Every column of the database, of whatever kind, in which the word stands."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            text = Func(Convert(F(field.name), models.TextField()), function="lower")
            if model._base_manager.annotate(as_text=text).filter(as_text__contains=word).exists():
                yield f"{model._meta.label}.{field.name}"


def full_of_it(subject: Subject) -> Content:
    point = Point(kind="fact", text=CANARY, figure=CANARY, as_at=CANARY, evidence=CANARY)
    impact = Consequence(area="staff", summary=CANARY, unit=CANARY)
    return covering(subject, Content(text=f"About {CANARY}.", points=(point,), impacts=(impact,)))


def taken_all_the_way(cast: Cast, subject: Subject) -> PositionVersion:
    """The word in every place it can come to: text, parts, history, what was set aside, and reasons."""
    words = full_of_it(subject)
    version = start(cast, subject)
    write(version, words, by=cast.officer)
    aside = save_draft(
        version=version, revision=1, content=replace(words, text=CANARY), by=cast.second_officer, now=NOW
    )
    assert isinstance(aside, SetAside)
    version = submit_position(version=version, revision=2, by=cast.officer, now=NOW)
    version = return_position(version=version, revision=3, reason=f"Not {CANARY}.", by=cast.approver, now=NOW)
    version = submit_position(version=version, revision=4, by=cast.officer, now=NOW)
    return publish_position(version=version, revision=5, by=cast.approver, now=NOW)


def erase(version: PositionVersion, cast: Cast, reason: str = REASON) -> PositionVersion:
    return erase_version(version=version, reason=reason, by=cast.second_approver, now=later(days=3))


def test_word_stands_in_all_these_places_before(cast: Cast, subject: Subject):
    """So that the search below is known to find something."""
    taken_all_the_way(cast, subject)
    start(cast, subject, by=cast.second_officer)

    assert set(places(CANARY)) == {
        "councils.Claim.text",
        "councils.Claim.figure_words",
        "councils.Claim.as_at",
        "councils.Claim.evidence",
        "councils.Decision.reason",
        "councils.Edit.text",
        "councils.Edit.rest",
        "councils.Impact.summary",
        "councils.Impact.unit",
        "councils.PositionVersion.text",
        "councils.PositionVersion.draft",
    }


def test_none_holds_it_after(cast: Cast, subject: Subject):
    erase(taken_all_the_way(cast, subject), cast)

    assert list(places(CANARY)) == []


@pytest.mark.parametrize("state", ["draft", "submitted", "withdrawn"])
def test_none_holds_it_whatever_the_state_was(cast: Cast, subject: Subject, state: str):
    if state == "withdrawn":
        version = published(cast, subject, full_of_it(subject))
        version = withdraw_position(
            version=version, revision=version.revision, reason=CANARY, by=cast.approver, now=NOW
        )
    else:
        version = start(cast, subject)
        write(version, full_of_it(subject), by=cast.officer)
    if state == "submitted":
        version = submit_position(version=version, revision=2, by=cast.officer, now=NOW)
    erase(version, cast)

    assert list(places(CANARY)) == []
    assert newest(version).reason == REASON


def test_leaves_a_tombstone(cast: Cast, subject: Subject):
    before = taken_all_the_way(cast, subject)
    after = erase(before, cast)

    assert (after.text, after.draft, after.reason, after.erased_at) == ("", None, REASON, later(days=3))
    assert (after.state, after.published_on, after.published_by) == ("published", before.published_on, cast.approver)
    assert (after.claims.count(), after.impacts.count(), after.covers.count()) == (0, 0, 2)
    assert after in PositionVersion.objects.public(on=NOW.date())


def test_keeps_who_wrote_and_who_decided(cast: Cast, subject: Subject):
    version = taken_all_the_way(cast, subject)
    authors = set(version.edits.values_list("by", "at", "revision"))
    moves = list(version.decisions.values_list("move", "by", "at"))
    erase(version, cast)

    assert set(version.edits.values_list("by", "at", "revision")) == authors
    assert list(version.decisions.values_list("move", "by", "at"))[:-1] == moves


def test_has_an_event_without_words(cast: Cast, subject: Subject):
    version = taken_all_the_way(cast, subject)
    erase(version, cast)
    event = Event.objects.get(subject=f"position:{version.reference}", verb="erase")

    assert (event.by, event.at) == (cast.second_approver, later(days=3))
    assert (event.state_before, event.state_after) == ("published", "published")
    assert event.details == {"version": 1, "revision": 7}


def test_tombstone_keeps_its_words_when_the_next_version_takes_its_place(cast: Cast, subject: Subject):
    first = published(cast, subject)
    erase(first, cast)
    published(cast, subject, "Next.")

    assert (newest(first).state, newest(first).reason) == ("superseded", REASON)


def test_tombstone_keeps_its_words_when_it_is_withdrawn(cast: Cast, subject: Subject):
    version = erase(published(cast, subject), cast)
    withdraw_position(version=version, revision=version.revision, reason="Old.", by=cast.approver, now=NOW)

    assert (newest(version).state, newest(version).reason) == ("withdrawn", REASON)
    assert version.decisions.get(move="withdraw").reason == "Old."


def test_open_draft_is_discarded_so_that_nobody_writes_on_a_tombstone(cast: Cast, subject: Subject):
    version = start(cast, subject)
    write(version, full_of_it(subject), by=cast.officer)
    erase(version, cast)
    event = Event.objects.get(subject=f"position:{version.reference}", verb="erase")

    assert (newest(version).state, event.state_before, event.state_after) == ("discarded", "draft", "discarded")
    assert start(cast, subject).number == 2


def test_words_that_come_after_are_erased_in_their_turn(cast: Cast, subject: Subject):
    """Somebody was typing, and their words were set aside."""
    version = start(cast, subject)
    write(version, full_of_it(subject), by=cast.officer)
    erase(version, cast)
    save_draft(version=version, revision=2, content=Content(text=CANARY), by=cast.officer, now=NOW)
    assert list(places(CANARY)) == ["councils.Edit.text"]
    erase(newest(version), cast)

    assert list(places(CANARY)) == []


def test_twice_is_refused(cast: Cast, subject: Subject):
    version = erase(published(cast, subject), cast)
    with pytest.raises(MoveError, match="erased already"):
        erase(version, cast, "Again.")

    assert newest(version).reason == REASON


@pytest.mark.parametrize("reason", ["", " \n"])
def test_reason_is_needed(cast: Cast, subject: Subject, reason: str):
    version = published(cast, subject)
    with pytest.raises(MoveError, match="Give a reason"):
        erase(version, cast, reason)

    assert newest(version).text


@pytest.mark.parametrize(
    "person", ["contributor", "officer", "scrutiny_member", "stranger", "administrator", "deactivated"]
)
def test_by_anybody_but_an_approver_is_refused(cast: Cast, subject: Subject, person: str):
    version = published(cast, subject)
    with pytest.raises(NotAllowedError):
        erase_version(version=version, reason=REASON, by=getattr(cast, person), now=NOW)

    assert newest(version).text


def test_other_versions_stay(cast: Cast, subject: Subject):
    first, second = published(cast, subject, "First."), published(cast, subject, "Second.")
    erase(first, cast)

    assert (newest(second).text, second.edits.get().text) == ("Second.", "Second.")

"""Several people at once, on real connections: every word that was said to be saved is there, and nobody publishes
what they have not read. With the check of the revision switched off, neither is so.
"""

from __future__ import annotations

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

from councils.models import Decision, Edit, Position, PositionVersion
from councils.models.positions import PositionVersionQuerySet
from councils.writing import moves
from councils.writing.actions import Saved, SetAside, save_draft, settle_edit, start_draft
from councils.writing.contents import Content
from councils.writing.moves import publish_position, submit_position, take_back_position
from councils.writing.subjects import Subject
from councils.writing.workflow import Move, MoveError, check_move
from reforms.base.models import Event, User
from tests.councils.writing.at_once import Office, meeting, wait_or_be_quick
from tests.councils.writing.cast import NOW, Cast, make_cast, make_subject, newest, start, submitted, write

pytestmark = pytest.mark.once

Save = Callable[..., Saved | SetAside]


@pytest.fixture
def cast(office: Office) -> Cast:
    return office.alone(make_cast)


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The condition on the revision is gone, from what is asked and from the UPDATE: all else is as in service."""
    ask = PositionVersionQuerySet.filter

    def ask_of_any_revision(self: Any, *conditions: Any, **values: Any) -> Any:
        return ask(self, *conditions, **{name: value for name, value in values.items() if name != "revision"})

    def as_it_is(version: PositionVersion, revision: int) -> PositionVersion:
        return PositionVersion.objects.select_related(*moves.JOINED).get(pk=version.pk)

    monkeypatch.setattr(PositionVersionQuerySet, "filter", ask_of_any_revision)
    monkeypatch.setattr(moves, "_as_read", as_it_is)


# --- Many write ---------------------------------------------------------------------------------------------------

SIZES = [
    pytest.param(4, 6, id="four-writers-six-saves"),
    pytest.param(8, 50, id="eight-writers-fifty-saves", marks=pytest.mark.long),
]


@dataclass(frozen=True)
class Desk:
    """One writer, who adds words to a draft."""

    version: PositionVersion
    by: User
    name: str
    save: Save

    def add(self, count: int) -> list[str]:
        """Add that many words, one save for each; returns those that were said to be saved."""
        return [word for word in (f"{self.name}-{number}" for number in range(count)) if self.add_one(word)]

    def add_one(self, word: str) -> bool:
        """Read, add the word, save; where the words are set aside, read again, merge, save, and settle."""
        aside = []
        while True:
            there = newest(self.version)
            content = Content(text=f"{there.text} {word}".strip())
            result = self.save(version=there, revision=there.revision, content=content, by=self.by, now=NOW)
            if isinstance(result, Saved):
                break
            aside.append(result.edit)
        for edit in aside:
            settle_edit(edit=edit, by=self.by, now=NOW)
        return True


def together(office: Office, cast: Cast, *, writers: int, saves: int, save: Save) -> tuple[PositionVersion, list[str]]:
    """The draft as it is when all have written, and every word that was said to be saved."""
    people = [cast.officer, cast.second_officer, cast.approver, cast.contributor]
    draft = office.alone(lambda: start(cast))
    desks = [Desk(draft, people[number % 4], f"w{number}", save) for number in range(writers)]
    said = office.at_once(*(partial(desk.add, saves) for desk in desks))
    return office.alone(lambda: newest(draft)), [word for words in said for word in words]


def lost(version: PositionVersion, words: list[str]) -> list[str]:
    return sorted(set(words) - set(version.text.split()))


@pytest.mark.parametrize(("writers", "saves"), SIZES)
def test_every_word_that_was_said_to_be_saved_is_there(office: Office, cast: Cast, writers: int, saves: int):
    version, words = together(office, cast, writers=writers, saves=saves, save=meeting(writers, save_draft))

    def look() -> tuple[int, Counter[bool], int]:
        edits = Edit.objects.filter(version=version)
        asides = Counter(edits.values_list("is_set_aside", flat=True))
        return edits.waiting().count(), asides, edits.filter(revision=version.revision, text=version.text).count()

    waiting, asides, last = office.alone(look)
    assert len(words) == writers * saves
    assert lost(version, words) == []
    assert Counter(version.text.split()) == Counter(words)  # and each is there once
    assert version.revision == asides[False] + 1 == len(words) + 1
    assert asides[True] > 0  # they did come in each other's way
    assert (waiting, last) == (0, 1)


@pytest.mark.parametrize(("writers", "saves"), SIZES)
def test_without_the_check_some_would_be_lost(office: Office, cast: Cast, writers: int, saves: int):
    version, words = together(
        office, cast, writers=writers, saves=saves, save=meeting(writers, save_over_whatever_there_is)
    )

    assert len(words) == writers * saves
    assert len(lost(version, words)) > 0


def save_over_whatever_there_is(*, version: PositionVersion, content: Content, **values: Any) -> Saved:
    """A plain edit form: what stands in the database is not looked at."""
    PositionVersion.objects.filter(pk=version.pk).update(text=content.text, draft=content.rest)
    return Saved(version.revision + 1, NOW)


def test_history_would_not_take_a_second_save_on_a_revision_either(office: Office, cast: Cast, unchecked):
    """A second line: were the condition forgotten, who comes second would get an error and not a “saved”."""

    def write_over() -> None:
        draft = start(cast)
        write(draft, "First.", by=cast.officer)
        with pytest.raises(IntegrityError):
            save_draft(version=draft, revision=1, content=Content(text="Second."), by=cast.second_officer, now=NOW)
        assert newest(draft).text == "First."

    office.alone(write_over)


# --- Somebody approves while somebody edits -----------------------------------------------------------------------

RACES = [pytest.param(9, id="nine-races"), pytest.param(200, id="two-hundred-races", marks=pytest.mark.long)]


@dataclass(frozen=True)
class Race:
    """A version that an approver has read and publishes, while an officer takes it back, edits it and submits it again.

    In every third race the officer has done before the approver begins, and in every third the other way round; in the
    others anybody may be first, at any step.
    """

    number: int
    read: PositionVersion
    edited: Signal = field(default_factory=Signal)
    approved: Signal = field(default_factory=Signal)

    def edit(self, cast: Cast) -> None:
        wait_or_be_quick(self.approved, self.number % 3 == 1)
        version, by = self.read, cast.officer
        with suppress(MoveError):  # it has been published
            take_back_position(version=version, revision=version.revision, by=by, now=NOW)
            write(version, "As edited.", by=by)
            submit_position(version=version, revision=newest(version).revision, by=by, now=NOW)
        self.edited.set()

    def approve(self, cast: Cast) -> None:
        wait_or_be_quick(self.edited, self.number % 3 == 0)
        with suppress(MoveError):  # it has changed, or it is no longer submitted
            publish_position(version=self.read, revision=self.read.revision, by=cast.approver, now=NOW)
        self.approved.set()

    def published(self) -> str:
        """The words that anybody reads now, if any."""
        after = newest(self.read)
        return after.text if after.state == "published" else ""


def what_is_published(office: Office, cast: Cast, count: int) -> list[str]:
    """After each of so many races: all were “As submitted.” when the approver read them."""
    make = partial(submitted, cast, content="As submitted.")
    races = office.alone(lambda: [Race(number, make()) for number in range(count)])
    line = Barrier(2, timeout=60)

    def run(step: Callable[[Race, Cast], None]) -> None:
        for each in races:
            line.wait()
            step(each, cast)

    office.at_once(partial(run, Race.edit), partial(run, Race.approve))
    return office.alone(lambda: [each.published() for each in races])


@pytest.mark.parametrize("count", RACES)
def test_nothing_is_published_that_the_approver_did_not_read(office: Office, cast: Cast, count: int):
    """And each of the two was first at times."""
    assert set(what_is_published(office, cast, count)) == {"", "As submitted."}


@pytest.mark.parametrize("count", RACES)
def test_without_the_check_something_would_be(office: Office, cast: Cast, unchecked, count: int):
    assert "As edited." in what_is_published(office, cast, count)


def test_condition_stands_in_the_update_itself(office: Office, cast: Cast, monkeypatch: pytest.MonkeyPatch):
    """The officer is so quick that all of it happens between the approver's last look and the UPDATE."""
    if office.url.startswith("sqlite"):
        pytest.skip("SQLite lets nobody write there: the approver has begun to")
    each = Race(2, office.alone(partial(submitted, cast, content="As submitted.")))
    looks = count(1)

    def look(move: Move, **values: Any) -> str:
        after = check_move(move, **values)
        if move == Move.PUBLISH and next(looks) == 2:
            office.at_once(partial(each.edit, cast))
        return after

    monkeypatch.setattr(moves, "check_move", look)
    office.alone(partial(each.approve, cast))

    assert each.edited.is_set()
    assert office.alone(lambda: newest(each.read).text) == "As edited."
    assert office.alone(each.published) == ""


# --- Two do the same ----------------------------------------------------------------------------------------------


def outcome(work: Callable[[], Any]) -> str:
    """What a person is told."""
    try:
        return type(work()).__name__
    except MoveError as error:
        return type(error).__name__


def count_events(office: Office, verb: str) -> tuple[int, int]:
    """How many events and decisions there are of the kind."""
    return office.alone(
        lambda: (Event.objects.filter(verb=verb).count(), Decision.objects.filter(move=verb).count()),
    )


TIMES = 5


def test_two_approvers_at_once_publish_it_once(office: Office, cast: Cast):
    for number in range(1, TIMES + 1):
        version = office.alone(lambda: submitted(cast))
        publish = partial(publish_position, version=version, revision=version.revision, now=NOW)
        told = office.at_once(
            *(partial(outcome, partial(publish, by=by)) for by in (cast.approver, cast.second_approver))
        )

        assert sorted(told) == ["ChangedError", "PositionVersion"]
        assert count_events(office, "publish") == (number, number)


def test_two_who_start_a_draft_at_once_share_it(office: Office, cast: Cast):
    """On a position that nobody had begun."""
    for number in range(1, TIMES + 1):
        subject = office.alone(make_subject)
        drafts = office.at_once(
            *(partial(start, cast, subject, by=by) for by in (cast.officer, cast.second_officer, cast.approver))
        )

        assert len({draft.pk for draft in drafts}) == 1
        assert office.alone(lambda: (Position.objects.count(), PositionVersion.objects.count())) == (number, number)
        assert count_events(office, "start") == (number, number)


def test_two_who_start_with_words_at_once_lose_none(office: Office, cast: Cast):
    def begin(subject: Subject, by: User) -> PositionVersion:
        words = Content(text=f"By {by.email}.")
        return start_draft(organisation=cast.council, subject=subject, content=words, by=by, now=NOW)

    subject, people = office.alone(make_subject), (cast.officer, cast.second_officer)
    drafts = office.at_once(*(partial(begin, subject, by) for by in people))

    assert drafts[0].pk == drafts[1].pk
    kept = office.alone(lambda: {edit.text: edit.is_set_aside for edit in drafts[0].edits.all()})
    assert kept.keys() == {f"By {by.email}." for by in people}
    assert sorted(kept.values()) == [False, True]


@pytest.mark.parametrize("others", ["officer", "second_officer"], ids=["the-same-person", "two-people"])
def test_submitted_twice_at_once_is_submitted_once(office: Office, cast: Cast, others: str):
    for number in range(1, TIMES + 1):
        version = office.alone(lambda: start(cast))
        office.alone(lambda version=version: write(version, by=cast.officer))
        submit = partial(submit_position, version=version, revision=2, now=NOW)
        told = office.at_once(
            *(partial(outcome, partial(submit, by=by)) for by in (cast.officer, getattr(cast, others)))
        )

        assert sorted(told) == ["ChangedError", "PositionVersion"]
        assert count_events(office, "submit") == (number, number)


def test_saved_twice_at_once_is_saved_once(office: Office, cast: Cast):
    """A double click: both are told that it is saved, and it is there once."""
    for _ in range(TIMES):
        draft = office.alone(lambda: start(cast))
        save = partial(save_draft, version=draft, revision=1, content=Content(text="Once."), by=cast.officer, now=NOW)
        told = office.at_once(*[partial(outcome, save)] * 2)

        assert told == ["Saved", "Saved"]
        assert office.alone(lambda draft=draft: (newest(draft).revision, draft.edits.count())) == (2, 1)


def test_withdrawn_and_superseded_at_once_is_one_of_them(office: Office, cast: Cast):
    """The next version is published, whoever is first: a withdrawal that comes second is refused."""
    for _ in range(TIMES):
        subject = office.alone(make_subject)
        first, second = office.alone(partial(published_and_next, cast, subject))
        publish = partial(publish_position, version=second, revision=second.revision, by=cast.approver, now=NOW)
        withdraw = partial(
            moves.withdraw_position, version=first, revision=first.revision, reason="Wrong.", by=cast.approver, now=NOW
        )
        told = office.at_once(partial(outcome, publish), partial(outcome, withdraw))
        states = office.alone(lambda one=first, two=second: (newest(one).state, newest(two).state))

        assert (told[0], told[1], *states) in [
            ("PositionVersion", "ChangedError", "superseded", "published"),
            ("PositionVersion", "PositionVersion", "withdrawn", "published"),
            ("ChangedError", "PositionVersion", "withdrawn", "submitted"),
        ]


def published_and_next(cast: Cast, subject: Subject) -> tuple[PositionVersion, PositionVersion]:
    version = submitted(cast, subject)
    first = publish_position(version=version, revision=version.revision, by=cast.approver, now=NOW)
    return first, submitted(cast, subject, "Next.")

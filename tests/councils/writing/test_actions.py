"""Starting a draft and saving it: no word is lost, and none is stored twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from councils.models import Decision, Edit, PositionVersion
from councils.permissions import NotAllowedError
from councils.writing.actions import Saved, SetAside, save_draft, settle_edit, start_draft
from councils.writing.contents import Content, Point
from councils.writing.moves import discard_draft, return_position, submit_position, withdraw_position
from councils.writing.rows import content_of
from councils.writing.subjects import Subject
from reforms.base.models import Event, User
from tests.councils.writing.cast import (
    NOW,
    WORDS,
    Cast,
    covering,
    later,
    newest,
    published,
    start,
    submitted,
    write,
)

pytestmark = pytest.mark.django_db
State = PositionVersion.State
MINE, THEIRS = Content(text="Mine."), Content(text="Theirs.")


def save(version: PositionVersion, revision: int, content: Content, by: User, **values) -> Saved | SetAside:
    return save_draft(version=version, revision=revision, content=content, by=by, **{"now": NOW} | values)


def texts(version: PositionVersion) -> list[str]:
    """What the history holds, in the order in which it was saved."""
    return list(version.edits.order_by("pk").values_list("text", flat=True))


class TestStart:
    def test_from_nothing(self, cast: Cast, subject: Subject):
        draft = start(cast, subject)

        assert (draft.state, draft.origin, draft.number, draft.revision) == ("draft", "written", 1, 1)
        assert (draft.started_by, draft.started_at, draft.published_on) == (cast.officer, NOW, None)
        assert content_of(draft) == Content(text="")
        assert draft.edits.count() == 0

    def test_is_on_record(self, cast: Cast):
        draft = start(cast)
        event = Event.objects.get(subject=f"position:{draft.reference}")

        assert (event.verb, event.by, event.at, event.organisation) == ("start", cast.officer, NOW, cast.council.slug)
        assert (event.state_before, event.state_after, event.details) == ("", "draft", {"version": 1, "revision": 1})
        assert draft.decisions.get().move == "start"

    def test_from_what_is_published_with_no_day_of_review_of_its_own(self, cast: Cast, subject: Subject):
        words = covering(subject, replace(WORDS, points=(Point(kind="ask", text="Money."),), readiness="partly"))
        first = published(cast, subject, words)
        draft = start(cast, subject, by=cast.second_officer)

        assert content_of(draft) == words
        assert (draft.number, draft.based_on, draft.readiness) == (2, first, "partly")
        assert draft.edits.count() == 0  # nobody has written yet

    def test_from_what_is_given_whose_words_they_are_then(self, cast: Cast, subject: Subject):
        given = Content(text="From another document.", review_on=date(2027, 1, 1))
        draft = start_draft(organisation=cast.council, subject=subject, content=given, by=cast.officer, now=NOW)

        assert content_of(draft) == given
        assert [(edit.by, edit.revision, edit.text) for edit in draft.edits.all()] == [(cast.officer, 1, given.text)]

    def test_twice_gives_one_draft(self, cast: Cast, subject: Subject):
        first, second = start(cast, subject), start(cast, subject, by=cast.second_officer)

        assert first == second
        assert Event.objects.filter(subject=f"position:{first.reference}", verb="start").count() == 1

    def test_twice_with_words_sets_those_aside_that_come_second(self, cast: Cast, subject: Subject):
        values = {"organisation": cast.council, "subject": subject, "now": NOW}
        first = start_draft(**values, content=MINE, by=cast.officer)
        for _ in range(2):
            start_draft(**values, content=THEIRS, by=cast.second_officer)
        start_draft(**values, content=MINE, by=cast.officer)

        assert newest(first).text == MINE.text
        assert [(edit.by, edit.text) for edit in first.edits.waiting()] == [(cast.second_officer, THEIRS.text)]

    @pytest.mark.parametrize("after", [discard_draft, withdraw_position])
    def test_numbers_go_on_after_what_is_gone(self, cast: Cast, subject: Subject, after):
        gone = published(cast, subject) if after is withdraw_position else start(cast, subject)
        reason = {"reason": "It was wrong."} if after is withdraw_position else {}
        after(version=gone, revision=gone.revision, by=cast.approver, now=NOW, **reason)
        draft = start(cast, subject)

        assert (draft.number, draft.text, draft.based_on) == (2, "", None)


class TestSave:
    def test_stores_the_whole(self, cast: Cast, subject: Subject):
        draft = start(cast, subject)
        words = covering(subject, replace(MINE, readiness="not_yet", points=(Point(kind="fact", text="One."),)))
        saved = save(draft, 1, words, cast.officer)

        assert isinstance(saved, Saved)
        assert saved.edit
        assert (saved.revision, saved.at, saved.edit.by) == (2, NOW, cast.officer)
        assert content_of(newest(draft)) == Content.of(saved.edit.text, saved.edit.rest) == words
        assert (newest(draft).readiness, newest(draft).revision) == ("not_yet", 2)

    def test_is_no_change_of_state_and_no_event(self, cast: Cast):
        draft = start(cast)
        before = Event.objects.count()
        write(draft, by=cast.officer)

        assert Event.objects.count() == before

    def test_same_words_twice_are_one(self, cast: Cast):
        """Sent again with the revision of before: a double click, or a page that was sent again."""
        draft = start(cast)
        first, second = (save(draft, 1, MINE, cast.officer) for _ in range(2))

        assert isinstance(second, Saved)
        assert (first.revision, second.revision, second.edit) == (2, 2, None)
        assert texts(draft) == ["Mine."]

    def test_who_saves_what_is_there_has_written_nothing(self, cast: Cast):
        """An approver who looks, and saves what the officer wrote, may still approve it."""
        draft = start(cast)
        write(draft, MINE, by=cast.officer)
        saved = save(draft, 2, MINE, cast.approver)

        assert isinstance(saved, Saved)
        assert (saved.revision, newest(draft).revision) == (2, 2)
        assert not draft.edits.filter(by=cast.approver).exists()

    def test_second_of_two_is_set_aside_and_changes_nothing(self, cast: Cast):
        draft = start(cast)
        save(draft, 1, MINE, cast.officer)
        aside = save(draft, 1, THEIRS, cast.second_officer)

        assert isinstance(aside, SetAside)
        assert (aside.edit.by, aside.edit.text, aside.edit.based_on) == (cast.second_officer, "Theirs.", 1)
        assert (newest(draft).text, newest(draft).revision) == ("Mine.", 2)

    def test_set_aside_once_however_often_sent(self, cast: Cast):
        draft = start(cast)
        save(draft, 1, MINE, cast.officer)
        found = {save(draft, 1, THEIRS, cast.second_officer).edit for _ in range(3)}

        assert len(found) == draft.edits.waiting().count() == 1

    def test_set_aside_again_once_the_first_was_settled(self, cast: Cast):
        draft = start(cast)
        save(draft, 1, MINE, cast.officer)
        first = save(draft, 1, THEIRS, cast.second_officer)
        settle_edit(edit=first.edit, by=cast.second_officer, now=NOW)
        second = save(draft, 1, THEIRS, cast.second_officer)

        assert list(draft.edits.waiting()) == [second.edit]
        assert texts(draft) == ["Mine.", "Theirs.", "Theirs."]

    def test_own_words_from_another_tab_are_set_aside_too(self, cast: Cast):
        draft = start(cast)
        save(draft, 1, MINE, cast.officer)

        assert isinstance(save(draft, 1, THEIRS, cast.officer), SetAside)

    @pytest.mark.parametrize("state", [State.SUBMITTED, State.PUBLISHED, State.DISCARDED])
    def test_on_what_is_no_draft_is_set_aside_whatever_the_revision(self, cast: Cast, subject: Subject, state: str):
        version = {"submitted": submitted, "published": published, "discarded": start}[state](cast, subject)
        if state == State.DISCARDED:
            version = discard_draft(version=version, revision=1, by=cast.officer, now=NOW)
        before = PositionVersion.objects.filter(pk=version.pk).values()[0]
        aside = save(version, version.revision, THEIRS, cast.officer)

        assert isinstance(aside, SetAside)
        assert PositionVersion.objects.filter(pk=version.pk).values()[0] == before

    def test_of_what_was_published_is_set_aside_though_it_says_the_same(self, cast: Cast):
        """Nothing was stored in a draft: nobody may be told that it was."""
        version = submitted(cast)

        assert isinstance(save(version, version.revision, WORDS, cast.officer), SetAside)

    def test_nobody_without_the_right_stores_a_word(self, cast: Cast):
        draft = start(cast)
        for person in (cast.scrutiny_member, cast.stranger, cast.administrator, cast.deactivated):
            with pytest.raises(NotAllowedError):
                save(draft, 1, THEIRS, person)

        assert (newest(draft).text, Edit.objects.filter(version=draft).count()) == ("", 0)


class TestAutomatic:
    def test_within_ten_minutes_are_kept_as_one(self, cast: Cast):
        draft = start(cast)
        for number, minutes in enumerate((0, 4, 9.9), start=1):
            saved = write_automatically(draft, f"{number}", by=cast.officer, minutes=minutes)

        assert texts(draft) == ["3"]
        assert (saved.revision, newest(draft).revision) == (4, 4)
        assert [(edit.based_on, edit.revision, edit.at) for edit in draft.edits.all()] == [(1, 4, NOW)]

    def test_after_ten_minutes_another_begins(self, cast: Cast):
        draft = start(cast)
        for number, minutes in enumerate((0, 9, 10), start=1):
            write_automatically(draft, f"{number}", by=cast.officer, minutes=minutes)

        assert texts(draft) == ["2", "3"]

    def test_of_another_person_begins_another(self, cast: Cast):
        draft = start(cast)
        write_automatically(draft, "1", by=cast.officer)
        write_automatically(draft, "2", by=cast.second_officer)
        write_automatically(draft, "3", by=cast.officer)

        assert texts(draft) == ["1", "2", "3"]

    def test_takes_no_place_of_what_was_saved_on_purpose(self, cast: Cast):
        draft = start(cast)
        write(draft, "1", by=cast.officer)
        write_automatically(draft, "2", by=cast.officer)
        write(draft, "3", by=cast.officer)

        assert texts(draft) == ["1", "2", "3"]

    def test_after_a_step_begins_another(self, cast: Cast):
        """What was submitted stays in the history as it was then."""
        draft = start(cast)
        write_automatically(draft, "1", by=cast.officer)
        version = submit_position(version=draft, revision=2, by=cast.officer, now=NOW)
        return_position(version=version, revision=3, reason="More.", by=cast.approver, now=NOW)
        write_automatically(draft, "2", by=cast.officer)

        assert texts(draft) == ["1", "2"]


def write_automatically(version: PositionVersion, text: str, *, by: User, minutes: float = 0) -> Saved:
    now = later(minutes=minutes)
    revision = newest(version).revision
    saved = save(version, revision, Content(text=text), by, now=now, is_automatic=True)
    assert isinstance(saved, Saved)
    return saved


class TestSettle:
    @pytest.fixture
    def aside(self, cast: Cast) -> Edit:
        draft = start(cast)
        save(draft, 1, MINE, cast.officer)
        return save(draft, 1, THEIRS, cast.second_officer).edit

    def test_stays_in_the_history(self, cast: Cast, aside: Edit):
        settle_edit(edit=aside, by=cast.second_officer, now=NOW)
        aside.refresh_from_db()

        assert (aside.settled_at, aside.text, Edit.objects.waiting().count()) == (NOW, "Theirs.", 0)

    def test_twice_is_once(self, cast: Cast, aside: Edit):
        settle_edit(edit=aside, by=cast.second_officer, now=NOW)
        settle_edit(edit=aside, by=cast.second_officer, now=later(days=1))
        aside.refresh_from_db()

        assert aside.settled_at == NOW

    @pytest.mark.parametrize("who", ["stranger", "officer", "approver", "administrator"])
    def test_is_for_whose_words_they_are(self, cast: Cast, aside: Edit, who: str):
        with pytest.raises(NotAllowedError):
            settle_edit(edit=aside, by=getattr(cast, who), now=NOW)

        assert Edit.objects.waiting().count() == 1


def test_start_is_for_those_who_write(cast: Cast, subject: Subject):
    for person in (cast.scrutiny_member, cast.stranger, cast.administrator, cast.deactivated):
        with pytest.raises(NotAllowedError):
            start(cast, subject, by=person)

    assert not Decision.objects.filter(version__position__organisation=cast.council).exists()

"""The steps after writing: each with what it changes, what it puts on record, and whom it refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from councils.models import PositionVersion
from councils.permissions import NotAllowedError
from councils.writing.actions import save_draft, settle_edit, start_draft
from councils.writing.contents import Consequence, Content, Point
from councils.writing.moves import (
    ChangedError,
    OwnWordsError,
    discard_draft,
    publish_position,
    renew_position,
    return_position,
    submit_position,
    take_back_position,
    withdraw_position,
)
from councils.writing.rows import content_of
from councils.writing.subjects import Subject
from councils.writing.workflow import DONE, MoveError
from reforms.base.models import Event, User
from tests.builders import make_version
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

pytestmark = [pytest.mark.django_db, pytest.mark.once]
State = PositionVersion.State
Make = Callable[[Cast], PositionVersion]


def drafted(cast: Cast) -> PositionVersion:
    version = start(cast)
    write(version, by=cast.officer)
    return newest(version)


def returned(cast: Cast) -> PositionVersion:
    version = submitted(cast)
    return return_position(version=version, revision=version.revision, reason="More.", by=cast.approver, now=NOW)


def withdrawn(cast: Cast) -> PositionVersion:
    version = published(cast)
    return withdraw_position(version=version, revision=version.revision, reason="Wrong.", by=cast.approver, now=NOW)


def discarded(cast: Cast) -> PositionVersion:
    version = drafted(cast)
    return discard_draft(version=version, revision=version.revision, by=cast.officer, now=NOW)


IN_STATE: dict[str, Make] = {
    "draft": drafted,
    "submitted": submitted,
    "returned": returned,
    "published": published,
    "withdrawn": withdrawn,
    "discarded": discarded,
}


@dataclass(frozen=True)
class Step:
    """A move as it is made: from where to where, by whom, and the name of its event."""

    verb: str
    action: Callable[..., PositionVersion]
    before: str
    after: str
    by: str
    reason: str = ""

    def take(self, cast: Cast, version: PositionVersion, **values: Any) -> PositionVersion:
        given = {"version": version, "revision": version.revision, "by": getattr(cast, self.by), "now": later(days=1)}
        return self.action(**given | ({"reason": self.reason} if self.reason else {}) | values)


STEPS = [
    Step("submit", submit_position, "draft", "submitted", "second_officer"),
    Step("submit", submit_position, "returned", "submitted", "second_officer"),
    Step("take_back", take_back_position, "submitted", "draft", "second_officer"),
    Step("return", return_position, "submitted", "returned", "approver", "Say more about money."),
    Step("publish", publish_position, "submitted", "published", "approver"),
    Step("withdraw", withdraw_position, "published", "withdrawn", "second_approver", "It was never agreed."),
    Step("discard", discard_draft, "draft", "discarded", "contributor"),
    Step("discard", discard_draft, "returned", "discarded", "contributor"),
]
each_step = pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.verb}-{step.before}")


@each_step
class TestEveryMove:
    def test_changes_the_state_and_the_revision(self, cast: Cast, step: Step):
        version = IN_STATE[step.before](cast)
        text, revision = version.text, version.revision
        after = step.take(cast, version)

        assert (after.state, after.revision, after.text) == (step.after, revision + 1, text)
        assert newest(version).state == step.after

    def test_has_its_event_and_its_decision(self, cast: Cast, step: Step):
        version = IN_STATE[step.before](cast)
        before = Event.objects.count(), version.decisions.count()
        step.take(cast, version)
        event, decision = Event.objects.order_by("pk").last(), version.decisions.order_by("pk").last()

        assert (Event.objects.count(), version.decisions.count()) == (before[0] + 1, before[1] + 1)
        assert event
        assert decision
        assert (event.verb, event.state_before, event.state_after) == (step.verb, step.before, step.after)
        assert (event.by, event.at, event.organisation) == (getattr(cast, step.by), later(days=1), cast.council.slug)
        assert event.subject == f"position:{version.position.reference}"
        assert event.details | {"digest": ""} == {"version": 1, "revision": version.revision, "digest": ""}
        assert (decision.move, decision.by, decision.at) == (step.verb, event.by, event.at)
        assert (decision.revision, decision.reason) == (version.revision, step.reason)

    @pytest.mark.parametrize("revision", [-1, 1], ids=["an-older-one", "one-that-is-not-yet"])
    def test_of_another_revision_is_refused(self, cast: Cast, step: Step, revision: int):
        version = IN_STATE[step.before](cast)
        self.assert_refused(ChangedError, cast, step, version, revision=version.revision + revision)

    @pytest.mark.parametrize("person", ["stranger", "scrutiny_member", "administrator", "deactivated"])
    def test_by_somebody_else_is_refused(self, cast: Cast, step: Step, person: str):
        version = IN_STATE[step.before](cast)
        self.assert_refused(NotAllowedError, cast, step, version, by=getattr(cast, person))

    def test_by_somebody_else_is_refused_before_anything_is_told(self, cast: Cast, step: Step):
        version = IN_STATE[step.before](cast)
        self.assert_refused(NotAllowedError, cast, step, version, by=cast.stranger, revision=99)

    @pytest.mark.parametrize("reason", ["", " \n"], ids=["none", "blanks"])
    def test_without_a_reason_is_refused_where_one_is_needed(self, cast: Cast, step: Step, reason: str):
        version = IN_STATE[step.before](cast)
        if step.reason:
            self.assert_refused(MoveError, cast, step, version, reason=reason)
        else:
            assert step.verb in ("submit", "take_back", "publish", "discard")

    def test_from_any_other_state_is_refused_in_words(self, cast: Cast, step: Step):
        allowed = {each.before for each in STEPS if each.verb == step.verb}
        for state in sorted(IN_STATE.keys() - allowed):
            version = IN_STATE[state](cast)
            error = self.assert_refused(MoveError, cast, step, version)
            assert str(error) == DONE[state]

    def test_twice_is_refused_the_second_time(self, cast: Cast, step: Step):
        version = IN_STATE[step.before](cast)
        revision = version.revision
        step.take(cast, version)
        self.assert_refused(ChangedError, cast, step, newest(version), revision=revision)

    def assert_refused(self, error: type[Exception], cast: Cast, step: Step, version: PositionVersion, **values: Any):
        """It is, and nothing has changed."""
        row = PositionVersion.objects.filter(position=version.position)
        before = list(row.values()), Event.objects.count(), version.decisions.count()
        with pytest.raises(error) as refused, transaction.atomic():
            step.take(cast, version, **values)

        assert (list(row.values()), Event.objects.count(), version.decisions.count()) == before
        return refused.value


class TestSubmit:
    def test_says_who_and_when(self, cast: Cast):
        version = submitted(cast)

        assert (version.submitted_by, version.submitted_at) == (cast.officer, NOW)

    def test_of_nothing_is_refused(self, cast: Cast):
        version = start(cast)
        with pytest.raises(MoveError, match="Write something first"):
            submit_position(version=version, revision=1, by=cast.officer, now=NOW)

    def test_looks_at_what_stands_there_now(self, cast: Cast):
        """Not at what the page had when it was asked for."""
        version = drafted(cast)
        write(version, "", by=cast.second_officer)
        with pytest.raises(MoveError, match="Write something first"):
            submit_position(version=version, revision=version.revision + 1, by=cast.officer, now=NOW)

    def test_forgets_why_it_was_returned_but_the_history_does_not(self, cast: Cast):
        version = returned(cast)
        assert version.reason == "More."
        after = submit_position(version=version, revision=version.revision, by=cast.officer, now=NOW)

        assert after.reason == ""
        assert after.decisions.get(move="return").reason == "More."

    def test_taken_back_is_nobodys(self, cast: Cast):
        version = submitted(cast)
        after = take_back_position(version=version, revision=version.revision, by=cast.officer, now=NOW)

        assert (after.submitted_by, after.submitted_at, after.text) == (None, None, WORDS.text)


class TestPublish:
    def test_publishes_what_was_read_from_that_day_on(self, cast: Cast, subject: Subject):
        point = Point(kind="fact", text="Homes opened.", figure="12", as_at="2022-23")
        words = covering(subject, replace(WORDS, readiness="partly", points=(point,)))
        words = replace(words, impacts=(Consequence(area="money", summary="It costs.", amount="70000"),))
        version = submitted(cast, subject, words)
        after = publish_position(version=version, revision=version.revision, by=cast.approver, now=later(days=1))

        assert content_of(after) == replace(words, review_on=date(2027, 5, 22))
        assert (after.published_by, after.published_at) == (cast.approver, later(days=1))
        assert after.published_on == after.known_on == date(2026, 11, 22)
        assert (after.draft, after.readiness, after.submitted_by) == (None, "partly", cast.officer)
        assert after.claims.get().as_at_end == date(2023, 3, 31)
        assert after in PositionVersion.objects.public(on=date(2026, 11, 22))
        assert after not in PositionVersion.objects.public(on=date(2026, 11, 21))

    def test_keeps_the_day_of_review_that_was_chosen(self, cast: Cast):
        words = replace(WORDS, review_on=date(2027, 1, 31))

        assert published(cast, content=words).review_on == date(2027, 1, 31)

    def test_puts_a_hash_of_the_words_on_record(self, cast: Cast, subject: Subject):
        words = covering(subject)
        version = published(cast, subject, words)
        event = Event.objects.get(subject=f"position:{version.reference}", verb="publish")

        assert event.details["digest"] == words.digest

    def test_supersedes_what_was_published_before(self, cast: Cast, subject: Subject):
        first = published(cast, subject, "First.")
        second = published(cast, subject, "Second.", now=later(days=2))
        events = Event.objects.filter(subject=f"position:{first.reference}", verb="supersede")

        assert (newest(first).state, newest(first).text, second.state) == ("superseded", "First.", "published")
        assert [(event.by, event.state_before, event.state_after, event.details["version"]) for event in events] == [
            (cast.approver, "published", "superseded", 1)
        ]
        assert first.decisions.get(move="supersede").by == cast.approver
        assert list(PositionVersion.objects.public(on=date(2026, 11, 23)).filter(position=first.position)) == [second]

    def test_supersedes_what_we_recorded(self, cast: Cast, subject: Subject):
        version = start(cast, subject)
        recorded = make_version(version.position, number=9)
        write(version, by=cast.officer)
        version = submit_position(version=version, revision=2, by=cast.officer, now=NOW)
        publish_position(version=version, revision=3, by=cast.approver, now=NOW)

        assert newest(recorded).state == "superseded"

    def test_by_who_submitted_it_is_refused(self, cast: Cast):
        version = drafted(cast)
        version = submit_position(version=version, revision=version.revision, by=cast.approver, now=NOW)
        self.assert_not_published(cast, version, "You submitted this")

    def test_by_who_wrote_some_of_it_is_refused(self, cast: Cast):
        version = drafted(cast)
        write(version, "Mine too.", by=cast.approver)
        self.submit_and_assert_not_published(cast, version)

    def test_by_who_began_it_with_words_of_their_own_is_refused(self, cast: Cast, subject: Subject):
        version = start_draft(organisation=cast.council, subject=subject, content=WORDS, by=cast.approver, now=NOW)
        write(version, "Others.", by=cast.officer)
        self.submit_and_assert_not_published(cast, version)

    def test_by_whose_words_were_set_aside_is_refused_settled_or_not(self, cast: Cast):
        version = drafted(cast)
        aside = save_draft(version=version, revision=1, content=Content(text="Late."), by=cast.approver, now=NOW)
        settle_edit(edit=aside.edit, by=cast.approver, now=NOW)
        self.submit_and_assert_not_published(cast, version)

    def test_by_who_began_it_and_wrote_nothing_is_not(self, cast: Cast):
        version = start(cast, by=cast.approver)
        write(version, by=cast.officer)
        version = submit_position(version=version, revision=2, by=cast.officer, now=NOW)

        assert publish_position(version=version, revision=3, by=cast.approver, now=NOW).state == "published"

    def test_by_who_wrote_an_earlier_version_is_not(self, cast: Cast, subject: Subject):
        version = start(cast, subject)
        write(version, by=cast.approver)
        version = submit_position(version=version, revision=2, by=cast.officer, now=NOW)
        publish_position(version=version, revision=3, by=cast.second_approver, now=NOW)

        assert published(cast, subject, "Next.").published_by == cast.approver

    def submit_and_assert_not_published(self, cast: Cast, version: PositionVersion) -> None:
        revision = newest(version).revision
        version = submit_position(version=version, revision=revision, by=cast.officer, now=NOW)
        self.assert_not_published(cast, version, "You have written in this")

    def assert_not_published(self, cast: Cast, version: PositionVersion, words: str) -> None:
        with pytest.raises(OwnWordsError, match=words):
            publish_position(version=version, revision=version.revision, by=cast.approver, now=NOW)

        assert newest(version).state == "submitted"
        assert publish_position(version=version, revision=version.revision, by=cast.second_approver, now=NOW)

    def test_by_who_submitted_it_is_refused_by_the_database_itself(self, cast: Cast, monkeypatch):
        monkeypatch.setattr("councils.writing.moves.refuse_own_words", lambda version, by: None)
        version = drafted(cast)
        version = submit_position(version=version, revision=version.revision, by=cast.approver, now=NOW)
        with pytest.raises(IntegrityError, match="nobody_publishes_what_they_submitted"), transaction.atomic():
            publish_position(version=version, revision=version.revision, by=cast.approver, now=NOW)

        assert newest(version).state == "submitted"


class TestWithdraw:
    def test_public_reads_neither_it_nor_what_it_replaced(self, cast: Cast, subject: Subject):
        first, second = published(cast, subject), published(cast, subject, "Next.")
        withdraw_position(version=second, revision=second.revision, reason="Wrong.", by=cast.approver, now=NOW)

        assert newest(second).reason == "Wrong."
        assert not PositionVersion.objects.public(on=NOW.date()).filter(position=first.position).exists()

    def test_may_be_done_by_who_published_it(self, cast: Cast):
        assert withdrawn(cast).published_by == cast.approver


def renew(version: PositionVersion, by: User, **when: float) -> Any:
    return renew_position(version=version, by=by, now=later(**when))


class TestRenew:
    @pytest.mark.parametrize("person", ["officer", "approver"])
    def test_is_on_record_with_the_next_day_of_review(self, cast: Cast, person: str):
        version = published(cast)
        renewal = renew(version, getattr(cast, person), days=10)
        event = Event.objects.get(subject=f"position:{version.reference}", verb="renew")

        assert (renewal.renewed_on, renewal.review_on) == (date(2026, 12, 1), date(2027, 6, 1))
        assert (renewal.by, event.by, event.state_before, event.state_after) == (
            *[getattr(cast, person)] * 2,
            *["published"] * 2,
        )
        assert version.decisions.get(move="renew").by == getattr(cast, person)
        assert newest(version).revision == version.revision  # it is the same text

    def test_twice_on_a_day_is_once(self, cast: Cast):
        version = published(cast)
        first, second = renew(version, cast.officer), renew(version, cast.approver, hours=3)
        renew(version, cast.officer, days=1)

        assert first == second
        assert version.renewals.count() == version.decisions.filter(move="renew").count() == 2

    def test_day_is_that_of_england(self, cast: Cast):
        """Half past eleven in the evening by UTC, in summer."""
        version = published(cast)

        assert renew(version, cast.officer, days=200, hours=14.5).renewed_on == date(2027, 6, 10)

    @pytest.mark.parametrize("state", sorted(IN_STATE.keys() - {"published"}))
    def test_of_anything_else_is_refused(self, cast: Cast, state: str):
        version = IN_STATE[state](cast)
        with pytest.raises(MoveError, match="Only what is published"):
            renew(version, cast.officer)

    def test_of_what_was_published_when_the_page_was_made_is_refused(self, cast: Cast, subject: Subject):
        seen = published(cast, subject)
        published(cast, subject, "Next.")
        assert seen.state == "published"
        with pytest.raises(MoveError, match="Only what is published"):
            renew(seen, cast.officer)

    @pytest.mark.parametrize(
        ("stale_on", "is_refused"), [("2026-11-20", True), ("2026-11-21", True), ("2026-11-22", False)]
    )
    def test_with_a_point_that_has_gone_stale_is_refused(self, cast: Cast, stale_on: str, is_refused: bool):
        points = (Point(kind="fact", text="Still."), Point(kind="plan", text="Soon.", stale_on=stale_on))
        version = published(cast, content=replace(WORDS, points=points))
        if is_refused:
            with pytest.raises(MoveError, match="Point 2 can no longer be true"):
                renew(version, cast.officer)
        else:
            assert renew(version, cast.officer)

    @pytest.mark.parametrize("person", ["contributor", "scrutiny_member", "stranger", "administrator", "deactivated"])
    def test_by_anybody_else_is_refused(self, cast: Cast, person: str):
        version = published(cast)
        with pytest.raises(NotAllowedError):
            renew(version, getattr(cast, person))

        assert version.renewals.count() == 0

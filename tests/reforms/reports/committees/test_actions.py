"""What is done about committees: who may, what is refused, and that nothing is lost."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from councils.models import Membership
from councils.permissions import NotAllowedError
from reforms.base.models import Event
from reforms.reports.committees import actions
from reforms.reports.committees.actions import ChangedError, RefusedError
from reforms.reports.models import Committee, CommitteeAction, CommitteeReply
from tests.reforms.reports.committees.making import MEETING, NOW, Scene, make_action, make_committee, make_report

pytestmark = pytest.mark.django_db

PROMISED = date(2027, 3, 31)


def last_event() -> Event:
    return Event.objects.latest("pk")


def record(scene: Scene, **values: Any) -> CommitteeAction:
    given: dict[str, Any] = {"committee": scene.committee, "by": scene.officer, "now": NOW}
    given |= {"meeting_on": MEETING, "wording": "That it be told more.", "owner": "The director"}
    return actions.record_action(**given | values)


def reply(scene: Scene, action: CommitteeAction, **values: Any) -> CommitteeReply:
    given: dict[str, Any] = {"action": action, "by": scene.officer, "now": NOW}
    given |= {"verdict": "accepted", "text": "It will be done.", "by_when": PROMISED}
    return actions.reply_to_action(**given | values)


def close(scene: Scene, action: CommitteeAction, **values: Any) -> CommitteeAction:
    revision = CommitteeAction.objects.get(pk=action.pk).revision
    given: dict[str, Any] = {"revision": revision, "words": "", "by": scene.chair, "now": NOW}
    return actions.close_action(action=action, **given | values)


# --- Committees ---------------------------------------------------------------------------------------------------


class TestCommittee:
    def add(self, scene: Scene, name: str = "Care Board", **values: Any) -> Committee:
        given: dict[str, Any] = {"organisation": scene.organisation, "chair": None, "by": scene.officer, "now": NOW}
        return actions.add_committee(name=name, **given | values)

    def test_added_at_an_address_made_of_its_name(self, scene):
        made = self.add(scene, "Children & Young People’s Board", chair=scene.member)
        assert made.get_absolute_url() == f"/committees/{scene.organisation.slug}/children-young-peoples-board/"
        event = last_event()
        assert (event.verb, event.subject) == ("add", f"committee:{scene.organisation.slug}/{made.slug}")
        assert (event.details, event.organisation) == ({"chair": scene.member.pk}, scene.organisation.slug)

    def test_a_name_without_any_latin_letter_has_an_address_too(self, scene):
        assert self.add(scene, "委員会").slug == "committee-2"

    def test_one_name_once(self, scene):
        self.add(scene)
        with pytest.raises(RefusedError, match="of this name already"):
            self.add(scene, "Care board")

    @pytest.mark.parametrize("who", ["member", "chair", "contributor", "stranger"])
    def test_others_may_not_add_one(self, scene, who):
        with pytest.raises(NotAllowedError):
            self.add(scene, by=getattr(scene, who))

    @pytest.mark.parametrize("who", ["officer", "stranger"])
    def test_the_chair_is_a_scrutiny_member_there(self, scene, who):
        with pytest.raises(RefusedError, match="one of the scrutiny members"):
            self.add(scene, chair=getattr(scene, who))

    def change(self, scene: Scene, **values: Any) -> Committee:
        committee = scene.committee
        given: dict[str, Any] = {"name": committee.name, "chair": scene.chair, "by": scene.officer, "now": NOW}
        return actions.change_committee(committee=committee, **{"read": actions.mark_of(committee)} | given | values)

    def test_changed_at_the_address_it_had(self, scene):
        changed = self.change(scene, name="Another", chair=scene.member)
        assert (changed.name, changed.chair, changed.slug) == ("Another", scene.member, scene.committee.slug)
        assert last_event().verb == "change"

    def test_who_comes_second_is_told_and_changes_nothing(self, scene):
        read = actions.mark_of(scene.committee)
        self.change(scene, name="First")
        with pytest.raises(ChangedError):
            self.change(scene, read=read, name="Second")
        assert Committee.objects.get(pk=scene.committee.pk).name == "First"

    def test_the_same_again_is_no_change(self, scene):
        before = Event.objects.count()
        self.change(scene, read="anything")
        assert Event.objects.count() == before


# --- What was asked for -------------------------------------------------------------------------------------------


class TestRecording:
    def test_due_by_the_rule_unless_the_committee_set_a_day(self, scene):
        made = record(scene, meeting_on=date(2025, 12, 31))
        own = record(scene, wording="Another.", due_on=date(2026, 10, 30))
        assert (made.due_on, made.due_rule) == (date(2026, 2, 28), "two_months")
        assert (own.due_on, own.due_rule) == (date(2026, 10, 30), "committee")
        assert (made.number, own.number) == (1, 2)

    @pytest.mark.parametrize("who", ["officer", "approver", "member", "chair"])
    def test_who_may(self, scene, who):
        made = record(scene, by=getattr(scene, who))
        event = last_event()
        assert (event.verb, event.subject) == ("record", f"action:{made.reference}")
        assert (event.state_before, event.state_after, event.details) == ("", "open", {"revision": 1})

    @pytest.mark.parametrize("who", ["contributor", "stranger"])
    def test_who_may_not(self, scene, who):
        with pytest.raises(NotAllowedError):
            record(scene, by=getattr(scene, who))

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            pytest.param({"meeting_on": NOW.date() + timedelta(days=1)}, "meeting_on", id="a meeting to come"),
            pytest.param({"due_on": MEETING - timedelta(days=1)}, "due_on", id="due before the meeting"),
        ],
    )
    def test_days_that_cannot_be(self, scene, values, field):
        with pytest.raises(RefusedError) as refused:
            record(scene, **values)
        assert refused.value.field == field

    def test_only_about_a_published_report_of_the_committee(self, scene):
        assert record(scene, report=make_report(scene.committee)).report
        draft = make_report(scene.committee, state="draft", published_on=None, published_at=None)
        for report in (draft, make_report(make_committee(scene.organisation))):
            with pytest.raises(RefusedError, match="published report of this committee"):
                record(scene, wording="Another.", report=report)

    def test_sent_twice_it_is_one(self, scene):
        assert record(scene) == record(scene)
        assert record(scene, meeting_on=MEETING - timedelta(days=28)).number == 2


# --- Answers ------------------------------------------------------------------------------------------------------


class TestReplying:
    def test_earlier_answers_stay(self, scene):
        action = record(scene)
        reply(scene, action, text="We shall.")
        reply(scene, action, verdict="rejected", text="We cannot after all.", by=scene.colleague)
        assert list(action.replies.values_list("text", "verdict", "by_when")) == [
            ("We shall.", "accepted", PROMISED),
            ("We cannot after all.", "rejected", None),
        ]
        event = last_event()
        assert (event.verb, event.state_before, event.state_after) == ("reply", "answered", "answered")
        assert event.details.keys() == {"reply", "verdict", "revision"}

    def test_sent_twice_it_is_one(self, scene):
        action = record(scene)
        assert reply(scene, action) == reply(scene, action)
        assert CommitteeAction.objects.get(pk=action.pk).revision == 2

    @pytest.mark.parametrize(
        ("values", "field", "words"),
        [
            pytest.param({"verdict": "in principle"}, "verdict", "is not an answer here", id="in principle"),
            pytest.param({"verdict": "Accepted in Principle"}, "verdict", "is not an answer here", id="with capitals"),
            pytest.param({"verdict": "perhaps"}, "verdict", "Choose Accepted", id="another word"),
            pytest.param({"verdict": ""}, "verdict", "Choose Accepted", id="none"),
            pytest.param({"text": "  \n"}, "text", "Say what will happen", id="no words"),
            pytest.param({"by_when": None}, "by_when", "Enter the day", id="no day"),
            pytest.param({"verdict": "in_part", "by_when": None}, "by_when", "Enter the day", id="in part, no day"),
            pytest.param({"by_when": date(2020, 1, 1)}, "by_when", "before the meeting", id="before the meeting"),
        ],
    )
    def test_what_is_no_answer(self, scene, values, field, words):
        action = record(scene)
        with pytest.raises(RefusedError, match=words) as refused:
            reply(scene, action, **values)
        assert refused.value.field == field
        assert not action.replies.exists()
        assert CommitteeAction.objects.get(pk=action.pk).revision == 1

    def test_what_is_rejected_has_no_day(self, scene):
        assert reply(scene, record(scene), verdict="rejected").by_when is None

    def test_what_is_closed_is_not_answered(self, scene):
        action = record(scene)
        close(scene, action)
        with pytest.raises(RefusedError, match="The chair has closed this"):
            reply(scene, action)
        assert not action.replies.exists()

    @pytest.mark.parametrize("who", ["chair", "member", "contributor", "stranger"])
    def test_who_may_not(self, scene, who):
        action = record(scene)
        with pytest.raises(NotAllowedError):
            reply(scene, action, by=getattr(scene, who))

    def test_a_clock_that_is_behind_puts_no_answer_before_the_last(self, scene):
        action = record(scene)
        reply(scene, action, text="First.")
        reply(scene, action, text="Second.", now=NOW - timedelta(minutes=5))
        assert list(action.replies.values_list("text", flat=True)) == ["First.", "Second."]


# --- Closing ------------------------------------------------------------------------------------------------------


class TestClosing:
    def test_by_the_chair(self, scene):
        action = record(scene)
        reply(scene, action)
        closed = close(scene, action, words="It is done.")
        assert (closed.closed_by, closed.closed_at, closed.closing_words) == (scene.chair, NOW, "It is done.")
        event = last_event()
        assert (event.verb, event.state_before, event.state_after) == ("close", "answered", "closed")

    @pytest.mark.parametrize("who", ["member", "officer", "approver", "contributor", "stranger"])
    def test_by_nobody_else(self, scene, who):
        action = record(scene)
        with pytest.raises(NotAllowedError):
            close(scene, action, by=getattr(scene, who))
        assert CommitteeAction.objects.get(pk=action.pk).closed_at is None

    def test_not_by_a_chair_who_is_no_scrutiny_member_any_more(self, scene):
        action = record(scene)
        Membership.objects.filter(user=scene.chair).delete()
        with pytest.raises(NotAllowedError):
            close(scene, action)

    def test_only_what_the_chair_read(self, scene):
        action = record(scene)
        reply(scene, action)
        with pytest.raises(ChangedError):
            close(scene, action, revision=1)
        assert CommitteeAction.objects.get(pk=action.pk).closed_at is None
        assert close(scene, action, revision=2).closed_at

    def test_once(self, scene):
        action = record(scene)
        close(scene, action)
        with pytest.raises(RefusedError, match="closed already"):
            close(scene, action)


def test_no_event_holds_a_word_of_anybody(scene):
    canary = "Quinquereme"
    action = record(scene, wording=canary, owner=canary)
    reply(scene, action, text=canary)
    close(scene, action, words=canary)
    told = Event.objects.filter(subject=f"action:{action.reference}")
    assert told.count() == 3
    assert canary not in str(list(told.values()))


def test_a_subject_of_the_longest_names_fits_a_flag():
    """See the lengths of Organisation.slug and of Flag.subject."""
    action = make_action(make_committee(slug="c" * actions.LONGEST_SLUG), number=999_999)
    assert len(f"action:{'o' * 80}/{action.committee.slug}/{action.number}") <= 200

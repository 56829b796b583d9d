"""Several people at once, on real connections: each request has its number, no answer is lost, and the chair closes
only what they read. With the check of the revision switched off, the last is not so.
"""

from __future__ import annotations

from functools import partial
from threading import Event as Signal
from typing import Any

import pytest

from reforms.reports.committees import actions
from reforms.reports.committees.actions import ChangedError, RefusedError
from reforms.reports.models import CommitteeAction, CommitteeReply
from reforms.reports.models.committees import CommitteeActionQuerySet
from tests.councils.writing.at_once import Office
from tests.reforms.reports.committees.making import MEETING, NOW, Scene, make_action, make_scene

SECONDS = 60
PROMISED = MEETING.replace(year=2027)


@pytest.fixture
def scene(office: Office) -> Scene:
    return office.alone(make_scene)


@pytest.fixture
def action(office: Office, scene: Scene) -> CommitteeAction:
    return office.alone(lambda: make_action(scene.committee))


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The condition on the revision is gone from the UPDATE: all else is as in service."""
    ask = CommitteeActionQuerySet.filter

    def ask_of_any_revision(self: Any, *conditions: Any, **values: Any) -> Any:
        return ask(self, *conditions, **{name: value for name, value in values.items() if name != "revision"})

    monkeypatch.setattr(CommitteeActionQuerySet, "filter", ask_of_any_revision)


def record(scene: Scene, number: int) -> CommitteeAction:
    given: dict[str, Any] = {"meeting_on": MEETING, "owner": "The director", "by": scene.officer, "now": NOW}
    return actions.record_action(committee=scene.committee, wording=f"Matter {number}.", **given)


def reply(action: CommitteeAction, scene: Scene, text: str) -> CommitteeReply:
    given: dict[str, Any] = {"verdict": "accepted", "by_when": PROMISED, "by": scene.officer, "now": NOW}
    return actions.reply_to_action(action=action, text=text, **given)


def close(action: CommitteeAction, scene: Scene, revision: int) -> bool:
    """Whether it was closed."""
    try:
        actions.close_action(action=action, revision=revision, words="", by=scene.chair, now=NOW)
    except RefusedError:
        return False
    return True


def test_each_has_its_number(office: Office, scene: Scene):
    office.at_once(*(partial(record, scene, number) for number in range(6)))

    numbers = office.alone(lambda: list(scene.committee.actions.order_by("number").values_list("number", flat=True)))
    assert numbers == [1, 2, 3, 4, 5, 6]


def test_no_answer_is_lost(office: Office, scene: Scene, action: CommitteeAction):
    texts = {f"Answer {number}." for number in range(6)}
    office.at_once(*(partial(reply, action, scene, text) for text in texts))

    def standing() -> tuple[set[str], int]:
        return set(action.replies.values_list("text", flat=True)), CommitteeAction.objects.get(pk=action.pk).revision

    assert office.alone(standing) == (texts, 7)


def test_the_chair_closes_once(office: Office, scene: Scene, action: CommitteeAction):
    assert sorted(office.at_once(*[partial(close, action, scene, 1)] * 4)) == [False, False, False, True]


def closing_while_it_is_answered(office: Office, scene: Scene, action: CommitteeAction) -> None:
    """The chair reads it, an officer answers, and then the chair closes what they had read."""
    answered = Signal()

    def answer() -> None:
        reply(action, scene, "We do.")
        answered.set()

    def read_and_close() -> None:
        assert answered.wait(SECONDS)
        actions.close_action(action=action, revision=1, words="", by=scene.chair, now=NOW)

    office.at_once(answer, read_and_close)


def test_the_chair_closes_only_what_they_read(office: Office, scene: Scene, action: CommitteeAction):
    with pytest.raises(ChangedError):
        closing_while_it_is_answered(office, scene, action)
    assert office.alone(lambda: CommitteeAction.objects.open().filter(pk=action.pk).exists())


def test_without_the_check_they_close_what_they_never_saw(
    office: Office, scene: Scene, action: CommitteeAction, unchecked: None
):
    closing_while_it_is_answered(office, scene, action)
    assert not office.alone(lambda: CommitteeAction.objects.open().filter(pk=action.pk).exists())


def test_answered_and_closed_at_once_loses_neither(office: Office, scene: Scene, action: CommitteeAction):
    """Whoever is told that their answer is on record finds it there, and nobody closes over it."""

    def try_reply() -> bool:
        try:
            reply(action, scene, "We do.")
        except RefusedError:
            return False
        return True

    is_answered, is_closed = office.at_once(try_reply, partial(close, action, scene, 1))
    there = office.alone(action.replies.exists)
    assert there is is_answered
    assert is_answered != is_closed

"""Trying again what failed, and forgetting what is old."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reforms.alerts.models import Letter, Notice
from reforms.alerts.outbox import actions
from reforms.alerts.outbox.actions import forget_letters, retry_all_failed, retry_letter
from reforms.base.audit import record_event
from reforms.base.models import Event
from tests.reforms.alerts.outbox.conftest import NOW, some_letter
from tests.reforms.base.accounts.people import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LATER = NOW + timedelta(days=1)


@pytest.fixture
def hints(monkeypatch) -> list[str]:
    given: list[str] = []
    monkeypatch.setattr(actions, "hint", given.append)
    return given


def ended(state: str = "failed", *, days: int = 0) -> Letter:
    """A letter that ended so many days ago."""
    letter = some_letter()
    at = NOW - timedelta(days=days)
    Letter.objects.filter(pk=letter.pk).update(state=state, ended_at=at, attempts=8, last_error="SMTPDataError 554")
    return letter


def events() -> list[tuple]:
    told = Event.objects.filter(verb="retry").order_by("pk")
    return [(one.subject, one.by and one.by.email, one.state_before, one.state_after, one.details) for one in told]


def test_failed_letter_waits_again(hints):
    letter, person = ended(), make_person()

    assert retry_letter(letter=letter, by=person, now=LATER)
    assert not retry_letter(letter=letter, by=person, now=LATER)

    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.not_before, letter.ended_at) == ("waiting", 0, LATER, None)
    assert events() == [(f"letter:{letter.pk}", person.email, "failed", "waiting", {})]
    assert hints == ["reforms.alerts.tasks.send_letters"]


@pytest.mark.parametrize("state", ["sent", "dropped"])
def test_only_what_failed_is_tried_again(state, hints):
    letter = ended(state)

    assert not retry_letter(letter=letter, by=make_person(), now=LATER)
    assert retry_all_failed(by=make_person("other@example.org"), now=LATER) == 0

    letter.refresh_from_db()
    assert letter.state == state
    assert (events(), hints) == ([], [])


def test_all_that_failed(hints):
    person = make_person()
    letters = [ended(), ended(), ended("sent")]

    assert retry_all_failed(by=person, now=LATER) == 2

    assert [Letter.objects.get(pk=letter.pk).state for letter in letters] == ["waiting", "waiting", "sent"]
    assert events() == [("letters", person.email, "failed", "waiting", {"count": 2})]
    assert len(hints) == 1


def test_old_letters_are_forgotten(settings, monkeypatch):
    settings.LETTER_DAYS = 30
    monkeypatch.setattr(actions, "AT_A_TIME", 2)
    for state in ("sent", "failed", "dropped"):
        ended(state, days=31)
    kept = [ended("sent", days=29), some_letter(now=NOW - timedelta(days=99))]

    assert forget_letters(now=NOW) == 3
    assert forget_letters(now=NOW) == 0

    assert set(Letter.objects.all()) == set(kept)


def test_what_was_told_stays_on_record():
    letter = ended("sent", days=31)
    notice = Notice.objects.create(
        recipient=letter.recipient,
        event=record_event("publish", "position:kent/SH-1", by=None, now=NOW),
        topic="work",
        frequency="daily",
        title="Title",
        reason="Reason",
        url="/",
        made_at=NOW,
        told_at=NOW,
        letter=letter,
    )

    assert forget_letters(now=NOW) == 1

    notice.refresh_from_db()
    assert (notice.letter, notice.told_at) == (None, NOW)

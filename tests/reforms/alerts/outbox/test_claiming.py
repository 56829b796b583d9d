"""Who has a letter in hand: one at a time, until a moment."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from reforms.alerts.models import Letter
from reforms.alerts.outbox import claiming, senders
from tests.reforms.alerts.outbox.conftest import MINUTE, NOW, said, some_letter

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SECOND = timedelta(seconds=1)


def taken(letter: Letter, *, at: datetime) -> Letter | None:
    """The letter as somebody has it who claimed it, if they could."""
    mine = Letter.objects.get(pk=letter.pk)
    return mine if claiming.claim(mine, at=at) else None


def test_claim_lasts_until_its_end():
    letter = some_letter()

    mine = taken(letter, at=NOW)

    assert mine
    assert len(mine.claim) == 32
    assert taken(letter, at=NOW + claiming.LEASE - SECOND) is None
    assert claiming.candidates(at=NOW + claiming.LEASE - SECOND) == []
    other = taken(letter, at=NOW + claiming.LEASE)
    assert other
    assert other.claim != mine.claim


def test_who_came_too_late_marks_nothing():
    letter = some_letter()
    mine, other = taken(letter, at=NOW), taken(letter, at=NOW + MINUTE)
    assert mine
    assert other

    assert not claiming.mark_sent(mine, at=NOW + MINUTE)
    assert not claiming.give_up(mine, at=NOW + MINUTE)
    assert not claiming.put_off(mine, until=NOW + MINUTE)
    assert not claiming.drop(mine, at=NOW + MINUTE)

    assert claiming.mark_sent(other, at=NOW + MINUTE)
    assert said(letter) == ("sent", 0, "")


@pytest.mark.parametrize("state", ["sent", "failed", "dropped"])
def test_what_has_ended_is_not_claimed(state):
    letter = some_letter()
    Letter.objects.filter(pk=letter.pk).update(state=state, ended_at=NOW)

    assert taken(letter, at=NOW + MINUTE) is None


def test_those_that_waited_longest_come_first():
    late, early, ahead = (some_letter(now=NOW + minutes * MINUTE) for minutes in (1, 0, 9))

    assert claiming.candidates(at=NOW + MINUTE) == [early, late]
    assert claiming.candidates(at=NOW + MINUTE, most=1) == [early]
    assert taken(ahead, at=NOW + MINUTE) is None


def test_two_questions_for_each_letter(django_assert_num_queries):
    some_letter()
    with django_assert_num_queries(1):
        [letter] = claiming.candidates(at=NOW)
        assert letter.recipient.email

    with django_assert_num_queries(2):
        assert claiming.claim(letter, at=NOW)
        assert claiming.mark_sent(letter, at=NOW)


def test_what_is_written_down_once_is_good_for_every_letter():
    for at in (NOW, NOW + MINUTE + timedelta(microseconds=1)):
        letter = some_letter(now=at)
        mine = taken(letter, at=at)
        assert mine
        letter.refresh_from_db()
        assert (letter.claim, letter.claimed_until) == (mine.claim, at + claiming.LEASE)
        assert claiming.mark_sent(mine, at=at)
        assert said(letter) == ("sent", 0, "")
        assert letter.ended_at == at


def test_a_letter_cannot_outlast_its_claim():
    """From the claim to the last moment at which a server could take it, with a second's grace for the watch."""
    longest = claiming.LATEST_START.total_seconds() + senders.SECONDS_PER_LETTER + 1
    clocks_apart = 5

    assert longest + clocks_apart < claiming.LEASE.total_seconds()

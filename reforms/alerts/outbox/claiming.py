"""Who has which letter in hand. Every change is one statement that asks for the state it changes.

A claim lasts longer than the sending of one letter can (see senders.py), so what is overdue has nobody any more.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from reforms.alerts.models import Letter, Recipient
from reforms.alerts.outbox.statements import Given, Update

LEASE = timedelta(seconds=45)
LATEST_START = timedelta(seconds=5)
"""After the claim. A machine that stood still for longer lets go: its sending might outlast the claim."""
AT_A_TIME = 50
FREE: dict[str, Any] = {"claim": "", "claimed_until": None}


IS_QUESTION = Q(kind=Letter.Kind.CONFIRMATION)
"""Whoever is asked to confirm an address has not done so yet."""
NEEDED = (
    *("kind", "message_id", "subject", "text", "html", "unsubscribe_url", "attempts"),
    *("recipient__address", "recipient__person__email"),
)


def _may_be_told() -> Q:
    """Whether the recipient of a letter still wants it, at the moment it is claimed."""
    return IS_QUESTION | Q(Exists(Recipient.objects.told().filter(pk=OuterRef("recipient"))))


CLAIM = Update(
    lambda given: Letter.objects.due(at=given.at).filter(_may_be_told(), pk=given.number),
    lambda given: {"claim": given.word, "claimed_until": given.until},
)
MARK_SENT = Update(
    lambda given: Letter.objects.waiting().filter(pk=given.number, claim=given.word),
    lambda given: FREE | {"state": Letter.State.SENT, "ended_at": given.at, "last_error": ""},
)


def candidates(*, at: datetime, most: int = AT_A_TIME) -> list[Letter]:
    """Letters that may be claimed, with their recipients, those that have waited longest first."""
    due = Letter.objects.due(at=at).order_by("not_before", "pk")
    return list(due.select_related("recipient__person").only(*NEEDED)[:most])


def waiting(*, clock: Callable[[], datetime]) -> Iterator[Letter]:
    """One after another, until none is left that may be claimed; another worker may be faster with any of them."""
    while letters := candidates(at=clock()):
        yield from letters


def claim(letter: Letter, *, at: datetime) -> bool:
    """Take it in hand. False where another has it, or its recipient wants no more letters (see `drop`)."""
    word = secrets.token_hex(16)
    if not CLAIM.do(Given(letter.pk, word, at, at + LEASE)):
        return False
    letter.claim = word
    return True


def drop(letter: Letter, *, at: datetime) -> bool:
    """End a letter whose recipient wants no more. False where that is not so, or another has it."""
    unwanted = Letter.objects.due(at=at).filter(~_may_be_told(), pk=letter.pk)
    return bool(unwanted.update(**FREE, state=Letter.State.DROPPED, ended_at=at))


def mark_sent(letter: Letter, *, at: datetime) -> bool:
    """False where the claim had run out and another took the letter."""
    return bool(MARK_SENT.do(Given(letter.pk, letter.claim, at, at)))


def give_up(letter: Letter, *, at: datetime, **changes: Any) -> bool:
    """Failed, until somebody has it tried again."""
    return _let_go(letter, state=Letter.State.FAILED, ended_at=at, **changes)


def put_off(letter: Letter, *, until: datetime, **changes: Any) -> bool:
    """Back into the outbox."""
    return _let_go(letter, not_before=until, **changes)


def _let_go(letter: Letter, **changes: Any) -> bool:
    mine = Letter.objects.waiting().filter(pk=letter.pk, claim=letter.claim)
    return bool(mine.update(**FREE, **changes))

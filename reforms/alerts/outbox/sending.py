"""Sending what waits in the outbox. Any number of workers may do it at once, and each may be killed at any moment.

A letter is claimed, given to the server, and marked at once. Whoever is killed after the server has taken it and before
it is marked leaves one letter that is sent again, under the same Message-ID; there is no other way to a second one.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db import InterfaceError, OperationalError, connection

from reforms.alerts.models import Letter
from reforms.alerts.outbox import claiming
from reforms.alerts.outbox.backoff import WHILE_AWAY, AwayError, code_of, next_step, trouble_of
from reforms.alerts.outbox.letters import SEND
from reforms.alerts.outbox.messages import message_of
from reforms.alerts.outbox.senders import DjangoSender, Sender, sends_letters
from reforms.base import clock
from reforms.base.accounts.letters import MAIL
from reforms.base.faults import count_fault, name_of
from reforms.base.hints import hint

SECONDS_PER_RUN = 50.0
"""After which the job begins no other letter: beat may be waiting for it."""
SECONDS_TO_MARK = 30.0
Clock = Callable[[], datetime]

logger = logging.getLogger(__name__)


@dataclass
class Sent:
    """What a run did. `is_over` is false where it ran out of time."""

    sent: int = 0
    failed: int = 0
    put_off: int = 0
    dropped: int = 0
    is_over: bool = True

    def __str__(self) -> str:
        return f"{self.sent} sent, {self.put_off} put off, {self.failed} failed, {self.dropped} dropped"


def send_letters(*, now: datetime) -> str:
    """The job: send what waits; answers what was done, in words."""
    if not sends_letters():
        return f"Nothing is sent without EMAIL_URL, {Letter.objects.waiting().count()} letters wait"
    began = time.monotonic()
    run = send_due(now=now, clock=lambda: now + timedelta(seconds=time.monotonic() - began), seconds=SECONDS_PER_RUN)
    if not run.is_over:
        hint(SEND)
    return str(run)


def send_due(
    *,
    now: datetime,
    clock: Clock = clock.now,
    sender: Sender | None = None,
    most: int | None = None,
    seconds: float | None = None,
) -> Sent:
    """Send what waits, until nothing does, so many were tried, or so many seconds have passed.

    The server is reached before any letter is claimed: while it is away no letter is touched. Where it goes away with
    one in hand, the run ends, and the others wait untouched.
    """
    run = Sent()
    if not sends_letters() or not claiming.candidates(at=now, most=1):
        return run
    try:
        with sender or DjangoSender() as open_sender:
            _send_each(open_sender, run, clock=clock, most=most, seconds=seconds)
    except AwayError as error:
        logger.warning("No letters were sent: the server of mail is away (%s)", name_of(error))
        count_fault(MAIL, error, now=clock())
    return run


def _send_each(sender: Sender, run: Sent, *, clock: Clock, most: int | None, seconds: float | None) -> None:
    """One after another. Raises AwayError where the next would fare no better."""
    began = time.monotonic()
    for letter in islice(claiming.waiting(clock=clock), most):
        at = clock()
        if claiming.claim(letter, at=at):
            _send_one(letter, sender, run, claimed_at=at, clock=clock)
        else:
            run.dropped += claiming.drop(letter, at=at)
        if seconds is not None and time.monotonic() - began > seconds:
            run.is_over = False
            return


def _send_one(letter: Letter, sender: Sender, run: Sent, *, claimed_at: datetime, clock: Clock) -> None:
    if clock() > claimed_at + claiming.LATEST_START:
        claiming.put_off(letter, until=clock() + WHILE_AWAY)  # the machine stood still, and the claim runs out soon
        run.put_off += 1
        return
    try:
        sender.send(message_of(letter))
    except Exception as error:
        _put_back(letter, error, run, at=clock())
        return
    if not _surely(lambda: claiming.mark_sent(letter, at=clock())):
        logger.warning("Letter %s was sent after its claim had run out", letter.pk)
    run.sent += 1


def _put_back(letter: Letter, error: Exception, run: Sent, *, at: datetime) -> None:
    """Put it off or give it up. Raises AwayError where the next would fare no better."""
    trouble, said = trouble_of(error), words_of(error)
    step = next_step(trouble, attempts=letter.attempts, number=letter.pk)
    logger.warning("Letter %s was not taken: %s (%s)", letter.pk, trouble.value, said)
    changes = {"attempts": step.attempts, "last_error": said}
    if step.wait is None:
        _surely(lambda: claiming.give_up(letter, at=at, **changes))
        run.failed += 1
    else:
        until = at + step.wait
        _surely(lambda: claiming.put_off(letter, until=until, **changes))
        run.put_off += 1
    if trouble.ends_run:
        raise AwayError from error.__cause__ or error


def words_of(error: Exception) -> str:
    """The name of an error, and the server's code where it gave one: never its words, which repeat addresses."""
    code = code_of(error)
    return f"{name_of(error)} {code}" if code else name_of(error)


def _surely(mark: Callable[[], bool]) -> bool:
    """Mark a letter, though the database be restarted meanwhile: left unmarked, it would be sent again."""
    deadline = time.monotonic() + SECONDS_TO_MARK
    while True:
        try:
            return mark()
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block or time.monotonic() > deadline:
                raise
            connection.close()
            time.sleep(0.2)

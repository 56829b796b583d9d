"""A process that has everything loaded and starts others at the word: they begin at once, and can be killed.

`python -m tests.faults.nursery` says `ready` and then answers lines:

    start WORK AHEAD NUMBER   the id of a new process that waits; its clock is so many seconds ahead, and claims of
                              those who were killed before have run out there
    go                        all that wait begin
    end ID                    the status of a process, once it has ended
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from multiprocessing import Barrier
from pathlib import Path
from typing import Any
from unittest.mock import patch

import django

Clock = Callable[[], datetime]
Work = Callable[[Clock, int], None]

SECONDS = 60
meeting = Barrier(2)


def fill(clock: Clock, number: int) -> None:
    """So many letters, each to somebody else, and no others."""
    from reforms.alerts.models import Letter, Recipient
    from reforms.alerts.outbox.letters import new_message_id

    Recipient.objects.all().delete()
    now = clock() - timedelta(minutes=1)
    recipients = Recipient.objects.bulk_create(
        Recipient(address=f"person{each}@example.org", made_at=now, confirmed_at=now) for each in range(number)
    )
    Letter.objects.bulk_create(
        Letter(
            key=f"digest:{recipient.pk}",
            kind=Letter.Kind.DIGEST,
            recipient=recipient,
            message_id=new_message_id(),
            subject="What is new",
            text="Dear reader,\n",
            made_at=now,
            not_before=now,
        )
        for recipient in recipients
    )


def send(clock: Clock, number: int) -> None:
    """Send what waits."""
    from reforms.alerts.outbox.sending import send_due

    send_due(now=clock(), clock=clock)


def send_together(clock: Clock, number: int) -> None:
    """The same, with another who does: both have a letter in hand before either sends one."""
    from reforms.alerts.outbox import sending

    with patch.object(sending, "_send_one", after_meeting(sending._send_one)):
        send(clock, number)


def after_meeting(usual: Callable[..., Any]) -> Callable[..., Any]:
    """The same, but the first time only when the other process of the two has come as far."""
    has_met = False

    def meet_and_go_on(*args: Any, **given: Any) -> Any:
        nonlocal has_met
        if not has_met:
            has_met = True
            meeting.wait(SECONDS)
        return usual(*args, **given)

    return meet_and_go_on


def send_and_die_before_marking(clock: Clock, number: int) -> None:
    """Send so many, and die when the server has taken the last of them and the database does not know it yet."""
    from reforms.alerts.outbox import claiming

    interrupted(claiming, "mark_sent", die, clock, number)


def send_and_die_before_sending(clock: Clock, number: int) -> None:
    """The same, but with the last of them claimed and not sent."""
    from reforms.alerts.outbox import sending

    interrupted(sending, "message_of", die, clock, number)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def interrupted(module: Any, name: str, by: Callable[[], None], clock: Clock, number: int) -> None:
    """Send, and do something else before this is called for the last of so many letters."""
    usual, calls = getattr(module, name), []

    def look_up(*args: Any, **given: Any) -> Any:
        calls.append(name)
        if len(calls) == number:
            by()
        return usual(*args, **given)

    with patch.object(module, name, look_up):
        send(clock, number)


def send_and_stand_still(clock: Clock, number: int) -> None:
    """Send, and with the last of so many letters sent and not marked wait as long as there is a file HOLD."""
    from reforms.alerts.outbox import claiming

    hold = Path(os.environ["HOLD"])

    def stand_still() -> None:
        hold.with_suffix(".held").touch()
        while hold.exists():
            time.sleep(0.05)

    interrupted(claiming, "mark_sent", stand_still, clock, number)


def send_and_stand_still_and_mark_once(clock: Clock, number: int) -> None:
    """The same without a protection: what cannot be marked is not marked."""
    from reforms.alerts.outbox import sending

    with patch.object(sending, "_surely", lambda mark: mark()):
        send_and_stand_still(clock, number)


def send_marking_at_the_end(clock: Clock, number: int) -> None:
    """Without a protection: send as a program would that writes down what it has sent when it is done."""
    from reforms.alerts.outbox import sending

    marks: list[Callable[[], bool]] = []
    with patch.object(sending, "_surely", lambda mark: not marks.append(mark)):
        send(clock, number)
    for mark in marks:
        mark()


def send_together_unclaimed(clock: Clock, number: int) -> None:
    """Without a protection: send as programs would that look for letters that wait, and claim none."""
    from reforms.alerts.models import Letter
    from reforms.alerts.outbox import claiming

    def claim(letter: Letter, *, at: datetime) -> bool:
        return True

    def mark_sent(letter: Letter, *, at: datetime) -> bool:
        return bool(Letter.objects.filter(pk=letter.pk).update(state=Letter.State.SENT, ended_at=at))

    with patch.object(claiming, "claim", claim), patch.object(claiming, "mark_sent", mark_sent):
        send_together(clock, number)


WORK: dict[str, Work] = {
    work.__name__: work
    for work in (
        fill,
        send,
        send_together,
        send_and_die_before_marking,
        send_and_die_before_sending,
        send_and_stand_still,
        send_and_stand_still_and_mark_once,
        send_marking_at_the_end,
        send_together_unclaimed,
    )
}


def start(name: str, ahead: str, number: str) -> int:
    """The id of a new process that does the work, once a line comes for it."""
    reading, writing = os.pipe()
    if child := os.fork():
        os.close(reading)
        gates.append(writing)
        return child
    os.close(writing)
    for gate in gates:
        os.close(gate)  # the others' ends: as long as one is open, nobody goes on
    try:
        os.read(reading, 1)
        do(name, timedelta(seconds=float(ahead)), int(number))
    except BaseException as error:
        sys.stderr.write(f"{name}: {error!r}\n")
        os._exit(1)
    os._exit(0)


def do(name: str, ahead: timedelta, number: int) -> None:
    from reforms.base import clock

    WORK[name](lambda: clock.now() + ahead, number)


def let_go() -> str:
    """All that wait begin."""
    while gates:
        os.close(gates.pop())
    return "gone"


def end(child: str) -> int:
    """How a process ended, once it has."""
    return os.waitstatus_to_exitcode(os.waitpid(int(child), 0)[1])


gates: list[int] = []
"""One for each process that waits: to close it is to let it begin."""
ANSWERS: dict[str, Callable[..., object]] = {"start": start, "go": let_go, "end": end}


def say(words: object) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reforms.settings")
    django.setup()
    say("ready")
    for line in sys.stdin:
        word, *given = line.split()
        say(ANSWERS[word](*given))

"""Sending letters, beside a loop that does nothing but hand the same messages to the same mail server.

Both are on the clock, since both wait for the server most of the time, and take turns, so that others' work on the
machine falls on both. The server takes every letter at once, and has it on the disk when it says so, as
servers of mail must.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from smtplib import SMTP
from typing import Any

from django.conf import settings
from django.core.mail.utils import DNS_NAME

from reforms.alerts.models import Letter, Recipient
from reforms.alerts.outbox.letters import Written, put
from reforms.alerts.outbox.messages import message_of
from reforms.alerts.outbox.sending import send_due
from reforms.base import clock

TEXT = "Dear reader,\n\n" + "Something that you follow has changed: https://reforms.example.org/flags/\n" * 20
HTML = "<p>Dear reader,</p>" + "<p><a href='https://reforms.example.org/flags/'>Something</a> has changed.</p>\n" * 20


def measure_letters(*, letters: int, rounds: int) -> dict[str, Any]:
    """So many letters, each sent twice: by the loop, and by us."""
    plain = ours = own = 0.0
    sent, each = 0, max(1, letters // rounds)
    for number in range(rounds):
        make_letters(each, begin=number * each)
        prepared = [prepare(letter) for letter in waiting()]
        plain += seconds(lambda prepared=prepared: send_plainly(prepared))
        before = time.process_time()
        ours += seconds(lambda: send_due(now=clock.now()))
        own += time.process_time() - before
        sent += len(prepared)
    assert Letter.objects.filter(state=Letter.State.SENT).count() == sent == each * rounds
    return {
        "letters": sent,
        "ratio": ours / plain,
        "a_second": sent / ours,
        "plain_a_second": sent / plain,
        "own_ms": own / sent * 1000,
    }


def make_letters(count: int, *, begin: int) -> None:
    """So many, each to somebody else."""
    now = clock.now()
    for number in range(begin, begin + count):
        address = f"person{number}@example.org"
        recipient = Recipient.objects.create(address=address, made_at=now, confirmed_at=now)
        url = f"https://reforms.example.org/unsubscribe/{recipient.key}/"
        put(recipient, Written("digest", f"digest:{number}", "What is new", TEXT, HTML, url), now=now)


def waiting() -> list[Letter]:
    return list(Letter.objects.waiting().select_related("recipient__person"))


def prepare(letter: Letter) -> tuple[str, bytes]:
    """To whom, and the message to the last byte."""
    return letter.recipient.email, message_of(letter).message().as_bytes(linesep="\r\n")


def send_plainly(prepared: list[tuple[str, bytes]]) -> None:
    with SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, local_hostname=DNS_NAME.get_fqdn(), timeout=10) as server:
        for to, message in prepared:
            server.sendmail(settings.DEFAULT_FROM_EMAIL, [to], message)


def seconds(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began

"""The mail server is away for six hours of a clock that is passed as an argument."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reforms.alerts.models import Letter
from reforms.alerts.outbox.backoff import Trouble
from reforms.alerts.outbox.senders import DjangoSender
from reforms.alerts.outbox.sending import Sent, send_due
from reforms.base.models import FaultCount
from tests.engines.mail import MailServer, running_mail
from tests.reforms.alerts.outbox.conftest import go_to, some_letter

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
HOURS = timedelta(hours=6)


@pytest.fixture
def mail(tmp_path: Path, settings) -> Iterator[MailServer]:
    """A mail server of this test's own, to be killed."""
    with running_mail(tmp_path / "mail") as server:
        go_to(server, settings)
        yield server


@pytest.fixture
def tried(monkeypatch) -> list[str]:
    """Each time somebody tried to reach a mail server."""
    tries: list[str] = []
    connect = smtplib.SMTP.connect

    def connect_and_count(self, *args, **given):
        tries.append("tried")
        return connect(self, *args, **given)

    monkeypatch.setattr(smtplib.SMTP, "connect", connect_and_count)
    return tries


@pytest.mark.parametrize(
    ("letters", "minutes"),
    [pytest.param(40, 30, id="small"), pytest.param(400, 1, id="full size", marks=pytest.mark.long)],
)
def test_six_hours_without_a_mail_server(letters, minutes, mail: MailServer, tried: list[str]):
    for number in range(letters):
        some_letter(f"person{number}", now=NOW)

    assert sweep_that_ends_in_the_middle(mail, after=letters // 4) == Sent(sent=letters // 4, put_off=1)
    tried.clear()
    step = timedelta(minutes=minutes)
    sweeps = HOURS // step
    for number in range(1, sweeps + 1):
        assert sweep(NOW + number * step) == Sent()
    assert len(tried) == sweeps, "one try in each sweep, however many letters wait"
    assert not Letter.objects.exclude(state__in=["waiting", "sent"]).exists()

    mail.start()

    assert sweep(NOW + HOURS + step) == Sent(sent=letters - letters // 4)
    assert set(Letter.objects.values_list("state", "attempts")) == {("sent", 0)}
    assert len({taken.to for taken in mail.taken()}) == len(mail.taken()) == letters
    assert FaultCount.objects.get(part="mail").count == sweeps + 1


def test_without_the_end_of_a_run_there_would_be_a_storm(mail: MailServer, tried: list[str], monkeypatch):
    """Where every letter is tried although the server is away, and the server not before the letters."""
    monkeypatch.setattr(DjangoSender, "__enter__", lambda self: self)
    monkeypatch.setattr(Trouble, "ends_run", False)
    mail.kill()
    for number in range(10):
        some_letter(f"person{number}", now=NOW)

    assert sweep(NOW) == Sent(put_off=10)
    assert len(tried) == 10


def sweep(at: datetime) -> Sent:
    return send_due(now=at, clock=lambda: at)


def sweep_that_ends_in_the_middle(mail: MailServer, *, after: int) -> Sent:
    """A run during which the server is killed, when it has taken so many letters."""

    def clock() -> datetime:
        if mail.count() == after:
            mail.kill()
        return NOW

    return send_due(now=NOW, clock=clock)


def test_a_server_that_stands_still_is_given_up_before_a_letter_is_claimed(mail: MailServer, settings):
    """It takes connections, and says nothing."""
    settings.EMAIL_TIMEOUT = 0.3
    letter = some_letter(now=NOW)
    mail.freeze()

    assert sweep(NOW) == Sent()

    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.not_before) == ("waiting", 0, NOW)
    mail.thaw()
    assert sweep(NOW) == Sent(sent=1)

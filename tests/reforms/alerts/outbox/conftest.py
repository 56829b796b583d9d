"""Letters in the outbox, a sender that does as it is told, and a mail server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Self
from urllib.parse import urlsplit

import pytest
from django.core.mail import EmailMultiAlternatives

from reforms.alerts.models import Letter, Recipient
from reforms.alerts.outbox.letters import Written, put
from tests.builders import next_number
from tests.engines.mail import MailServer, running_mail

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def some_letter(name: str = "anna", *, now: datetime = NOW, **values: object) -> Letter:
    """A letter that waits, to somebody of this name who confirmed their address."""
    number = next_number()
    given = {"made_at": now, "confirmed_at": now}
    recipient, _ = Recipient.objects.get_or_create(address=f"{name}@example.org", defaults=given)
    usual = {"kind": Letter.Kind.DIGEST, "key": f"digest:{number}", "subject": "What is new", "text": f"Dear {number}"}
    letter = put(recipient, Written(**usual | values), now=now)
    assert letter
    return letter


def said(letter: Letter) -> tuple[str, int, str]:
    """What the database says of a letter now: its state, how often it was tried, and the last error."""
    letter.refresh_from_db()
    assert (letter.claim, letter.claimed_until) == ("", None)
    return letter.state, letter.attempts, letter.last_error


class ToldSender:
    """Takes letters, or raises what it was told to raise for their recipients."""

    def __init__(self, **errors: Exception) -> None:
        self.errors, self.taken, self.opened = errors, [], 0
        self.before: Callable[[], object] = lambda: None

    def __enter__(self) -> Self:
        self.opened += 1
        if error := self.errors.get("at_the_door"):
            raise error
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is open."""

    def send(self, message: EmailMultiAlternatives) -> None:
        self.before()
        [to] = message.to
        if error := self.errors.get(to.partition("@")[0]):
            raise error
        self.taken.append(to)


@pytest.fixture(scope="session")
def one_mail_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    with running_mail(tmp_path_factory.mktemp("mail")) as server:
        yield server


@pytest.fixture
def mail(one_mail_server: MailServer, settings) -> Iterator[MailServer]:
    """A mail server that has taken nothing yet, and to which letters go."""
    one_mail_server.forget()
    go_to(one_mail_server, settings)
    yield one_mail_server
    one_mail_server.start()


def go_to(server: MailServer, settings) -> None:
    """Send letters there."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", urlsplit(server.url).port
    settings.SENDS_MAIL = True

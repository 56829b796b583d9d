"""Over SMTP, to a real server with every manner that servers have."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from reforms.alerts.outbox import senders
from reforms.alerts.outbox.sending import Sent, send_due
from reforms.base.clock import civil_day
from reforms.base.faults import faults_on
from tests.engines.mail import MailServer, running_mail
from tests.reforms.alerts.outbox.conftest import NOW, go_to, said, some_letter

pytestmark = [pytest.mark.django_db, pytest.mark.once]
send = partial(send_due, now=NOW, clock=lambda: NOW)


def names(mail: MailServer) -> list[str]:
    """To whom letters went, in the order they were taken."""
    return [taken.to.partition("@")[0] for taken in mail.taken()]


def test_letter_arrives_as_it_was_written(mail: MailServer):
    letter = some_letter(
        subject="What is new – £5", text="Dear Anna,\nso.\n", html="<p>So – £5.</p>", unsubscribe_url="https://a/u/"
    )

    assert send() == Sent(sent=1)

    [taken] = mail.taken()
    message = taken.message
    assert (taken.to, taken.message_id) == ("anna@example.org", letter.message_id)
    assert (message["Subject"], message["List-Unsubscribe"]) == ("What is new – £5", "<https://a/u/>")
    assert message["Reply-To"] is None
    plain, html = (message.get_body([kind]) for kind in ("plain", "html"))
    assert plain.get_content().splitlines() == ["Dear Anna,", "so."]
    assert html.get_content().strip() == "<p>So – £5.</p>"


def test_all_on_one_connection(mail: MailServer):
    for number in range(5):
        some_letter(f"person{number}")

    assert send() == Sent(sent=5)
    assert len({taken.connection for taken in mail.taken()}) == 1


@pytest.mark.parametrize(
    ("name", "run", "expected"),
    [
        pytest.param("later", Sent(sent=2, put_off=1), ("waiting", 1, "SMTPRecipientsRefused 451"), id="not-now"),
        pytest.param("never", Sent(sent=2, failed=1), ("failed", 1, "SMTPRecipientsRefused 550"), id="nobody"),
        pytest.param("full", Sent(sent=2, put_off=1), ("waiting", 1, "SMTPDataError 452"), id="no-room"),
        pytest.param("spam", Sent(sent=2, failed=1), ("failed", 1, "SMTPDataError 554"), id="not-wanted"),
        pytest.param("busy", Sent(sent=1, put_off=1), ("waiting", 0, "SMTPRecipientsRefused 421"), id="too-many"),
        pytest.param("cut", Sent(sent=1, put_off=1), ("waiting", 1, "SMTPServerDisconnected"), id="hangs-up"),
        pytest.param("dörte", Sent(sent=2, failed=1), ("failed", 1, "ValueError"), id="cannot-write-it"),
    ],
)
def test_manners(name, run, expected, mail: MailServer):
    first, odd, last = some_letter("first"), some_letter(name), some_letter("last")

    assert send() == run

    assert said(odd) == expected
    assert (said(first)[0], said(last)[0]) == ("sent", "sent" if run.sent == 2 else "waiting")
    assert names(mail) == ["first", "last"][: run.sent]
    # A server that hung up, or says it is closing, gets one more try on a new connection: it may have had enough of
    # the old one.
    assert faults_on(civil_day(NOW)) == ({} if run.sent == 2 else {"mail": 1})


def test_sender_that_is_refused_fails_no_letter(mail: MailServer, settings):
    settings.DEFAULT_FROM_EMAIL = "nobody@example.org"
    letters = [some_letter("anna"), some_letter("bert")]

    assert send() == Sent(put_off=1)
    assert [said(letter)[:2] for letter in letters] == [("waiting", 0), ("waiting", 0)]


@pytest.fixture
def fleeting(tmp_path: Path, settings) -> Iterator[MailServer]:
    """A server that takes three letters on each connection."""
    with running_mail(tmp_path / "mail", "fleeting") as server:
        go_to(server, settings)
        yield server


def test_connection_is_opened_again(fleeting: MailServer):
    for number in range(8):
        some_letter(f"person{number}")

    assert send() == Sent(sent=8)
    connections = [taken.connection for taken in fleeting.taken()]
    first = connections[0]
    assert [number - first for number in connections] == [0, 0, 0, 1, 1, 1, 2, 2]
    assert faults_on(civil_day(NOW)) == {}


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raises AssertionError where it took longer."""
    began = time.monotonic()
    yield
    taken = time.monotonic() - began
    assert taken < seconds, f"took {taken:.1f} seconds"


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("silent", id="silent"),
        pytest.param("drip", id="always about to answer"),
    ],
)
def test_a_letter_ends_in_time(name, mail: MailServer, settings, monkeypatch):
    """Whatever the server does: a claim must not run out with the letter in its hands."""
    monkeypatch.setattr(senders, "SECONDS_PER_LETTER", 0.4)
    settings.EMAIL_TIMEOUT = 0.3 if name == "silent" else 10
    letter = some_letter(name)

    with within(3):
        assert send() == Sent(put_off=1)
    assert said(letter)[:2] == ("waiting", 1)


@pytest.mark.long
def test_without_the_watch_it_would_not(mail: MailServer, monkeypatch):
    monkeypatch.setattr(senders, "SECONDS_PER_LETTER", 0.4)
    monkeypatch.setattr(senders.DjangoSender, "_hang_up", lambda self: None)
    some_letter("drip")

    with pytest.raises(AssertionError, match="took"), within(3):
        send()

"""A run: what becomes of each letter, and when it ends. The real server's manners are in test_senders.py."""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail as outbox
from django.db import OperationalError

from reforms.alerts.models import Letter
from reforms.alerts.outbox import claiming, sending
from reforms.alerts.outbox.backoff import AwayError
from reforms.alerts.outbox.sending import Sent, send_due, send_letters
from reforms.base.clock import civil_day
from reforms.base.faults import faults_on
from tests.reforms.alerts.outbox.conftest import MINUTE, NOW, ToldSender, said, some_letter
from tests.reforms.base.accounts.people import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.once]
send = partial(send_due, now=NOW, clock=lambda: NOW)


def test_all_that_waits_is_sent_once():
    letters = [some_letter(f"person-{number}") for number in range(claiming.AT_A_TIME + 5)]
    sender = ToldSender()

    assert send(sender=sender) == Sent(sent=55)
    assert send(sender=sender) == Sent()

    assert len(set(sender.taken)) == len(sender.taken) == len(letters)
    assert {said(letter) for letter in letters} == {("sent", 0, "")}
    assert set(Letter.objects.values_list("ended_at", flat=True)) == {NOW}
    assert sender.opened == 1, "nobody is called when nothing waits"


def test_by_djangos_settings():
    letter = some_letter()

    assert send() == Sent(sent=1)

    [message] = outbox.outbox
    assert (message.to, message.extra_headers["Message-ID"]) == (["anna@example.org"], letter.message_id)


@pytest.mark.parametrize(
    ("error", "run", "expected", "minutes"),
    [
        pytest.param(
            SMTPRecipientsRefused({"bad@example.org": (450, b"bad@example.org")}),
            Sent(sent=2, put_off=1),
            ("waiting", 1, "SMTPRecipientsRefused 450"),
            1,
            id="later: the others are sent",
        ),
        pytest.param(
            SMTPDataError(554, b"bad@example.org"),
            Sent(sent=2, failed=1),
            ("failed", 1, "SMTPDataError 554"),
            None,
            id="never: the others are sent",
        ),
        pytest.param(
            SMTPRecipientsRefused({"bad@example.org": (421, b"")}),
            Sent(sent=1, put_off=1),
            ("waiting", 0, "SMTPRecipientsRefused 421"),
            1,
            id="away: the run ends, and nothing counts",
        ),
        pytest.param(
            SMTPServerDisconnected("bad@example.org"),
            Sent(sent=1, put_off=1),
            ("waiting", 1, "SMTPServerDisconnected"),
            1,
            id="silent: the run ends",
        ),
        pytest.param(
            KeyError("bad@example.org"),
            Sent(sent=2, put_off=1),
            ("waiting", 1, "KeyError"),
            1,
            id="what nobody thought of: the others are sent",
        ),
    ],
)
def test_letter_that_is_not_taken(error, run, expected, minutes, caplog):
    caplog.set_level(logging.DEBUG)
    first, bad, last = some_letter("first"), some_letter("bad"), some_letter("last")

    assert send(sender=ToldSender(bad=error)) == run

    assert said(bad) == expected
    assert said(first)[0] == "sent"
    is_ended = run.sent == 1
    assert said(last) == (("waiting", 0, "") if is_ended else ("sent", 0, ""))
    assert last.not_before == NOW
    assert faults_on(civil_day(NOW)) == ({"mail": 1} if is_ended else {})
    assert "example.org" not in caplog.text
    if minutes:
        assert bad.ended_at is None
        assert 0.9 * minutes * MINUTE <= bad.not_before - NOW <= 1.1 * minutes * MINUTE
    else:
        assert bad.ended_at == NOW


@pytest.mark.parametrize("address", ["anna@example.org\nBcc: all@example.org", "anna"], ids=["header", "no-domain"])
def test_what_is_no_address_fails_and_the_run_goes_on(address):
    bad, good = some_letter(), some_letter("bert")
    change(bad, address=address)

    assert send(sender=ToldSender()) == Sent(sent=1, failed=1)

    assert said(bad) == ("failed", 1, "ValueError")
    assert said(good)[0] == "sent"


def test_eight_attempts_that_count_are_enough():
    letter, sender = some_letter("bad"), ToldSender(bad=SMTPDataError(451, b""))
    moments = []
    while said(letter)[0] == "waiting":
        at = letter.not_before
        moments.append(at)
        send_due(now=at, clock=lambda at=at: at, sender=sender)

    assert said(letter) == ("failed", 8, "SMTPDataError 451")
    assert len(moments) == 8
    assert timedelta(hours=36) < moments[-1] - moments[0] < timedelta(hours=48)


class TestWhoMayBeTold:
    def test_dropped_for_who_has_left(self):
        letter = some_letter()
        change(letter, address="", person=make_person(is_active=False))

        assert send(sender=ToldSender()) == Sent(dropped=1)
        assert said(letter)[0] == "dropped"

    @pytest.mark.parametrize("values", [{"ended_at": NOW}, {"confirmed_at": None}], ids=["ended", "not-confirmed"])
    def test_dropped_for_who_does_not_want_it(self, values):
        letter = some_letter()
        change(letter, **values)

        assert send(sender=ToldSender()) == Sent(dropped=1)
        assert said(letter)[0] == "dropped"

    def test_question_whether_an_address_is_right(self):
        letter = some_letter(kind=Letter.Kind.CONFIRMATION)
        change(letter, confirmed_at=None)

        assert send(sender=ToldSender()) == Sent(sent=1)

    def test_asked_when_it_is_sent(self):
        """Not when fifty letters were read: somebody may have had enough of them a second ago."""
        first, second = some_letter("anna"), some_letter("bert")
        sender = ToldSender()
        sender.before = lambda: change(second, ended_at=NOW)

        assert send(sender=sender) == Sent(sent=1, dropped=1)
        assert said(first)[0] == "sent"


def test_while_the_server_is_away_no_letter_is_touched():
    letters = [some_letter(), some_letter("bert")]
    sender = ToldSender(at_the_door=AwayError())

    for number in range(9):
        assert send_due(now=NOW + number * MINUTE, clock=lambda: NOW, sender=sender) == Sent()

    assert {said(letter) for letter in letters} == {("waiting", 0, "")}
    assert {letter.not_before for letter in letters} == {NOW}
    assert sender.opened == 9
    assert faults_on(civil_day(NOW)) == {"mail": 9}


def test_so_many_and_no_more():
    for number in range(4):
        some_letter(f"person-{number}")

    assert send(sender=ToldSender(), most=3) == Sent(sent=3)


def test_out_of_time():
    for number in range(4):
        some_letter(f"person-{number}")

    assert send(sender=ToldSender(), seconds=0) == Sent(sent=1, is_over=False)


def test_a_machine_that_stood_still_lets_go():
    """Between the claim and the sending: by now another may be about to take it."""
    letter = some_letter()
    moments = iter([NOW, NOW, NOW + claiming.LATEST_START + MINUTE])
    sender = ToldSender()

    assert send(sender=sender, clock=lambda: next(moments, NOW + claiming.LATEST_START + MINUTE)) == Sent(put_off=1)

    assert sender.taken == []
    assert said(letter) == ("waiting", 0, "")


def test_marking_outlasts_a_restart_of_the_database(monkeypatch):
    answers = iter([OperationalError(), OperationalError()])
    monkeypatch.setattr(sending, "connection", Away())
    monkeypatch.setattr(sending.time, "sleep", lambda seconds: None)

    def mark() -> bool:
        for error in answers:
            raise error
        return True

    assert sending._surely(mark)


class Away:
    """A connection to a database that is being restarted."""

    in_atomic_block = False

    def close(self) -> None:
        """Drop what is broken."""


class TestJob:
    def test_says_what_was_done(self):
        some_letter()

        assert send_letters(now=NOW) == "1 sent, 0 put off, 0 failed, 0 dropped"

    def test_goes_on_in_another_run(self, monkeypatch):
        hints: list[str] = []
        monkeypatch.setattr(sending, "hint", hints.append)
        monkeypatch.setattr(sending, "SECONDS_PER_RUN", 0.0)
        some_letter()
        some_letter("bert")

        assert send_letters(now=NOW).startswith("1 sent")
        assert hints == ["reforms.alerts.tasks.send_letters"]

    def test_in_production_without_a_server_letters_wait(self, settings):
        settings.IS_PRODUCTION, settings.SENDS_MAIL = True, False
        letter = some_letter()

        assert send_letters(now=NOW) == "Nothing is sent without EMAIL_URL, 1 letters wait"
        assert send() == Sent()
        assert said(letter) == ("waiting", 0, "")
        assert outbox.outbox == []


def change(letter: Letter, **values: object) -> None:
    type(letter.recipient).objects.filter(pk=letter.recipient_id).update(**values)

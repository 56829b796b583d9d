"""What becomes of a letter that was not taken, as tables."""

from __future__ import annotations

import ssl
from datetime import timedelta
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPDataError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

import pytest
from django.core.mail import BadHeaderError

from reforms.alerts.outbox.backoff import AwayError, Step, Trouble, code_of, has_hung_up, next_step, spread, trouble_of

AWAY, SILENT, LATER, NEVER = Trouble.AWAY, Trouble.SILENT, Trouble.LATER, Trouble.NEVER


def refused(code: int) -> SMTPRecipientsRefused:
    return SMTPRecipientsRefused({"anna@example.org": (code, b"No")})


@pytest.mark.parametrize(
    ("error", "trouble", "code"),
    [
        pytest.param(AwayError(), AWAY, None, id="no-connection"),
        pytest.param(SMTPConnectError(554, b""), AWAY, 554, id="turned-away-at-the-door"),
        pytest.param(SMTPAuthenticationError(535, b""), AWAY, 535, id="password"),
        pytest.param(SMTPSenderRefused(550, b"", ""), AWAY, 550, id="sender-for-good"),
        pytest.param(SMTPSenderRefused(451, b"", ""), AWAY, 451, id="sender-now"),
        pytest.param(SMTPSenderRefused(421, b"", ""), AWAY, 421, id="closing-at-the-sender"),
        pytest.param(SMTPSenderRefused(552, b"", ""), NEVER, 552, id="too-large"),
        pytest.param(refused(421), AWAY, 421, id="closing-at-the-recipient"),
        pytest.param(refused(450), LATER, 450, id="recipient-now"),
        pytest.param(refused(550), NEVER, 550, id="recipient-for-good"),
        pytest.param(SMTPDataError(421, b""), AWAY, 421, id="closing-at-the-words"),
        pytest.param(SMTPDataError(452, b""), LATER, 452, id="words-now"),
        pytest.param(SMTPDataError(554, b""), NEVER, 554, id="words-for-good"),
        pytest.param(SMTPServerDisconnected(), SILENT, None, id="hung-up"),
        pytest.param(ConnectionResetError(), SILENT, None, id="reset"),
        pytest.param(BrokenPipeError(), SILENT, None, id="pipe"),
        pytest.param(TimeoutError(), SILENT, None, id="silent"),
        pytest.param(ssl.SSLError(), SILENT, None, id="tls"),
        pytest.param(SMTPNotSupportedError(), NEVER, None, id="name-the-server-cannot-write"),
        pytest.param(ValueError(), NEVER, None, id="no-address"),
        pytest.param(BadHeaderError(), NEVER, None, id="header"),
        pytest.param(UnicodeEncodeError("ascii", "é", 0, 1, ""), NEVER, None, id="letters-of-an-address"),
        pytest.param(ZeroDivisionError(), LATER, None, id="what-nobody-thought-of"),
    ],
)
def test_what_an_error_says(error, trouble, code):
    assert (trouble_of(error), code_of(error)) == (trouble, code)


@pytest.mark.parametrize(
    ("trouble", "ends_run"),
    [(AWAY, True), (SILENT, True), (LATER, False), (NEVER, False)],
    ids=lambda value: str(value),
)
def test_what_ends_a_run(trouble, ends_run):
    assert trouble.ends_run is ends_run


EVENLY = 15
"""A number whose waits are neither longer nor shorter."""


@pytest.mark.parametrize("trouble", [LATER, SILENT])
def test_waits_grow_until_it_is_given_up(trouble):
    hours, attempts, waits = timedelta(), 0, []
    while (step := next_step(trouble, attempts=attempts, number=EVENLY)).wait:
        waits.append(step.wait / timedelta(minutes=1))
        attempts, hours = step.attempts, hours + step.wait

    assert [round(wait) for wait in waits] == [1, 5, 15, 60, 240, 720, 1440]
    assert step == Step(None, 8)
    assert timedelta(hours=41) < hours < timedelta(hours=42)


@pytest.mark.parametrize("attempts", [0, 7, 300])
def test_a_server_that_is_away_counts_for_nothing(attempts):
    assert next_step(AWAY, attempts=attempts, number=1) == Step(timedelta(minutes=1), attempts)


@pytest.mark.parametrize("attempts", [0, 3])
def test_never_is_never(attempts):
    assert next_step(NEVER, attempts=attempts, number=1) == Step(None, attempts + 1)


def test_letters_put_off_together_come_back_apart():
    spreads = [spread(number) for number in range(1, 1001)]

    assert 0.9 <= min(spreads) < 0.91
    assert 1.09 < max(spreads) <= 1.1
    assert len(set(spreads)) == 101
    assert spread(EVENLY) == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        pytest.param(SMTPServerDisconnected(), True, id="hung-up"),
        pytest.param(ConnectionResetError(), True, id="reset"),
        pytest.param(refused(421), True, id="closing"),
        pytest.param(refused(451), False, id="not-now"),
        pytest.param(TimeoutError(), False, id="silent: perhaps it has it"),
        pytest.param(ValueError(), False, id="no-address"),
    ],
)
def test_whether_it_hung_up(error, expected):
    assert has_hung_up(error) is expected

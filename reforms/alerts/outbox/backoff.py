"""What becomes of a letter that was not taken, by the error alone. No database here.

1. The server takes nothing from anybody: that says nothing of the letter, so it waits and nothing is counted.
2. The server hung up or fell silent with the letter in hand. Perhaps it has it: wait longer each time.
3. The server does not want this letter now: wait longer each time.
4. Nobody will ever take it, or it was tried often enough: failed, for administrators to see.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60))
"""After the first attempt that counts, the second, and so on. There is none after the eighth, 41 hours later."""
WHILE_AWAY = timedelta(minutes=1)
JITTER = 0.1
CLOSING, TOO_LARGE = 421, 552


class AwayError(Exception):
    """There is no server to be had; the reason is its cause."""


class Trouble(Enum):
    AWAY = "the server takes nothing now"
    SILENT = "the server hung up, or fell silent, with the letter in hand"
    LATER = "the server does not want this letter now"
    NEVER = "this letter cannot be sent"

    @property
    def ends_run(self) -> bool:
        """Whether the next letter would fare no better."""
        return self in (Trouble.AWAY, Trouble.SILENT)


@dataclass(frozen=True)
class Step:
    """What to do next. No wait: give it up. `attempts` is how many count by now."""

    wait: timedelta | None
    attempts: int


def next_step(trouble: Trouble, *, attempts: int, number: int) -> Step:
    """For a letter of this number that was tried so often before, as far as it counts."""
    if trouble is Trouble.AWAY:
        return Step(WHILE_AWAY, attempts)
    if trouble is Trouble.NEVER or attempts >= len(WAITS):
        return Step(None, attempts + 1)
    return Step(WAITS[attempts] * spread(number), attempts + 1)


def spread(number: int) -> float:
    """From 0.9 to 1.1, by the number of a letter: those that were put off together do not all come back together."""
    return 1 - JITTER + 2 * JITTER * (number * 37 % 101) / 100


def trouble_of(error: Exception) -> Trouble:
    """What an error says. What nobody thought of is tried again, and given up in the end: it holds up no other."""
    match error:
        case AwayError():
            return Trouble.AWAY
        case SMTPNotSupportedError() | ValueError():
            return Trouble.NEVER  # an address or a header that cannot be written
        case SMTPRecipientsRefused() | SMTPDataError():
            return _by_code(code_of(error))
        case SMTPSenderRefused():
            # Who may send is a matter between the server and the site, and the same for every letter.
            return Trouble.NEVER if error.smtp_code == TOO_LARGE else Trouble.AWAY
        case SMTPServerDisconnected():
            return Trouble.SILENT
        case SMTPException():
            return Trouble.AWAY
        case OSError():
            return Trouble.SILENT
    return Trouble.LATER


def has_hung_up(error: Exception) -> bool:
    """Whether the server has ended the connection, as many do after an hour or a hundred letters."""
    return isinstance(error, SMTPServerDisconnected | ConnectionError) or code_of(error) == CLOSING


def code_of(error: Exception) -> int | None:
    """The server's code, where it gave one."""
    if isinstance(error, SMTPRecipientsRefused):
        return max((code for code, _ in error.recipients.values()), default=None)
    return error.smtp_code if isinstance(error, SMTPResponseException) else None


def _by_code(code: int | None) -> Trouble:
    if code == CLOSING:
        return Trouble.AWAY
    return Trouble.NEVER if code and code >= 500 else Trouble.LATER

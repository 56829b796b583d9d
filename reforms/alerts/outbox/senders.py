"""What takes letters away. Another way of sending them is another class with the same few methods."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Event, Thread
from time import monotonic
from types import TracebackType
from typing import Any, Protocol, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from reforms.alerts.outbox.backoff import AwayError, has_hung_up

SECONDS_PER_LETTER = 30.0
"""However slowly a server answers. With LATEST_START it is less than a claim lasts."""


class Sender(Protocol):
    """Open while letters are sent, one after another. To enter raises AwayError where nothing can be sent now."""

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None): ...

    def send(self, message: EmailMultiAlternatives) -> None:
        """Returns once it has been taken for good. Raises whatever went wrong: see backoff.py."""


def sends_letters() -> bool:
    """Whether letters go anywhere. In production without a server of mail they wait until there is one."""
    return bool(settings.SENDS_MAIL or not settings.IS_PRODUCTION)


class DjangoSender:
    """By the settings of e-mail, on one connection, which is opened again where the server ends it between letters."""

    def __init__(self) -> None:
        self.backend: Any = get_connection()
        self.carried = 0
        self.deadline: float | None = None
        self.closed = Event()

    def __enter__(self) -> Self:
        self._open()
        Thread(target=self._watch, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closed.set()
        self._close()

    def send(self, message: EmailMultiAlternatives) -> None:
        """Raises AwayError as well, where the server ended the connection and cannot be reached again."""
        self.deadline = monotonic() + SECONDS_PER_LETTER
        try:
            self._give(message)
        except Exception as error:
            if not (self.carried and has_hung_up(error)):
                raise
            self._close()
            self._open()
            self._give(message)
        finally:
            self.deadline = None
        self.carried += 1

    def _give(self, message: EmailMultiAlternatives) -> None:
        if self.deadline is None or monotonic() > self.deadline:
            raise AwayError from TimeoutError()  # it took too long to reach the server again
        self.backend.send_messages([message])

    def _open(self) -> None:
        self.carried = 0
        try:
            self.backend.open()
        except OSError as error:  # those of smtplib and ssl too
            raise AwayError from error

    def _close(self) -> None:
        with suppress(OSError):
            self.backend.close()

    def _watch(self) -> None:
        """Hang up on a server that takes too long. The timeout of a socket is for each answer, and not for all."""
        while not self.closed.wait(min(1.0, SECONDS_PER_LETTER)):
            if self.deadline is not None and monotonic() > self.deadline:
                self._hang_up()

    def _hang_up(self) -> None:
        line = getattr(getattr(self.backend, "connection", None), "sock", None)
        if line is not None:
            with suppress(OSError):
                socket.socket.shutdown(line, socket.SHUT_RDWR)  # not TLS's own, which would talk to the server first

"""A mail server of the tests': it takes letters over SMTP and keeps them in a file, however it ends.

It takes nearly every letter. For whom it does not, and what it does instead, see mail_desk.py.
"""

from __future__ import annotations

import json
import smtplib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from tests.engines.processes import ServerProcess

DESK = Path(__file__).with_name("mail_desk.py")


@dataclass(frozen=True)
class Taken:
    """A letter that the server has taken for good. `connection` counts connections from the server's start."""

    to: str
    words: str
    connection: int

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.words.encode(), policy=policy.default)  # type: ignore[return-value]

    @property
    def message_id(self) -> str:
        return next(line.split(":", 1)[1].strip() for line in self.words.splitlines() if line.startswith("Message-ID:"))


class MailServer(ServerProcess):
    """One of our own. What it has taken stays when it is killed, and it can be started again on the same port."""

    name = "the mail server"
    options: tuple[str, ...] = ()

    def command(self) -> list[str]:
        return [sys.executable, "-P", str(DESK), str(self.port), str(self.file), *self.options]

    def prepare(self) -> None:
        """Nothing has to be there."""

    def is_ready(self) -> bool:
        try:
            with smtplib.SMTP("127.0.0.1", self.port, local_hostname="here", timeout=2) as client:
                return client.noop()[0] == 250
        except OSError:
            return False

    @property
    def url(self) -> str:
        """Its EMAIL_URL."""
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def file(self) -> Path:
        return self.folder / "taken"

    def taken(self) -> list[Taken]:
        """Everything it has taken, over all its lives."""
        if not self.file.exists():
            return []
        lines = self.file.read_text(encoding="utf-8").split("\n")
        return [Taken(**json.loads(line)) for line in lines[:-1]]

    def count(self) -> int:
        """How many letters it has taken; quick to ask."""
        return self.file.read_bytes().count(b"\n") if self.file.exists() else 0

    def forget(self) -> None:
        """As if nothing had come."""
        self.file.unlink(missing_ok=True)


@contextmanager
def running_mail(folder: Path | None = None, *options: str) -> Iterator[MailServer]:
    """A mail server until the end. Options: `fleeting`, it wants a new connection after three letters; `safe`,
    what it has taken is on the disk, as with servers in service, and not only out of its hands.
    """
    server = MailServer(folder)
    server.options = options
    try:
        server.start()
        yield server
    finally:
        server.stop()

"""The mail server of the tests itself: `python -P tests/engines/mail_desk.py PORT FILE`. See mail.py.

How it treats a letter stands in the name before the @ of whom it is to: MANNERS lists them. A sender whose name is
`nobody` is refused.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from typing import Any

from aiosmtpd.smtp import SMTP

ACCEPTED = "250 Taken"
MANNERS = {
    "later": ("rcpt", "451 4.2.0 Not now"),
    "never": ("rcpt", "550 5.1.1 Nobody of that name"),
    "busy": ("rcpt", "421 4.3.2 Too many letters"),
    "full": ("data", "452 4.3.1 No room"),
    "spam": ("data", "554 5.7.1 Not wanted"),
    "cut": ("data", ""),
    "silent": ("data", "silence"),
    "drip": ("data", "drip"),
    "mute": ("data", "mute"),
}
"""When it says what. cut: it hangs up. silent: it takes the letter and says nothing for long. drip: it goes on saying
that there is more to say. mute: it takes the letter, and hangs up without a word."""


class Desk:
    """Answers to what is said, in the order that aiosmtpd calls these."""

    def __init__(self, file: str, *options: str) -> None:
        self.file, self.connections = file, 0
        self.is_fleeting, self.is_safe = "fleeting" in options, "safe" in options

    async def handle_HELO(self, server: Any, session: Any, envelope: Any, name: str) -> str:  # noqa: N802
        self.begin(session)
        session.host_name = name
        return "250 here"

    async def handle_EHLO(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, name: str, answers: list[str]
    ) -> list[str]:
        self.begin(session)
        session.host_name = name
        return answers

    def begin(self, session: Any) -> None:
        self.connections += 1
        session.number, session.taken = self.connections, 0

    async def handle_MAIL(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.is_fleeting and session.taken >= 3:
            return "421 4.7.0 Enough for one connection"
        if address.startswith("nobody@"):
            return "550 5.7.1 Not you"
        envelope.mail_from = address
        return "250 Well"

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        when, answer = manner(address)
        if when == "rcpt":
            return answer
        envelope.rcpt_tos.append(address)
        return "250 Well"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        [to] = envelope.rcpt_tos
        _, answer = manner(to)
        if answer in ("", "drip"):
            return await self.misbehave(server, answer)
        if answer in ("silence", "mute", ACCEPTED):
            self.keep({"to": to, "words": envelope.content.decode(), "connection": session.number})
            session.taken += 1
        if answer in ("silence", "mute"):
            return await self.misbehave(server, answer)
        return answer

    async def misbehave(self, server: Any, how: str) -> str:
        if how in ("", "mute"):
            server.transport.abort()
        for _ in range(50 if how in ("drip", "silence") else 0):
            await asyncio.sleep(0.1)
            if how == "drip":
                await server.push("250-Wait")
        return "451 4.4.2 Too late"

    def keep(self, taken: dict[str, Any]) -> None:
        """In one write: a server that is killed has kept a letter or has not."""
        line = json.dumps(taken).encode() + b"\n"
        descriptor = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(descriptor, line)
            if self.is_safe:
                os.fsync(descriptor)
        finally:
            os.close(descriptor)


def manner(address: str) -> tuple[str, str]:
    """How it treats letters to somebody."""
    return MANNERS.get(address.partition("@")[0].rstrip("0123456789"), ("data", ACCEPTED))


async def serve(port: str, file: str, *options: str) -> None:
    desk = Desk(file, *options)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(desk, hostname="here", ident="Tests", enable_SMTPUTF8=False, loop=loop), "127.0.0.1", int(port)
    )
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(*sys.argv[1:]))

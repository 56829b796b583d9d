"""The kinds of value a variable of the environment may have: what is allowed, in words, and how it is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

YES = ("true", "yes", "on", "1")
NO = ("false", "no", "off", "0")
DATABASE_SCHEMES = ("postgres", "postgresql", "psql", "pgsql", "sqlite")
REDIS_SCHEMES = ("redis", "rediss", "redis+socket")
MAIL_SCHEMES = ("smtp", "smtp+tls", "smtp+ssl")


@dataclass(frozen=True)
class Kind:
    """`allowed` completes “It must be …”. `read` raises ValueError; its words, if any, say what is wrong."""

    allowed: str
    read: Callable[[str], Any]


def number(lowest: int, highest: int | None = None) -> Kind:
    """A whole number between two bounds, both allowed."""
    bounds = f"from {lowest} to {highest}" if highest else f"of {lowest} or more"

    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,18}", text):
            raise ValueError
        if int(text) < lowest or (highest and int(text) > highest):
            raise ValueError
        return int(text)

    return Kind(f"a whole number {bounds}", read)


def one_of(*words: str) -> Kind:
    """One of a few words, in either case; read as they are written here."""
    meant = {word.lower(): word for word in words}

    def read(text: str) -> str:
        if text.lower() not in meant:
            raise ValueError
        return meant[text.lower()]

    return Kind(f"one of: {', '.join(words)}", read)


def _read_flag(text: str) -> bool:
    if text.lower() not in (*YES, *NO):
        raise ValueError
    return text.lower() in YES


def _read_hosts(text: str) -> tuple[str, ...]:
    hosts = tuple(host for part in text.split(",") if (host := part.strip()))
    for host in hosts:
        if not re.fullmatch(r"\*|\.?[\w.-]+|\[[0-9A-Fa-f:.]+\]", host):
            raise ValueError
    return hosts


def _read_listening_address(text: str) -> str:
    if not re.fullmatch(r"[\w.-]+|\[[0-9A-Fa-f:.]+\]", text):
        raise ValueError
    return text


def _read_mailbox(text: str) -> str:
    if not re.fullmatch(r"[^@\s<>,;]{1,64}@[\w-]+(\.[\w-]+)*", text):
        raise ValueError
    return text


def address(schemes: tuple[str, ...], *, names: str = "") -> Kind:
    """The address of another service. Its mistakes never repeat it: it holds a password.

    `names` is what the path of an address with a host has to name, for example “database”.
    """
    allowed = " or ".join(f"{scheme}://" for scheme in schemes)

    def read(text: str) -> str:
        scheme, separator, _ = text.partition("://")
        if not separator or scheme not in schemes:
            raise ValueError(f"must start with one of: {', '.join(f'{scheme}://' for scheme in schemes)}")
        parts = _parts(text)
        if names and not parts.path.strip("/") and parts.netloc != ":memory:":
            raise ValueError(f"names no {names}")
        return text

    return Kind(f"an address that starts with {allowed}", read)


def _parts(text: str) -> SplitResult:
    """The parts of an address. SQLite's `:memory:` stands where others have a port, and is none."""
    try:
        parts = urlsplit(text)
        if parts.netloc != ":memory:":
            parts.port  # noqa: B018 - reading it checks it
    except ValueError:
        raise ValueError(
            "cannot be read as an address. In a password write %23 for #, %2F for /, %3F for ?, %40 for @"
        ) from None
    return parts


FLAG = Kind("true or false", _read_flag)
HOSTS = Kind("names with commas between them, without https:// and without a port", _read_hosts)
LISTENING = Kind(
    "an address of this machine or a name for one, without a port; IPv6 in brackets", _read_listening_address
)
TEXT = Kind("text", str)
DATABASE = address(DATABASE_SCHEMES, names="database")
REDIS = address(REDIS_SCHEMES)
MAIL = address(MAIL_SCHEMES)
HTTPS = address(("https",))
SITE = address(("https", "http"))
MAILBOX = Kind("an e-mail address", _read_mailbox)

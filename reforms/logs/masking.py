"""Takes out of a line of the log what nobody may read there: secrets by the name of their key, and secrets in text.

Pure rules. They hide too much rather than too little, and take time in proportion to the length of a text, which
strangers choose: every repetition that may start anywhere is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

HIDDEN = "[hidden]"
PERSON = "[e-mail]"
LONGEST = 10_000
"""Characters of one text that are kept, half of them from its end: the last line of a traceback says most."""

_NAMES = (
    r"pass(?:word|wd|phrase|code)|pwd|secret|token|authori[sz]ation|cookie|csrf|session|credential|dsn"
    r"|(?:api|private)[_-]?key"
)
_KEY = re.compile(rf"{_NAMES}|(?:^|[_-])key$", re.IGNORECASE)
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    # scheme://user:password@host, up to the last @ in case the password has one
    (re.compile(r"(?<![a-z0-9+.-])([a-z][a-z0-9+.-]{0,20}://)[^\s'\"<>]{1,500}@", re.IGNORECASE), rf"\1{HIDDEN}@"),
    # Links that let somebody in: an invitation, a new password, what an address hears about, and a calendar of
    # one's own (not our module of that name).
    (
        re.compile(
            r"(/(?:accounts/(?:invitation|password/reset/key)|updates/(?:confirm|manage|unsubscribe))/)[^\s/?'\"<>]+"
        ),
        rf"\1{HIDDEN}",
    ),
    (re.compile(r"((?<!/alerts)/calendars/)[^\s/?'\"<>]+"), rf"\1{HIDDEN}"),
    # /path?query: tokens travel in queries
    (re.compile(r"\?[^\s=?'\"<>]{1,100}=[^\s'\"<>]*"), f"?{HIDDEN}"),
    # password=…, "token": "…", Authorization: Bearer …, and the address of a person's machine
    (
        re.compile(
            rf"(?<![\w-])((?:[\w-]{{0,40}}(?:{_NAMES})[\w-]{{0,40}}|ip)[\"']?\s{{0,3}}[:=]\s{{0,3}})"
            r"(?:(?:bearer|basic|token|digest)\s+[^\s,;'\"]+|b?\"[^\"]*\"|b?'[^']*'|[^\s,;&)}\]]+)",
            re.IGNORECASE,
        ),
        rf"\1{HIDDEN}",
    ),
    (re.compile(r"(?<![\w-])(bearer\s+|basic\s+(?=\S*[0-9=]))[^\s,;'\"]{4,}", re.IGNORECASE), rf"\1{HIDDEN}"),
    # A worker of Celery is called celery@machine, and is nobody.
    (re.compile(r"(?<![\w.+%-])(?!celery@)[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"), PERSON),
)
# No pattern matches a text without one of these, and most texts have none: a line for each request has to be quick.
_SUSPICION = re.compile(r"[@=:]|(?:bearer|basic)\s|/accounts/[ip]|/updates/|/calendars/", re.IGNORECASE)


@lru_cache(maxsize=1000)
def is_secret(key: str) -> bool:
    """Whether the value under a key of this name is nobody's business."""
    return bool(_KEY.search(key))


def mask(value: Any) -> Any:
    """The value with everything secret in it hidden, however deep; what is no plain value becomes text."""
    if isinstance(value, str):
        return mask_text(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(key): HIDDEN if is_secret(str(key)) else mask(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [mask(each) for each in value]
    return mask_text(str(value))


def mask_text(text: str) -> str:
    """The text without credentials, queries of addresses, values of secret names, and people's e-mail addresses."""
    text = shortened(text)
    if not _SUSPICION.search(text):
        return text
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text


def shortened(text: str) -> str:
    """The text, without its middle where it is too long for a line of the log."""
    if len(text) <= LONGEST:
        return text
    half = LONGEST // 2
    return f"{text[:half]} … {len(text) - LONGEST} characters left out … {text[-half:]}"

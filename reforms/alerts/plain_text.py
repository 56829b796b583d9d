"""Text that calendars and feeds can carry: neither format has a way to write most control characters."""

from __future__ import annotations

import re

_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    """The text with a space for every character that cannot be written, and one kind of line end."""
    return _UNWRITABLE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def on_one_line(text: str) -> str:
    """The same as one line, for titles."""
    return " ".join(writable(text).split())

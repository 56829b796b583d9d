"""Words as HTML, remembered: a page says the same references, titles and addresses hundreds of times."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString

REMEMBERED = 8192

escaped = lru_cache(maxsize=REMEMBERED)(escape)
"""For short words that come again. A council's own words are longer, and come once."""


def text(value: object) -> str:
    """As HTML: escaped, unless it is HTML already."""
    return value if isinstance(value, SafeString) else escaped(str(value))

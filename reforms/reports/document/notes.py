"""What a page says of a block's source beside the report's own words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SourceNote:
    """What the source is, where it is to be read, and whether it says something else now."""

    words: str
    url: str
    has_moved: bool = False

"""What the `chain` component prints: steps, with the lines and groups of lines under them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pillars.models import Citation
from pillars.timing import Timing


@dataclass(frozen=True)
class Item:
    """One line of a step."""

    title: str
    url: str = ""
    reference: str = ""
    text: str = ""
    note: str = ""
    timing: Timing | str = ""
    state: str = ""
    citations: Sequence[Citation] = ()


@dataclass(frozen=True)
class Group:
    """Lines of a step that share a state or a programme, which is said once, and so are their sources."""

    title: str
    timing: str
    items: Sequence[Item]
    citations: Sequence[Citation] = ()


@dataclass(frozen=True)
class Step:
    """One step of the chain. A gap is a step where nothing is recorded; a quiet one is where nothing needs to be.

    `timing` is the glyph before the title, for a title that says a state. `quote` is in published words, `reason` says
    that it is in ours. `anchor` is where other pages lead to.
    """

    kind: str
    title: str
    text: str = ""
    url: str = ""
    items: Sequence[Item] = ()
    citations: Sequence[Citation] = ()
    is_here: bool = False
    is_gap: bool = False
    is_quiet: bool = False
    anchor: str = ""
    timing: str = ""
    quote: str = ""
    reason: str = ""
    groups: Sequence[Group] = ()

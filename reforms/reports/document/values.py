"""A report as values, apart from rows and from any format: what is filled, edited, frozen and drawn.

A block is what an officer edits as one piece: some small Markdown, or a table. It says where it came from, and what
its source said then. Numbers of paragraphs are not kept: whoever draws the document counts (see pieces.py).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self


@dataclass(frozen=True)
class Block:
    """One piece of a section.

    `text` is small Markdown (reforms.base.markdown): paragraphs, lists, and headings below the section's own. A table
    has `rows` in its place, of plain text, the first of which are headings, and `text` is its caption. `source` is
    stable text such as “commitment:SH-4-07”, empty for what somebody wrote; `stamp` stands for what the source said
    when the block was made. `is_draft` marks what nobody has published.
    """

    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    source: str = ""
    stamp: str = ""
    is_draft: bool = False

    @property
    def is_table(self) -> bool:
        return bool(self.rows)

    @classmethod
    def of(cls, values: dict[str, Any]) -> Self:
        rows = tuple(tuple(map(str, row)) for row in values.get("rows", ()))
        words = {name: str(values.get(name, "")) for name in ("text", "source", "stamp")}
        return cls(rows=rows, is_draft=bool(values.get("is_draft")), **words)

    def as_values(self) -> dict[str, Any]:
        """What is kept of it: nothing that is empty."""
        given = asdict(self) | {"rows": [list(row) for row in self.rows]}
        return {name: value for name, value in given.items() if value}


def blocks_of(kept: Sequence[dict[str, Any]]) -> tuple[Block, ...]:
    return tuple(map(Block.of, kept))


@dataclass(frozen=True)
class Section:
    """One section. `key` is a layouts.SectionKey."""

    key: str
    heading: str
    blocks: tuple[Block, ...] = ()

    @classmethod
    def of(cls, values: dict[str, Any]) -> Self:
        return cls(values["key"], values["heading"], blocks_of(values.get("blocks", ())))

    def as_values(self) -> dict[str, Any]:
        return {"key": self.key, "heading": self.heading, "blocks": [each.as_values() for each in self.blocks]}


@dataclass(frozen=True)
class Document:
    """The whole of a report. Days are ISO; `layout` is a layouts.Layout; `address` the path where it is, or will be.

    `changes` say, for a report that takes the place of an earlier one, what is different, a sentence each; `replaces`
    is the address of that one. `is_draft` marks what is not published: every format says so on every page.
    """

    organisation: str
    committee: str
    subject: str
    layout: str
    meeting_on: str
    as_at: str
    programme: str
    address: str
    on_behalf_of: str = ""
    author: str = ""
    contact: str = ""
    published_on: str = ""
    replaces: str = ""
    changes: tuple[str, ...] = ()
    is_draft: bool = True
    sections: tuple[Section, ...] = field(default=())

    @classmethod
    def of(cls, values: dict[str, Any]) -> Self:
        rest = {name: value for name, value in values.items() if name not in ("sections", "changes")}
        sections = tuple(map(Section.of, values.get("sections", ())))
        return cls(sections=sections, changes=tuple(values.get("changes", ())), **rest)

    def as_values(self) -> dict[str, Any]:
        plain = {name: value for name, value in vars(self).items() if name != "sections"}
        return plain | {"changes": list(self.changes), "sections": [each.as_values() for each in self.sections]}

    @property
    def digest(self) -> str:
        """SHA-256 of everything it says, in hexadecimal: the same for the same words, on any machine."""
        return digest_of(self.as_values())


def digest_of(values: dict[str, Any]) -> str:
    """The digest of a document that is kept as values, whichever release kept it."""
    canonical = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()

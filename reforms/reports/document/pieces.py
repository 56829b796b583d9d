"""A document as a plain list of pieces, in reading order: what every format draws, and none decides for itself.

Sections are numbered in the order in which they stand, and their paragraphs within them: 3.2 is the second paragraph
of the third section. Lists and tables belong to the paragraph above them and have no number. The numbers are words of
the report, so that people can speak of them whatever they have in front of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from markdown_it.token import Token

from reforms.base.formatting import date_in_words
from reforms.base.markdown import READER, without_turns
from reforms.reports.document.origins import origin_of
from reforms.reports.document.runs import Run, runs_of, words_of
from reforms.reports.document.values import Block, Document, Section
from reforms.reports.layouts import Layout

DRAFT = "Draft, not published. "
UNTITLED = "Report"
UNKEEPABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
NOTHING_SAID = "Nothing is said here yet."
DEEPEST_HEADING = 4
NARROWEST, WIDEST = 8, 40


class Kind(StrEnum):
    TITLE = "title"
    FRONT = "front"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"


@dataclass(frozen=True)
class Piece:
    """One thing to draw.

    `number` stands before headings of sections and paragraphs. `level` is that of a heading, or how deep an item's list
    is, from 1. An item has a `marker`, “•” or “3.”. The front is a table of two columns without headings, any other has
    headings in its first row. `source` is the block's; the last piece of a block `names_source`.
    """

    kind: Kind
    runs: tuple[Run, ...] = ()
    number: str = ""
    level: int = 0
    marker: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    source: str = ""
    names_source: bool = False

    @property
    def words(self) -> str:
        return words_of(self.runs)

    @property
    def anchor(self) -> str:
        """What its address in a page ends with."""
        return f"p-{self.number.replace('.', '-')}" if self.number else ""


def pieces_of(document: Document) -> list[Piece]:
    """All of it, in reading order."""
    return list(_pieces(cleaned(document)))


def _pieces(document: Document) -> Iterator[Piece]:
    yield Piece(Kind.TITLE, (Run(document.subject),))
    yield Piece(Kind.FRONT, rows=tuple(front_rows(document)))
    for sentence in document.changes:
        yield Piece(Kind.ITEM, (Run(clean(sentence)),), level=1, marker="•")
    for number, section in enumerate(document.sections, start=1):
        yield from _section(section, number)


def front_rows(document: Document) -> Iterator[tuple[str, str]]:
    """What stands before the sections: label and words, without those that have none."""
    meeting = "Meeting" if document.layout == Layout.BOARD else "Report to"
    rows = (
        ("", "Draft, not published" if document.is_draft else ""),
        (meeting, f"{document.committee}, {document.organisation}" if document.committee else document.organisation),
        ("On behalf of", document.on_behalf_of),
        ("Date", day_in_words(document.meeting_on)),
        ("Subject", document.subject),
        ("About", document.programme),
        ("The plan and positions as at", day_in_words(document.as_at)),
        ("Published", day_in_words(document.published_on)),
        ("Takes the place of", document.replaces),
        ("What is different", f"{len(document.changes)} changes, listed below" if len(document.changes) > 1 else ""),
    )
    return ((label or "State", words) for label, words in rows if words)


def day_in_words(day: str) -> str:
    return date_in_words(date.fromisoformat(day)) if day else ""


def _section(section: Section, number: int) -> Iterator[Piece]:
    """Headings within it are as deep as those above them make them, whatever was typed: none skips a level."""
    yield Piece(Kind.HEADING, (Run(clean(section.heading)),), number=f"{number}", level=1)
    paragraphs = 0
    above: list[int] = []
    for block in section.blocks or (Block(NOTHING_SAID),):
        for piece in _block(block):
            if piece.kind == Kind.PARAGRAPH:
                paragraphs += 1
                yield replace(piece, number=f"{number}.{paragraphs}")
            elif piece.kind == Kind.HEADING:
                above = [*(level for level in above if level < piece.level), piece.level]
                yield replace(piece, level=min(len(above) + 1, DEEPEST_HEADING))
            else:
                yield piece


def _block(block: Block) -> Iterator[Piece]:
    """The pieces of one block. Its source is named at the end of the last that has words."""
    pieces = list(_table(block) if block.is_table else _written(block))
    last = max((at for at, piece in enumerate(pieces) if piece.kind != Kind.HEADING), default=-1)
    for at, piece in enumerate(pieces):
        yield _with_source(piece, block.source) if at == last else piece


def _with_source(piece: Piece, source: str) -> Piece:
    origin = origin_of(source)
    if origin is None:
        return replace(piece, names_source=True)
    tail = (Run(" [" if piece.runs else "["), Run(origin.words, link=origin.path), Run("]"))
    return replace(piece, runs=piece.runs + tail, names_source=True)


def _table(block: Block) -> Iterator[Piece]:
    width = max(map(len, block.rows))
    rows = tuple(tuple(clean(cell) for cell in row) + ("",) * (width - len(row)) for row in block.rows)
    mark = (Run(DRAFT, is_bold=True),) if block.is_draft else ()
    yield Piece(Kind.TABLE, (*mark, Run(clean(block.text))) if block.text else mark, rows=rows, source=block.source)


def _written(block: Block) -> Iterator[Piece]:
    """A draft says that it is one where its words begin: in its heading only where it has nothing else."""
    pieces = list(_read(READER.parse(clean(block.text)), block.source))
    if block.is_draft and pieces:
        at = next((at for at, piece in enumerate(pieces) if piece.kind != Kind.HEADING), 0)
        pieces[at] = replace(pieces[at], runs=(Run(DRAFT, is_bold=True), *pieces[at].runs))
    yield from pieces


def _read(tokens: Sequence[Token], source: str) -> Iterator[Piece]:
    """Headings, paragraphs and items. A paragraph within an item that is not its first has no marker."""
    lists: list[_List] = []
    opened: Token | None = None
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(_List(token))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            lists[-1].next_item()
        elif token.nesting == 1:
            opened = token
        elif token.type == "inline" and opened is not None:
            if runs := runs_of(token):
                yield _said(opened, runs, lists, source)
            elif opened.type == "heading_open":
                yield Piece(Kind.PARAGRAPH, (Run(opened.markup),), source=source)


def _said(opened: Token, runs: tuple[Run, ...], lists: list[_List], source: str) -> Piece:
    if lists:
        return Piece(Kind.ITEM, runs, level=len(lists), marker=lists[-1].take_marker(), source=source)
    if opened.type == "heading_open":
        return Piece(Kind.HEADING, runs, level=int(opened.tag[1:]), source=source)
    return Piece(Kind.PARAGRAPH, runs, source=source)


class _List:
    """A list that is being read."""

    def __init__(self, opening: Token) -> None:
        self.number = int(opening.attrs.get("start", 1)) - 1 if opening.type == "ordered_list_open" else None
        self.marker = ""

    def next_item(self) -> None:
        if self.number is None:
            self.marker = "•"
        else:
            self.number += 1
            self.marker = f"{self.number}."

    def take_marker(self) -> str:
        marker, self.marker = self.marker, ""
        return marker


def clean(text: str) -> str:
    """Without what no format can hold: characters that turn the direction of writing, control characters, halves of
    pairs, and codes that are no characters."""
    kept = without_turns(text).replace("\r\n", "\n").replace("\r", "\n")
    return UNKEEPABLE.sub("", kept)


def cleaned(document: Document) -> Document:
    """The report with what stands before its sections cleaned as well, and a title, which every format needs."""
    words: dict[str, Any] = {name: clean(value) for name, value in vars(document).items() if isinstance(value, str)}
    return replace(document, **words | {"subject": words["subject"].strip() or UNTITLED})


def widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """A share of the page for each column of a table, by what stands in it: none very narrow, none very wide."""
    longest = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [max(NARROWEST, min(WIDEST, length)) for length in longest]

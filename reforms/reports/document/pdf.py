"""A report as PDF: tagged, by PDF/UA-1, drawn by typst from report.typ and nothing else.

The words go to typst as data. The fonts are those of the package pymupdf-fonts, which has Latin, Greek, Cyrillic,
Arabic, Hebrew, Georgian, Devanagari and Thai. For other scripts the system's fonts are asked. PDF/UA forbids a
character that no font has, and a program that reads aloud would leave it out: it stands as its number, as [U+674E].
"""

from __future__ import annotations

import atexit
import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import pymupdf_fonts
import typst

from reforms.reports.document.nesting import Listed, drawn
from reforms.reports.document.pieces import Kind, Piece, cleaned, day_in_words, pieces_of, widths
from reforms.reports.document.runs import Run
from reforms.reports.document.values import Document

TEMPLATE = Path(__file__).with_name("report.typ")
FONT = "FiraGO"
FONT_FILES = ("figo", "figbo", "figit", "figbi")
UNSHOWN = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
NUMBERED = re.compile(r"\\u\{([0-9a-f]+)\}")
MOST_TRIES = 50
"""Typst may name a few characters at a time."""


def as_pdf(document: Document, *, base_url: str) -> bytes:
    """The bytes of a PDF. Links of the site lead to `base_url`, which ends without a slash."""
    data = json.dumps(_data(document, base_url), ensure_ascii=False)
    made = _compiled(data, document, has_system_fonts=False)
    for _ in range(MOST_TRIES):
        if isinstance(made, bytes):
            return made
        made = _compiled(data, document, has_system_fonts=True)
        if not isinstance(made, bytes):
            data = data.translate({ord(each): f"[U+{ord(each):04X}]" for each in made})
    raise ValueError("The report holds text that cannot be shown in a PDF.")


def _compiled(data: str, document: Document, *, has_system_fonts: bool) -> bytes | set[str]:
    """The PDF, or characters that no font has. Raises typst.TypstError for anything else."""
    made = datetime.combine(_day(document), time.min, UTC)
    try:
        return typst.compile(
            TEMPLATE,
            format="pdf",
            font_paths=[fonts()],
            ignore_system_fonts=not has_system_fonts,
            sys_inputs={"data": data},
            pdf_standards="ua-1",
            timestamp=int(made.timestamp()),
        )
    except typst.TypstError as error:
        if unshown := _unshown(error):
            return unshown
        raise


def _unshown(error: typst.TypstError) -> set[str]:
    """The characters that typst could not draw, as its message writes them."""
    found = UNSHOWN.findall(f"{getattr(error, 'diagnostic', '')} {error}")
    words = "".join(NUMBERED.sub(lambda match: chr(int(match[1], 16)), each) for each in found)
    return {each for each in words if not each.isascii()}


@cache
def fonts() -> Path:
    """A folder with the fonts as files, which typst wants: made once by each process, and gone with it."""
    folder = Path(tempfile.mkdtemp(prefix="reform-tracker-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in FONT_FILES:
        (folder / f"{name}.ttf").write_bytes(pymupdf_fonts.myfont(name))
    return folder


def _day(document: Document) -> date:
    return date.fromisoformat(document.published_on or document.as_at)


def _data(given: Document, base_url: str) -> dict[str, Any]:
    document = cleaned(given)
    day = _day(document)
    state = "Draft, not published. " if document.is_draft else ""
    return {
        "title": document.subject,
        "organisation": document.organisation,
        "day": [day.year, day.month, day.day],
        "font": FONT,
        "header": f"{state}{document.subject}, {day_in_words(document.meeting_on)}",
        "pieces": list(_pieces(pieces_of(document), base_url)),
    }


def _pieces(pieces: Iterable[Piece], base_url: str) -> Iterator[dict[str, Any]]:
    """What the template draws; the table of contents comes before the first section."""
    has_contents = False
    for each in drawn(pieces):
        if isinstance(each, Listed):
            yield {"kind": "list"} | _listed(each, base_url)
            continue
        if each.kind == Kind.HEADING and not has_contents:
            has_contents = True
            yield {"kind": "contents"}
        yield _piece(each, base_url)


def _piece(piece: Piece, base_url: str) -> dict[str, Any]:
    number = [Run(f"{piece.number}. ")] if piece.kind == Kind.HEADING and piece.number else []
    told = {
        "kind": piece.kind.value,
        "runs": [_run(run, base_url) for run in (*number, *piece.runs)],
        "level": piece.level,
        "number": piece.number,
        "rows": [list(row) for row in piece.rows],
    }
    return told | ({"widths": widths(piece.rows)} if piece.kind == Kind.TABLE else {})


def _run(run: Run, base_url: str) -> dict[str, Any]:
    link = f"{base_url}{run.link}" if run.link.startswith("/") else run.link
    return {"text": run.text, "bold": run.is_bold, "italic": run.is_italic, "link": link}


def _listed(listed: Listed, base_url: str) -> dict[str, Any]:
    items = [[_part(part, base_url) for part in item.parts] for item in listed.items]
    return {"start": listed.start, "items": items}


def _part(part: Piece | Listed, base_url: str) -> dict[str, Any]:
    if isinstance(part, Listed):
        return _listed(part, base_url)
    return {"runs": [_run(run, base_url) for run in part.runs]}

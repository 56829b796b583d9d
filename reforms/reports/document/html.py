"""A report as a part of a page: the same words, with real headings, lists and tables.

The page has the first heading, the report's sections the second. What the officers' page knows of sources is drawn
after the piece that names them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from reforms.reports.document.nesting import Item, Listed, drawn
from reforms.reports.document.notes import SourceNote
from reforms.reports.document.pieces import Kind, Piece, pieces_of
from reforms.reports.document.runs import Run
from reforms.reports.document.values import Document

TEMPLATE = "reports/document/body.html"


def body_of(document: Document, *, notes: Mapping[str, SourceNote] | None = None) -> SafeString:
    """All but the title, which is the page's own."""
    pieces = [piece for piece in pieces_of(document) if piece.kind != Kind.TITLE]
    contents = [piece for piece in pieces if piece.kind == Kind.HEADING and piece.level == 1]
    told = {"pieces": list(_drawn(pieces, notes or {})), "contents": contents}
    return mark_safe(get_template(TEMPLATE).render(told))  # noqa: S308 - drawn by a template that escapes


def _drawn(pieces: Iterable[Piece], notes: Mapping[str, SourceNote]) -> Iterator[dict[str, Any]]:
    """What the template draws. The table of contents stands before the first section."""
    is_before = True
    for each in drawn(pieces):
        if isinstance(each, Listed):
            yield {"kind": "list", "html": list_of(each), "note": _moved(_last_source(each), notes)}
            continue
        if is_before and each.kind == Kind.HEADING:
            is_before = False
            yield {"kind": "contents"}
        note = _moved(each.source, notes) if each.names_source else None
        told = {"kind": each.kind.value, "piece": each, "html": html_of(each.runs), "note": note}
        yield told | (_table(each) if each.kind == Kind.TABLE else {})


def _table(piece: Piece) -> dict[str, Any]:
    """Each cell with the heading of its column, which stands before it where the table is folded."""
    head, *rows = piece.rows
    return {"head": head, "rows": [list(zip(head, row, strict=True)) for row in rows]}


def _moved(source: str, notes: Mapping[str, SourceNote]) -> SourceNote | None:
    note = notes.get(source)
    return note if note and note.has_moved else None


def _last_source(listed: Listed) -> str:
    last = listed.items[-1].parts[-1]
    if isinstance(last, Listed):
        return _last_source(last)
    return last.source if last.names_source else ""


def html_of(runs: Iterable[Run]) -> SafeString:
    """Runs as HTML. Links of other sites, which somebody wrote, are marked as such."""
    return SafeString("".join(map(_run, runs)))


def _run(run: Run) -> str:
    words = str(escape(run.text)).replace("\n", "<br>")
    words = f"<em>{words}</em>" if run.is_italic else words
    words = f"<strong>{words}</strong>" if run.is_bold else words
    if not run.link:
        return words
    rel = "" if run.link.startswith("/") else ' rel="nofollow noopener"'
    return f'<a class="govuk-link" href="{escape(run.link)}"{rel}>{words}</a>'


def list_of(listed: Listed) -> SafeString:
    """A list, with those within it."""
    items = "".join(map(_item, listed.items))
    if listed.start == 0:
        return SafeString(f'<ul class="govuk-list govuk-list--bullet">{items}</ul>')
    start = f' start="{listed.start}"' if listed.start > 1 else ""
    return SafeString(f'<ol class="govuk-list govuk-list--number"{start}>{items}</ol>')


def _item(item: Item) -> str:
    """Its first paragraph as it is, and others as paragraphs, between the lists where they stood."""
    drawn_parts = []
    for part in item.parts:
        if isinstance(part, Listed):
            drawn_parts.append(str(list_of(part)))
        else:
            words = html_of(part.runs)
            drawn_parts.append(f'<p class="govuk-body">{words}</p>' if drawn_parts else words)
    return f"<li>{''.join(drawn_parts)}</li>"

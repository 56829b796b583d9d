"""The words of each format, as a reader of its own finds them."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser

import docx
import pypdf
from docx.table import Table
from docx.text.paragraph import Paragraph

from reforms.reports.document.docx import as_docx
from reforms.reports.document.html import body_of
from reforms.reports.document.pdf import as_pdf
from reforms.reports.document.pieces import cleaned
from reforms.reports.document.values import Document
from tests.reforms.reports.document.sample import BASE

MARKER = re.compile(r"^\d+\.\t")


def squeezed(text: str) -> str:
    """The letters alone: where lines and spaces fall is for each format to say."""
    return "".join(text.split())


def word(document: Document) -> docx.document.Document:
    return docx.Document(io.BytesIO(as_docx(document, base_url=BASE)))


def words_of_docx(document: Document) -> str:
    """Without the table of contents, and without the numbers of items, which that format writes out."""
    found = []
    for each in word(document).iter_inner_content():
        if isinstance(each, Table):
            found += [cell.text for row in each.rows for cell in row.cells]
        elif isinstance(each, Paragraph) and not (each.style.name or "").startswith("toc") and each.text != "Contents":
            found.append(MARKER.sub("", each.text) if each.style.name == "List Continue" else each.text)
    return squeezed("".join(found))


def pdf(document: Document) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(as_pdf(document, base_url=BASE)))


def words_of_pdf(document: Document) -> str:
    return squeezed("".join(page.extract_text() for page in pdf(document).pages))


class _Words(HTMLParser):
    """Text outside the table of contents."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.is_contents = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_contents = self.is_contents or tag == "nav"

    def handle_endtag(self, tag: str) -> None:
        self.is_contents = self.is_contents and tag != "nav"

    def handle_data(self, data: str) -> None:
        if not self.is_contents:
            self.found.append(data)


def words_of_html(document: Document) -> str:
    """The title is the page's own."""
    reader = _Words()
    reader.feed(str(body_of(document)))
    return squeezed(cleaned(document).subject + "".join(reader.found))

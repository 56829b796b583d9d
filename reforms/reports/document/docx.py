"""A report as a Word document: headings that are headings, a table of contents, a language, and nothing of ours in it.

The same document gives the same bytes. The table of contents is a field, as Word makes one, with its entries written
out: whoever opens the file sees them before Word has counted pages.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any

import docx
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from reforms.reports.document.pieces import Kind, Piece, cleaned, day_in_words, pieces_of, widths
from reforms.reports.document.runs import Run
from reforms.reports.document.values import Document

FONT = "Arial"
LANGUAGE = "en-GB"
HANGING = Cm(1.25)
GREY = RGBColor(0x50, 0x5A, 0x5F)
LINK = RGBColor(0x1A, 0x65, 0xA6)
BULLETS = ("List Bullet", "List Bullet 2", "List Bullet 3")
DEEPEST_LISTED = 2
LONGEST_PROPERTY = 255
ACROSS = Cm(16.4)
MADE = (1980, 1, 1, 0, 0, 0)
"""The day that every part of the file says it was made on."""


def as_docx(document: Document, *, base_url: str) -> bytes:
    """The bytes of a .docx. Links of the site lead to `base_url`, which ends without a slash."""
    word = docx.Document()
    pieces = pieces_of(document)
    _set_up(word, cleaned(document))
    drawing = _Drawing(word, base_url)
    body = next((at for at, piece in enumerate(pieces) if piece.kind == Kind.HEADING), len(pieces))
    for piece in pieces[:body]:
        drawing.draw(piece)
    _contents(word, pieces[body:])
    for piece in pieces[body:]:
        drawing.draw(piece)
    return _bytes_of(word)


# What holds for the whole of it


def _set_up(word: Word, document: Document) -> None:
    _styles(word)
    core = word.core_properties
    said = (document.subject, document.organisation, document.committee)
    core.title, core.author, core.subject = (words[:LONGEST_PROPERTY] for words in said)
    core.language, core.comments, core.keywords = LANGUAGE, "", ""
    core.last_modified_by = core.author
    made = datetime.combine(datetime.fromisoformat(document.published_on or document.as_at), time.min)
    core.created = core.modified = made
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin = section.bottom_margin = Cm(2.3)
    state = "Draft, not published. " if document.is_draft else ""
    _line_of(section.header.paragraphs[0], f"{state}{document.subject}, {day_in_words(document.meeting_on)}")
    footer = section.footer.paragraphs[0]
    footer.style = word.styles["Normal"]  # the library's own has a stop in the middle
    footer.paragraph_format.tab_stops.add_tab_stop(ACROSS, WD_TAB_ALIGNMENT.RIGHT)
    _line_of(footer, f"{document.organisation}\tPage ")
    _field(footer, "PAGE", "1")
    _line_of(footer, " of ")
    _field(footer, "NUMPAGES", "1")


def _styles(word: Word) -> None:
    normal: Any = word.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(11)
    normal.paragraph_format.space_after = Pt(8)
    _language(normal.element)
    defaults = word.styles.element.find(qn("w:docDefaults"))
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    for name, size in (("Title", 22), ("Heading 1", 16), ("Heading 2", 13), ("Heading 3", 11.5), ("Heading 4", 11)):
        style: Any = word.styles[name]
        style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), True, False
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.paragraph_format.keep_with_next = True
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    caption: Any = word.styles["Caption"]
    caption.font.color.rgb, caption.font.size = RGBColor(0, 0, 0), Pt(10)
    numbered: Any = word.styles.add_style("Numbered paragraph", WD_STYLE_TYPE.PARAGRAPH)
    numbered.base_style = normal
    numbered.paragraph_format.left_indent = HANGING
    numbered.paragraph_format.first_line_indent = -HANGING
    for level in (1, 2):
        entry: Any = word.styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH)
        entry.base_style, entry.paragraph_format.left_indent = normal, Cm(0.6 * (level - 1))
        entry.paragraph_format.space_after = Pt(2)


def _language(style: Any) -> None:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    style.get_or_add_rPr().append(language)


def _line_of(paragraph: Paragraph, words: str) -> None:
    run = paragraph.add_run(words)
    run.font.size, run.font.color.rgb = Pt(9), GREY


def _field(paragraph: Paragraph, code: str, shown: str) -> None:
    """A field that Word works out; `shown` stands there until it has."""
    for kind, words in (("begin", ""), ("", code), ("separate", ""), ("shown", shown), ("end", "")):
        run = paragraph.add_run(words if kind == "shown" else "")
        run.font.size, run.font.color.rgb = Pt(9), GREY
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif not kind:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {words} "
            run._r.append(instruction)


# The table of contents


def _contents(word: Word, pieces: Iterable[Piece]) -> None:
    """A TOC field around its entries, each of which leads to its heading."""
    headings = [piece for piece in pieces if piece.kind == Kind.HEADING and piece.level <= DEEPEST_LISTED]
    heading = word.add_paragraph(style="Normal")
    run = heading.add_run("Contents")
    run.bold, run.font.size = True, Pt(13)
    styles = {level: word.styles[f"toc {level}"].style_id for level in range(1, DEEPEST_LISTED + 1)}
    entries = [word.add_paragraph() for _ in headings]
    for number, (entry, piece) in enumerate(zip(entries, headings, strict=True)):
        entry._p.style = styles[piece.level]
        if number == 0:
            _mark(entry, "begin")
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = r' TOC \o "1-2" \h \z \u '
            entry.add_run()._r.append(instruction)
            _mark(entry, "separate")
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), _bookmark(number))
        link.append(entry.add_run(_headed(piece))._r)
        entry._p.append(link)
    if entries:
        _mark(entries[-1], "end")


def _mark(paragraph: Paragraph, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


def _bookmark(number: int) -> str:
    return f"_Toc{number + 1:06d}"


def _headed(piece: Piece) -> str:
    return f"{piece.number}. {piece.words}" if piece.number else piece.words


# Pieces


class _Drawing:
    """Puts pieces into a document, one after another. Styles are looked up once: the library would for each."""

    def __init__(self, word: Word, base_url: str) -> None:
        self.word = word
        self.styles = {style.name: style.style_id for style in word.styles}
        self.base_url = base_url
        self.headings = 0

    def draw(self, piece: Piece) -> None:
        draw = {
            Kind.TITLE: self.title,
            Kind.FRONT: self.front,
            Kind.HEADING: self.heading,
            Kind.PARAGRAPH: self.paragraph,
            Kind.ITEM: self.item,
            Kind.TABLE: self.table,
        }
        draw[piece.kind](piece)

    def add(self, style: str) -> Paragraph:
        """A new paragraph at the end."""
        paragraph = self.word.add_paragraph()
        paragraph._p.style = self.styles[style]
        return paragraph

    def title(self, piece: Piece) -> None:
        self.say(self.add("Title"), piece.runs)

    def front(self, piece: Piece) -> None:
        table = self.word.add_table(rows=0, cols=2)
        for words in piece.rows:
            cells = table.add_row().cells
            cells[0].paragraphs[0].add_run(words[0]).bold = True
            cells[1].paragraphs[0].add_run(words[1])
        _set_widths(table, (3, 7))
        self.word.add_paragraph()

    def heading(self, piece: Piece) -> None:
        heading = self.add(f"Heading {piece.level}")
        if piece.level <= DEEPEST_LISTED:
            heading._p.append(_bookmarked("bookmarkStart", self.headings))
        if piece.number:
            heading.add_run(f"{piece.number}. ")
        self.say(heading, piece.runs)
        if piece.level <= DEEPEST_LISTED:
            heading._p.append(_bookmarked("bookmarkEnd", self.headings))
            self.headings += 1

    def paragraph(self, piece: Piece) -> None:
        paragraph = self.add("Numbered paragraph")
        paragraph.add_run(f"{piece.number}\t")
        self.say(paragraph, piece.runs)

    def item(self, piece: Piece) -> None:
        """Word draws the dots of its own lists; a number is written, since the report's words decide what it is."""
        is_bullet = piece.marker == "•"
        style = BULLETS[min(piece.level, len(BULLETS)) - 1] if is_bullet else "List Continue"
        paragraph = self.add(style)
        paragraph.paragraph_format.left_indent = HANGING + Cm(0.7 * piece.level)
        if not is_bullet:
            paragraph.paragraph_format.first_line_indent = -Cm(0.7) if piece.marker else Cm(0)
        if piece.marker and not is_bullet:
            paragraph.add_run(f"{piece.marker}\t")
        self.say(paragraph, piece.runs)

    def table(self, piece: Piece) -> None:
        if piece.runs:
            caption = self.add("Caption")
            caption.paragraph_format.keep_with_next = True
            self.say(caption, piece.runs)
        table = self.word.add_table(rows=0, cols=len(piece.rows[0]))
        table.style = "Table Grid"
        for number, words in enumerate(piece.rows):
            _fill_row(table, words, is_heading=number == 0)
        _set_widths(table, widths(piece.rows))
        self.word.add_paragraph()

    def say(self, paragraph: Paragraph, runs: Iterable[Run]) -> None:
        for run in runs:
            target = _link(paragraph, self.where(run.link)) if run.link else None
            said = paragraph.add_run(run.text)
            said.bold, said.italic = run.is_bold or None, run.is_italic or None
            if target is not None:
                said.font.color.rgb, said.font.underline = LINK, True
                target.append(said._r)

    def where(self, link: str) -> str:
        return f"{self.base_url}{link}" if link.startswith("/") else link


def _set_widths(table: Any, shares: Sequence[int]) -> None:
    """Columns by their shares of the page, in the grid and in each cell: some programs read the one, some the other."""
    table.autofit = False
    lengths = [int(ACROSS * share / sum(shares)) for share in shares]
    for column, length in zip(table._tbl.tblGrid.gridCol_lst, lengths, strict=True):
        column.w = length
    for row in table._tbl.tr_lst:
        for cell, length in zip(row.tc_lst, lengths, strict=True):
            cell.width = length


def _fill_row(table: Any, words: tuple[str, ...], *, is_heading: bool) -> None:
    """The first row comes again on every page. No row is torn apart by a page's end."""
    row = table.add_row()
    marks = ("w:cantSplit", "w:tblHeader") if is_heading else ("w:cantSplit",)
    for name in marks:
        row._tr.get_or_add_trPr().append(OxmlElement(name))
    for cell, said in zip(row.cells, words, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(2)
        run = paragraph.add_run(said)
        run.font.size, run.bold = Pt(9.5), is_heading or None


def _bookmarked(kind: str, number: int) -> Any:
    mark = OxmlElement(f"w:{kind}")
    mark.set(qn("w:id"), str(number))
    if kind == "bookmarkStart":
        mark.set(qn("w:name"), _bookmark(number))
    return mark


def _link(paragraph: Paragraph, url: str) -> Any:
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    paragraph._p.append(link)
    return link


def _bytes_of(word: Word) -> bytes:
    """The file, with one day for all its parts."""
    made, kept = io.BytesIO(), io.BytesIO()
    word.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=MADE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return kept.getvalue()

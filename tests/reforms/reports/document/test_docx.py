"""What makes a .docx a document and not a picture of one."""

import io
import zipfile

import pytest
from docx.oxml.ns import qn

from reforms.reports.document.docx import as_docx
from tests.reforms.reports.document.readings import word
from tests.reforms.reports.document.sample import BASE, DRAFT, EMPTY, REPORT


@pytest.fixture(scope="module")
def found():
    return word(REPORT)


def test_headings_have_their_styles_and_skip_no_level(found):
    styles = [(p.style.name, p.text) for p in found.paragraphs if p.style.name.startswith(("Heading", "Title"))]
    assert styles == [
        ("Title", REPORT.subject),
        ("Heading 1", "1. Summary"),
        ("Heading 1", "2. Background & more"),
        ("Heading 2", "Pillar 1: Family Help"),
        ("Heading 3", "What is proposed"),
        ("Heading 3", "Our position"),
        ("Heading 1", "3. Financial implications"),
        ("Heading 1", "4. Author and contact"),
    ]


def test_table_of_contents_is_a_field_with_entries_that_lead_to_headings(found):
    entries = [p for p in found.paragraphs if p.style.name.startswith("toc")]
    assert [p.text for p in entries][:3] == ["1. Summary", "2. Background & more", "Pillar 1: Family Help"]
    assert r"TOC \o" in entries[0]._p.xml
    kinds = [mark.get(qn("w:fldCharType")) for p in entries for mark in p._p.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    places = {mark.get(qn("w:name")) for mark in found.element.iter(qn("w:bookmarkStart"))}
    led_to = {link.get(qn("w:anchor")) for link in found.element.iter(qn("w:hyperlink")) if link.get(qn("w:anchor"))}
    assert led_to == places
    assert len(led_to) == len(entries) == 5


def test_header_and_footer(found):
    section = found.sections[0]
    assert section.header.paragraphs[0].text == f"{REPORT.subject}, 21 April 2023"
    fields = [field.text.strip() for field in section.footer._element.iter(qn("w:instrText"))]
    assert (section.footer.paragraphs[0].text, fields) == ("Lincolnshire\tPage 1 of 1", ["PAGE", "NUMPAGES"])


def test_draft_says_so_on_every_page():
    assert word(DRAFT).sections[0].header.paragraphs[0].text.startswith("Draft, not published.")


def test_head_of_a_table_comes_again_on_each_page(found):
    table = found.tables[-1]
    heads = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
    assert heads == [True] + [False] * (len(table.rows) - 1)
    assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)


def test_language_is_british_english(found):
    defaults = found.styles.element.find(qn("w:docDefaults"))
    assert {each.get(qn("w:val")) for each in defaults.iter(qn("w:lang"))} == {"en-GB"}
    assert found.core_properties.language == "en-GB"


def test_properties_speak_of_the_report_and_not_of_the_library(found):
    core = found.core_properties
    assert (core.title, core.author, core.comments) == (REPORT.subject, "Lincolnshire", "")
    assert str(core.created.date()) == "2023-04-13"


def test_links_of_the_site_lead_to_its_address(found):
    targets = {rel.target_ref for rel in found.part.rels.values() if rel.is_external}
    assert {f"{BASE}/commitments/SH-4-07/", "https://www.gov.uk/a?b=1&c=2"} <= targets


def test_same_document_gives_the_same_bytes():
    assert as_docx(REPORT, base_url=BASE) == as_docx(REPORT, base_url=BASE)


def test_every_part_is_well_formed():
    with zipfile.ZipFile(io.BytesIO(as_docx(EMPTY, base_url=BASE))) as parts:
        assert parts.testzip() is None

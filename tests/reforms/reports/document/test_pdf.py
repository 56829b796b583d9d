"""What PDF/UA-1 asks for, as far as the file can be asked."""

import pytest

from reforms.reports.document.pdf import as_pdf
from tests.reforms.reports.document.readings import pdf
from tests.reforms.reports.document.sample import BASE, CHINESE, DRAFT, EMPTY, HIEROGLYPH, PEOPLE, REPORT, with_text


def claims(document) -> bool:
    return b"pdfuaid" in (pdf(document).xmp_metadata.stream.get_data())


DOCUMENTS = [
    pytest.param(REPORT, id="everything"),
    pytest.param(EMPTY, id="nothing"),
    pytest.param(with_text(PEOPLE), id="scripts-that-the-fonts-have"),
    pytest.param(with_text(f"{CHINESE} {HIEROGLYPH}"), id="characters-that-no-font-has"),
]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_claims_to_be_ua_and_is_tagged_with_language_and_title(document):
    found = pdf(document)
    root = found.root_object
    assert b"pdfuaid" in found.xmp_metadata.stream.get_data()
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"], "/StructTreeRoot" in root) == (True, "en-GB", True)
    assert found.metadata.title == document.subject


def test_title_is_shown_in_place_of_the_files_name():
    assert pdf(REPORT).root_object["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712 - the library's own


def test_tags_are_those_of_headings_lists_and_tables():
    tags = kinds_in(pdf(REPORT).root_object["/StructTreeRoot"])
    assert {"/H1", "/H2", "/H3", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/Link", "/TOC"} <= tags


def kinds_in(node) -> set[str]:
    """The kinds of all tags below one."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        each = waiting.pop().get_object()
        if isinstance(each, list):
            waiting += each
        elif isinstance(each, dict):
            found |= {str(each["/S"])} if "/S" in each else set()
            waiting += [each["/K"]] if "/K" in each and not isinstance(each["/K"], int) else []
    return found


def test_pages_have_numbers_and_a_draft_says_so_on_each():
    pages = pdf(DRAFT).pages
    assert all("Draft, not published." in page.extract_text() for page in pages)
    assert f"Page 1 of {len(pages)}" in pages[0].extract_text()


def test_head_of_a_table_comes_again_on_each_page():
    texts = [page.extract_text() for page in pdf(REPORT).pages]
    with_rows = [text for text in texts if "£45 million" in text]
    assert len(with_rows) > 1
    assert all("Amount" in text for text in with_rows)


def test_same_document_gives_the_same_bytes():
    assert as_pdf(REPORT, base_url=BASE) == as_pdf(REPORT, base_url=BASE)

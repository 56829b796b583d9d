"""All three formats say the same words, in the same order, whatever the words are."""

import pytest

from reforms.reports.document.pieces import pieces_of
from reforms.reports.document.texts import lines_of
from tests.reforms.reports.document.readings import (
    squeezed,
    words_of_docx,
    words_of_html,
    words_of_pdf,
)
from tests.reforms.reports.document.sample import (
    AWKWARD,
    BARE_TABLE,
    CHINESE,
    DRAFT,
    EMPTY,
    HEADING_ALONE,
    HIEROGLYPH,
    ODD,
    PEOPLE,
    REPORT,
    UNTITLED,
    long,
    with_text,
)

DOCUMENTS = [
    pytest.param(REPORT, id="everything"),
    pytest.param(EMPTY, id="nothing"),
    pytest.param(DRAFT, id="draft"),
    pytest.param(with_text(AWKWARD), id="awkward-characters"),
    pytest.param(with_text(CHINESE), id="a-script-without-a-font"),
    pytest.param(with_text("a\u202eb\u2066c\x00d\x07e\x85f"), id="turns-and-control-characters"),
    pytest.param(with_text("- a\n  - b\n    - c\n- d\n\n1. e\n2. f\n\n9. g"), id="lists"),
    pytest.param(with_text("###### deep\n\n# high\n\n#### low"), id="headings"),
    pytest.param(with_text('See [](https://www.gov.uk/a) and [b](https://www.gov.uk/c "d").'), id="links"),
    pytest.param(with_text("a\ufffeb\uffffc\ud800d"), id="codes-that-are-no-characters"),
    pytest.param(ODD, id="odd-and-long-front"),
    pytest.param(UNTITLED, id="no-title"),
    pytest.param(HEADING_ALONE, id="a-draft-heading-alone"),
    pytest.param(BARE_TABLE, id="a-table-without-a-caption"),
    pytest.param(long(5_000), id="5,000-words"),
    pytest.param(long(50_000), id="50,000-words", marks=pytest.mark.long),
]


def expected(document):
    return squeezed("".join(lines_of(pieces_of(document))))


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("read", [words_of_docx, words_of_html])
def test_every_word_in_its_order(document, read):
    assert read(document) == expected(document)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_word_of_the_pdf(document):
    """Its pages have heads, feet and a table of contents too, and other scripts come in an order of their own: so each
    line of the report is looked for by itself."""
    said = words_of_pdf(document)
    lines = [squeezed(line) for line in lines_of(pieces_of(document)) if PEOPLE not in line and CHINESE not in line]
    assert [line for line in lines if line not in said and len(line) < 60] == []


def test_names_in_other_scripts_can_be_read_in_the_pdf():
    said = words_of_pdf(with_text(PEOPLE))
    names = ["Zoë", "Łukasz", "Ωμέγα", "Παπά", "Юлия", "नमस्ते"]
    assert [name for name in names if name not in said] == []


def test_characters_that_no_font_has_stand_as_their_numbers_in_the_pdf():
    assert "By[U+13000]." in words_of_pdf(with_text(f"By {HIEROGLYPH}."))


@pytest.mark.parametrize("read", [words_of_docx, words_of_html, words_of_pdf])
def test_nothing_that_is_typed_is_carried_out(read):
    said = read(with_text('#eval("1+1") #read("/etc/passwd") {{ settings.SECRET_KEY }} <script>alert(1)</script>'))
    assert squeezed('#eval("1+1") #read("/etc/passwd") {{ settings.SECRET_KEY }} <script>alert(1)</script>') in said

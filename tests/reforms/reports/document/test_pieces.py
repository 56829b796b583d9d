"""Numbers, levels and sources: what every format draws."""

import pytest

from reforms.reports.document.nesting import Listed, drawn
from reforms.reports.document.origins import origin_of
from reforms.reports.document.pieces import Kind, pieces_of
from reforms.reports.document.values import Document
from tests.reforms.reports.document.sample import BARE_TABLE, DRAFT, HEADING_ALONE, REPORT, with_text


def test_paragraphs_are_numbered_within_their_sections():
    numbers = [piece.number for piece in pieces_of(REPORT) if piece.kind == Kind.PARAGRAPH]
    assert numbers == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "4.1"]


@pytest.mark.parametrize(
    ("typed", "levels"),
    [
        pytest.param("# a\n\n## b\n\n### c", [2, 3, 4], id="as-it-should-be"),
        pytest.param("### a\n\n# b\n\n### c", [2, 2, 3], id="too-deep"),
        pytest.param("###### a\n\n##### b", [2, 2], id="upwards"),
        pytest.param("# a\n\n## b\n\n### c\n\n#### d\n\n##### e", [2, 3, 4, 4, 4], id="no-deeper-than-four"),
    ],
)
def test_no_heading_skips_a_level(typed, levels):
    found = [piece.level for piece in pieces_of(with_text(typed)) if piece.kind == Kind.HEADING]
    assert found == [1, *levels]


def test_draft_is_marked_in_words():
    assert "Draft, not published. Not yet said. [position on SH-4]" in [piece.words for piece in pieces_of(DRAFT)]


@pytest.mark.parametrize(
    ("document", "words"),
    [
        pytest.param(HEADING_ALONE, "Draft, not published. To come", id="heading-alone"),
        pytest.param(BARE_TABLE, "[funding]", id="table-without-a-caption"),
        pytest.param(with_text("#"), "#", id="mark-without-a-heading"),
        pytest.param(with_text("[](https://www.gov.uk/a)"), "https://www.gov.uk/a", id="link-without-words"),
        pytest.param(with_text('[b](https://www.gov.uk/a "c")'), "b (c)", id="link-with-a-title"),
    ],
)
def test_nothing_is_lost(document, words):
    assert words in [piece.words for piece in pieces_of(document)]


def test_source_is_named_once_at_the_end_of_its_block():
    words = [piece.words for piece in pieces_of(REPORT) if piece.source == "position:lincolnshire/SH-1"]
    assert words == ["Our position", "Strong.", "Well placed. [position on SH-1]"]


@pytest.mark.parametrize(
    ("source", "words", "path"),
    [
        ("commitment:SH-4-07a", "SH-4-07a", "/commitments/SH-4-07a/"),
        ("pillar:stable-homes/4", "pillar 4", "/programmes/stable-homes/pillars/4/"),
        ("plan:stable-homes/1+4", "the plan", "/programmes/stable-homes/"),
        ("programme:agency-rules", "the plan", "/programmes/agency-rules/"),
        ("position:lincolnshire/SH-4", "position on SH-4", "/organisations/lincolnshire/"),
        ("consultation:framework", "consultation", "/consultations/framework/"),
        ("response:framework/kent", "response", "/consultations/framework/responses/kent/"),
        ("pilot:families-first", "pilots", "/pilots/"),
    ],
)
def test_origin(source, words, path):
    assert origin_of(source) == (words, path)


@pytest.mark.parametrize("source", ["", "weather:today", "commitment:", "commitment:a/b\n"])
def test_no_origin(source):
    assert origin_of(source) is None


def test_lists_stand_within_lists():
    made = with_text("- a\n  1. b\n  2. c\n- d\n\n4. e")
    lists = [each for each in drawn(pieces_of(made)) if isinstance(each, Listed)]
    assert [(each.start, len(each.items)) for each in lists] == [(0, 2), (4, 1)]
    inner = [part for part in lists[0].items[0].parts if isinstance(part, Listed)]
    assert [(each.start, [item.marker for item in each.items]) for each in inner] == [(1, ["1.", "2."])]


def test_item_after_the_deepest_list_is_one_of_its_own():
    made = with_text("- a\n  - b\n    1. c\n- d")
    assert [piece.words for piece in pieces_of(made) if piece.kind == Kind.ITEM] == ["a", "b", "c", "d"]


def test_document_survives_being_kept():
    assert Document.of(REPORT.as_values()) == REPORT
    assert Document.of(REPORT.as_values()).digest == REPORT.digest

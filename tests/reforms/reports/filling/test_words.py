"""Words that are recorded stay words: no mark in them becomes a heading, a list, a link or bold letters."""

from __future__ import annotations

from datetime import date

import pytest

from pillars.models import Deadline
from reforms.base.markdown import READER, to_html, to_plain
from reforms.reports.filling.words import (
    begun,
    bullets,
    counted,
    dated,
    heading,
    joined,
    listed,
    paragraphs,
    plain,
    sentence,
    written,
)

AWKWARD = [
    "& < > \" '",
    "# no heading",
    "#1 in the region",
    "- no list",
    "+5% a year",
    "* no list",
    "1. no list",
    "2023) no list",
    "2023. That was the year",
    "*not bold* and **not bold**",
    "_not_ slanted, snake_case",
    "[no](https://example.org) link",
    "<https://example.org>",
    "<script>alert(1)</script>",
    "a \\ b \\* c",
    "~ ` ! | $ @",
    "Łódź, 東京, عربي",
    "C#",
]


@pytest.mark.parametrize("text", AWKWARD)
@pytest.mark.parametrize("make", [lambda text: begun(plain(text)), heading, lambda text: bullets([plain(text)])])
def test_words_are_read_as_they_are(text: str, make):
    assert to_plain(make(text)) == text


@pytest.mark.parametrize("text", AWKWARD)
def test_a_line_of_them_is_a_paragraph_and_nothing_else(text: str):
    assert [token.type for token in READER.parse(begun(plain(text))) if token.nesting == 1] == ["paragraph_open"]
    assert "<a" not in to_html(begun(plain(text)))


def test_lines_and_spaces_of_a_title_become_one():
    assert plain("  two \n lines\t") == "two lines"


def test_plain_text_has_a_piece_for_each_paragraph():
    assert paragraphs("First.\n\n- Second.\n\n\n\nThird.\n") == ["First.", r"\- Second.", "Third."]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("One.\n\nTwo.", ["One.", "Two."], id="paragraphs"),
        pytest.param("One\nline more.", ["One\nline more."], id="lines of one paragraph"),
        pytest.param("Done:\n\n- a\n- b\n\nNext.", ["Done:", "- a\n- b", "Next."], id="a list is one piece"),
        pytest.param("- a\n  - b\n- c", ["- a\n  - b\n- c"], id="a list in a list"),
        pytest.param("# Ours\n\nWords.", ["### Ours", "Words."], id="headings stand below those of the report"),
        pytest.param("##### Deep", ["###### Deep"], id="no heading is deeper than there are"),
        pytest.param("#hash", ["#hash"], id="what only looks like a heading"),
        pytest.param("A *b* [c](https://example.org).", ["A *b* [c](https://example.org)."], id="marks are kept"),
    ],
)
def test_what_was_written_comes_in_pieces(text: str, pieces: list[str]):
    assert list(written(text)) == pieces


def test_no_word_of_what_was_written_is_lost():
    text = "# A\n\nB\nc\n\n1. d\n2. e\n   - f\n\n> g\n\n```\nh\n```\n\n***\n\n| i |\n"
    assert to_plain(joined(*written(text))).split() == to_plain(text).split()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("it was", "It was."),
        ("It was.", "It was."),
        ("Why?", "Why?"),
        ("for “May”", "For “May”."),
        ("“May.”", "“May.”"),
    ],
)
def test_a_sentence_begins_and_ends(text: str, said: str):
    assert sentence(text) == said


@pytest.mark.parametrize(
    ("names", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (list("abc"), "a, b and c")]
)
def test_names_are_listed(names: list[str], said: str):
    assert listed(names) == said


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 pillars"), (1, "1 pillar"), (2, "2 pillars"), (1200, "1,200 pillars")]
)
def test_things_are_counted(number: int, said: str):
    assert counted(number, "pillar") == said


@pytest.mark.parametrize(
    ("window", "said"),
    [
        ({"words": "Spring 2023", "earliest": date(2023, 3, 1), "latest": date(2023, 5, 31)},
         "“Spring 2023”, that is 1 March to 31 May 2023"),
        ({"words": "by 2027", "latest": date(2027, 12, 31)}, "“by 2027”, that is by 31 December 2027"),
        ({"words": "in due course"}, "“in due course”"),
        ({"words": "11 May 2023", "earliest": date(2023, 5, 11), "latest": date(2023, 5, 11)}, "“11 May 2023”"),
        ({}, ""),
    ],
)  # fmt: skip
def test_a_date_has_its_published_words_and_what_they_mean(window: dict, said: str):
    assert dated(Deadline(**window)) == said

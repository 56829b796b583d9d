"""What changed between two texts. The tables of cases are the specification."""

import random
import re
import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reforms.base.differences import Kind, Piece, as_html, compare, counts

SAME, ADDED, REMOVED = Kind.SAME, Kind.ADDED, Kind.REMOVED
SECONDS = 10
"""What a reader would still wait for. Two seconds are meant; a busy machine may take longer."""

PARAGRAPHS = [f"Paragraph {number} speaks of homes and of number {number * number}." for number in range(1, 21)]
TEXT = "\n\n".join(PARAGRAPHS)


def marked(pieces: list[Piece]) -> str:
    """The pieces in one line: [-removed-], {+added+}."""
    forms = {SAME: "{}", REMOVED: "[-{}-]", ADDED: "{{+{}+}}"}
    return "".join(forms[piece.kind].format(piece.text) for piece in pieces)


def heard(html: str) -> str:
    """What a screen reader says: the words without what is hidden from it."""
    without = re.sub(r'<span aria-hidden="true">.*?</span>', "", html)
    return re.sub(r"<[^>]+>", "", without)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param("", "", "", id="nothing"),
        pytest.param("", "We act.", "{+We act.+}", id="all is new"),
        pytest.param("We act.", "", "[-We act.-]", id="all is gone"),
        pytest.param("We act.", "We act.", "We act.", id="the same"),
        pytest.param("We have four homes.", "We have seven homes.", "We have [-four-]{+seven+} homes.", id="a word"),
        pytest.param("We have homes", "We have homes.", "We have homes{+.+}", id="a full stop"),
        pytest.param("It cost £45m.", "It cost £54m.", "It cost [-£45m-]{+£54m+}.", id="a sum is one word"),
        pytest.param("See SH-4-07.", "See SH-4-08.", "See [-SH-4-07-]{+SH-4-08+}.", id="a reference is one word"),
        pytest.param("by 12/03/2024", "by 12/04/2024", "by [-12/03/2024-]{+12/04/2024+}", id="a date is one word"),
        pytest.param("a council's view", "a council’s view", "a [-council's-]{+council’s+} view", id="an apostrophe"),
        pytest.param("one two three", "one three", "one [-two -]three", id="a word gone takes a space with it"),
        pytest.param("We plan small homes", "We plan many new homes", "We plan [-small-]{+many new+} homes",
                     id="other words for one"),
        pytest.param("We were late, slow then", "We are prompt, quick then",
                     "We [-were late, slow-]{+are prompt, quick+} then",
                     id="a comma between two changes belongs to the change"),
        pytest.param("a\n\nb\n\nc", "a\n\nc", "a\n\n[-b\n\n-]c", id="a paragraph gone"),
        pytest.param("a\n\nc", "a\n\nb\n\nc", "a\n\n{+b\n\n+}c", id="a paragraph more"),
        pytest.param("a", "a\n\nb", "a{+\n\nb+}", id="a paragraph after the last"),
        pytest.param("We act now. Fine\nNext", "We act now.\nFine\nNext", "We act now.[- Fine-]\n{+Fine\n+}Next",
                     id="a line broken in two"),
        pytest.param("- a\n\nb", "- a\n- c\n\nb", "- a\n{+- c\n+}\nb", id="an item after the last"),
        pytest.param("for all.\n\nb", "for all of us.\nb", "for all{+ of us+}.\n[-\n-]b", id="a full stop stays"),
        pytest.param("one  two", "one two", "one[-  -]{+ +}two", id="a space less"),
        pytest.param("We open homes in Kent.\nOther", "No such thing was ever said\nOther",
                     "[-We open homes in Kent.\n-]{+No such thing was ever said\n+}Other",
                     id="a line with nothing in common is not picked apart"),
        pytest.param("alpha beta gamma\ndelta epsilon zeta\n",
                     "new words here\nalpha beta gamma now\ndelta epsilon eta\n",
                     "{+new words here\n+}alpha beta gamma{+ now+}\ndelta epsilon [-zeta-]{+eta+}\n",
                     id="each line is compared with the line it was"),
    ],
)  # fmt: skip
def test_pieces(before, after, expected):
    assert marked(compare(before, after)) == expected


PARTS = ["a", "the homes, and", "b\r\n", "\n", "", " ", "x y z", "£4.5m.", "\u2028", "é"]
LINES = st.lists(st.sampled_from(PARTS), max_size=12)
TEXTS = st.one_of(st.text(max_size=60), LINES.map("\n".join), LINES.map(" ".join))


@given(before=TEXTS, after=TEXTS)
@example(before="a\r\n", after="a\n")
@example(before="\n\na", after="a\n")
def test_nothing_of_either_text_is_lost(before, after):
    pieces = compare(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.kind != REMOVED) == after


@given(before=TEXTS, after=TEXTS)
def test_every_change_is_told_in_one_go(before, after):
    pieces = compare(before, after)
    assert all(piece.text for piece in pieces)
    pairs = [(one.kind, other.kind) for one, other in pairwise(pieces)]
    assert not {(SAME, SAME), (ADDED, ADDED), (REMOVED, REMOVED), (ADDED, REMOVED)} & set(pairs)


@given(text=TEXTS)
def test_a_text_is_the_same_as_itself(text):
    assert compare(text, text) == ([Piece(SAME, text)] if text else [])


def test_one_changed_word_in_every_paragraph_changes_these_words_alone():
    after = TEXT.replace("homes", "places")
    assert counts(compare(TEXT, after)) == "20 words added, 20 removed"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        pytest.param("a b", "a b", "No words changed", id="nothing"),
        pytest.param("a b", "a  b.", "No words changed, only spaces or punctuation", id="marks alone"),
        pytest.param("a b", "a b c", "1 word added", id="one more"),
        pytest.param("a b c d", "a b", "2 words removed", id="two fewer"),
        pytest.param("a b", "a x", "1 word added, 1 removed", id="one for one"),
        pytest.param("", "x " * 1200, "1,200 words added", id="thousands"),
    ],
)
def test_counts(before, after, words):
    assert counts(compare(before, after)) == words


def long_texts():
    """Pairs of 100 kB that take long to compare."""
    dice = random.Random(7)
    words = [f"word{number}" for number in range(2000)] + ["the", "of", "and", "to", "in"] * 100

    def paragraph(length: int) -> str:
        return " ".join(dice.choice(words) for _ in range(length)) + "."

    def shuffled(parts: list[str]) -> list[str]:
        return dice.sample(parts, len(parts))

    paragraphs = [paragraph(80) for _ in range(190)]
    text = "\n\n".join(paragraphs)
    short = [f"line {dice.randrange(9999)}" for _ in range(10_000)]
    yield "wholly different", text, "\n\n".join(paragraph(80) for _ in range(190))
    yield "paragraphs shuffled", text, "\n\n".join(shuffled(paragraphs))
    yield "words shuffled in one line", " ".join(text.split()), " ".join(shuffled(text.split()))
    yield "short lines shuffled", "\n".join(short), "\n".join(shuffled(short))
    yield "the same line over and over", "a\n" * 50_000, "b\n" + "a\nc\n" * 25_000
    yield "the same word over and over", "a " * 50_000, "b a " * 25_000
    yield "marks", "!" * 100_000, "?!" * 50_000
    yield "line breaks and spaces", "\n" * 100_000, " " * 50_000 + "\n" * 50_000
    yield "blocks of lines that changed", *(block_text(letter) for letter in "bc")


def block_text(letter: str) -> str:
    return "\n".join(f"kept {n}" if n % 60 == 0 else f"a {letter}{n}" for n in range(12_000))


EVERYDAY = ("wholly different", "short lines shuffled", "marks")


def everyday_or_long():
    for name, *texts in long_texts():
        yield pytest.param(*texts, id=name, marks=() if name in EVERYDAY else pytest.mark.long)


@pytest.mark.parametrize(("before", "after"), list(everyday_or_long()))
def test_long_texts_end_in_time(before, after):
    assert min(len(before), len(after)) > 90_000
    began = time.process_time()
    pieces = compare(before, after)
    as_html(pieces, around=2)
    assert time.process_time() - began < SECONDS
    assert "".join(piece.text for piece in pieces if piece.kind != ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.kind != REMOVED) == after


def html_of(before: str, after: str, **options: int) -> str:
    return as_html(compare(before, after), **options)


def test_a_change_is_named_once_at_each_end():
    assert html_of("We have four homes.", "We have seven homes.") == (
        '<div class="app-diff"><p class="app-diff__line">We have '
        '<del><span class="govuk-visually-hidden">removed: </span>four'
        '<span class="govuk-visually-hidden"> end of removed</span></del>'
        '<ins><span class="govuk-visually-hidden">added: </span>seven'
        '<span class="govuk-visually-hidden"> end of added</span></ins> homes.</p></div>'
    )


def test_a_change_over_many_paragraphs_is_named_once():
    html = html_of("a", "a\n\nmany new words\n\nand more of them\n\nto the end")
    assert heard(html) == "aadded: many new wordsand more of themto the end end of added"
    assert html.count("<ins>") == html.count("</ins>") == 3
    assert html.count('<p class="app-diff__line">') == 4


@pytest.mark.parametrize(
    ("before", "after", "words", "marks"),
    [
        pytest.param("one\n\ntwo", "one\ntwo", "removed: 1 line break", "¶", id="two paragraphs become one"),
        pytest.param("one\ntwo", "one\n\ntwo", "added: 1 line break", "¶", id="a paragraph is broken"),
        pytest.param("one two", "one  two", "added: 2 spaces", "␣␣", id="a space more"),
        pytest.param("one", "one\n ", "added: 1 line break and 1 space", "¶␣", id="both"),
        pytest.param("one\r\ntwo", "one\ntwo", "removed: 1 line break", "¶", id="another line ending"),
    ],
)
def test_a_change_of_spaces_is_said_and_drawn(before, after, words, marks):
    html = html_of(before, after)
    assert words in heard(html)
    assert f'<span aria-hidden="true">{marks}</span>' in html


@pytest.mark.parametrize("attack", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&lt;b&gt;"])
def test_the_words_of_a_text_stay_words(attack):
    for html in (html_of(attack, attack), html_of("", attack), html_of(attack, ""), html_of(attack, attack + " more")):
        assert set(re.findall(r"</?(\w+)", html)) <= {"div", "p", "ins", "del", "span"}
        assert "<script" not in html
        assert "<img" not in html


@given(before=TEXTS, after=TEXTS)
def test_every_change_is_drawn(before, after):
    pieces = compare(before, after)
    html = as_html(pieces)
    for kind, tag in ((ADDED, "ins"), (REMOVED, "del")):
        has_change = any(piece.kind == kind for piece in pieces)
        assert (f"<{tag}>" in html) == has_change
        assert html.count(f">{kind}: ") == sum(piece.kind == kind for piece in pieces)


def test_characters_that_turn_the_writing_are_not_drawn():
    html = html_of("pay 12", "pay \u202e12\u202c now")
    assert "\u202e" not in html
    assert "\u202c" not in html


def test_long_unchanged_stretches_are_folded():
    html = html_of(TEXT, TEXT.replace("Paragraph 10 ", "Section 10 "), around=2)
    shown = re.sub(r"<details.*?</details>", "", html)
    assert re.findall(r"of number (\d+)", shown) == [str(n * n) for n in range(8, 13)]
    folded = re.findall(r"<summary[^>]*>(.*?)</summary>", html)
    assert folded == ["… 7 paragraphs unchanged …", "… 8 paragraphs unchanged …"]
    assert all(paragraph.split(" ", 2)[2] in html for paragraph in PARAGRAPHS), "what is folded can be opened"


def test_a_single_paragraph_is_not_folded():
    html = html_of(TEXT, TEXT.replace("Paragraph 4 ", "Section 4 ").replace("Paragraph 19 ", "Part 19 "), around=2)
    assert re.findall(r"(\d+) paragraphs? unchanged", html) == ["10"]


def test_without_a_change_all_is_folded():
    assert "… 20 paragraphs unchanged …" in html_of(TEXT, TEXT, around=2)


def test_without_the_wish_nothing_is_folded():
    assert "<details" not in html_of(TEXT, TEXT.replace("Paragraph 10 ", "Section 10 "))

"""A table as lines of text, and back."""

from __future__ import annotations

import pytest

from reforms.reports.building.tables import as_lines, as_rows

ROWS = [
    pytest.param((("What", "Sum"), ("Fostering", "£27 million")), "What | Sum\nFostering | £27 million", id="plain"),
    pytest.param((("a|b", "c"),), "a\\|b | c", id="a-bar-in-a-cell"),
    pytest.param((("a\\", "b"),), "a\\\\ | b", id="a-backslash-at-the-end"),
    pytest.param((("a\\n", "b"),), "a\\\\n | b", id="a-backslash-and-an-n"),
    pytest.param((("one\ntwo", "b"),), "one\\ntwo | b", id="a-line-ending-in-a-cell"),
    pytest.param((("a", ""), ("", "b")), "a | \n | b", id="empty-cells"),
    pytest.param((("a|", "|b"),), "a\\| | \\|b", id="bars-at-the-ends"),
    pytest.param((("مرحبا", "漢字"),), "مرحبا | 漢字", id="other-scripts"),
]
TYPED = [
    pytest.param("a|b", (("a", "b"),), id="no-spaces"),
    pytest.param("a | b | c\nd", (("a", "b", "c"), ("d", "", "")), id="a-short-row-is-filled-up"),
    pytest.param("\n\na | b\n\n", (("a", "b"),), id="empty-lines-are-no-rows"),
    pytest.param("a\\x | b", (("a\\x", "b"),), id="a-backslash-that-codes-nothing"),
    pytest.param("a\\", (("a\\",),), id="a-backslash-alone"),
    pytest.param("", (), id="nothing"),
    pytest.param("a |", (("a", ""),), id="a-bar-at-the-end"),
]


@pytest.mark.parametrize(("rows", "lines"), ROWS)
def test_rows_come_back_as_they_went(rows, lines):
    assert as_lines(rows) == lines
    assert as_rows(lines) == rows


@pytest.mark.parametrize(("typed", "rows"), TYPED)
def test_what_people_type(typed, rows):
    assert as_rows(typed) == rows

"""A report as part of a page."""

import re

import pytest

from reforms.reports.document.html import body_of
from reforms.reports.document.notes import SourceNote
from tests.reforms.reports.document.sample import AWKWARD, REPORT, with_text


def test_markup_that_is_typed_stays_text():
    assert "<script" not in body_of(with_text(AWKWARD))


def test_headings_and_paragraphs_can_be_linked_to():
    body = body_of(REPORT)
    ids = re.findall(r'id="([^"]+)"', body)
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in re.findall(r'href="(#[^"]+)"', body)} == {"p-1", "p-2", "p-3", "p-4"} <= set(ids)
    assert {"p-1-1", "p-2-3"} <= set(ids)


def test_cells_carry_the_headings_of_their_columns():
    body = body_of(REPORT)
    assert body.count('scope="col"') == 2
    assert 'data-label="Amount">£45 million<' in body


@pytest.mark.parametrize(("has_moved", "count"), [(True, 1), (False, 0)])
def test_source_that_has_moved_is_told_where_it_is_named(has_moved, count):
    notes = {"position:lincolnshire/SH-1": SourceNote("Position on SH-1", "/councils/lincolnshire/", has_moved)}
    assert body_of(REPORT, notes=notes).count("has changed since it was written here") == count

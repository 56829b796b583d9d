"""Pages are numbered from 1, and there is always a first one."""

from __future__ import annotations

import pytest

from reforms.base.lists.paging import Paging, read_page
from reforms.base.lists.sorting import BadParameterError


@pytest.mark.parametrize(
    ("number", "count", "rows", "last"),
    [
        pytest.param(1, 0, slice(0, 50), 1, id="nothing"),
        pytest.param(1, 50, slice(0, 50), 1, id="one full page"),
        pytest.param(2, 51, slice(50, 100), 2, id="one more row"),
    ],
)
def test_paging(number, count, rows, last):
    paging = Paging(number, 50, count)
    assert (paging.slice, paging.last) == (rows, last)


def test_neighbours():
    assert (Paging(1, 50, 120).previous, Paging(1, 50, 120).next) == (None, 2)
    assert (Paging(3, 50, 120).previous, Paging(3, 50, 120).next) == (2, None)


@pytest.mark.parametrize(
    ("number", "last", "offered"),
    [
        pytest.param(1, 1, [1], id="one"),
        pytest.param(1, 4, [1, 2, 3, 4], id="all near"),
        pytest.param(1, 9, [1, 2, 3, None, 9], id="at the start"),
        pytest.param(5, 9, [1, None, 3, 4, 5, 6, 7, None, 9], id="in the middle"),
    ],
)
def test_numbers_on_offer(number, last, offered):
    assert Paging(number, 50, last * 50).numbers() == offered


def test_shown_rows():
    assert (Paging(2, 50, 60).first_row, Paging(2, 50, 60).last_row) == (51, 60)


@pytest.mark.parametrize("value", ["0", "-1", "", "1.0", "01", " 1", "one", "²", "9" * 30, "3"])
def test_a_bad_page_is_refused(value):
    with pytest.raises(BadParameterError):
        read_page([value], size=50, count=100)


def test_the_first_page_is_the_usual_one():
    assert read_page([], size=50, count=0).number == 1

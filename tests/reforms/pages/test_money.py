"""The money that sources name among some commitments: a total with its working, and what stands beside it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pillars.ledger import Entry
from pillars.models import Commitment, FundingLine
from reforms.pages.money import named_money

SUM, RATE, PERCENTAGE, UNSPECIFIED = FundingLine.Shape


def line(number: int, shape: str = SUM, amount: int | None = None, **values) -> FundingLine:
    pounds = Decimal(amount * 1_000_000) if amount is not None else None
    defaults = {"pk": number, "reference": f"TP-1-01-F{number}", "title": f"Line {number}", "role": "itemised"}
    return FundingLine(**defaults | {"shape": shape, "amount": pounds} | values)


def row(*lines: FundingLine, parts: tuple[Entry, ...] = ()) -> Entry:
    return Entry(Commitment(), [], [], list(lines), parts=list(parts))


WORDS = [
    pytest.param([row()], "Not stated", id="nothing"),
    pytest.param([row(line(1, amount=45))], "£45m", id="one-sum"),
    pytest.param([row(line(1, amount=30)), row(line(2, amount=27))], "£57m", id="two-sums"),
    pytest.param([row(line(1, UNSPECIFIED))], "1 sum not stated", id="a-sum-not-stated"),
    pytest.param(
        [
            row(
                line(1, amount=30),
                line(2, PERCENTAGE, percent=Decimal("12.43")),
                line(3, RATE, 1),
                line(4, UNSPECIFIED),
            )
        ],
        "£30m, 1 rate, 1 percentage, 1 sum not stated",
        id="unlike-things-stand-beside",
    ),
    pytest.param([row(line(1, UNSPECIFIED), line(2, UNSPECIFIED))], "2 sums not stated", id="two-sums-not-stated"),
    pytest.param([row(parts=(row(line(1, amount=3)),))], "£3m", id="money-of-a-part"),
    pytest.param([row(line(1, amount=0))], "£0", id="nought-is-a-sum"),
]


@pytest.mark.parametrize(("rows", "words"), WORDS)
def test_words(rows: list[Entry], words: str):
    assert named_money(rows).words == words


@pytest.mark.parametrize("role", ["headline", "asked", "allocated", "context"])
def test_sum_of_another_role_is_not_added(role: str):
    assert named_money([row(line(1, amount=45), line(2, amount=200, role=role))]).itemised.amount == 45_000_000


@pytest.mark.parametrize("role", ["headline", "asked", "allocated", "context"])
def test_share_of_another_role_is_no_line_beside(role: str):
    share = line(1, PERCENTAGE, percent=Decimal(30), role=role)

    assert named_money([row(share)]).words == "Not stated"


def test_whole_and_its_parts_are_counted_once():
    whole = line(1, amount=45)
    parts = [line(number, amount=amount, part_of=whole) for number, amount in ((2, 40), (3, 5))]

    assert named_money([row(whole, *parts)]).itemised.amount == 45_000_000


def test_parts_that_fall_short_leave_the_whole():
    whole = line(1, amount=45)

    assert [each.amount for each in named_money([row(whole, line(2, amount=40, part_of=whole))]).working] == [
        Decimal(45_000_000)
    ]


def test_working_has_the_largest_first():
    working = named_money([row(line(1, amount=9), line(2, amount=45), line(3, amount=27))]).working

    assert [each.amount for each in working] == [45_000_000, 27_000_000, 9_000_000]

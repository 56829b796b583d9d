"""One line of money in few words: the shape the source gives it, and never a blank."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pillars.models import FundingLine
from pillars.money_words import money_words

SHAPE = FundingLine.Shape


def line(shape: str, **values) -> FundingLine:
    return FundingLine(shape=shape, **values)


WORDS = [
    pytest.param(line(SHAPE.SUM, amount=Decimal(45_000_000)), "£45m", id="sum"),
    pytest.param(line(SHAPE.SUM, amount=Decimal(2_600_000_000)), "£2.6bn", id="sum-of-billions"),
    pytest.param(line(SHAPE.SUM, amount=Decimal("1234567.00")), "£1,234,567", id="sum-never-rounded"),
    pytest.param(line(SHAPE.SUM, amount=Decimal(0)), "£0", id="sum-of-nothing"),
    pytest.param(line(SHAPE.RATE, amount=Decimal(3000)), "£3,000", id="rate-bare"),
    pytest.param(line(SHAPE.RATE, amount=Decimal(3000), per="person"), "£3,000 a person", id="rate-each"),
    pytest.param(
        line(SHAPE.RATE, amount=Decimal(3000), amount_from=Decimal(1000), per="person"),
        "£1,000 to £3,000 a person",
        id="rate-that-rises",
    ),
    pytest.param(line(SHAPE.RATE, amount=Decimal(1000), per="apprentice"), "£1,000 an apprentice", id="rate-an"),
    pytest.param(
        line(SHAPE.RATE, amount=Decimal(5), amount_from=Decimal(0), per="week"),
        "£0 to £5 a week",
        id="rate-from-nothing",
    ),
    pytest.param(line(SHAPE.PERCENTAGE, percent=Decimal("12.43")), "+12.43%", id="percentage"),
    pytest.param(line(SHAPE.PERCENTAGE, percent=Decimal("30.00")), "+30%", id="percentage-whole"),
    pytest.param(line(SHAPE.PERCENTAGE, percent=Decimal("-5")), "−5%", id="percentage-that-falls"),
    pytest.param(line(SHAPE.UNSPECIFIED), "Sum not stated", id="unspecified"),
    pytest.param(line(SHAPE.SUM), "Sum not stated", id="sum-without-amount"),
]


@pytest.mark.parametrize(("money", "words"), WORDS)
def test_money_words(money: FundingLine, words: str):
    assert money_words(money) == words


def test_every_shape_is_worded():
    assert {case.values[0].shape for case in WORDS} == set(SHAPE)

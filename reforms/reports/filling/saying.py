"""What a source says: the facts that its stamp stands for, how it is called, and where it is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from pillars.models import FundingLine
from reforms.base.as_at import AsAt
from reforms.base.models import User


@dataclass(frozen=True)
class Said:
    """`facts` are plain values, or None where nothing is recorded; `url` is without a day."""

    facts: Any
    words: str
    url: str


@dataclass(frozen=True)
class Saying:
    """For which day it is asked, and who may read the drafts; nobody's are read where that is nobody."""

    as_at: AsAt
    reader: User | None = None

    @property
    def day(self) -> date:
        return self.as_at.day


def window_facts(windows: Iterable[Any]) -> list[list[Any]]:
    return [[each.role, each.words, each.earliest, each.latest, each.edtf] for each in windows]


def money_facts(lines: Iterable[FundingLine]) -> list[list[Any]]:
    """What each line says; a figure is the same whatever zeros the database writes behind it."""
    return [[*_words(line), *map(_number, (line.amount, line.amount_from, line.percent))] for line in lines]


def _words(line: FundingLine) -> list[Any]:
    named = [line.reference, line.title, line.role, line.shape, line.per, line.words, line.inside_headline]
    return [*named, list(line.years)]


def _number(value: Any) -> str | None:
    return None if value is None else f"{value.normalize():f}"

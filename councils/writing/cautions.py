"""What in a text looks as if it told which child it is about, so that the officer is asked before it is saved.

Pure rules: they know words, not people. They warn and never refuse, so a rule stays quiet where public documents would
set it off: the day of a meeting, "children aged 7 to 11", a telephone number. A day is a date of birth only beside a
word of birth, an age is somebody's only beside a name, and a number counts by its check digit or by what it is called.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from reforms.base.formatting import MONTHS


class Kind(StrEnum):
    """What the words look like."""

    BIRTH = "birth"
    CHILD = "child"
    NHS_NUMBER = "nhs_number"
    PUPIL_NUMBER = "pupil_number"


SENTENCES = {
    Kind.BIRTH: "“{}” looks like a date of birth. Leave it out, so that nobody can tell which child this is about.",
    Kind.CHILD: "“{}” looks as if it names a child or young person. Leave out the name or the age.",
    Kind.NHS_NUMBER: "“{}” looks like an NHS number. Leave it out: it belongs to one person alone.",
    Kind.PUPIL_NUMBER: "“{}” looks like the number of a pupil. Leave it out: it belongs to one person alone.",
}


class Caution(NamedTuple):
    """Words of the text, what they look like, and what to tell the officer."""

    kind: Kind
    words: str

    @property
    def sentence(self) -> str:
        """What to tell the officer."""
        return SENTENCES[self.kind].format(self.words)


def cautions(text: str) -> list[Caution]:
    """What to warn of, in the order of the text, each once. Empty for most texts."""
    return list(dict.fromkeys(_found(text)))


def mark_of(found: Iterable[Caution]) -> str:
    """What a form carries once its writer has seen these warnings: another for others, empty for none."""
    told = "\n".join(sorted(map(str, found)))
    return hashlib.sha256(told.encode()).hexdigest() if told else ""


MONTH = "|".join(rf"{month}|{month[:3]}\.?" for month in MONTHS) + r"|Sept\.?"
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
YEAR = r"(?:19|20)?\d\d\b"
DATE = rf"""(?:
    \b(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?\b                               # 2015-03-12
    | \b\d\d?[ ]?[-/.][ ]?\d\d?[ ]?[-/.][ ]?{YEAR}                      # 12/03/2015, 12.3.15
    | \b{DAY}[ -](?:of[ ])?(?:{MONTH})\b(?:,?[ -]{YEAR})?               # 12th of March 2015, 12-Mar-15, 12 March
    | \b(?:{MONTH})[ ]{DAY}\b(?:,?[ ]{YEAR})?                           # March 12, 2015
)"""
BIRTH = r"(?:\bdate[ ]of[ ]birth\b|\bbirth[ -]?date\b|(?<!\d(?:st|nd|rd|th)[ ])\bbirthday\b|\bd[./ ]?o[./ ]?b\b\.?)"
NEAR = r"(?:(?!\b(?:from|by|after|before|until|since)\b)[^\d\n.;]){0,24}?"
"""A few words of the same sentence, without those that begin or end a period."""
WHOSE = r"(?:(?:is|was|being|as)\s)?(?:(?:the|his|her|their|my|child[’']s)\s){0,2}"

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
           "thirteen", "fourteen", "fifteen", "sixteen", "seventeen")  # fmt: skip
AGE = rf"(?:1\d|2[0-5]|\d|(?:{'|'.join(NUMBERS)}))\b"
"""Up to 25: until then the law looks after those who leave care."""
RANGE = r"\s?(?:(?:to|or|until|plus|upwards)\b|and\s(?:above|over|under|up|\d)|[-–/]\s?\d|[+%]|\.\d)"
OLD = rf"{AGE}[ -](?:years?|months?)[ -]old\b"
AGED = rf"(?:who\s)?(?:is\s|was\s)?(?:aged?\s{AGE}(?!{RANGE})|{OLD})"
BRACKET = rf"\(\s?(?:aged?\s)?{AGE}\s?\)"
NAME = r"\b(?-i:[A-ZÀ-Þ])[\w’']{1,30}(?:-(?-i:[A-ZÀ-Þ])[\w’']{1,30})?"
FULL_NAME = rf"{NAME}(?:[ ](?-i:[A-Z])\.?)?[ ]{NAME}"
CHILD = r"\b(?:child|boy|girl|baby|toddler|infant|teenager|sibling|brother|sister|son|daughter|twin|pupil)"

TRADE = """
    a act adults all ambition an annual association at authority benefit board boys care carers centre child
    children committee community council councils county district each education england every families family
    fostering framework from girls guidance health home homes hub hubs if in key kinship learners leavers local
    mission national need of ofsted on page parents pathfinder people persons pilot pillar plan policy poverty
    programme protection pupils recommendation report residents review rules safeguarding school section service
    services social stable stage staying strategy students support table team the these this those trust version
    virtual we when where work workers working year years young youth
"""
NO_NAMES = frozenset(TRADE.split())
"""Capitals that begin no name of a person."""


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE | re.IGNORECASE)


def _is_name(match: re.Match[str]) -> bool:
    """Whether what would be a name holds no word of the trade."""
    return NO_NAMES.isdisjoint(match["name"].lower().replace("’s", "").replace("'s", "").split())


def _is_nhs_number(match: re.Match[str]) -> bool:
    """Whether the tenth digit checks the nine before it, modulo 11."""
    digits = [int(each) for each in match.group() if each.isdigit()]
    check = -sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check == digits[9] and len(set(digits)) > 1


UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def _is_pupil_number(match: re.Match[str]) -> bool:
    """Whether the first letter checks the twelve characters after it, modulo 23. The last may be a letter too."""
    characters = match.group().upper()
    letter, rest = characters[0], characters[1:]
    if not rest[-1].isdigit() and rest[-1] not in UPN_LETTERS:
        return False
    values = [int(each) if each.isdigit() else UPN_LETTERS.index(each) for each in rest]
    return UPN_LETTERS[sum(value * weight for weight, value in enumerate(values, start=2)) % 23] == letter


def _always(match: re.Match[str]) -> bool:
    return True


NAMED = r"(?:called|named)\s"
GROUPED = r"(?P<gap>[ \u00a0-]?)\d{3}(?P=gap)\d{4}(?!\d|[.,]\d)"
CALLED = r"[^\d\n]{0,8}"

RULES: tuple[tuple[Kind, re.Pattern[str], Callable[[re.Match[str]], bool]], ...] = (
    # Date of birth: 12 March 2015
    (Kind.BIRTH, _rule(rf"{BIRTH}{NEAR}{DATE}"), _always),
    # 12 March 2015 (DoB)
    (Kind.BIRTH, _rule(rf"{DATE}[\s,(–-]{{1,3}}{WHOSE}{BIRTH}"), _always),
    # born in Lincoln on 12 March 2015; but not: born after 1 September 2024
    (Kind.BIRTH, _rule(rf"(?:\bborn|\(b\.)[\s,:(]{{1,3}}(?:(?:in|at)\s{NEAR}\s)?(?:on\s)?(?:the\s)?{DATE}"), _always),
    # on 12 March 2015 she was born
    (Kind.BIRTH, _rule(rf"{DATE},?\s(?:\w+\s){{0,2}}(?:was|were)\sborn\b"), _always),
    # aged 7 (12/03/2015)
    (Kind.BIRTH, _rule(rf"\baged?\s{AGE},?\s?[,(]\s?{DATE}"), _always),
    # Sam Jones, aged 7
    (Kind.CHILD, _rule(rf"(?P<name>{FULL_NAME}),?\s\(?{AGED}"), _is_name),
    # 7-year-old Sam Jones
    (Kind.CHILD, _rule(rf"\b{OLD},?\s(?P<name>{FULL_NAME})"), _is_name),
    # the 7-year-old boy Sam, a boy called Sam
    (Kind.CHILD, _rule(rf"(?:\b{OLD},?\s{CHILD},?\s(?:{NAMED})?|{CHILD}\s{NAMED})(?P<name>{NAME})"), _is_name),
    # child A (7), Child B, aged 9
    (Kind.CHILD, _rule(rf"{CHILD},?\s(?-i:[A-Z])\b,?\s(?:{BRACKET}|{AGED})"), _always),
    # her brother Sam (7); but not: Child Protection (3)
    (Kind.CHILD, _rule(rf"(?-i:{CHILD}),?\s(?P<name>{NAME}),?\s(?:{BRACKET}|{AGED})"), _is_name),
    (Kind.NHS_NUMBER, _rule(rf"(?<![\w£$€.,/+-])[1-9]\d\d{GROUPED}"), _is_nhs_number),
    (Kind.NHS_NUMBER, _rule(rf"\bNHS(?:\s?(?:number|num|no)\b\.?|\s?\#){CALLED}\d{{3}}{GROUPED}"), _always),
    (Kind.PUPIL_NUMBER, _rule(r"\b(?-i:[A-Z])\d{11}[\dA-Z]\b"), _is_pupil_number),
    (Kind.PUPIL_NUMBER, _rule(rf"\b(?:UPN|unique\spupil\snumber)\b{CALLED}\b[A-Z]\d{{11}}[\dA-Z]\b"), _always),
    (Kind.PUPIL_NUMBER, _rule(rf"\b(?:ULN|unique\slearner\snumber)\b{CALLED}\d{{3}}{GROUPED}"), _always),
)  # fmt: skip


def _found(text: str) -> Iterator[Caution]:
    """What the rules find, in the order of the text. Where two of a kind find the same words, the longer stand."""
    matches = ((kind, match) for kind, rule, is_meant in RULES for match in rule.finditer(text) if is_meant(match))
    ends = dict.fromkeys(Kind, 0)
    for kind, match in sorted(matches, key=lambda pair: (pair[1].start(), -pair[1].end())):
        if match.start() >= ends[kind]:
            ends[kind] = match.end()
            yield Caution(kind, _whole(match.group()))


def _whole(words: str) -> str:
    """The words in one line, with the bracket that closes behind them."""
    return " ".join(words.split()) + ")" * (words.count("(") - words.count(")"))

"""Stretches of days that have a name: "11 May 2023", "Spring 2023", "early 2023", "this Parliament".

A period has a first and a last day, both included. Every reader here takes the words of a phrase (lower
case, split at spaces) and the question they came with, and answers a `Period`, or None when the words are not
of its kind. Nothing here guesses: a month without a year is not a period, nor is "winter 2023", which two
winters touch.

No reader calls itself, so reading takes time in proportion to the length of the words.
"""

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

Words = tuple[str, ...]

ONE_DAY = timedelta(days=1)
MONTHS: Words = ("january", "february", "march", "april", "may", "june", "july", "august",
                 "september", "october", "november", "december")  # fmt: skip
WEEKDAYS: Words = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = {"spring": (3, 21), "summer": (6, 22), "autumn": (9, 23)}
"""The first month of each meteorological season that lies within one year, and its number in EDTF."""
FIRST_YEAR, LAST_YEAR = 1900, 2199
_PLAIN_MARKS = str.maketrans("‘’‐‑‒–—", "''-----", "") | dict.fromkeys(map(ord, '“”",'), " ")


@dataclass(frozen=True)
class AnchorPhrase:
    """A stretch of time that a phrase names, as it was understood when the promise was made.

    `phrase` is as it stands inside time phrases ("this Parliament"). It means this window for words said
    from `valid_from` to `valid_to`, both included; None leaves that side open. It is read only once both of
    its own days are known.
    """

    slug: str
    phrase: str
    earliest: date | None
    latest: date | None
    valid_from: date | None
    valid_to: date | None

    def is_valid(self, on: date) -> bool:
        """Whether words said on this day mean this anchor."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class Asked:
    """What a reader may know besides the words: the day they were said, what they date, and the anchors."""

    said_on: date
    role: str = "due"
    anchors: Sequence[AnchorPhrase] = ()


@dataclass(frozen=True)
class Period:
    """A named stretch from `first` to `last`, both included, its EDTF string and the anchor it came from."""

    first: date
    last: date
    edtf: str
    anchor: str | None = None


Reader = Callable[[Words, Asked], Period | None]


# Words


def split_words(text: str) -> Words:
    """Lower-case words of a phrase, without its quotation marks, commas and closing stop."""
    plain = text.casefold().translate(_PLAIN_MARKS).rstrip(" .;:")
    return tuple(part for word in plain.split() for part in _joined_years(word))


def _joined_years(word: str) -> Words:
    """The words of "2023-2025", which is "2023 to 2025", and of "-"; "2023-24" stays one word."""
    left, hyphen, right = word.partition("-")
    if hyphen and left == right == "":
        return ("to",)
    if hyphen and year_of(left) and year_of(right):
        return (left, "to", right)
    return (word,)


def without(words: Words, *firsts: str) -> Words:
    """The words, less one leading word of those given."""
    return words[1:] if words[:1] and words[0] in firsts else words


def number_of(word: str, most: int) -> int | None:
    """A whole number from 1 to `most` written in digits."""
    if word.isascii() and word.isdigit() and len(word) <= 4 and 1 <= int(word) <= most:
        return int(word)
    return None


def year_of(word: str) -> int | None:
    """The year of "2023" or "'23"."""
    if len(word) == 3 and word[0] == "'" and word[1:].isascii() and word[1:].isdigit():
        return 2000 + int(word[1:])
    year = number_of(word, LAST_YEAR) if len(word) == 4 else None
    return year if year and year >= FIRST_YEAR else None


def month_of(word: str) -> int | None:
    """The month, 1 to 12, of "September", "Sept" or "Sep"."""
    for number, name in enumerate(MONTHS, start=1):
        if word in (name, name[:3]) or (word == "sept" and number == 9):
            return number
    return None


def _year_pair(word: str) -> int | None:
    """The first year of "2023/24", "2023-24" or "2023/2024": two years running, in one word."""
    for mark in "/-":
        left, found, right = word.partition(mark)
        year = year_of(left)
        if found and year and right in (str(year + 1), str(year + 1)[2:]):
            return year
    return None


# Days and the EDTF strings for them


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def months_later(day: date, months: int) -> date:
    """The same day some months on, or that month's last where it is shorter. Raises ValueError past 9999."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, min(day.day, month_end(day.year + years, month + 1).day))


def edtf_between(first: date, last: date) -> str:
    """EDTF for a stretch: one year, month or day where it is just that, else the coarsest interval."""
    start, end = first.isoformat(), last.isoformat()
    if first.day == 1 and last == month_end(last.year, last.month):
        start, end = start[:7], end[:7]
        if first.month == 1 and last.month == 12:
            start, end = start[:4], end[:4]
    return start if start == end else f"{start}/{end}"


def between(first: date, last: date) -> Period:
    """The period from one day to another."""
    return Period(first, last, edtf_between(first, last))


def _months(year: int, month: int, count: int) -> Period:
    """A run of whole months."""
    first = date(year, month, 1)
    return between(first, months_later(first, count) - ONE_DAY)


def financial_years(year: int, count: int = 1) -> Period:
    """A run of financial years from 1 April of `year`."""
    return _months(year, 4, 12 * count)


# Readers of one named period


def read_day(words: Words, asked: Asked) -> Period | None:
    """A day, "11 May 2023", "the 11th of May 2023", "Thursday 11 May 2023" (the weekday has to be right)."""
    weekday, words = words[0] if words else "", without(words, *WEEKDAYS)
    words = tuple(word for word in without(words, "the") if word != "of")
    if len(words) != 3:
        return None
    day, month, year = _day_number(words[0]), month_of(words[1]), year_of(words[2])
    if not (day and month and year) or day > month_end(year, month).day:
        return None
    found = date(year, month, day)
    is_wrong_weekday = weekday in WEEKDAYS and WEEKDAYS[found.weekday()] != weekday
    return None if is_wrong_weekday else between(found, found)


def _day_number(word: str) -> int | None:
    """The day, 1 to 31, of "11" or "11th"."""
    has_ending = word[-2:] in ("st", "nd", "rd", "th")
    return number_of(word[:-2] if has_ending else word, 31)


def read_month(words: Words, asked: Asked) -> Period | None:
    """A month, "September 2023"."""
    if len(words) != 2:
        return None
    month, year = month_of(words[0]), year_of(words[1])
    return _months(year, month, 1) if month and year else None


def read_season(words: Words, asked: Asked) -> Period | None:
    """A season, "Spring 2023", "spring of 2023", "spring '23"; for winter, "winter 2023/24"."""
    words = tuple(word for word in without(words, "the") if word != "of")
    if words[:1] == ("winter",):
        return _winter(words[1:])
    year = year_of(words[1]) if len(words) == 2 and words[0] in SEASONS else None
    if not year:
        return None
    month, code = SEASONS[words[0]]
    return replace(_months(year, month, 3), edtf=f"{year}-{code}")


def _winter(years: Words) -> Period | None:
    """December to February. EDTF as an interval, since "2023-24" would be read as a financial year."""
    year = _year_pair(years[0]) if len(years) == 1 else None
    if len(years) == 3 and years[1] == "to":
        year = _year_pair(f"{years[0]}/{years[2]}")
    return _months(year, 12, 3) if year else None


def read_year(words: Words, asked: Asked) -> Period | None:
    """A year, "2023", "this year", "the year", "next year"."""
    year = year_of(words[0]) if len(words) == 1 else None
    if words in (("this", "year"), ("the", "year"), ("next", "year")):
        year = asked.said_on.year + int("next" in words)
    return _months(year, 1, 12) if year else None


def read_financial_year(words: Words, asked: Asked) -> Period | None:
    """A financial year, "2023-24", "2023/24", "the financial year 2023 to 2024", "this financial year"."""
    words = without(words, "the")
    is_named = ("financial", "year") in (words[:2], words[-2:])
    rest = tuple(word for word in words if word not in ("financial", "year")) if is_named else words
    year = _year_pair(rest[0]) if len(rest) == 1 else None
    if is_named and len(rest) == 3 and rest[1] == "to":
        year = _year_pair(f"{rest[0]}/{rest[2]}")
    if is_named and rest in (("this",), ("next",)):
        year = asked.said_on.year - (asked.said_on.month < 4) + (rest == ("next",))
    return financial_years(year) if year else None


def read_anchor(words: Words, asked: Asked) -> Period | None:
    """An anchor, "this Parliament"; "this Spending Review period in March 2025" where it does end then."""
    period = _anchored(words, asked)
    if period or "in" not in words:
        return period
    at = len(words) - 1 - words[::-1].index("in")
    period, end = _anchored(words[:at], asked), read_period(words[at + 1 :], asked, DATED)
    return period if period and end and end.first <= period.last <= end.last else None


def _anchored(words: Words, asked: Asked) -> Period | None:
    """The one anchor of these words on their day.

    A first "the" or a last "period" makes no difference, unless two anchors differ by it.
    """
    valid = [anchor for anchor in asked.anchors if words and anchor.is_valid(asked.said_on)]
    for key in (_without_the, _without_period):
        found = [anchor for anchor in valid if key(split_words(anchor.phrase)) == key(words)]
        if found:
            return _window_of(found[0]) if len(found) == 1 else None
    return None


def _window_of(anchor: AnchorPhrase) -> Period | None:
    """An anchor as a period, when both of its days are known."""
    if anchor.earliest is None or anchor.latest is None:
        return None
    return replace(between(anchor.earliest, anchor.latest), anchor=anchor.slug)


def _without_the(words: Words) -> Words:
    return without(words, "the")


def _without_period(words: Words) -> Words:
    words = _without_the(words)
    return words[:-1] if words[-1:] == ("period",) else words


# Readers of a part of a period, or of two


def read_early_or_late(words: Words, asked: Asked) -> Period | None:
    """The first or last quarter, "early 2023", "late in 2023". A day has no quarters."""
    if words[:1] not in (("early",), ("late",)):
        return None
    whole = read_period(without(words[1:], "in"), asked, NAMED)
    if whole is None or whole.first == whole.last:
        return None
    if words[0] == "early":
        return replace(between(whole.first, _first_quarter(whole)), anchor=whole.anchor)
    return replace(between(_last_quarter(whole), whole.last), anchor=whole.anchor)


def _is_year_long(whole: Period) -> bool:
    return whole.first.day == 1 and months_later(whole.first, 12) - ONE_DAY == whole.last


def _quarter_days(whole: Period) -> timedelta:
    """A quarter of the days, rounded down but at least one: seven of any month."""
    return timedelta(days=max(1, ((whole.last - whole.first).days + 1) // 4))


def _first_quarter(whole: Period) -> date:
    """The last day of the first quarter: three whole months of a year."""
    if _is_year_long(whole):
        return months_later(whole.first, 3) - ONE_DAY
    return whole.first + _quarter_days(whole) - ONE_DAY


def _last_quarter(whole: Period) -> date:
    """The first day of the last quarter: three whole months of a year."""
    if _is_year_long(whole):
        return months_later(whole.first, 9)
    return whole.last - _quarter_days(whole) + ONE_DAY


def read_end(words: Words, asked: Asked) -> Period | None:
    """The end of a period, "the end of April 2023".

    The last seven days of a month; of anything longer, the last calendar month it reaches.
    """
    words = without(words, "the")
    whole = read_period(words[2:], asked, NAMED) if words[:2] == ("end", "of") else None
    if whole is None:
        return None
    week, month = whole.last - timedelta(days=6), whole.last.replace(day=1)
    start = month if whole.first < month else max(week, whole.first)
    return replace(between(start, whole.last), anchor=whole.anchor)


def read_two(words: Words, asked: Asked) -> Period | None:
    """Two periods, "March and April 2023", "from spring to autumn 2023", "between 2023-2025".

    Without "between", two periods joined by "and" have to follow one another: "March and June 2023" names two
    windows, not one.
    """
    opening, words = words[:1], without(words, "between", "from")
    joints = ("to",) if opening == ("from",) else ("and", "to")
    at = next((at for at, word in enumerate(words) if word in joints), None)
    pair = _two(words[:at], words[at + 1 :], asked) if at is not None else None
    if pair is None or at is None:
        return None
    first, second = pair
    is_gap = words[at] == "and" and opening != ("between",) and first.last + ONE_DAY < second.first
    return None if is_gap else between(first.first, second.last)


def _two(left: Words, right: Words, asked: Asked) -> tuple[Period, Period] | None:
    """Both periods in order; the first may leave its month and year to the second."""
    second = read_period(right, asked, SINGLE)
    for borrowed in ((), right[-1:], right[-2:]):
        first = read_period(left + borrowed, asked, SINGLE)
        if first and second:
            return (first, second) if first.first <= second.first and first.last <= second.last else None
    return None


DATED: tuple[Reader, ...] = (read_day, read_month, read_season, read_year, read_financial_year)
NAMED: tuple[Reader, ...] = (*DATED, read_anchor)
SINGLE: tuple[Reader, ...] = (*NAMED, read_early_or_late, read_end)
ALL: tuple[Reader, ...] = (*SINGLE, read_two)


def read_period(words: Words, asked: Asked, readers: Sequence[Reader] = ALL) -> Period | None:
    """The period these words name, by the first of the readers that knows them."""
    found = (reader(words, asked) for reader in readers)
    return next((period for period in found if period), None)

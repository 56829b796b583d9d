"""The table of time phrases: what "Spring 2023" or "by the end of this Parliament" means in days.

`read_phrase` turns the published words into a `Window`. `RULES` is the whole table, tried from the top, and
the public page on dates prints it. A phrase that no rule reads is an error, never a guess: the editor then
gives the words to read instead, with the reason.

The day the words were said is an argument: it settles "this year", "the next two years", "this Parliament".
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from pillars import periods
from pillars.periods import ONE_DAY, AnchorPhrase, Asked, Period, Reader, Words, without

__all__ = ["RULES", "AnchorPhrase", "Reading", "Rule", "UnreadablePhrase", "Window", "read_phrase"]

ROLES = ("due", "start", "until")
MAX_LENGTH = 200
"""Characters. The longest phrase of a source is under 80; anything longer is not a time phrase."""
NUMBERS: Words = (
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


class UnreadablePhrase(ValueError):  # noqa: N818 - named for what it is
    """The table cannot read these words. The message says what would help."""


@dataclass(frozen=True)
class Window:
    """The days a phrase means, both included, and its EDTF string.

    No `earliest`: any day up to `latest` ("by"). No `latest`: any day from `earliest` ("after two years").
    """

    earliest: date | None
    latest: date | None
    edtf: str


@dataclass(frozen=True)
class Reading:
    """A window, the name of the rule that read it, and the slug of the anchor it rests on, if any."""

    window: Window
    rule: str
    anchor: str | None


@dataclass(frozen=True)
class Found:
    """What one rule made of a phrase."""

    window: Window
    anchor: str | None = None


@dataclass(frozen=True)
class Rule:
    """One line of the table: what it means in plain English, and phrases with the day they were said."""

    name: str
    means: str
    examples: tuple[tuple[str, date], ...]
    read: Callable[[Words, Asked], Found | None] = field(repr=False, compare=False)


def read_phrase(words: str, *, said_on: date, role: str = "due", anchors: Sequence[AnchorPhrase] = ()) -> Reading:
    """The window that published words mean.

    `role` is what the words date: a thing due in the window, starting in it, or lasting until it. A period that
    something lasts until has no first day; only words such as "from" leave the end of the EDTF string open.
    Raises UnreadablePhrase when no rule reads the words, ValueError for an unknown role.
    """
    if role not in ROLES:
        raise ValueError(f"Role is {role!r}; it has to be one of {', '.join(ROLES)}.")
    if len(words) > MAX_LENGTH:
        raise UnreadablePhrase(f"A time phrase has at most {MAX_LENGTH} characters; this has {len(words)}.")
    split, asked = periods.split_words(words), Asked(said_on, role, anchors)
    try:
        for rule in RULES:
            if found := rule.read(split, asked):
                return Reading(found.window, rule.name, found.anchor)
    except (ValueError, OverflowError) as error:
        raise UnreadablePhrase(f"“{words}” lies outside the calendar.") from error
    raise UnreadablePhrase(f"Cannot read “{words}” as a time. {_hint(split, asked)}")


def _hint(words: Words, asked: Asked) -> str:
    """What to do about words that no rule reads."""
    text = " ".join(words)
    named = [anchor for anchor in asked.anchors if " ".join(periods.split_words(anchor.phrase)) in text]
    if named and not any(anchor.is_valid(asked.said_on) for anchor in named):
        return f"No anchor says what “{named[0].phrase}” meant on {asked.said_on.isoformat()}."
    if "winter" in words:
        return "Name both years of a winter: “winter 2023/24”."
    if any(map(periods.month_of, words)) and not any(map(periods.year_of, words)):
        return "Give words with the year to read instead, and the reason."
    return "See the table of time phrases, or give words to read instead, and the reason."


# Rules that name the window itself


def _named(*readers: Reader) -> Callable[[Words, Asked], Found | None]:
    """The rule that reads a period as it stands, or after "in" and its like; its role may open it."""

    def read(words: Words, asked: Asked) -> Found | None:
        rest = without(words, "in", "on", "at", "during", "throughout", "within")
        period = periods.read_period(rest, asked, readers)
        if period is None or not _fits(words[0], rest, period):
            return None
        window = _opened(period, asked.role) if periods.read_two not in readers else _closed(period)
        return Found(window, period.anchor)

    return read


def _fits(first: str, rest: Words, period: Period) -> bool:
    """Whether the opening word suits: "on" goes with a day and "at" with an end."""
    if first == "on":
        return period.first == period.last
    return first != "at" or "end" in rest[:2]


def _closed(period: Period) -> Window:
    return Window(period.first, period.last, period.edtf)


def _opened(period: Period, role: str) -> Window:
    """The window of a period for what lasts until it, or for what is due or starts in it."""
    return _up_to(period.last) if role == "until" else _closed(period)


def _starting(period: Period) -> Window:
    """Starts within the period. EDTF "X/..", X a day where the period itself needs two ends."""
    start = period.first.isoformat() if "/" in period.edtf else period.edtf
    return Window(period.first, period.last, f"{start}/..")


def _up_to(day: date) -> Window:
    return Window(None, day, f"../{day.isoformat()}")


def _since(day: date) -> Window:
    return Window(day, None, f"{day.isoformat()}/..")


# Rules that open a period, or count from the day the words were said


def _after_words(words: Words, *openings: str) -> Words | None:
    """What follows the first of these openings that the words begin with, or None."""
    for opening in openings:
        start = tuple(opening.split())
        if words[: len(start)] == start:
            return words[len(start) :]
    return None


def _period_after(words: Words, asked: Asked, *openings: str) -> Period | None:
    rest = _after_words(words, *openings)
    return periods.read_period(rest, asked) if rest else None


def _by(words: Words, asked: Asked) -> Found | None:
    openings = ("by", "no later than", "not later than", "on or before")
    period = _period_after(words, asked, *openings) or _period_before_its_end(words, asked)
    return Found(_up_to(period.last), period.anchor) if period else None


def _period_before_its_end(words: Words, asked: Asked) -> Period | None:
    """The period of "before the end of 2023", which leaves until its last day, as "by" does."""
    return _period_after(words, asked, "before the end of")


def _before(words: Words, asked: Asked) -> Found | None:
    period = _period_after(words, asked, "before")
    return Found(_up_to(period.first - ONE_DAY), period.anchor) if period else None


def _until(words: Words, asked: Asked) -> Found | None:
    period = _period_after(words, asked, "until", "up to", "to")
    return Found(_up_to(period.last), period.anchor) if period else None


def _from(words: Words, asked: Asked) -> Found | None:
    openings = ("starting from", "starting in", "starting", "beginning in", "with effect from", "from")
    kept = words[:-1] if words[-1:] in (("onwards",), ("onward",)) else words
    period = _period_after(kept, asked, *openings, "in or after", "on or after")
    if kept != words and period is None:
        period = periods.read_period(kept, asked)
    return Found(_starting(period), period.anchor) if period else None


def _after(words: Words, asked: Asked) -> Found | None:
    rest = _after_words(words, "after") or ()
    if later := _later(rest, asked.said_on):
        return Found(_since(later))
    period = periods.read_period(rest, asked)
    return Found(_since(period.last + ONE_DAY), period.anchor) if period else None


def _within(words: Words, asked: Asked) -> Found | None:
    rest = _after_words(words, "within the next", "within the coming", "within")
    later = _later(rest or (), asked.said_on)
    return Found(_up_to(later)) if later else None


def _later(words: Words, said_on: date) -> date | None:
    """The day that lies "two years", "18 months", "six weeks" or "10 days" after the words were said."""
    count = _count(words[0]) if len(words) == 2 else None
    unit = words[1].removesuffix("s") if count else ""
    if count is None or unit not in ("day", "week", "month", "year"):
        return None
    if unit in ("day", "week"):
        return said_on + timedelta(days=count * (7 if unit == "week" else 1))
    return periods.months_later(said_on, count * (12 if unit == "year" else 1))


def _count(word: str) -> int | None:
    """A number from 1 to 99 in digits, or to twelve in a word."""
    return NUMBERS.index(word) + 1 if word in NUMBERS else periods.number_of(word, 99)


def _over_years(words: Words, asked: Asked) -> Found | None:
    count = _coming_years(words)
    if count is None:
        return None
    first = asked.said_on.year + (asked.said_on.month >= 10)
    return Found(_closed(periods.financial_years(first, count)))


def _coming_years(words: Words) -> int | None:
    """How many years "over the next two years" or "over two years" is; "over the coming year" is one."""
    rest = _after_words(words, *COMING) or ()
    if rest == ("year",):
        return 1
    rest = rest or _after_words(words, "over") or ()
    return _count(rest[0]) if len(rest) == 2 and rest[1] in ("year", "years") else None


COMING = tuple(
    f"{first} the {coming}" for first in ("over", "during", "for", "in each of", "in") for coming in ("next", "coming")
)


def _later_in_year(words: Words, asked: Asked) -> Found | None:
    rest = _after_words(words, "later in", "later")
    year = periods.read_year(rest, asked) if rest else None
    if year is None or year.first.year != asked.said_on.year:
        return None
    return Found(_closed(periods.between(asked.said_on, year.last)))


# The table

_EARLY_2023 = date(2023, 2, 2)


def _said(*phrases: str, on: date = _EARLY_2023) -> tuple[tuple[str, date], ...]:
    return tuple((phrase, on) for phrase in phrases)


RULES: tuple[Rule, ...] = (
    Rule(
        "day",
        "A day is that day. A weekday may stand before it, and has to be the right one.",
        _said("11 May 2023", "on 3 May 2023", "Tuesday 14 March 2023"),
        _named(periods.read_day),
    ),
    Rule(
        "month",
        "A month is its first day to its last. A month without a year cannot be read.",
        _said("September 2023", "in September 2023", "throughout April 2023"),
        _named(periods.read_month),
    ),
    Rule(
        "season",
        "Seasons are meteorological: spring is March to May, summer June to August, autumn September to "
        "November. Winter is December to February, and has to name both its years.",
        _said("Spring 2023", "in Autumn 2023", "winter 2023/24"),
        _named(periods.read_season),
    ),
    Rule(
        "year",
        "A year is 1 January to 31 December. “This year” is the year in which it was said.",
        _said("2023", "in 2024", "this year"),
        _named(periods.read_year),
    ),
    Rule(
        "financial year",
        "A financial year is 1 April to 31 March, and is written with both years.",
        _said("2023-24", "2023/24", "the financial year 2023 to 2024"),
        _named(periods.read_financial_year),
    ),
    Rule(
        "named period",
        "A period such as “this Parliament” is read as it was understood on the day the words were said. "
        "What happened later does not change it.",
        _said("during this Parliament", "this Spending Review period"),
        _named(periods.read_anchor),
    ),
    Rule(
        "early or late",
        "Early is the first quarter of the period named and late is the last: for a year, three months.",
        _said("early 2023", "in late 2023"),
        _named(periods.read_early_or_late),
    ),
    Rule(
        "end of",
        "The end of a month is its last seven days. The end of anything longer is the last calendar month it reaches.",
        _said("at the end of April 2023", "the end of 2023"),
        _named(periods.read_end),
    ),
    Rule(
        "two periods",
        "Two periods mean the first day of one to the last day of the other. Two years joined by “to” or a "
        "hyphen are whole calendar years, the widest meaning, so that nothing is called passed too early.",
        _said("March and April 2023", "in 2023 and 2024", "between 2023-2025", "in 2023 to 2024"),
        _named(periods.read_two),
    ),
    Rule(
        "over some years",
        "Years to come are counted in financial years from 1 April of the year in which it was said, or from "
        "the next 1 April when it was said in October, November or December.",
        _said(
            "over the next two years",
            "over two years",
            "in each of the next two years",
            "over the coming year",
        ),
        _over_years,
    ),
    Rule(
        "later this year",
        "Later this year is from the day it was said to 31 December.",
        _said("later this year", "later in 2023"),
        _later_in_year,
    ),
    Rule(
        "by",
        "“By” is any day up to the last day of what is named. “Before the end of” means the same.",
        _said("by the end of 2023", "by July 2025", "by spring 2024", "by 2027", "by the end of this Parliament"),
        _by,
    ),
    Rule(
        "before",
        "“Before” is any day up to the day before what is named begins.",
        _said("before May 2024", "before the next Spending Review"),
        _before,
    ),
    Rule(
        "until",
        "“Until” and “to” last to the end of what is named.",
        _said("until March 2025", "up to the end of this Spending Review period"),
        _until,
    ),
    Rule(
        "from",
        "“From” means it starts at some time within what is named, and goes on.",
        _said("from August 2023", "from Autumn 2023", "in or after April 2024", "2027 onwards"),
        _from,
    ),
    Rule(
        "after",
        "“After two years” starts two years after the day it was said. “After” a period starts the day after it ends.",
        _said("after two years", "after March 2025"),
        _after,
    ),
    Rule(
        "within",
        "“Within” is any day up to that long after it was said.",
        _said("within 12 months", "within the next six weeks"),
        _within,
    ),
)

"""How dates, times, sums and lengths of time are written: in one place, in words, the same on every page."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

CIVIL_TIME = ZoneInfo("Europe/London")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August",
          "September", "October", "November", "December")  # fmt: skip
"""Our own, since the names that Python gives depend on the machine's language."""

BILLION, MILLION, PENNY = Decimal(1_000_000_000), Decimal(1_000_000), Decimal("0.01")
DAYS_KEPT = 4096
"""A page writes the same few days hundreds of times."""
IN_DAYS_BELOW = 60
"""Spans shorter than this are given in days."""


@lru_cache(DAYS_KEPT)
def date_in_words(day: date) -> str:
    """11 May 2023."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def moment_in_words(moment: datetime) -> str:
    """11 May 2023 at 11:59pm, in civil time. Raises ValueError for a moment without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("A moment needs a time zone to be written in civil time.")
    local = moment.astimezone(CIVIL_TIME)
    return f"{date_in_words(local.date())} at {_time_in_words(local)}"


def _time_in_words(local: datetime) -> str:
    """5pm, 11:59pm, midday, midnight."""
    if local.minute == 0 and local.hour in (0, 12):
        return "midday" if local.hour else "midnight"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def window_in_words(earliest: date | None, latest: date | None, *, role: str = "due") -> str:
    """The days a window means: 1 March to 31 May 2023, by 31 December 2023, from 2 February 2025.

    What starts within a window is "starting 1 to 31 August 2023"; what lasts is "until 31 March 2025".
    """
    if earliest is None and latest is None:
        return "no date given"
    if earliest is None or latest is None:
        return _half_open_in_words(earliest, latest, role)
    if role == "start":
        return f"{'from' if earliest == latest else 'starting'} {_days_between(earliest, latest)}"
    return _days_between(earliest, latest)


def _half_open_in_words(earliest: date | None, latest: date | None, role: str) -> str:
    if latest is not None:
        return f"{'until' if role == 'until' else 'by'} {date_in_words(latest)}"
    return f"from {date_in_words(earliest)}" if earliest else ""


def _days_between(first: date, last: date) -> str:
    """Both days, without saying a month or a year twice."""
    end = date_in_words(last)
    if first == last:
        return end
    if first.year != last.year:
        return f"{date_in_words(first)} to {end}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} to {end}"
    return f"{first.day} to {end}"


def money(amount: Decimal | int) -> str:
    """£45 million, £2.6 billion, £3,000, £12.50: never rounded to fit, so £1,234,567 stays whole."""
    return _pounds(amount, " million", " billion")


def money_short(amount: Decimal | int) -> str:
    """£45m, £2.6bn, £3,000, for tables and charts."""
    return _pounds(amount, "m", "bn")


def _pounds(amount: Decimal | int, million: str, billion: str) -> str:
    pounds = Decimal(amount).quantize(PENNY, rounding=ROUND_HALF_UP)
    sign, size = ("−" if pounds < 0 else ""), abs(pounds)
    for unit, words in ((BILLION, billion), (MILLION, million)):
        units = (size / unit).normalize()
        if size >= unit and units == round(units, 3):
            return f"{sign}£{units:,f}{words}"
    return f"{sign}£{size:,.0f}" if size == size.to_integral_value() else f"{sign}£{size:,.2f}"


def percent(value: Decimal | int) -> str:
    """12.43%, 30%."""
    plain = f"{Decimal(value):f}"
    return f"{plain.rstrip('0').rstrip('.') if '.' in plain else plain}%"


def days_in_words(days: int) -> str:
    """1 day, 20 days, 1,000 days. Raises ValueError below nought, which has no words here."""
    if days < 0:
        raise ValueError(f"A number of days is not below nought: {days}.")
    return "1 day" if days == 1 else f"{days:,} days"


@lru_cache(DAYS_KEPT)
def span_in_words(days: int) -> str:
    """How long a span is: today, 21 days, over 2 months, over 2 years; "in 21 days" below nought.

    "Over" is always true: a month counts as 31 days and a year as 366.
    """
    if days < 0:
        return f"in {span_in_words(-days)}"
    if days < IN_DAYS_BELOW:
        return days_in_words(days) if days else "today"
    years, months = (days - 1) // 366, (days - 1) // 31
    count, unit = (years, "year") if years else (min(months, 11), "month")
    return f"over {count} {unit}{'' if count == 1 else 's'}"

"""When a position, or a figure inside it, has gone stale. Pure rules: they know days and words, not the database.

A position is stale on a day when its review date has passed, when a claim in it can no longer be true as worded,
or when a commitment it covers changed after it was published. A figure ages by itself: one that speaks of a period
which ended more than a year before the day is marked, and so is one that names no period.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reforms.base.formatting import date_in_words, span_in_words

FIGURE_IS_FRESH_FOR_DAYS = 366


@dataclass(frozen=True)
class Expiry:
    """A claim's own words and the day from which they can no longer be true."""

    text: str
    stale_on: date


def stale_reasons(*, review_on: date | None, expiries: Sequence[Expiry], changed: Sequence[str], on: date) -> list[str]:
    """Why the position is stale on the day, in words; empty while it is current.

    `changed` holds the references of covered commitments that changed after it was published.
    """
    reasons = []
    if review_on is not None and review_on < on:
        reasons.append(f"review was due by {date_in_words(review_on)}")
    expired = [expiry.stale_on for expiry in expiries if expiry.stale_on <= on]
    if expired:
        reasons.append(f"{_count(len(expired), 'point')} overtaken by {date_in_words(max(expired))}")
    if changed:
        reasons.append(f"{', '.join(changed)} changed since it was published")
    return reasons


def figure_note(*, has_figure: bool, as_at: str, as_at_end: date | None, on: date) -> str:
    """What to say of a figure's age, or an empty text while it is fresh."""
    if not has_figure:
        return ""
    if not as_at:
        return "No year given"
    if as_at_end is None or (on - as_at_end).days <= FIGURE_IS_FRESH_FOR_DAYS:
        return ""
    return f"Figure for {as_at}, {span_in_words((on - as_at_end).days)} old"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

"""When a position, or a figure inside it, has gone stale. Pure rules: they know days and words, not the database.

A position is stale on a day when its review date has passed, when a claim in it can no longer be true as worded,
or when a commitment it covers changed after it was published. Once stale it stays so, until another version is
published or somebody who may says that it is still correct: then a new review date runs, and what changes from then on
counts. A figure ages by itself: one that speaks of a period which ended more than a year before the day is marked,
and so is one that names no period.

staleness_in_sql.py finds all that are stale at once, and asks these rules for the words and for the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reforms.base.formatting import date_in_words, span_in_words

FIGURE_IS_FRESH_FOR_DAYS = 366


@dataclass(frozen=True)
class Expiry:
    """A claim's own words and the day from which they can no longer be true."""

    text: str
    stale_on: date


def stale_reasons(
    *,
    review_on: date | None,
    expiries: Sequence[Expiry],
    changed: Sequence[str],
    on: date,
    most_named: int | None = None,
) -> list[str]:
    """Why the position is stale on the day, in words; empty while it is current.

    `changed` holds the references of covered commitments that changed after it was published. No more than `most_named`
    of them are named, the others are counted.
    """
    expired = [expiry.stale_on for expiry in expiries if expiry.stale_on <= on]
    last_expired_on = max(expired, default=None)
    return reasons_of(
        review_on=review_on,
        expired=len(expired),
        last_expired_on=last_expired_on,
        changed=changed,
        on=on,
        most_named=most_named,
    )


def reasons_of(
    *,
    review_on: date | None,
    expired: int,
    last_expired_on: date | None,
    changed: Sequence[str],
    on: date,
    most_named: int | None = None,
) -> list[str]:
    """The same from what is known in sum: how many claims have expired by the day, and the last day one did.

    Of the commitments that changed no more than `most_named` are named, the others are counted.
    """
    reasons = []
    if review_on is not None and review_on < on:
        reasons.append(f"review was due by {date_in_words(review_on)}")
    if last_expired_on is not None:
        reasons.append(f"{_count(expired, 'point')} overtaken by {date_in_words(last_expired_on)}")
    if changed:
        reasons.append(f"{_named(changed, most_named)} changed since it was published")
    return reasons


def stale_since(
    *, shown_on: date, review_on: date | None, first_expired_on: date | None, first_changed_on: date | None
) -> date | None:
    """The first day on which the position is stale, or None for one that nothing has overtaken.

    `shown_on` is the first day on which anybody could read it, `first_expired_on` the first day on which a claim known
    by then had expired, `first_changed_on` that on which a change since it was published became known. A position that
    was read here for the first time when it was overtaken already is stale from that day.
    """
    overdue_on = review_on + timedelta(days=1) if review_on is not None else None
    overtaken_on = [day for day in (overdue_on, first_expired_on, first_changed_on) if day is not None]
    return max(shown_on, min(overtaken_on)) if overtaken_on else None


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


def _named(references: Sequence[str], most: int | None) -> str:
    """All the references, or the first and how many others."""
    if most is None or len(references) <= most:
        return ", ".join(references)
    return f"{', '.join(references[:most])} and {_count(len(references) - most, 'other')}"

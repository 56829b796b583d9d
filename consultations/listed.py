"""Consultations as the list page shows them, by where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from consultations.models import Consultation
from consultations.status import Status, status_of
from pillars.models import Citation, Commitment
from pillars.rows import known
from pillars.state_words import state_words
from pillars.timing import Timing, window_answer
from reforms.base.as_at import AsAt
from reforms.base.clock import civil_day
from reforms.base.formatting import date_in_words, days_in_words, moment_in_words, window_in_words


@dataclass(frozen=True)
class Listed:
    """One row. `timing` names its glyph; `state` and `when` are the words beside it."""

    consultation: Consultation
    status: Status
    timing: Timing
    state: str
    when: str
    means: str
    promised_by: Commitment | None

    @property
    def citations(self) -> list[Citation]:
        return list(self.consultation.citations.all())


def listed(consultation: Consultation, *, as_at: AsAt) -> Listed:
    """The row of one consultation. A promised one is described by its promised window."""
    status = status_of(consultation, as_at=as_at)
    is_promised = status in (Status.PROMISED, Status.WINDOW_PASSED)
    timing, state, when, means = _promised(consultation, as_at) if is_promised else _opened(consultation, status, as_at)
    return Listed(consultation, status, timing, state, when, means, known(consultation.promised_by, on=as_at.day))


Words = tuple[Timing, str, str, str]


def _promised(consultation: Consultation, as_at: AsAt) -> Words:
    earliest, latest = consultation.opens_earliest, consultation.opens_latest
    answer = window_answer(earliest, latest, on=as_at.day)
    words = consultation.opens_words
    means = window_in_words(earliest, latest, role="start") if earliest or latest else ""
    return answer.timing, state_words(answer), f"“{words}”" if words else "", means


def _opened(consultation: Consultation, status: Status, as_at: AsAt) -> Words:
    closes_at, opens_at = consultation.closes_at, consultation.opens_at
    opened = f"Opened {date_in_words(civil_day(opens_at))}" if opens_at else ""
    if closes_at is None:
        return Timing.OPEN, "Open", "No closing date given", opened
    days = abs((civil_day(closes_at) - as_at.day).days)
    left = "Closes today" if days == 0 else f"Closes in {days_in_words(days)}"
    if status is Status.CLOSED:
        return Timing.NO_DATE, "Closed", f"Closed {moment_in_words(closes_at)}", opened
    timing = Timing.CLOSING if status is Status.CLOSING else Timing.OPEN
    return timing, left if timing is Timing.CLOSING else f"Open. {left}", f"Closes {moment_in_words(closes_at)}", opened


def by_status(rows: Iterable[Listed]) -> list[tuple[str, list[Listed]]]:
    """Rows that are sorted by status, with a head for each."""
    return [(status.label, list(group)) for status, group in groupby(rows, lambda row: row.status)]

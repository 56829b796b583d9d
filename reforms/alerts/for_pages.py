"""Flags as pages show them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from pillars.ledger import Entry, every
from reforms.alerts.deadline_rows import rows_at_hand
from reforms.alerts.deadline_rules import deadline_flags
from reforms.alerts.due import NATIONAL, flags_due, in_order
from reforms.alerts.flag_due import FlagDue
from reforms.alerts.kinds import FlagKind
from reforms.base.addresses import address

TONES: dict[FlagKind, str] = {
    FlagKind.CONSULTATION_CLOSING: "closing",
    FlagKind.CONSULTATION_CLOSED: "",
    FlagKind.PROMISED_WINDOW_OPENED: "open",
    FlagKind.PROMISED_WINDOW_PASSED: "passed",
    FlagKind.MILESTONE_NEAR: "ahead",
    FlagKind.MILESTONE_REACHED: "open",
    FlagKind.MILESTONE_PASSED: "passed",
    FlagKind.PHASE_NEAR: "ahead",
    FlagKind.PHASE_REACHED: "open",
    FlagKind.PHASE_PASSED: "",
    FlagKind.DEADLINE_OPENING: "open",
    FlagKind.DEADLINE_CLOSING: "closing",
    FlagKind.DEADLINE_PASSED: "passed",
    FlagKind.STEP_DUE: "closing",
    FlagKind.POSITION_STALE: "stale",
    FlagKind.ACTION_DUE: "closing",
}
"""The state whose shape a kind is shown with. None for what is simply over: "passed" is for silence."""


@dataclass(frozen=True)
class FlagGroup:
    """The flags of one kind. A page with little room shows no more than `most`, and leads to the others."""

    kind: FlagKind
    flags: tuple[FlagDue, ...]
    most: int | None = None

    @property
    def tone(self) -> str:
        return TONES[self.kind]

    @property
    def shown(self) -> tuple[FlagDue, ...]:
        return self.flags[: self.most]

    @property
    def others_url(self) -> str:
        """Where all of them are listed; empty where all are shown."""
        return "" if len(self.shown) == len(self.flags) else self.url

    @property
    def url(self) -> str:
        """Where all of them are listed."""
        organisation = self.flags[0].organisation
        own = {"organisation": organisation} if organisation else {}
        return f"{address('flags')}?{urlencode({'kind': self.kind.value, **own})}"


def flags_for(on: date, subjects: Collection[str] | None = None, *, organisation: str = "") -> list[FlagDue]:
    """The flags about the whole country that are due on the day a page answers for: the same few queries.

    Only those about these subjects, where any are given: then only their sorts of record are asked for. With an
    organisation, by slug, its own flags as well, as far as they are public.
    """
    about = None if subjects is None else {subject.partition(":")[0] for subject in subjects}
    due = in_order(flags_due(on=on, organisations=[organisation] if organisation else NATIONAL, about=about))
    return [flag for flag in due if subjects is None or flag.subject in subjects]


def flags_about(rows: Iterable[Entry], *, on: date) -> list[FlagDue]:
    """The flags of the deadlines of commitments that a page has at hand, their parts' included. No query."""
    return in_order(flag for row in rows_at_hand(every(rows)) for flag in deadline_flags(row, on))


def by_kind(flags: Iterable[FlagDue], *, most: int | None = None) -> list[FlagGroup]:
    """Flags in their order, a group for each kind."""
    return [FlagGroup(kind, tuple(group), most) for kind, group in groupby(flags, key=lambda flag: flag.kind)]

"""Flags as pages show them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from reforms.alerts.due import flags_due
from reforms.alerts.flag_due import FlagDue
from reforms.alerts.kinds import FlagKind

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
}
"""The state whose shape a kind is shown with. None for what is simply over: "passed" is for silence."""


@dataclass(frozen=True)
class FlagGroup:
    """The flags of one kind."""

    kind: FlagKind
    flags: tuple[FlagDue, ...]

    @property
    def tone(self) -> str:
        return TONES[self.kind]


def flags_for(on: date, subjects: Collection[str] | None = None) -> list[FlagDue]:
    """The flags due on the day a page answers for; only those about these subjects, where any are given."""
    return [flag for flag in flags_due(on=on) if subjects is None or flag.subject in subjects]


def by_kind(flags: Iterable[FlagDue]) -> list[FlagGroup]:
    """Flags in their order, a group for each kind."""
    return [FlagGroup(kind, tuple(group)) for kind, group in groupby(flags, key=lambda flag: flag.kind)]

"""What a report is asked to be about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pillars.models import Organisation, Pillar, Programme
from reforms.base.as_at import AsAt
from reforms.base.formatting import date_in_words
from reforms.base.models import User
from reforms.reports.layouts import Depth


@dataclass(frozen=True)
class Asked:
    """Whose report, on what, before whom and for which day. `drafts_of` is who may read the drafts it shall hold."""

    organisation: Organisation
    programme: Programme
    pillars: Sequence[Pillar]
    depth: str
    committee_name: str
    meeting_on: date
    as_at: AsAt
    since: date | None = None
    drafts_of: User | None = None

    @property
    def day(self) -> date:
        return self.as_at.day

    @property
    def on_the_day(self) -> str:
        """21 April 2023: the day for which everything is given."""
        return date_in_words(self.day)

    @property
    def is_full(self) -> bool:
        """Whether every commitment is set out."""
        return self.depth == Depth.EVERY

"""What is given to the actions on a report, and what they answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from reforms.reports.models import CommitteeReport, ReportSection, SectionEdit


@dataclass(frozen=True)
class FrontValues:
    """What stands before the sections, as an officer wants it. A day that is not given stays as it is.

    `as_at` is the day from which sections are filled anew; what they say already stays.
    """

    subject: str
    on_behalf_of: str = ""
    author: str = ""
    contact: str = ""
    meeting_on: date | None = None
    as_at: date | None = None


@dataclass(frozen=True)
class Saved:
    """It is stored, and what revision that made. `edit` is none where nothing had to be written into the history."""

    revision: int
    at: datetime
    edit: SectionEdit | None = None


@dataclass(frozen=True)
class SetAside:
    """Somebody else had saved first: the words are kept in `edit`, and the section is as the other person left it."""

    edit: SectionEdit


@dataclass(frozen=True)
class Outdated:
    """Somebody else had changed it first: nothing is stored, and this is how it stands now."""

    newest: CommitteeReport | ReportSection

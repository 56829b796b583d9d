"""In which order what changed is told, and under which heads. Pure data."""

from __future__ import annotations

from dataclasses import dataclass

from reforms.alerts.feeds.told import ChangeKind as K

USUAL_DAYS = 28
"""How far back the page looks where nobody says since when."""

PLAN = (K.MET, K.PASSED, K.DEADLINE, K.REWORDED, K.PROGRESS, K.PROGRAMME)
CONSULTATIONS = (K.ANNOUNCED, K.OPENED, K.CLOSED, K.OUTCOME)
POSITIONS = (K.POSITION, K.REPLACED, K.WITHDRAWN, K.STALE)
ORDER = (*PLAN, *CONSULTATIONS, K.ANSWERED, *POSITIONS, K.VIEWS, K.SOURCE)

HEADINGS: dict[K, str] = {
    K.MET: "Commitments met",
    K.PASSED: "Windows passed",
    K.DEADLINE: "Dates moved",
    K.REWORDED: "Worded anew by government",
    K.PROGRESS: "Progress reported",
    K.PROGRAMME: "Programmes published",
    K.ANNOUNCED: "Consultations announced",
    K.OPENED: "Consultations opened",
    K.CLOSED: "Consultations closed",
    K.OUTCOME: "Outcomes of consultations",
    K.ANSWERED: "Consultations answered",
    K.POSITION: "Positions published for the first time",
    K.REPLACED: "Positions changed by a new version",
    K.WITHDRAWN: "Positions withdrawn",
    K.STALE: "Positions gone stale",
    K.VIEWS: "Views published",
    K.SOURCE: "Documents published",
}


@dataclass(frozen=True)
class Area:
    """Kinds that stand together in the overview."""

    heading: str
    kinds: tuple[K, ...]


AREAS = (
    Area("The plan", PLAN),
    Area("Consultations", (*CONSULTATIONS, K.ANSWERED)),
    Area("Positions", POSITIONS),
    Area("Views and documents", (K.VIEWS, K.SOURCE)),
)

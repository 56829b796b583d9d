from pillars.models.commitments import Commitment, CommitmentLink
from pillars.models.deadlines import Deadline
from pillars.models.funding import FundingLine
from pillars.models.milestones import Milestone, Phase
from pillars.models.missions import Mission
from pillars.models.organisations import Organisation
from pillars.models.pilots import Pilot, Wave
from pillars.models.programmes import Pillar, Programme
from pillars.models.progress import ProgressUpdate
from pillars.models.sources import Citation, CitedFact, CitedFactQuerySet, Source
from pillars.models.verdicts import Verdict
from pillars.models.windows import Anchor, FuzzyWindow
from pillars.models.wordings import Wording

__all__ = [
    "Anchor",
    "Citation",
    "CitedFact",
    "CitedFactQuerySet",
    "Commitment",
    "CommitmentLink",
    "Deadline",
    "FundingLine",
    "FuzzyWindow",
    "Milestone",
    "Mission",
    "Organisation",
    "Phase",
    "Pillar",
    "Pilot",
    "Programme",
    "ProgressUpdate",
    "Source",
    "Verdict",
    "Wave",
    "Wording",
]

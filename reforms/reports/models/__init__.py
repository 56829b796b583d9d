from reforms.reports.models.committees import Committee, CommitteeAction, CommitteeReply
from reforms.reports.models.reports import CommitteeReport, ReportSection, SectionEdit

__all__ = [
    "Committee",
    "CommitteeAction",
    "CommitteeReply",
    "CommitteeReport",
    "ReportSection",
    "SectionEdit",
]

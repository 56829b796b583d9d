"""Pages of reports: those that anybody reads, the desk, the form of a section, two texts, and publication."""

from reforms.reports.building.views.desk import desk, discard, front, leave_out, move, refill
from reforms.reports.building.views.public import organisation_reports, report, report_file, reports
from reforms.reports.building.views.publish import publish
from reforms.reports.building.views.section import section
from reforms.reports.building.views.set_aside import set_aside
from reforms.reports.building.views.start import start, start_following

__all__ = [
    "desk",
    "discard",
    "front",
    "leave_out",
    "move",
    "organisation_reports",
    "publish",
    "refill",
    "report",
    "report_file",
    "reports",
    "section",
    "set_aside",
    "start",
    "start_following",
]

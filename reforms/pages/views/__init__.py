"""Pages that show more than one floor, a module a page."""

from reforms.pages.views.about import about_dates, good_positions
from reforms.pages.views.commitment import commitment
from reforms.pages.views.compare import compare
from reforms.pages.views.components import components
from reforms.pages.views.consultation import consultation
from reforms.pages.views.council import council
from reforms.pages.views.first_steps import first_steps
from reforms.pages.views.home import home
from reforms.pages.views.my_work import my_work, my_work_flags
from reforms.pages.views.organisation import organisation
from reforms.pages.views.outcome import outcome
from reforms.pages.views.pillar import pillar
from reforms.pages.views.pilots import pilots
from reforms.pages.views.programmes import programme, programmes
from reforms.pages.views.progress import progress
from reforms.pages.views.source import source, source_data
from reforms.pages.views.timeline import timeline

__all__ = [
    "about_dates",
    "commitment",
    "compare",
    "components",
    "consultation",
    "council",
    "first_steps",
    "good_positions",
    "home",
    "my_work",
    "my_work_flags",
    "organisation",
    "outcome",
    "pillar",
    "pilots",
    "programme",
    "programmes",
    "progress",
    "source",
    "source_data",
    "timeline",
]

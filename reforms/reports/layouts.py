"""The three layouts of a report: which sections each has, in which order and under which headings. Pure data.

An officer may reorder sections, word their headings anew and leave some out; none is ever missing from the desk.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices


class Layout(TextChoices):
    SCRUTINY = "scrutiny", "Scrutiny report"
    BOARD = "board", "Board paper"
    REFLECTION = "reflection", "Reflection paper"


class Depth(TextChoices):
    HEADLINE = "headline", "Headlines: what each pillar is about and where we stand"
    EVERY = "every", "Every commitment"


class SectionKey(TextChoices):
    """What a section is for. The word stands in addresses, and in reports that are frozen."""

    SUMMARY = "summary", "Summary"
    ACTIONS_REQUIRED = "actions-required", "Actions required"
    SINCE = "since", "What has changed since the last meeting"
    BACKGROUND = "background", "Background"
    PILOTS = "pilots", "Pathfinders and pilots"
    CONSULTATIONS = "consultations", "Consultations"
    FRAMEWORK = "framework", "National framework"
    RULES = "rules", "National rules"
    CONCLUSION = "conclusion", "Conclusion"
    CONSULTED = "consulted", "Consultation"
    RISKS = "risks", "Risks and impact analysis"
    EQUALITIES = "equalities", "Equalities"
    FINANCIAL = "financial", "Financial implications"
    APPENDICES = "appendices", "Appendices"
    PAPERS = "papers", "Background papers"
    AUTHOR = "author", "Author and contact"


@dataclass(frozen=True)
class SectionPlan:
    """A section as a layout begins with it."""

    key: SectionKey
    heading: str
    is_left_out: bool = False


def _plan(key: SectionKey, heading: str = "", *, is_left_out: bool = False) -> SectionPlan:
    return SectionPlan(key, heading or str(key.label), is_left_out)


K = SectionKey

LAYOUTS: dict[Layout, tuple[SectionPlan, ...]] = {
    Layout.SCRUTINY: (
        _plan(K.SINCE),
        _plan(K.SUMMARY),
        _plan(K.ACTIONS_REQUIRED),
        _plan(K.BACKGROUND),
        _plan(K.PILOTS),
        _plan(K.CONSULTATIONS),
        _plan(K.FRAMEWORK),
        _plan(K.RULES),
        _plan(K.CONCLUSION),
        _plan(K.CONSULTED),
        _plan(K.RISKS),
        _plan(K.EQUALITIES),
        _plan(K.FINANCIAL),
        _plan(K.APPENDICES),
        _plan(K.PAPERS),
        _plan(K.AUTHOR),
    ),
    Layout.BOARD: (
        _plan(K.SINCE),
        _plan(K.SUMMARY, "Purpose and summary"),
        _plan(K.ACTIONS_REQUIRED, "Recommendations"),
        _plan(K.AUTHOR, "Contact details"),
        _plan(K.BACKGROUND),
        _plan(K.PILOTS),
        _plan(K.CONSULTATIONS),
        _plan(K.FRAMEWORK, is_left_out=True),
        _plan(K.RULES, is_left_out=True),
        _plan(K.RISKS, "Implications and risks"),
        _plan(K.FINANCIAL),
        _plan(K.EQUALITIES, "Equalities implications"),
        _plan(K.CONSULTED, is_left_out=True),
        _plan(K.CONCLUSION, "Next steps"),
        _plan(K.APPENDICES),
        _plan(K.PAPERS),
    ),
    Layout.REFLECTION: (
        _plan(K.SUMMARY, "Introduction"),
        _plan(K.SINCE, is_left_out=True),
        _plan(K.BACKGROUND, "What is proposed, and our reflections"),
        _plan(K.PILOTS),
        _plan(K.FRAMEWORK),
        _plan(K.RULES),
        _plan(K.CONSULTATIONS),
        _plan(K.RISKS, "What it would mean for us"),
        _plan(K.EQUALITIES, is_left_out=True),
        _plan(K.FINANCIAL),
        _plan(K.CONCLUSION, "Implementation and next steps"),
        _plan(K.ACTIONS_REQUIRED, "What is asked of you"),
        _plan(K.CONSULTED, is_left_out=True),
        _plan(K.APPENDICES),
        _plan(K.PAPERS),
        _plan(K.AUTHOR),
    ),
}
"""A scrutiny report and a board paper open with what changed; a reflection paper thinks about the plan as it stands."""

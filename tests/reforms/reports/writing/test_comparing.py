"""What a later version changed, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from reforms.reports.document.values import Block, Document, Section
from reforms.reports.writing.comparing import NOTHING, changes_between

BEFORE = Document(
    organisation="Kite Council",
    committee="Children’s committee",
    subject="Where we stand",
    layout="scrutiny",
    meeting_on="2026-12-04",
    as_at="2026-11-21",
    programme="Kites for all",
    address="/reports/kite/1/",
    author="An officer",
    published_on="2026-11-21",
    is_draft=False,
    sections=(
        Section("summary", "Summary", (Block("One."), Block("Two."), Block("Three."))),
        Section("background", "Background", (Block("We have 12 homes."),)),
        Section("rules", "National rules", (Block("Rules."),)),
        Section("papers", "Background papers", (Block("Papers."),)),
    ),
)
SUMMARY, BACKGROUND, RULES, PAPERS = BEFORE.sections
TABLE = Block("Money", rows=(("Line", "Sum"), ("Homes", "£45 million")))


def summary(*blocks: str | Block) -> Document:
    """The report with another summary."""
    said = tuple(Block(block) if isinstance(block, str) else block for block in blocks)
    return ordered(replace(SUMMARY, blocks=said), BACKGROUND, RULES, PAPERS)


def ordered(*sections: Section) -> Document:
    return replace(BEFORE, sections=sections)


CASES: dict[str, tuple[Document, Sequence[str]]] = {
    "nothing": (BEFORE, [NOTHING]),
    "only where it is and when it was published": (
        replace(BEFORE, address="/reports/kite/2/", published_on="2026-12-01", is_draft=True, replaces="/reports/"),
        [NOTHING],
    ),
    "sources and stamps are not words": (
        summary(Block("One.", source="pillar:a/1", stamp="x"), "Two.", "Three.\n"),
        [NOTHING],
    ),
    "front": (
        replace(BEFORE, subject="Our plan", author="", on_behalf_of="The director", contact="hello"),
        [
            "The subject is now ‘Our plan’.",
            "The body it speaks for is now ‘The director’.",
            "The author, ‘An officer’, is no longer given.",
            "The contact is now ‘hello’.",
        ],
    ),
    "committee": (
        replace(BEFORE, committee="Scrutiny board"),
        ["It is for Scrutiny board; before it was for Children’s committee."],
    ),
    "days": (
        replace(BEFORE, meeting_on="2027-01-08", as_at="2026-12-30"),
        [
            "It is for the meeting on 8 January 2027; before it was for 4 December 2026.",
            "It gives the plan and the positions as at 30 December 2026; before it was 21 November 2026.",
        ],
    ),
    "section added": (
        ordered(SUMMARY, Section("risks", "Risks"), BACKGROUND, RULES, PAPERS),
        ["The section ‘Risks’ is new."],
    ),
    "section left out": (ordered(SUMMARY, BACKGROUND, PAPERS), ["The section ‘National rules’ has been left out."]),
    "section called something else": (
        ordered(replace(SUMMARY, heading="In short"), BACKGROUND, RULES, PAPERS),
        ["The section ‘Summary’ is now called ‘In short’."],
    ),
    "section moved to the end": (
        ordered(BACKGROUND, RULES, PAPERS, SUMMARY),
        ["The section ‘Summary’ now follows ‘Background papers’."],
    ),
    "section moved to the top": (
        ordered(PAPERS, SUMMARY, BACKGROUND, RULES),
        ["The section ‘Background papers’ now comes first."],
    ),
    "two sections changed places": (
        ordered(SUMMARY, RULES, BACKGROUND, PAPERS),
        ["The section ‘National rules’ now follows ‘Summary’."],
    ),
    "left out and added is not moved": (
        ordered(Section("risks", "Risks"), BACKGROUND, RULES, PAPERS),
        ["The section ‘Risks’ is new.", "The section ‘Summary’ has been left out."],
    ),
    "one reworded": (summary("One.", "Two, reworded.", "Three."), ["In ‘Summary’, 1 passage has been reworded."]),
    "one added": (summary("One.", "Two.", "More.", "Three."), ["In ‘Summary’, 1 passage has been added."]),
    "two removed": (summary("Two."), ["In ‘Summary’, 2 passages have been removed."]),
    "all sorts": (
        summary("1st.", "Two.", "Three.", "Four."),
        ["In ‘Summary’, 1 passage has been reworded and 1 passage has been added.", "Figures in ‘Summary’: 1 is new."],
    ),
    "a table": (
        summary("One.", "Two.", "Three.", TABLE),
        ["In ‘Summary’, 1 passage has been added.", "Figures in ‘Summary’: £45 million is new."],
    ),
    "a figure": (
        ordered(SUMMARY, replace(BACKGROUND, blocks=(Block("We have 1,012 homes."),)), RULES, PAPERS),
        ["In ‘Background’, 1 passage has been reworded.", "Figures in ‘Background’: 12 has gone; 1,012 is new."],
    ),
    "a figure gone": (
        ordered(SUMMARY, replace(BACKGROUND, blocks=(Block("We have homes."),)), RULES, PAPERS),
        ["In ‘Background’, 1 passage has been reworded.", "Figures in ‘Background’: 12 has gone."],
    ),
    "days, years, references and addresses are no figures": (
        summary(
            "One, by 11 May 2023, in 2022-23 or 2023, since 2023-05-11 ([SH-4-07](/commitments/12/)).", "Two.", "Three."
        ),
        ["In ‘Summary’, 1 passage has been reworded."],
    ),
    "figures of several kinds": (
        summary("£2.6 billion, £3,000, 45%, 7 per cent and 8.", "Two.", "Three."),
        [
            "In ‘Summary’, 1 passage has been reworded.",
            "Figures in ‘Summary’: £2.6 billion, £3,000, 45%, 7 per cent and 8 are new.",
        ],
    ),
    "more figures than are named": (
        summary("11, 12, 13, 14, 15, 16 and 17.", "Two.", "Three."),
        ["In ‘Summary’, 1 passage has been reworded.", "Figures in ‘Summary’: 7 figures are new."],
    ),
}


@pytest.mark.parametrize(("after", "sentences"), CASES.values(), ids=CASES)
def test_says(after: Document, sentences: Sequence[str]):
    assert list(changes_between(BEFORE, after)) == list(sentences)


def test_of_two_empty_reports():
    assert changes_between(ordered(), ordered()) == (NOTHING,)


def test_follows_what_stands_above_it_now():
    after = ordered(BACKGROUND, RULES, Section("risks", "Risks"), SUMMARY, PAPERS)

    assert changes_between(BEFORE, after) == (
        "The section ‘Risks’ is new.",
        "The section ‘Summary’ now follows ‘Risks’.",
    )


def test_of_long_reports():
    """A thousand passages, every other one reworded."""
    many = [f"Passage {number} of the report." for number in range(1000)]
    other = [text.upper() if number % 2 else text for number, text in enumerate(many)]

    assert changes_between(summary(*many), summary(*other))[0] == "In ‘Summary’, 500 passages have been reworded."

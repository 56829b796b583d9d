"""A report with everything in it that a format may trip over."""

from __future__ import annotations

from dataclasses import replace

from reforms.reports.document.values import Block, Document, Section

BASE = "https://tracker.example"
AWKWARD = '& < > " \' # $x$ @y \\* \\_ \\ [a] ` = ~ {{ b }} {% c %} #eval("1+1") <script>alert(1)</script>'
PEOPLE = "Zoë Łukasz, Ωμέγα Παπά, Юлия, עברית, عربى, नमस्ते, ไทย"
CHINESE = "王小明"
HIEROGLYPH = "\U00013000"
"""No machine is likely to have a font for it."""

SUMMARY = Section(
    "summary",
    "Summary",
    (
        Block(f"It says {AWKWARD}.\n\n{PEOPLE}.", source="pillar:stable-homes/1", stamp="0"),
        Block("By hand, with a [link](https://www.gov.uk/a?b=1&c=2).\nNext line, **bold** and *italic*."),
    ),
)
BACKGROUND = Section(
    "background",
    "Background & more",
    (
        Block("# Pillar 1: Family Help", source="pillar:stable-homes/1"),
        Block("### What is proposed\n\nA promise.\n\n- one\n- two\n  1. deep\n  2. deeper\n\n  again\n- three"),
        Block("3. third\n4. fourth", source="commitment:SH-4-07"),
        Block("## Our position\n\nStrong.\n\nWell placed.", source="position:lincolnshire/SH-1"),
    ),
)
MONEY = Section(
    "financial",
    "Financial implications",
    (
        Block(
            "Money in the plan",
            rows=(
                ("Line", "Amount"),
                *((f"Line {number} & <more>", "£45 million") for number in range(60)),
                ("Short",),
            ),
            source="money:stable-homes",
        ),
    ),
)

REPORT = Document(
    organisation="Lincolnshire",
    committee="Children and Young People Scrutiny Committee",
    subject="Care reform: where Lincolnshire stands & why",
    layout="scrutiny",
    meeting_on="2023-04-21",
    as_at="2023-04-21",
    programme="Stable Homes, Built on Love",
    address="/reports/lincolnshire/3/",
    on_behalf_of="The Executive Director",
    published_on="2023-04-13",
    replaces="/reports/lincolnshire/1/",
    changes=("Summary was worded anew.", "Risks is new."),
    is_draft=False,
    sections=(SUMMARY, BACKGROUND, MONEY, Section("author", "Author and contact")),
)
EMPTY = Document("Lincolnshire", "", "A report", "board", "2023-04-21", "2023-04-21", "Stable Homes", "/reports/l/1/")
UNPUBLISHED = Block("Not yet said.", is_draft=True, source="draft:lincolnshire/SH-4")
DRAFT = replace(
    REPORT,
    is_draft=True,
    published_on="",
    sections=(
        Section("summary", "Summary", (Block("Not yet said.", is_draft=True, source="draft:lincolnshire/SH-4"),)),
    ),
)


ODD = replace(
    REPORT,
    subject="Reform\x07\ufffe\u202e: why",
    committee="Children\x00\uffff " + "and young people " * 30,
    organisation="A council\x1b\ud800 " + "of many names " * 30,
    on_behalf_of="\x01",
)
UNTITLED = replace(REPORT, subject=" \x07 ")
HEADING_ALONE = replace(EMPTY, sections=(Section("summary", "Summary", (replace(UNPUBLISHED, text="# To come"),)),))
BARE_TABLE = replace(
    EMPTY, sections=(Section("summary", "Summary", (Block(rows=(("a", "b"), ("c",)), source="money:stable-homes"),)),)
)


def with_text(text: str) -> Document:
    """A report of one section that says this."""
    return replace(EMPTY, sections=(Section("summary", "Summary", (Block(text),)),))


def long(words: int) -> Document:
    """A report of so many words, a hundred a paragraph."""
    paragraph = " ".join(f"word{number}" for number in range(100))
    blocks = tuple(Block(paragraph, source=f"commitment:SH-4-{number:02}") for number in range(words // 100))
    return replace(EMPTY, sections=(Section("background", "Background", blocks),))

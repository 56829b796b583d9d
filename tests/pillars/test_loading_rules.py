"""The rules of the plan: what a file may not say, each with its message and line."""

from __future__ import annotations

import pytest

from tests.loading_desk import (
    ASKS_FILE,
    PILLAR_FILE,
    PROGRAMME_FILE,
    SOURCES_FILE,
    Desk,
    mistake,
)


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "message"),
    [
        mistake("year", PILLAR_FILE, '"2023-24"', "2023-25", "“2023-25” is not a financial year; write it as 2023-24."),
        mistake(
            "record-twice",
            PILLAR_FILE,
            "reference: WH-1-02",
            "title: Again\n    reference: WH-1-01\n    strength: firm\n    cite: {paper: []}\n  - reference: WH-1-02",
            "Commitment WH-1-01 stands twice: it is already at plan/pillar-1.yaml:7.",
            at="title: Again",
        ),
        mistake(
            "homeless",
            ASKS_FILE,
            "steps:",
            "commitments:\n  - {reference: WH-0-02, title: Roofs, strength: firm, cite: {report: [Page 1]}}\nsteps:",
            "commitments need a programme or a pillar in the same file.",
        ),
        mistake(
            "no-source",
            PILLAR_FILE,
            '    cite: {report: [Page 1, "Page 3: the table"]}\n',
            "",
            "No source: give a cite.",
            at="- reference: WH-1-02",
        ),
        mistake(
            "cite-list",
            PILLAR_FILE,
            "cite: {report: [Page 1]}",
            "cite: [Page 1]",
            "cite has to be a mapping of a source to the places in it.",
        ),
        mistake(
            "cite-text",
            PILLAR_FILE,
            "cite: {report: [Page 1]}",
            "cite: {report: Page 1}",
            "The places in report have to be a list: [one, two].",
        ),
        mistake(
            "lines",
            SOURCES_FILE,
            "lines: 1-4",
            "lines: one",
            "lines is “one”; it has to be the first and last line: 13-15.",
        ),
        mistake(
            "lines-backwards", SOURCES_FILE, "lines: 1-4", "lines: 4-1", "lines is “4-1”: it ends before it begins."
        ),
        mistake(
            "lines-out-of-order",
            SOURCES_FILE,
            "lines: 1-4",
            "lines: 6-7",
            "Out of order: line 5 stands before the place above, which begins on line 6.",
            at="lines: 5-5",
        ),
        mistake(
            "anchor-unsourced",
            SOURCES_FILE,
            '    known_on: "2019-12-17"\n',
            "",
            "No source: give a cite, or a known_on with the url of a public page.",
            at="- slug: this-parliament",
        ),
        mistake(
            "anchor-window",
            SOURCES_FILE,
            'earliest: "2019-12-17"',
            'earliest: "2025-01-01"',
            "latest 2024-12-17 is before earliest 2025-01-01.",
            at="latest:",
        ),
        mistake(
            "phrase",
            PILLAR_FILE,
            "words: by the end of 2023",
            "words: some day",
            "words: Cannot read “some day” as a time. "
            "See the table of time phrases, or give words to read instead, and the reason.",
        ),
        mistake(
            "phrase-without-year",
            ASKS_FILE,
            "read_as: throughout April 2023",
            "read_as: in April",
            "read_as: Cannot read “in April” as a time. Give words with the year to read instead, and the reason.",
        ),
        mistake("no-words", PILLAR_FILE, "{role: due, words: by the end of 2023}", "{role: due}", "words is missing."),
        mistake(
            "replaces-itself",
            PILLAR_FILE,
            "{role: due, words: by the end of 2023}",
            "{role: due, words: in 2023, replaces: 1}",
            "A deadline cannot replace itself.",
        ),
        mistake(
            "reference",
            PILLAR_FILE,
            "  - reference: WH-1-02",
            "  - {reference: WH-2-02, title: Roofs, strength: firm, cite: {report: [Page 1]}}\n  - reference: WH-1-02",
            "“WH-2-02” does not fit its file: write it like WH-1-01.",
        ),
        mistake(
            "part",
            PILLAR_FILE,
            "      - reference: WH-1-01a",
            "      - {reference: WH-1-02b, title: Roofs, strength: firm}\n      - reference: WH-1-01a",
            "A part of WH-1-01 is WH-1-01 and one small letter.",
        ),
        mistake(
            "merged-into-itself",
            PILLAR_FILE,
            "title: Seal every window",
            "merged_into: WH-1-02\n    title: Seal",
            "WH-1-02 cannot be merged into itself.",
        ),
        mistake(
            "link-to-itself",
            PROGRAMME_FILE,
            "to: WH-0-01",
            "to: WH-1-01",
            "A link joins two commitments, and this names one twice.",
        ),
        mistake(
            "milestone-undated",
            PROGRAMME_FILE,
            "words: by 2027, ",
            "",
            "A milestone is dated by words or by a commitment: give one of the two.",
            at="slug: the-end",
        ),
        mistake(
            "milestone-twice-dated",
            PROGRAMME_FILE,
            "words: by 2027",
            "commitment: WH-1-01, words: by 2027",
            "A milestone is dated by words or by a commitment: give one of the two.",
        ),
        mistake(
            "milestone-no-deadline",
            PROGRAMME_FILE,
            "commitment: WH-1-01",
            "commitment: WH-1-02",
            "WH-1-02 has no deadline to date this by: give words.",
        ),
        mistake("money-reference", PROGRAMME_FILE, "WH-0-F1", "WH-1-F1", "Money of WH-0 is numbered WH-0-F1, WH-0-F2."),
        mistake(
            "money-too-much",
            PILLAR_FILE,
            'amount: "5000000"',
            'amount: "50000000"',
            "The parts of WH-1-01-F1 come to more than it: 50000000.00 against 45000000.00.",
            at='amount: "45000000"',
        ),
        mistake(
            "money-of-headline",
            PILLAR_FILE,
            "part_of: WH-1-01-F1",
            "part_of: WH-0-F1",
            "WH-1-01-F2 is part of WH-0-F1, a headline, which has no parts.",
        ),
        mistake(
            "money-unlike",
            PILLAR_FILE,
            "title: Pipes, role: itemised",
            "title: Pipes, role: allocated",
            "WH-1-01-F2 is part of WH-1-01-F1, which is of another role or shape.",
        ),
        mistake(
            "money-of-itself",
            PILLAR_FILE,
            "part_of: WH-1-01-F1",
            "part_of: WH-1-01-F2",
            "WH-1-01-F2 is part of itself.",
        ),
        mistake(
            "money-of-nothing",
            PILLAR_FILE,
            "part_of: WH-1-01-F1",
            "part_of: WH-1-02-F1",
            "There is no funding line “WH-1-02-F1”; the nearest is “WH-1-01-F1”.",
        ),
        mistake(
            "money-missing",
            PILLAR_FILE,
            ', amount: "5000000", part_of: WH-1-01-F1',
            "",
            "A line of shape sum needs amount.",
            at="WH-1-01-F2",
        ),
        mistake(
            "money-of-no-shape",
            PILLAR_FILE,
            "title: Pipes, role: itemised, shape: sum",
            "title: Pipes, role: itemised, shape: unspecified",
            "A line of shape unspecified has no amount.",
        ),
    ],
)
def test_a_broken_rule_is_named_with_its_line(desk: Desk, file: str, old: str, new: str, at: str, message: str) -> None:
    desk.assert_mistake(file, old, new, at, message)


def test_words_that_lean_on_no_anchor_say_so(desk: Desk) -> None:
    desk.change(SOURCES_FILE, 'valid_from: "2019-12-17"', 'valid_from: "2024-01-01"')
    line = desk.line_of(PILLAR_FILE, "by the end of this Parliament")
    assert desk.mistakes() == [
        f"{PILLAR_FILE}:{line}: words: Cannot read “by the end of this Parliament” as a time. "
        "No anchor says what “this Parliament” meant on 2023-02-02."
    ]

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
            "mission-of-another-pillar",
            PILLAR_FILE,
            "commitments:",
            "missions:\n  - {reference: WH-2-M1, number: 1, title: Warmth, cite: {report: [Page 1]}}\ncommitments:",
            "“WH-2-M1” does not fit its place: write it as WH-1-M1.",
            at="WH-2-M1",
        ),
        mistake(
            "mission-of-another-number",
            PILLAR_FILE,
            "commitments:",
            "missions:\n  - {reference: WH-1-M2, number: 1, title: Warmth, cite: {report: [Page 1]}}\ncommitments:",
            "“WH-1-M2” does not fit its place: write it as WH-1-M1.",
            at="WH-1-M2",
        ),
        mistake(
            "mission-of-a-programme",
            PROGRAMME_FILE,
            "phases:",
            "missions:\n  - {reference: WH-0-M1, number: 1, title: Warmth, cite: {report: [Page 1]}}\nphases:",
            "“WH-0-M1” does not fit its place: write it as WH-M1.",
            at="WH-0-M1",
        ),
        mistake(
            "mission-number-twice",
            PROGRAMME_FILE,
            "phases:",
            "pillars:\n  - {number: 2, title: Light, cite: {report: [Page 1]}}\nmissions:\n"
            "  - {reference: WH-M1, number: 1, title: Warmth, cite: {report: [Page 1]}}\n"
            "  - {reference: WH-2-M1, number: 1, title: Light, cite: {report: [Page 1]}}\nphases:",
            "The programme has a mission 1 already: WH-M1.",
            at="WH-2-M1",
        ),
        mistake(
            "mission-phrase",
            PROGRAMME_FILE,
            "phases:",
            "missions:\n  - {reference: WH-M1, number: 1, title: Warmth, words: some day, cite: {paper: []}}\nphases:",
            "words: Cannot read “some day” as a time. "
            "See the table of time phrases, or give words to read instead, and the reason.",
            at="WH-M1",
        ),
        mistake(
            "mission-homeless",
            ASKS_FILE,
            "steps:",
            "missions:\n  - {reference: WH-M1, number: 1, title: Warmth, cite: {report: [Page 1]}}\nsteps:",
            "missions need a programme or a pillar in the same file.",
        ),
        mistake(
            "mission-of-nothing",
            PILLAR_FILE,
            "lead: ministry",
            "mission: WH-1-M1\n    lead: ministry",
            "There is no mission “WH-1-M1”.",
        ),
        mistake(
            "wording-alone",
            PILLAR_FILE,
            "    progress:",
            "    wordings:\n      - {field: count, topic: how many, words: all}\n    progress:",
            "Documents differ only where there are two readings or more.",
            at="topic: how many",
        ),
        mistake(
            "wordings-of-two-things",
            PILLAR_FILE,
            "    progress:",
            "    wordings:\n      - {field: count, topic: how many, words: all}\n"
            "      - {field: count, topic: how many, words: some}\n"
            "      - {field: scope, topic: how many, words: few}\n    progress:",
            "Documents differ only where there are two readings or more.",
            at="words: few",
        ),
        mistake(
            "wording-used-twice",
            PILLAR_FILE,
            "    progress:",
            "    wordings:\n      - {field: count, topic: how many, words: all, is_used: yes}\n"
            "      - {field: count, topic: how many, words: some, is_used: yes}\n    progress:",
            "Another reading of the same thing is used already.",
            at="words: some",
        ),
        mistake(
            "wording-of-no-date",
            PILLAR_FILE,
            "    progress:",
            "    wordings:\n      - {field: date, topic: when, words: in 2023}\n"
            "      - {field: date, topic: when, words: some day}\n    progress:",
            "words: Cannot read “some day” as a time. "
            "See the table of time phrases, or give words to read instead, and the reason.",
            at="words: some day",
        ),
        mistake(
            "wording-without-words",
            PILLAR_FILE,
            "    progress:",
            "    wordings:\n      - {field: scope, topic: what, words: all}\n"
            "      - {field: scope, topic: what, reason: Forgotten.}\n    progress:",
            "words is missing.",
            at="reason: Forgotten.",
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

"""The rules about councils and positions: what a file may not say, each with its message and line."""

from __future__ import annotations

import pytest

from tests.loading_desk import (
    AMBRIDGE_FILE,
    PLACES_FILE,
    Desk,
    mistake,
)

IMPACT = "        impacts:\n          - {"
AREAS = "area is “roofs”; it has to be one of staff, money, policy, training, partners, systems."
COUNTED = "count is “-1”; it has to be digits only, such as 45000000 or 12.43."
NOWHERE = "There is no commitment “WH-9”."
UNKNOWN = (
    "Unknown key “figure”. Allowed here: amount, area, cite, count, known_on, number, rests_on, summary, unit, words."
)


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "message"),
    [
        mistake("tile", PLACES_FILE, "tile: [3, 8]", "tile: [3]", "tile has to be a row and a column: [3, 8]."),
        mistake(
            "tile-words",
            PLACES_FILE,
            "tile: [3, 8]",
            "tile: [a, b]",
            "tile is “a”; it has to be a whole number from 0 to 99.",
        ),
        mistake(
            "code-twice",
            PLACES_FILE,
            "E10000002",
            "E10000001 # again",
            "gss_code is already that of council ambridge.",
            at="# again",
        ),
        mistake(
            "council-window",
            PLACES_FILE,
            'ends_on: "2023-03-31"',
            'starts_on: "2024-01-01"\n    ends_on: "2023-03-31"',
            "ends_on is before starts_on.",
            at="ends_on",
        ),
        mistake(
            "written",
            AMBRIDGE_FILE,
            "origin: recorded",
            "origin: written",
            "A file records a public document: origin has to be recorded.",
        ),
        mistake(
            "draft",
            AMBRIDGE_FILE,
            "state: published",
            "state: draft",
            "A file records what was published: published, superseded, withdrawn.",
        ),
        mistake(
            "unpublished",
            AMBRIDGE_FILE,
            '        published_on: "2023-04-21"\n',
            "",
            "published_on is missing.",
            at="- number: 1",
        ),
        mistake(
            "pillar-and-commitment",
            AMBRIDGE_FILE,
            "pillar: 1",
            "pillar: 1\n    commitment: WH-1-01",
            "A position is on a pillar or on a commitment, not on both.",
            at="commitment:",
        ),
        *(
            mistake(
                f"impact-{case_id}",
                AMBRIDGE_FILE,
                "participation:",
                f"{IMPACT}{given}}}\nparticipation:",
                message,
                at=at,
            )
            for case_id, given, message, at in [
                ("area", "area: roofs, summary: More.", AREAS, "area: roofs"),
                ("summary", "area: staff", "summary is missing.", "area: staff"),
                ("count", 'area: staff, summary: Fewer., count: "-1"', COUNTED, "Fewer."),
                ("commitment", "area: staff, summary: More., rests_on: [WH-9]", NOWHERE, "WH-9"),
                ("claims-figure", 'area: staff, summary: More., figure: "1"', UNKNOWN, "More."),
            ]
        ),
        mistake(
            "impact-number-twice",
            AMBRIDGE_FILE,
            "participation:",
            f"{IMPACT}area: staff, summary: More.}}\n"
            "          - {number: 1, area: money, summary: Less.}\nparticipation:",
            "Impact ambridge/warm-homes/1/1/1 stands twice: it is already at councils/ambridge.yaml:18.",
            at="Less.",
        ),
    ],
)
def test_a_broken_rule_is_named_with_its_line(desk: Desk, file: str, old: str, new: str, at: str, message: str) -> None:
    desk.assert_mistake(file, old, new, at, message)

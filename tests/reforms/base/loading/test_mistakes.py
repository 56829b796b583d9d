"""Every mistake a fixture can hold: its exact message, its file and its line, and nothing written."""

from __future__ import annotations

import pytest

from tests.loading_desk import (
    AMBRIDGE_FILE,
    ASKS_FILE,
    PILLAR_FILE,
    PLACES_FILE,
    PROGRAMME_FILE,
    SOURCES_FILE,
    Desk,
    mistake,
)

KEYS = [
    mistake("missing", PILLAR_FILE, "    title: Heat every home\n", "", "title is missing.", at="- reference: WH-1-01"),
    mistake("missing-in-flow", PLACES_FILE, ", name: Midlands", "", "name is missing.", at="slug: midlands"),
    mistake("empty", PILLAR_FILE, "title: Heat every home", 'title: ""', "title is missing."),
    mistake(
        "unknown",
        PLACES_FILE,
        "name: Midlands",
        "nmae: Mid, name: Midlands",
        "Unknown key “nmae”. Allowed here: alliance, alliance_basis, alliance_note, cite, gss_code, "
        "known_on, name, slug.",
    ),
    mistake(
        "unknown-section",
        ASKS_FILE,
        "steps:",
        "stages: []\nsteps:",
        "Unknown key “stages”. Allowed here: anchors, cite, commitments, consultations, councils, forms, funding, "
        "links, milestones, missions, organisation, organisations, participation, phases, pillar, pillars, "
        "positions, programme, regions, responses, sources, steps, views.",
    ),
    mistake(
        "twice",
        PILLAR_FILE,
        "title: Heat every home",
        "title: Heat\n    title: Heat every home",
        "“title” stands twice: it is already on line 8.",
        at="title: Heat every home",
    ),
]

VALUES = [
    mistake(
        "list",
        PILLAR_FILE,
        "title: Heat every home",
        "title: [Heat]",
        "title has to be one text, not a list or a mapping.",
    ),
    mistake(
        "not-a-list",
        PILLAR_FILE,
        'years: ["2023-24"]',
        "years: 2023-24",
        "years has to be a list of texts: [one, two].",
    ),
    mistake("lists", PILLAR_FILE, 'years: ["2023-24"]', "years: [[a]]", "years has to be a list of texts: [one, two]."),
    mistake(
        "not-mappings",
        PROGRAMME_FILE,
        "  - {from: WH-1-01, relation: delivers",
        "  - none\n  - {from: WH-1-01, relation: delivers",
        "links has to be a list of mappings.",
        at="links:",
    ),
    mistake(
        "not-a-mapping",
        ASKS_FILE,
        "opens: {words: in Autumn 2023}",
        "opens: now",
        "opens has to be a mapping: keys, each with a colon.",
    ),
    mistake(
        "choice",
        PILLAR_FILE,
        "kind: commitment",
        "kind: vow",
        "kind is “vow”; it has to be one of commitment, recommendation, rule, outcome, enabler, principle.",
    ),
    mistake(
        "long",
        PILLAR_FILE,
        "title: Heat every home",
        f"title: {'x' * 121}",
        "title has 121 characters, which is more than 120.",
    ),
    mistake(
        "long-summary",
        PILLAR_FILE,
        "Every home is heated.",
        "x" * 20_001,
        "summary has 20001 characters, which is more than 20000.",
    ),
    mistake(
        "long-reason", ASKS_FILE, "No year is given.", "x" * 301, "reason has 301 characters, which is more than 300."
    ),
    mistake(
        "day",
        SOURCES_FILE,
        '"2023-02-02"',
        '"2023-02-30"',
        "published_on is “2023-02-30”, which is not a date; write it as 2023-04-21.",
    ),
    mistake(
        "day-in-words",
        SOURCES_FILE,
        '"2023-02-02"',
        "2 May 2023",
        "published_on is “2 May 2023”, which is not a date; write it as 2023-04-21.",
    ),
    mistake(
        "day-of-week",
        SOURCES_FILE,
        '"2023-02-02"',
        "2023-W05-4",
        "published_on is “2023-W05-4”, which is not a date; write it as 2023-04-21.",
    ),
    mistake(
        "year-1",
        SOURCES_FILE,
        '"2023-02-02"',
        "0001-01-01",
        "published_on is “0001-01-01”, which is not a date; write it as 2023-04-21.",
    ),
    mistake(
        "year-9999",
        SOURCES_FILE,
        '"2023-02-02"',
        "9999-12-31",
        "published_on is “9999-12-31”, which is not a date; write it as 2023-04-21.",
    ),
    mistake(
        "number",
        AMBRIDGE_FILE,
        "{number: 2",
        "{number: two",
        "number is “two”; it has to be a whole number from 0 to 32767.",
    ),
    mistake(
        "large-number",
        AMBRIDGE_FILE,
        "{number: 2",
        "{number: 99999",
        "number is “99999”; it has to be a whole number from 0 to 32767.",
    ),
    mistake(
        "amount",
        PILLAR_FILE,
        '"45000000"',
        "45,000,000",
        "amount is “45,000,000”; it has to be digits only, such as 45000000 or 12.43.",
    ),
    mistake(
        "amount-below-nought",
        PILLAR_FILE,
        '"45000000"',
        '"-45"',
        "amount is “-45”; it has to be digits only, such as 45000000 or 12.43.",
    ),
    mistake(
        "amount-places", PILLAR_FILE, '"45000000"', "1.234", "amount is “1.234”; it can have at most 2 decimal places."
    ),
    mistake(
        "amount-too-large", PILLAR_FILE, '"45000000"', "1234567890123", "amount is “1234567890123”, which is too large."
    ),
    mistake(
        "slug",
        ASKS_FILE,
        "slug: glass-paper",
        "slug: Glass paper",
        "slug is “Glass paper”; it has to be lower-case letters and digits, joined by hyphens.",
    ),
    mistake(
        "address",
        SOURCES_FILE,
        "https://example.org/paper",
        "javascript:alert(1)",
        "url is “javascript:alert(1)”, which is not a web address.",
    ),
]

REFERENCES = [
    mistake(
        "commitment",
        AMBRIDGE_FILE,
        "[WH-1-02, WH-1-01a]",
        "[WH-1-02, WH-9-01]",
        "There is no commitment “WH-9-01”; the nearest is “WH-1-01”.",
    ),
    mistake("lead", PILLAR_FILE, "lead: ministry", "lead: treasury", "There is no organisation “treasury”."),
    mistake(
        "source", PILLAR_FILE, "cite: {report: [Page 1]}", "cite: {rumour: [Page 1]}", "There is no source “rumour”."
    ),
    mistake(
        "locator",
        PILLAR_FILE,
        "cite: {report: [Page 1]}",
        "cite: {report: [Page 9]}",
        "report has no place called “Page 9”; the nearest is “Page 2”.",
    ),
    mistake(
        "locator-of-whole", PROGRAMME_FILE, '{paper: [""]}', "{paper: [Page 1]}", "paper has no place called “Page 1”."
    ),
    mistake(
        "whole-of-places",
        PILLAR_FILE,
        "cite: {report: [Page 1]}",
        "cite: {report: []}",
        "report is held in full: name the places in it.",
    ),
    mistake("pillar", AMBRIDGE_FILE, "pillar: 1", "pillar: 7", "warm-homes has no pillar 7."),
    mistake(
        "phase",
        PROGRAMME_FILE,
        "phase: 1",
        "phase: 2",
        "There is no phase “warm-homes/2”; the nearest is “warm-homes/1”.",
    ),
    mistake(
        "deadline",
        PILLAR_FILE,
        "{status: not_yet,",
        "{deadline: 3, status: not_yet,",
        "There is no deadline “WH-1-01/3”; the nearest is “WH-1-01/2”.",
    ),
    mistake(
        "successor",
        PLACES_FILE,
        "successors: [ambridge]",
        "successors: [felpersham]",
        "There is no council “felpersham”.",
    ),
    mistake(
        "consultation",
        ASKS_FILE,
        "[heat-paper]",
        "[heat-papers]",
        "There is no consultation “heat-papers”; the nearest is “heat-paper”.",
    ),
    mistake(
        "merged",
        PILLAR_FILE,
        "title: Seal every window",
        "merged_into: WH-1-09\n    title: Seal",
        "There is no commitment “WH-1-09”; the nearest is “WH-1-02”.",
    ),
    mistake(
        "organisation",
        AMBRIDGE_FILE,
        "positions:",
        "organisation: felpersham\npositions:",
        "There is no organisation “felpersham”.",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "at", "message"), [*KEYS, *VALUES, *REFERENCES])
def test_a_mistake_is_named_with_its_line(desk: Desk, file: str, old: str, new: str, at: str, message: str) -> None:
    desk.assert_mistake(file, old, new, at, message)


def test_what_follows_from_a_mistake_is_listed_with_it(desk: Desk) -> None:
    desk.change(PILLAR_FILE, "  programme: warm-homes\n", "")
    assert desk.mistakes() == [
        f"{AMBRIDGE_FILE}:3: warm-homes has no pillar 1.",
        f"{PILLAR_FILE}:2: programme is missing.",
    ]


def test_every_mistake_of_every_file_in_one_pass_by_file_and_line(desk: Desk) -> None:
    desk.put("plan/broken.yaml", "one: [")
    desk.put("plan/empty.yaml", "")
    desk.change(PILLAR_FILE, "strength: firm", "strength: strong")
    desk.change(PILLAR_FILE, "in Spring 2023", "in spring")
    desk.change(AMBRIDGE_FILE, "about: [WH-1-01]", "about: [WH-7-01, WH-8-01]")
    desk.change(ASKS_FILE, "owner: ministry", "owner: nobody")
    mistakes = [mistake.split(": ")[0] for mistake in desk.mistakes()]
    about = f"{AMBRIDGE_FILE}:{desk.line_of(AMBRIDGE_FILE, 'WH-7-01')}"
    assert mistakes == [
        f"{ASKS_FILE}:4",
        about,
        about,
        "plan/broken.yaml:2",
        "plan/empty.yaml",
        f"{PILLAR_FILE}:{desk.line_of(PILLAR_FILE, 'strong')}",
        f"{PILLAR_FILE}:{desk.line_of(PILLAR_FILE, 'in spring')}",
    ]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        pytest.param("plans", "plans: There is no such file or folder.", id="nowhere"),
        pytest.param("notes.txt", "notes.txt: Only files ending in .yaml or .yml can be read.", id="not-yaml"),
        pytest.param("bare", "bare: There is no YAML file in this folder.", id="nothing-in-it"),
    ],
)
def test_a_path_that_holds_no_fixtures(desk: Desk, path: str, message: str) -> None:
    desk.put("notes.txt", "none")
    desk.put("bare/notes.txt", "none")
    assert desk.mistakes(path, "plan", "councils", "consultations") == [message]

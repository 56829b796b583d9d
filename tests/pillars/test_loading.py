"""What the loader works out about the plan."""

from __future__ import annotations

from datetime import date

import pytest

from pillars.models import (
    Citation,
    Commitment,
    Deadline,
    FundingLine,
    Milestone,
    Mission,
    Phase,
    ProgressUpdate,
    Source,
    Wave,
    Wording,
)
from tests.loading_desk import PILLAR_FILE, PROGRAMME_FILE, Desk


def change_deadline(desk: Desk, new: str) -> Deadline:
    """The first deadline of WH-1-01, with these words instead."""
    desk.change(PILLAR_FILE, "{role: due, words: by the end of 2023}", new)
    desk.load()
    return Deadline.objects.get(commitment__reference="WH-1-01", number=1)


def test_a_deadline_keeps_its_words_beside_the_window_they_mean(desk: Desk) -> None:
    desk.load()
    read = Deadline.objects.order_by("commitment__reference", "number").values_list(
        "commitment__reference", "number", "role", "words", "earliest", "latest", "edtf", "basis", "anchor__slug"
    )
    assert list(read) == [
        ("WH-1-01", 1, "due", "by the end of 2023", None, date(2023, 12, 31), "../2023-12-31", "read", None),
        (
            *("WH-1-01", 2, "due", "by the end of this Parliament", None, date(2024, 12, 17), "../2024-12-17"),
            *("read", "this-parliament"),
        ),
        (
            *("WH-1-01a", 1, "start", "in Spring 2023", date(2023, 3, 1), date(2023, 5, 31), "2023-21"),
            *("read", None),
        ),
    ]


@pytest.mark.parametrize(
    ("words", "basis", "note"),
    [
        pytest.param("{words: in 2023}", "read", "", id="read-by-the-table"),
        pytest.param("{words: on 11 May 2023}", "stated", "", id="a-full-date"),
        pytest.param("{words: by 11 May 2023}", "stated", "", id="by-a-full-date"),
        pytest.param(
            "{words: March, read_as: March 2023, reason: Said then.}", "inferred", "Said then.", id="reasoned"
        ),
        pytest.param("{words: March, read_as: March 2023}", "inferred", "Read as “March 2023”.", id="no-reason-given"),
    ],
)
def test_the_basis_of_a_window(desk: Desk, words: str, basis: str, note: str) -> None:
    deadline = change_deadline(desk, words)
    assert (deadline.basis, deadline.basis_note) == (basis, note)


def test_a_moved_deadline_is_a_new_one_that_replaces_the_old(desk: Desk) -> None:
    last = "{role: due, words: by the end of this Parliament}"
    desk.change(PILLAR_FILE, last, f"{last}\n      - {{words: in 2024, replaces: 1, known_on: 2024-01-09}}")
    desk.load()
    moved = Deadline.objects.get(commitment__reference="WH-1-01", number=3)
    assert moved.replaces == Deadline.objects.get(commitment__reference="WH-1-01", number=1)
    assert moved.known_on == date(2024, 1, 9)


def test_words_are_read_on_the_day_the_programme_came_out(desk: Desk) -> None:
    desk.load()
    phase, wave = Phase.objects.get(), Wave.objects.get()
    assert (phase.earliest, phase.latest) == (date(2023, 4, 1), date(2025, 3, 31))
    assert (wave.earliest, wave.latest) == (date(2023, 1, 1), date(2023, 12, 31))


def test_a_milestone_is_dated_by_its_words_or_by_a_commitment(desk: Desk) -> None:
    desk.load()
    by_words, by_commitment = Milestone.objects.order_by("-slug")
    assert (by_words.words, by_words.latest, by_words.commitment) == ("by 2027", date(2027, 12, 31), None)
    assert (by_commitment.words, by_commitment.latest) == ("", None)
    assert str(by_commitment.commitment).startswith("WH-1-01 ")


MISSION = """\
missions:
  - {reference: WH-1-M1, number: 1, title: Warmth, words: By 2027, target: Every home, cite: {report: [Page 1]}}
"""


def test_a_mission_of_a_pillar_keeps_its_words_beside_their_window(desk: Desk) -> None:
    desk.change(PILLAR_FILE, "commitments:", f"{MISSION}commitments:")
    desk.load()
    mission = Mission.objects.get()
    assert (mission.programme.slug, mission.pillar.number) == ("warm-homes", 1)
    assert (mission.words, mission.latest, mission.target) == ("By 2027", date(2027, 12, 31), "Every home")
    assert [place.locator for place in mission.citations.all()] == ["Page 1"]
    assert mission.known_on == date(2023, 4, 21)


def test_a_mission_may_be_of_a_whole_programme_or_of_the_pillar_in_its_reference(desk: Desk) -> None:
    pillar = "pillars:\n  - {number: 2, title: Light, cite: {report: [Page 1]}}\n"
    whole = "  - {reference: WH-M1, number: 1, title: Comfort, cite: {report: [Page 1]}}\n"
    part = "  - {reference: WH-2-M2, number: 2, title: Lamps, cite: {report: [Page 1]}}\n"
    desk.change(PROGRAMME_FILE, "phases:", f"{pillar}missions:\n{whole}{part}phases:")
    desk.load()
    found = Mission.objects.order_by("number").values_list("reference", "pillar__number", "words", "latest")
    assert list(found) == [("WH-M1", None, "", None), ("WH-2-M2", 2, "", None)]


def test_a_commitment_names_its_mission_and_a_part_its_own(desk: Desk) -> None:
    desk.change(PILLAR_FILE, "commitments:", f"{MISSION}commitments:")
    desk.change(PILLAR_FILE, "lead: ministry", "lead: ministry\n    mission: WH-1-M1")
    desk.load()
    missions = dict(Commitment.objects.values_list("reference", "mission__reference"))
    assert missions == {"WH-1-01": "WH-1-M1", "WH-1-01a": None, "WH-1-02": None, "WH-0-01": None}


WORDINGS = """\
    wordings:
      - {field: date, topic: when, words: in 2023, cite: {report: [Page 1]}}
      - {field: date, topic: when, words: by the end of 2023, is_used: yes, reason: To the day., cite: {paper: []}}
      - {field: date, topic: when, words: the coming winter, read_as: winter 2023/24, reason: Said in February 2023.}
      - {field: count, topic: how many, words: in each of two years}
      - {field: count, topic: how many, words: all, is_used: yes, reason: It is plain.}
"""


@pytest.fixture
def wordings(desk: Desk) -> list[Wording]:
    """Those of WH-1-01 after a load, in their order."""
    desk.change(PILLAR_FILE, "    progress:", f"{WORDINGS}    progress:")
    desk.load()
    return list(Wording.objects.filter(commitment__reference="WH-1-01").order_by("number"))


def test_every_reading_of_a_topic_is_kept_in_its_order(wordings: list[Wording]) -> None:
    assert [(each.number, each.words, each.is_used) for each in wordings] == [
        (1, "in 2023", False),
        (2, "by the end of 2023", True),
        (3, "the coming winter", False),
        (4, "in each of two years", False),
        (5, "all", True),
    ]


def test_a_wording_of_a_date_has_the_window_it_means_and_others_have_none(wordings: list[Wording]) -> None:
    assert [(each.earliest, each.latest) for each in wordings] == [
        (date(2023, 1, 1), date(2023, 12, 31)),
        (None, date(2023, 12, 31)),
        (date(2023, 12, 1), date(2024, 2, 29)),
        (None, None),
        (None, None),
    ]
    assert [(each.basis, each.basis_note) for each in wordings[1:3]] == [
        ("read", "To the day."),
        ("inferred", "Said in February 2023."),
    ]


def test_a_wording_cites_its_own_places_or_those_of_its_commitment(wordings: list[Wording]) -> None:
    places = [[str(place) for place in each.citations.all()] for each in wordings[:3]]
    assert places == [["Ambridge report, Page 1"], ["Paper"], ["Ambridge report, Page 1"]]
    assert [each.known_on for each in wordings[:3]] == [date(2023, 4, 21), date(2023, 2, 2), date(2023, 4, 21)]


def test_a_fact_is_known_from_the_day_of_its_earliest_source(desk: Desk) -> None:
    desk.change(PILLAR_FILE, 'cite: {report: [Page 1, "Page 3: the table"]}', "cite: {report: [Page 1], paper: []}")
    desk.load()
    known = dict(Commitment.objects.values_list("reference", "known_on"))
    assert known["WH-1-01"] == date(2023, 4, 21)
    assert known["WH-1-02"] == date(2023, 2, 2)
    assert Source.objects.get(slug="paper").known_on == date(2023, 2, 2)


def test_a_day_that_is_given_stands(desk: Desk) -> None:
    desk.change(PROGRAMME_FILE, '  cite: {paper: [""]}', '  known_on: "2023-01-31"\n  cite: {paper: [""]}')
    desk.load()
    assert Phase.objects.get().programme.known_on == date(2023, 1, 31)


def test_what_hangs_on_a_commitment_cites_what_it_cites(desk: Desk) -> None:
    desk.load()
    page = Citation.objects.get(locator="Page 1")
    for model in (Deadline, ProgressUpdate, Wave):
        assert list(model.objects.order_by("pk")[0].citations.all()) == [page]


def test_a_source_without_places_is_cited_whole(desk: Desk) -> None:
    desk.load()
    whole = Citation.objects.get(source__slug="paper")
    assert (whole.locator, str(whole)) == ("", "Paper")
    assert list(Phase.objects.get().citations.all()) == [whole]


def test_places_keep_the_order_and_the_lines_of_the_document(desk: Desk) -> None:
    desk.load()
    places = Citation.objects.filter(source__slug="report").values_list("number", "locator", "first_line", "last_line")
    assert list(places) == [(1, "Page 1", 1, 4), (2, "Page 2", 5, 5), (3, "Page 3: the table", 6, 9)]


def test_a_part_is_of_its_parent_s_kind_pillar_and_programme(desk: Desk) -> None:
    desk.change(PILLAR_FILE, "kind: commitment", "kind: rule")
    desk.load()
    part, whole = Commitment.objects.get(reference="WH-1-01a"), Commitment.objects.get(reference="WH-1-01")
    assert part.parent == whole
    assert (part.kind, part.pillar, part.programme) == ("rule", whole.pillar, whole.programme)


def test_in_a_programme_s_own_file_the_reference_tells_the_pillar(desk: Desk) -> None:
    pillar = "pillars:\n  - {number: 2, title: Light, cite: {report: [Page 1]}}\n"
    desk.change(PROGRAMME_FILE, "phases:", f"{pillar}phases:")
    light = "  - {reference: WH-2-01, title: Light every home, strength: firm, cite: {report: [Page 1]}}"
    desk.change(PROGRAMME_FILE, "links:", f"{light}\nlinks:")
    desk.load()
    assert Commitment.objects.get(reference="WH-2-01").pillar.number == 2
    assert Commitment.objects.get(reference="WH-0-01").pillar is None


def test_money_belongs_to_the_programme_of_its_commitment(desk: Desk) -> None:
    desk.load()
    lines = FundingLine.objects.values_list("reference", "programme__slug", "commitment__reference")
    assert list(lines) == [
        ("WH-0-F1", "warm-homes", None),
        ("WH-1-01-F1", "warm-homes", "WH-1-01"),
        ("WH-1-01-F2", "warm-homes", "WH-1-01"),
    ]


def test_money_that_is_only_part_of_the_whole_is_accepted(desk: Desk) -> None:
    desk.load()
    assert FundingLine.objects.get(reference="WH-1-01-F2").part_of.reference == "WH-1-01-F1"


def test_money_is_added_up_with_lines_that_are_only_in_the_database(desk: Desk) -> None:
    desk.load()
    desk.change(PILLAR_FILE, 'amount: "45000000"', 'amount: "4000000"')
    text = desk.read(PILLAR_FILE)
    second = next(line for line in text.splitlines() if "WH-1-01-F2" in line)
    desk.put(PILLAR_FILE, text.replace(second + "\n", ""))
    line = desk.line_of(PILLAR_FILE, '"4000000"')
    assert desk.mistakes("plan") == [
        f"{PILLAR_FILE}:{line}: The parts of WH-1-01-F1 come to more than it: 5000000.00 against 4000000.00."
    ]

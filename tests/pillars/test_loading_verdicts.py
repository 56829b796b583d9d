"""What became of a recommendation, as files tell it: what is worked out of it, and what it may not say."""

from __future__ import annotations

from datetime import date

import pytest

from pillars.models import Verdict
from tests.loading_desk import PROGRAMME_FILE, Desk, mistake

REVIEW_FILE = "plan/review.yaml"
REVIEW = """\
programme:
  slug: cold-review
  prefix: CR
  kind: review
  title: Cold review
  owner: ministry
  published_on: "2022-05-23"
  known_on: "2022-05-23"
  pillar_noun: area
  pillar_noun_plural: areas
  commitment_noun: recommendation
  commitment_noun_plural: recommendations
  cite: {paper: [""]}
commitments:
  - reference: CR-1
    title: Heat homes
    kind: recommendation
    strength: firm
    cite: {report: [Page 1]}
    verdicts:
      - by: warm-homes
        verdict: adapted
        basis: stated
        words: "we take it up"
        carried_by: [WH-1-02, WH-1-01]
        cite: {paper: []}
    parts:
      - reference: CR-1a
        title: Heat halls
        strength: firm
        verdicts:
          - {by: warm-homes, verdict: not_mentioned, basis: inferred, reason: Silent., cite: {report: [Page 1]}}
"""


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """With a review that another programme answers."""
    desk.put(REVIEW_FILE, REVIEW)
    return desk


def loaded(desk: Desk, reference: str = "CR-1") -> Verdict:
    desk.load()
    return Verdict.objects.get(recommendation__reference=reference)


def test_a_verdict_names_who_answers_and_what_carries_the_answer(desk: Desk) -> None:
    verdict = loaded(desk)
    assert (verdict.programme.slug, verdict.verdict, verdict.basis) == ("warm-homes", "adapted", "stated")
    assert (verdict.words, verdict.reason) == ("we take it up", "")
    assert sorted(verdict.carried_by.values_list("reference", flat=True)) == ["WH-1-01", "WH-1-02"]
    assert [str(place) for place in verdict.citations.all()] == ["Paper"]


def test_a_verdict_on_a_part_is_its_own(desk: Desk) -> None:
    verdict = loaded(desk, "CR-1a")
    assert (verdict.verdict, verdict.basis, verdict.reason) == ("not_mentioned", "inferred", "Silent.")
    assert not verdict.carried_by.exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        pytest.param(REVIEW_FILE, "adapted", "accepted", date(2023, 2, 2), id="the-day-of-its-source"),
        pytest.param(REVIEW_FILE, "{paper: []}", "{report: [Page 1]}", date(2023, 4, 21), id="of-a-later-source"),
        pytest.param(
            REVIEW_FILE, "{paper: []}", "{report: [Page 1], paper: []}", date(2023, 2, 2), id="of-the-earliest-source"
        ),
        pytest.param(
            PROGRAMME_FILE,
            'published_on: "2023-02-02"',
            'published_on: "2023-03-01"',
            date(2023, 3, 1),
            id="not-before-the-programme-came-out",
        ),
        pytest.param(
            PROGRAMME_FILE,
            'published_on: "2023-02-02"',
            'published_on: "2023-02-02"\n  known_on: "2023-03-02"',
            date(2023, 3, 2),
            id="not-before-the-programme-was-known",
        ),
        pytest.param(
            REVIEW_FILE,
            "cite: {paper: []}",
            'known_on: "2023-02-03"\n        cite: {paper: []}',
            date(2023, 2, 3),
            id="given",
        ),
    ],
)
def test_an_answer_is_known_with_its_source_and_never_before_its_programme(
    desk: Desk, file: str, old: str, new: str, expected: date
) -> None:
    desk.change(file, old, new)
    assert loaded(desk).known_on == expected


def test_twice_changes_nothing(desk: Desk) -> None:
    desk.load()
    assert desk.load().is_quiet


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "message"),
    [
        mistake(
            "unknown-programme",
            REVIEW_FILE,
            "by: warm-homes",
            "by: warm-hoes",
            "There is no programme “warm-hoes”; the nearest is “warm-homes”.",
        ),
        mistake(
            "no-programme",
            REVIEW_FILE,
            "- by: warm-homes\n        verdict: adapted",
            "- verdict: adapted",
            "by is missing.",
        ),
        mistake(
            "own-programme",
            REVIEW_FILE,
            "by: warm-homes",
            "by: cold-review",
            "cold-review cannot answer its own recommendation.",
        ),
        mistake(
            "unknown-verdict",
            REVIEW_FILE,
            "verdict: adapted",
            "verdict: praised",
            "verdict is “praised”; it has to be one of accepted, adapted, to_be_tested, consulting, to_explore, "
            "rejected, not_mentioned.",
        ),
        mistake(
            "unknown-basis",
            REVIEW_FILE,
            "basis: stated",
            "basis: guessed",
            "basis is “guessed”; it has to be one of stated, inferred.",
        ),
        mistake(
            "stated-without-words",
            REVIEW_FILE,
            'words: "we take it up"',
            'words: ""',
            "A stated verdict needs the words that state it.",
        ),
        mistake(
            "inferred-without-reason",
            REVIEW_FILE,
            "basis: inferred, reason: Silent.",
            "basis: inferred",
            "An inferred verdict needs the reason we read it so.",
        ),
        mistake(
            "silence-carried",
            REVIEW_FILE,
            "reason: Silent.",
            "reason: Silent., carried_by: [WH-1-01]",
            "What was not mentioned is carried by nothing.",
        ),
        mistake(
            "carried-by-nothing-known",
            REVIEW_FILE,
            "[WH-1-02, WH-1-01]",
            "[WH-1-02, WH-9]",
            "There is no commitment “WH-9”.",
        ),
        mistake(
            "no-source",
            REVIEW_FILE,
            "        cite: {paper: []}\n",
            "",
            "No source: give a cite.",
            at="- by: warm-homes",
        ),
        mistake(
            "not-a-recommendation",
            REVIEW_FILE,
            "title: Heat halls",
            "title: Heat halls\n        kind: rule",
            "A verdict is on a recommendation, and CR-1a is of kind rule.",
            at="- {by: warm-homes",
        ),
        mistake(
            "twice",
            REVIEW_FILE,
            "    verdicts:\n      - by",
            "    verdicts:\n"
            "      - {by: warm-homes, verdict: accepted, basis: inferred, reason: Plain., cite: {paper: []}}\n"
            "      - by",
            "Verdict CR-1/warm-homes stands twice: it is already at plan/review.yaml:21.",
            at="- by",
        ),
        mistake(
            "unknown-key",
            REVIEW_FILE,
            "basis: stated",
            "basis: stated\n        note: Yes",
            "Unknown key “note”. Allowed here: basis, by, carried_by, cite, known_on, reason, verdict, words.",
            at="note:",
        ),
    ],
)
def test_a_broken_rule_is_named_with_its_line(desk: Desk, file: str, old: str, new: str, at: str, message: str) -> None:
    desk.assert_mistake(file, old, new, at, message)

"""Answers counted: one level, in the order of the marks, and what no answer was known to."""

from __future__ import annotations

import pytest

from pillars.models import Verdict
from pillars.tallies import Kind, sum_tallies, tally


def verdicts(*kinds: str, basis: str = "stated") -> list[Verdict]:
    return [Verdict(verdict=kind, basis=basis) for kind in kinds]


def test_counts_by_kind_in_the_order_of_the_marks():
    found = tally([*verdicts("rejected", "accepted", "accepted"), *verdicts("rejected", basis="inferred")])

    assert found.present == [(Kind.ACCEPTED, 2), (Kind.REJECTED, 2)]
    assert found.marks == [Kind.ACCEPTED, Kind.ACCEPTED, Kind.REJECTED, Kind.REJECTED]
    assert [(kind, inferred) for kind, _marks, inferred in found.rows] == [(Kind.ACCEPTED, 0), (Kind.REJECTED, 1)]


def test_every_answer_has_a_column():
    assert [kind for kind, _number in tally([]).columns] == list(Verdict.Answer)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        pytest.param(verdicts("accepted", "to_explore"), "2 of 2 taken up in some form", id="all taken up"),
        pytest.param(
            verdicts("adapted", "rejected", "not_mentioned"),
            "1 of 3 taken up in some form, 1 rejected, 1 not mentioned",
            id="some passed over",
        ),
        pytest.param(
            [*verdicts("accepted"), None],
            "1 of 2 taken up in some form, 1 without an answer known by this day",
            id="one not answered yet",
        ),
        pytest.param([], "None was listed one by one by this day", id="nothing asked yet"),
        pytest.param([None], "No answer was known by this day", id="none answered yet"),
    ],
)
def test_says_in_a_sentence(given, words):
    assert tally(given).words == words


def test_a_sum_counts_each_once():
    found = sum_tallies(
        [tally([*verdicts("accepted"), None]), tally(verdicts("accepted", "rejected", basis="inferred"))]
    )

    assert (found.answered, found.waiting, found.all, found.taken_up) == (3, 1, 4, 2)
    assert found.inferred == {"accepted": 1, "rejected": 1}

"""What the loader works out about consultations and the steps towards an answer."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from consultations.models import Consultation, Step
from tests.loading_desk import ASKS_FILE, Desk

CLOSES = 'closes_on: "2023-05-11"'


def live() -> Consultation:
    return Consultation.objects.get(slug="heat-paper")


def test_it_opens_when_its_first_day_begins_in_england(desk: Desk) -> None:
    desk.change(ASKS_FILE, 'opens_on: "2023-02-02"', 'opens_on: "2023-04-02"')
    desk.load()
    assert live().opens_at == datetime(2023, 4, 1, 23, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("says", "closes_at", "is_stated"),
    [
        pytest.param(CLOSES, datetime(2023, 5, 11, 22, 59, tzinfo=UTC), False, id="summer-time-not-published"),
        pytest.param('closes_on: "2023-12-11"', datetime(2023, 12, 11, 23, 59, tzinfo=UTC), False, id="winter-time"),
        pytest.param(
            f'{CLOSES}\n    closes_time: "17:00"', datetime(2023, 5, 11, 16, tzinfo=UTC), True, id="published"
        ),
        pytest.param(
            f'{CLOSES}\n    closes_time: "23:59"', datetime(2023, 5, 11, 22, 59, tzinfo=UTC), True, id="just-so"
        ),
    ],
)
def test_it_closes_at_a_moment_in_england(desk: Desk, says: str, closes_at: datetime, is_stated: bool) -> None:
    desk.change(ASKS_FILE, CLOSES, says)
    desk.load()
    assert (live().closes_at, live().is_closing_time_stated) == (closes_at, is_stated)


def test_a_promised_one_has_words_and_the_window_they_mean(desk: Desk) -> None:
    desk.load()
    promised = Consultation.objects.get(slug="glass-paper")
    assert (promised.opens_words, promised.opens_basis) == ("in Autumn 2023", "read")
    assert (promised.opens_earliest, promised.opens_latest) == (date(2023, 9, 1), date(2023, 11, 30))
    assert (promised.opens_at, promised.closes_at) == (None, None)
    assert str(promised.promised_by) == "WH-1-02 Seal every window"


def test_words_may_be_read_as_others(desk: Desk) -> None:
    desk.change(ASKS_FILE, "{words: in Autumn 2023}", "{words: in the autumn, read_as: in Autumn 2023}")
    desk.load()
    promised = Consultation.objects.get(slug="glass-paper")
    assert (promised.opens_words, promised.opens_edtf, promised.opens_basis) == ("in the autumn", "2023-23", "inferred")


def test_a_basis_that_is_given_stands(desk: Desk) -> None:
    desk.change(ASKS_FILE, CLOSES, f"opens_basis: inferred\n    {CLOSES}")
    desk.load()
    assert live().opens_basis == "inferred"


def test_a_step_keeps_its_words_and_says_why_they_are_read_so(desk: Desk) -> None:
    desk.load()
    step = Step.objects.get()
    assert (step.words, step.earliest, step.latest) == ("throughout April", date(2023, 4, 1), date(2023, 4, 30))
    assert (step.basis, step.basis_note) == ("inferred", "No year is given.")
    assert list(step.consultations.all()) == [live()]


def test_the_words_of_a_step_were_said_when_its_document_came_out(desk: Desk) -> None:
    desk.change(ASKS_FILE, "read_as: throughout April 2023", "read_as: later this year")
    desk.load()
    assert Step.objects.get().earliest == date(2023, 4, 21)


OUTCOME = f'{CLOSES}\n    outcome: Pipes it is.\n    outcome_on: "2023-09-21"\n    outcome_basis: inferred'


def test_an_outcome_has_its_day_and_how_we_know_it(desk: Desk) -> None:
    desk.change(ASKS_FILE, CLOSES, OUTCOME)
    desk.load()
    assert (live().outcome, live().outcome_on, live().outcome_basis) == ("Pipes it is.", date(2023, 9, 21), "inferred")
    assert desk.load().is_quiet


def test_a_day_of_no_outcome_is_refused(desk: Desk) -> None:
    desk.change(ASKS_FILE, CLOSES, OUTCOME.replace("    outcome: Pipes it is.\n", ""))
    line = desk.line_of(ASKS_FILE, "outcome_on")
    assert desk.mistakes() == [f"{ASKS_FILE}:{line}: outcome_on needs the outcome."]

"""Where promises stand on a day. The tables of cases are the specification."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pillars.timing import (
    CLOSING_DAYS,
    LABELS,
    Answer,
    Promise,
    Timing,
    commitment_timing,
    in_order,
    window_answer,
    window_timing,
)

AHEAD, OPEN, CLOSING, PASSED = Timing.AHEAD, Timing.OPEN, Timing.CLOSING, Timing.PASSED
MET, MET_LATE, NO_DATE, CONDITIONAL = Timing.MET, Timing.MET_LATE, Timing.NO_DATE, Timing.CONDITIONAL


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


SPRING = ("2023-03-01", "2023-05-31")
BY_2023 = (None, "2023-12-31")
AFTER_TWO_YEARS = ("2025-02-02", None)
CONSULTATION = ("2023-02-02", "2023-05-11")
SEPTEMBER = ("2023-09-01", "2023-09-30")
ONE_DAY = ("2023-05-03", "2023-05-03")
UNDATED = (None, None)


@pytest.mark.parametrize(
    ("window", "on", "timing", "days"),
    [
        pytest.param(SPRING, "2023-02-28", AHEAD, 1, id="season, the day before"),
        pytest.param(SPRING, "2023-03-01", OPEN, 91, id="season, its first day"),
        pytest.param(SPRING, "2023-04-21", OPEN, 40, id="season, 40 days left"),
        pytest.param(SPRING, "2023-05-02", OPEN, 29, id="season, 29 days left"),
        pytest.param(SPRING, "2023-05-03", CLOSING, 28, id="season, 28 days left"),
        pytest.param(SPRING, "2023-05-31", CLOSING, 0, id="season, its last day"),
        pytest.param(SPRING, "2023-06-01", PASSED, 1, id="season, the day after"),
        pytest.param(BY_2023, "2020-01-01", AHEAD, 1460, id="by, years before"),
        pytest.param(BY_2023, "2023-12-02", AHEAD, 29, id="by, 29 days left"),
        pytest.param(BY_2023, "2023-12-03", CLOSING, 28, id="by, 28 days left"),
        pytest.param(BY_2023, "2023-12-31", CLOSING, 0, id="by, its last day"),
        pytest.param(BY_2023, "2024-01-01", PASSED, 1, id="by, the day after"),
        pytest.param(AFTER_TWO_YEARS, "2025-02-01", AHEAD, 1, id="open end, the day before"),
        pytest.param(AFTER_TWO_YEARS, "2025-02-02", OPEN, None, id="open end, its first day"),
        pytest.param(AFTER_TWO_YEARS, "2035-02-02", OPEN, None, id="open end, years after"),
        pytest.param(CONSULTATION, "2023-04-21", CLOSING, 20, id="consultation, 20 days left"),
        pytest.param(SEPTEMBER, "2023-08-31", AHEAD, 1, id="short window, not begun though 30 days from its end"),
        pytest.param(SEPTEMBER, "2023-09-02", CLOSING, 28, id="short window, 28 days left"),
        pytest.param(ONE_DAY, "2023-05-02", AHEAD, 1, id="a day, the day before"),
        pytest.param(ONE_DAY, "2023-05-03", CLOSING, 0, id="a day, on it"),
        pytest.param(ONE_DAY, "2023-05-04", PASSED, 1, id="a day, the day after"),
        pytest.param(UNDATED, "2023-04-21", NO_DATE, None, id="no date"),
        pytest.param((None, "9999-12-31"), "9999-12-31", CLOSING, 0, id="the last day there is"),
    ],
)
def test_window_stands(window, on, timing, days):
    assert window_answer(*map(day, window), on=day(on)) == Answer(timing, None, days)


@pytest.mark.parametrize(
    ("window", "met_on", "timing", "days"),
    [
        pytest.param(SPRING, "2023-02-01", MET, None, id="before the window"),
        pytest.param(SPRING, "2023-05-31", MET, None, id="on its last day"),
        pytest.param(SPRING, "2023-06-01", MET_LATE, 1, id="the day after"),
        pytest.param(BY_2023, "2024-01-31", MET_LATE, 31, id="by, a month after"),
        pytest.param(AFTER_TWO_YEARS, "2030-01-01", MET, None, id="an open end is never late"),
        pytest.param(UNDATED, "2030-01-01", MET, None, id="no date is never late"),
        pytest.param(SPRING, "2030-12-31", MET_LATE, 2771, id="on the day asked about"),
        pytest.param(SPRING, "2031-01-01", PASSED, 2771, id="after the day asked about, not yet"),
    ],
)
def test_window_met(window, met_on, timing, days):
    answer = window_answer(*map(day, window), on=date(2030, 12, 31), met_on=day(met_on))

    assert answer == Answer(timing, None, days)


def promise(window, role="due", met_on=None) -> Promise:
    return Promise(*map(day, window), role, day(met_on))


def commitment(promises, on="2023-04-21", met_on=None, is_conditional=False) -> Answer:
    return commitment_timing(promises, on=day(on), met_on=day(met_on), is_conditional=is_conditional)


@pytest.mark.parametrize(
    ("promises", "on", "answer"),
    [
        pytest.param([], "2023-04-21", Answer(NO_DATE), id="no promises"),
        pytest.param([promise(SPRING)], "2023-04-21", Answer(OPEN, 0, 40), id="one"),
        pytest.param([promise(BY_2023), promise(SPRING)], "2023-04-21", Answer(OPEN, 1, 40), id="earliest end first"),
        pytest.param([promise(AFTER_TWO_YEARS), promise(BY_2023)], "2023-04-21", Answer(AHEAD, 1, 254),
                     id="an open end comes last"),
        pytest.param([promise((None, "2023-05-31")), promise(SPRING)], "2023-04-21", Answer(OPEN, 1, 40),
                     id="of one end, the window that has a beginning"),
        pytest.param([promise(SPRING), promise(SPRING)], "2023-04-21", Answer(OPEN, 0, 40), id="alike, the first"),
        pytest.param([promise(UNDATED), promise(SPRING)], "2023-04-21", Answer(OPEN, 1, 40), id="no date comes last"),
        pytest.param([promise(BY_2023), promise(SPRING)], "2023-07-01", Answer(PASSED, 1, 31),
                     id="an unmet one that passed still decides"),
        pytest.param([promise(BY_2023), promise(SPRING, met_on="2023-04-01")], "2023-07-01", Answer(AHEAD, 0, 183),
                     id="a met one gives way to the next"),
        pytest.param([promise(BY_2023), promise(SPRING, met_on="2023-07-02")], "2023-07-01", Answer(PASSED, 1, 31),
                     id="one met tomorrow is not met"),
        pytest.param([promise(BY_2023, met_on="2023-06-30"), promise(SPRING, met_on="2023-06-30")], "2023-07-01",
                     Answer(MET, 0), id="all met, the last decides: in time"),
        pytest.param([promise(SPRING, met_on="2023-06-30")], "2023-07-01", Answer(MET_LATE, 0, 30), id="met late"),
        pytest.param([promise(SPRING, met_on="2023-04-01"), promise(UNDATED)], "2023-07-01", Answer(NO_DATE, 1),
                     id="what is left has no date"),
    ],
)  # fmt: skip
def test_next_unmet_promise_decides(promises, on, answer):
    assert commitment(promises, on) == answer


@pytest.mark.parametrize(
    ("promises", "met_on", "answer"),
    [
        pytest.param([], "2023-04-01", Answer(MET), id="no date"),
        pytest.param([promise(SPRING)], "2023-04-01", Answer(MET, 0), id="in its window"),
        pytest.param([promise(SPRING)], "2023-06-02", Answer(MET_LATE, 0, 2), id="after its window"),
        pytest.param([promise(SPRING), promise(BY_2023)], "2023-06-02", Answer(MET, 1), id="against the last due"),
        pytest.param([promise(SPRING), promise(AFTER_TWO_YEARS)], "2029-01-01", Answer(MET, 1), id="an open end"),
        pytest.param([promise(SPRING, "start"), promise(BY_2023)], "2023-12-31", Answer(MET, 1),
                     id="against what was due, not what was to start"),
        pytest.param([promise(SPRING), promise(BY_2023, "start")], "2023-12-31", Answer(MET_LATE, 0, 214),
                     id="even where that comes first"),
        pytest.param([promise(SPRING, "start")], "2023-06-02", Answer(MET_LATE, 0, 2), id="a start alone"),
        pytest.param([promise(SPRING, "until")], "2023-06-02", Answer(MET), id="an end makes nothing late"),
    ],
)  # fmt: skip
def test_commitment_met_as_a_whole(promises, met_on, answer):
    assert commitment(promises, "2030-01-01", met_on) == answer


def test_commitment_met_tomorrow_is_not_met():
    assert commitment([promise(SPRING)], "2023-04-21", "2023-04-22") == Answer(OPEN, 0, 40)


@pytest.mark.parametrize(
    ("promises", "answer"),
    [
        pytest.param([], Answer(CONDITIONAL), id="no promises"),
        pytest.param([promise(UNDATED)], Answer(CONDITIONAL), id="words without a date"),
        pytest.param([promise(SPRING)], Answer(OPEN, 0, 40), id="a window goes before a condition"),
        pytest.param([promise(SPRING, met_on="2023-04-01"), promise(UNDATED)], Answer(NO_DATE, 1), id="one of two"),
        pytest.param([promise(UNDATED, met_on="2023-04-01")], Answer(MET, 0), id="met"),
    ],
)
def test_condition_shows_only_without_any_date(promises, answer):
    assert commitment(promises, is_conditional=True) == answer


# Words


def test_every_timing_has_words():
    assert set(LABELS) == set(Timing)
    assert [timing.label for timing in Timing] == list(LABELS.values())


def test_silence_is_never_called_late():
    assert [timing for timing, words in LABELS.items() if "late" in words.casefold()] == [MET_LATE]


def test_css_has_no_underscore():
    assert [timing.css for timing in (MET_LATE, NO_DATE, OPEN)] == ["metlate", "nodate", "open"]


# Properties

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
MAYBE = st.none() | DAYS
WINDOWS = st.tuples(MAYBE, MAYBE).map(lambda ends: ends if None in ends else tuple(sorted(ends)))
ROLES = st.sampled_from(["due", "start", "until"])
PROMISES = st.lists(
    st.builds(lambda ends, role, met_on: Promise(*ends, role, met_on), WINDOWS, ROLES, MAYBE), max_size=4
)
ORDER = [AHEAD, OPEN, CLOSING, PASSED]


@given(WINDOWS, DAYS, st.integers(0, 400))
def test_unmet_window_never_goes_back(window, on, later):
    before = window_timing(*window, on=on)
    after = window_timing(*window, on=on + timedelta(days=later))

    assert before == after == NO_DATE or ORDER.index(before) <= ORDER.index(after)


@given(WINDOWS, DAYS, MAYBE)
def test_window_agrees_with_the_rules_as_written(window, on, met_on):
    assert window_timing(*window, on=on, met_on=met_on) == _first_line_that_holds(*window, on, met_on)


def _first_line_that_holds(earliest, latest, on, met_on) -> Timing:
    """The eight lines of the module's rules, written as SQL would: a comparison with null is false."""

    def holds(left, right) -> bool:
        return left is not None and right is not None and left <= right

    soon, tomorrow, yesterday = (on + timedelta(days=days) for days in (CLOSING_DAYS, 1, -1))
    lines = [
        (MET, holds(met_on, on) and (latest is None or holds(met_on, latest))),
        (MET_LATE, holds(met_on, on)),
        (NO_DATE, earliest is None and latest is None),
        (PASSED, holds(latest, yesterday)),
        (AHEAD, holds(tomorrow, earliest)),
        (CLOSING, holds(latest, soon)),
        (AHEAD, earliest is None),
        (OPEN, True),
    ]
    return next(timing for timing, is_so in lines if is_so)


@given(WINDOWS, DAYS, MAYBE)
def test_days_are_never_below_nought(window, on, met_on):
    days = window_answer(*window, on=on, met_on=met_on).days

    assert days is None or days >= 0


@given(PROMISES, DAYS, MAYBE, st.booleans())
def test_commitment_answers_as_the_promise_it_names(promises, on, met_on, is_conditional):
    answer = commitment_timing(promises, on=on, met_on=met_on, is_conditional=is_conditional)

    if answer.promise is None:
        assert answer.timing in (MET, NO_DATE, CONDITIONAL)
        return
    decided = promises[answer.promise]
    is_met = met_on is not None and met_on <= on
    own = window_answer(decided.earliest, decided.latest, on=on, met_on=met_on if is_met else decided.met_on)
    assert (answer.timing, answer.days) == (own.timing, own.days)


@given(PROMISES)
def test_order_holds_every_promise_once(promises):
    assert sorted(in_order(promises)) == list(range(len(promises)))


@given(PROMISES, DAYS, st.integers(0, 400))
def test_unmet_commitment_never_goes_back(promises, on, later):
    unmet = [Promise(item.earliest, item.latest, item.role) for item in promises]
    before, after = (
        commitment_timing(unmet, on=moment, met_on=None, is_conditional=False).timing
        for moment in (on, on + timedelta(days=later))
    )

    assert before == after == NO_DATE or ORDER.index(before) <= ORDER.index(after)

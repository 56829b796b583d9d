"""When a consultation is flagged: the tables below are the specification."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reforms.alerts.consultation_rules import THRESHOLDS, ConsultationRow, consultation_flags, smallest_threshold
from reforms.alerts.flag_due import FlagDue
from reforms.alerts.kinds import FlagKind
from reforms.base.clock import civil_moment

CLOSING = FlagKind.CONSULTATION_CLOSING
CLOSED = FlagKind.CONSULTATION_CLOSED
OPENED = FlagKind.PROMISED_WINDOW_OPENED
PASSED = FlagKind.PROMISED_WINDOW_PASSED
LONG_AGO = date(2020, 1, 1)


def consultation(**values) -> ConsultationRow:
    return ConsultationRow(**{"slug": "rules", "title": "The rules", "url": "/c/", "known_on": LONG_AGO, **values})


def closing_on(day: date) -> ConsultationRow:
    return consultation(closes_at=civil_moment(day))


def flags(row: ConsultationRow, on: date) -> list[FlagDue]:
    return list(consultation_flags(row, on))


def only(row: ConsultationRow, on: date) -> FlagDue:
    [flag] = flags(row, on)
    return flag


@pytest.mark.parametrize(
    ("days_left", "threshold"),
    [
        pytest.param(29, None, id="29: too early"),
        pytest.param(28, 28, id="28: exactly"),
        pytest.param(27, 28, id="27: within 28"),
        pytest.param(20, 28, id="20: the committee's day"),
        pytest.param(15, 28, id="15: the last day of 28"),
        pytest.param(14, 14, id="14: exactly"),
        pytest.param(8, 14, id="8: the last day of 14"),
        pytest.param(7, 7, id="7: exactly"),
        pytest.param(4, 7, id="4: the last day of 7"),
        pytest.param(3, 3, id="3: exactly"),
        pytest.param(2, 3, id="2: within 3"),
        pytest.param(1, 1, id="1: exactly"),
        pytest.param(0, 1, id="0: the closing day itself"),
        pytest.param(-1, None, id="over"),
    ],
)
def test_the_smallest_threshold_not_below_the_days_left(days_left, threshold):
    assert smallest_threshold(days_left) == threshold


@pytest.mark.parametrize(
    ("on", "kind", "threshold", "reason"),
    [
        pytest.param("2023-04-12", None, 0, "", id="29 days before"),
        pytest.param("2023-04-13", CLOSING, 28, "Closes in 28 days, on 11 May 2023 at 11:59pm", id="28 days before"),
        pytest.param("2023-04-14", CLOSING, 28, "Closes in 27 days, on 11 May 2023 at 11:59pm", id="27 days before"),
        pytest.param("2023-04-21", CLOSING, 28, "Closes in 20 days, on 11 May 2023 at 11:59pm", id="20 days before"),
        pytest.param("2023-05-10", CLOSING, 1, "Closes in 1 day, on 11 May 2023 at 11:59pm", id="the day before"),
        pytest.param("2023-05-11", CLOSING, 1, "Closes today, 11 May 2023 at 11:59pm", id="the day"),
        pytest.param("2023-05-12", CLOSED, 0, "Closed 1 day ago, on 11 May 2023 at 11:59pm", id="the day after"),
        pytest.param("2023-06-07", CLOSED, 0, "Closed 27 days ago, on 11 May 2023 at 11:59pm", id="27 days after"),
        pytest.param("2023-06-08", CLOSED, 0, "Closed 28 days ago, on 11 May 2023 at 11:59pm", id="28 days after"),
        pytest.param("2023-06-09", None, 0, "", id="29 days after"),
    ],
)
def test_a_closing_day_by_day(on, kind, threshold, reason):
    found = flags(closing_on(date(2023, 5, 11)), date.fromisoformat(on))

    assert [(flag.kind, flag.threshold, flag.reason) for flag in found] == ([(kind, threshold, reason)] if kind else [])


def test_a_flag_says_what_when_and_how_long():
    flag = only(closing_on(date(2023, 5, 11)), date(2023, 4, 21))

    assert flag == FlagDue(
        kind=CLOSING,
        subject="consultation:rules",
        due_on=date(2023, 5, 11),
        threshold=28,
        days=20,
        reason="Closes in 20 days, on 11 May 2023 at 11:59pm",
        title="The rules",
        url="/c/",
    )
    assert flag.key == ("consultation_closing", "consultation:rules", "", date(2023, 5, 11), 28)
    assert flag.days_in_words == "20 days left"


@pytest.mark.parametrize(
    ("closes_at", "on", "days", "words"),
    [
        pytest.param(
            datetime(2023, 5, 11, 22, 59, tzinfo=UTC),
            "2023-05-11",
            0,
            "11 May 2023 at 11:59pm",
            id="summer: an hour behind",
        ),
        pytest.param(
            datetime(2023, 5, 11, 23, 30, tzinfo=UTC),
            "2023-05-11",
            1,
            "12 May 2023 at 12:30am",
            id="summer: next day here",
        ),
        pytest.param(
            datetime(2023, 1, 11, 23, 59, tzinfo=UTC),
            "2023-01-11",
            0,
            "11 January 2023 at 11:59pm",
            id="winter: the same",
        ),
        pytest.param(
            datetime(2023, 3, 26, 0, 30, tzinfo=UTC),
            "2023-03-25",
            1,
            "26 March 2023 at 12:30am",
            id="before clocks go on",
        ),
        pytest.param(
            datetime(2023, 3, 26, 22, 59, tzinfo=UTC),
            "2023-03-26",
            0,
            "26 March 2023 at 11:59pm",
            id="after they went on",
        ),
        pytest.param(
            datetime(2023, 10, 28, 23, 30, tzinfo=UTC),
            "2023-10-28",
            1,
            "29 October 2023 at 12:30am",
            id="clocks go back",
        ),
        pytest.param(
            datetime(2023, 10, 29, 23, 59, tzinfo=UTC),
            "2023-10-29",
            0,
            "29 October 2023 at 11:59pm",
            id="they went back",
        ),
    ],
)
def test_the_closing_day_is_the_civil_day_of_the_moment(closes_at, on, days, words):
    flag = only(consultation(closes_at=closes_at), date.fromisoformat(on))

    assert flag.days == days
    assert flag.reason.endswith(words)


@pytest.mark.parametrize(
    ("closes_on", "first_day"),
    [
        pytest.param("2024-03-11", "2024-02-12", id="across a leap day"),
        pytest.param("2023-03-11", "2023-02-11", id="without one"),
        pytest.param("2024-02-29", "2024-02-01", id="on a leap day"),
        pytest.param("2023-04-10", "2023-03-13", id="across the day the clocks go on"),
        pytest.param("2023-11-10", "2023-10-13", id="across the day they go back"),
        pytest.param("2024-01-10", "2023-12-13", id="across the new year"),
    ],
)
def test_twenty_eight_days_are_civil_days(closes_on, first_day):
    row, first = closing_on(date.fromisoformat(closes_on)), date.fromisoformat(first_day)

    assert flags(row, first - timedelta(days=1)) == []
    assert only(row, first).days == 28


@given(closes_on=st.dates(min_value=date(2020, 3, 1), max_value=date(2035, 12, 31)))
def test_as_the_days_go_by_each_threshold_comes_due_exactly_once(closes_on):
    row = closing_on(closes_on)
    days = [closes_on + timedelta(days=number) for number in range(-40, 40)]
    found = [only(row, day).key if flags(row, day) else None for day in days]

    begun = Counter(key for before, key in zip([None, *found], found, strict=False) if key and key != before)

    assert set(begun.values()) == {1}
    assert sorted(threshold for _kind, _subject, _organisation, _day, threshold in begun) == [0, *THRESHOLDS]
    assert sum(1 for key in found if key) == 29 + 28


@given(
    opens_on=st.dates(min_value=date(2020, 3, 1), max_value=date(2035, 1, 1)),
    length=st.integers(min_value=0, max_value=60),
)
def test_a_consultation_never_has_two_flags_on_a_day(opens_on, length):
    row = consultation(
        opens_at=civil_moment(opens_on),
        closes_at=civil_moment(opens_on + timedelta(days=length), datetime.max.time()),
        opens_earliest=opens_on - timedelta(days=10),
        opens_latest=opens_on + timedelta(days=10),
    )

    assert all(len(flags(row, opens_on + timedelta(days=number))) <= 1 for number in range(-40, 100))


def test_a_consultation_is_not_closing_before_it_opens():
    row = consultation(opens_at=civil_moment(date(2023, 5, 1)), closes_at=civil_moment(date(2023, 5, 11)))

    assert flags(row, date(2023, 4, 30)) == []
    assert only(row, date(2023, 5, 1)).threshold == 14


def test_a_consultation_without_a_closing_has_no_flag():
    assert flags(consultation(opens_at=civil_moment(date(2023, 5, 1))), date(2023, 5, 20)) == []


PROMISED = "“in Autumn 2023”"


@pytest.mark.parametrize(
    ("on", "kind", "reason"),
    [
        pytest.param("2023-08-31", None, "", id="the day before the window"),
        pytest.param(
            "2023-09-01",
            OPENED,
            f"Promised window opened today, 1 September 2023 ({PROMISED}), and no opening is reported",
            id="its first day",
        ),
        pytest.param(
            "2023-09-28",
            OPENED,
            f"Promised window opened 27 days ago, on 1 September 2023 ({PROMISED}), and no opening is reported",
            id="its 28th day",
        ),
        pytest.param("2023-09-29", None, "", id="its 29th day"),
        pytest.param("2023-11-30", None, "", id="its last day"),
        pytest.param(
            "2023-12-01",
            PASSED,
            f"Promised window ended 1 day ago, on 30 November 2023 ({PROMISED}), and no opening is reported",
            id="the day after",
        ),
        pytest.param(
            "2023-12-28",
            PASSED,
            f"Promised window ended 28 days ago, on 30 November 2023 ({PROMISED}), and no opening is reported",
            id="28 days after",
        ),
        pytest.param("2023-12-29", None, "", id="29 days after"),
    ],
)
def test_a_promised_window_day_by_day(on, kind, reason):
    row = consultation(opens_earliest=date(2023, 9, 1), opens_latest=date(2023, 11, 30), opens_words="in Autumn 2023")

    found = flags(row, date.fromisoformat(on))

    assert [(flag.kind, flag.reason) for flag in found] == ([(kind, reason)] if kind else [])


@pytest.mark.parametrize(
    ("earliest", "latest", "on", "kind"),
    [
        pytest.param(None, "2023-12-31", "2023-12-31", None, id="by: nothing opens"),
        pytest.param(None, "2023-12-31", "2024-01-01", PASSED, id="by: passed"),
        pytest.param("2023-09-01", None, "2023-09-01", OPENED, id="from: opened"),
        pytest.param("2023-09-01", None, "2033-09-01", None, id="from: never passed"),
        pytest.param("2023-09-01", "2023-09-05", "2023-09-05", OPENED, id="short: still open"),
        pytest.param("2023-09-01", "2023-09-05", "2023-09-06", PASSED, id="short: passed takes over"),
        pytest.param(None, None, "2023-09-01", None, id="no date"),
    ],
)
def test_promised_windows_of_other_shapes(earliest, latest, on, kind):
    row = consultation(
        opens_earliest=date.fromisoformat(earliest) if earliest else None,
        opens_latest=date.fromisoformat(latest) if latest else None,
    )

    assert [flag.kind for flag in flags(row, date.fromisoformat(on))] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("on", "kinds"),
    [
        pytest.param("2023-09-10", [OPENED], id="before it opened"),
        pytest.param("2023-09-11", [], id="the day it opened"),
        pytest.param("2023-12-01", [], id="when the window has passed"),
    ],
)
def test_a_promise_is_kept_once_something_has_opened(on, kinds):
    row = consultation(
        opens_earliest=date(2023, 9, 1),
        opens_latest=date(2023, 11, 30),
        opens_at=civil_moment(date(2023, 9, 11)),
    )

    assert [flag.kind for flag in flags(row, date.fromisoformat(on))] == kinds


def test_the_longest_reason_fits_its_column():
    row = consultation(opens_latest=date(2023, 9, 30), opens_words="w" * 200)

    assert len(only(row, date(2023, 10, 28)).reason) <= 300

"""The geometry of the window drawing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pillars.drawing import LEAST_WIDTH, Drawing, Scale, YearLine, drawing
from pillars.fuzzy_dates import Window
from pillars.timing import Promise, Timing, window_timing

PLAN = Scale(date(2023, 1, 1), date(2027, 12, 31))
YEAR = Scale(date(2023, 1, 1), date(2023, 12, 31))
COMMITTEE = date(2023, 4, 21)


def window(earliest=None, latest=None) -> Promise:
    return Promise(*(date.fromisoformat(day) if day else None for day in (earliest, latest)))


# Scale


@pytest.mark.parametrize(
    ("windows", "on", "years"),
    [
        pytest.param([], date(2030, 1, 1), (2023, 2027), id="nothing drawn"),
        pytest.param([window()], date(2030, 1, 1), (2023, 2027), id="no dates"),
        pytest.param([window("2023-03-01", "2023-05-31")], COMMITTEE, (2023, 2023), id="one year"),
        pytest.param([window("2023-03-01", "2025-03-31")], COMMITTEE, (2023, 2025), id="tighter"),
        pytest.param([window(None, "2030-12-31")], COMMITTEE, (2023, 2030), id="wider"),
        pytest.param([window("2025-02-02")], COMMITTEE, (2023, 2025), id="the day is on it"),
        pytest.param([window("2023-01-01", "2023-12-31")], date(2026, 11, 21), (2023, 2026), id="long after"),
    ],
)
def test_scale_spans_whole_years(windows, on, years):
    first, last = years

    assert Scale.for_windows(windows, on) == Scale(date(first, 1, 1), date(last, 12, 31))


def test_scale_takes_anything_with_a_window():
    read = Window(date(2024, 1, 1), date(2024, 12, 31), "2024")

    assert Scale.for_windows([read], COMMITTEE).last == date(2024, 12, 31)


@pytest.mark.parametrize(
    ("day", "percent"),
    [
        (date(2022, 6, 1), "0.0"),
        (date(2023, 1, 1), "0.0"),
        (date(2023, 4, 21), "6.0"),
        (date(2024, 1, 1), "20.0"),
        (date(2027, 12, 31), "99.9"),
        (date(2030, 1, 1), "100.0"),
    ],
)
def test_percent_of_a_day(day, percent):
    assert PLAN.percent(day) == percent


def test_year_lines():
    assert PLAN.year_lines() == (
        YearLine("2023", "0.0"),
        YearLine("2024", "20.0"),
        YearLine("2025", "40.0"),
        YearLine("2026", "60.0"),
        YearLine("2027", "80.0"),
        YearLine("", "100.0"),
    )


def test_year_lines_of_a_scale_that_begins_in_a_year():
    lines = Scale(date(2023, 2, 2), date(2024, 12, 31)).year_lines()

    assert [line.label for line in lines] == ["2024", ""]


# Drawing


def draw(earliest=None, latest=None, role="due", scale=PLAN, on=COMMITTEE, met_on=None, **more) -> Drawing:
    ends = window(earliest, latest)
    met = date.fromisoformat(met_on) if met_on else None
    timing = window_timing(ends.earliest, ends.latest, on=on, met_on=met)
    return drawing(ends.earliest, ends.latest, role, timing, scale, on, met, **more)


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        pytest.param(draw("2023-03-01", "2023-05-31"),
                     Drawing("bar", "open", x="3.2", width="5.1", today="6.0", is_crossed=True), id="open season"),
        pytest.param(draw("2024-01-01", "2024-12-31"),
                     Drawing("bar", "ahead", x="20.0", width="20.0", today="6.0"), id="a year ahead"),
        pytest.param(draw("2023-01-01", "2023-03-31"),
                     Drawing("bar", "passed", x="0.0", width="4.9", today="6.0"), id="passed"),
        pytest.param(draw("2023-04-01", "2023-04-30", met_on="2023-04-01"),
                     Drawing("bar", "met", x="4.9", width="1.7", done="4.9", today="6.0", is_crossed=True), id="met"),
        pytest.param(draw("2023-01-01", "2023-01-31", met_on="2023-03-01"),
                     Drawing("bar", "metlate", x="0.0", width="1.7", done="3.2", today="6.0"), id="met late"),
        pytest.param(draw("2023-05-11", "2023-05-11"),
                     Drawing("bar", "ahead", x="7.1", width="1.2", today="6.0"), id="a day can be seen"),
        pytest.param(draw("2027-12-31", "2027-12-31"),
                     Drawing("bar", "ahead", x="98.8", width="1.2", today="6.0"), id="the last day stays inside"),
        pytest.param(draw("2022-01-01", "2030-12-31"),
                     Drawing("bar", "open", x="0.0", width="100.0", today="6.0", is_crossed=True),
                     id="longer than the scale"),
        pytest.param(draw("2023-02-02", "2025-03-31", "phase"),
                     Drawing("bar", "phase", x="1.8", width="43.2", today="6.0", is_crossed=True), id="phase"),
        pytest.param(draw(None, "2023-12-31"),
                     Drawing("by", "ahead", x="20.0", line_from="0.0", line_to="20.0", today="6.0"), id="by"),
        pytest.param(draw(None, "2027-12-31", said_on=date(2023, 2, 2)),
                     Drawing("by", "ahead", x="100.0", line_from="1.8", line_to="100.0", today="6.0"),
                     id="by, from the day it was said"),
        pytest.param(draw(None, "2030-12-31"),
                     Drawing("by", "ahead", x="", line_from="0.0", line_to="100.0", today="6.0"),
                     id="by, its stop off the scale"),
        pytest.param(draw(None, "2023-12-31", met_on="2023-04-01"),
                     Drawing("by", "met", x="20.0", line_from="0.0", line_to="20.0", done="4.9", today="6.0"),
                     id="by, met"),
        pytest.param(draw("2023-08-01", "2023-08-31", "start"),
                     Drawing("from", "ahead", x="11.6", line_from="11.6", line_to="100.0", today="6.0"), id="from"),
        pytest.param(draw("2023-08-01", "2023-08-31", "due", edtf="2023-08/.."),
                     Drawing("from", "ahead", x="11.6", line_from="11.6", line_to="100.0", today="6.0"),
                     id="from, whatever its role"),
        pytest.param(draw("2023-03-01", "2023-05-31", "start", edtf="2023-21"),
                     Drawing("bar", "open", x="3.2", width="5.1", today="6.0", is_crossed=True),
                     id="starts in a season"),
        pytest.param(draw("2025-02-02"),
                     Drawing("from", "ahead", x="41.8", line_from="41.8", line_to="100.0", today="6.0"), id="open end"),
        pytest.param(draw("2022-02-01", "2022-02-28", "start"),
                     Drawing("from", "passed", x="", line_from="0.0", line_to="100.0", today="6.0"),
                     id="from, its window off the scale"),
        pytest.param(draw("2022-02-02"),
                     Drawing("from", "open", x="", line_from="0.0", line_to="100.0", today="6.0"),
                     id="from, its stop off the scale"),
        pytest.param(draw(None, "2025-03-31", is_conditional=True),
                     Drawing("diamond", "conditional", x="45.0", line_from="0.0", line_to="45.0", today="6.0"),
                     id="conditional, by"),
        pytest.param(draw("2026-09-01", "2026-09-30", "start", is_conditional=True),
                     Drawing("diamond", "conditional", x="73.3", line_from="73.3", line_to="100.0", today="6.0"),
                     id="conditional, from"),
        pytest.param(draw("2024-01-01", "2024-12-31", is_conditional=True),
                     Drawing("diamond", "conditional", x="40.0", line_from="20.0", line_to="40.0", today="6.0"),
                     id="conditional, in a window"),
        pytest.param(draw(), Drawing("none", "nodate", today="6.0"), id="no date"),
        pytest.param(draw("2021-01-01", "2021-12-31"), Drawing("none", "passed", today="6.0"), id="before the scale"),
        pytest.param(draw("2029-01-01", "2029-12-31"), Drawing("none", "ahead", today="6.0"), id="after the scale"),
        pytest.param(draw(None, "2023-12-31", on=date(2022, 6, 1)),
                     Drawing("by", "ahead", x="20.0", line_from="0.0", line_to="20.0"), id="the day is off the scale"),
    ],
)  # fmt: skip
def test_drawing(drawn, expected):
    assert drawn == expected


def test_conditional_without_a_window_is_words_alone():
    drawn = drawing(None, None, "due", Timing.CONDITIONAL, PLAN, COMMITTEE, None)

    assert (drawn.kind, drawn.state) == ("none", "conditional")


def test_windows_that_meet_share_an_edge():
    spring, summer = draw("2023-03-01", "2023-05-31", scale=YEAR), draw("2023-06-01", "2023-08-31", scale=YEAR)

    assert float(spring.x) + float(spring.width) == pytest.approx(float(summer.x))


# Properties

DAYS = st.dates(date(2018, 1, 1), date(2035, 12, 31))
MAYBE = st.none() | DAYS
WINDOWS = st.tuples(MAYBE, MAYBE).map(lambda ends: ends if None in ends else tuple(sorted(ends)))
SCALES = st.tuples(DAYS, DAYS).map(lambda ends: Scale(min(ends), max(ends)))


@given(WINDOWS, st.sampled_from(["due", "start", "until", "phase"]), SCALES, DAYS, MAYBE, MAYBE, st.booleans())
def test_drawing_stays_inside(ends, role, scale, on, met_on, said_on, is_conditional):
    timing = window_timing(*ends, on=on, met_on=met_on)
    drawn = drawing(*ends, role, timing, scale, on, met_on, said_on=said_on, is_conditional=is_conditional)

    places = (drawn.x, drawn.width, drawn.line_from, drawn.line_to, drawn.done, drawn.today)
    assert all(0 <= float(place) <= 100 for place in places if place)
    if drawn.kind == "bar":
        assert float(drawn.width) >= LEAST_WIDTH
        assert float(drawn.x) + float(drawn.width) < 100.001
    elif drawn.kind != "none":
        assert float(drawn.line_from) <= float(drawn.line_to)


@given(st.lists(st.builds(lambda ends: Promise(*ends), WINDOWS), min_size=1, max_size=5), DAYS)
def test_scale_holds_all_it_was_made_for(windows, on):
    scale = Scale.for_windows(windows, on)
    days = [day for item in windows for day in (item.earliest, item.latest) if day]

    assert all(scale.holds(day) for day in [*days, on] if days)


@given(SCALES, DAYS, DAYS)
def test_later_days_are_never_to_the_left(scale, one, other):
    first, second = sorted((one, other))

    assert scale.start_of(first) <= scale.start_of(second) <= scale.end_of(second)

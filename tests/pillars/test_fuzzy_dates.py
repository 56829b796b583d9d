"""What time phrases mean. The tables of cases are the specification."""

import contextlib
from datetime import date

import pytest
from edtf import Interval, parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from pillars.fuzzy_dates import (
    MAX_LENGTH,
    RULES,
    AnchorPhrase,
    Reading,
    UnreadablePhrase,
    Window,
    read_phrase,
)

STRATEGY = date(2023, 2, 2)
COMMITTEE = date(2023, 4, 21)
BRIEFING = date(2023, 3, 14)
REVIEW = date(2022, 6, 15)

ANCHORS = (
    AnchorPhrase("parliament-2019", "this Parliament", date(2019, 12, 17), date(2024, 12, 17),
                 date(2019, 12, 17), date(2024, 5, 30)),
    AnchorPhrase("parliament-2024", "this Parliament", date(2024, 7, 9), date(2029, 7, 9),
                 date(2024, 7, 9), None),
    AnchorPhrase("review-2021", "this Spending Review period", date(2022, 4, 1), date(2025, 3, 31),
                 date(2021, 10, 27), date(2025, 3, 31)),
    AnchorPhrase("next-review", "the next Spending Review", date(2025, 4, 1), date(2025, 4, 1), None, None),
)  # fmt: skip


def read(words: str, said_on: date = STRATEGY, role: str = "due") -> Reading:
    return read_phrase(words, said_on=said_on, role=role, anchors=ANCHORS)


def case(words, earliest, latest, edtf, rule, said_on=STRATEGY):
    """A row of the table: ISO days, empty for a side that is open."""
    ends = [date.fromisoformat(day) if day else None for day in (earliest, latest)]
    return pytest.param(words, said_on, Window(*ends, edtf), rule, id=f"{words} [{said_on}]")


LINCOLNSHIRE = [
    case("Spring 2023", "2023-03-01", "2023-05-31", "2023-21", "season", COMMITTEE),
    case("by July 2025", "", "2025-07-31", "../2025-07-31", "by", COMMITTEE),
    case("by the end of 2023", "", "2023-12-31", "../2023-12-31", "by", COMMITTEE),
    case("by the end of 2024", "", "2024-12-31", "../2024-12-31", "by", COMMITTEE),
    case("2023", "2023-01-01", "2023-12-31", "2023", "year", COMMITTEE),
    case("in 2023", "2023-01-01", "2023-12-31", "2023", "year", COMMITTEE),
    case("2024", "2024-01-01", "2024-12-31", "2024", "year", COMMITTEE),
    case("in Autumn 2023", "2023-09-01", "2023-11-30", "2023-23", "season", COMMITTEE),
    case("by the end of this Parliament", "", "2024-12-17", "../2024-12-17", "by", COMMITTEE),
    case("over two years", "2023-04-01", "2025-03-31", "2023-04/2025-03", "over some years", COMMITTEE),
    case("over the next two years", "2023-04-01", "2025-03-31", "2023-04/2025-03", "over some years", COMMITTEE),
    case("After two years", "2025-04-21", "", "2025-04-21/..", "after", COMMITTEE),
    case("September 2023", "2023-09-01", "2023-09-30", "2023-09", "month", COMMITTEE),
    case("By spring 2024", "", "2024-05-31", "../2024-05-31", "by", COMMITTEE),
    case("by 2027", "", "2027-12-31", "../2027-12-31", "by", COMMITTEE),
    case("by 11 May 2023", "", "2023-05-11", "../2023-05-11", "by", COMMITTEE),
    case("11 May 2023", "2023-05-11", "2023-05-11", "2023-05-11", "day", COMMITTEE),
    case("throughout April 2023", "2023-04-01", "2023-04-30", "2023-04", "month", COMMITTEE),
    case("at the end of April 2023", "2023-04-24", "2023-04-30", "2023-04-24/2023-04-30", "end of", COMMITTEE),
    case("on 3 May 2023", "2023-05-03", "2023-05-03", "2023-05-03", "day", COMMITTEE),
    case("March 2023", "2023-03-01", "2023-03-31", "2023-03", "month", COMMITTEE),
    case("in March and April 2023", "2023-03-01", "2023-04-30", "2023-03/2023-04", "two periods", COMMITTEE),
    case("in or after April 2024", "2024-04-01", "2024-04-30", "2024-04/..", "from", COMMITTEE),
    case("Before the next Spending Review", "", "2025-03-31", "../2025-03-31", "before", COMMITTEE),
    case("May 2022", "2022-05-01", "2022-05-31", "2022-05", "month", COMMITTEE),
]

OTHER_SOURCES = [
    case("After two years", "2025-02-02", "", "2025-02-02/..", "after"),
    case("over the next two years", "2023-04-01", "2025-03-31", "2023-04/2025-03", "over some years"),
    case("over four years", "2023-04-01", "2027-03-31", "2023-04/2027-03", "over some years"),
    case("Over the next 5 years", "2022-04-01", "2027-03-31", "2022-04/2027-03", "over some years", REVIEW),
    case("over the next 3 years", "2022-04-01", "2025-03-31", "2022-04/2025-03", "over some years", REVIEW),
    case("over 4 years", "2022-04-01", "2026-03-31", "2022-04/2026-03", "over some years", REVIEW),
    case("During June 2022", "2022-06-01", "2022-06-30", "2022-06", "month", REVIEW),
    case("in 2026", "2026-01-01", "2026-12-31", "2026", "year"),
    case("from this year", "2023-01-01", "2023-12-31", "2023/..", "from"),
    case("in September 2023", "2023-09-01", "2023-09-30", "2023-09", "month", BRIEFING),
    case("by Summer 2023", "", "2023-08-31", "../2023-08-31", "by", BRIEFING),
    case("by Summer 2024", "", "2024-08-31", "../2024-08-31", "by", BRIEFING),
    case("in Summer 2023", "2023-06-01", "2023-08-31", "2023-22", "season", BRIEFING),
    case("in early 2023", "2023-01-01", "2023-03-31", "2023-01/2023-03", "early or late", BRIEFING),
    case("by 2024", "", "2024-12-31", "../2024-12-31", "by", BRIEFING),
    case("by 2030", "", "2030-12-31", "../2030-12-31", "by", BRIEFING),
    case("from 2023", "2023-01-01", "2023-12-31", "2023/..", "from", BRIEFING),
    case("from 2027", "2027-01-01", "2027-12-31", "2027/..", "from", BRIEFING),
    case("from April 2023", "2023-04-01", "2023-04-30", "2023-04/..", "from", BRIEFING),
    case("from August 2023", "2023-08-01", "2023-08-31", "2023-08/..", "from", BRIEFING),
    case("from Autumn 2023", "2023-09-01", "2023-11-30", "2023-23/..", "from", BRIEFING),
    case("from September 2026", "2026-09-01", "2026-09-30", "2026-09/..", "from", BRIEFING),
    case("between 2023-2025", "2023-01-01", "2025-12-31", "2023/2025", "two periods", BRIEFING),
    case("in 2023 and 2024", "2023-01-01", "2024-12-31", "2023/2024", "two periods", BRIEFING),
    case("in 2023 to 2024", "2023-01-01", "2024-12-31", "2023/2024", "two periods", BRIEFING),
    case("in each of the next two years", "2023-04-01", "2025-03-31", "2023-04/2025-03", "over some years", BRIEFING),
    case("over the coming year", "2023-04-01", "2024-03-31", "2023-04/2024-03", "over some years", BRIEFING),
    case("by the end of the year", "", "2023-12-31", "../2023-12-31", "by", BRIEFING),
    case("this Spending Review period", "2022-04-01", "2025-03-31", "2022-04/2025-03", "named period", BRIEFING),
    case("up to the end of this Spending Review period in March 2025", "", "2025-03-31", "../2025-03-31", "until",
         BRIEFING),
    case("Before the next Spending Review period", "", "2025-03-31", "../2025-03-31", "before", BRIEFING),
    case("Tuesday 14 March 2023", "2023-03-14", "2023-03-14", "2023-03-14", "day", BRIEFING),
    case("2020/21", "2020-04-01", "2021-03-31", "2020-04/2021-03", "financial year", BRIEFING),
    case("on 31 March 2022", "2022-03-31", "2022-03-31", "2022-03-31", "day", BRIEFING),
    case("spring ’23", "2023-03-01", "2023-05-31", "2023-21", "season", date(2023, 5, 11)),
    case("over the next two years", "2023-04-01", "2025-03-31", "2023-04/2025-03", "over some years",
         date(2023, 5, 11)),
    case("by the end of this Parliament", "", "2029-07-09", "../2029-07-09", "by", date(2026, 2, 4)),
]  # fmt: skip

EDGES = [
    case("winter 2023/24", "2023-12-01", "2024-02-29", "2023-12/2024-02", "season"),
    case("winter 2022-23", "2022-12-01", "2023-02-28", "2022-12/2023-02", "season"),
    case("winter 2023 to 2024", "2023-12-01", "2024-02-29", "2023-12/2024-02", "season"),
    case("the summer of 2023", "2023-06-01", "2023-08-31", "2023-22", "season"),
    case("2023-24", "2023-04-01", "2024-03-31", "2023-04/2024-03", "financial year"),
    case("the financial year 2023 to 2024", "2023-04-01", "2024-03-31", "2023-04/2024-03", "financial year"),
    case("this financial year", "2022-04-01", "2023-03-31", "2022-04/2023-03", "financial year"),
    case("this financial year", "2023-04-01", "2024-03-31", "2023-04/2024-03", "financial year", date(2023, 4, 1)),
    case("next financial year", "2023-04-01", "2024-03-31", "2023-04/2024-03", "financial year"),
    case("by the end of 2023-24", "", "2024-03-31", "../2024-03-31", "by"),
    case("1999/00", "1999-04-01", "2000-03-31", "1999-04/2000-03", "financial year"),
    case("29 February 2024", "2024-02-29", "2024-02-29", "2024-02-29", "day"),
    case("the 11th of May, 2023", "2023-05-11", "2023-05-11", "2023-05-11", "day"),
    case("11\u00a0May\u00a02023", "2023-05-11", "2023-05-11", "2023-05-11", "day"),
    case("“by the end of 2023”.", "", "2023-12-31", "../2023-12-31", "by"),
    case("3 to 11 May 2023", "2023-05-03", "2023-05-11", "2023-05-03/2023-05-11", "two periods"),
    case("3 – 11 May 2023", "2023-05-03", "2023-05-11", "2023-05-03/2023-05-11", "two periods"),
    case("between March and June 2023", "2023-03-01", "2023-06-30", "2023-03/2023-06", "two periods"),
    case("from 2 February 2023 to 11 May 2023", "2023-02-02", "2023-05-11", "2023-02-02/2023-05-11", "two periods"),
    case("spring and summer 2023", "2023-03-01", "2023-08-31", "2023-03/2023-08", "two periods"),
    case("late 2023", "2023-10-01", "2023-12-31", "2023-10/2023-12", "early or late"),
    case("early April 2023", "2023-04-01", "2023-04-07", "2023-04-01/2023-04-07", "early or late"),
    case("early in 2023-24", "2023-04-01", "2023-06-30", "2023-04/2023-06", "early or late"),
    case("by early 2024", "", "2024-03-31", "../2024-03-31", "by"),
    case("from early 2024", "2024-01-01", "2024-03-31", "2024-01-01/..", "from"),
    case("the end of 2023", "2023-12-01", "2023-12-31", "2023-12", "end of"),
    case("at the end of autumn 2023", "2023-11-01", "2023-11-30", "2023-11", "end of"),
    case("at the end of this Parliament", "2024-12-01", "2024-12-17", "2024-12-01/2024-12-17", "end of"),
    case("by the end of April 2023", "", "2023-04-30", "../2023-04-30", "by"),
    case("before the end of 2023", "", "2023-12-31", "../2023-12-31", "by"),
    case("no later than May 2024", "", "2024-05-31", "../2024-05-31", "by"),
    case("before May 2024", "", "2024-04-30", "../2024-04-30", "before"),
    case("before the end of this Parliament", "", "2024-12-17", "../2024-12-17", "by"),
    case("until March 2025", "", "2025-03-31", "../2025-03-31", "until"),
    case("to the end of March 2025", "", "2025-03-31", "../2025-03-31", "until"),
    case("after March 2025", "2025-04-01", "", "2025-04-01/..", "after"),
    case("after 18 months", "2024-08-02", "", "2024-08-02/..", "after"),
    case("after two years", "2026-02-28", "", "2026-02-28/..", "after", date(2024, 2, 29)),
    case("within 12 months", "", "2024-02-02", "../2024-02-02", "within"),
    case("within six weeks", "", "2023-03-16", "../2023-03-16", "within"),
    case("within the next 10 days", "", "2023-02-12", "../2023-02-12", "within"),
    case("within this Parliament", "2019-12-17", "2024-12-17", "2019-12-17/2024-12-17", "named period"),
    case("2027 onwards", "2027-01-01", "2027-12-31", "2027/..", "from"),
    case("with effect from 1 April 2023", "2023-04-01", "2023-04-01", "2023-04-01/..", "from"),
    case("next year", "2024-01-01", "2024-12-31", "2024", "year"),
    case("later this year", "2023-02-02", "2023-12-31", "2023-02-02/2023-12-31", "later this year"),
    case("later this year", "2023-12-31", "2023-12-31", "2023-12-31", "later this year", date(2023, 12, 31)),
    case("later in 2023", "2023-02-02", "2023-12-31", "2023-02-02/2023-12-31", "later this year"),
    case("over two years", "2023-04-01", "2025-03-31", "2023-04/2025-03", "over some years", date(2023, 9, 30)),
    case("over two years", "2024-04-01", "2026-03-31", "2024-04/2026-03", "over some years", date(2023, 10, 1)),
]  # fmt: skip

READABLE = LINCOLNSHIRE + OTHER_SOURCES + EDGES


@pytest.mark.parametrize(("words", "said_on", "window", "rule"), READABLE)
def test_phrase_means(words, said_on, window, rule):
    reading = read(words, said_on)

    assert (reading.window, reading.rule) == (window, rule)


UNREADABLE = [
    *("", " ", ".", "soon", "shortly", "in due course", "as soon as possible", "in the immediate term"),
    *("subject to parliamentary time", "nonsense", "2023 2023", "early", "by", "from", "over", "in", "the"),
    # A winter, a month or a day that could be one of two.
    *("winter 2023", "by winter 2023", "Winter 2023 to spring 2024", "March", "throughout April"),
    *("on 3 May", "by 11 May", "at the end of April", "March and April", "spring", "next spring"),
    # No such day, or the wrong one.
    *("31 February 2023", "29 February 2023", "0 May 2023", "32 May 2023", "Monday 11 May 2023"),
    # Nearly a phrase of the table.
    *("autumn term 2023", "before the summer recess", "mid-2023", "on May 2023", "at May 2023", "20234", "23"),
    *("2023-25", "2023/22", "2023-", "early 11 May 2023", "early early 2023", "over year", "over the years"),
    *("in two years", "over 0 years", "over 100 years", "within two", "after two fortnights", "later in 2022"),
    *("in the second year", "over the first two years", "year on year from 2027", "by two years"),
    # Two windows, or two ends the wrong way round.
    *("March and June 2023", "2024 to 2023", "summer to spring 2023"),
    # Digits that are not ours.
    *("２０２３", "²⁰²³", "11 May ２０２３", "٢٠٢٣"),
    # Marks and markup.
    *("2023\x00", "2023; drop table", "<b>2023</b>", "'", "-", "- -", "/"),
    # Anchors nobody has explained.
    *("by the end of this session", "this Spending Review period in April 2025"),
]


@pytest.mark.parametrize("words", UNREADABLE, ids=repr)
def test_phrase_is_unreadable(words):
    with pytest.raises(UnreadablePhrase, match="Cannot read"):
        read(words)


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("winter 2023", "winter 2023/24"),
        ("throughout April", "words with the year"),
        ("soon", "table of time phrases"),
    ],
)
def test_unreadable_phrase_says_what_would_help(words, hint):
    with pytest.raises(UnreadablePhrase, match=hint):
        read(words)


def test_anchor_outside_its_days_is_unreadable():
    with pytest.raises(UnreadablePhrase, match="“this Parliament” meant on 2024-06-15"):
        read("by the end of this Parliament", date(2024, 6, 15))


def test_anchor_without_both_days_is_unreadable():
    half = AnchorPhrase("half", "this Parliament", None, date(2024, 12, 17), None, None)

    with pytest.raises(UnreadablePhrase):
        read_phrase("by the end of this Parliament", said_on=STRATEGY, anchors=[half])


def test_two_anchors_of_one_name_are_unreadable():
    twice = [AnchorPhrase(slug, "this Parliament", STRATEGY, STRATEGY, None, None) for slug in ("a", "b")]

    with pytest.raises(UnreadablePhrase):
        read_phrase("this Parliament", said_on=STRATEGY, anchors=twice)


@pytest.mark.parametrize(
    ("words", "said_on", "anchor"),
    [
        ("by the end of this Parliament", STRATEGY, "parliament-2019"),
        ("by the end of this Parliament", date(2024, 7, 9), "parliament-2024"),
        ("before the next Spending Review period", STRATEGY, "next-review"),
        ("late in this Parliament", STRATEGY, "parliament-2019"),
        ("by the end of 2023", STRATEGY, None),
    ],
)
def test_anchor_is_named(words, said_on, anchor):
    assert read(words, said_on).anchor == anchor


@pytest.mark.parametrize(
    ("words", "role", "window"),
    [
        ("in Spring 2023", "start", Window(date(2023, 3, 1), date(2023, 5, 31), "2023-21")),
        ("from Spring 2023", "start", Window(date(2023, 3, 1), date(2023, 5, 31), "2023-21/..")),
        ("by spring 2024", "start", Window(None, date(2024, 5, 31), "../2024-05-31")),
        ("after two years", "start", Window(date(2025, 2, 2), None, "2025-02-02/..")),
        ("March 2025", "until", Window(None, date(2025, 3, 31), "../2025-03-31")),
        ("over two years", "until", Window(date(2023, 4, 1), date(2025, 3, 31), "2023-04/2025-03")),
        ("2023 to 2025", "until", Window(date(2023, 1, 1), date(2025, 12, 31), "2023/2025")),
    ],
)
def test_only_until_opens_a_period_that_stands_alone(words, role, window):
    assert read(words, role=role).window == window


def test_unknown_role_is_refused():
    with pytest.raises(ValueError, match="due, start, until"):
        read("2023", role="ends")


@pytest.mark.parametrize("said_on", [date.min, date.max], ids=["first-day", "last-day"])
@pytest.mark.parametrize(
    "words", ["over the next 99 years", "within 99 years", "this financial year", "next year", "after 99 days"]
)
def test_ends_of_the_calendar_are_unreadable_or_read(words, said_on):
    try:
        window = read(words, said_on).window
    except UnreadablePhrase:
        return
    assert window.earliest or window.latest


@pytest.mark.parametrize(
    "words",
    ["the end of " * 1000, "early " * 2000, "2023 to " * 1500, "a" * 10_000, "1" * 10_000, "the " * 2500 + "2023"],
    ids=["end-of", "early", "to", "letters", "digits", "the"],
)
def test_long_text_is_refused_at_once(words):
    with pytest.raises(UnreadablePhrase, match=f"at most {MAX_LENGTH} characters"):
        read(words)


# The table


def test_names_of_rules_are_unique():
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(
    ("rule", "words", "said_on"),
    [pytest.param(rule.name, words, said_on, id=words) for rule in RULES for words, said_on in rule.examples],
)
def test_example_is_read_by_its_rule(rule, words, said_on):
    assert read(words, said_on).rule == rule


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_is_explained(rule):
    assert rule.examples
    assert rule.means.endswith(".")


def test_every_rule_is_tried_by_a_case():
    assert {case.values[3] for case in READABLE} == {rule.name for rule in RULES}


# EDTF: an independent reading of the same strings


@pytest.mark.parametrize(("words", "said_on", "window", "rule"), READABLE)
def test_edtf_has_the_same_bounds(words, said_on, window, rule):
    parsed = parse_edtf(window.edtf)

    if not isinstance(parsed, Interval) or ".." not in window.edtf:
        assert (_day(parsed.lower_strict()), _day(parsed.upper_strict())) == (window.earliest, window.latest)
    elif window.edtf.startswith(".."):
        assert (window.earliest, window.latest) == (None, _day(parsed.upper.upper_strict()))
    else:
        assert window.earliest == _day(parsed.lower.lower_strict())


def _day(moment) -> date:
    return date(*moment[:3])


# Properties

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
VOCABULARY = st.sampled_from(
    ["the", "end", "of", "by", "from", "before", "after", "over", "next", "two", "years", "2023", "2024",
    "'23", "2023-24", "2023/24", "spring", "winter", "march", "may", "3", "31", "early", "late", "in",
    "on", "at", "this", "Parliament", "Spending", "Review", "period", "year", "financial", "to", "and",
    "between", "until", "within", "later", "-", "12", "months", "coming", "each", "onwards", "or",
    "Tuesday"]
)  # fmt: skip


@given(st.lists(VOCABULARY, max_size=9).map(" ".join), DAYS, st.sampled_from(["due", "start", "until"]))
def test_whatever_is_read_is_a_window_in_order(words, said_on, role):
    try:
        reading = read(words, said_on, role)
    except UnreadablePhrase:
        return
    earliest, latest = reading.window.earliest, reading.window.latest
    assert earliest or latest
    assert earliest is None or latest is None or earliest <= latest
    assert parse_edtf(reading.window.edtf)


@given(st.text(max_size=MAX_LENGTH + 20), DAYS)
def test_any_text_is_read_or_refused(words, said_on):
    with contextlib.suppress(UnreadablePhrase):
        read(words, said_on)

"""Steps of an organisation's own timetable: when they are flagged, and who may know."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from consultations.models import Step
from reforms.alerts import step_flags
from reforms.alerts.actions import raise_flags
from reforms.alerts.due import flags_due, wide_flags_due
from reforms.alerts.kinds import FlagKind
from reforms.alerts.models import Flag
from tests.builders import make_council, make_organisation
from tests.reforms.alerts.conftest import at
from tests.reforms.pages.making import make_step

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DAY = date(2041, 4, 21)
CANARY = "Quinquereme"


@pytest.fixture
def council():
    return make_council().organisation


def make_due(organisation, days: int = 5, **values) -> Step:
    """A step whose last day is so many days away."""
    return make_step(
        organisation, **{"words": "in May", "earliest": None, "latest": DAY + timedelta(days=days)} | values
    )


def reasons(organisation, on: date = DAY) -> list[str]:
    return [flag.reason for flag in flags_due(on=on, organisations=[organisation.slug]) if flag.organisation]


@pytest.mark.parametrize(
    ("days", "values", "expected"),
    [
        pytest.param(8, {}, [], id="8 days before"),
        pytest.param(7, {}, ["Due in 7 days, on 28 April 2041 (“in May”)"], id="7 days before"),
        pytest.param(0, {}, ["Due today, 21 April 2041 (“in May”)"], id="its last day"),
        pytest.param(-1, {}, [], id="the day after"),
        pytest.param(1, {"earliest": DAY}, ["Window closes in 1 day, on 22 April 2041 (“in May”)"], id="a window"),
        pytest.param(1, {"role": "until"}, ["Ends in 1 day, on 22 April 2041 (“in May”)"], id="until"),
        pytest.param(1, {"known_on": DAY + timedelta(days=1)}, [], id="not known yet"),
    ],
)
def test_day_by_day(council, days, values, expected):
    make_due(council, days, **values)

    assert reasons(council) == expected


def test_it_leads_to_the_timetable_and_belongs_to_its_organisation(council):
    step = make_due(council)
    make_due(make_council().organisation)

    [flag] = wide_flags_due(on=DAY, organisations=[council.slug])
    assert flag.key == ("step_due", f"step:{council.slug}/step-{step.number}", council.slug, step.latest, 7)
    assert flag.url == f"/councils/{council.slug}/#timetable"


def test_of_a_body_that_has_no_page_of_steps():
    make_due(body := make_organisation())

    [flag] = wide_flags_due(on=DAY, organisations=[body.slug])
    assert flag.url == "/consultations/"


def test_one_query_for_any_number(council, django_assert_num_queries):
    for number in range(5):
        make_due(council, number)

    with django_assert_num_queries(1):
        assert len(list(step_flags.step_flags(DAY, None))) == 5


def test_which_came_due_and_were_over_while_nothing_ran(council):
    make_due(council, 5)
    make_due(council, 6, known_on=DAY + timedelta(days=2))
    make_due(council, 20)
    make_due(council, -1)

    found = step_flags.lapsed_days(DAY - timedelta(days=3), DAY + timedelta(days=10))

    assert sorted(found) == [DAY - timedelta(days=2), DAY + timedelta(days=2)]


# What an organisation keeps to itself


@pytest.fixture
def private(council) -> Step:
    return make_due(council, origin="written", title=CANARY, words=CANARY)


def test_a_private_step_is_flagged_only_where_private_ones_are_asked_for(council, private):
    assert reasons(council) == []
    [flag] = wide_flags_due(on=DAY, organisations=[council.slug], are_private=True)
    assert flag.is_private


PAGES = (
    "/",
    "/flags/",
    "/flags/?kind=step_due",
    "/flags/?organisation={slug}",
    "/flags.json?subject_type=step",
    "/flags.csv?organisation={slug}",
    "/councils/{slug}/",
)


def test_a_private_step_is_flagged_on_no_public_page(public, council, private, time_machine):
    time_machine.move_to(at(DAY))
    told = make_due(council, title="Told by a paper")

    pages = [public.get(page.format(slug=council.slug)).content.decode() for page in PAGES]

    assert [page for page in pages if CANARY in page or f"step-{private.number}" in page] == []
    assert sum(told.title in page or f"step-{told.number}" in page for page in pages) == 5


def test_what_is_raised_of_a_private_step_quotes_none_of_its_words(council, private):
    raise_flags(on=DAY, now=at(DAY))

    [flag] = Flag.objects.filter(kind=FlagKind.STEP_DUE)
    assert flag.organisation == council.slug
    assert CANARY not in flag.reason
    assert flag.reason == "Due in 5 days, on 26 April 2041"

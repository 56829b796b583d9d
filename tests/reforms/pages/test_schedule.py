"""Phases and milestones on one scale, in the order of time."""

from __future__ import annotations

from datetime import date

import pytest

from pillars.models import Programme
from pillars.timing import Timing
from reforms.pages.schedule import schedule
from tests.builders import make_commitment, make_deadline, make_programme, make_update
from tests.reforms.pages.making import COMMITTEE_DAY, END_OF_2023, SPRING, make_milestone, make_phase

pytestmark = pytest.mark.django_db

IN_MARCH = {"words": "in March 2023", "earliest": date(2023, 3, 1), "latest": date(2023, 3, 31)}
FROM_2025 = {"words": "after two years", "earliest": date(2025, 2, 2), "latest": None}
NEVER = {"words": "in good time", "earliest": None, "latest": None}


@pytest.fixture
def programme() -> Programme:
    return make_programme()


def of(programme: Programme, **more):
    return schedule(Programme.objects.filter(pk=programme.pk), **{"on": COMMITTEE_DAY, **more})


def titles(points) -> list[str]:
    return [point.title for point in points]


class TestMilestones:
    def test_order_of_time_with_open_ends_by_their_beginning_and_no_date_last(self, programme):
        for title, window in (("d", NEVER), ("c", FROM_2025), ("b", END_OF_2023), ("a", SPRING)):
            make_milestone(programme, title=title, **window)

        assert titles(of(programme).milestones) == ["a", "b", "c", "d"]

    @pytest.mark.parametrize(
        ("earliest", "latest", "known_on", "state"),
        [
            pytest.param(
                date(2023, 4, 1), date(2023, 4, 1), date(2023, 4, 1), "Took place 1 April 2023", id="on-its-day"
            ),
            pytest.param(date(2023, 3, 1), date(2023, 3, 31), date(2023, 4, 9), "Took place", id="told-afterwards"),
            pytest.param(
                date(2023, 3, 1),
                date(2023, 3, 31),
                date(2023, 3, 9),
                "Window passed, nothing reported, 21 days past",
                id="told-before",
            ),
        ],
    )
    def test_what_a_source_tells_of_when_it_is_over_took_place(self, programme, earliest, latest, known_on, state):
        make_milestone(programme, earliest=earliest, latest=latest, known_on=known_on, words="then")

        assert of(programme).milestones[0].state == state

    def test_what_is_reported_of_the_commitment_that_dates_it(self, programme):
        commitment = make_commitment(programme)
        make_deadline(commitment, words="in March", earliest=date(2023, 3, 1), latest=date(2023, 3, 31))
        make_update(commitment, status="slipped", happened_on=date(2023, 3, 9), known_on=date(2023, 4, 22))
        make_milestone(programme, commitment=commitment)

        (before,), (after,) = (of(programme, on=date(2023, 4, day)).milestones for day in (21, 22))
        assert before.state == "Window passed, nothing reported, 21 days past"
        assert after.state == "Window passed, last reported slipped on 9 March 2023, 22 days past"

    def test_dated_by_the_first_deadline_of_a_commitment(self, programme):
        commitment = make_commitment(programme)
        make_deadline(commitment, **SPRING)
        make_deadline(commitment, **END_OF_2023)
        make_milestone(programme, commitment=commitment)

        (point,) = of(programme).milestones

        assert point.note == "“Spring 2023”, 1 March to 31 May 2023, Window open, 40 days left"
        assert point.url == commitment.get_absolute_url()

    def test_dated_by_what_replaced_the_deadline(self, programme):
        commitment = make_commitment(programme)
        old = make_deadline(commitment, **SPRING)
        make_deadline(commitment, **END_OF_2023, replaces=old, known_on=date(2023, 5, 2))
        make_milestone(programme, commitment=commitment)

        assert of(programme).milestones[0].window == old
        assert of(programme, on=date(2023, 5, 2)).milestones[0].window.words == "by the end of 2023"

    def test_dated_by_what_replaced_the_first_deadline_before_one_that_stands(self, programme):
        commitment = make_commitment(programme)
        old = make_deadline(commitment, **SPRING)
        make_deadline(commitment, **FROM_2025)
        make_deadline(commitment, **END_OF_2023, replaces=old)
        make_milestone(programme, commitment=commitment)

        assert of(programme).milestones[0].window.words == "by the end of 2023"

    def test_commitment_that_is_not_known_yet_dates_nothing(self, programme):
        commitment = make_commitment(programme, known_on=date(2023, 5, 2))
        make_deadline(commitment, **SPRING)
        make_milestone(programme, commitment=commitment)

        assert of(programme).milestones == []
        assert len(of(programme, on=date(2023, 5, 2)).milestones) == 1

    def test_met_with_its_commitment(self, programme):
        commitment = make_commitment(programme)
        make_deadline(commitment, **SPRING)
        make_update(commitment, happened_on=date(2023, 4, 1))
        make_milestone(programme, commitment=commitment)

        assert of(programme).milestones[0].state == "Met 1 April 2023"

    def test_commitment_without_a_known_date_dates_nothing(self, programme):
        make_milestone(programme, commitment=make_commitment(programme))

        assert of(programme).milestones == []

    def test_own_words_lead_nowhere(self, programme):
        make_milestone(programme)

        assert of(programme).milestones[0].url == ""

    def test_so_many_and_only_what_has_not_passed(self, programme):
        make_milestone(programme, title="passed", **IN_MARCH)
        for number in range(3):
            make_milestone(programme, title=str(number), **SPRING)

        assert "passed" in titles(of(programme).milestones)
        assert titles(of(programme, most=2).milestones) == ["0", "1"]


class TestPhases:
    def test_phase_has_no_state_to_be_late_in(self, programme):
        make_phase(programme, **IN_MARCH)

        (phase,) = of(programme).phases

        assert (phase.state, phase.timing) == ("", Timing.PASSED)
        assert phase.note == "“in March 2023”, 1 to 31 March 2023"

    def test_come_in_groups(self, programme):
        make_phase(programme)
        assert [group["title"] for group in of(programme).groups] == ["Phases"]

        make_milestone(programme)
        assert [group["title"] for group in of(programme).groups] == ["Phases", "Milestones"]

    def test_nothing(self, programme):
        assert of(programme).groups == []


def test_one_scale_spans_everything(programme):
    make_phase(programme, **IN_MARCH)
    make_milestone(programme, words="by 2029", earliest=None, latest=date(2029, 12, 31))
    found = of(programme)

    assert (found.scale.first, found.scale.last) == (date(2023, 1, 1), date(2029, 12, 31))
    assert [len(point.drawings) for point in (*found.phases, *found.milestones)] == [1, 1]


def test_other_programmes_are_left_out(programme):
    make_phase(make_programme())
    make_milestone(make_programme())

    assert of(programme).groups == []


def test_every_row_names_its_source(public):
    page = public.get("/programmes/stable-homes/", {"as_at": "2023-04-21"})
    points = [row for group in page.context["schedule"].groups for row in group["rows"]]

    assert points
    assert all(point.citations for point in points)
    assert page.content.decode().count('class="app-tl__label"') <= page.content.decode().count('class="app-src"')

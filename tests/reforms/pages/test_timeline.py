"""Every date on one scale: what is drawn, under which head, and what is only counted."""

from __future__ import annotations

from datetime import date

import pytest

from pillars.models import Commitment, Programme
from reforms.base.as_at import AsAt
from reforms.base.clock import civil_moment
from reforms.pages.timeline import Timeline, timeline
from tests.builders import make_commitment, make_consultation, make_deadline, make_programme, make_update
from tests.queries import count_queries
from tests.reforms.pages.making import COMMITTEE_DAY, END_OF_2023, SPRING, make_milestone, make_phase

pytestmark = pytest.mark.django_db

IN_MARCH = {"words": "in March 2023", "earliest": date(2023, 3, 1), "latest": date(2023, 3, 31)}
BY_2027 = {"words": "by 2027", "latest": date(2027, 12, 31)}
FROM_2025 = {"words": "after two years", "earliest": date(2025, 2, 2)}
TODAY = date(2026, 11, 22)


@pytest.fixture
def programme() -> Programme:
    return make_programme()


def of(programme: Programme, *, on: date = COMMITTEE_DAY, is_whole: bool = True) -> Timeline:
    as_at = AsAt(now=civil_moment(TODAY), day=on)
    mine = Programme.objects.filter(pk=programme.pk)
    return timeline(mine, Commitment.objects.filter(programme=programme), as_at=as_at, is_whole=is_whole)


def heads(found: Timeline) -> dict[str, list[str]]:
    return {group.title: [row.title for row in group.rows] for group in found.groups}


class TestHeads:
    def test_past_then_open_then_ahead_by_year(self, programme):
        for title, window in (("d", BY_2027), ("c", END_OF_2023), ("b", SPRING), ("a", IN_MARCH), ("e", FROM_2025)):
            make_deadline(make_commitment(programme, title=title), **window)

        assert heads(of(programme)) == {
            "Past its window, nothing reported": ["a"],
            "Open now": ["b"],
            "Ahead, 2023": ["c"],
            "Ahead, 2025": ["e"],
            "Ahead, 2027": ["d"],
        }

    def test_what_has_passed_in_silence_goes_before_what_has_not(self, programme):
        for title in ("silent", "told of"):
            make_deadline(make_commitment(programme, title=title), **IN_MARCH)
        make_update(Commitment.objects.get(programme=programme, title="told of"), status="under_way")

        assert heads(of(programme)) == {
            "Past its window, nothing reported": ["silent"],
            "Past its window, something reported": ["told of"],
        }

    def test_what_is_met_stands_last(self, programme):
        make_deadline(make_commitment(programme, title="open"), **SPRING)
        met = make_commitment(programme, title="done")
        make_deadline(met, **END_OF_2023)
        make_update(met, happened_on=date(2023, 4, 1), known_on=date(2023, 4, 1))

        assert list(heads(of(programme))) == ["Open now", "Met"]

    def test_parts_have_rows_of_their_own(self, programme):
        whole = make_commitment(programme, title="whole")
        make_deadline(make_commitment(parent=whole, title="part", reference=f"{whole.reference}a"), **SPRING)

        assert heads(of(programme)) == {"Open now": ["part"]}

    def test_what_has_no_date_is_counted_and_not_drawn(self, programme):
        make_commitment(programme)

        found = of(programme)

        assert (found.count, found.undated) == (0, 1)

    def test_an_open_consultation_and_one_that_closed(self, programme):
        make_consultation(programme=programme, title="Views", closes_on=date(2023, 5, 11))

        assert heads(of(programme)) == {"Open now": ["Views"]}
        assert heads(of(programme, on=date(2023, 6, 1))) == {"Closed": ["Views"]}


class TestPoints:
    def test_phases_and_milestones_of_their_own_words_come_first(self, programme):
        make_phase(programme, title="Phase one")
        make_milestone(programme, title="A mark")

        assert heads(of(programme)) == {"Phases and milestones": ["Phase one", "A mark"]}

    def test_a_milestone_that_a_commitment_dates_is_said_of_the_commitment(self, programme):
        commitment = make_commitment(programme)
        make_deadline(commitment, **SPRING)
        make_milestone(programme, commitment=commitment)

        (group,) = of(programme).groups

        assert group.title == "Open now"
        assert group.rows[0].note.startswith("Milestone, ")

    def test_one_pillar_has_no_phases(self, programme):
        make_phase(programme)

        assert of(programme, is_whole=False).groups == []


def test_as_many_queries_for_many_dates(programme):
    make_deadline(make_commitment(programme), **SPRING)
    make_milestone(programme)
    few = count_queries(lambda: of(programme))
    for _ in range(9):
        make_deadline(make_commitment(programme), **SPRING)
        make_milestone(programme)
        make_consultation(programme=programme)

    assert count_queries(lambda: of(programme)) <= few + 1

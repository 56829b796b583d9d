"""What is reported of promises: late only by two published facts, and only once a source had come out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pillars.ledger import entries
from pillars.models import Commitment, Programme
from reforms.pages.told import Kept, Told, told
from tests.builders import make_citation, make_commitment, make_deadline, make_programme, make_source, make_update

pytestmark = pytest.mark.django_db

DAY = date(2023, 7, 1)
SPRING = {"words": "in Spring 2023", "earliest": date(2023, 3, 1), "latest": date(2023, 5, 31)}


@pytest.fixture
def programme() -> Programme:
    return make_programme()


def of(programme: Programme, *, on: date = DAY) -> Told:
    return told(programme, entries(programme.commitments.all(), on=on, is_cited=False), on=on)


def promised(programme: Programme, **values) -> Commitment:
    commitment = make_commitment(programme, **values)
    make_deadline(commitment, **SPRING)
    return commitment


def references(kept: list[Kept]) -> list[str]:
    return [each.entry.reference for each in kept]


class TestMet:
    @pytest.mark.parametrize(
        ("happened_on", "basis", "group", "words"),
        [
            pytest.param("2023-05-31", "stated", "in_time", "Met on 31 May 2023", id="on the last day"),
            pytest.param("2023-04-01", "inferred", "in_time",
                         "Met on 1 April 2023 (day inferred by us)", id="by a day we infer"),
            pytest.param("2023-06-01", "stated", "late",
                         "Met on 1 June 2023, 1 day after the last day of its window", id="the day after"),
            pytest.param("2023-06-30", "inferred", "late",
                         "Met on 30 June 2023 (day inferred by us), 30 days after the last day of its window",
                         id="late, by a day we infer"),
        ],
    )  # fmt: skip
    def test_against_the_last_day(self, programme, happened_on: str, basis: str, group: str, words: str):
        make_update(promised(programme), happened_on=date.fromisoformat(happened_on), date_basis=basis)
        found = of(programme)

        assert [each.reported for each in getattr(found, group)] == [words]
        assert len([*found.late, *found.in_time, *found.undated]) == 1

    def test_without_a_last_day_nothing_is_in_time_or_late(self, programme):
        make_update(make_commitment(programme), happened_on=DAY)
        make_update(make_deadline(make_commitment(programme), words="from 2022", earliest=date(2022, 1, 1)).commitment)
        found = of(programme)

        assert [each.promised for each in found.undated] == ["", "“from 2022”: from 1 January 2022"]
        assert (found.late, found.in_time) == ([], [])

    def test_silence_is_neither(self, programme):
        promised(programme)

        assert of(programme, on=date(2026, 1, 1)) == Told(late=[], in_time=[], undated=[], turns=[], moved=[])

    def test_words_and_places_of_both_facts(self, programme):
        commitment = promised(programme)
        update = make_update(commitment, happened_on=date(2023, 6, 1))
        before, after = make_citation(), make_citation()
        commitment.deadlines.get().citations.add(before)
        update.citations.add(after)
        [kept] = of(programme).late

        assert kept.promised == "“in Spring 2023”: 1 March to 31 May 2023"
        assert (kept.promised_in, kept.reported_in, kept.report) == ([before], [after], update)

    def test_part_is_named_by_itself(self, programme):
        whole = make_commitment(programme)
        late, other = (promised(programme, parent=whole) for _ in range(2))
        make_update(late, happened_on=date(2023, 6, 1))
        found = of(programme)

        assert (references(found.late), found.late_parts) == ([late.reference], 1)
        make_update(other, happened_on=date(2023, 6, 2))
        assert references(of(programme).late) == [late.reference, other.reference]

    def test_from_the_day_its_source_came_out(self, programme):
        make_update(promised(programme), happened_on=date(2023, 6, 1), known_on=DAY)

        assert of(programme, on=DAY - timedelta(days=1)).late == []
        assert len(of(programme).late) == 1


class TestTurns:
    def test_one_event_tells_of_several(self, programme):
        first, second, third = (promised(programme) for _ in range(3))
        for commitment in (first, second):
            make_update(commitment, status="slipped", happened_on=date(2023, 6, 1), summary="To autumn.")
        make_update(third, status="changed", happened_on=date(2023, 5, 1), date_basis="inferred", summary="Otherwise.")

        [(slipped, [one]), (changed, [other])] = of(programme).turns
        assert (slipped.label, changed.label) == ("Slipped", "Changed")
        assert ([each.reference for each in one.entries], one.day) == (
            *([first.reference, second.reference], "1 June 2023"),
        )
        assert other.day == "1 May 2023 (day inferred by us)"

    @pytest.mark.parametrize("status", ["met", "under_way", "not_yet"])
    def test_no_other_report_is_one(self, programme, status: str):
        make_update(promised(programme), status=status, happened_on=DAY)

        assert of(programme).turns == []

    def test_from_the_day_it_was_known(self, programme):
        make_update(promised(programme), status="slipped", happened_on=date(2023, 6, 1), known_on=DAY)

        assert of(programme, on=DAY - timedelta(days=1)).turns == []
        assert len(of(programme).turns) == 1


def test_a_date_that_moved(programme):
    commitment = promised(programme)
    place = make_citation(make_source(known_on=DAY))
    old = commitment.deadlines.get()
    later = make_deadline(commitment, words="by 2025", latest=date(2025, 12, 31), replaces=old, known_on=DAY)
    later.citations.add(place)

    [moved] = of(programme).moved
    assert (moved.entry.reference, moved.before, moved.after, moved.citations) == (
        *(commitment.reference, "in Spring 2023", "by 2025", [place]),
    )
    assert of(programme, on=DAY - timedelta(days=1)).moved == []

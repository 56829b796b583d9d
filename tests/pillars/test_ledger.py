"""Commitments as rows of a ledger: dates, state, money and parts, as known on a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pillars.ledger import Entry, draw_all, entries, every, met_on
from pillars.models import Commitment, Deadline, ProgressUpdate
from pillars.outcomes import Outcome
from pillars.timing import Timing
from tests.builders import (
    make_citation,
    make_commitment,
    make_deadline,
    make_funding,
    make_organisation,
    make_pillar,
    make_programme,
    make_update,
)

pytestmark = pytest.mark.django_db

DAY = date(2023, 4, 21)
LATER = date(2023, 6, 1)
SPRING = {"words": "Spring 2023", "earliest": date(2023, 3, 1), "latest": date(2023, 5, 31)}
END_OF_2023 = {"words": "by the end of 2023", "latest": date(2023, 12, 31)}
WINTER = {"words": "winter 2022/23", "earliest": date(2022, 12, 1), "latest": date(2023, 2, 28)}


@pytest.fixture
def commitment() -> Commitment:
    return make_commitment()


def row(commitment: Commitment, *, on: date = DAY) -> Entry:
    """The commitment's own row, with its parts."""
    found = entries(commitment.programme.commitments.all(), on=on)
    return next(each for each in found if each.commitment == commitment)


class TestLastReport:
    """A window that has passed is silent only where nobody has reported anything."""

    def test_of_its_own(self, commitment):
        make_deadline(commitment, **WINTER)
        for number, (status, day) in enumerate(
            [("not_yet", date(2023, 1, 5)), ("under_way", date(2023, 3, 9))], start=1
        ):
            make_update(commitment, number=number, status=status, happened_on=day)

        assert row(commitment).state == "Window passed, last reported under way on 9 March 2023, 52 days past"

    def test_of_the_part_whose_date_decides(self, commitment):
        part, other = make_commitment(parent=commitment), make_commitment(parent=commitment)
        make_deadline(part, **WINTER)
        make_update(part, status="slipped", happened_on=date(2023, 3, 9))
        make_update(other, status="under_way", happened_on=date(2023, 4, 1))

        assert row(commitment).state == "Window passed, last reported slipped on 9 March 2023, 52 days past"

    def test_of_another_date_that_was_met(self, commitment):
        make_deadline(commitment, **WINTER)
        other = make_deadline(commitment, words="in January", earliest=date(2023, 1, 1), latest=date(2023, 1, 31))
        make_update(commitment, deadline=other, happened_on=date(2023, 1, 9))

        state = row(commitment).state
        assert state == "Window passed, last reported one of its dates met on 9 January 2023, 52 days past"


class TestOutcome:
    """The name of a row's glyph: silence looks different from a report."""

    def test_passed_in_silence(self, commitment):
        make_deadline(commitment, **WINTER)

        assert row(commitment).mark is Outcome.PASSED

    @pytest.mark.parametrize("status", [each for each in ProgressUpdate.Status if each != "met"])
    def test_passed_with_a_report(self, commitment, status: str):
        make_deadline(commitment, **WINTER)
        make_update(commitment, status=status, known_on=LATER)

        assert row(commitment).mark is Outcome.PASSED
        assert row(commitment, on=LATER).mark is Outcome.PASSED_REPORTED

    def test_a_report_changes_nothing_before_the_window_has_passed(self, commitment):
        make_deadline(commitment, **SPRING)
        make_update(commitment, status="under_way")

        assert row(commitment).mark is Outcome.OPEN


class TestEntries:
    def test_parts_stand_in_their_own(self, commitment):
        first, second = make_commitment(parent=commitment), make_commitment(parent=commitment)
        other = make_commitment(commitment.programme)

        rows = entries(commitment.programme.commitments.all(), on=DAY)

        assert [each.reference for each in rows] == [commitment.reference, other.reference]
        assert [each.commitment for each in rows[0].parts] == [first, second]
        assert [each.commitment for each in every(rows)] == [commitment, first, second, other]

    def test_part_without_its_own_in_the_query_stands_alone(self, commitment):
        part = make_commitment(parent=commitment)

        assert [each.commitment for each in entries(commitment.parts.all(), on=DAY)] == [part]

    def test_part_whose_own_is_not_known_yet_stands_alone(self):
        own = make_commitment(known_on=LATER)
        part = make_commitment(parent=own)

        assert [each.commitment for each in entries(own.programme.commitments.all(), on=DAY)] == [part]

    def test_what_was_merged_is_left_out(self, commitment):
        make_commitment(commitment.programme, merged_into=commitment)

        assert [each.commitment for each in entries(commitment.programme.commitments.all(), on=DAY)] == [commitment]

    def test_commitment_is_there_from_the_day_it_is_known(self):
        commitment = make_commitment(known_on=DAY)
        everything = commitment.programme.commitments.all()

        assert entries(everything, on=DAY - timedelta(days=1)) == []
        assert len(entries(everything, on=DAY)) == 1

    @pytest.mark.parametrize(
        ("make", "facts"),
        [
            pytest.param(make_deadline, "deadlines", id="deadline"),
            pytest.param(make_update, "updates", id="progress"),
            pytest.param(make_funding, "funding", id="money"),
        ],
    )
    def test_facts_are_there_from_the_day_they_are_known(self, commitment, make: Callable, facts: str):
        make(commitment, known_on=LATER)

        assert not getattr(row(commitment, on=LATER - timedelta(days=1)), facts)
        assert len(getattr(row(commitment, on=LATER), facts)) == 1

    def test_no_rows(self):
        assert entries(make_programme().commitments.all(), on=DAY) == []


class TestMovedDeadline:
    @pytest.fixture
    def moved(self, commitment) -> tuple[Deadline, Deadline]:
        """Due in spring 2023; from 1 June 2023 due by the end of the year."""
        first = make_deadline(commitment, **SPRING)
        return first, make_deadline(commitment, **END_OF_2023, replaces=first, known_on=LATER)

    def test_stands_until_the_other_is_known(self, commitment, moved):
        assert row(commitment, on=date(2023, 5, 31)).deadlines == [moved[0]]
        assert row(commitment, on=LATER).deadlines == [moved[1]]

    def test_state_follows(self, commitment, moved):
        assert row(commitment, on=date(2023, 5, 31)).timing is Timing.CLOSING
        assert row(commitment, on=LATER).timing is Timing.AHEAD

    def test_words_follow(self, commitment, moved):
        assert row(commitment, on=date(2023, 5, 31)).words == "“Spring 2023”"
        assert row(commitment, on=LATER).words == "“by the end of 2023”"

    def test_moved_twice(self, commitment, moved):
        last = make_deadline(commitment, words="in 2025", replaces=moved[1], known_on=date(2024, 1, 5))

        assert row(commitment, on=date(2024, 1, 5)).deadlines == [last]

    def test_met_of_the_old_date_is_not_met_of_the_new(self, commitment, moved):
        make_update(commitment, deadline=moved[0], happened_on=date(2023, 6, 2), known_on=date(2023, 6, 2))

        assert row(commitment, on=date(2023, 6, 3)).timing is Timing.AHEAD


STATES = [
    pytest.param([], {}, Timing.NO_DATE, "No date given", id="no-date"),
    pytest.param([SPRING], {}, Timing.OPEN, "Window open, 40 days left", id="open"),
    pytest.param([END_OF_2023], {}, Timing.AHEAD, "Ahead", id="by-a-day-far-off"),
    pytest.param([WINTER], {}, Timing.PASSED, "Window passed, nothing reported, 52 days past", id="passed"),
    pytest.param([END_OF_2023, SPRING], {}, Timing.OPEN, "Window open, 40 days left", id="the-next-decides"),
    pytest.param(
        [{"words": "in good time"}], {"condition": "if agreed"}, Timing.CONDITIONAL, "Conditional: if agreed",
        id="condition-and-words-without-a-date",
    ),
    pytest.param([], {"condition": "if agreed"}, Timing.CONDITIONAL, "Conditional: if agreed", id="condition"),
    pytest.param([SPRING], {"condition": "if agreed"}, Timing.OPEN, "Window open, 40 days left", id="dated-condition"),
]  # fmt: skip


class TestState:
    @pytest.mark.parametrize(("deadlines", "values", "timing", "words"), STATES)
    def test_state(self, deadlines: list[dict], values: dict, timing: Timing, words: str):
        commitment = make_commitment(**values)
        for deadline in deadlines:
            make_deadline(commitment, **deadline)

        assert row(commitment).timing is timing
        assert row(commitment).state == words

    def test_met(self, commitment):
        make_deadline(commitment, **SPRING)
        make_update(commitment, happened_on=date(2023, 4, 1), known_on=date(2023, 4, 2))

        assert row(commitment, on=date(2023, 4, 1)).timing is Timing.OPEN
        assert row(commitment, on=date(2023, 4, 2)).state == "Met 1 April 2023"

    def test_met_late(self, commitment):
        make_deadline(commitment, **WINTER)
        make_update(commitment, happened_on=date(2023, 3, 14))

        assert row(commitment).state == "Met late, 14 March 2023, by 14 days"

    @pytest.mark.parametrize("status", [each for each in ProgressUpdate.Status if each != "met"])
    def test_no_other_report_meets_it(self, commitment, status: str):
        make_deadline(commitment, **SPRING)
        make_update(commitment, status=status)

        assert row(commitment).timing is Timing.OPEN

    def test_one_deadline_met_leaves_the_other_to_decide(self, commitment):
        first = make_deadline(commitment, **SPRING)
        make_deadline(commitment, **END_OF_2023)
        make_update(commitment, deadline=first)

        assert row(commitment).timing is Timing.AHEAD
        assert row(commitment).deciding.words == "by the end of 2023"


class TestParts:
    def test_commitment_without_a_date_stands_by_its_parts(self, commitment):
        make_deadline(make_commitment(parent=commitment), **END_OF_2023)
        deciding = make_deadline(make_commitment(parent=commitment), **SPRING)

        found = row(commitment)

        assert found.is_dated_by_parts
        assert (found.timing, found.deciding) == (Timing.OPEN, deciding)
        assert found.words == "“by the end of 2023”, “Spring 2023”"
        assert found.means == "1 March to 31 May 2023"

    def test_own_date_goes_before_those_of_parts(self, commitment):
        make_deadline(commitment, **END_OF_2023)
        make_deadline(make_commitment(parent=commitment), **SPRING)

        assert not row(commitment).is_dated_by_parts
        assert row(commitment).words == "“by the end of 2023”"
        assert row(commitment).timing is Timing.AHEAD

    def test_part_met_leaves_the_next_to_decide(self, commitment):
        first, second = make_commitment(parent=commitment), make_commitment(parent=commitment)
        make_deadline(first, **SPRING)
        make_deadline(second, **END_OF_2023)
        make_update(first, happened_on=date(2023, 4, 1))

        assert row(commitment).timing is Timing.AHEAD

    def test_all_parts_met_is_met(self, commitment):
        for day in (date(2023, 3, 20), date(2023, 4, 1)):
            part = make_commitment(parent=commitment)
            make_deadline(part, **SPRING)
            make_update(part, happened_on=day)

        assert row(commitment).timing is Timing.MET
        assert row(commitment).state == "Met 1 April 2023"

    def test_last_part_met_late_says_when(self, commitment):
        part = make_commitment(parent=commitment)
        make_deadline(part, **WINTER)
        make_update(part, happened_on=date(2023, 3, 14))

        assert row(commitment).state == "Met late, 14 March 2023, by 14 days"

    def test_part_without_a_date_keeps_the_whole_from_being_met(self, commitment):
        dated, other = make_commitment(parent=commitment), make_commitment(parent=commitment)
        make_deadline(dated, **SPRING)
        make_update(dated, happened_on=date(2023, 4, 1))

        found = row(commitment)
        assert (found.timing, found.deciding, found.state) == (
            Timing.NO_DATE,
            None,
            "Met in part, the rest has no date",
        )

        make_update(other, happened_on=date(2023, 4, 2))
        assert row(commitment).state == "Met 1 April 2023"

    def test_parts_without_dates_leave_no_date(self, commitment):
        make_commitment(parent=commitment)

        assert row(commitment).timing is Timing.NO_DATE
        assert not row(commitment).is_dated_by_parts

    def test_money_of_parts_where_it_has_none(self, commitment):
        for amount in (45_000_000, 9_000_000):
            make_funding(make_commitment(parent=commitment), amount=amount)

        assert row(commitment).money == "£45m, £9m"

    def test_own_money_goes_before_that_of_parts(self, commitment):
        make_funding(commitment, amount=45_000_000)
        make_funding(make_commitment(parent=commitment), amount=9_000_000)

        assert row(commitment).money == "£45m"

    @pytest.mark.parametrize("make", [make_deadline, make_funding], ids=["date", "money"])
    def test_dated_or_funded_through_a_part(self, commitment, make: Callable):
        part = make_commitment(parent=commitment)
        assert not row(commitment).is_dated_or_funded

        make(part)
        assert row(commitment).is_dated_or_funded


class TestWords:
    def test_the_same_words_stand_once(self, commitment):
        for _ in range(2):
            make_deadline(make_commitment(parent=commitment), **SPRING)

        assert row(commitment).words == "“Spring 2023”"

    def test_nothing_to_say(self, commitment):
        found = row(commitment)

        assert (found.words, found.means, found.money, found.note) == ("", "", "", "")

    def test_note_of_a_part(self, commitment):
        part = make_commitment(parent=commitment)
        make_deadline(part, **SPRING)
        make_funding(part, amount=Decimal(3_000_000))

        assert row(commitment).parts[0].note == "“Spring 2023”, £3m"

    def test_meta_says_how_firmly_and_who(self):
        lead = make_organisation(name="Department for Education", short_name="DfE")
        firm = make_commitment(lead=lead)
        asked = make_commitment(strength=Commitment.Strength.CONSULT_ON)

        assert row(firm).meta == "Firm, DfE"
        assert row(asked).meta == "Consult on"

    def test_sources_stand_with_it(self, commitment):
        place = make_citation()
        commitment.citations.add(place)

        assert row(commitment).citations == [place]

    def test_past(self, commitment):
        make_deadline(commitment, **WINTER)

        assert row(commitment).past == "52 days past"

    def test_latest_update(self, commitment):
        make_update(commitment, happened_on=date(2023, 3, 1), status=ProgressUpdate.Status.SLIPPED)
        earlier = make_update(commitment, happened_on=date(2023, 2, 1), status=ProgressUpdate.Status.UNDER_WAY)

        assert row(commitment).updates[0] == earlier
        assert row(commitment).latest_update.status == "slipped"


class TestMetOn:
    def test_first_day_that_a_source_says(self, commitment):
        updates = [make_update(commitment, happened_on=day) for day in (date(2023, 4, 2), date(2023, 4, 1))]

        assert met_on(updates, None) == date(2023, 4, 1)

    def test_of_another_deadline_does_not_count(self, commitment):
        first, second = make_deadline(commitment, **SPRING), make_deadline(commitment, **END_OF_2023)
        update = make_update(commitment, deadline=first, happened_on=date(2023, 4, 1))

        assert met_on([update], first) == date(2023, 4, 1)
        assert met_on([update], second) is None
        assert met_on([update], None) is None

    def test_of_the_whole_counts_for_every_deadline(self, commitment):
        update = make_update(commitment, happened_on=date(2023, 4, 1))

        assert met_on([update], make_deadline(commitment, **SPRING)) == date(2023, 4, 1)

    def test_nothing(self):
        assert met_on([], None) is None


class TestDraw:
    def test_one_scale_for_all(self, commitment):
        make_deadline(commitment, **SPRING)
        part = make_commitment(parent=commitment)
        make_deadline(part, words="in 2027", earliest=date(2027, 1, 1), latest=date(2027, 12, 31))
        rows = entries(commitment.programme.commitments.all(), on=DAY)

        scale = draw_all(rows, on=DAY)

        assert scale.first <= date(2023, 3, 1)
        assert scale.last >= date(2027, 12, 31)
        assert [len(each.drawings) for each in every(rows)] == [1, 1]

    def test_row_dated_by_its_parts_is_drawn_with_them(self, commitment):
        for window in (SPRING, END_OF_2023):
            make_deadline(make_commitment(parent=commitment), **window)
        rows = entries(commitment.programme.commitments.all(), on=DAY)

        draw_all(rows, on=DAY)

        assert len(rows[0].drawings) == 2

    def test_nothing_to_draw(self, commitment):
        rows = entries(commitment.programme.commitments.all(), on=DAY)

        draw_all(rows, on=DAY)

        assert rows[0].drawings == []


def test_queries_do_not_grow_with_rows():
    programme = make_programme()
    pillar = make_pillar(programme)

    def grow(times: int) -> None:
        for _ in range(times):
            commitment = make_commitment(pillar=pillar, lead=make_organisation())
            for each in (commitment, make_commitment(parent=commitment)):
                deadline = make_deadline(each, **SPRING)
                make_update(each, deadline=deadline, status="under_way")
                make_funding(each)
                each.citations.add(make_citation())

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            rows = entries(programme.commitments.all(), on=DAY)
            draw_all(rows, on=DAY)
            for each in every(rows):
                assert all((each.state, each.words, each.means, each.money, each.meta, each.note))
                assert [str(place) for place in each.citations]
        return len(queries)

    grow(2)
    few = count()
    grow(18)

    assert count() == few

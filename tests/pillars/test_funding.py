"""The picture of the money: totals by role, by pillar and by year, with what is never added."""

from __future__ import annotations

from datetime import date

import pytest

from pillars.funding import Share, by_years, known_lines, picture, shares_of_pillars, years_words
from pillars.funding_words import cautions
from pillars.models import FundingLine, Programme
from tests.builders import make_commitment, make_funding, make_pillar, make_programme
from tests.queries import count_queries

pytestmark = pytest.mark.django_db

DAY = date(2023, 4, 21)
MILLION = 1_000_000
Role, Shape = FundingLine.Role, FundingLine.Shape


@pytest.fixture
def programme() -> Programme:
    FundingLine.objects.exclude(part_of=None).delete()  # a whole is protected by its parts
    FundingLine.objects.all().delete()
    return make_programme()


@pytest.fixture
def commitment(programme):
    return make_commitment(pillar=make_pillar(programme))


def make_headline(programme: Programme, millions: int) -> FundingLine:
    line = make_funding(make_commitment(programme), role=Role.HEADLINE, amount=millions * MILLION)
    line.commitment = None
    line.save()
    return line


def drawn(*, on: date = DAY):
    return picture(known_lines(on=on))


def said(title: str) -> str:
    return next(each.text for each in cautions(drawn()) if title in each.title)


class TestTotals:
    def test_each_role_apart(self, programme, commitment):
        make_headline(programme, 200)
        make_funding(commitment, amount=45 * MILLION)
        make_funding(commitment, amount=9 * MILLION)
        make_funding(commitment, amount=7 * MILLION, role=Role.CONTEXT)

        found = drawn().totals

        assert {role: each.amount for role, each in found.items()} == {
            "headline": 200 * MILLION,
            "itemised": 54 * MILLION,
        }
        assert found["itemised"].working == "£45m + £9m"

    def test_a_whole_is_counted_once(self, commitment):
        whole = make_funding(commitment, amount=27 * MILLION)
        make_funding(commitment, amount=3 * MILLION, part_of=whole)
        make_funding(commitment, amount=24 * MILLION, part_of=whole)

        assert drawn().itemised.amount == 27 * MILLION

    def test_unlike_things_are_never_added(self, commitment):
        make_funding(commitment, shape=Shape.RATE, amount=3000, amount_from=1000)
        make_funding(commitment, shape=Shape.PERCENTAGE, amount=None, percent="12.43")
        make_funding(commitment, shape=Shape.UNSPECIFIED, amount=None)

        assert drawn().totals == {}
        assert len(drawn().rates) == 2

    def test_bars_share_the_scale_of_the_largest(self, programme, commitment):
        make_headline(programme, 200)
        make_funding(commitment, amount=50 * MILLION)

        assert [(role, bar.width) for role, bar in drawn().bars] == [("headline", "100.0"), ("itemised", "25.0")]

    def test_lines_inside_the_headline_stand_one_after_another(self, programme, commitment):
        make_headline(programme, 200)
        make_funding(commitment, amount=50 * MILLION)
        make_funding(commitment, amount=100 * MILLION)

        assert [(bar.x, bar.width) for bar in drawn().inside] == [("0.0", "50.0"), ("50.0", "25.0")]

    def test_more_than_the_headline_is_not_drawn_inside_it(self, programme, commitment):
        make_headline(programme, 20)
        make_funding(commitment, amount=50 * MILLION)

        assert drawn().inside == []

    def test_only_what_was_known_on_the_day(self, commitment):
        make_funding(commitment, known_on=date(2023, 6, 1))

        assert drawn().lines == ()
        assert len(drawn(on=date(2023, 6, 1)).lines) == 1


class TestShares:
    def test_a_line_is_counted_in_the_pillar_of_its_own_commitment(self, programme, commitment):
        other = make_commitment(pillar=make_pillar(programme))
        line = make_funding(commitment, amount=45 * MILLION)
        line.also_funds.add(other)

        first, second = shares_of_pillars(known_lines(on=DAY), [commitment.pillar, other.pillar])

        assert (first.amount, second.amount) == (45 * MILLION, None)
        assert second.shared == (line,)

    def test_what_cannot_be_added_stands_beside(self, commitment):
        rate = make_funding(commitment, shape=Shape.RATE, amount=3000)

        (share,) = shares_of_pillars(known_lines(on=DAY), [commitment.pillar])

        assert share.others == (rate,)

    def test_years_given_together_are_not_split(self, commitment):
        make_funding(commitment, amount=30 * MILLION, years=["2023-24", "2024-25"])
        make_funding(commitment, amount=24 * MILLION, years=["2023-24", "2024-25"])
        make_funding(commitment, amount=9 * MILLION)

        found: list[Share] = by_years(known_lines(on=DAY))

        assert [(each.title, each.amount, each.working) for each in found] == [
            ("2023-24 and 2024-25 together", 54 * MILLION, "£30m + £24m"),
            ("No years given", 9 * MILLION, ""),
        ]

    @pytest.mark.parametrize(
        ("years", "words"),
        [
            pytest.param([], "No years given", id="none"),
            pytest.param(["2023-24"], "2023-24", id="one"),
            pytest.param(["2023-24", "2024-25"], "2023-24 and 2024-25 together", id="two"),
            pytest.param(["2023-24", "2024-25", "2025-26"], "2023-24, 2024-25 and 2025-26 together", id="three"),
        ],
    )
    def test_years_in_words(self, years, words):
        assert years_words(years) == words


class TestCautions:
    def test_no_source_says_what_is_inside(self, programme, commitment):
        make_headline(programme, 200)
        make_funding(commitment, amount=135 * MILLION)

        assert said("Inside the headline") == (
            "No source says which of these lines are inside the £200m. "
            "£135m is itemised. If all of it is inside, £65m is not."
        )

    def test_more_is_itemised_than_announced(self, programme, commitment):
        make_headline(programme, 100)
        make_funding(commitment, amount=135 * MILLION)

        assert "more than the headline" in said("Inside the headline")

    def test_parts_that_make_up_their_whole(self, commitment):
        whole = make_funding(commitment, amount=27 * MILLION)
        make_funding(commitment, amount=3 * MILLION, part_of=whole)
        make_funding(commitment, amount=24 * MILLION, part_of=whole)

        assert "counted once" in said("£27m is £3m + £24m")

    def test_parts_that_do_not_add_up(self, commitment):
        whole = make_funding(commitment, amount=2_600 * MILLION, role=Role.ASKED)
        for millions in (46, 987, 1257, 233):
            make_funding(commitment, amount=millions * MILLION, role=Role.ASKED, part_of=whole)

        assert "£46m + £987m + £1.257bn + £233m = £2.523bn, which is £77m less" in said("£2.6bn or £2.523bn?")

    def test_the_same_sum_twice_is_different_money(self, commitment):
        whole = make_funding(commitment, title="Fostering", amount=27 * MILLION)
        make_funding(commitment, title="Capacity", amount=24 * MILLION, part_of=whole)
        make_funding(commitment, title="Education", amount=24 * MILLION)

        assert said("£24m stands twice") == ("Capacity, part of £27m; Education, by itself. This is different money.")

    def test_nothing_to_say(self, commitment):
        make_funding(commitment)

        assert cautions(drawn()) == []


def test_as_many_queries_for_many_lines(commitment):
    make_funding(commitment).also_funds.add(make_commitment())
    few = count_queries(lambda: known_lines(on=DAY))
    for _ in range(9):
        make_funding(make_commitment(pillar=make_pillar())).also_funds.add(make_commitment())

    assert count_queries(lambda: known_lines(on=DAY)) == few

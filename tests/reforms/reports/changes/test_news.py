"""Every kind of change between two days, counted and told a few at a time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pillars.models import Organisation
from reforms.alerts.feeds.changes import changes
from reforms.alerts.feeds.told import Asked, ChangeKind
from reforms.base.as_at import AsAt
from reforms.reports.changes.kinds import AREAS, HEADINGS, ORDER
from tests.builders import (
    make_citation,
    make_commitment,
    make_consultation,
    make_council,
    make_deadline,
    make_organisation,
    make_pillar,
    make_position,
    make_response,
    make_source,
    make_update,
    make_version,
    make_view,
    make_wording,
)
from tests.queries import count_queries
from tests.reforms.reports.changes.making import BEFORE, DURING, LONG_AGO, NOW, SINCE, TODAY, news, references, told

pytestmark = pytest.mark.django_db
Kind = ChangeKind
CANARY = "KNOWN-ONLY-TO-US"


def test_every_kind_has_a_place_and_a_heading():
    assert sorted(ORDER) == sorted(ChangeKind) == sorted(HEADINGS)
    assert sorted(kind for area in AREAS for kind in area.kinds) == sorted(ChangeKind)


def test_nothing_new_is_nothing_told():
    assert set(news().counts.values()) == {0}


def test_it_tells_all_that_the_feed_tells():
    """What was published between two days is on the page as it is in the feed."""
    since, until = date(2023, 4, 21), date(2026, 11, 1)
    found = news(on=until, since=since)
    ours = {change.name for kind in found.kinds for change in found.newest(kind, 9999)}
    theirs = {change.name for change in changes(as_at=AsAt(NOW, until), since=since)}
    met = {f"{Kind.PROGRESS}/{change.reference}/" for change in found.newest(Kind.MET, 9999)}

    assert {name for name in theirs - ours if not name.startswith(tuple(met))} == set()
    assert theirs & ours
    assert {name.partition("/")[0] for name in ours - theirs} <= {Kind.MET, Kind.PASSED, Kind.STALE}


GOVERNMENT = Organisation.Kind.DEPARTMENT


@pytest.mark.parametrize(
    ("publisher", "words", "is_told"),
    [
        pytest.param(GOVERNMENT, "by then", True, id="government says it otherwise"),
        pytest.param(GOVERNMENT, "so", False, id="government says the same again"),
        pytest.param(Organisation.Kind.COUNCIL, "by then", False, id="a council tells of it in its own words"),
        pytest.param(Organisation.Kind.PRESS, "by then", False, id="the press does"),
    ],
)
def test_only_government_words_its_promises_anew(publisher, words, is_told):
    commitment = make_commitment(title="A promise")
    make_wording(commitment, make_citation(make_source(known_on=LONG_AGO)), words="so", topic="how soon")
    later = make_source(known_on=DURING, publisher=make_organisation(kind=publisher))
    make_wording(commitment, make_citation(later), words=words, topic="how soon")

    assert [change.summary for change in told(Kind.REWORDED)] == (
        ["On how soon: “by then”. Before: “so”."] if is_told else []
    )


def test_the_first_words_for_a_thing_are_no_rewording():
    make_wording(make_commitment(), make_citation(make_source(known_on=DURING)))

    assert references(Kind.REWORDED) == []


def test_whoever_owns_the_programme_words_it_anew():
    owner = make_organisation(kind=Organisation.Kind.RESEARCH)
    commitment = make_commitment()
    commitment.programme.owner = owner
    commitment.programme.save()
    make_wording(commitment, words="so")
    make_wording(commitment, make_citation(make_source(known_on=DURING, publisher=owner)), words="otherwise")

    assert references(Kind.REWORDED) == [f"{commitment.reference}/2"]


def test_an_answer_to_a_consultation():
    speaker = make_organisation(name="A region")
    response = make_response(
        make_consultation(title="On homes"),
        organisation=make_organisation(name="A body"),
        on_behalf_of=speaker,
        known_on=DURING,
    )
    [change] = told(Kind.ANSWERED)

    assert change.title == "A body: answer published"
    assert change.summary == "To “On homes” on behalf of A region, sent on 2 May 2041."
    assert (change.path, change.day) == (response.get_absolute_url(), DURING)
    assert references(Kind.ANSWERED, Asked(council=speaker.slug)) == [response.reference]
    assert references(Kind.ANSWERED, Asked(council="kent")) == []


def test_an_answer_that_an_organisation_keeps_to_itself_is_not_told():
    make_response(known_on=DURING, origin="written")

    assert references(Kind.ANSWERED) == []


class TestStale:
    @pytest.mark.parametrize(
        ("review_on", "is_told"),
        [
            pytest.param(DURING, True, id="review day between the days"),
            pytest.param(SINCE, True, id="review day is the first"),
            pytest.param(BEFORE, False, id="was stale on the first day"),
            pytest.param(TODAY, False, id="review day is today"),
        ],
    )
    def test_gone_stale_between_the_days(self, review_on, is_told):
        version = make_version(published_on=LONG_AGO, review_on=review_on, text=CANARY)
        found = told(Kind.STALE)

        assert [each.reference for each in found] == ([version.reference] if is_told else [])
        for each in found:
            assert each.day == review_on + timedelta(days=1)
            assert "Review was due by" in each.summary
            assert CANARY not in str(each)

    def test_about_a_pillar_a_programme_a_council(self):
        first = make_pillar()
        second = make_pillar(first.programme)
        on_part = make_commitment(pillar=second)
        council = make_council().organisation
        own = make_version(make_position(council, first), published_on=LONG_AGO, review_on=DURING)
        part = make_version(
            make_position(programme=first.programme, commitment=on_part), published_on=LONG_AGO, review_on=DURING
        )
        make_version(published_on=LONG_AGO, review_on=DURING)
        programme = first.programme.slug

        assert references(Kind.STALE, Asked(programme, (1,))) == [own.reference]
        assert references(Kind.STALE, Asked(programme, (2,))) == [part.reference]
        assert set(references(Kind.STALE, Asked(programme))) == {own.reference, part.reference}
        assert references(Kind.STALE, Asked(council=council.slug)) == [own.reference]
        assert len(references(Kind.STALE)) == 3


def test_new_and_changed_positions_are_counted_apart():
    first = make_version(published_on=SINCE + timedelta(days=1), state="superseded", text=CANARY)
    make_version(first.position, published_on=DURING, text=CANARY)
    counts = news().counts

    assert (counts[Kind.POSITION], counts[Kind.REPLACED]) == (1, 1)


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "discarded", "withdrawn"])
def test_what_nobody_may_read_is_not_told(state):
    day = DURING if state == "withdrawn" else None
    make_version(state=state, published_on=day, known_on=DURING, text=CANARY, review_on=DURING)

    assert set(news().counts.values()) == {0}


def test_what_made_a_commitment_met_is_not_told_again_as_progress():
    met, part = make_commitment(), make_deadline(make_commitment(), latest=TODAY)
    make_update(met, known_on=DURING, status="under_way")
    make_update(met, known_on=DURING)
    make_deadline(part.commitment, latest=TODAY)
    make_update(part.commitment, deadline=part, known_on=DURING)

    assert references(Kind.MET) == [met.reference]
    assert sorted(references(Kind.PROGRESS)) == sorted([f"{met.reference}/1", f"{part.reference}/1"])


def test_any_places_are_told_in_order():
    for number in range(7):
        make_update(make_commitment(), known_on=DURING + timedelta(days=number), status="under_way")
        make_source(known_on=DURING)
    found = news()
    whole = found.at(range(14), ORDER)

    assert [change.kind for change in whole] == [Kind.PROGRESS] * 7 + [Kind.SOURCE] * 7
    assert [change.day for change in whole[:7]] == sorted((change.day for change in whole[:7]), reverse=True)
    assert found.at(range(5, 9), ORDER) == whole[5:9]
    assert found.at(range(13, -1, -1), ORDER) == whole[::-1]
    assert found.at(range(2), [Kind.SOURCE]) == whole[7:9]


def test_ten_times_the_facts_cost_no_more_queries():
    def ask() -> None:
        found = news()
        for kind in found.kinds:
            found.newest(kind, 3)

    def make() -> None:
        first = make_deadline(make_commitment(), latest=DURING)
        make_deadline(make_commitment(), latest=TODAY, replaces=first, known_on=DURING)
        make_deadline(make_commitment(), latest=DURING)
        make_update(make_commitment(), known_on=DURING)
        make_update(make_commitment(), known_on=DURING, status="under_way")
        make_version(published_on=LONG_AGO, review_on=DURING)
        version = make_version(published_on=DURING, state="superseded")
        make_version(version.position, published_on=DURING)
        make_view(known_on=DURING)
        make_response(make_consultation(known_on=DURING), known_on=DURING)

    make()
    before = count_queries(ask)
    for _ in range(10):
        make()

    assert count_queries(ask) == before <= 30


def test_a_few_of_many_positions_are_all_that_is_read(monkeypatch):
    """Positions are counted by the database; no more of them become objects than are shown."""
    from councils.models import PositionVersion

    for _ in range(12):
        make_version(published_on=DURING)
    made: list[int] = []
    monkeypatch.setattr(PositionVersion, "__init__", _counting(PositionVersion.__init__, made))
    found = news()

    assert found.counts[Kind.POSITION] == 12
    assert made == []
    assert len(found.newest(Kind.POSITION, 3)) == len(made) == 3


def _counting(make, made: list[int]):
    def count(self, *values, **named) -> None:
        made.append(1)
        make(self, *values, **named)

    return count

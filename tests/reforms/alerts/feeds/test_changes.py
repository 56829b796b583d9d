"""What has become known, and what it is about."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from councils.writing.moves import withdraw_position
from reforms.alerts.feeds.changes import Asked, Change, ChangeKind, changes
from reforms.base.as_at import AsAt
from reforms.base.clock import civil_day, civil_moment
from tests.builders import (
    make_commitment,
    make_consultation,
    make_council,
    make_deadline,
    make_organisation,
    make_pillar,
    make_position,
    make_programme,
    make_source,
    make_update,
    make_version,
    make_view,
)
from tests.councils.writing import cast as people
from tests.queries import count_queries
from tests.reforms.pages.making import SPRING

pytestmark = pytest.mark.django_db

TODAY = date(2041, 5, 12)
"""After everything that the fixtures tell."""
BEFORE = TODAY - timedelta(days=1)
NOW = datetime(2041, 5, 12, 9, 0, tzinfo=UTC)
Kind = ChangeKind
CANARY = "KNOWN-ONLY-TO-US"


def found(asked: Asked | None = None, *, on: date = TODAY, since: date | None = BEFORE) -> list[Change]:
    """What became known, on the day alone unless a test says otherwise."""
    now = NOW if on == TODAY else civil_moment(TODAY)
    return changes(as_at=AsAt(now, on), asked=asked or Asked(), since=since)


def told(asked: Asked | None = None, **values) -> list[tuple[ChangeKind, str]]:
    return [(change.kind, change.reference) for change in found(asked, **values)]


def one(kind: ChangeKind) -> Change:
    [change] = [change for change in found() if change.kind is kind]
    return change


def test_nothing_new_is_nothing_told():
    assert found() == []


def test_a_programme():
    programme = make_programme(known_on=TODAY, title="Better homes", summary="Ours.\n\nMore.")
    change = one(Kind.PROGRAMME)

    assert (change.title, change.path) == ("Published: Better homes", f"/programmes/{programme.slug}/")
    assert change.summary.endswith(" published it on 2 February 2023. Ours.")
    assert change.at == civil_moment(TODAY, time.min)


def test_a_document():
    source = make_source(known_on=TODAY, published_on=date(2041, 5, 11), title="A report")
    change = one(Kind.SOURCE)

    assert (change.title, change.path) == ("Document: A report", f"/sources/{source.slug}/")
    assert change.summary == f"Strategy of {source.publisher.name}, published on 11 May 2041."


def test_progress_is_news_on_the_day_it_became_known():
    commitment = make_commitment(title="A promise")
    update = make_update(commitment, known_on=TODAY, status="met", happened_on=date(2040, 1, 1), summary="It is done.")
    change = one(Kind.PROGRESS)

    assert change.reference == f"{commitment.reference}/{update.number}"
    assert change.title == f"{commitment.reference} A promise: met"
    assert change.summary == "1 January 2040: It is done."
    assert change.day == TODAY


def test_a_date_that_moved():
    first = make_deadline(make_commitment(title="A promise"), **SPRING)
    make_deadline(
        first.commitment, number=9, replaces=first, known_on=TODAY, words="by 2042", latest=date(2042, 12, 31)
    )
    change = one(Kind.DEADLINE)

    assert change.title == f"{first.reference} A promise: date moved"
    assert change.summary == ("Before: “Spring 2023” (1 March to 31 May 2023). Now: “by 2042” (by 31 December 2042).")


def test_a_new_date_that_replaces_none_is_not_a_move():
    make_deadline(make_commitment(), known_on=TODAY, **SPRING)

    assert found() == []


@pytest.mark.parametrize(
    "hidden",
    [
        pytest.param({"known_on": date(2041, 5, 13)}, id="not yet known"),
        pytest.param({"merged": True}, id="part of another"),
    ],
)
def test_nothing_is_told_of_a_commitment_that_has_no_page(hidden):
    other = make_commitment()
    values = {"merged_into": other} if "merged" in hidden else hidden
    make_update(make_commitment(**values), known_on=TODAY)

    assert found() == []


CONSULTATION = {"known_on": date(2041, 5, 1)}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param({"is_promised": True, "known_on": TODAY}, {Kind.ANNOUNCED: TODAY}, id="promised"),
        pytest.param({"opens_at": civil_moment(TODAY, time(9)), "closes_at": civil_moment(date(2041, 6, 1))},
                     {Kind.OPENED: TODAY}, id="opens today"),
        pytest.param({"opens_at": civil_moment(date(2041, 5, 20)), "closes_at": civil_moment(date(2041, 6, 1)),
                      "known_on": TODAY}, {Kind.ANNOUNCED: TODAY}, id="announced before it opens"),
        pytest.param({"opens_at": civil_moment(date(2041, 5, 2)), "closes_at": civil_moment(date(2041, 6, 1)),
                      "known_on": TODAY}, {Kind.OPENED: TODAY}, id="known when it was open"),
        pytest.param({"opens_at": None, "closes_at": civil_moment(date(2041, 6, 1)), "known_on": TODAY},
                     {Kind.OPENED: TODAY}, id="no opening is known"),
        pytest.param({"closes_at": NOW}, {Kind.CLOSED: TODAY}, id="closes this minute"),
        pytest.param({"closes_at": NOW + timedelta(seconds=1)}, {}, id="closes in a second"),
        pytest.param({"closes_at": civil_moment(date(2041, 5, 11))}, {}, id="closed the day before"),
        pytest.param({"outcome": "Much.", "outcome_on": TODAY, "is_promised": True}, {Kind.OUTCOME: TODAY},
                     id="outcome"),
        pytest.param({"outcome": "Much.", "outcome_on": date(2041, 5, 13), "is_promised": True}, {}, id="not yet told"),
    ],
)  # fmt: skip
def test_turns_of_a_consultation(values, expected):
    made = make_consultation(**CONSULTATION | values)

    assert {change.kind: change.day for change in found() if change.reference == made.slug} == expected


def test_a_position_and_what_replaces_it():
    first = make_version(published_on=BEFORE, state="superseded", text=CANARY)
    second = make_version(first.position, published_on=TODAY, text=CANARY, reason=CANARY)
    [change] = found()

    assert (change.kind, change.reference) == (Kind.REPLACED, f"{first.position.reference}/{second.number}")
    assert [each.kind for each in found(since=BEFORE - timedelta(days=1))] == [Kind.REPLACED, Kind.POSITION]
    assert change.path.startswith(f"/councils/{first.position.organisation.slug}/#position-")
    assert CANARY not in str(found(since=None))


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "discarded", "withdrawn"])
def test_what_nobody_may_read_is_not_told(state):
    day = TODAY if state == "withdrawn" else None
    make_version(state=state, published_on=day, known_on=TODAY, text=CANARY)

    assert found() == []


def test_a_withdrawal_is_told_without_its_reason():
    cast = people.make_cast()
    version = make_version(make_position(cast.council), published_on=date(2041, 1, 1))
    withdraw_position(version=version, revision=version.revision, reason=CANARY, by=cast.approver, now=NOW)
    [change] = found()

    assert (change.kind, change.at) == (Kind.WITHDRAWN, NOW)
    assert change.title == f"{cast.council.name}: position withdrawn"
    assert CANARY not in str(change)
    assert found(on=BEFORE, since=None)[0].day < TODAY


def test_views_of_one_body_on_one_day_are_one_row():
    body = make_organisation(name="A body")
    for number in (1, 2, 3):
        make_view(body, number=number, known_on=TODAY, text=CANARY)
    [change] = found()

    assert (change.kind, change.reference) == (Kind.VIEWS, f"{body.slug}/{TODAY}")
    assert change.title == "A body: views published"
    assert CANARY not in str(change)


class TestAbout:
    """Who follows one thing is told of that, and of nothing else."""

    @pytest.fixture
    def world(self):
        self.programme, self.other = make_programme(known_on=TODAY), make_programme(known_on=TODAY)
        self.pillar, self.second = make_pillar(self.programme), make_pillar(self.programme)
        self.on_pillar, self.elsewhere = make_commitment(pillar=self.pillar), make_commitment(pillar=self.second)
        for commitment in (self.on_pillar, self.elsewhere, make_commitment(self.other)):
            make_update(commitment, known_on=TODAY)
        self.consultation = make_consultation(programme=self.programme, known_on=TODAY)
        self.asks = make_consultation(is_promised=True, known_on=TODAY, promised_by=self.on_pillar)
        self.council = make_council().organisation
        for pillar in (self.pillar, self.second):
            make_version(make_position(self.council, pillar), published_on=TODAY)
        make_version(make_position(pillar=self.pillar), published_on=TODAY)
        make_view(pillar=self.pillar, known_on=TODAY)
        make_view(known_on=TODAY).about.add(self.on_pillar)
        make_view(programme=self.other, known_on=TODAY)
        make_source(known_on=TODAY, publisher=self.council)
        make_source(known_on=TODAY)

    def kinds(self, **asked) -> list[ChangeKind]:
        return sorted(kind for kind, _reference in told(Asked(**asked)))

    @pytest.mark.parametrize("name", ["programme", "other"])
    def test_a_programme(self, world, name):
        both = {
            "programme": [
                Kind.ANNOUNCED, Kind.CLOSED, Kind.OPENED, *[Kind.POSITION] * 3, Kind.PROGRAMME, *[Kind.PROGRESS] * 2,
                *[Kind.VIEWS] * 2,
            ],
            "other": [Kind.PROGRAMME, Kind.PROGRESS, Kind.VIEWS],
        }  # fmt: skip

        assert self.kinds(programme=getattr(self, name).slug) == sorted(both[name])

    def test_a_pillar(self, world):
        expected = [Kind.ANNOUNCED, *[Kind.POSITION] * 2, Kind.PROGRESS, *[Kind.VIEWS] * 2]

        assert self.kinds(programme=self.programme.slug, pillars=(self.pillar.number,)) == sorted(expected)

    def test_a_council(self, world):
        assert self.kinds(council=self.council.slug) == sorted([*[Kind.POSITION] * 2, Kind.SOURCE])

    def test_a_council_on_a_pillar(self, world):
        asked = {"programme": self.programme.slug, "pillars": (self.pillar.number,), "council": self.council.slug}

        assert self.kinds(**asked) == [Kind.POSITION]

    def test_a_consultation(self, world):
        assert {reference for _kind, reference in told(Asked(consultation=self.asks.slug))} == {self.asks.slug}

    def test_a_consultation_of_another_programme(self, world):
        assert told(Asked(consultation=self.asks.slug, programme=self.other.slug)) == []


def test_newest_first_and_no_more_than_asked():
    for number in range(5):
        make_source(known_on=TODAY - timedelta(days=number))
    rows = changes(as_at=AsAt(NOW, TODAY), most=3)

    assert [change.day for change in rows] == [TODAY - timedelta(days=number) for number in range(3)]
    assert [change.at for change in rows] == sorted((change.at for change in rows), reverse=True)


def test_most_keeps_the_newest_of_every_kind():
    whole = changes(as_at=AsAt(NOW, TODAY))

    assert changes(as_at=AsAt(NOW, TODAY), most=40) == whole[:40]


def test_what_is_not_yet_known_takes_nobodys_place():
    for _ in range(3):
        make_source(known_on=TODAY + timedelta(days=1))
    known = make_source(known_on=TODAY)

    assert [change.reference for change in changes(as_at=AsAt(NOW, TODAY), most=1)] == [known.slug]


@pytest.mark.parametrize("day", [date(2023, 2, 2), date(2023, 4, 21), date(2023, 5, 11), date(2023, 5, 12)])
def test_a_past_day_tells_what_was_known_by_then(day):
    rows = changes(as_at=AsAt(NOW, day))

    assert rows
    assert max(change.day for change in rows) <= day
    assert {change.name for change in rows} <= {change.name for change in changes(as_at=AsAt(NOW, TODAY))}


def test_no_two_are_the_same():
    names = [change.name for change in changes(as_at=AsAt(NOW, TODAY))]

    assert len(names) == len(set(names)) > 150


def test_a_time_between_two_days_is_what_the_second_adds():
    first, second = date(2023, 4, 21), date(2024, 1, 31)
    between = changes(as_at=AsAt(NOW, second), since=first)
    earlier = {change.name for change in changes(as_at=AsAt(NOW, first))}

    assert {change.name for change in between} | earlier >= {c.name for c in changes(as_at=AsAt(NOW, second))}
    assert not {change.name for change in between} & earlier
    assert all(first < civil_day(change.at) <= second for change in between)


def test_ten_times_the_facts_cost_no_more_queries():
    def ask() -> None:
        changes(as_at=AsAt(NOW, TODAY), most=100)

    before = count_queries(ask)
    for _ in range(10):
        make_update(make_commitment(), known_on=TODAY)
        make_version(published_on=TODAY)
        make_view(known_on=TODAY)
        make_consultation(known_on=TODAY)

    assert count_queries(ask) == before == 10

"""All stale positions at once: the same answers as standing.py gives of each, in any world, on any day."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from councils.models import Claim, Position, PositionVersion
from councils.staleness_in_sql import MOST_NAMED, StalePosition, lapsed_positions, stale_positions
from councils.standing import standings
from pillars.models import Commitment, Pillar
from tests.builders import (
    make_commitment,
    make_council,
    make_deadline,
    make_funding,
    make_pillar,
    make_position,
    make_renewal,
    make_update,
    make_verdict,
    make_version,
)
from tests.queries import count_queries

pytestmark = pytest.mark.django_db

FIRST = date(2041, 4, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(30)]
NEVER = date(2099, 1, 1)
STATES = ("published", "superseded", "superseded", "withdrawn", "draft", "submitted", "returned")
POSITIONS = 14
VERSIONS = 3
FACTS = 12

Answer = dict[int, tuple[str, ...]]
"""The reasons of each position that is stale, by its id."""


class World:
    """A few councils' positions, in every state of disorder that the database allows."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.pillar = make_pillar()
        wholes = [make_commitment(pillar=self.pillar) for _ in range(3)]
        self.commitments = [*wholes, *(make_commitment(parent=self.any(wholes)) for _ in range(3))]
        self.organisations = [make_council().organisation for _ in range(3)]
        for number in range(POSITIONS):
            self.fill(self.a_position(number))
        for _ in range(FACTS):
            self.happen()
        for day in DAYS[::4]:
            self.renew(day)

    def any(self, things):
        return self.random.choice(things)

    def a_day(self) -> date:
        return self.any([*DAYS, *DAYS, NEVER])

    def a_position(self, number: int) -> Position:
        organisation = self.organisations[number % len(self.organisations)]
        place = number // len(self.organisations)
        if place == 0:
            return make_position(organisation, self.pillar)
        if place == 1:
            return make_position(organisation, programme=self.pillar.programme)
        commitment = self.commitments[place - 2]
        return make_position(organisation, programme=commitment.programme, commitment=commitment)

    def fill(self, position: Position) -> None:
        """Versions of a position in any state but for rules of the database: one is published, one open at most."""
        states = [self.any(STATES) for _ in range(self.random.randint(1, VERSIONS))]
        if states.count("published") > 1:
            states = ["superseded" if state == "published" else state for state in states[:-1]] + ["published"]
        is_open = [state in PositionVersion.OPEN_STATES for state in states]
        states = ["discarded" if any(is_open[:n]) and is_open[n] else state for n, state in enumerate(states)]
        for state in states:
            is_public = state in ("published", "superseded", "withdrawn")
            version = make_version(
                position,
                state=state,
                published_on=self.a_day() if is_public else None,
                known_on=self.a_day(),
                review_on=self.any([None, None, self.a_day()]),
            )
            version.covers.set(self.random.sample(self.commitments, self.random.randint(0, 3)))
            for number in range(self.random.randint(0, 2)):
                self.claim(version, number + 1)

    def claim(self, version: PositionVersion, number: int) -> None:
        days = {"known_on": self.a_day(), "stale_on": self.any([None, self.a_day()])}
        Claim.objects.create(version=version, number=number, kind="fact", text="A point.", **days)

    def renew(self, day: date) -> None:
        """Some of what can be read is said to be still correct: nothing of which a point has expired."""
        public = PositionVersion.objects.public(on=day).filter(position__organisation__in=self.organisations)
        for version in public.exclude(claims__stale_on__lte=day).order_by("pk"):
            if self.random.random() < 0.2:
                make_renewal(version, renewed_on=day, review_on=day + timedelta(days=self.random.randint(1, 9)))

    def happen(self) -> None:
        """Something that changes a commitment, or two."""
        commitment, known_on = self.any(self.commitments), self.a_day()
        make = self.any([make_deadline, make_funding, make_update, make_verdict])
        fact = make(commitment, known_on=known_on)
        if make is make_funding and self.random.random() < 0.5:
            fact.also_funds.add(self.any(self.commitments))


def of_world(found: list[StalePosition], world: World) -> list[StalePosition]:
    """Without the positions that the fixtures load."""
    slugs = {organisation.slug for organisation in world.organisations}
    return [each for each in found if each.organisation in slugs]


def by_sql(world: World, on: date) -> Answer:
    return {each.position: each.reasons for each in of_world(list(stale_positions(on=on)), world)}


def by_standing(world: World, on: date) -> Answer:
    versions = PositionVersion.objects.public(on=on).filter(position__organisation__in=world.organisations)
    return {each.version.position_id: tuple(each.reasons) for each in standings(versions, on=on) if each.reasons}


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(3, 8))])
class TestTheSameAsStanding:
    """In each world every day is asked about."""

    def test_which_are_stale_and_why(self, seed: int):
        world = World(seed)

        answers = [(by_sql(world, day), by_standing(world, day)) for day in DAYS]

        assert any(one for one, _other in answers)
        assert [one for one, _other in answers] == [other for _one, other in answers]

    def test_since_when(self, seed: int):
        world = World(seed)
        expected, found = set(), set()
        first: dict[int, date] = {}
        for day in DAYS:
            stale = self.stale(world, day)
            first = {each.version.pk: first.get(each.version.pk, day) for each in stale}
            expected |= {(day, each.version.position_id, first[each.version.pk]) for each in stale}
            found |= {(day, each.position, each.since) for each in of_world(list(stale_positions(on=day)), world)}

        assert {each for each in found if each[2] >= FIRST} == found
        assert found == expected

    def test_which_went_stale_and_were_replaced_meanwhile(self, seed: int):
        world = World(seed)
        stale = {day: {each.version.pk: each.version for each in self.stale(world, day)} for day in DAYS}
        shown = {day: set(self.shown(world).public(on=day).values_list("pk", flat=True)) for day in DAYS}
        first: dict[date, dict[int, date]] = {FIRST - timedelta(days=1): {}}
        for day in DAYS:
            before = first[day - timedelta(days=1)]
            first[day] = {key: before.get(key, day) for key in stale[day]}
        last = {key: day for day in DAYS for key in shown[day]}
        for after, until in (
            (DAYS[7], DAYS[8]),
            *((day, DAYS[-1]) for day in DAYS[:20]),
            *((DAYS[0], day) for day in DAYS[2:]),
        ):
            expected = {
                (version.position_id, first[day][key])
                for day in DAYS
                if after < day < until
                for key, version in stale[day].items()
                if day == last[key] and first[day][key] > after
            }
            found = of_world(list(lapsed_positions(after=after, until=until)), world)
            assert {(each.position, each.since) for each in found} == expected

    def test_of_some_organisations(self, seed: int):
        world = World(seed)
        some = [organisation.slug for organisation in world.organisations[:2]]
        for day in DAYS[::8]:
            every = of_world(list(stale_positions(on=day)), world)
            found = list(stale_positions(on=day, organisations=some))
            assert {each.position for each in found} == {e.position for e in every if e.organisation in some}

    def shown(self, world: World):
        return PositionVersion.objects.filter(position__organisation__in=world.organisations)

    def stale(self, world: World, day: date):
        return [each for each in standings(self.shown(world).public(on=day), on=day) if each.reasons]


def stale_version(**values) -> PositionVersion:
    return make_version(published_on=FIRST, review_on=FIRST + timedelta(days=9), **values)


def only(version: PositionVersion, on: date) -> StalePosition:
    [found] = stale_positions(on=on, organisations=[version.position.organisation.slug])
    return found


def test_the_day_after_the_review_was_due_is_the_first():
    version = stale_version()
    organisations = [version.position.organisation.slug]

    assert list(stale_positions(on=FIRST + timedelta(days=9), organisations=organisations)) == []
    assert only(version, FIRST + timedelta(days=10)).since == FIRST + timedelta(days=10)
    assert only(version, NEVER).since == FIRST + timedelta(days=10)


@pytest.mark.parametrize("subject", ["programme", "pillar", "commitment"])
def test_reference_and_title_are_those_of_the_position(subject: str):
    commitment = make_commitment(pillar=make_pillar())
    on = {"programme": commitment.programme, "pillar": commitment.pillar, "commitment": commitment}[subject]
    position = make_position(**{"programme": commitment.programme, subject: on})
    make_version(position, published_on=FIRST, review_on=FIRST)

    [found] = stale_positions(on=NEVER, organisations=[position.organisation.slug])

    assert (found.reference, found.title) == (position.reference, str(on))


def test_no_more_than_a_few_commitments_are_named():
    version = make_version(published_on=FIRST)
    commitments = [make_commitment(pillar=version.position.pillar) for _ in range(MOST_NAMED + 3)]
    version.covers.set(commitments)
    for commitment in commitments:
        make_update(commitment, known_on=FIRST + timedelta(days=1))

    [reason] = only(version, FIRST + timedelta(days=1)).reasons

    named = ", ".join(sorted(commitment.reference for commitment in commitments)[:MOST_NAMED])
    assert reason == f"{named} and 3 others changed since it was published"


def test_none_of_no_organisations():
    stale_version()

    assert list(stale_positions(on=NEVER, organisations=[])) == []


def grow(times: int, pillar: Pillar, commitments: list[Commitment]) -> None:
    for _ in range(times):
        version = make_version(make_position(pillar=pillar), published_on=FIRST, review_on=FIRST)
        version.covers.set(commitments)


def test_one_statement_whatever_there_is():
    pillar = make_pillar()
    commitments = [make_commitment(pillar=pillar) for _ in range(3)]
    for commitment in commitments:
        make_update(commitment, known_on=FIRST + timedelta(days=1))

    for times in (2, 40):
        grow(times, pillar, commitments)
        assert count_queries(lambda: list(stale_positions(on=NEVER))) == 1
        assert count_queries(lambda: list(lapsed_positions(after=FIRST, until=NEVER))) == 1

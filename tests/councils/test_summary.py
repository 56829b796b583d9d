"""What every organisation has published, in sum: the same as counting its positions one by one."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from councils import summary
from councils.models import PositionVersion
from councils.standing import standings
from councils.summary import Summary, summaries
from tests.builders import make_commitment, make_council, make_pillar, make_position, make_programme, make_version
from tests.councils.test_staleness_in_sql import DAYS, World
from tests.queries import count_queries
from tests.reforms.base.settling import settle

PUBLISHED, DAY = date(2041, 4, 1), date(2041, 6, 1)
State = PositionVersion.State


def of(*organisations, on: date = DAY) -> list[Summary]:
    slugs = {each.slug for each in organisations}
    return [each for each in summaries(on=on) if each.slug in slugs]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_the_same_as_counting_one_by_one(seed: int):
    world = World(seed)
    for day in DAYS[::3]:
        versions = PositionVersion.objects.public(on=day).filter(position__organisation__in=world.organisations)
        counted: dict[tuple[int, int], Counter[str]] = {}
        for each in standings(versions, on=day):
            position = each.version.position
            counts = counted.setdefault((position.organisation_id, position.programme_id), Counter())
            counts.update(
                positions=1,
                on_pillars=position.pillar_id is not None,
                on_commitments=position.commitment_id is not None,
                stale=each.is_stale,
            )
        found = {
            (each.organisation, each.programme): Counter(
                positions=each.positions,
                on_pillars=each.on_pillars,
                on_commitments=each.on_commitments,
                stale=each.stale,
            )
            for each in of(*world.organisations, on=day)
        }
        assert found == counted


@pytest.mark.django_db
class TestSummaries:
    def test_newest_day_of_each_programme(self):
        organisation = make_council().organisation
        programme = make_programme()
        for number, day in enumerate((PUBLISHED, date(2041, 5, 1), date(2041, 4, 9)), start=1):
            make_version(make_position(organisation, make_pillar(programme, number=number)), published_on=day)

        (found,) = of(organisation)

        assert (found.programme, found.on_pillars, found.newest_on) == (programme.pk, 3, date(2041, 5, 1))

    def test_by_name_then_by_the_number_of_the_programme(self):
        second, first = make_council(name="Barton").organisation, make_council(name="Alton").organisation
        later, earlier = make_programme(number=900), make_programme(number=800)
        for organisation in (second, first):
            for programme in (later, earlier):
                make_version(make_position(organisation, programme=programme), published_on=PUBLISHED)

        assert [(each.name, each.programme) for each in of(first, second)] == [
            ("Alton", earlier.pk), ("Alton", later.pk), ("Barton", earlier.pk), ("Barton", later.pk),
        ]  # fmt: skip

    @pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.RETURNED, State.WITHDRAWN])
    def test_what_nobody_may_read_is_not_counted(self, state: str):
        version = make_version(state=state, published_on=PUBLISHED)

        assert of(version.position.organisation) == []

    def test_one_query(self):
        for _ in range(3):
            commitment = make_commitment()
            make_version(make_position(programme=commitment.programme, commitment=commitment))

        assert count_queries(lambda: summaries(on=DAY)) == 1


@pytest.mark.django_db
class TestMemory:
    """The answer is kept until the data changes, and is worked out anew then."""

    @pytest.fixture(autouse=True)
    def outside_a_transaction(self, monkeypatch) -> None:
        """As in a view. A test stands inside one, where the version has to be made to move on PostgreSQL."""
        assert summary._settled_version() is None
        monkeypatch.setattr(summary, "_settled_version", settle)
        summary._kept.cache_clear()

    @pytest.fixture
    def version(self) -> PositionVersion:
        return make_version(published_on=PUBLISHED)

    def ask(self, version: PositionVersion, *, on: date = DAY) -> list[int]:
        return [each.positions for each in of(version.position.organisation, on=on)]

    def test_worked_out_once_while_nothing_changes(self, version, monkeypatch):
        days = []
        monkeypatch.setattr(summary, "_worked_out", lambda on: days.append(on) or ())
        for on in (DAY, DAY, PUBLISHED, DAY):
            summaries(on=on)

        assert days == [DAY, PUBLISHED]

    def test_write_of_any_kind_is_seen_at_once(self, version):
        assert self.ask(version) == [1]

        pillar = make_pillar(version.position.programme)
        make_version(make_position(version.position.organisation, pillar), published_on=PUBLISHED)
        assert self.ask(version) == [2]

        PositionVersion.objects.filter(pk=version.pk).update(state=State.WITHDRAWN)
        assert self.ask(version) == [1]

    def test_each_day_has_its_own(self, version):
        assert self.ask(version) == [1]
        assert self.ask(version, on=date(2041, 3, 31)) == []

    def test_with_the_guard_off_an_old_answer_stays(self, version, monkeypatch):
        monkeypatch.setattr(summary, "_settled_version", lambda: 1)
        self.ask(version)
        PositionVersion.objects.filter(pk=version.pk).update(state=State.WITHDRAWN)

        assert self.ask(version) == [1]

    @pytest.fixture(autouse=True)
    def _forget(self):
        yield
        summary._kept.cache_clear()

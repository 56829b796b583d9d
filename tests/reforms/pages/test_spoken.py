"""What one council has said: on the whole, on each pillar and on single commitments, in order."""

from __future__ import annotations

from datetime import date

import pytest

from councils.models import PositionVersion
from councils.standing import standings
from pillars.models import Organisation, Pillar, Programme
from reforms.pages.spoken import FEW, Spoken, by_programme
from tests.builders import make_commitment, make_council, make_pillar, make_position, make_programme, make_version

pytestmark = pytest.mark.django_db

DAY = date(2041, 6, 1)


@pytest.fixture
def body() -> Organisation:
    return make_council().organisation


@pytest.fixture
def plan() -> Programme:
    return make_programme(number=700)


def spoken(body: Organisation) -> list[Spoken]:
    versions = PositionVersion.objects.public(on=DAY).filter(position__organisation=body)
    return by_programme(standings(versions, on=DAY), Pillar.objects.all())


def test_the_whole_then_pillars_in_their_order(body: Organisation, plan: Programme):
    for number in (12, 3):
        make_version(make_position(body, make_pillar(plan, number=number)))
    make_version(make_position(body, programme=plan))

    (found,) = spoken(body)

    assert [voice.title for voice in found.voices] == [plan.title, "3. Pillar 3", "12. Pillar 12"]
    assert (found.groups, found.is_folded) == ([], False)


def test_programmes_by_number(body: Organisation, plan: Programme):
    other = make_programme(number=600)
    for programme in (plan, other):
        make_version(make_position(body, programme=programme))

    assert [each.programme for each in spoken(body)] == [other, plan]


def test_single_commitments_by_pillar_and_reference(body: Organisation, plan: Programme):
    first, second = (make_pillar(plan, number=number) for number in (1, 2))
    commitments = [
        make_commitment(plan, pillar=pillar, reference=reference)
        for reference, pillar in (("ZZ-2-01", second), ("ZZ-0-01", None), ("ZZ-1-02", first), ("ZZ-1-01", first))
    ]
    for commitment in commitments:
        make_version(make_position(body, programme=plan, commitment=commitment))

    (found,) = spoken(body)

    assert [(group.title, [each.reference for each in group.said]) for group in found.groups] == [
        ("Outside any pillar", ["ZZ-0-01"]), ("1. Pillar 1", ["ZZ-1-01", "ZZ-1-02"]), ("2. Pillar 2", ["ZZ-2-01"]),
    ]  # fmt: skip


def test_programme_without_pillars_has_one_group_without_a_name(body: Organisation):
    rules = make_programme(pillar_noun="", pillar_noun_plural="")
    for _ in range(2):
        make_version(make_position(body, programme=rules, commitment=make_commitment(rules)))

    (found,) = spoken(body)

    assert [(group.title, len(group.said)) for group in found.groups] == [("", 2)]


@pytest.mark.parametrize(("number", "is_folded"), [(FEW, False), (FEW + 1, True)])
def test_many_are_folded(body: Organisation, plan: Programme, number: int, is_folded: bool):
    for _ in range(number):
        make_version(make_position(body, programme=plan, commitment=make_commitment(plan)))

    assert spoken(body)[0].is_folded == is_folded


def test_nothing(body: Organisation):
    assert spoken(body) == []

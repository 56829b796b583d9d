"""Which bodies have a position on a pillar: the same as the versions that anybody could read."""

from __future__ import annotations

from datetime import date

import pytest

from councils.models import PositionVersion
from councils.speakers import speaking_on
from tests.builders import make_organisation, make_pillar, make_position, make_version
from tests.queries import count_queries

pytestmark = pytest.mark.django_db

DAY, LATER = date(2041, 6, 1), date(2041, 7, 1)
State = PositionVersion.State
VERSIONS = [
    pytest.param([(State.PUBLISHED, DAY)], True, id="published"),
    pytest.param([(State.PUBLISHED, LATER)], False, id="published-later"),
    pytest.param([(State.DRAFT, None)], False, id="draft"),
    pytest.param([(State.RETURNED, None)], False, id="returned"),
    pytest.param([(State.SUPERSEDED, DAY), (State.PUBLISHED, LATER)], True, id="superseded-later"),
    pytest.param([(State.PUBLISHED, DAY), (State.DRAFT, None)], True, id="published-with-a-draft"),
    pytest.param([(State.WITHDRAWN, DAY)], False, id="withdrawn"),
    pytest.param([(State.SUPERSEDED, DAY), (State.WITHDRAWN, DAY)], False, id="withdrawn-with-what-it-replaced"),
]


@pytest.mark.parametrize(("versions", "is_speaking"), VERSIONS)
def test_who_speaks(versions, is_speaking):
    position = make_position(pillar=make_pillar())
    for number, (state, published_on) in enumerate(versions, start=1):
        known_on = published_on or DAY
        make_version(position, number=number, state=state, published_on=published_on, known_on=known_on)
    found = speaking_on(position.pillar_id, on=DAY).speakers
    assert [each.organisation for each in found] == [position.organisation_id] * is_speaking
    public = PositionVersion.objects.public(on=DAY).filter(position__pillar=position.pillar_id)
    assert public.exists() is is_speaking


def test_by_name_and_only_on_this_pillar():
    pillar, other = make_pillar(), make_pillar()
    for name in ("Barton", "Alton"):
        make_version(make_position(pillar=pillar, organisation=make_organisation(name=name)))
    make_version(make_position(pillar=other))
    assert [each.name for each in speaking_on(pillar.pk, on=date(2050, 1, 1)).speakers] == ["Alton", "Barton"]


def test_one_query():
    pillar = make_pillar()
    make_version(make_position(pillar=pillar))
    assert count_queries(lambda: speaking_on(pillar.pk, on=DAY)) == 1

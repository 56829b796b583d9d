"""The fixtures of the project: complete, and loaded from nothing in one go."""

from __future__ import annotations

from time import perf_counter

import pytest

from pillars.models import Citation
from reforms.base.loading import load
from reforms.base.loading.kinds import kinds
from tests.loading_desk import LATER, NOW, contents, empty_database

SECONDS = 20
"""A person who loads everything from nothing waits no longer."""


def cited_places() -> set[int]:
    """Every place that some record rests on."""
    throughs = [kind.many["citations"].through for kind in kinds() if "citations" in kind.many]
    return {place for through in throughs for place in through._base_manager.values_list("citation_id", flat=True)}


@pytest.mark.django_db
def test_every_place_of_the_lincolnshire_report_is_cited_or_told() -> None:
    places = Citation.objects.filter(source__file="000")
    assert places.count() > 120
    untold = places.exclude(pk__in=cited_places()).filter(context="")
    assert [str(place) for place in untold] == []


@pytest.mark.django_db
def test_every_citation_of_every_fact_is_a_place_of_a_known_source() -> None:
    assert cited_places() <= set(Citation.objects.values_list("pk", flat=True))


@pytest.mark.django_db
def test_the_loaded_database_says_what_the_files_say() -> None:
    assert load(now=LATER).lines()[-1] == "Nothing to write."


@pytest.mark.django_db
def test_loading_from_nothing_is_quick_and_happens_once() -> None:
    empty_database()
    started = perf_counter()
    assert load(now=NOW).created > 800
    assert perf_counter() - started < SECONDS
    before = contents()
    assert load(now=LATER).is_quiet
    assert contents() == before

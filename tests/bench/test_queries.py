"""Every page and every list's data ask the same number of queries however much there is."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client

from tests.bench.measure import queries_of
from tests.bench.national import COMMITMENTS, DAY, counts, make_national
from tests.browser.pages import PAGES

FEW, MANY = {"councils": 12, "commitments": COMMITMENTS}, {"councils": 30, "commitments": 510, "versions": 3}
"""Both take in the council of page council-empty: without a position it would ask less."""
ALWAYS = {"claimed": 1.0}
"""Each position makes a claim: a page of positions where none does asks less, and with few councils it may happen."""
LISTS = (
    "commitments",
    "funding",
    "councils",
    "consultations",
    "flags",
    "sources",
    "views",
    "sources/lincolnshire-2023",
)
DATA = [f"/{name}.{kind}?as_at={DAY}" for name in LISTS for kind in ("csv", "json")]
ADDRESSES = [page.on(DAY) for page in PAGES] + DATA


def asked(**size: int) -> tuple[dict[str, int], dict[str, int]]:
    """The queries of every page in a country of this size, and how many there are of what grows; then it is gone."""
    with transaction.atomic():
        make_national(**size, **ALWAYS)
        client = Client()
        for address in ADDRESSES[:1]:
            client.get(address)  # what is read once in the life of a process is read now
        found = {address: queries_of(client, address) for address in ADDRESSES}
        made = counts()
        transaction.set_rollback(True)
    return found, made


@pytest.mark.long
def test_queries_do_not_grow_with_the_data(db):
    few, fewer = asked(**FEW)
    many, more = asked(**MANY)
    assert {address: (few[address], many[address]) for address in few if many[address] != few[address]} == {}
    assert all(more[name] > fewer[name] for name in ("commitments", "positions", "position versions", "claims"))


@pytest.mark.parametrize("address", [pytest.param(address, id=address) for address in DATA])
def test_data_answers(public, address):
    assert public.get(address).status_code == 200

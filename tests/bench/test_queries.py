"""Every page and every list's data ask the same number of queries however much there is."""

import pytest
from django.test import Client

from tests.bench.growth import counts, grow
from tests.bench.measure import queries_of
from tests.browser.pages import COMMITTEE_DAY, PAGES

TIMES = 3
LISTS = ("commitments", "councils", "consultations", "flags", "sources", "sources/lincolnshire-2023")
DATA = [f"/{name}.{kind}?as_at={COMMITTEE_DAY}" for name in LISTS for kind in ("csv", "json")]


def test_queries_do_not_grow_with_the_data(db):
    addresses = [page.on(COMMITTEE_DAY) for page in PAGES] + DATA
    few = {address: queries_of(Client(), address) for address in addresses}
    before = counts()
    grow(TIMES)
    assert counts()["commitments"] == TIMES * before["commitments"]
    many = {address: queries_of(Client(), address) for address in addresses}
    assert many == few


@pytest.mark.parametrize("address", [pytest.param(address, id=address) for address in DATA])
def test_data_answers(public, address):
    assert public.get(address).status_code == 200

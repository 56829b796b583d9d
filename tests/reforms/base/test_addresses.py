"""Addresses follow where the site is mounted, also when one process serves it at two places in turn."""

from __future__ import annotations

import pytest
from django.urls import get_script_prefix, set_script_prefix

from reforms.base.addresses import address, mounted


@pytest.fixture
def prefix():
    before = get_script_prefix()
    yield set_script_prefix
    set_script_prefix(before)


def test_an_address_starts_where_the_site_is_mounted(prefix):
    for place in ("/", "/tracker/", "/"):
        prefix(place)
        assert address("commitments") == f"{place}commitments/"
        with mounted():
            assert address("commitments") == f"{place}commitments/"


@pytest.mark.django_db
def test_a_page_links_within_its_own_mount(client, prefix):
    for place in ("/", "/tracker/"):
        prefix(place)
        assert f'href="{place}commitments/"' in client.get("/programmes/").content.decode()

"""Somebody at home comes back to a page: nothing is sent again until something changes, and then at once."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client

from consultations.models import Consultation
from pillars.models import Organisation
from tests.reforms.base.settling import settle

pytestmark = pytest.mark.django_db

PAGE = "/consultations/agency-social-work/"


class Reader:
    """A browser that keeps the page and asks whether it is still the same."""

    def __init__(self) -> None:
        settle()
        self.client = Client()
        self.kept = self.client.get(PAGE)
        assert self.kept.status_code == 200

    def comes_back(self) -> HttpResponse:
        settle()
        return self.client.get(PAGE, headers={"If-None-Match": self.kept["ETag"]})


def owner() -> Organisation:
    return Consultation.objects.get(slug="agency-social-work").owner


def correct_the_name(administrator: Client) -> None:
    """As the administrators' site sends it."""
    fields = {"slug": owner().slug, "name": "Department for Families", "short_name": "DfF", "kind": owner().kind}
    response = administrator.post(f"/admin/pillars/organisation/{owner().pk}/change/", fields)
    assert response.status_code == 302


def test_nothing_has_changed():
    assert Reader().comes_back().status_code == 304


def test_fixtures_are_loaded_again_and_say_nothing_new():
    reader = Reader()
    call_command("load_reforms", stdout=StringIO())

    assert reader.comes_back().status_code == 304


def test_somebody_signs_in(sign_in):
    reader = Reader()
    sign_in("maya")

    assert reader.comes_back().status_code == 304


def test_administrator_corrects_a_name(sign_in):
    nell = sign_in("nell")
    reader = Reader()
    correct_the_name(nell)
    response = reader.comes_back()

    assert response.status_code == 200
    assert "Department for Families" in response.content.decode()
    assert response["ETag"] != reader.kept["ETag"]


def test_administrator_sees_the_correction_at_once_and_leaves_it_in_no_cache(sign_in):
    nell = sign_in("nell")
    correct_the_name(nell)
    response = nell.get(PAGE)

    assert "Department for Families" in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"

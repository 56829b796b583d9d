"""Three consultations close on 11 May 2023: whoever looks on 21 April sees 20 days left, everywhere the same."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from tests.reforms.pages.reading import main_of, own_links

pytestmark = pytest.mark.django_db

SLUGS = ("agency-social-work", "national-framework-and-dashboard", "stable-homes-strategy")


def test_home_groups_them_and_leads_to_each(public: Client):
    home = public.get("/?as_at=2023-04-21")

    assert "20 days left All three close 11 May 2023 at 11:59pm" in main_of(home)
    for slug in SLUGS:
        url = f"/consultations/{slug}/?as_at=2023-04-21"
        assert url in own_links(home)
        assert "20 days left" in main_of(public.get(url))


@pytest.mark.parametrize(
    "address",
    ["/flags/?as_at=2023-04-21", "/councils/lincolnshire/?as_at=2023-04-21", "/consultations/?as_at=2023-04-21"],
)
def test_the_same_three_are_flagged_elsewhere(public: Client, address: str):
    links = own_links(public.get(address))

    assert [slug for slug in SLUGS if f"/consultations/{slug}/?as_at=2023-04-21" not in links] == []


def test_flags_as_data(public: Client):
    rows = public.get("/flags.json", {"kind": "consultation_closing", "as_at": "2023-04-21"}).json()["results"]

    assert {row["subject"] for row in rows} == {f"consultation:{slug}" for slug in SLUGS}
    assert {row["due_on"] for row in rows} == {"2023-05-11"}
    assert {row["threshold"] for row in rows} == {28}


def test_the_job_says_the_same_and_only_once():
    def said() -> str:
        out = StringIO()
        call_command("raise_flags", "--on", "2023-04-21", stdout=out)
        return out.getvalue()

    first, second = said(), said()

    assert first.count("Consultation closing, 20 days left") == 3
    assert "Consultation closing" not in second
    assert "Nothing new." in second


@pytest.mark.parametrize(
    ("day", "words"),
    [("2023-04-12", "No consultation closes"), ("2023-05-11", "0 days left"), ("2023-05-12", "No consultation closes")],
)
def test_day_by_day(public: Client, day: str, words: str):
    assert words in main_of(public.get(f"/?as_at={day}"))

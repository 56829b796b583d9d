"""Calendars over the wire, and the link to one's own."""

from __future__ import annotations

import logging
import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.test import Client

from councils.models import Membership
from pillars.models import Commitment
from reforms.alerts.calendars.links import hash_of
from reforms.alerts.models import CalendarLink
from reforms.base.models import Event, User
from reforms.logs.masking import mask_text
from tests.builders import make_council, make_position, make_version
from tests.reforms.alerts.calendars.reading import by_icalendar
from tests.reforms.base.settling import settle
from tests.reforms.pages.making import make_member, make_step
from tests.reforms.pages.reading import links_of, source_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PUBLIC = ["/calendar.ics", "/councils/lincolnshire/calendar.ics"]
PAGE = "/accounts/calendar/"
CANARY = "KNOWN-ONLY-TO-US"


# What anybody may read


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_calendar_is_kept_until_it_changes(public: Client, address: str):
    first = public.get(address)
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert first["Cache-Control"] == "no-cache"
    assert not first.cookies
    assert public.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304

    settle()
    Commitment.objects.filter(reference="SH-4-16").update(title="Another title")
    settle()
    again = public.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert b"Another title" in again.content


def test_a_council_has_the_nations_dates_and_its_own(public: Client):
    nation, own = ({each.uid for each in by_icalendar(public.get(address).content)} for address in PUBLIC)

    assert nation < own
    assert {uid for uid in own - nation if not uid.startswith(("step-lincolnshire/", "review-lincolnshire/"))} == set()


@pytest.mark.parametrize("address", PUBLIC)
@pytest.mark.parametrize("query", ["as_at=2023-04-21", "x=1", "pillar=4", "as_at=%00", "%00=1"])
def test_a_calendar_takes_no_parameter(public: Client, address: str, query: str):
    response = public.get(f"{address}?{query}")

    assert response.status_code == 400
    assert list(response.json()["errors"]) == [query.partition("=")[0].replace("%00", "\0")]


@pytest.mark.parametrize("slug", ["narnia", "cumbria", "department-for-education"])
def test_what_is_no_council_today_has_no_calendar(public: Client, slug: str):
    assert public.get(f"/councils/{slug}/calendar.ics").status_code == 404


@pytest.mark.parametrize("address", PUBLIC)
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_calendar_is_only_read(public: Client, address: str, method: str):
    assert getattr(public, method)(address).status_code == 405


@pytest.mark.parametrize(
    ("page", "calendar"),
    [
        ("/timeline/", "/calendar.ics"),
        ("/consultations/working-together/", "/calendar.ics"),
        ("/councils/lincolnshire/", "/councils/lincolnshire/calendar.ics"),
    ],
)
def test_pages_of_today_lead_to_their_calendar(public: Client, page: str, calendar: str):
    assert calendar in links_of(public.get(page))
    assert not [url for url in links_of(public.get(f"{page}?as_at=2023-04-21")) if ".ics" in url]


# A link of one's own


@pytest.fixture
def maya() -> User:
    """An officer of a council that has a step nobody else knows of."""
    council = make_council().organisation
    make_step(council, title=CANARY, origin="written")
    return make_member(council)


@pytest.fixture
def signed_in(maya) -> Client:
    client = Client()
    client.force_login(maya)
    return client


def make_link(client: Client) -> str:
    """The path that the page shows, once."""
    [shown] = re.findall(r"<code[^>]*>(\S+/calendars/\S+)</code>", source_of(client.post(PAGE, {"verb": "make"})))
    return urlsplit(shown).path


def test_a_link_opens_ones_own_dates_without_signing_in(signed_in, public):
    response = public.get(make_link(signed_in))

    assert response.status_code == 200
    assert CANARY in source_of(response)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    assert not response.cookies
    assert "ETag" not in response


def test_a_link_is_shown_once_and_kept_as_a_hash(signed_in, maya):
    link = make_link(signed_in)
    secret = link.removeprefix("/calendars/").removesuffix(".ics")

    assert len(secret) == 43
    assert secret not in source_of(signed_in.get(PAGE))
    [kept] = CalendarLink.objects.values_list("token_hash", flat=True)
    assert kept == hash_of(secret) != secret
    assert secret not in str(list(Event.objects.values_list()))


def test_a_new_link_replaces_the_old(signed_in, public):
    old, new = make_link(signed_in), make_link(signed_in)

    assert [public.get(link).status_code for link in (old, new)] == [404, 200]
    assert CalendarLink.objects.filter(revoked_at=None).count() == 1


def test_a_link_that_is_taken_back_opens_nothing(signed_in, public):
    link = make_link(signed_in)
    response = signed_in.post(PAGE, {"verb": "take-back"}, follow=True)

    assert "The link is taken back" in words_of(response)
    assert "You have no link yet" in words_of(response)
    assert public.get(link).status_code == 404


def test_each_step_is_an_event(signed_in, maya):
    make_link(signed_in)
    signed_in.post(PAGE, {"verb": "take-back"})
    signed_in.post(PAGE, {"verb": "take-back"})

    told = Event.objects.filter(subject=f"person:{maya.pk}").order_by("pk")
    assert list(told.values_list("verb", "by", "details")) == [
        ("make_calendar_link", maya.pk, {}),
        ("take_back_calendar_link", maya.pk, {}),
    ]


@pytest.mark.parametrize("verb", ["", "burn", "MAKE"])
def test_what_the_page_does_not_know_is_refused(signed_in, verb):
    assert signed_in.post(PAGE, {"verb": verb}).status_code == 400
    assert not CalendarLink.objects.exists()


def test_a_role_that_is_removed_shows_no_more_on_the_next_request(signed_in, public, maya):
    link = make_link(signed_in)
    Membership.objects.filter(user=maya).delete()
    response = public.get(link)

    assert response.status_code == 200
    assert CANARY not in source_of(response)


def test_the_link_of_somebody_who_has_left_opens_nothing(signed_in, public, maya):
    link = make_link(signed_in)
    User.objects.filter(pk=maya.pk).update(is_active=False)

    assert public.get(link).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("token", ["abc", "x" * 2000, "%00", "%F0%9F%98%80", "'%22", "a.ics"])
def test_a_wrong_secret_is_like_no_address(public, token, method):
    assert getattr(public, method)(f"/calendars/{token}.ics").status_code == 404


def test_a_link_is_only_read(signed_in, public):
    link = make_link(signed_in)

    assert public.post(link).status_code == 405
    assert public.head(link).status_code == 200
    assert list(public.get(f"{link}?x=1").json()["errors"]) == ["x"]


@pytest.mark.parametrize("text", ["Not Found: {}", "GET https://host.example.org{} HTTP/1.1", '"{}"', "path={}"])
def test_logs_never_hold_a_secret(text):
    secret = "Ab-_" * 10 + "xyz"

    assert secret not in mask_text(text.format(f"/calendars/{secret}.ics"))
    assert secret not in mask_text(text.format(f"/calendars/{secret}"))


def test_names_of_our_own_files_stay_readable_in_logs():
    line = 'File "/srv/reforms/alerts/calendars/views.py", line 7'

    assert mask_text(line) == line


def test_the_log_of_a_wrong_link_hides_it(public, caplog):
    with caplog.at_level(logging.WARNING):
        public.get("/calendars/not-a-secret-of-anybody.ics")

    assert "not-a-secret" not in mask_text(caplog.text)


def test_the_page_names_the_calendars_of_ones_councils(signed_in, maya):
    page = source_of(signed_in.get(PAGE))
    slug = Membership.objects.get(user=maya).organisation.slug

    assert f"/councils/{slug}/calendar.ics" in page
    assert "/calendar.ics" in page
    assert PAGE in links_of(signed_in.get("/accounts/"))


def test_drafts_are_in_no_calendar(signed_in, public, maya):
    council = Membership.objects.get(user=maya).organisation
    before = [public.get(address).content for address in ("/calendar.ics", f"/councils/{council.slug}/calendar.ics")]
    make_version(make_position(council), state="draft", published_on=None, text=CANARY, known_on=date(2023, 2, 2),
                 review_on=date(2026, 12, 1))  # fmt: skip
    after = [public.get(address).content for address in ("/calendar.ics", f"/councils/{council.slug}/calendar.ics")]

    assert before == after
    assert CANARY.encode() not in b"".join(after)

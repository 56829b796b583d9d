"""What a page answers that could not be made: without the database, and without a word of why."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DataError, InterfaceError, OperationalError, connection
from django.test import Client

from reforms.base.models import User

SORRY = "Sorry, the service is unavailable"
SECRET = "connection to server at db.example.org failed"
LOST = OperationalError(SECRET)


@pytest.fixture
def browser(public: Client) -> Client:
    """It is shown what went wrong."""
    public.raise_request_exception = False
    return public


@contextmanager
def away(error: Exception) -> Iterator[list[str]]:
    """The database answers every question with this error. Gives what it was asked."""
    asked: list[str] = []

    def refuse(execute, sql, *rest):
        asked.append(sql)
        raise error

    with connection.execute_wrapper(refuse):
        yield asked


@pytest.mark.parametrize("error", [LOST, InterfaceError(SECRET)], ids=["lost", "hung-up"])
@pytest.mark.parametrize("address", ["/", "/commitments/", "/flags/"])
def test_page_says_that_it_is_unavailable(browser: Client, error, address):
    with away(error):
        response = browser.get(address)

    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert SORRY in response.content.decode()
    assert SECRET not in response.content.decode()
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("address", ["/", "/my-page-that-is-not-there/", "/admin/"])
def test_so_it_does_to_people_who_have_signed_in(browser: Client, address):
    """Who they are is asked outside the page, where middleware would not see the error."""
    browser.force_login(User.objects.create_user("maya@example.org"))
    with away(LOST):
        response = browser.get(address)

    assert (response.status_code, SORRY in response.content.decode()) == (503, True)


def test_making_that_page_asks_nothing_more(browser: Client):
    """A database that hangs is waited for once, not once more for each part of the page."""
    browser.force_login(User.objects.create_user("maya@example.org"))
    with away(LOST) as asked:
        browser.get("/")

    assert len(asked) == 1


def test_signing_in_says_so_too(browser: Client):
    with away(LOST):
        response = browser.post("/accounts/sign-in/", {"username": "maya@example.org", "password": "a"})

    assert response.status_code == 503


@pytest.mark.parametrize("address", ["/flags.json", "/flags.csv"])
def test_data_says_so_as_data(browser: Client, address):
    with away(LOST):
        response = browser.get(address)

    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert response.json() == {"errors": {"service": ["The service is unavailable. Try again in a few minutes."]}}


def test_probes_ask_nobody_who_they_are(browser: Client):
    """Not even of somebody who has signed in: it would be asked of the database that is away."""
    browser.force_login(User.objects.create_user("maya@example.org"))
    with away(LOST) as asked:
        alive = browser.get("/livez")
        assert (alive.status_code, asked) == (200, [])
        ready = browser.get("/readyz")

    assert (ready.status_code, ready.json()["database"]) == (503, False)


def test_other_errors_are_ours(browser: Client):
    with away(DataError(SECRET)):
        response = browser.get("/flags/")

    assert response.status_code == 500
    assert "Something went wrong" in response.content.decode()
    assert "Retry-After" not in response

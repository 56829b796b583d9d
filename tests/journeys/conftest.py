"""The cast: the people the tracker is for, as the demo makes them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from councils.demo import load_cast
from reforms.base.models import User

PASSWORD = "reform-tracker-demo"


@pytest.fixture
def cast(db, settings) -> dict[str, User]:
    """Maya (officer), Owen (approver), Ruth (scrutiny member), Sami (another council), Nell (administrator)."""
    # Where the demo is: the cast needs no second factor there, whatever database this run is on.
    settings.IS_EMBEDDED_DATABASE = True
    load_cast(settings.FIXTURES_DIR / "demo" / "cast.yaml", now=datetime(2026, 11, 21, 9, tzinfo=UTC))
    return {person.name.split()[0].lower(): person for person in User.objects.all()}


@pytest.fixture
def sign_in(cast):
    """Sign in as one of the cast, by the form that everybody uses."""

    def enter(name: str) -> Client:
        client = Client()
        response = client.post("/accounts/sign-in/", {"username": cast[name].email, "password": PASSWORD})
        assert (response.status_code, response["Location"]) == (302, "/")
        return client

    return enter

"""A letter is made once, and a worker is told of it after the commit."""

from __future__ import annotations

import re

import pytest

from reforms.alerts.models import Letter
from reforms.alerts.outbox import letters
from reforms.alerts.outbox.addresses import whole
from reforms.alerts.outbox.letters import Written, put
from reforms.environment import Configuration
from tests.reforms.alerts.outbox.conftest import MINUTE, NOW, some_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def hints(monkeypatch) -> list[str]:
    """The tasks that were hinted at."""
    given: list[str] = []
    monkeypatch.setattr(letters, "hint", given.append)
    return given


def test_letter_waits_from_now(hints):
    letter = some_letter(subject="  Two\r\nlines  ", unsubscribe_url="https://reforms.example.org/u/")

    assert (letter.state, letter.made_at, letter.not_before, letter.attempts) == ("waiting", NOW, NOW, 0)
    assert letter.subject == "Two lines"
    assert list(Letter.objects.due(at=NOW)) == [letter]
    assert hints == ["reforms.alerts.tasks.send_letters"]


def test_letter_is_made_once(hints):
    letter = some_letter()

    again = put(letter.recipient, Written("digest", letter.key, "Other", "Words"), now=NOW + MINUTE)

    assert again is None
    assert Letter.objects.get().subject == letter.subject
    assert len(hints) == 1


def test_subject_fits():
    assert len(some_letter(subject="x" * 300).subject) == 200


def test_message_ids_are_our_own(settings):
    settings.DEFAULT_FROM_EMAIL = "Reforms <reforms@example.org>"
    found = {letters.new_message_id() for _ in range(100)}

    assert len(found) == 100
    assert all(re.fullmatch(r"<[0-9a-f]{32}@example\.org>", each) for each in found)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param({}, "http://localhost:8000", id="workbench"),
        pytest.param({"port": 8001}, "http://localhost:8001", id="another-port"),
        pytest.param({"allowed_hosts": ("reforms.example.org", "b")}, "https://reforms.example.org", id="production"),
        pytest.param({"allowed_hosts": (".example.org",)}, "https://example.org", id="all-below-a-name"),
        pytest.param(
            {"allowed_hosts": ("a.example.org",), "site_url": "https://reforms.example.org/"},
            "https://reforms.example.org",
            id="told",
        ),
    ],
)
def test_how_addresses_begin(given, expected):
    assert Configuration(**given).site_address == expected


def test_whole_address(settings):
    settings.SITE_URL = "https://reforms.example.org"

    assert whole("/flags/?kind=closed") == "https://reforms.example.org/flags/?kind=closed"

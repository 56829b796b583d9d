"""Links in letters: each opens one thing to whoever has it, and no line of a log holds one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import signing
from django.urls import resolve

from reforms.alerts.models import Recipient, Subscription
from reforms.alerts.subscribing.links import (
    SALT,
    Asked,
    asked_by,
    confirm_url,
    manage_url,
    recipient_with,
    unsubscribe_url,
)
from reforms.alerts.telling.recipients import recipient_of
from reforms.alerts.topics import Frequency
from reforms.logs.masking import HIDDEN, mask_text
from tests.reforms.alerts.subscribing.conftest import NOW

DAILY = Frequency.DAILY


def token() -> str:
    return resolve(path_of(confirm_url(Subscription(pk=12), DAILY))).kwargs["token"]


def path_of(url: str) -> str:
    assert url.startswith("http")
    return "/" + url.split("/", 3)[3]


def test_link_says_what_is_confirmed():
    assert asked_by(token()) == Asked(12, DAILY)


@pytest.mark.parametrize(
    ("days", "works"), [pytest.param(6.9, True, id="in-time"), pytest.param(7.1, False, id="too-late")]
)
def test_link_works_for_a_week(time_machine, days, works):
    time_machine.move_to(NOW, tick=False)
    made = token()
    time_machine.shift(timedelta(days=days))

    assert (asked_by(made) is not None) is works


FOREIGN = [
    pytest.param("", id="nothing"),
    pytest.param("a:b:c", id="parts"),
    pytest.param("\0", id="nul"),
    pytest.param("ключ", id="cyrillic"),
    pytest.param("a" * 10_000, id="10-kB"),
    pytest.param("..", id="dots"),
    pytest.param("' OR 1=1 --", id="sql"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("given", FOREIGN)
def test_what_is_not_ours_opens_nothing(given):
    assert asked_by(given) is None
    assert recipient_with(given) is None


@pytest.mark.parametrize(
    "said",
    [
        pytest.param([12, "hourly"], id="frequency"),
        pytest.param(["x", "daily"], id="key"),
        pytest.param([12], id="part"),
        pytest.param(12, id="number"),
        pytest.param(None, id="none"),
    ],
)
def test_signature_alone_is_not_enough(said):
    assert asked_by(signing.dumps(said, salt=SALT)) is None


def test_signature_for_something_else_is_none():
    assert asked_by(signing.dumps([12, "daily"], salt="words")) is None


@pytest.mark.parametrize("place", range(0, 60, 7))
def test_changed_letter_spoils_it(place):
    made = token()
    other = "A" if made[place] != "A" else "B"

    assert asked_by(made[:place] + other + made[place + 1 :]) is None


@pytest.mark.django_db
def test_key_opens_what_is_its_own():
    anna, bert = (Recipient.objects.create(address=f"{name}@example.org", made_at=NOW) for name in ("anna", "bert"))

    assert resolve(path_of(manage_url(anna))).kwargs == {"key": anna.key}
    assert resolve(path_of(unsubscribe_url(bert))).kwargs == {"token": bert.key}
    assert recipient_with(anna.key) == anna
    assert recipient_with(anna.key.swapcase()) is None


@pytest.mark.django_db
def test_somebody_with_an_account_signs_in_to_choose(maya):
    assert path_of(manage_url(recipient_of(maya, now=NOW))) == "/accounts/updates/"


@pytest.mark.django_db
def test_no_line_of_the_log_holds_a_link():
    recipient = Recipient.objects.create(address="anna@example.org", made_at=NOW)
    for url in (confirm_url(Subscription(pk=12), DAILY), manage_url(recipient), unsubscribe_url(recipient)):
        secret = url.rstrip("/").rpartition("/")[2]
        for line in (url, path_of(url), f"Not Found: {path_of(url)}"):
            assert HIDDEN in mask_text(line)
            assert not any(part in mask_text(line) for part in secret.split(":"))

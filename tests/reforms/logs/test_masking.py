"""What is hidden in a line of the log, and what is left to be read."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reforms.logs.masking import HIDDEN, LONGEST, PERSON, mask, mask_text

CANARY = "canary7"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"postgres://anna:{CANARY}@db:5432/x refused", id="address with a password"),
        pytest.param(f"postgres://anna:p@{CANARY}/w0rd@db/x", id="password with an at sign and a slash"),
        pytest.param(f"redis://:{CANARY}@cache:6379/0", id="address with a password alone"),
        pytest.param(f"host=db user=anna password={CANARY} dbname=x", id="words of libpq"),
        pytest.param(f"GET /invitations/?token={CANARY} HTTP/1.1", id="query"),
        pytest.param(f"Referer https://a.example.org/x?code={CANARY}&b=1 does not match", id="query of an address"),
        pytest.param(f"Authorization: Bearer {CANARY}", id="header"),
        pytest.param(f"Authorization: Basic {CANARY}==", id="header, basic"),
        pytest.param(f"sent bearer {CANARY}.x", id="bearer, by itself"),
        pytest.param(f"Cookie: sessionid={CANARY}; csrftoken={CANARY}; other=1", id="cookies"),
        pytest.param(f"{{'password': '{CANARY} and more', 'name': 'x'}}", id="dictionary"),
        pytest.param(f'{{"csrfmiddlewaretoken": "{CANARY}"}}', id="json"),
        pytest.param(f"<QueryDict: {{'password': ['{CANARY}']}}>", id="form"),
        pytest.param(f"b'secret': b'{CANARY}'", id="bytes"),
        pytest.param(f"SECRET_KEY={CANARY}", id="assignment"),
        pytest.param(f"X-Api-Key: {CANARY}", id="key of a service"),
        pytest.param(f"Invalid request from ip={CANARY}: x", id="address of a reader's machine"),
        pytest.param(f"Not Found: /accounts/invitation/7-{CANARY}/", id="link of an invitation"),
        pytest.param(f"/accounts/password/reset/key/7-c3-{CANARY}/", id="link to a new password"),
        pytest.param(f"Not Found: /updates/confirm/WzEyXQ:1r:{CANARY}/", id="link to confirm an address"),
        pytest.param(f"/updates/manage/{CANARY}/", id="link to what an address hears about"),
        pytest.param(f"/updates/unsubscribe/{CANARY}/", id="link to stop letters"),
        pytest.param(f"Key (email)=({CANARY}@example.gov.uk) already exists", id="address of a person"),
    ],
)
def test_secrets_in_text_are_hidden(text):
    masked = mask_text(text)

    assert CANARY not in masked
    assert HIDDEN in masked or PERSON in masked


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Not Found: /commitments/SH-4-07/", id="path"),
        pytest.param("Task reforms.alerts.tasks.raise_flags succeeded in 0.1s", id="task"),
        pytest.param("celery@worker-1.example.org ready.", id="name of a worker"),
        pytest.param("Forbidden (CSRF token missing.): /accounts/sign-in/", id="refusal"),
        pytest.param("What is known? basic information is here", id="question"),
        pytest.param("Listening at: http://127.0.0.1:8000 (12)", id="address without a password"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_no_secret_is_left(text):
    assert mask_text(text) == text


@pytest.mark.parametrize(
    ("key", "is_hidden"),
    [
        ("password", True),
        ("Old-Password", True),
        ("access_token", True),
        ("HTTP_AUTHORIZATION", True),
        ("cookies", True),
        ("csrfmiddlewaretoken", True),
        ("session_key", True),
        ("key", True),
        ("api_key", True),
        ("apikey", True),
        ("sentry_dsn", True),
        ("monkey", False),
        ("keyboard", False),
        ("passed", False),
        ("path", False),
    ],
)
def test_values_are_hidden_by_the_name_of_their_key(key, is_hidden):
    assert (mask({key: CANARY}) == {key: HIDDEN}) is is_hidden


def test_mask_goes_as_deep_as_the_data():
    class Anything:
        def __str__(self) -> str:
            return f"password={CANARY}"

    data = {"a": [{"token": CANARY}, (Anything(), {CANARY: f"/?t={CANARY}"})], "b": {f"x@{CANARY}.org"}}

    assert CANARY not in str(mask(data)).replace(f"'{CANARY}':", "")


@pytest.mark.parametrize("value", [None, True, 0, 1.5, "plain"])
def test_plain_values_stay_as_they_are(value):
    assert mask({"a": value, "b": [value]}) == {"a": value, "b": [value]}


def test_a_long_text_keeps_its_ends():
    masked = mask_text(f"first{'x' * 50_000}last")

    assert masked.startswith("first")
    assert masked.endswith("last")
    assert len(masked) < LONGEST + 50


@given(st.text(), st.text())
def test_any_text_can_be_masked_and_nothing_is_left_of_a_query(before, after):
    masked = mask_text(f"{before}/x?token={CANARY}{after}")

    assert f"={CANARY}" not in masked


@pytest.mark.parametrize(
    "piece",
    ["a", "a.", "a://", "a@", "a@b.", "-", " ", "'", "?a=", "ip=", "password", "password='", "token: ", "bearer a1"],
)
def test_time_grows_with_the_length_alone(piece):
    """A stranger chooses the text; all of LONGEST in any of these shapes has to be quick."""
    text = (piece * LONGEST)[:LONGEST] + "="
    before = time.process_time()
    mask_text(text)

    assert time.process_time() - before < 0.5

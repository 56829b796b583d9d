"""A letter as programs of mail read it."""

from __future__ import annotations

import pytest

from reforms.alerts.models import Letter, Recipient
from reforms.alerts.outbox.messages import message_of
from tests.reforms.alerts.outbox.conftest import NOW

UNSUBSCRIBE = "https://reforms.example.org/unsubscribe/" + "k" * 60 + "/"


def a_letter(address: str = "anna@example.org", **values: str) -> Letter:
    """One that is nowhere in a database."""
    usual = {"message_id": "<1@example.org>", "subject": "What is new – £5", "text": "Dear Anna,\n"}
    return Letter(recipient=Recipient(address=address, made_at=NOW), **usual | values)


def test_headers(settings):
    settings.DEFAULT_FROM_EMAIL = "reforms@example.org"
    sent = message_of(a_letter(unsubscribe_url=UNSUBSCRIBE)).message()

    assert {name: sent[name] for name in sent if name not in ("Date", "MIME-Version", "Content-Type", "Subject")} == {
        "Message-ID": "<1@example.org>",
        "From": "reforms@example.org",
        "To": "anna@example.org",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "List-Unsubscribe": f"<{UNSUBSCRIBE}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Content-Transfer-Encoding": "7bit",
    }


def test_nothing_to_unsubscribe_from():
    assert not [name for name in message_of(a_letter()).message() if name.startswith("List-")]


def test_both_kinds_of_text():
    sent = message_of(a_letter(html="<p>Dear Anna,</p>")).message()

    assert sent.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in sent.get_payload()] == ["text/plain", "text/html"]


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("anna@example.org\nBcc: all@example.org", id="another-header"),
        pytest.param("anna@example.org\r\n", id="line-end"),
        pytest.param("anna", id="no-domain"),
        pytest.param("@example.org", id="no-name"),
        pytest.param("anna@", id="nothing-behind"),
        pytest.param("anna@example.org,bert@example.org", id="two"),
        pytest.param("Anna <anna@example.org>", id="name-and-address"),
        pytest.param("anna\0@example.org", id="null"),
        pytest.param("dörte@example.org", id="which few servers can write"),
    ],
)
def test_what_is_no_address(address):
    with pytest.raises(ValueError, match=r"^not an address$"):
        message_of(a_letter(address))


def test_subject_cannot_carry_a_header():
    with pytest.raises(ValueError, match="newlines"):
        message_of(a_letter(subject="So\nBcc: all@example.org")).message()

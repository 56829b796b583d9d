"""Letters in the outbox, for tests."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from reforms.alerts.models import Letter, Recipient
from reforms.base.models import User
from tests.builders import next_number

WORDS = "Quinquereme"
"""What the letters say, and no page shows."""


def make_recipient(person: User | None = None, *, at: datetime, address: str = "") -> Recipient:
    """Somebody's own, or one by an address of its own."""
    given = {} if person else {"address": address or f"reader-{next_number()}@example.org"}
    return Recipient.objects.create(person=person, made_at=at, **given)


def make_letter(recipient: Recipient, *, at: datetime, **values: Any) -> Letter:
    """One that waits and is due."""
    number = next_number()
    usual = {
        "key": f"test:{number}",
        "kind": Letter.Kind.DIGEST,
        "message_id": f"<{number}@example.org>",
        "subject": WORDS,
        "text": WORDS,
        "html": WORDS,
        "made_at": at,
        "not_before": at,
    }
    return Letter.objects.create(recipient=recipient, **usual | values)


def make_failed(recipient: Recipient, *, at: datetime, **values: Any) -> Letter:
    """One that was given up."""
    usual = {"state": Letter.State.FAILED, "ended_at": at + timedelta(days=2), "attempts": 8}
    return make_letter(recipient, at=at, **usual | {"last_error": "SMTPRecipientsRefused"} | values)

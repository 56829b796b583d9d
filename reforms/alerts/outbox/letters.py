"""Putting a letter into the outbox."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from reforms.alerts.models import Letter, Recipient
from reforms.base.hints import hint

SEND = "reforms.alerts.tasks.send_letters"
"""The task that a hint asks for."""


@dataclass(frozen=True)
class Written:
    """A letter as it is to be sent. `kind` is one of Letter.Kind, `key` says what it is, so that it is made once."""

    kind: str
    key: str
    subject: str
    text: str
    html: str = ""
    unsubscribe_url: str = ""


def put(recipient: Recipient, written: Written, *, now: datetime) -> Letter | None:
    """Have it sent, once what is being written has been committed. None where it has been made before."""
    letter, is_new = Letter.objects.get_or_create(
        key=written.key,
        defaults={
            "kind": written.kind,
            "recipient": recipient,
            "message_id": new_message_id(),
            "subject": " ".join(written.subject.split())[:200],
            "text": written.text,
            "html": written.html,
            "unsubscribe_url": written.unsubscribe_url,
            "made_at": now,
            "not_before": now,
        },
    )
    if not is_new:
        return None
    hint(SEND)
    return letter


def new_message_id() -> str:
    """One that no other letter has, under the name that letters come from."""
    return f"<{secrets.token_hex(16)}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].strip('<> ')}>"

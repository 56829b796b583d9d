"""Letters that the service sends to people."""

from __future__ import annotations

from datetime import datetime
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from reforms.base.faults import count_fault

MAIL = "mail"
"""How letters are called among the parts of the service that may fail."""


def send_letter(template: str, *, to: str, context: dict[str, Any], now: datetime) -> bool:
    """Whether it went to a server of mail. The first line of the template is its subject. A failure is counted."""
    subject, _, text = render_to_string(template, context).strip().partition("\n")
    try:
        send_mail(subject, text.strip() + "\n", None, [to])
    except (OSError, SMTPException) as error:
        count_fault(MAIL, error, now=now)
        return False
    return settings.SENDS_MAIL

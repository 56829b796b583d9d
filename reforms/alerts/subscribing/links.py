"""Links in letters: whole addresses, each with a secret that only the reader of the letter has.

The link that confirms is signed and lasts a week. The one to manage or stop letters lasts as long as the recipient.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import NamedTuple

from django.core import signing
from django.urls import reverse

from reforms.alerts.models import Recipient, Subscription
from reforms.alerts.outbox.addresses import whole
from reforms.alerts.topics import Frequency

SALT = "reforms.alerts.subscribing.confirm"
CONFIRM_WITHIN = timedelta(days=7)
LONGEST = 300
_KEY = re.compile(r"[\w-]{32,64}", re.ASCII)


class Asked(NamedTuple):
    """What a link confirms: the subscription, by its key, and how often."""

    subscription: int
    frequency: Frequency


def confirm_url(subscription: Subscription, frequency: Frequency) -> str:
    """Where whoever reads the letter says that it was they who asked, and how often."""
    token = signing.dumps([subscription.pk, frequency.value], salt=SALT)
    return whole(reverse("updates-confirm", args=[token]))


def manage_url(recipient: Recipient) -> str:
    """Where the recipient chooses what to hear about; somebody with an account signs in for it."""
    if recipient.person_id:
        return whole(reverse("my-updates"))
    return whole(reverse("updates-manage", args=[recipient.key]))


def unsubscribe_url(recipient: Recipient) -> str:
    """Where one press of a button, or of the mail program's own, ends all letters."""
    return whole(reverse("updates-unsubscribe", args=[recipient.key]))


def asked_by(token: str) -> Asked | None:
    """What the link is for; None where it is not ours, or too old."""
    if len(token) > LONGEST:
        return None
    try:
        key, frequency = signing.loads(token, salt=SALT, max_age=CONFIRM_WITHIN)
        return Asked(int(key), Frequency(frequency))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def recipient_with(key: str) -> Recipient | None:
    """Whose link it is; None for one that was never given out, or whose recipient has gone."""
    if not _KEY.fullmatch(key):
        return None
    return Recipient.objects.select_related("person").filter(key=key).first()

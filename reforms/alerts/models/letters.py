"""The outbox: every letter that alerts have to send, from the moment it is made until a server has taken it."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from reforms.alerts.models.recipients import Recipient


class LetterQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(state=Letter.State.WAITING)

    def due(self, *, at: datetime) -> Self:
        """Those that may be claimed at this moment: nobody has them in hand, or whoever had them is overdue."""
        free = Q(claimed_until=None) | Q(claimed_until__lte=at)
        return self.waiting().filter(free, not_before__lte=at)


class Letter(models.Model):
    """One e-mail to one recipient. `key` says what it is, so that it is made once: digest:12:2026-11-22.

    A worker that sends it first claims it, until a moment: should the worker die, another may claim it after that.
    The Message-ID is chosen here, once, so that whoever gets a letter twice can be spared the second.
    """

    class Kind(models.TextChoices):
        DIGEST = "digest", "Digest"
        URGENT = "urgent", "Urgent"
        CONFIRMATION = "confirmation", "Confirmation of a subscription"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"
        DROPPED = "dropped", "Dropped"

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="letters")
    message_id = models.CharField(max_length=200, unique=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    unsubscribe_url = models.CharField(max_length=400, blank=True, help_text="Whole, for List-Unsubscribe.")
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    made_at = models.DateTimeField()
    not_before = models.DateTimeField()
    claim = models.CharField(max_length=32, blank=True, help_text="Of whoever has it in hand: a random word.")
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=100, blank=True, help_text="The name of an error, never its words.")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Sent, given up or dropped at this moment.")

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [
            models.Index(fields=["not_before", "id"], condition=Q(state="waiting"), name="letters_that_wait"),
            models.Index(fields=["state", "ended_at"], name="letters_that_ended"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(claim="", claimed_until=None) | ~Q(claim="") & Q(claimed_until__isnull=False),
                name="a_claim_on_a_letter_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at=None) | ~Q(state="waiting") & Q(ended_at__isnull=False),
                name="a_letter_waits_or_has_ended",
            ),
        ]

    def __str__(self) -> str:
        return self.key

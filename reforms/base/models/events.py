"""The audit trail: what changed, when, and by whom. Never free text."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Event(models.Model):
    """One change. Subject and organisation are stable text, so that an event outlives what it speaks of."""

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=40)
    subject = models.CharField(max_length=200, help_text="For example position:lincolnshire/SH-4.")
    organisation = models.CharField(max_length=100, blank=True, help_text="The slug of the body it concerns.")
    state_before = models.CharField(max_length=40, blank=True)
    state_after = models.CharField(max_length=40, blank=True)
    details = models.JSONField(default=dict, help_text="Ids, counts and hashes only.")

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["subject", "at"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"

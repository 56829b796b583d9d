"""What calendars have been told of each entry, and who may read one of their own."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class CalendarEntry(models.Model):
    """How often an entry of a calendar has changed, so that the calendars of others notice: SEQUENCE in RFC 5545."""

    uid = models.CharField(max_length=250, unique=True)
    content_hash = models.CharField(max_length=64, help_text="Of what was said when it was last looked at.")
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["uid"]

    def __str__(self) -> str:
        return self.uid


class CalendarLink(models.Model):
    """An address by which one person's calendar can be read without signing in. Only the hash of its secret is kept."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["person", "made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked_at=None), name="a_person_has_one_calendar_link"
            )
        ]

    def __str__(self) -> str:
        return f"calendar link {self.pk}"

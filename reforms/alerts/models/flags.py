"""What was raised, acknowledged and told. What is due is never read from here: see due.py."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models

from reforms.alerts.kinds import FlagKind


class FlagQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(cleared_at__isnull=True)

    def untold(self) -> Self:
        """Open flags that no notices have been made of. What the first run found is old news."""
        return self.open().filter(told_at__isnull=True, is_baseline=False)


class Flag(models.Model):
    kind = models.CharField(max_length=40, choices=FlagKind)
    subject = models.CharField(max_length=200, help_text="For example consultation:agency-social-work.")
    organisation = models.CharField(max_length=100, blank=True, help_text="Empty for a national flag.")
    due_on = models.DateField()
    threshold = models.PositiveSmallIntegerField(default=0, help_text="Days before, or 0.")
    reason = models.CharField(max_length=300)
    raised_for = models.DateField(help_text="The civil day the run answered for.")
    raised_at = models.DateTimeField()
    is_baseline = models.BooleanField(default=False, help_text="Found by the first run, which tells nobody.")
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cleared_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, help_text="When notices were made of it.")

    objects = FlagQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "subject", "-threshold"]
        indexes = [
            models.Index(
                fields=["organisation"],
                condition=models.Q(cleared_at__isnull=True),
                name="open_flags_of_an_organisation",
            ),
            models.Index(
                fields=["id"],
                condition=models.Q(cleared_at__isnull=True, told_at__isnull=True, is_baseline=False),
                name="flags_to_be_told",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "organisation", "due_on", "threshold"],
                condition=models.Q(cleared_at__isnull=True),
                name="an_open_flag_is_raised_once",
            ),
            models.CheckConstraint(
                condition=models.Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | models.Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="an_acknowledgement_has_a_moment_and_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

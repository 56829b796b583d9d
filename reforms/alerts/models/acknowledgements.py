"""What an organisation has said of a flag: that it has seen it, or that it is to come back later."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models

from councils.models import Membership
from pillars.models import Organisation
from reforms.alerts.kinds import FlagKind
from reforms.base.models import User


class AcknowledgementQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Those of the organisations that the person has a role in."""
        held = Membership.objects.filter(user=user).values("organisation")
        return self.filter(organisation__in=held) if user.is_active else self.none()

    def quiet(self, *, on: date) -> Self:
        """Those that keep their flag out of the way on the day."""
        return self.filter(models.Q(snoozed_until=None) | models.Q(snoozed_until__gt=on))


class Acknowledgement(models.Model):
    """Speaks of a flag by what makes it the same flag, not by its row: a date that moves makes another flag."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40, choices=FlagKind)
    subject = models.CharField(max_length=200)
    due_on = models.DateField()
    threshold = models.PositiveSmallIntegerField(default=0)
    snoozed_until = models.DateField(
        null=True, blank=True, help_text="The day on which it is shown again. None: it was acknowledged."
    )
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = AcknowledgementQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "due_on", "subject", "threshold"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "subject", "due_on", "threshold"],
                name="an_organisation_acknowledges_a_flag_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.kind} {self.subject}"

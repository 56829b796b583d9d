"""Invitations: links by which people who were let in choose their password."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models


class InvitationQuerySet(models.QuerySet):
    def open(self, *, at: datetime) -> Self:
        """Those that still let somebody in at this moment."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=at, user__is_active=True)


class Invitation(models.Model):
    """A link that lets one person choose a password, once. The link itself is kept nowhere, only its hash."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="Replaced or taken back.")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(withdrawn_at=None),
                name="an_invitation_is_accepted_or_withdrawn",
            )
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

"""Who may act for which organisation, and as what."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pillars.models import Organisation


class Membership(models.Model):
    class Role(models.TextChoices):
        CONTRIBUTOR = "contributor", "Contributor"
        OFFICER = "officer", "Officer"
        APPROVER = "approver", "Approver"
        SCRUTINY_MEMBER = "scrutiny_member", "Scrutiny member"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=20, choices=Role)

    class Meta:
        ordering = ["organisation", "role", "user"]
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "role"], name="a_person_holds_a_role_once")
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}, {self.organisation}"

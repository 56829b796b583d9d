"""Who may act for which organisation, and as what."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models

from pillars.models import Organisation


class MembershipQuerySet(models.QuerySet):
    def writing(self, user) -> Self:
        """The person's roles that let them read and write what their organisation has not published."""
        return self.filter(user=user, role__in=Membership.WRITING_ROLES)


class Membership(models.Model):
    class Role(models.TextChoices):
        CONTRIBUTOR = "contributor", "Contributor"
        OFFICER = "officer", "Officer"
        APPROVER = "approver", "Approver"
        SCRUTINY_MEMBER = "scrutiny_member", "Scrutiny member"

    WRITING_ROLES = (Role.CONTRIBUTOR, Role.OFFICER, Role.APPROVER)

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=20, choices=Role)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "role", "user"]
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "role"], name="a_person_holds_a_role_once")
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}, {self.organisation}"

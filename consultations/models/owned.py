"""What an organisation keeps to itself until a public document tells it."""

from __future__ import annotations

from typing import Self

from django.db import models

from councils.models import Membership, PositionVersion
from pillars.models import CitedFactQuerySet


class OwnedQuerySet(CitedFactQuerySet):
    """Rows that have an `organisation` and an `origin`."""

    def visible_to(self, user) -> Self:
        """What a public document told, and what belongs to the person's own organisations."""
        told = models.Q(origin=PositionVersion.Origin.RECORDED)
        if not user.is_authenticated:
            return self.filter(told)
        own = Membership.objects.filter(user=user, organisation=models.OuterRef("organisation"))
        return self.filter(told | models.Exists(own))

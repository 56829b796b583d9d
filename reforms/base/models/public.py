"""What every public fact shares: the day it became public knowledge."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models


class PublicFactQuerySet(models.QuerySet):
    def known(self, *, on: date) -> Self:
        """Facts that a member of the public could have known on this day."""
        return self.filter(known_on__lte=on)


class PublicFact(models.Model):
    """A fact with the day from which it was public, by default the day its earliest source came out."""

    known_on = models.DateField(help_text="The day from which the public could know this.")

    objects = PublicFactQuerySet.as_manager()

    class Meta:
        abstract = True

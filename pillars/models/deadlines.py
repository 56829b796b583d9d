"""When a commitment falls due: the published words and the window they mean."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models

from pillars.models.commitments import Commitment
from pillars.models.sources import CitedFact, CitedFactQuerySet
from pillars.models.windows import FuzzyWindow


class DeadlineQuerySet(CitedFactQuerySet):
    def current(self, *, on: date) -> Self:
        """Known on the day and not yet replaced by another known on it."""
        replaced = self.model._default_manager.filter(replaces=models.OuterRef("pk"), known_on__lte=on)
        return self.known(on=on).exclude(models.Exists(replaced))


class Deadline(FuzzyWindow, CitedFact):
    """A moved deadline is a new row that replaces the old; the old one keeps its words."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="deadlines")
    number = models.PositiveSmallIntegerField(default=1)
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")

    objects = DeadlineQuerySet.as_manager()  # type: ignore[misc]

    class Meta(FuzzyWindow.Meta):
        abstract = False
        ordering = ["commitment", "number"]
        constraints = [
            *FuzzyWindow.Meta.constraints,
            models.UniqueConstraint(fields=["commitment", "number"], name="deadline_numbers_are_unique"),
            models.CheckConstraint(condition=~models.Q(words=""), name="a_deadline_keeps_its_words"),
        ]

    def __str__(self) -> str:
        return f"{self.commitment.reference} {self.role} {self.words}"

    @property
    def reference(self) -> str:
        """The commitment's own reference: a deadline has no address of its own."""
        return self.commitment.reference

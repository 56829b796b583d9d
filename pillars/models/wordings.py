"""How each document puts one thing about a commitment, where documents differ."""

from __future__ import annotations

from django.db import models

from pillars.models.commitments import Commitment
from pillars.models.sources import CitedFact
from pillars.models.windows import FuzzyWindow


class Wording(FuzzyWindow, CitedFact):
    """One reading of one field: the exact time phrase, sum, count or verb, and where it stands.

    All readings of a field share a `topic`; the one that is used says why.
    """

    class Field(models.TextChoices):
        DATE = "date", "Date"
        MONEY = "money", "Money"
        COUNT = "count", "Count"
        STRENGTH = "strength", "How firmly it is promised"
        SCOPE = "scope", "What it covers"
        NAME = "name", "What it is called"

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="wordings")
    number = models.PositiveSmallIntegerField()
    field = models.CharField(max_length=10, choices=Field)
    topic = models.CharField(max_length=80, help_text="What the readings are of: when the first three start.")
    is_used = models.BooleanField(default=False, help_text="Whether our own record follows this reading.")
    reason = models.CharField(max_length=300, blank=True, help_text="Why this reading is used, or how it differs.")

    class Meta(FuzzyWindow.Meta):
        abstract = False
        ordering = ["commitment__reference", "number"]
        constraints = [
            *FuzzyWindow.Meta.constraints,
            models.UniqueConstraint(fields=["commitment", "number"], name="wording_numbers_are_unique"),
            models.UniqueConstraint(
                fields=["commitment", "field", "topic"],
                condition=models.Q(is_used=True),
                name="one_reading_of_a_topic_is_used",
            ),
            models.CheckConstraint(condition=~models.Q(words=""), name="a_wording_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.commitment.reference} {self.field} “{self.words}”"

    @property
    def reference(self) -> str:
        """The commitment's own reference: a wording has no address of its own."""
        return self.commitment.reference

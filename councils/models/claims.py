"""Each thing a position asserts, so that it can be checked, dated and matched to a commitment."""

from __future__ import annotations

from datetime import date

from django.db import models

from councils.models.positions import PositionVersion
from pillars.models import CitedFact, Commitment


class Claim(CitedFact):
    class Kind(models.TextChoices):
        FACT = "fact", "Fact"
        PLAN = "plan", "Plan"
        WELCOME = "welcome", "Welcome"
        CONCERN = "concern", "Concern"
        ASK = "ask", "Ask"

    version = models.ForeignKey(PositionVersion, on_delete=models.CASCADE, related_name="claims")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.TextField()
    readiness = models.CharField(
        max_length=30, choices=PositionVersion.Readiness, default=PositionVersion.Readiness.NOT_STATED
    )
    figure = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    figure_words = models.CharField(max_length=80, blank=True)
    unit = models.CharField(max_length=120, blank=True)
    as_at = models.CharField("as at", max_length=60, blank=True, help_text="The published words: 2020/21.")
    as_at_end = models.DateField(null=True, blank=True, help_text="The last day those words mean.")
    evidence = models.CharField(max_length=300, blank=True)
    stale_on = models.DateField(null=True, blank=True, help_text="From this day it can no longer be true as worded.")
    about = models.ManyToManyField(Commitment, blank=True, related_name="+")

    class Meta:
        ordering = ["version", "number"]
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="claim_numbers_are_unique")]

    def __str__(self) -> str:
        return f"{self.reference} {self.text[:60]}"

    @property
    def reference(self) -> str:
        return f"{self.version.position.reference}#{self.number}"

    def has_expired(self, *, on: date) -> bool:
        """Whether the day has come on which the claim says of itself that it goes stale."""
        return self.stale_on is not None and self.stale_on <= on

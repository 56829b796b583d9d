"""What a recommendation or commitment would change for a body, as its own position puts it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from councils.models.positions import PositionVersion
from pillars.models import CitedFact, Commitment


class Impact(CitedFact):
    """One consequence that a version names: for staff, money, policy and so on, with a figure where it gives one."""

    class Area(models.TextChoices):
        STAFF = "staff", "Staff"
        MONEY = "money", "Money"
        POLICY = "policy", "Policy"
        TRAINING = "training", "Training"
        PARTNERS = "partners", "Partners"
        SYSTEMS = "systems", "Systems"

    version = models.ForeignKey(PositionVersion, on_delete=models.CASCADE, related_name="impacts")
    number = models.PositiveSmallIntegerField()
    area = models.CharField(max_length=10, choices=Area)
    summary = models.TextField(help_text="Our own words.")
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True, help_text="In pounds.")
    count = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=120, blank=True, help_text="What the amount or the count is of.")
    words = models.CharField(max_length=300, blank=True, help_text="The published words that it stands on.")
    rests_on = models.ManyToManyField(Commitment, blank=True, related_name="+")

    class Meta:
        ordering = ["version", "number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="impact_numbers_are_unique"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="the_amount_of_an_impact_is_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(count__isnull=True) | Q(count__gte=0), name="the_count_of_an_impact_is_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.summary[:60]}"

    @property
    def reference(self) -> str:
        """For example blackpool/IR-2!1."""
        return f"{self.version.position.reference}!{self.number}"

"""Money: what was asked for, announced, itemised and allocated. Unlike things are never added."""

from __future__ import annotations

from django.db import models

from pillars.models.commitments import Commitment
from pillars.models.programmes import Programme
from pillars.models.sources import CitedFact


class FundingLine(CitedFact):
    class Role(models.TextChoices):
        ASKED = "asked", "Asked for"
        HEADLINE = "headline", "Headline"
        ITEMISED = "itemised", "Itemised"
        ALLOCATED = "allocated", "Allocated"
        CONTEXT = "context", "Context"

    class Shape(models.TextChoices):
        SUM = "sum", "Sum"
        RATE = "rate", "Rate"
        PERCENTAGE = "percentage", "Percentage"
        UNSPECIFIED = "unspecified", "Not specified"

    class InsideHeadline(models.TextChoices):
        YES = "yes", "Yes, a source says so"
        NO = "no", "No, a source says so"
        NOT_STATED = "not_stated", "Not stated"

    reference = models.CharField(max_length=30, unique=True)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="funding_lines")
    commitment = models.ForeignKey(
        Commitment, null=True, blank=True, on_delete=models.CASCADE, related_name="funding_lines"
    )
    title = models.CharField(max_length=150)
    role = models.CharField(max_length=20, choices=Role)
    shape = models.CharField(max_length=20, choices=Shape)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True, help_text="Pounds.")
    amount_from = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, help_text="Pounds, before the change."
    )
    percent = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    per = models.CharField(max_length=60, blank=True, help_text="What a rate is for each: person, week.")
    years = models.JSONField(default=list, blank=True, help_text="Financial years: 2023-24.")
    words = models.CharField(max_length=200, blank=True, help_text="The published words for the sum and its years.")
    part_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    inside_headline = models.CharField(max_length=10, choices=InsideHeadline, default=InsideHeadline.NOT_STATED)
    also_funds = models.ManyToManyField(Commitment, blank=True, related_name="also_funded_by")

    class Meta:
        ordering = ["programme__number", "reference"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(shape="sum", amount__isnull=False, percent__isnull=True)
                | models.Q(shape="rate", amount__isnull=False, percent__isnull=True)
                | models.Q(shape="percentage", amount__isnull=True, percent__isnull=False)
                | models.Q(shape="unspecified", amount__isnull=True, percent__isnull=True),
                name="a_funding_line_has_the_figures_of_its_shape",
            ),
            models.CheckConstraint(
                condition=~models.Q(part_of=models.F("pk")), name="a_funding_line_is_not_its_own_part"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

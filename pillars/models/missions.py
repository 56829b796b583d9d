"""What a programme aims for by a year, across several commitments."""

from __future__ import annotations

from django.db import models

from pillars.models.programmes import Pillar, Programme
from pillars.models.sources import CitedFact
from pillars.models.windows import FuzzyWindow
from reforms.base.addresses import address


class Mission(FuzzyWindow, CitedFact):
    """An aim of a programme that several commitments serve; dated where a source gives a year.

    `summary` says in our own words what it wants; `target` what it is measured by, or that no number is given.
    """

    reference = models.CharField(max_length=20, unique=True, help_text="For example SH-4-M2.")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="missions")
    pillar = models.ForeignKey(Pillar, null=True, blank=True, on_delete=models.CASCADE, related_name="missions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120, help_text="Our own short title.")
    official_title = models.CharField(max_length=300, blank=True)
    summary = models.TextField(blank=True)
    target = models.CharField(max_length=300, blank=True)

    class Meta(FuzzyWindow.Meta):
        abstract = False
        ordering = ["programme__number", "number"]
        constraints = [
            *FuzzyWindow.Meta.constraints,
            models.UniqueConstraint(fields=["programme", "number"], name="mission_numbers_are_unique"),
        ]

    def __str__(self) -> str:
        return f"Mission {self.number}. {self.title}"

    def get_absolute_url(self) -> str:
        home = (
            address("pillar", self.programme.slug, self.pillar.number)
            if self.pillar
            else address("programme", self.programme.slug)
        )
        return f"{home}#{self.anchor_name}"

    @property
    def anchor_name(self) -> str:
        """Where its section stands on the page: mission-2."""
        return f"mission-{self.number}"

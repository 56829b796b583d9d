"""Pathfinders, pilots and early adopters, and the waves they come in."""

from __future__ import annotations

from django.db import models

from pillars.models.commitments import Commitment
from pillars.models.sources import CitedFact
from pillars.models.windows import FuzzyWindow


class Pilot(CitedFact):
    class Kind(models.TextChoices):
        PATHFINDER = "pathfinder", "Pathfinder"
        PILOT = "pilot", "Pilot"
        PROGRAMME = "programme", "Programme"
        EARLY_ADOPTER = "early_adopter", "Early adopters"

    slug = models.SlugField(max_length=80, unique=True)
    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="pilots")
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=120)
    official_title = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    places = models.CharField(max_length=80, blank=True, help_text="How many, or where, as published.")

    class Meta:
        ordering = ["commitment__reference", "slug"]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        return self.slug


class Wave(FuzzyWindow, CitedFact):
    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="waves")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    places = models.CharField(max_length=80, blank=True)

    class Meta(FuzzyWindow.Meta):
        abstract = False
        ordering = ["pilot", "number"]
        constraints = [
            *FuzzyWindow.Meta.constraints,
            models.UniqueConstraint(fields=["pilot", "number"], name="wave_numbers_are_unique"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        return f"{self.pilot.slug}/wave-{self.number}"

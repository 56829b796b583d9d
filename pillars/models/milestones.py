"""Phases of a programme, and the marked points on its way."""

from __future__ import annotations

from django.db import models

from pillars.models.commitments import Commitment
from pillars.models.programmes import Programme
from pillars.models.sources import CitedFact
from pillars.models.windows import FuzzyWindow


class Phase(FuzzyWindow, CitedFact):
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="phases")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    summary = models.TextField(blank=True)

    class Meta(FuzzyWindow.Meta):
        abstract = False
        ordering = ["programme", "number"]
        constraints = [
            *FuzzyWindow.Meta.constraints,
            models.UniqueConstraint(fields=["programme", "number"], name="phase_numbers_are_unique"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        return f"{self.programme.slug}/phase-{self.number}"


class Milestone(FuzzyWindow, CitedFact):
    """Dated by its own words, or by the first deadline of a commitment."""

    slug = models.SlugField(max_length=80, unique=True)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="milestones")
    phase = models.ForeignKey(Phase, null=True, blank=True, on_delete=models.SET_NULL, related_name="milestones")
    commitment = models.ForeignKey(
        Commitment, null=True, blank=True, on_delete=models.CASCADE, related_name="milestones"
    )
    title = models.CharField(max_length=120)
    summary = models.TextField(blank=True)

    class Meta(FuzzyWindow.Meta):
        abstract = False
        ordering = ["programme", "slug"]
        constraints = [
            *FuzzyWindow.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(commitment__isnull=False, words="")
                | models.Q(commitment__isnull=True) & ~models.Q(words=""),
                name="a_milestone_is_dated_by_words_or_by_a_commitment",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        return self.slug

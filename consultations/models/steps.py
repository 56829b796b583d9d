"""An organisation's own timetable for answering, worked back from the closing day."""

from __future__ import annotations

from django.db import models

from consultations.models.consultations import Consultation
from consultations.models.owned import OwnedQuerySet
from councils.models import PositionVersion
from pillars.models import CitedFact, FuzzyWindow, Organisation


class Step(FuzzyWindow, CitedFact):
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=150)
    note = models.TextField(blank=True)
    origin = models.CharField(max_length=20, choices=PositionVersion.Origin)
    consultations = models.ManyToManyField(Consultation, related_name="steps")

    objects = OwnedQuerySet.as_manager()  # type: ignore[misc]

    class Meta(FuzzyWindow.Meta):
        abstract = False
        ordering = ["organisation", "number"]
        constraints = [
            *FuzzyWindow.Meta.constraints,
            models.UniqueConstraint(fields=["organisation", "number"], name="step_numbers_are_unique"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"{self.organisation.slug}/step-{self.number}"

"""An organisation's own timetable for answering, worked back from the closing day."""

from __future__ import annotations

from typing import Self

from django.db import models

from consultations.models.consultations import Consultation
from councils.models import Membership, PositionVersion
from pillars.models import CitedFact, CitedFactQuerySet, FuzzyWindow, Organisation


class StepQuerySet(CitedFactQuerySet):
    def visible_to(self, user) -> Self:
        """Steps that a public document told, and those of the person's own organisations."""
        told = models.Q(origin=PositionVersion.Origin.RECORDED)
        if not user.is_authenticated:
            return self.filter(told)
        own = Membership.objects.filter(user=user, organisation=models.OuterRef("organisation"))
        return self.filter(told | models.Exists(own))


class Step(FuzzyWindow, CitedFact):
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=150)
    note = models.TextField(blank=True)
    origin = models.CharField(max_length=20, choices=PositionVersion.Origin)
    consultations = models.ManyToManyField(Consultation, related_name="steps")

    objects = StepQuerySet.as_manager()  # type: ignore[misc]

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

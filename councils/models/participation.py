"""Which body asked for, won or left a place in a pilot."""

from __future__ import annotations

from django.db import models

from pillars.models import CitedFact, Organisation, Pilot, Wave


class Participation(CitedFact):
    class Status(models.TextChoices):
        INTERESTED = "interested", "Expressed an interest"
        BID = "bid", "Bid"
        SELECTED = "selected", "Selected"
        NOT_SELECTED = "not_selected", "Not selected"
        WITHDREW = "withdrew", "Withdrew"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="+")
    wave = models.ForeignKey(
        Wave, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", help_text="Where a source names one."
    )
    status = models.CharField(max_length=20, choices=Status)
    said_on = models.DateField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["organisation", "pilot", "said_on"]
        constraints = [models.UniqueConstraint(fields=["organisation", "pilot", "status"], name="one_status_said_once")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.status} {self.pilot}"

    @property
    def reference(self) -> str:
        return f"{self.organisation.slug}/{self.pilot.slug}"

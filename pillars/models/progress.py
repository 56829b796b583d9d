"""What a source reports to have happened."""

from __future__ import annotations

from django.db import models

from pillars.models.commitments import Commitment
from pillars.models.deadlines import Deadline
from pillars.models.sources import CitedFact
from reforms.base.formatting import date_in_words


class ProgressUpdate(CitedFact):
    """An update on one deadline, or on the whole commitment where it names none."""

    class Status(models.TextChoices):
        NOT_YET = "not_yet", "Not yet"
        UNDER_WAY = "under_way", "Under way"
        MET = "met", "Met"
        CHANGED = "changed", "Changed"
        DROPPED = "dropped", "Dropped"
        SLIPPED = "slipped", "Slipped"

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="progress_updates")
    number = models.PositiveSmallIntegerField(default=1)
    deadline = models.ForeignKey(
        Deadline, null=True, blank=True, on_delete=models.CASCADE, related_name="progress_updates"
    )
    status = models.CharField(max_length=20, choices=Status)
    happened_on = models.DateField()
    date_basis = models.CharField(
        max_length=10, choices=[("stated", "Stated"), ("inferred", "Inferred by us")], default="stated"
    )
    summary = models.TextField()

    class Meta:
        ordering = ["commitment", "happened_on", "number"]
        constraints = [models.UniqueConstraint(fields=["commitment", "number"], name="progress_numbers_are_unique")]

    def __str__(self) -> str:
        return f"{self.commitment.reference} {self.status}"

    @property
    def reference(self) -> str:
        return self.commitment.reference

    @property
    def day_in_words(self) -> str:
        """When it happened, and whose word that is: "22 June 2026 (day inferred by us)"."""
        ours = " (day inferred by us)" if self.date_basis == "inferred" else ""
        return f"{date_in_words(self.happened_on)}{ours}"

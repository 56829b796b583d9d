"""Each run of a scheduled job, once per period."""

from __future__ import annotations

from django.db import models


class JobRun(models.Model):
    class Outcome(models.TextChoices):
        DONE = "done", "Done"
        BASELINE = "baseline", "Baseline"
        MISSED = "missed", "Missed"

    job = models.CharField(max_length=60)
    for_day = models.DateField()
    finished_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=Outcome)
    details = models.JSONField(default=dict, help_text="Counts only.")

    class Meta:
        ordering = ["job", "for_day"]
        constraints = [models.UniqueConstraint(fields=["job", "for_day"], name="a_job_runs_once_per_day")]

    def __str__(self) -> str:
        return f"{self.job} {self.for_day}"

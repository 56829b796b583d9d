"""What the service remembers of itself: the data's version, its last signs of life, and what failed."""

from __future__ import annotations

from django.db import models


class DataVersion(models.Model):
    """One row. Every write to what pages show moves the number, whoever writes: triggers see to it."""

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="there_is_one_data_version")]

    def __str__(self) -> str:
        return str(self.number)


class Heartbeat(models.Model):
    """When a part of the service last showed that it lives."""

    part = models.CharField(max_length=40, unique=True, help_text="For example scheduled-work.")
    at = models.DateTimeField()

    class Meta:
        ordering = ["part"]

    def __str__(self) -> str:
        return self.part


class FaultCount(models.Model):
    """How often a part of the service failed on a civil day without anything being lost by it."""

    part = models.CharField(max_length=40, help_text="For example broker.")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    last_error = models.CharField(max_length=100, help_text="The name of the error, never its text.")

    class Meta:
        ordering = ["-day", "part"]
        constraints = [models.UniqueConstraint(fields=["part", "day"], name="faults_are_counted_once_a_day")]

    def __str__(self) -> str:
        return f"{self.part} {self.day}"

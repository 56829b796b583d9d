"""What the last load of fixtures said of each record, so that a person's later change can be told apart."""

from __future__ import annotations

from django.db import models


class LoadedRecord(models.Model):
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=250)
    values = models.JSONField(help_text="The values as the fixture gave them, by field name.")
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_memory_per_loaded_record")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

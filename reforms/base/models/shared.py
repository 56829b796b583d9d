"""What all workers have to know of each other's work at once, and forget soon."""

from __future__ import annotations

from django.db import models


class SharedValue(models.Model):
    """A value that every worker sees until it expires: how often somebody tried to sign in."""

    key = models.CharField(max_length=64, primary_key=True, help_text="A hash of what it is about.")
    value = models.JSONField(null=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key

"""Words that somebody sent after their session had ended, kept until they have signed in again."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class KeptPost(models.Model):
    """What a form held. `browser` is a hash of what the browser carries, so that no other machine gets it back."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    browser = models.CharField(max_length=64)
    path = models.CharField(max_length=300)
    fields: models.JSONField[dict[str, list[str]], dict[str, list[str]]] = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["person", "browser", "path"], name="one_kept_post_per_form_and_browser")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.path}"

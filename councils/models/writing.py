"""How a version came to say what it says, and when somebody last said that it still holds."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models

from councils.models.positions import PositionVersion


class EditQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Words that a save could not use, because somebody else had saved first, and nobody has looked at since."""
        return self.filter(is_set_aside=True, settled_at=None)


class Edit(models.Model):
    """What one person saved into a version. Whoever has one in a version wrote it.

    `based_on` is the revision that was on the person's screen, `revision` the one that the save made. One that was
    set aside made none: somebody else had saved first, and the person's words are kept here until they are settled.
    """

    version = models.ForeignKey(PositionVersion, on_delete=models.CASCADE, related_name="edits")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    based_on = models.PositiveIntegerField()
    revision = models.PositiveIntegerField(null=True)
    text = models.TextField(blank=True)
    rest: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    is_automatic = models.BooleanField(default=False)
    is_set_aside = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = EditQuerySet.as_manager()

    class Meta:
        ordering = ["version", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_set_aside=True, revision__isnull=True)
                | models.Q(is_set_aside=False, revision__isnull=False),
                name="an_edit_made_a_revision_or_was_set_aside",
            ),
            models.UniqueConstraint(fields=["version", "revision"], name="one_edit_makes_a_revision"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.at:%Y-%m-%d %H:%M}"


class Decision(models.Model):
    """A step that somebody took with a version, and why: what the history of a position is told from."""

    version = models.ForeignKey(PositionVersion, on_delete=models.CASCADE, related_name="decisions")
    move = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    revision = models.PositiveIntegerField(help_text="The one that the person had read.")
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["version", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.version_id} {self.move}"


class Renewal(models.Model):
    """That a published version is still correct, said on a day by somebody who may say so."""

    version = models.ForeignKey(PositionVersion, on_delete=models.CASCADE, related_name="renewals")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    renewed_on = models.DateField()
    review_on = models.DateField(help_text="When it is to be looked at again.")

    class Meta:
        ordering = ["version", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(review_on__gt=models.F("renewed_on")), name="a_review_comes_after_the_renewal"
            ),
            models.UniqueConstraint(fields=["version", "renewed_on"], name="one_renewal_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.renewed_on}"

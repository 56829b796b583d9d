"""Where a council stands: one position for each pillar, in numbered versions."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from councils.models.memberships import Membership
from pillars.models import CitedFact, CitedFactQuerySet, Commitment, Organisation, Pillar, Programme


class Position(models.Model):
    """One body's standing on a programme, or on one pillar or commitment of it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    pillar = models.ForeignKey(Pillar, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    commitment = models.ForeignKey(Commitment, null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["organisation", "programme", "pillar__number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pillar__isnull=True) | Q(commitment__isnull=True),
                name="a_position_is_on_a_pillar_or_a_commitment_not_both",
            ),
            models.UniqueConstraint(
                fields=["organisation", "programme"],
                condition=Q(pillar__isnull=True, commitment__isnull=True),
                name="one_position_per_programme",
            ),
            models.UniqueConstraint(
                fields=["organisation", "pillar"], condition=Q(pillar__isnull=False), name="one_position_per_pillar"
            ),
            models.UniqueConstraint(
                fields=["organisation", "commitment"],
                condition=Q(commitment__isnull=False),
                name="one_position_per_commitment",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """For example lincolnshire/SH-4."""
        subject = self.commitment or self.pillar
        return f"{self.organisation.slug}/{subject.reference if subject else self.programme.prefix}"


class PositionVersionQuerySet(CitedFactQuerySet):
    def visible_to(self, user) -> Self:
        """What was ever published, and drafts of the person's own organisations."""
        published = Q(state__in=PositionVersion.PUBLIC_STATES)
        if not user.is_authenticated:
            return self.filter(published)
        own = Membership.objects.filter(user=user, organisation=models.OuterRef("position__organisation"))
        return self.filter(published | models.Exists(own))

    def public(self, *, on: date) -> Self:
        """The version of each position that a member of the public could read on the day.

        What was withdrawn is not read, and neither is what it had replaced.
        """
        published = self.known(on=on).filter(state__in=PositionVersion.PUBLIC_STATES, published_on__lte=on)
        later = PositionVersion.objects.filter(
            position=models.OuterRef("position"),
            state__in=[*PositionVersion.PUBLIC_STATES, PositionVersion.State.WITHDRAWN],
            known_on__lte=on,
            published_on__lte=on,
            number__gt=models.OuterRef("number"),
        )
        return published.exclude(models.Exists(later))


class PositionVersion(CitedFact):
    """One numbered text. A published one never changes; the next one supersedes it."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Submitted"
        RETURNED = "returned", "Returned"
        PUBLISHED = "published", "Published"
        SUPERSEDED = "superseded", "Superseded"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Origin(models.TextChoices):
        RECORDED = "recorded", "Recorded by us from a public document"
        WRITTEN = "written", "Written here by the organisation"

    class Readiness(models.TextChoices):
        IN_PLACE = "in_place", "In place"
        WELL_PLACED = "well_placed", "Well placed"
        PARTLY = "partly", "Partly"
        NOT_YET = "not_yet", "Not yet"
        NEEDS_NATIONAL_ACTION = "needs_national_action", "Needs national action"
        NOT_STATED = "not_stated", "Not stated"

    PUBLIC_STATES = (State.PUBLISHED, State.SUPERSEDED)

    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    origin = models.CharField(max_length=20, choices=Origin)
    readiness = models.CharField(max_length=30, choices=Readiness, default=Readiness.NOT_STATED)
    text = models.TextField()
    published_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    covers = models.ManyToManyField(Commitment, blank=True, related_name="+")

    objects = PositionVersionQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["position", "number"]
        constraints = [
            models.UniqueConstraint(fields=["position", "number"], name="version_numbers_are_unique"),
            models.UniqueConstraint(
                fields=["position"], condition=Q(state="published"), name="one_published_version_per_position"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "superseded", "withdrawn"]) | Q(published_on__isnull=False),
                name="what_was_published_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position.reference} version {self.number}"

    @property
    def reference(self) -> str:
        return self.position.reference

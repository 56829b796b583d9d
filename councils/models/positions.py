"""Where a council stands: one position for each pillar, in numbered versions."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
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


def step_by() -> models.ForeignKey:
    """Who took a step; nobody for what we recorded from a public document."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )


def step_at() -> models.DateTimeField:
    return models.DateTimeField(null=True, blank=True)


class PositionVersionQuerySet(CitedFactQuerySet):
    def visible_to(self, user) -> Self:
        """What was ever published, and drafts of the organisations that the person writes for."""
        published = Q(state__in=PositionVersion.PUBLIC_STATES)
        if not user.is_authenticated:
            return self.filter(published)
        own = Membership.objects.writing(user).filter(organisation=models.OuterRef("position__organisation"))
        return self.filter(published | models.Exists(own))

    def open(self) -> Self:
        """What is being written: drafts, those submitted and those returned."""
        return self.filter(state__in=PositionVersion.OPEN_STATES)

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
    """One numbered text. A published one never changes; the next one supersedes it.

    `revision` moves with every save and every step: whoever writes or approves names the one they have read, and the
    database refuses another. What a draft says beside its text stands in `draft`, as councils.writing.contents
    describes it; when it is published its claims, its impacts and what it covers become rows.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Submitted"
        RETURNED = "returned", "Returned"
        PUBLISHED = "published", "Published"
        SUPERSEDED = "superseded", "Superseded"
        WITHDRAWN = "withdrawn", "Withdrawn"
        DISCARDED = "discarded", "Discarded"

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
    WRITABLE_STATES = (State.DRAFT, State.RETURNED)
    OPEN_STATES = (State.DRAFT, State.SUBMITTED, State.RETURNED)

    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    origin = models.CharField(max_length=20, choices=Origin)
    readiness = models.CharField(max_length=30, choices=Readiness, default=Readiness.NOT_STATED)
    text = models.TextField()
    published_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    covers = models.ManyToManyField(Commitment, blank=True, related_name="+")
    revision = models.PositiveIntegerField(default=1, db_default=1)
    based_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    draft: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(null=True, blank=True)
    reason = models.TextField(
        blank=True, default="", db_default="", help_text="Why it was returned, withdrawn or erased."
    )
    started_by, started_at = step_by(), step_at()
    submitted_by, submitted_at = step_by(), step_at()
    published_by, published_at = step_by(), step_at()
    erased_at = step_at()

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
            models.UniqueConstraint(
                fields=["position"],
                condition=Q(state__in=["draft", "submitted", "returned"]),
                name="one_open_draft_per_position",
            ),
            models.CheckConstraint(
                condition=~Q(published_by=models.F("submitted_by")), name="nobody_publishes_what_they_submitted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position.reference} version {self.number}"

    @property
    def reference(self) -> str:
        return self.position.reference

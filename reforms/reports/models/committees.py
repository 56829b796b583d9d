"""A committee, what it asked for, and what became of it."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from councils.models.positions import step_at, step_by
from pillars.models import Organisation


class Committee(models.Model):
    """A committee of an organisation. Its chair is one of the organisation's scrutiny members."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=100)
    name = models.CharField(max_length=200)
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["organisation", "name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="committee_addresses_are_unique"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("committee", args=[self.organisation.slug, self.slug])

    @property
    def reference(self) -> str:
        """For example lincolnshire/children-and-young-people."""
        return f"{self.organisation.slug}/{self.slug}"


class CommitteeActionQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Those that the chair has not closed."""
        return self.filter(closed_at=None)


class CommitteeAction(models.Model):
    """Something that a committee asked for at a meeting. It stays open until the chair closes it.

    The answer that counts is the newest of its replies; earlier ones stay.
    """

    class DueRule(models.TextChoices):
        TWO_MONTHS = "two_months", "Two calendar months after the meeting"
        COMMITTEE = "committee", "The day that the committee set"

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="actions")
    number = models.PositiveIntegerField()
    report = models.ForeignKey(
        "reports.CommitteeReport", null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    meeting_on = models.DateField()
    wording = models.TextField()
    owner = models.CharField(max_length=200, help_text="Who is to do it: a post, not a person’s name.")
    due_on = models.DateField()
    due_rule = models.CharField(max_length=20, choices=DueRule)
    revision = models.PositiveIntegerField(default=1)
    recorded_by, recorded_at = step_by(), step_at()
    closed_by, closed_at = step_by(), step_at()
    closing_words = models.TextField(blank=True)

    objects = CommitteeActionQuerySet.as_manager()

    class Meta:
        ordering = ["committee", "-meeting_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "number"], name="action_numbers_are_unique"),
            models.CheckConstraint(condition=~Q(wording=""), name="an_action_says_what_is_asked"),
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("meeting_on")), name="an_action_is_not_due_before_its_meeting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee_id}/{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("action", args=[self.committee.organisation.slug, self.committee.slug, self.number])

    @property
    def reference(self) -> str:
        """For example lincolnshire/children-and-young-people/7."""
        return f"{self.committee.reference}/{self.number}"


class CommitteeReply(models.Model):
    """What the organisation answers: whether it accepts, and what will happen by when."""

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        IN_PART = "in_part", "Accepted in part"
        REJECTED = "rejected", "Rejected"

    action = models.ForeignKey(CommitteeAction, on_delete=models.CASCADE, related_name="replies")
    verdict = models.CharField(max_length=20, choices=Verdict)
    text = models.TextField(help_text="What will happen, or why nothing will.")
    by_when = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["action", "at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_reply_says_something"),
            models.CheckConstraint(
                condition=Q(verdict="rejected") | Q(by_when__isnull=False), name="what_is_accepted_has_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} {self.verdict}"

"""A report to a committee: sections that people edit, and, once it is published, the whole of it frozen."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from councils.models import Membership
from councils.models.positions import step_at, step_by
from pillars.models import Organisation, Pillar, Programme
from reforms.reports.layouts import Depth, Layout, SectionKey
from reforms.reports.models.committees import Committee

Kept = list[dict[str, Any]]


class CommitteeReportQuerySet(models.QuerySet):
    def published(self) -> Self:
        return self.filter(state=CommitteeReport.State.PUBLISHED)

    def open(self) -> Self:
        """What is being written."""
        return self.filter(state=CommitteeReport.State.DRAFT)

    def visible_to(self, user) -> Self:
        """What was published, and drafts of the organisations that the person writes for."""
        if not user.is_authenticated:
            return self.published()
        own = Membership.objects.writing(user).filter(organisation=models.OuterRef("organisation"))
        return self.filter(Q(state=CommitteeReport.State.PUBLISHED) | models.Exists(own))


class CommitteeReport(models.Model):
    """One report of an organisation. Its number is its own for ever, and so is its address.

    `revision` moves with every change of what stands around the sections; each section has one of its own. When it is
    published, `frozen` keeps all of it (reforms.reports.document.values) and `digest` its SHA-256: from then on nothing
    changes. A later version is a new report that `replaces` this one.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        DISCARDED = "discarded", "Discarded"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="reports")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    pillars = models.ManyToManyField(Pillar, blank=True, related_name="+")
    layout = models.CharField(max_length=20, choices=Layout)
    depth = models.CharField(max_length=20, choices=Depth)
    meeting_on = models.DateField()
    as_at = models.DateField(help_text="The day for which the plan and the positions are given.")
    since = models.DateField(null=True, blank=True, help_text="The day of the meeting before, if there was one.")
    has_drafts = models.BooleanField(default=False, help_text="Whether it holds words that nobody has published.")
    subject = models.CharField(max_length=200)
    on_behalf_of = models.CharField(max_length=200, blank=True)
    author = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    started_by, started_at = step_by(), step_at()
    published_by, published_at = step_by(), step_at()
    published_on = models.DateField(null=True, blank=True)
    frozen: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    objects = CommitteeReportQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="report_numbers_are_unique"),
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(frozen__isnull=False, published_on__isnull=False, published_at__isnull=False) & ~Q(digest=""),
                name="a_published_report_is_frozen",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(has_drafts=False), name="no_published_report_holds_drafts"
            ),
            models.UniqueConstraint(
                fields=["replaces"], condition=Q(state="published"), name="a_report_is_replaced_by_one_other"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("report", args=[self.organisation.slug, self.number])

    @property
    def reference(self) -> str:
        """For example lincolnshire/3."""
        return f"{self.organisation.slug}/{self.number}"


class ReportSection(models.Model):
    """One section while the report is being written: what it says now, as `document.values.Block` keeps it."""

    report = models.ForeignKey(CommitteeReport, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=20, choices=SectionKey)
    place = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=200)
    blocks: models.JSONField[Kept, Kept] = models.JSONField(default=list)
    is_left_out = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["report", "place", "pk"]
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="a_report_has_each_section_once")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.key}"


class SectionEditQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Words that a save could not use, because somebody else had saved first, and nobody has looked at since."""
        return self.filter(is_set_aside=True, settled_at=None)


class SectionEdit(models.Model):
    """What one person saved into a section: `based_on` the revision on their screen, `revision` the one it made.

    One that was set aside made none: somebody else had saved first, and the words are kept here until settled.
    """

    section = models.ForeignKey(ReportSection, on_delete=models.CASCADE, related_name="edits")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    based_on = models.PositiveIntegerField()
    revision = models.PositiveIntegerField(null=True)
    heading = models.CharField(max_length=200)
    blocks: models.JSONField[Kept, Kept] = models.JSONField(default=list)
    is_set_aside = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = SectionEditQuerySet.as_manager()

    class Meta:
        ordering = ["section", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_set_aside=True, revision__isnull=True) | Q(is_set_aside=False, revision__isnull=False),
                name="a_section_edit_made_a_revision_or_was_set_aside",
            ),
            models.UniqueConstraint(fields=["section", "revision"], name="one_section_edit_makes_a_revision"),
        ]

    def __str__(self) -> str:
        return f"{self.section_id} {self.at:%Y-%m-%d %H:%M}"

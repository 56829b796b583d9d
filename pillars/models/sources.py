"""Documents, and the places in them that facts are drawn from."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models

from pillars.models.organisations import Organisation
from reforms.base.addresses import address
from reforms.base.models import PublicFact, PublicFactQuerySet

CITED = ("locator", "number", "source__slug", "source__short_title", "source__file", "source__known_on")
"""What a citation prints. A long list has hundreds of citations, so the rest is left in the database."""


class CitationQuerySet(models.QuerySet):
    def known(self, *, on: date) -> Self:
        """Places in sources that had come out by the day, with what a citation says of its source."""
        return self.filter(source__known_on__lte=on).select_related("source").only(*CITED)


class CitedFactQuerySet(PublicFactQuerySet):
    def with_citations(self, *, on: date) -> Self:
        """Load the citations the public could follow on the day: two queries for any number of rows."""
        return self.prefetch_related(models.Prefetch("citations", Citation.objects.known(on=on)))


class Source(PublicFact):
    """A document. `file` is its number among the documents the tracker was founded on."""

    class Kind(models.TextChoices):
        COUNCIL_REPORT = "council_report", "Council report"
        BRIEFING = "briefing", "Briefing"
        NEWS = "news", "News report"
        RESPONSE = "response", "Consultation response"
        REVIEW = "review", "Review"
        STRATEGY = "strategy", "Strategy"
        FRAMEWORK = "framework", "Framework"
        CONSULTATION = "consultation", "Consultation"
        GUIDANCE = "guidance", "Guidance"
        STATISTICS = "statistics", "Statistics"
        STATEMENT = "statement", "Statement"
        ACT = "act", "Act of Parliament"
        WEB_PAGE = "web_page", "Web page"

    class Basis(models.TextChoices):
        STATED = "stated", "Stated in the document"
        INFERRED = "inferred", "Inferred by us"

    slug = models.SlugField(max_length=80, unique=True)
    file = models.CharField(max_length=3, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=200, help_text="Our own words.")
    short_title = models.CharField(max_length=80, help_text="As it stands in a citation.")
    official_title = models.CharField(max_length=300, blank=True)
    publisher = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sources")
    published_on = models.DateField()
    published_basis = models.CharField(max_length=10, choices=Basis, default=Basis.STATED)
    url = models.URLField(max_length=400, blank=True)
    citations = models.ManyToManyField(
        "pillars.Citation", blank=True, related_name="+", help_text="Where another document names this one."
    )

    objects = CitedFactQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["published_on", "slug"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("source", self.slug)


class Citation(models.Model):
    """One place in one source. The locator is empty for a source that is cited whole."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="places")
    locator = models.CharField(max_length=120, blank=True)
    number = models.PositiveIntegerField(help_text="Order in the document.")
    first_line = models.PositiveIntegerField(null=True, blank=True)
    last_line = models.PositiveIntegerField(null=True, blank=True)
    context = models.TextField(blank=True, help_text="What the place holds, where no record rests on it.")

    objects = CitationQuerySet.as_manager()

    class Meta:
        ordering = ["source", "number"]
        constraints = [models.UniqueConstraint(fields=["source", "locator"], name="one_citation_per_place")]

    def __str__(self) -> str:
        return f"{self.source.short_title}, {self.locator}" if self.locator else self.source.short_title


class CitedFact(PublicFact):
    """A public fact and the places that say so."""

    citations = models.ManyToManyField(Citation, blank=True, related_name="+")

    objects = CitedFactQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        abstract = True

"""Programmes (a review, a strategy, a framework, a set of rules) and their pillars."""

from __future__ import annotations

from django.db import models

from pillars.models.organisations import Organisation
from pillars.models.sources import CitedFact
from reforms.base.addresses import address


class Programme(CitedFact):
    class Kind(models.TextChoices):
        REVIEW = "review", "Review"
        STRATEGY = "strategy", "Strategy"
        FRAMEWORK = "framework", "Framework"
        RULES = "rules", "Rules"

    slug = models.SlugField(max_length=60, unique=True)
    prefix = models.CharField(max_length=4, unique=True, help_text="First part of every reference: SH.")
    number = models.PositiveSmallIntegerField(default=1, help_text="Order in lists.")
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=120, help_text="Our own short title.")
    official_title = models.CharField(max_length=300, blank=True)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="programmes")
    published_on = models.DateField()
    summary = models.TextField(blank=True)
    pillar_noun = models.CharField(max_length=30, blank=True)
    pillar_noun_plural = models.CharField(max_length=30, blank=True)
    commitment_noun = models.CharField(max_length=30)
    commitment_noun_plural = models.CharField(max_length=30)

    class Meta:
        ordering = ["number", "slug"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("programme", self.slug)

    @property
    def paragraphs(self) -> list[str]:
        """The summary, paragraph by paragraph; the first can stand alone."""
        return [text for text in self.summary.split("\n\n") if text.strip()]

    @property
    def lede(self) -> str:
        return next(iter(self.paragraphs), "")


class Pillar(CitedFact):
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="pillars")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120, help_text="Our own short title.")
    official_title = models.CharField(max_length=300, blank=True)
    summary = models.TextField(blank=True)

    class Meta:
        ordering = ["programme", "number"]
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="pillar_numbers_are_unique")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def reference(self) -> str:
        """For example SH-4."""
        return f"{self.programme.prefix}-{self.number}"

    def get_absolute_url(self) -> str:
        return address("pillar", self.programme.slug, self.number)

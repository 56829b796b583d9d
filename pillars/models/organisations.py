"""Anyone who speaks or is responsible: departments, councils, regulators, national bodies."""

from __future__ import annotations

from django.db import models

from reforms.base.addresses import address


class Organisation(models.Model):
    class Kind(models.TextChoices):
        DEPARTMENT = "department", "Government department"
        REGULATOR = "regulator", "Regulator"
        NATIONAL_BODY = "national_body", "National body"
        REGIONAL_BODY = "regional_body", "Regional body"
        ALLIANCE = "alliance", "Improvement alliance"
        PARTNERSHIP = "partnership", "Local partnership"
        PROVIDER = "provider", "Provider"
        RESEARCH = "research", "Research body"
        PUBLIC_BODY = "public_body", "Public body"
        PRESS = "press", "Press"
        COUNCIL = "council", "Council"

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=150)
    short_name = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("council" if self.kind == self.Kind.COUNCIL else "organisation", self.slug)

    @property
    def known_as(self) -> str:
        """The short name where there is one: "DfE"."""
        return self.short_name or self.name

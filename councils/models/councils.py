"""The councils with children's services, and their regions."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models

from pillars.models import CitedFact, CitedFactQuerySet, Organisation
from reforms.base.addresses import address


class Region(CitedFact):
    """A region of England. Its councils improve together in an alliance.

    Stated, a source says that the alliance is of just these councils; else we take it to be that of the region.
    """

    class Basis(models.TextChoices):
        STATED = "stated", "Stated"
        INFERRED = "inferred", "Inferred by us"

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    gss_code = models.CharField(max_length=9, unique=True)
    alliance = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="regions",
        help_text="The improvement alliance of its councils.",
    )
    alliance_basis = models.CharField(max_length=10, choices=Basis, blank=True, default="", db_default="")
    alliance_note = models.TextField(
        blank=True, default="", db_default="", help_text="What was seen of it and what we read into that."
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CouncilQuerySet(CitedFactQuerySet):
    def known(self, *, on: date) -> Self:
        """Councils that existed on the day. Their existence is not news, so the source's day does not matter."""
        started = models.Q(starts_on__isnull=True) | models.Q(starts_on__lte=on)
        return self.filter(started).exclude(ends_on__lt=on)


class Council(CitedFact):
    class Type(models.TextChoices):
        COUNTY = "county", "County"
        UNITARY = "unitary", "Unitary"
        METROPOLITAN_DISTRICT = "metropolitan_district", "Metropolitan district"
        LONDON_BOROUGH = "london_borough", "London borough"
        CITY_OF_LONDON = "city_of_london", "City of London"
        ISLES_OF_SCILLY = "isles_of_scilly", "Isles of Scilly"

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="council")
    gss_code = models.CharField(max_length=9, unique=True)
    later_gss_code = models.CharField(max_length=9, blank=True)
    full_name = models.CharField(max_length=150)
    type = models.CharField(max_length=30, choices=Type)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="councils")
    dfe_number = models.CharField(max_length=3, blank=True)
    short_code = models.CharField(max_length=3, blank=True)
    tile_row = models.PositiveSmallIntegerField(null=True, blank=True)
    tile_column = models.PositiveSmallIntegerField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True, help_text="Its last day.")
    successors = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="predecessors")
    other_names = models.JSONField(default=list, blank=True)
    note = models.TextField(blank=True)

    objects = CouncilQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["organisation__name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True)
                | models.Q(starts_on__lte=models.F("ends_on")),
                name="a_council_starts_before_it_ends",
            )
        ]

    def __str__(self) -> str:
        return self.organisation.name

    @property
    def slug(self) -> str:
        return self.organisation.slug

    @property
    def name(self) -> str:
        return self.organisation.name

    def get_absolute_url(self) -> str:
        return address("council", self.organisation.slug)

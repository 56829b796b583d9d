"""What is being asked, until when, and what was promised to be asked."""

from __future__ import annotations

from django.db import models

from pillars.models import CitedFact, Commitment, FuzzyWindow, Organisation, Programme
from reforms.base.addresses import address


class Consultation(CitedFact):
    """Live ones have moments; promised ones have words and the window they mean."""

    class OutcomeBasis(models.TextChoices):
        STATED = "stated", "Stated"
        INFERRED = "inferred", "Inferred by us"

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=150, help_text="Our own words.")
    official_title = models.CharField(max_length=300, blank=True)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    promised_by = models.ForeignKey(Commitment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    summary = models.TextField(blank=True)
    opens_words = models.CharField(max_length=200, blank=True)
    opens_earliest = models.DateField(null=True, blank=True)
    opens_latest = models.DateField(null=True, blank=True)
    opens_edtf = models.CharField(max_length=60, blank=True)
    opens_basis = models.CharField(max_length=10, choices=FuzzyWindow.Basis, default=FuzzyWindow.Basis.STATED)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    is_closing_time_stated = models.BooleanField(default=False)
    outcome = models.TextField(blank=True)
    outcome_on = models.DateField(null=True, blank=True, help_text="The day of the outcome: no page tells it before.")
    outcome_basis = models.CharField(
        max_length=10, choices=OutcomeBasis, default=OutcomeBasis.STATED, db_default=OutcomeBasis.STATED.value
    )
    about = models.ManyToManyField(Commitment, blank=True, related_name="+")

    class Meta:
        ordering = ["closes_at", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens_at__isnull=True)
                | models.Q(closes_at__isnull=True)
                | models.Q(opens_at__lt=models.F("closes_at")),
                name="a_consultation_opens_before_it_closes",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return address("consultation", self.slug)

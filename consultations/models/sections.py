"""The form that a consultation puts before those who answer, section by section."""

from __future__ import annotations

from django.db import models

from consultations.models.consultations import Consultation
from pillars.models import CitedFact


class Section(CitedFact):
    """A section of the form. Its number is its place: what the form prints may count otherwise."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="sections")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=150, help_text="Our own words.")
    official_title = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["consultation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="a_form_numbers_each_section_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def reference(self) -> str:
        """For example stable-homes-strategy/7."""
        return f"{self.consultation.slug}/{self.number}"

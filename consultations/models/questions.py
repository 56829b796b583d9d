"""What a form asks, as far as the documents show it."""

from __future__ import annotations

from django.db import models

from consultations.models.sections import Section
from pillars.models import CitedFact


class Question(CitedFact):
    """One question, or the box below one: that is its part "a". Numbers begin anew in each section."""

    class Kind(models.TextChoices):
        CHOICE = "choice", "Choose one"
        CHOICES = "choices", "Choose several"
        SCALE = "scale", "A scale"
        YES_NO = "yes_no", "Yes or no"
        TEXT = "text", "Free text"
        EMAIL = "email", "An e-mail address"

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    number = models.CharField(max_length=10, help_text="As printed.")
    part = models.CharField(max_length=2, blank=True, help_text="A letter for a box below the question.")
    position = models.PositiveSmallIntegerField(help_text="Order in the section.")
    text = models.TextField(help_text="Our own words.")
    kind = models.CharField(max_length=10, choices=Kind)
    options = models.JSONField(default=list, blank=True, help_text="What could be chosen, as far as it was seen.")
    is_for = models.CharField(max_length=80, blank=True, help_text="Whom it is for, where it is not for all.")

    class Meta:
        ordering = ["section", "position"]
        constraints = [
            models.UniqueConstraint(fields=["section", "number", "part"], name="a_section_asks_each_question_once")
        ]

    def __str__(self) -> str:
        return f"{self.place_in_form} {self.text[:60]}"

    @property
    def place_in_form(self) -> str:
        """Section and number: 7/2a."""
        return f"{self.section.number}/{self.number}{self.part}"

    @property
    def reference(self) -> str:
        """For example stable-homes-strategy/7/2a."""
        return f"{self.section.reference}/{self.number}{self.part}"

    @property
    def anchor_name(self) -> str:
        """Where it stands on a page: question-7-2a."""
        return f"question-{self.place_in_form.replace('/', '-')}"

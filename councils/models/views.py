"""What a national or regional body thinks of what was promised, as its own document puts it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from pillars.models import CitedFact, Commitment, Mission, Organisation, Pillar, Programme
from reforms.base.addresses import address


class View(CitedFact):
    """One stance of a body: what it welcomes, worries about, asks to know, suggests or asks somebody to do.

    It speaks of a programme, a pillar or a mission as a whole, of commitments by name, or of both.
    """

    class Stance(models.TextChoices):
        WELCOME = "welcome", "Welcome"
        CONCERN = "concern", "Concern"
        QUESTION = "question", "Question"
        SUGGESTION = "suggestion", "Suggestion"
        ASK = "ask", "Ask"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="views")
    number = models.PositiveSmallIntegerField(help_text="Order in what the body said.")
    stance = models.CharField(max_length=10, choices=Stance)
    text = models.TextField(help_text="Our own words.")
    words = models.CharField(max_length=300, blank=True, help_text="The published words that it stands on.")
    programme = models.ForeignKey(Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="views")
    pillar = models.ForeignKey(Pillar, null=True, blank=True, on_delete=models.PROTECT, related_name="views")
    mission = models.ForeignKey(Mission, null=True, blank=True, on_delete=models.PROTECT, related_name="views")
    about = models.ManyToManyField(Commitment, blank=True, related_name="views")
    addressed_to = models.ManyToManyField(
        Organisation, blank=True, related_name="views_addressed", help_text="Who should act on it, where it says."
    )
    for_place = models.CharField(
        max_length=80, blank=True, help_text="The part of the country, where it is about one alone."
    )

    class Meta:
        ordering = ["organisation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="view_numbers_are_unique"),
            models.CheckConstraint(
                condition=Q(programme__isnull=True, pillar__isnull=True)
                | Q(programme__isnull=True, mission__isnull=True)
                | Q(pillar__isnull=True, mission__isnull=True),
                name="a_view_speaks_of_one_whole_at_most",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.text[:60]}"

    def get_absolute_url(self) -> str:
        return f"{address('organisation', self.organisation.slug)}#{self.anchor_name}"

    @property
    def reference(self) -> str:
        """For example local-government-association/12."""
        return f"{self.organisation.slug}/{self.number}"

    @property
    def anchor_name(self) -> str:
        """Where it stands on the page of its body: view-12."""
        return f"view-{self.number}"

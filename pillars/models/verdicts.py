"""What became of a recommendation in the programme that answers it."""

from __future__ import annotations

from django.db import models

from pillars.models.commitments import Commitment
from pillars.models.programmes import Programme
from pillars.models.sources import CitedFact


class Verdict(CitedFact):
    """How one programme answers one recommendation.

    Stated, it rests on words that a document says of this very recommendation; else it is our own reading, with the
    reason for it. `carried_by` are the commitments in which the answer lives on.
    """

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        ADAPTED = "adapted", "Adapted"
        TO_BE_TESTED = "to_be_tested", "To be tested"
        CONSULTING = "consulting", "Consulting"
        TO_EXPLORE = "to_explore", "To explore"
        REJECTED = "rejected", "Rejected"
        NOT_MENTIONED = "not_mentioned", "Not mentioned"

    class Basis(models.TextChoices):
        STATED = "stated", "Stated"
        INFERRED = "inferred", "Inferred by us"

    recommendation = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="verdicts")
    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="verdicts", help_text="The programme that answers."
    )
    verdict = models.CharField(max_length=20, choices=Answer)
    basis = models.CharField(max_length=10, choices=Basis)
    words = models.CharField(max_length=300, blank=True, help_text="The published words that it stands on.")
    reason = models.CharField(max_length=500, blank=True, help_text="Why we read the answer so, in our words.")
    carried_by = models.ManyToManyField(Commitment, blank=True, related_name="answers_carried")

    class Meta:
        ordering = ["recommendation__reference", "programme__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "programme"], name="a_programme_answers_a_recommendation_once"
            ),
            models.CheckConstraint(condition=~models.Q(basis="stated", words=""), name="a_stated_verdict_has_words"),
            models.CheckConstraint(
                condition=~models.Q(basis="inferred", reason=""), name="an_inferred_verdict_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation.reference} {self.get_verdict_display()}, {self.programme.title}"

    def get_absolute_url(self) -> str:
        return f"{self.recommendation.get_absolute_url()}#{self.anchor_name}"

    @property
    def reference(self) -> str:
        """The recommendation's own reference: a verdict has no address but a place on its page."""
        return self.recommendation.reference

    @property
    def anchor_name(self) -> str:
        """Where it stands on the page of the recommendation: verdict-stable-homes."""
        return f"verdict-{self.programme.slug}"

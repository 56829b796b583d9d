"""What was promised, recommended or required, at the grain where each can be kept or missed."""

from __future__ import annotations

from django.db import models

from pillars.models.missions import Mission
from pillars.models.organisations import Organisation
from pillars.models.programmes import Pillar, Programme
from pillars.models.sources import CitedFact
from pillars.querysets import CommitmentQuerySet
from reforms.base.addresses import address


class Commitment(CitedFact):
    class Kind(models.TextChoices):
        COMMITMENT = "commitment", "Commitment"
        RECOMMENDATION = "recommendation", "Recommendation"
        RULE = "rule", "Rule"
        OUTCOME = "outcome", "Outcome"
        ENABLER = "enabler", "Enabler"
        PRINCIPLE = "principle", "Principle"

    class Strength(models.TextChoices):
        FIRM = "firm", "Firm"
        SUBJECT_TO = "subject_to", "Subject to"
        TEST_FIRST = "test_first", "Test first"
        CONSULT_ON = "consult_on", "Consult on"
        EXPLORE = "explore", "Explore"
        AMBITION = "ambition", "Ambition"

    reference = models.CharField(max_length=20, unique=True)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="commitments")
    pillar = models.ForeignKey(Pillar, null=True, blank=True, on_delete=models.CASCADE, related_name="commitments")
    mission = models.ForeignKey(Mission, null=True, blank=True, on_delete=models.SET_NULL, related_name="commitments")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.COMMITMENT)
    strength = models.CharField(max_length=20, choices=Strength)
    condition = models.CharField(max_length=300, blank=True, help_text="What it is subject to, in our words.")
    title = models.CharField(max_length=120, help_text="Our own words.")
    official_title = models.CharField(max_length=300, blank=True)
    summary = models.TextField(blank=True)
    lead = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="led_commitments"
    )
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = CommitmentQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["programme__number", "reference"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(parent=models.F("pk")), name="a_commitment_is_not_its_own_part"),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("pk")), name="a_commitment_is_not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return address("commitment", self.reference)


class CommitmentLink(CitedFact):
    """What one commitment is to another. Stated, a document joins the two; else we do, and say why."""

    class Relation(models.TextChoices):
        ANSWERS = "answers", "Answers"
        DELIVERS = "delivers", "Delivers"
        SUPERSEDES = "supersedes", "Supersedes"
        CONSULTS_ON = "consults_on", "Consults on"
        FUNDED_WITH = "funded_with", "Funded with"

    class Basis(models.TextChoices):
        STATED = "stated", "Stated"
        INFERRED = "inferred", "Inferred by us"

    from_commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="links_out")
    relation = models.CharField(max_length=20, choices=Relation)
    to_commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="links_in")
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.STATED, db_default=Basis.STATED)
    reason = models.CharField(
        max_length=300, blank=True, default="", db_default="", help_text="Why we join the two, in our words."
    )

    class Meta:
        ordering = ["from_commitment", "relation", "to_commitment"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_commitment", "relation", "to_commitment"], name="one_link_of_a_kind_between_two"
            ),
            models.CheckConstraint(
                condition=~models.Q(from_commitment=models.F("to_commitment")), name="a_link_joins_two_commitments"
            ),
            models.CheckConstraint(
                condition=~models.Q(basis="inferred", reason=""), name="an_inferred_link_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_commitment.reference} {self.relation} {self.to_commitment.reference}"

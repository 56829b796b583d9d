"""Who answered a consultation, when, on whose behalf, and what may be done with the answer."""

from __future__ import annotations

from django.db import models

from consultations.models.consultations import Consultation
from consultations.models.owned import OwnedQuerySet
from councils.models import PositionVersion
from pillars.models import CitedFact, Organisation
from reforms.base.addresses import address


class Response(CitedFact):
    """One organisation's answer to a consultation.

    What it says of permissions is as the form has it: nothing where that was left unanswered.
    """

    class State(models.TextChoices):
        SUBMITTED = "submitted", "Submitted"

    class Quoting(models.TextChoices):
        ATTRIBUTABLE = "attributable", "Yes, and the organisation may be named"
        ANONYMOUS = "anonymous", "Yes, without naming the organisation"
        NO = "no", "No"
        NOT_STATED = "not_stated", "Not stated"

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="responses")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    on_behalf_of = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    form_reference = models.CharField(max_length=60, blank=True, help_text="What the form's own system calls it.")
    submitted_at = models.DateTimeField()
    capacity = models.CharField(max_length=150, blank=True, help_text="In what role the organisation answers.")
    role = models.CharField(max_length=150, blank=True, help_text="What the person who filled it in does there.")
    quoting = models.CharField(max_length=20, choices=Quoting, default=Quoting.NOT_STATED)
    may_be_contacted = models.BooleanField(null=True, blank=True)
    is_confidential = models.BooleanField(null=True, blank=True, help_text="Whether it asks to be kept confidential.")
    origin = models.CharField(max_length=20, choices=PositionVersion.Origin)
    state = models.CharField(max_length=20, choices=State, default=State.SUBMITTED)

    objects = OwnedQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["consultation", "submitted_at", "organisation"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "organisation"], name="an_organisation_answers_a_consultation_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(on_behalf_of=models.F("organisation")),
                name="nobody_answers_on_behalf_of_themselves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} on {self.consultation}"

    def get_absolute_url(self) -> str:
        return address("response", self.consultation.slug, self.organisation.slug)

    @property
    def reference(self) -> str:
        """For example stable-homes-strategy/london-innovation-and-improvement-alliance."""
        return f"{self.consultation.slug}/{self.organisation.slug}"

    @property
    def speaker(self) -> Organisation:
        """Whose views it gives."""
        return self.on_behalf_of or self.organisation

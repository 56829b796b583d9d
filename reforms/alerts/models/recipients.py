"""Who is told, and about what."""

from __future__ import annotations

import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from consultations.models import Consultation
from pillars.models import Organisation, Pillar
from reforms.alerts.topics import Frequency, Topic


def new_key() -> str:
    """256 bits, for an address that only its owner is given."""
    return secrets.token_urlsafe(32)


class RecipientQuerySet(models.QuerySet):
    def told(self) -> Self:
        """Those who may be told something: people who may sign in, and addresses that were confirmed."""
        outside = Q(person=None, confirmed_at__isnull=False)
        return self.filter(outside | Q(person__is_active=True), ended_at=None)


class Recipient(models.Model):
    """Somebody who is told: a person of the site, or an address that asked for it and confirmed that it did."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    address = models.EmailField(blank=True, help_text="Of somebody without an account; a person has theirs there.")
    key = models.CharField(max_length=64, unique=True, default=new_key, help_text="In the links of their letters.")
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Wants nothing more.")
    pauses_urgent = models.BooleanField(default=False, help_text="Not even in the last three days before a closing.")

    objects = RecipientQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) & ~Q(address="") | Q(person__isnull=False, address=""),
                name="a_recipient_is_a_person_or_an_address",
            ),
            models.UniqueConstraint(Lower("address"), condition=~Q(address=""), name="an_address_is_one_recipient"),
        ]

    def __str__(self) -> str:
        return f"recipient {self.pk}"

    @property
    def email(self) -> str:
        """Where letters go. Needs `person` loaded."""
        return self.person.email if self.person else self.address


class Subscription(models.Model):
    """What a recipient wants to hear about, and how often.

    A person of the site chooses for each organisation they belong to and each topic; what they never chose is as
    `topics.USUAL` says. Anybody may ask for one pillar, one organisation or one consultation, on all topics.
    """

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="subscriptions")
    topic = models.CharField(max_length=20, choices=Topic, blank=True, help_text="Empty for all.")
    pillar = models.ForeignKey(Pillar, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    consultation = models.ForeignKey(Consultation, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    frequency = models.CharField(max_length=10, choices=Frequency)
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="By the link in a letter, or signed in.")

    class Meta:
        ordering = ["recipient", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pillar__isnull=False, organisation=None, consultation=None)
                | Q(pillar=None, organisation__isnull=False, consultation=None)
                | Q(pillar=None, organisation=None, consultation__isnull=False),
                name="a_subscription_is_to_one_thing",
            ),
            models.UniqueConstraint(
                fields=["recipient", "topic", "pillar"],
                condition=Q(pillar__isnull=False),
                name="one_subscription_to_a_pillar",
            ),
            models.UniqueConstraint(
                fields=["recipient", "topic", "organisation"],
                condition=Q(organisation__isnull=False),
                name="one_subscription_to_an_organisation_and_topic",
            ),
            models.UniqueConstraint(
                fields=["recipient", "topic", "consultation"],
                condition=Q(consultation__isnull=False),
                name="one_subscription_to_a_consultation",
            ),
        ]

    def __str__(self) -> str:
        return f"subscription {self.pk}"

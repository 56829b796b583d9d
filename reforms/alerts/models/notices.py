"""What there is to tell each recipient: made from events and from flags, once each."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from reforms.alerts.models.flags import Flag
from reforms.alerts.models.letters import Letter
from reforms.alerts.models.recipients import Recipient
from reforms.alerts.topics import Frequency, Topic
from reforms.base.models import Event


class NoticeQuerySet(models.QuerySet):
    def untold(self) -> Self:
        """Those that were in no letter yet, and still have to be."""
        return self.filter(told_at=None, dropped_at=None)


class Notice(models.Model):
    """One thing to tell one recipient. It waits for the next letter of its frequency, or is urgent.

    `dropped_at` is set where it was over before a letter was made, or concerns them no more.
    """

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="notices")
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    flag = models.ForeignKey(Flag, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    topic = models.CharField(max_length=20, choices=Topic)
    frequency = models.CharField(max_length=10, choices=Frequency)
    is_urgent = models.BooleanField(default=False)
    organisation = models.CharField(max_length=100, blank=True, help_text="The slug of the body it concerns.")
    title = models.CharField(max_length=300)
    reason = models.CharField(max_length=300)
    url = models.CharField(max_length=300, help_text="From the root of the site.")
    made_at = models.DateTimeField()
    letter = models.ForeignKey(Letter, null=True, blank=True, on_delete=models.SET_NULL, related_name="notices")
    told_at = models.DateTimeField(null=True, blank=True, help_text="When it was put into a letter.")
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [
            models.Index(fields=["recipient"], condition=Q(told_at=None, dropped_at=None), name="notices_untold")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(event__isnull=False, flag=None) | Q(event=None, flag__isnull=False),
                name="a_notice_is_of_an_event_or_of_a_flag",
            ),
            models.UniqueConstraint(
                fields=["event", "recipient"],
                condition=Q(event__isnull=False),
                name="a_recipient_is_told_of_an_event_once",
            ),
            models.UniqueConstraint(
                fields=["flag", "recipient"],
                condition=Q(flag__isnull=False),
                name="a_recipient_is_told_of_a_flag_once",
            ),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"


class EventTold(models.Model):
    """That notices have been made of an event. Each has a mark: events are not committed in the order of their ids."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["event"]

    def __str__(self) -> str:
        return f"event {self.event_id}"

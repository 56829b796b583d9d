from reforms.alerts.models.acknowledgements import Acknowledgement, AcknowledgementQuerySet
from reforms.alerts.models.calendars import CalendarEntry, CalendarLink
from reforms.alerts.models.flags import Flag
from reforms.alerts.models.jobs import JobRun
from reforms.alerts.models.letters import Letter, LetterQuerySet
from reforms.alerts.models.notices import EventTold, Notice, NoticeQuerySet
from reforms.alerts.models.recipients import Recipient, RecipientQuerySet, Subscription

__all__ = [
    "Acknowledgement",
    "AcknowledgementQuerySet",
    "CalendarEntry",
    "CalendarLink",
    "EventTold",
    "Flag",
    "JobRun",
    "Letter",
    "LetterQuerySet",
    "Notice",
    "NoticeQuerySet",
    "Recipient",
    "RecipientQuerySet",
    "Subscription",
]

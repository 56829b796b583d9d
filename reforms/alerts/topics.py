"""What people may be told about, and how often. No database here."""

from __future__ import annotations

from django.db.models import TextChoices


class Topic(TextChoices):
    WORK = "work", "Drafts to approve, returned or published"
    POSITIONS = "positions", "Positions gone stale, and steps and actions that are due"
    CONSULTATIONS = "consultations", "Consultations opening and closing"
    DATES = "dates", "Milestones, phases and deadlines of the plan"


class Frequency(TextChoices):
    DAILY = "daily", "Daily"
    WEEKLY = "weekly", "Weekly"
    NEVER = "never", "Never"


USUAL: dict[Topic, Frequency] = {
    Topic.WORK: Frequency.DAILY,
    Topic.POSITIONS: Frequency.WEEKLY,
    Topic.CONSULTATIONS: Frequency.WEEKLY,
    Topic.DATES: Frequency.WEEKLY,
}
"""How often a person is told about their organisation as long as they have not chosen."""

"""Raises flags and says which, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reforms.alerts import actions
from reforms.alerts.actions import Outcome
from reforms.alerts.flag_due import FlagDue
from reforms.alerts.models import Flag
from reforms.base import clock
from reforms.base.as_at import AsAtError, read_day
from reforms.base.formatting import date_in_words, days_in_words


class Command(BaseCommand):
    help = "Raises the flags that are due, and clears those that no longer are. Running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--on",
            metavar="DAY",
            help="The day to answer for, like 2023-04-21; today unless given. A day before the latest run is "
            "answered, and nothing is written.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        try:
            day = read_day([options["on"]] if options["on"] is not None else [], now=now).day
        except AsAtError as error:
            raise CommandError(f"--on {options['on']}: {error}.") from error
        for line in said_of(actions.raise_flags(on=day, now=now)):
            self.stdout.write(line)


def said_of(outcome: Outcome) -> Iterator[str]:
    """What a run did, a line for each flag."""
    if outcome.is_too_early:
        known = f"No consultation, phase or milestone was known on {date_in_words(outcome.on)}"
        yield f"{known}, so there is nothing to flag, and nothing was written."
    elif outcome.later_run_on:
        yield from _said_of_past(outcome)
    else:
        yield from _said_of_run(outcome)


def _said_of_past(outcome: Outcome) -> Iterator[str]:
    day, later = date_in_words(outcome.on), date_in_words(outcome.later_run_on or outcome.on)
    yield f"{day}: {_count(len(outcome.due), 'flag') if outcome.due else 'no flag'} due on that day."
    yield from map(_line, outcome.due)
    yield f"Nothing new. Nothing was written either, because flags have been raised since, for {later}."


def _said_of_run(outcome: Outcome) -> Iterator[str]:
    if outcome.missed_days:
        days, flags = _count(outcome.missed_days, "day"), _count(outcome.missed_flags, "flag")
        yield f"Recorded as missed: {days} without a run, and {flags} due only then."
    if outcome.raised:
        first_run = " This is the first run, so nobody is told." if outcome.is_baseline else ""
        yield f"{date_in_words(outcome.on)}: {_count(len(outcome.raised), 'new flag')}.{first_run}"
        yield from map(_line, outcome.raised)
    for flag in outcome.cleared:
        yield f"  No longer due: {_name(flag)}"
    if not outcome.raised:
        yield f"Nothing new. {_standing(outcome)}."


def _standing(outcome: Outcome) -> str:
    day = date_in_words(outcome.on)
    return f"{_count(len(outcome.due), 'flag')} already raised for {day}" if outcome.due else f"No flag is due on {day}"


def _line(flag: FlagDue) -> str:
    return f"  {flag.kind.label}, {flag.days_in_words}: {flag.title} ({flag.subject}). {flag.reason}."


def _name(flag: Flag) -> str:
    threshold = f", {days_in_words(flag.threshold)} or less" if flag.threshold else ""
    return f"{flag.get_kind_display()}, {flag.subject}, {date_in_words(flag.due_on)}{threshold}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"

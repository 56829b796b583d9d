"""Raises flags and says which, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pillars.models import Organisation
from reforms.alerts import actions
from reforms.alerts.actions import Outcome
from reforms.alerts.due import in_order, wide_flags_due
from reforms.alerts.flag_due import FlagDue
from reforms.alerts.kinds import FlagKind
from reforms.alerts.models import Flag
from reforms.alerts.table import Tally
from reforms.base import clock
from reforms.base.as_at import AsAtError, read_day
from reforms.base.formatting import date_in_words, days_in_words


class Command(BaseCommand):
    help = (
        "Raises the flags that are due, and clears those that no longer are. Running it again changes nothing. "
        "Flags about the whole country are listed; those that organisations have of their own are counted."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--on",
            metavar="DAY",
            help="The day to answer for, like 2023-04-21; today unless given. A day before the latest run is "
            "answered, and nothing is written.",
        )
        parser.add_argument(
            "--organisation", metavar="SLUG", help="List the flags of this organisation as well, like lincolnshire."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now, organisation = clock.now(), options["organisation"]
        try:
            day = read_day([options["on"]] if options["on"] is not None else [], now=now).day
        except AsAtError as error:
            raise CommandError(f"--on {options['on']}: {error}.") from error
        if organisation and not Organisation.objects.filter(slug=organisation).exists():
            raise CommandError(f"--organisation {organisation}: there is no organisation of that name.")
        outcome = actions.raise_flags(on=day, now=now)
        for line in said_of(outcome):
            self.stdout.write(line)
        for line in _said_of_organisation(organisation, outcome) if organisation else ():
            self.stdout.write(line)


def said_of(outcome: Outcome) -> Iterator[str]:
    """What a run did: a line for each flag about the whole country, and one for each kind that organisations have."""
    if outcome.is_too_early:
        known = f"No consultation, phase, milestone or position was known on {date_in_words(outcome.on)}"
        yield f"{known}, so there is nothing to flag, and nothing was written."
    elif outcome.later_run_on:
        yield from _said_of_past(outcome)
    else:
        yield from _said_of_run(outcome)


def _said_of_past(outcome: Outcome) -> Iterator[str]:
    day, later = date_in_words(outcome.on), date_in_words(outcome.later_run_on or outcome.on)
    yield f"{day}: {_count(outcome.due_count, 'flag') if outcome.due_count else 'no flag'} due on that day."
    yield from map(_line, outcome.due)
    yield from _said_of_own(outcome)
    yield f"Nothing new. Nothing was written either, because flags have been raised since, for {later}."


def _said_of_run(outcome: Outcome) -> Iterator[str]:
    if outcome.missed_days:
        days, flags = _count(outcome.missed_days, "day"), _count(outcome.missed_flags, "flag")
        yield f"Recorded as missed: {days} without a run, and {flags} due only then."
    if outcome.raised_count:
        first_run = " This is the first run, so nobody is told." if outcome.is_baseline else ""
        yield f"{date_in_words(outcome.on)}: {_count(outcome.raised_count, 'new flag')}.{first_run}"
        yield from map(_line, outcome.raised)
    for flag in outcome.cleared:
        yield f"  No longer due: {_name(flag)}"
    if outcome.raised_count or outcome.cleared_count:
        yield from _said_of_own(outcome)
    if not outcome.raised_count:
        yield f"Nothing new. {_standing(outcome)}."


def _standing(outcome: Outcome) -> str:
    day = date_in_words(outcome.on)
    if not outcome.due_count:
        return f"No flag is due on {day}"
    return f"{_count(outcome.due_count, 'flag')} already raised for {day}"


def _said_of_own(outcome: Outcome) -> Iterator[str]:
    """What organisations have of their own, a line for each kind there is any of."""
    for kind, tally in outcome.own.items():
        if tally != Tally():
            counts = [f"{tally.due:,} due"]
            counts += [f"{tally.raised:,} new"] if tally.raised else []
            counts += [f"{tally.cleared:,} no longer due"] if tally.cleared else []
            yield f"  {FlagKind(kind).label}, of organisations: {', '.join(counts)}."


def _said_of_organisation(slug: str, outcome: Outcome) -> Iterator[str]:
    flags = in_order(wide_flags_due(on=outcome.on, organisations=[slug]))
    yield f"{slug}: {_count(len(flags), 'flag') if flags else 'no flag'} of its own due on {date_in_words(outcome.on)}."
    yield from map(_line, flags)


def _line(flag: FlagDue) -> str:
    return f"  {flag.kind.label}, {flag.days_in_words}: {flag.title} ({flag.subject}). {flag.reason}."


def _name(flag: Flag) -> str:
    threshold = f", {days_in_words(flag.threshold)} or less" if flag.threshold else ""
    return f"{flag.get_kind_display()}, {flag.subject}, {date_in_words(flag.due_on)}{threshold}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"

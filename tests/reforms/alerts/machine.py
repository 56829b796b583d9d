"""One machine of several on one database, as a process of its own: see test_actions_at_once.py.

It gets ready, says so, waits for the word, then works.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from reforms.alerts.flag_due import FlagDue

FIRST_DAY = date(2023, 4, 10)
CLOSES_ON = date(2023, 5, 11)
DAYS = 62
HOURS = 24
READERS = 3
COUNCILS, PILLARS = 50, 40
STALE_ON = FIRST_DAY + timedelta(days=1)
EARLIER = CLOSES_ON - timedelta(days=28)
LATER = CLOSES_ON - timedelta(days=14)


def fill() -> None:
    """Three consultations that close together, in a database that has all tables."""
    make_consultations(closing_on=CLOSES_ON)


def fill_for_today() -> None:
    """The same, but they close twenty days from now."""
    from reforms.base.clock import civil_day, now

    make_consultations(closing_on=civil_day(now()) + timedelta(days=20))


def make_consultations(*, closing_on: date) -> None:
    from consultations.models import Consultation
    from pillars.models import Organisation
    from reforms.base.clock import civil_moment

    owner = Organisation.objects.create(slug="owner", name="Owner", kind=Organisation.Kind.DEPARTMENT)
    for slug in ("strategy", "framework", "rules"):
        Consultation.objects.create(
            slug=slug, title=slug, owner=owner, closes_at=civil_moment(closing_on), known_on=FIRST_DAY
        )


def fill_with_positions() -> None:
    """Two thousand positions that went stale long ago, of many councils."""
    from councils.models import Position, PositionVersion
    from pillars.models import Organisation, Pillar, Programme

    kind, long_ago = Organisation.Kind.COUNCIL, FIRST_DAY - timedelta(days=400)
    owner = Organisation.objects.create(slug="author", name="Author", kind=Organisation.Kind.DEPARTMENT)
    words = {"commitment_noun": "promise", "commitment_noun_plural": "promises", "kind": Programme.Kind.STRATEGY}
    days = {"published_on": long_ago, "known_on": long_ago}
    plan = Programme.objects.create(slug="plan", prefix="PL", title="Plan", owner=owner, **words, **days)
    pillars = Pillar.objects.bulk_create(
        Pillar(programme=plan, number=number, title="Pillar", known_on=long_ago) for number in range(PILLARS)
    )
    bodies = Organisation.objects.bulk_create(
        Organisation(slug=f"council-{number}", name=f"Council {number}", kind=kind) for number in range(COUNCILS)
    )
    positions = Position.objects.bulk_create(
        Position(organisation=body, programme=plan, pillar=pillar) for body in bodies for pillar in pillars
    )
    PositionVersion.objects.bulk_create(
        PositionVersion(
            position=position, number=1, state="published", origin="written", text="So.", review_on=FIRST_DAY, **days
        )
        for position in positions
    )


def run_when_positions_are_stale() -> None:
    """The job for one day, after which it says how many flags it raised."""
    from reforms.alerts.actions import raise_flags
    from reforms.base.clock import civil_moment

    wait_for_the_word()
    say(str(raise_flags(on=STALE_ON, now=civil_moment(STALE_ON)).raised_count))


def run_every_day() -> None:
    """The job, for two months of days, one after another."""
    from reforms.alerts.actions import raise_flags
    from reforms.base.clock import civil_moment

    wait_for_the_word()
    raised = []
    for number in range(DAYS):
        day = FIRST_DAY + timedelta(days=number)
        raised += [list(map(str, flag.key)) for flag in raise_flags(on=day, now=civil_moment(day)).raised]
    say(json.dumps(raised))


def fill_with_readers() -> None:
    """The same consultations, and members of a council who want to hear of them daily."""
    from councils.models import Membership
    from pillars.models import Organisation
    from reforms.alerts.models import Recipient, Subscription
    from reforms.base.clock import civil_moment
    from reforms.base.models import User

    fill()
    long_ago = civil_moment(FIRST_DAY)
    council = Organisation.objects.create(slug="council", name="Council", kind=Organisation.Kind.COUNCIL)
    for number in range(READERS):
        person = User.objects.create_user(f"reader-{number}@example.org", name="Reader")
        Membership.objects.create(user=person, organisation=council, role=Membership.Role.OFFICER)
        recipient = Recipient.objects.create(person=person, made_at=long_ago, confirmed_at=long_ago)
        Subscription.objects.create(
            recipient=recipient, organisation=council, topic="consultations", frequency="daily", made_at=long_ago
        )


def do_everything_every_hour() -> None:
    """Every job as beat starts it, in each of the same 24 hours; says how many letters it sent in each."""
    from django.core import mail
    from django.test.utils import override_settings

    from reforms.alerts import jobs
    from reforms.base.clock import civil_moment

    wait_for_the_word()
    noon = civil_moment(EARLIER - timedelta(days=1), time(12))
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        for number in range(HOURS):
            mail.outbox = []
            for name in jobs.JOBS:
                jobs.do(name, now=noon + timedelta(hours=number))
            say(f"{len(mail.outbox)} sent")


NOON = time(12)


def run_every_hour() -> None:
    """The job as beat starts it, in each of 24 hours from noon, one after another; flags come due at midnight."""
    from reforms.alerts import jobs
    from reforms.base.clock import civil_moment

    wait_for_the_word()
    noon = civil_moment(EARLIER - timedelta(days=1), NOON)
    for number in range(HOURS):
        say(jobs.do("raise_flags", now=noon + timedelta(hours=number)))


def run_at_noon() -> None:
    """The first of those 24."""
    from reforms.alerts import jobs
    from reforms.base.clock import civil_moment

    jobs.do("raise_flags", now=civil_moment(EARLIER - timedelta(days=1), NOON))


def run_at_midnight_carelessly() -> None:
    """One of them, as if there were no other machines; it looks what is due, says so, and raises it at the word."""
    from reforms.alerts import actions, jobs, table
    from reforms.alerts.models import JobRun
    from reforms.base.clock import civil_moment

    insert = table.insert

    def insert_later(flags: list[FlagDue], **given: Any) -> None:
        if flags:
            wait_for_the_word()
        insert(flags, **given)

    actions._wait_for_other_runs = lambda: JobRun.objects.filter(job=actions.JOB).order_by("-for_day").first()
    table.insert = insert_later
    jobs.do("raise_flags", now=civil_moment(EARLIER))


def insert_what_was_due() -> None:
    """Raise flags as a machine that looked before the others had written."""
    from reforms.alerts.due import flags_due
    from reforms.alerts.table import insert
    from reforms.base.clock import civil_moment

    day = CLOSES_ON - timedelta(days=20)
    due = list(flags_due(on=day))
    wait_for_the_word()
    insert(due, on=day, now=civil_moment(day), is_baseline=False)


def run_and_hold() -> None:
    """Do the job for a day, and commit nothing before the word."""
    from django.db import transaction

    from reforms.alerts.actions import raise_flags
    from reforms.base.clock import civil_moment

    with transaction.atomic():
        raise_flags(on=EARLIER, now=civil_moment(EARLIER))
        wait_for_the_word()


def run_for_a_later_day() -> None:
    """Do the job for another day, at the word."""
    from reforms.alerts.actions import raise_flags
    from reforms.base.clock import civil_moment

    wait_for_the_word()
    raise_flags(on=LATER, now=civil_moment(LATER))


def run_for_a_later_day_without_waiting() -> None:
    """The same, but as if there were no other machines."""
    from reforms.alerts import actions

    actions._wait_for_other_runs = lambda: None
    run_for_a_later_day()


def wait_for_the_word() -> None:
    say("ready")
    sys.stdin.readline()


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


WORK = {
    work.__name__: work
    for work in (
        fill,
        fill_for_today,
        fill_with_positions,
        run_when_positions_are_stale,
        run_every_day,
        fill_with_readers,
        do_everything_every_hour,
        run_every_hour,
        run_at_noon,
        run_at_midnight_carelessly,
        insert_what_was_due,
        run_and_hold,
        run_for_a_later_day,
        run_for_a_later_day_without_waiting,
    )
}

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "reforms.settings"
    django.setup()
    WORK[sys.argv[1]]()

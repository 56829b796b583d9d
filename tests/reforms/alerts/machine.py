"""One machine of several on one database, as a process of its own: see test_actions_at_once.py.

It gets ready, says so, waits for the word, then works.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date, timedelta

import django

FIRST_DAY = date(2023, 4, 10)
CLOSES_ON = date(2023, 5, 11)
DAYS = 62


def prepare() -> None:
    """A new database with three consultations that close together."""
    from django.core.management import call_command

    from consultations.models import Consultation
    from pillars.models import Organisation
    from reforms.base.clock import civil_moment

    call_command("migrate", interactive=False, verbosity=0)
    owner = Organisation.objects.create(slug="owner", name="Owner", kind=Organisation.Kind.DEPARTMENT)
    for slug in ("strategy", "framework", "rules"):
        Consultation.objects.create(
            slug=slug, title=slug, owner=owner, closes_at=civil_moment(CLOSES_ON), known_on=FIRST_DAY
        )


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


def insert_what_was_due() -> None:
    """Raise flags as a machine that looked before the others had written."""
    from reforms.alerts.actions import insert
    from reforms.alerts.due import flags_due
    from reforms.base.clock import civil_moment

    day = CLOSES_ON - timedelta(days=20)
    due = flags_due(on=day)
    wait_for_the_word()
    insert(due, on=day, now=civil_moment(day), is_baseline=False)


def wait_for_the_word() -> None:
    say("ready")
    sys.stdin.readline()


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


WORK = {work.__name__: work for work in (prepare, run_every_day, insert_what_was_due)}

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "reforms.settings"
    django.setup()
    WORK[sys.argv[1]]()

"""Three consultations close on 11 May 2023: an officer and a reporter are told, once each, by all jobs together."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from councils.models import Membership
from pillars.models import Organisation
from reforms.alerts import jobs
from reforms.alerts.models import Notice
from reforms.base.clock import CIVIL
from tests.reforms.pages.making import make_member
from tests.reforms.pages.reading import source_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

REPORTER = "reporter@example.org"
FOLLOWED = "stable-homes-strategy"
SLUGS = {"agency-social-work", "national-framework-and-dashboard", FOLLOWED}


def work_at(day: int, hour: int) -> list[EmailMultiAlternatives]:
    """Every job, twice, at an hour of a day of May 2023; the letters that went out."""
    mail.outbox.clear()
    now = datetime(2023, 5, day, hour, 30, tzinfo=CIVIL)
    with time_machine.travel(now, tick=False):
        for _ in range(2):
            for name in jobs.JOBS:
                jobs.do(name, now=now)
    return list(mail.outbox)


def ask_for_updates(client: Client, letters: list[EmailMultiAlternatives]) -> None:
    """Confirm by the link in the letter."""
    [link] = [found[0] for each in letters if (found := re.search(r"/updates/confirm/\S+", str(each.body)))]
    assert "You will get updates" in source_of(client.post(link))


@pytest.fixture
def officer() -> str:
    return make_member(Organisation.objects.get(slug="lincolnshire"), Membership.Role.OFFICER).email


def test_each_is_told_once(client: Client, officer: str):
    assert work_at(6, 6) == []  # the first run: nothing that is there already is news
    with time_machine.travel(datetime(2023, 5, 6, 9, tzinfo=CIVIL)):
        client.post(f"/updates/?consultation={FOLLOWED}", {"email": REPORTER, "frequency": "weekly"})
    with time_machine.travel(datetime(2023, 5, 6, 10, tzinfo=CIVIL)):
        ask_for_updates(client, work_at(6, 10))
    assert work_at(7, 12) == []  # four days left: flagged at seven, three and one

    urgent = {each.to[0]: each for each in work_at(8, 6)}

    assert set(urgent) == {officer, REPORTER}
    assert {slug for slug in SLUGS if f"/consultations/{slug}/" in str(urgent[officer].body)} == SLUGS
    assert {slug for slug in SLUGS if f"/consultations/{slug}/" in str(urgent[REPORTER].body)} == {FOLLOWED}
    assert len({each.extra_headers["Message-ID"] for each in urgent.values()}) == 2
    assert work_at(8, 9) == work_at(9, 9) == []  # told already; nothing else was raised that concerns them weekly
    assert [each.to[0] for each in work_at(10, 6)].count(officer) == 1  # the last day but one
    assert Notice.objects.filter(flag__kind="consultation_closing", told_at=None).count() == 0

    stop = urgent[REPORTER].extra_headers["List-Unsubscribe"].strip("<>")
    assert client.post(re.sub(r"^https?://[^/]+", "", stop), {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert REPORTER not in [each.to[0] for each in work_at(11, 8)]

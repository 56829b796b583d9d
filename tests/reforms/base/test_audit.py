"""Writing down what happened: in the transaction of the change, and with nothing that somebody wrote."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import transaction

from reforms.base.audit import record_event
from reforms.base.models import Event, User

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def test_event_holds_what_it_was_given():
    person = User.objects.create_user("maya@example.org")
    event = record_event(
        "publish",
        "position:a/SH-4",
        by=person,
        now=NOW,
        organisation="a",
        before="submitted",
        after="published",
        version=2,
        digest="ab12",
    )
    event.refresh_from_db()

    assert (event.verb, event.subject, event.organisation, event.by, event.at) == (
        "publish",
        "position:a/SH-4",
        "a",
        person,
        NOW,
    )
    assert (event.state_before, event.state_after) == ("submitted", "published")
    assert event.details == {"version": 2, "digest": "ab12"}


def test_event_of_nobody_about_no_organisation():
    event = record_event("load", "records:2", by=None, now=NOW)

    assert (event.by, event.organisation, event.state_before, event.state_after, event.details) == (
        None,
        "",
        "",
        "",
        {},
    )


def test_goes_where_the_change_goes():
    """What is rolled back has not happened."""
    with transaction.atomic():
        record_event("publish", "position:a/SH-4", by=None, now=NOW)
        transaction.set_rollback(True)

    assert not Event.objects.filter(subject="position:a/SH-4").exists()

"""The audit trail is append-only: the database itself refuses to change or delete what was written."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from reforms.base.models import Event, User

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture
def event() -> Event:
    return Event.objects.create(
        at=NOW, verb="publish", subject="position:lincolnshire/SH-4", organisation="lincolnshire",
        state_before="submitted", state_after="published", details={"version": 2},
    )  # fmt: skip


def stored(event: Event) -> Event:
    return Event.objects.get(pk=event.pk)


class TestAppendOnly:
    def change(self, event: Event) -> None:
        event.verb = "draft"
        event.save()

    def change_many(self, event: Event) -> None:
        Event.objects.filter(pk=event.pk).update(verb="draft")

    def change_in_bulk(self, event: Event) -> None:
        event.verb = "draft"
        Event.objects.bulk_update([event], ["verb"])

    def delete(self, event: Event) -> None:
        Event.objects.get(pk=event.pk).delete()

    def delete_many(self, event: Event) -> None:
        Event.objects.filter(pk=event.pk).delete()

    def change_by_hand(self, event: Event) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE base_event SET verb = 'draft' WHERE id = %s", [event.pk])

    def delete_by_hand(self, event: Event) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM base_event WHERE id = %s", [event.pk])

    @pytest.mark.parametrize(
        "attempt",
        ["change", "change_many", "change_in_bulk", "delete", "delete_many", "change_by_hand", "delete_by_hand"],
    )
    def test_refuses(self, event: Event, attempt: str):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            getattr(self, attempt)(event)

        assert stored(event).verb == "publish"

    def test_takes_another(self, event: Event):
        count = Event.objects.count()
        Event.objects.create(at=NOW, verb="load", subject="fixtures")

        assert Event.objects.count() == count + 1


def test_person_of_an_event_cannot_be_deleted(event: Event):
    person = User.objects.create_user("maya@example.org")
    Event.objects.create(at=NOW, by=person, verb="publish", subject="position:lincolnshire/SH-4")

    with pytest.raises(ProtectedError):
        person.delete()


def test_reads_as_verb_and_subject(event: Event):
    assert str(event) == "publish position:lincolnshire/SH-4"


def test_loading_the_fixtures_left_one_event_without_words_of_theirs():
    loads = Event.objects.filter(verb="load", subject="fixtures")

    assert loads.count() == 1
    assert set(loads[0].details) == {"counts", "sha256"}


def test_events_come_in_the_order_of_time():
    for hour in (11, 10):
        Event.objects.create(at=NOW.replace(hour=hour), verb="test", subject="order")

    assert [each.at.hour for each in Event.objects.filter(verb="test")] == [10, 11]

"""A row as a line: exact to the microsecond, and the same from either kind of database."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.db import models

from pillars.models import Commitment
from reforms.base.backup.rows import RowSerializer, encode, read_rows, write_rows
from reforms.base.backup.tables import tables
from reforms.base.models import Event, LoadedRecord, User

MOMENT = datetime(2023, 5, 11, 22, 59, 59, 123456, tzinfo=UTC)


class Lines(list):
    write = list.append


def lines_of(*rows: models.Model) -> Lines:
    lines = Lines()
    RowSerializer(lines).serialize(rows)
    return lines


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(MOMENT, "2023-05-11T22:59:59.123456+00:00", id="microseconds"),
        pytest.param(
            datetime(2023, 5, 11, 23, 59, tzinfo=timezone(timedelta(hours=1))),
            "2023-05-11T22:59:00.000000+00:00",
            id="another-zone",
        ),
        pytest.param(time(23, 59, 59, 1), "23:59:59.000001", id="time"),
        pytest.param(Decimal("999999999999.99"), "999999999999.99", id="decimal"),
        pytest.param("👩 \ud800 \0", "👩 \ud800 \0", id="any-text"),
    ],
)
def test_value_is_written_exactly(value, expected):
    line = encode({"a": value})
    assert json.loads(line) == {"a": expected}
    assert line.isascii()


def test_djangos_own_line_would_lose_microseconds():
    event = Event(pk=1, at=MOMENT, verb="load", subject="fixtures")
    assert "59.123456+00:00" in lines_of(event)[0].decode()
    assert "59.123Z" in serializers.serialize("jsonl", [event])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"a": 1.0, "b": 2}, {"b": 2, "a": 1}, id="order-and-whole-numbers"),
        pytest.param([{"a": [1e16]}], [{"a": [10**16]}], id="large-and-deep"),
    ],
)
def test_same_json_makes_the_same_line(one, other):
    lines = [lines_of(Event(pk=1, at=MOMENT, verb="v", subject="s", details=details))[0] for details in (one, other)]
    assert lines[0] == lines[1]


@pytest.mark.parametrize("value", [1.5, -0.1, True, "1.0", None, [], {}], ids=repr)
def test_other_json_stays_as_it_is(value):
    line = lines_of(Event(pk=1, at=MOMENT, verb="v", subject="s", details={"a": value}))[0]
    assert json.loads(line)["fields"]["details"] == {"a": value}


def test_links_are_rows_of_their_own():
    assert "citations" not in json.loads(lines_of(Commitment(pk=1))[0])["fields"]
    assert Commitment.citations.through in tables()


@pytest.mark.django_db
class TestThere:
    """There and back again: rows that are written as lines, read, and stored under their numbers."""

    def there_and_back(self, model: type[models.Model]) -> list[models.Model]:
        lines = Lines()
        write_rows(model, lines, using="default")
        return list(read_rows(model, lines, using="default"))

    def test_permission_is_named(self):
        """Its number differs between databases; the line must not hold it."""
        permission = Permission.objects.get(codename="view_flag")
        Group.objects.create(name="G").permissions.add(permission)

        (link,) = self.there_and_back(Group.permissions.through)

        lines = Lines()
        write_rows(Group.permissions.through, lines, using="default")
        assert json.loads(lines[0])["fields"]["permission"] == ["view_flag", "alerts", "flag"]
        assert link.permission_id == permission.pk

    def test_what_is_gone_since_is_made_again(self):
        """A permission and a log entry of a model that a later release removed."""
        kind = ContentType.objects.create(app_label="pillars", model="gone")
        permission = Permission.objects.create(codename="view_gone", name="Can view", content_type=kind)
        person = User.objects.create_user("maya@example.org")
        person.user_permissions.add(permission)
        LogEntry.objects.create(user=person, content_type=kind, object_repr="x", action_flag=CHANGE)
        links, entries = Lines(), Lines()
        write_rows(User.user_permissions.through, links, using="default")
        write_rows(LogEntry, entries, using="default")
        User.user_permissions.through.objects.all().delete()
        LogEntry.objects.all().delete()
        kind.delete()
        ContentType.objects.clear_cache()

        (link,) = read_rows(User.user_permissions.through, links, using="default")
        (entry,) = read_rows(LogEntry, entries, using="default")

        assert Permission.objects.get(pk=link.permission_id).natural_key() == ("view_gone", "pillars", "gone")
        assert entry.content_type.natural_key() == ("pillars", "gone")

    def test_json_null_is_not_a_missing_value(self):
        """The column takes no NULL, so None can only be JSON's own."""
        LoadedRecord.objects.all().delete()
        null = models.Value(None, models.JSONField())
        LoadedRecord.objects.create(kind="k", key="k", values=null, loaded_at=MOMENT)

        (row,) = self.there_and_back(LoadedRecord)

        LoadedRecord.objects.all().delete()
        LoadedRecord.objects.bulk_create([row])
        assert LoadedRecord.objects.get().values is None


class TestModels:
    """What the way there and back relies on, for every model."""

    @pytest.mark.parametrize("model", tables(), ids=lambda model: model._meta.label)
    def test_is_restored_as_it_was(self, model):
        """Rows are written in bulk, in the order of their numbers, with no say of the model's in their values."""
        assert isinstance(model._meta.pk, models.AutoField)
        assert model._meta.parents == {}
        changing = [field.name for field in model._meta.fields if getattr(field, "auto_now", False)]
        changing += [field.name for field in model._meta.fields if getattr(field, "auto_now_add", False)]
        assert changing == []

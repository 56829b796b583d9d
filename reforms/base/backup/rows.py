"""A row as one line of JSON: Django's own serialiser, made exact, and the same whichever database it was read from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from typing import Any, Protocol

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.core.serializers.python import Deserializer, Serializer
from django.db.models import Field, ForeignKey, JSONField, Model, QuerySet, Value

from reforms.base.backup.tables import NAMED, named_fields

CHUNK = 1_000
"""Rows held in memory at a time."""


class Sink(Protocol):
    def write(self, line: bytes, /) -> object: ...


class ExactEncoder(DjangoJSONEncoder):
    """Django's own cuts moments to milliseconds; the databases keep microseconds, and so does a backup."""

    def default(self, o: Any) -> Any:
        if isinstance(o, datetime):
            return o.astimezone(UTC).isoformat(timespec="microseconds")
        if isinstance(o, time):
            return o.isoformat(timespec="microseconds")
        return super().default(o)


encode = ExactEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False).encode


class RowSerializer(Serializer):
    """Writes each row as a line, as soon as it is read. Links are left out: they are rows of tables of their own."""

    def __init__(self, sink: Sink) -> None:
        self.sink = sink

    def start_serialization(self) -> None:
        self._current: dict[str, Any] | None = None

    def handle_field(self, obj: Model, field: Field) -> None:
        super().handle_field(obj, field)
        if isinstance(field, JSONField) and self._current is not None:
            self._current[field.name] = as_numbers_are_kept(self._current[field.name])

    def handle_fk_field(self, obj: Model, field: ForeignKey) -> None:
        self.use_natural_foreign_keys = field.related_model._meta.label_lower in NAMED
        super().handle_fk_field(obj, field)

    def handle_m2m_field(self, obj: Model, field: Field) -> None:
        pass

    def end_object(self, obj: Model) -> None:
        self.sink.write(encode(self.get_dump_object(obj)).encode("ascii") + b"\n")

    def getvalue(self) -> None:
        return None


def as_numbers_are_kept(value: Any) -> Any:
    """JSON with whole numbers written as such: 1.0 and 1 are one number, and databases keep it as either."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [as_numbers_are_kept(item) for item in value]
    if isinstance(value, dict):
        return {key: as_numbers_are_kept(item) for key, item in value.items()}
    return value


def write_rows(model: type[Model], sink: Sink, *, using: str) -> None:
    """Write every row of a table as a line, in the order of its primary key."""
    RowSerializer(sink).serialize(stored(model, using=using))


def stored(model: type[Model], *, using: str) -> Iterator[Model]:
    """Every row of a table, a chunk at a time."""
    rows: QuerySet[Model] = model._base_manager.using(using).order_by("pk")
    if named := named_fields(model):
        rows = rows.select_related(*(f"{name}__content_type" if named[name] is Permission else name for name in named))
    return rows.iterator(chunk_size=CHUNK)


def read_rows(model: type[Model], lines: Iterable[bytes], *, using: str) -> Iterator[Model]:
    """The rows that lines hold, ready to be inserted.

    Raises DeserializationError for a line that is not a row of this release's models.
    """
    named, nulls = named_fields(model), json_fields_without_null(model)
    for read in Deserializer((with_numbers(line, named, using) for line in lines), using=using):
        for name in nulls:
            if getattr(read.object, name) is None:
                setattr(read.object, name, Value(None, JSONField()))
        yield read.object


def json_fields_without_null(model: type[Model]) -> list[str]:
    """Fields in which None can only mean JSON's own null: the column takes no other."""
    return [field.attname for field in model._meta.concrete_fields if isinstance(field, JSONField) and not field.null]


def with_numbers(line: bytes, named: dict[str, type[Model]], using: str) -> dict[str, Any]:
    """A row as Django's deserialiser takes it, with the numbers that this database has for what the row names."""
    row = json.loads(line)
    for name, target in named.items():
        if key := row["fields"][name]:
            row["fields"][name] = number_of(target, key, using)
    return row


def number_of(target: type[Model], key: list[str], using: str) -> int:
    """The number of a permission or content type; one whose model is gone since is made again."""
    if target is ContentType:
        return content_type(*key, using=using).pk
    codename, app_label, name = key
    return (
        Permission.objects.using(using)
        .get_or_create(
            codename=codename,
            content_type=content_type(app_label, name, using=using),
            defaults={"name": codename},
        )[0]
        .pk
    )


def content_type(app_label: str, name: str, *, using: str) -> ContentType:
    types = ContentType.objects.db_manager(using)
    try:
        return types.get_by_natural_key(app_label, name)
    except ContentType.DoesNotExist:
        return types.create(app_label=app_label, model=name)

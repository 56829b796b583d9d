"""What the database holds, in the same plain values that files are read into.

One query for a kind, a second where it refers to itself, and one for each of its lists, however many records
there are; each asked once. Of a kind whose records have owners, only what the owners in the files have is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from reforms.base.loading.codecs import ManyCodec, Plain
from reforms.base.loading.kinds import Kind
from reforms.base.models import LoadedRecord

RECORDS_AT_A_TIME = 2000

Links = dict[int, dict[int, int]]
"""For each row, the rows it is linked to, with the row that links them."""


@dataclass(frozen=True)
class Row:
    """A record of the database. `values` leaves out many-to-many fields."""

    pk: int
    values: dict[str, Plain]


class Snapshot:
    """Rows are read when first asked for. With `is_locking` they stay locked until the transaction ends.

    `owners` are the slugs of those whose records the files speak of.
    """

    def __init__(self, *, owners: Collection[str], is_locking: bool = False) -> None:
        self._owners = owners
        self._is_locking = is_locking
        self._rows: dict[Kind, dict[str, Row]] = {}
        self._keys: dict[Kind, dict[int, str]] = {}
        self._links: dict[tuple[Kind, str], Links] = {}

    def rows(self, kind: Kind) -> dict[str, Row]:
        """Every record of a kind, by key."""
        if kind not in self._rows:
            self._read(kind)
        return self._rows[kind]

    def keys(self, kind: Kind) -> dict[int, str]:
        """The natural key of every row of a kind."""
        self.rows(kind)
        return self._keys[kind]

    def links(self, kind: Kind, name: str) -> Links:
        """The links of a many-to-many field."""
        if (kind, name) not in self._links:
            self._links[kind, name] = self._read_links(kind, kind.many[name])
        return self._links[kind, name]

    def values(self, kind: Kind, key: str) -> dict[str, Plain] | None:
        """All values of a record, lists included; None where there is no such record."""
        row = self.rows(kind).get(key)
        if row is None:
            return None
        return row.values | {name: self._list(kind, name, row.pk) for name in kind.many}

    def _list(self, kind: Kind, name: str, pk: int) -> list[str]:
        keys = self.keys(kind.targets[name])
        return sorted(keys[target] for target in self.links(kind, name).get(pk, ()))

    def _read(self, kind: Kind) -> None:
        """Read columns, then name each row, then turn references to its own kind into names as well."""
        columns = {name: codec for name, codec in kind.columns.items() if name not in kind.self_references}
        plain = [(name, self._to_plain(kind, name)) for name in columns]
        rows: dict[int, dict[str, Plain]] = {}
        for pk, *stored in self._fetch(kind, [codec.column for codec in columns.values()]):
            rows[pk] = {name: turn(value) for (name, turn), value in zip(plain, stored, strict=True)}
        self._keys[kind] = {pk: kind.key_of(values) or f"#{pk}" for pk, values in rows.items()}
        if kind.self_references:
            self._add_self_references(kind, rows)
        self._rows[kind] = {self._keys[kind][pk]: Row(pk, values) for pk, values in rows.items()}

    def _fetch(self, kind: Kind, columns: list[str]) -> Any:
        query = self._owned(kind).order_by("pk").values_list("pk", *columns)
        return query.select_for_update() if self._is_locking else query

    def _owned(self, kind: Kind) -> QuerySet:
        """The rows that count. Asked for by their ids, so that only they are locked, and not those of the owners."""
        every = kind.model._base_manager.all()
        if not kind.owner:
            return every
        return every.filter(pk__in=every.filter(**{f"{kind.owner}__in": self._owners}).values("pk"))

    def _to_plain(self, kind: Kind, name: str) -> Callable[[Any], Plain]:
        if name not in kind.references:
            return kind.columns[name].plain
        return self.keys(kind.targets[name]).get

    def _add_self_references(self, kind: Kind, rows: dict[int, dict[str, Plain]]) -> None:
        columns = [kind.columns[name].column for name in kind.self_references]
        for pk, *targets in self._owned(kind).values_list("pk", *columns):
            for name, target in zip(kind.self_references, targets, strict=True):
                rows[pk][name] = self._keys[kind].get(target)

    def _read_links(self, kind: Kind, codec: ManyCodec) -> Links:
        links = codec.through._base_manager.all()
        if kind.owner:
            links = links.filter(**{f"{codec.field.m2m_field_name()}__{kind.owner}__in": self._owners})
        found: Links = defaultdict(dict)
        for pk, source, target in links.values_list("pk", *codec.columns):
            found[source][target] = pk
        return found


def read_memory(keys: Mapping[str, Collection[str]]) -> Mapping[tuple[str, str], dict[str, Plain]]:
    """What was last loaded of the records with these keys, by the names of their kinds: one query for so many."""
    return {
        (kind, key): values
        for kind, of_kind in keys.items()
        for some in in_batches(of_kind, RECORDS_AT_A_TIME)
        for key, values in LoadedRecord.objects.filter(kind=kind, key__in=some).values_list("key", "values")
    }


def in_batches(keys: Iterable[str], size: int) -> Iterator[list[str]]:
    """The keys in their order, so many at a time: databases limit how many values one statement may have."""
    rest = iter(keys)
    while some := list(islice(rest, size)):
        yield some

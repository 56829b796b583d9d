"""What the database holds, in the same plain values that files are read into.

One query for a kind, a second where it refers to itself, and one for each of its lists, however many records
there are; each asked once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from reforms.base.loading.codecs import ManyCodec, Plain
from reforms.base.loading.kinds import Kind
from reforms.base.models import LoadedRecord

Links = dict[int, dict[int, int]]
"""For each row, the rows it is linked to, with the row that links them."""


@dataclass(frozen=True)
class Row:
    """A record of the database. `values` leaves out many-to-many fields."""

    pk: int
    values: dict[str, Plain]


class Snapshot:
    """Rows are read when first asked for. With `is_locking` they stay locked until the transaction ends."""

    def __init__(self, *, is_locking: bool = False) -> None:
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
            self._links[kind, name] = _read_links(kind.many[name])
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
        query = kind.model._base_manager.order_by("pk").values_list("pk", *columns)
        return query.select_for_update() if self._is_locking else query

    def _to_plain(self, kind: Kind, name: str) -> Callable[[Any], Plain]:
        if name not in kind.references:
            return kind.columns[name].plain
        return self.keys(kind.targets[name]).get

    def _add_self_references(self, kind: Kind, rows: dict[int, dict[str, Plain]]) -> None:
        columns = [kind.columns[name].column for name in kind.self_references]
        for pk, *targets in kind.model._base_manager.values_list("pk", *columns):
            for name, target in zip(kind.self_references, targets, strict=True):
                rows[pk][name] = self._keys[kind].get(target)


def _read_links(codec: ManyCodec) -> Links:
    found: Links = defaultdict(dict)
    for pk, source, target in codec.through._base_manager.values_list("pk", *codec.columns):
        found[source][target] = pk
    return found


def read_memory(names: Collection[str]) -> Mapping[tuple[str, str], dict[str, Plain]]:
    """What was last loaded of each record of these kinds. One query."""
    remembered = LoadedRecord.objects.filter(kind__in=names).values_list("kind", "key", "values")
    return {(kind, key): values for kind, key, values in remembered}

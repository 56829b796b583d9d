"""The kinds of record that can be loaded, and the rooms that declare them.

The engine knows no kind by name. Each room of the house has a `loading` module that registers its kinds, the
keys its files may hold, and what it works out once every file has been read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.module_loading import autodiscover_modules

from reforms.base.loading.codecs import Codec, ManyCodec, Plain, ReferenceCodec, codec_for

if TYPE_CHECKING:
    from reforms.base.loading.reading import Document
    from reforms.base.loading.world import World

Values = Mapping[str, Plain]


def _join_values(*names: str) -> Callable[[Values], str]:
    return lambda values: "/".join(str(values[name]) for name in names)


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of record: its model, what names one of it for ever, and where each field comes from.

    `given` fields stand in the file under their own names, or those of `aliases`; what the model needs, the
    file has to give. `optional` ones may stand there, or are worked out. `derived` ones never stand there.
    `say_missing` is what to say of a reference to a record that is nowhere, where “There is no …” is not enough.
    `owner` is the path to the slug that begins every key, where records are only ever compared with those of the same
    owner: then a load reads what the owners in its files have, and not what the whole country has.
    """

    name: str
    model: type[models.Model]
    key: tuple[str, ...]
    given: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    make_key: Callable[[Values], str] | None = None
    say_missing: Callable[[str, World], str] | None = None
    owner: str = ""

    @cached_property
    def codecs(self) -> dict[str, Codec]:
        """Each field with the way it is read, compared and stored."""
        names = (*self.given, *self.optional, *self.derived)
        return {name: codec_for(self.model, name) for name in names}

    @cached_property
    def columns(self) -> dict[str, Codec]:
        return {name: codec for name, codec in self.codecs.items() if not isinstance(codec, ManyCodec)}

    @cached_property
    def references(self) -> dict[str, ReferenceCodec]:
        return {name: codec for name, codec in self.codecs.items() if isinstance(codec, ReferenceCodec)}

    @cached_property
    def many(self) -> dict[str, ManyCodec]:
        return {name: codec for name, codec in self.codecs.items() if isinstance(codec, ManyCodec)}

    @cached_property
    def targets(self) -> dict[str, Kind]:
        """The kind that each foreign key and many-to-many field points to."""
        related = {**self.references, **self.many}
        return {name: kind_of(codec.field.related_model) for name, codec in related.items()}

    @cached_property
    def self_references(self) -> tuple[str, ...]:
        return tuple(name for name in self.references if self.targets[name] is self)

    def key_of(self, values: Values) -> str | None:
        """The natural key; None where a part of it could not be read."""
        if any(values.get(name) is None for name in self.key):
            return None
        return (self.make_key or _join_values(*self.key))(values)

    @property
    def noun(self) -> str:
        return self.name.replace("_", " ")

    def __repr__(self) -> str:
        return f"Kind({self.name})"


@dataclass(frozen=True)
class Room:
    """What one app adds to the loader. `kinds` stand in the order in which they can be written."""

    name: str
    folders: tuple[str, ...]
    kinds: tuple[Kind, ...]
    sections: Mapping[str, Callable[[Document], None]]
    file_keys: tuple[str, ...] = ()
    derive: Sequence[Callable[[World], None]] = ()
    check: Sequence[Callable[[World], None]] = ()
    hold: Callable[[World], Mapping[tuple[Kind, str], str]] | None = None


_ROOMS: dict[str, Room] = {}


def register(room: Room) -> None:
    """Add a room, or replace the one of the same name. Lower floors register first."""
    _ROOMS[room.name] = room


@cache
def _discover() -> None:
    """Import the `loading` module of every app, once."""
    autodiscover_modules("loading")


def rooms() -> Sequence[Room]:
    """Every room, from the ground up."""
    _discover()
    return tuple(_ROOMS.values())


def kinds() -> Iterator[Kind]:
    """Every kind, in the order in which records are written."""
    return (kind for room in rooms() for kind in room.kinds)


def kind_of(model: Any) -> Kind:
    """The kind of a model. Raises LookupError where no room loads it."""
    for kind in kinds():
        if kind.model is model:
            return kind
    raise LookupError(f"No kind loads {model}.")

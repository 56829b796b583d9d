"""From nodes to records: the mapping of a file read key by key, and the batch that collects them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from reforms.base.loading.codecs import Plain, Unreadable, read_text_list
from reforms.base.loading.kinds import Kind
from reforms.base.loading.problems import Place, Problems
from reforms.base.loading.yaml_files import ListNode, MapNode, Node, TextNode

Read = TypeVar("Read")


@dataclass(eq=False, slots=True)
class Record:
    """One record as the files give it. Without a key it could not be read, and goes no further."""

    kind: Kind
    key: str | None
    values: dict[str, Plain]
    place: Place
    places: dict[str, Place] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def place_of(self, name: str, item: str = "") -> Place:
        """The line of a field, or of one item of its list; else that of the record."""
        return self.places.get(f"{name} {item}") or self.places.get(name) or self.place

    def text(self, name: str) -> str:
        """A value as text; nothing is empty."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def texts(self, name: str) -> list[str]:
        """The value of a list field."""
        value = self.values.get(name)
        return value if isinstance(value, list) else []

    def __str__(self) -> str:
        return f"{self.kind.noun} {self.key}"


class Batch:
    """Every record of one load, by kind and key, and every mistake."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.records: dict[Kind, dict[str, Record]] = {}

    def of(self, kind: Kind) -> dict[str, Record]:
        return self.records.get(kind, {})

    def every(self) -> list[Record]:
        return [record for of_kind in self.records.values() for record in of_kind.values()]

    def owners(self) -> set[str]:
        """The slugs of those whose records these are, of the kinds that have owners."""
        return {key.partition("/")[0] for kind, of_kind in self.records.items() if kind.owner for key in of_kind}

    def add(self, record: Record) -> Record:
        """Take a record in, unless it has no key or its key is taken."""
        if record.key is None:
            return record
        first = self.records.setdefault(record.kind, {}).setdefault(record.key, record)
        if first is not record:
            self.problems.add(record.place, f"{_capital(record)} stands twice: it is already at {first.place}.")
            record.key = None
        return record

    def read(self, kind: Kind, item: Item, /, **derived: Plain) -> Record:
        """Read a record of a kind from an item; `derived` values do not stand in it."""
        values: dict[str, Plain] = {**derived}
        for name in kind.given:
            if name not in derived:
                values[name] = item.value(kind, name)
        for name in kind.optional:
            if name not in derived:
                values[name] = item.value_if_given(kind, name)
        values |= {name: None for name in kind.derived if name not in derived}
        record = Record(kind, kind.key_of(values), values, item.place)
        item.mark_places(kind, record)
        return self.add(record)


def _capital(record: Record) -> str:
    text = str(record)
    return text[:1].upper() + text[1:]


class Item:
    """A mapping of a file. It remembers which keys were asked for: those are the keys it may have."""

    def __init__(self, node: MapNode, problems: Problems) -> None:
        self.node = node
        self.place = node.place
        self.problems = problems
        self._asked: set[str] = set()

    def ask(self, key: str) -> Node | None:
        self._asked.add(key)
        return self.node.entries.get(key)

    def place_of(self, key: str) -> Place:
        return self.node.key_places.get(key, self.place)

    def value(self, kind: Kind, name: str) -> Plain:
        """A field of a kind. Missing or unreadable, it is a mistake and answers None."""
        key, codec = kind.aliases.get(name, name), kind.codecs[name]
        node = self.ask(key)
        try:
            return codec.absent() if node is None else codec.read(node)
        except Unreadable as error:
            self._refuse_unreadable(key, error)
            return None

    def value_if_given(self, kind: Kind, name: str) -> Plain:
        """A field that may be worked out later: None where the file does not give it."""
        key = kind.aliases.get(name, name)
        node = self.ask(key)
        if node is None or (isinstance(node, TextNode) and not node.text):
            return None
        return self._try(key, lambda: kind.codecs[name].read(node))

    def text(self, key: str) -> str:
        """A text that is no field of its own; empty where there is none."""
        node = self.ask(key)
        if node is None or isinstance(node, TextNode):
            return node.text if node else ""
        self.problems.add(self.place_of(key), f"{key} has to be one text, not a list or a mapping.")
        return ""

    def read_text(self, key: str, read: Callable[[str], Read]) -> Read | None:
        """A text that is no field of its own, read by a rule that raises Unreadable; None without one."""
        text = self.text(key)
        return self._try(key, lambda: read(text)) if text else None

    def texts(self, key: str) -> list[TextNode]:
        """A list of texts."""
        node = self.ask(key)
        return list(self._try(key, lambda: read_text_list(node)) or []) if node is not None else []

    def one(self, key: str) -> Item | None:
        """A mapping within this one."""
        node = self.ask(key)
        if isinstance(node, MapNode):
            return Item(node, self.problems)
        if node is not None and not (isinstance(node, TextNode) and not node.text):
            self.problems.add(self.place_of(key), f"{key} has to be a mapping: keys, each with a colon.")
        return None

    def each(self, key: str) -> list[Item]:
        """The mappings of a list."""
        node = self.ask(key)
        if node is None or (isinstance(node, TextNode) and not node.text):
            return []
        items = node.items if isinstance(node, ListNode) else []
        if not isinstance(node, ListNode) or not all(isinstance(item, MapNode) for item in items):
            self.problems.add(self.place_of(key), f"{key} has to be a list of mappings.")
        return [Item(item, self.problems) for item in items if isinstance(item, MapNode)]

    def refuse(self, key: str, message: str) -> None:
        """Add a mistake at the line of a key."""
        self.problems.add(self.place_of(key), message)

    def finish(self) -> None:
        """Refuse every key that nothing asked for."""
        for key in self.node.entries:
            if key not in self._asked:
                allowed = ", ".join(sorted(self._asked))
                self.refuse(key, f"Unknown key “{key}”. Allowed here: {allowed}.")

    def mark_places(self, kind: Kind, record: Record) -> None:
        """Tell a record on which line each of its fields, and each item of their lists, stands."""
        for name in kind.codecs:
            key = kind.aliases.get(name, name)
            if key not in self.node.entries:
                continue
            record.places[name] = self.place_of(key)
            node = self.node.entries[key]
            if isinstance(node, ListNode):
                record.places |= {f"{name} {t.text}": t.place for t in node.items if isinstance(t, TextNode)}

    def _try(self, key: str, read: Callable[[], Read]) -> Read | None:
        try:
            return read()
        except Unreadable as error:
            self._refuse_unreadable(key, error)
            return None

    def _refuse_unreadable(self, key: str, error: Unreadable) -> None:
        self.refuse(key, f"{key} {error}.")


@dataclass
class Document:
    """One file: its name without folder and ending, and what stands at its top."""

    name: str
    root: Item
    batch: Batch

    @property
    def problems(self) -> Problems:
        return self.batch.problems

    def top(self, section: str, key: str) -> str:
        """A text of a top-level mapping, or of the top itself, read without asking for it."""
        node = self.root.node.entries.get(section)
        entry = node.entries.get(key) if isinstance(node, MapNode) else None
        return entry.text if isinstance(entry, TextNode) else ""

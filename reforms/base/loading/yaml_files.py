"""YAML without its surprises: every scalar is text, and every node knows its line.

Anchors, aliases and tags are refused, so nothing can refer, repeat or become an object; a key stands once.
The tree is built from the parser's events, never from its loader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from reforms.base.loading.problems import Place, Problems

PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 30
"""Levels of nesting. The deepest fixture has twelve."""
NOT_TEXT = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""Characters that no text of ours holds: controls other than a line break, odd line breaks, halves of pairs."""


@dataclass(slots=True)
class TextNode:
    text: str
    place: Place


@dataclass(slots=True)
class ListNode:
    place: Place
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class MapNode:
    place: Place
    entries: dict[str, Node] = field(default_factory=dict)
    key_places: dict[str, Place] = field(default_factory=dict)


Node = TextNode | ListNode | MapNode


def read_yaml(data: bytes, *, file: str, problems: Problems) -> MapNode | None:
    """The mapping a file holds, or None where that cannot be told. Mistakes are added to `problems`."""
    text = _decode(data, file, problems)
    if text is None or not _has_only_text(text, file, problems):
        return None
    builder = _Builder(file, problems)
    try:
        for event in yaml.parse(text, Loader=PARSER):
            builder.feed(event)
    except yaml.YAMLError as error:
        problems.add(*_syntax_problem(error, file))
        return None
    except _TooDeep as error:
        problems.add(error.place, f"Nested more than {DEEPEST} levels deep.")
        return None
    return builder.result()


def _decode(data: bytes, file: str, problems: Problems) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.add(Place(file, line), "Not UTF-8: save the file in the UTF-8 encoding.")
        return None


def _has_only_text(text: str, file: str, problems: Problems) -> bool:
    """Whether the file is free of tabs, NULs and their like; each line that has one is a mistake."""
    if not NOT_TEXT.search(text.replace("\r\n", "\n")):
        return True
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if found := NOT_TEXT.search(line):
            problems.add(Place(file, number), _character_problem(found.group()))
    return False


def _character_problem(character: str) -> str:
    if character == "\t":
        return "A tab: use spaces."
    return f"The character U+{ord(character):04X} cannot stand in a text."


def _syntax_problem(error: yaml.YAMLError, file: str) -> tuple[Place, str]:
    mark: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    what = getattr(error, "problem", None) or "cannot be read"
    return Place(file, mark.line + 1 if mark else 1), f"Not YAML: {what}."


class _TooDeep(Exception):  # noqa: N818 - named for what happened
    def __init__(self, place: Place) -> None:
        self.place = place


class _Builder:
    """Turns parser events into nodes, keeping its own stack: deep files cannot exhaust Python's."""

    def __init__(self, file: str, problems: Problems) -> None:
        self.file = file
        self.problems = problems
        self.documents: list[Node] = []
        self.stack: list[ListNode | MapNode] = []
        self.keys: list[TextNode | None] = []
        self.document_count = 0

    def feed(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._put(self._scalar(event))
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            self._open(event)
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            self.stack.pop()
            self.keys.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._refuse_extras(event)
            self._put(TextNode("", self._place(event)))
        elif isinstance(event, yaml.DocumentStartEvent):
            self._start_document(event)

    def result(self) -> MapNode | None:
        """The one document, where it is a mapping."""
        root = self.documents[0] if self.documents else None
        if isinstance(root, MapNode):
            return root
        if root is None or (isinstance(root, TextNode) and not root.text):
            self.problems.add(Place(self.file, 0), "The file is empty.")
        else:
            self.problems.add(root.place, "A file is a mapping: keys, each with a colon.")
        return None

    def _place(self, event: yaml.Event) -> Place:
        mark: Any = event.start_mark
        return Place(self.file, mark.line + 1)

    def _start_document(self, event: yaml.Event) -> None:
        self.document_count += 1
        if self.document_count > 1:
            self.problems.add(self._place(event), "A second document: a file holds one.")

    def _refuse_extras(self, event: yaml.NodeEvent) -> None:
        if event.anchor is not None:
            self.problems.add(self._place(event), f"YAML anchors and aliases are not read: {event.anchor}.")
        if tag := getattr(event, "tag", None):
            self.problems.add(self._place(event), f"YAML tags are not read: {tag}.")

    def _scalar(self, event: yaml.ScalarEvent) -> TextNode:
        """A text. Only an escape in double quotes can make a character that the file as a whole has not shown."""
        place, text = self._place(event), event.value
        if event.anchor is not None or event.tag:
            self._refuse_extras(event)
        if event.style == '"' and (found := NOT_TEXT.search(text)):
            self.problems.add(place, _character_problem(found.group()))
        return TextNode(text.strip(), place)

    def _open(self, event: yaml.SequenceStartEvent | yaml.MappingStartEvent) -> None:
        self._refuse_extras(event)
        if len(self.stack) >= DEEPEST:
            raise _TooDeep(self._place(event))
        is_map = isinstance(event, yaml.MappingStartEvent)
        node: ListNode | MapNode = MapNode(self._place(event)) if is_map else ListNode(self._place(event))
        self._put(node)
        self.stack.append(node)
        self.keys.append(None)

    def _put(self, node: Node) -> None:
        """Hang a node where it belongs: as the document, in a list, or as a key or value of a mapping."""
        parent = self.stack[-1] if self.stack else None
        if parent is None:
            self.documents.append(node)
        elif isinstance(parent, ListNode):
            parent.items.append(node)
        else:
            self._put_entry(parent, node)

    def _put_entry(self, parent: MapNode, node: Node) -> None:
        key = self.keys[-1]
        if key is None:
            self.keys[-1] = self._key(node)
            return
        self.keys[-1] = None
        if key.text in parent.entries:
            first = parent.key_places[key.text].line
            self.problems.add(key.place, f"“{key.text}” stands twice: it is already on line {first}.")
            return
        parent.entries[key.text] = node
        parent.key_places[key.text] = key.place

    def _key(self, node: Node) -> TextNode:
        if isinstance(node, TextNode):
            return node
        self.problems.add(node.place, "A key has to be text.")
        return TextNode("", node.place)

"""What a version says: its text, and beside it its points, its impacts and what it covers. Values, apart from rows.

A draft keeps all but its text and its few plain columns in one piece, so that one statement saves the whole of it or
none. References and days stand in it as text, as they were typed; the form has seen to it that they can be read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any, Self


@dataclass(frozen=True)
class Point:
    """A claim: something the text asserts, with the figure it stands on, what that is as at, and when it goes stale."""

    kind: str
    text: str
    readiness: str = "not_stated"
    figure: str = ""
    as_at: str = ""
    evidence: str = ""
    stale_on: str = ""
    about: tuple[str, ...] = ()

    @classmethod
    def of(cls, values: dict[str, Any]) -> Self:
        return cls(**_known(cls, values) | {"about": tuple(values.get("about", ()))})

    def in_words(self) -> str:
        parts = [self.text, self.figure and f"Figure: {self.figure}", self.as_at and f"As at: {self.as_at}"]
        parts += [self.evidence and f"Evidence: {self.evidence}", self.stale_on and f"Goes stale on: {self.stale_on}"]
        parts += ["" if self.readiness == "not_stated" else f"Readiness: {self.readiness.replace('_', ' ')}"]
        return _one_line(f"{self.kind.capitalize()}:", *parts, _about(self.about))


@dataclass(frozen=True)
class Consequence:
    """An impact: what would change for staff, money and so on."""

    area: str
    summary: str
    amount: str = ""
    unit: str = ""
    rests_on: tuple[str, ...] = ()

    @classmethod
    def of(cls, values: dict[str, Any]) -> Self:
        return cls(**_known(cls, values) | {"rests_on": tuple(values.get("rests_on", ()))})

    def in_words(self) -> str:
        figure = f"£{self.amount} {self.unit}" if self.amount else self.unit
        return _one_line(f"{self.area.capitalize()}:", self.summary, figure, _about(self.rests_on))


@dataclass(frozen=True)
class Content:
    """The whole of a version's words."""

    text: str
    readiness: str = "not_stated"
    review_on: date | None = None
    covers: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    impacts: tuple[Consequence, ...] = field(default=())

    @property
    def rest(self) -> dict[str, Any]:
        """All but the text, as it is kept."""
        return {
            "readiness": self.readiness,
            "review_on": self.review_on.isoformat() if self.review_on else "",
            "covers": list(self.covers),
            "points": [asdict(each) | {"about": list(each.about)} for each in self.points],
            "impacts": [asdict(each) | {"rests_on": list(each.rests_on)} for each in self.impacts],
        }

    @classmethod
    def of(cls, text: str, rest: dict[str, Any]) -> Self:
        """What was kept, read back."""
        return cls(
            text=text,
            readiness=rest.get("readiness", "not_stated"),
            review_on=date.fromisoformat(rest["review_on"]) if rest.get("review_on") else None,
            covers=tuple(rest.get("covers", ())),
            points=tuple(map(Point.of, rest.get("points", ()))),
            impacts=tuple(map(Consequence.of, rest.get("impacts", ()))),
        )

    @property
    def covered(self) -> tuple[str, ...]:
        """What it covers: named for itself, by a point or by an impact."""
        named = [self.covers, *(each.about for each in self.points), *(each.rests_on for each in self.impacts)]
        return tuple(sorted({reference for references in named for reference in references}))

    @property
    def digest(self) -> str:
        """A hash of every word of it: the same for the same words."""
        whole = json.dumps([self.text, self.rest], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(whole.encode()).hexdigest()

    @property
    def is_empty(self) -> bool:
        return not (self.text.strip() or self.points or self.impacts)

    def in_words(self) -> str:
        """Everything as lines of text, to be read beside another version of it."""
        lines = [self.text.strip()]
        lines += _under("Points", (each.in_words() for each in self.points))
        lines += _under("Impacts", (each.in_words() for each in self.impacts))
        lines += _under("Readiness", [] if self.readiness == "not_stated" else [self.readiness.replace("_", " ")])
        lines += _under("Covers", [", ".join(self.covers)] if self.covers else [])
        return "\n".join(lines)


def _under(heading: str, lines: Iterable[str]) -> list[str]:
    """Lines below what they are, or nothing where there are none."""
    found = list(lines)
    return ["", heading, *found] if found else []


def _one_line(*parts: str) -> str:
    return " ".join(" ".join(part.split()) for part in parts if part)


def _about(references: tuple[str, ...]) -> str:
    return f"({', '.join(references)})" if references else ""


def _known(cls: type, values: dict[str, Any]) -> dict[str, Any]:
    """The values that the class has a field for: an older draft may hold others."""
    return {each.name: values[each.name] for each in fields(cls) if each.name in values}

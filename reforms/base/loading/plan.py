"""What a load would do to each record, and why. Pure: three sets of plain values are compared.

The file says something, the database holds something, and the memory knows what was last loaded. A difference
between memory and database is a person's change; one between memory and file is a change of the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum

from reforms.base.loading.codecs import Plain
from reforms.base.loading.kinds import Kind, kinds
from reforms.base.loading.reading import Record
from reforms.base.loading.snapshot import Snapshot, read_memory
from reforms.base.loading.world import World

Values = Mapping[str, Plain]


class Outcome(StrEnum):
    CREATE = "create"
    CHANGE = "change"
    SAME = "same"
    LEFT = "left"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Decision:
    """What becomes of one record. `fields` are those that would change, or that a person changed."""

    record: Record
    key: str
    outcome: Outcome
    fields: tuple[str, ...] = ()
    reason: str = ""
    is_news: bool = False
    """Whether what the file says differs from what was last remembered of it."""
    is_first: bool = False
    """Whether nothing was remembered of it."""


@dataclass(frozen=True)
class Plan:
    decisions: tuple[Decision, ...]

    def having(self, *outcomes: Outcome) -> list[Decision]:
        return [decision for decision in self.decisions if decision.outcome in outcomes]

    @property
    def to_write(self) -> list[Decision]:
        return self.having(Outcome.CREATE, Outcome.CHANGE)

    def counts(self) -> dict[str, Counter[Outcome]]:
        """How many of each outcome, by kind."""
        found: dict[str, Counter[Outcome]] = {}
        for decision in self.decisions:
            found.setdefault(decision.record.kind.name, Counter())[decision.outcome] += 1
        return found


def make_plan(world: World, held: Mapping[tuple, str]) -> Plan:
    """Decide about every record of the batch. `held` are those a person has taken over, with the reason."""
    records = [record for kind in kinds() for record in world.batch.of(kind).values()]
    memory = read_memory({kind.name: world.batch.of(kind).keys() for kind in kinds()})
    decided = [_decide(record, world.snapshot, memory, held) for record in records if record.key is not None]
    return Plan(tuple(decided))


def _decide(record: Record, snapshot: Snapshot, memory: Mapping, held: Mapping[tuple, str]) -> Decision:
    key = str(record.key)
    remembered = memory.get((record.kind.name, key))
    if reason := held.get((record.kind, key)):
        return Decision(record, key, Outcome.LEFT, reason=reason)
    stored = snapshot.values(record.kind, key)
    if stored is None:
        return _decide_absent(record, key, remembered)
    return _decide_present(record, key, stored, remembered)


def _decide_absent(record: Record, key: str, remembered: Values | None) -> Decision:
    """Create a record, unless it was loaded before: then a person has removed it."""
    if remembered is None:
        return Decision(record, key, Outcome.CREATE, is_news=True, is_first=True)
    changed = _differing(record.values, remembered)
    outcome = Outcome.CONFLICT if changed else Outcome.LEFT
    return Decision(record, key, outcome, changed, reason="removed here")


def _decide_present(record: Record, key: str, stored: Values, remembered: Values | None) -> Decision:
    """Compare file, database and memory. A record with no memory was made by a person."""
    changes = _differing(record.values, stored)
    by_file = changes if remembered is None else _differing(record.values, {**stored, **remembered})
    by_person = changes if remembered is None else _differing(stored, {**stored, **remembered})
    if not changes:
        is_news = remembered is None or bool(by_file) or len(remembered) != len(record.values)
        return Decision(record, key, Outcome.SAME, is_news=is_news, is_first=remembered is None)
    if not by_person:
        return Decision(record, key, Outcome.CHANGE, changes, is_news=True)
    if not by_file:
        return Decision(record, key, Outcome.LEFT, by_person, reason="changed here")
    reason = "made here, and not as the file says" if remembered is None else "changed here and in the file"
    return Decision(record, key, Outcome.CONFLICT, tuple(sorted({*by_file, *by_person})), reason)


def _differing(one: Values, other: Values) -> tuple[str, ...]:
    """The fields of `one` that `other` has with another value or not at all."""
    return tuple(sorted(name for name in one if name not in other or one[name] != other[name]))


def refuse_lost_references(plan: Plan, world: World) -> None:
    """Nothing that is to be written may point to a record that a person removed."""
    lost = {
        (decision.record.kind, decision.key)
        for decision in plan.having(Outcome.LEFT, Outcome.CONFLICT)
        if decision.key not in world.snapshot.rows(decision.record.kind)
    }
    if not lost:
        return
    for decision in plan.to_write:
        for name, target in decision.record.kind.targets.items():
            _refuse_lost(decision.record, name, target, lost, world)


def _refuse_lost(record: Record, name: str, target: Kind, lost: Set[tuple[Kind, str]], world: World) -> None:
    for key in record.texts(name) or [record.text(name)]:
        if (target, key) in lost:
            message = f"{target.noun} “{key}” was removed here by a person, so nothing new can point to it."
            world.problems.add(record.place_of(name, key), message[:1].upper() + message[1:])

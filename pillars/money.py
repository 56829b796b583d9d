"""Adding money: leaves of one role and one shape, never a whole with its parts, never unlike things."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

CONTEXT, HEADLINE, SUM, UNSPECIFIED = "context", "headline", "sum", "unspecified"


@dataclass(frozen=True)
class Line:
    """One line of funding. `amount` is pounds, or None where no source gives one; `part_of` a reference."""

    reference: str
    title: str
    role: str
    shape: str
    amount: Decimal | None = None
    part_of: str | None = None


@dataclass(frozen=True)
class Total:
    """A sum in pounds and the lines it adds, in order. With nothing to add the amount is None, not zero."""

    amount: Decimal | None
    lines: tuple[Line, ...]


def total(lines: Sequence[Line], *, role: str, shape: str = SUM) -> Total:
    """The total of one role: the smallest parts that add up, and the whole where its parts do not.

    A line without an amount counts for nothing; its parts then count in its place. Raises ValueError for
    context, and for rates and percentages, which cannot be added.
    """
    if role == CONTEXT or shape != SUM:
        raise ValueError(f"Lines of role {role!r} and shape {shape!r} are not added: they are unlike one another.")
    alike = {line.reference: line for line in lines if line.role == role and line.shape == shape}
    roots = [line for line in alike.values() if line.part_of not in alike]
    counted = tuple(leaf for root in roots for leaf in _leaves(root, list(alike.values())))
    amounts = [line.amount for line in counted if line.amount is not None]
    return Total(sum(amounts, Decimal(0)) if amounts else None, counted)


def _leaves(line: Line, alike: Sequence[Line]) -> list[Line]:
    """The line itself, or what its parts come to when they replace it."""
    parts = [leaf for part in alike if part.part_of == line.reference for leaf in _leaves(part, alike)]
    if line.amount is None:
        return parts
    return parts if parts and _sum(parts) == line.amount else [line]


def _sum(lines: Sequence[Line]) -> Decimal:
    return sum((line.amount for line in lines if line.amount is not None), Decimal(0))


def add_errors(lines: Sequence[Line]) -> list[str]:
    """What stops these lines from being added up: a sentence for each fault, none when they can be."""
    by_reference = {line.reference: line for line in lines}
    counts = Counter(line.reference for line in lines)
    errors = [f"{reference} stands {times} times." for reference, times in counts.items() if times > 1]
    for line in by_reference.values():
        errors += _amount_errors(line) + _parent_errors(line, by_reference)
    for line in by_reference.values():
        errors += _parts_errors(line, [part for part in by_reference.values() if part.part_of == line.reference])
    return errors


def _amount_errors(line: Line) -> list[str]:
    if line.shape == SUM and line.amount is None:
        return [f"{line.reference} is a sum and has no amount."]
    if line.shape == UNSPECIFIED and line.amount is not None:
        return [f"{line.reference} has an amount, so its shape cannot be unspecified."]
    if line.amount is not None and line.amount < 0:
        return [f"{line.reference} is less than nothing."]
    return []


def _parent_errors(line: Line, by_reference: dict[str, Line]) -> list[str]:
    """Faults in what a line says it is part of."""
    if line.part_of is None:
        return []
    parent = by_reference.get(line.part_of)
    if parent is None:
        return [f"{line.reference} is part of {line.part_of}, which is not here."]
    if _is_its_own_part(line, by_reference):
        return [f"{line.reference} is part of itself."]
    if parent.role == HEADLINE:
        return [f"{line.reference} is part of {parent.reference}, a headline, which has no parts."]
    if parent.role != line.role or line.shape not in (parent.shape, UNSPECIFIED):
        return [f"{line.reference} is part of {parent.reference}, which is of another role or shape."]
    return []


def _is_its_own_part(line: Line, by_reference: dict[str, Line]) -> bool:
    """Whether following `part_of` comes back to the line."""
    seen: set[str] = set()
    reference = line.part_of
    while reference in by_reference and reference not in seen:
        seen.add(reference)
        reference = by_reference[reference].part_of
    return line.reference in seen


def _parts_errors(line: Line, parts: Sequence[Line]) -> list[str]:
    """Parts may come to less than the whole, when a source names only some of them, but never to more."""
    alike = [part for part in parts if (part.role, part.shape) == (line.role, SUM)]
    if not alike or line.shape != SUM or line.amount is None or _sum(alike) <= line.amount:
        return []
    return [f"The parts of {line.reference} come to more than it: {_sum(alike)} against {line.amount}."]

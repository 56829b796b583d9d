"""What a load did, or would do, as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reforms.base.loading.plan import Decision, Outcome, Plan

HEADINGS = ("create", "change", "unchanged", "left", "conflict")
COLUMNS = (Outcome.CREATE, Outcome.CHANGE, Outcome.SAME, Outcome.LEFT, Outcome.CONFLICT)


def lines(plan: Plan, *, is_dry_run: bool) -> Iterator[str]:
    """A table of counts, then each record that changes or is in dispute, then what came of it."""
    yield from _table(plan)
    yield from _listing("To change" if is_dry_run else "Changed", plan.having(Outcome.CHANGE))
    yield from _listing("Left as they are, because a person has changed them", plan.having(Outcome.LEFT))
    conflicts = plan.having(Outcome.CONFLICT)
    yield from _listing("Conflicts: neither side was written", conflicts)
    yield _conclusion(plan, is_dry_run)


def _table(plan: Plan) -> Iterator[str]:
    counts = plan.counts()
    width = max((len(name) for name in counts), default=0)
    yield " ".join([" " * width, *(f"{heading:>9}" for heading in HEADINGS)])
    for name, found in counts.items():
        label = name.replace("_", " ").ljust(width)
        yield " ".join([label, *(f"{found[outcome]:>9}" for outcome in COLUMNS)])


def _listing(heading: str, decisions: Iterable[Decision]) -> Iterator[str]:
    items = [_line(decision) for decision in decisions]
    if items:
        yield ""
        yield f"{heading}:"
        yield from items


def _line(decision: Decision) -> str:
    record = decision.record
    about = "; ".join(part for part in (decision.reason, ", ".join(decision.fields)) if part)
    return f"  {record.kind.noun} {decision.key}: {about} ({record.place})"


def _conclusion(plan: Plan, is_dry_run: bool) -> str:
    created, changed = len(plan.having(Outcome.CREATE)), len(plan.having(Outcome.CHANGE))
    if not created and not changed:
        return "Nothing to write."
    if is_dry_run:
        return f"A dry run: nothing was written. It would create {created} and change {changed}."
    return f"Wrote {created + changed}: created {created}, changed {changed}."

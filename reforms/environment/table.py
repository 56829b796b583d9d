"""The variables as a table in Markdown, for docs/operating.md."""

from __future__ import annotations

from collections.abc import Iterator

from reforms.environment.configuration import Variable, declared

HEADINGS = ("Variable", "Meaning", "It must be", "Without it", "Example", "Read by")


def table() -> str:
    """A row for each variable, in the order they are declared."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield _row(*HEADINGS)
    yield "|" + "---|" * len(HEADINGS)
    for name, (_, variable) in declared().items():
        yield _row(
            f"`{name}`",
            variable.meaning,
            variable.kind.allowed,
            _without(variable),
            f"`{variable.example}`",
            ", ".join(variable.read_by),
        )


def _without(variable: Variable) -> str:
    return f"{variable.without}; required {variable.required}" if variable.required else variable.without


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"

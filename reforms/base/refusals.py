"""Changes to rows that the database itself refuses, whoever asks and by whatever road.

A room names its own as `refusals` of its AppConfig; reforms.base.triggers puts them in place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PREFIX = "base_refuses_change_of_"


@dataclass(frozen=True)
class Refusal:
    """No row of the table is updated while a condition on OLD and NEW holds.

    `when` is SQL that every kind of database understands; {schema} stands in it before the name of another table.
    `reads` is what it needs, columns by table: a database that has not come so far yet does without.
    """

    table: str
    when: str
    message: str
    reads: Mapping[str, Sequence[str]]

    @property
    def trigger(self) -> str:
        """The name of the trigger, and of what it does."""
        return f"{PREFIX}{self.table}"

    def condition(self, schema: str = "") -> str:
        """`when`, for a database that keeps its tables in the schema."""
        return self.when.format(schema=schema)

"""What a database is made of, as it says itself: for comparing one that was upgraded with one that is new."""

from __future__ import annotations

import re
import sqlite3
from typing import Any

Schema = dict[str, set[str]]
"""By kind and name of a thing, all that makes it up, whatever the order."""

POSTGRESQL = {
    "column": """
        SELECT table_name, concat_ws(' ', column_name, udt_name, character_maximum_length, numeric_precision,
               numeric_scale, is_nullable, column_default, is_identity, identity_generation)
        FROM information_schema.columns WHERE table_schema = 'public'""",
    "constraint": """
        SELECT conrelid::regclass::text,
               concat_ws(' ', conname, pg_get_constraintdef(oid), condeferrable, condeferred, convalidated)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> 0""",
    "index": "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "trigger": """
        SELECT tgrelid::regclass::text, concat_ws(' ', pg_get_triggerdef(oid), tgenabled)
        FROM pg_trigger WHERE NOT tgisinternal""",
    "function": """
        SELECT proname, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace""",
    "table": """
        SELECT relname, concat_ws(' ', relkind, relpersistence) FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm', 'S')""",
}


def schema_of(connection: Any) -> Schema:
    """Everything that a plain connection finds: tables, columns, constraints, indexes, triggers, functions."""
    found = _sqlite(connection) if isinstance(connection, sqlite3.Connection) else _postgresql(connection)
    schema: Schema = {}
    for kind, name, part in found:
        schema.setdefault(f"{kind} {name}", set()).add(" ".join(part.split()))
    return schema


def _postgresql(connection: Any) -> list[tuple[str, str, str]]:
    return [
        (kind, name, part)
        for kind, question in POSTGRESQL.items()
        for name, part in connection.execute(question).fetchall()
    ]


def _sqlite(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """A table's columns and constraints stand only in the statement that made it."""
    made = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
    )
    return [(kind, name, part) for kind, name, sql in made for part in (parts_of(sql) if kind == "table" else [sql])]


def parts_of(statement: str) -> list[str]:
    """What stands between the outermost brackets, split at the commas that are in no further ones."""
    body = statement[statement.index("(") + 1 : statement.rindex(")")]
    parts, depth = [""], 0
    for token in re.findall(r"'(?:[^']|'')*'|\"[^\"]*\"|.", body, re.DOTALL):
        depth += {"(": 1, ")": -1}.get(token, 0)
        if token == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += token
    return [part.strip() for part in parts]


def differences(one: Schema, other: Schema) -> dict[str, tuple[list[str], list[str]]]:
    """What only the one has, and what only the other."""
    return {
        name: (
            sorted(one.get(name, set()) - other.get(name, set())),
            sorted(other.get(name, set()) - one.get(name, set())),
        )
        for name in sorted(one.keys() | other.keys())
        if one.get(name) != other.get(name)
    }

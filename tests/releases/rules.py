"""Expand, then contract: what a migration may do while servers of the release before still use the database.

They insert rows without naming a new column, and read and write everything that they knew. So a migration may add
tables, columns that the database fills or leaves empty, and indexes; it may check such new columns among themselves,
where what they are filled with passes, since those servers write nothing else; and it may widen what is there. What
takes away, renames, narrows or forbids waits until no server uses it any more: for a migration with “contract” in its
name, which says by `unused_since` since which release nothing does, and that release is out.

A table that no release has had yet is free: nobody writes to it.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from typing import Any

from django.db.migrations import Migration, operations
from django.db.migrations.state import ProjectState
from django.db.models import CheckConstraint, Field, Q

ADD_OR_WIDEN = (
    operations.AddIndex,
    operations.AlterModelManagers,
    operations.AlterModelOptions,
    operations.AlterModelTableComment,
    operations.CreateModel,
    operations.RemoveConstraint,
    operations.RemoveIndex,
    operations.RenameIndex,
)
BY_HAND = (operations.RunPython, operations.RunSQL)
WIDER = [
    ("CharField", "TextField"),
    ("EmailField", "CharField"),
    ("SlugField", "CharField"),
    ("URLField", "CharField"),
    ("SmallIntegerField", "IntegerField", "BigIntegerField"),
    ("PositiveSmallIntegerField", "PositiveIntegerField", "PositiveBigIntegerField"),
]
"""Kinds of field, each of which takes whatever the one before took."""

Model = tuple[str, str]
"""App and name of a model, the name in small letters."""


def models_of(state: ProjectState) -> set[Model]:
    return set(state.models)


def refusals(migration: Migration, before: ProjectState, *, released: set[Model], versions: set[str]) -> list[str]:
    """Why a new migration breaks the rule, a sentence each.

    `before` is what it starts from; `released` are the models that a release has had, `versions` the releases.
    """
    found = list(_reasonless(migration))
    narrowing = list(_narrowing(migration, before, released))
    if "contract" not in migration.name:
        return found + narrowing
    since = getattr(migration, "unused_since", None)
    if since not in versions:
        known = ", ".join(sorted(versions))
        found.append(f"says unused_since = {since!r}; a migration that contracts names a release that is out: {known}")
    return found


def _reasonless(migration: Migration) -> Iterator[str]:
    """What is written by hand says in the module's docstring why, and what becomes of servers that still run."""
    by_hand = [operation for operation in _each(migration.operations) if isinstance(operation, BY_HAND)]
    if by_hand and not _docstring(migration):
        yield f"has a {type(by_hand[0]).__name__} and no docstring that gives the reason"


def _docstring(migration: Migration) -> str | None:
    module = inspect.getmodule(type(migration))
    return ast.get_docstring(ast.parse(inspect.getsource(module))) if module else None


def _each(given: list[Any]) -> Iterator[Any]:
    """Operations on the database, those inside others too."""
    for operation in given:
        if isinstance(operation, operations.SeparateDatabaseAndState):
            yield from _each(operation.database_operations)
        else:
            yield operation


def _narrowing(migration: Migration, before: ProjectState, released: set[Model]) -> Iterator[str]:
    state = before.clone()
    new: dict[tuple[Model | None, str], Field] = {}
    for operation in migration.operations:
        for part in _each([operation]):
            model = _model_of(migration.app_label, part)
            if isinstance(part, operations.AddField):
                new[model, part.name] = part.field
            own = {name: field for (of, name), field in new.items() if of == model}
            if (model is None or model in released) and not _is_check_of(part, own):
                yield from (f"{part.describe()}: {reason}" for reason in _reasons(part, state, model))
        operation.state_forwards(migration.app_label, state)


def _model_of(app: str, operation: Any) -> Model | None:
    """The model an operation is about; none for one written by hand."""
    names = (getattr(operation, attribute, None) for attribute in ("model_name", "old_name", "name"))
    return None if isinstance(operation, BY_HAND) else (app, next(filter(None, names), "").lower())


def _reasons(operation: Any, state: ProjectState, model: Model | None) -> Iterator[str]:
    if isinstance(operation, (*ADD_OR_WIDEN, *BY_HAND)):
        return
    if isinstance(operation, operations.AddField):
        yield from _why_not_added(operation.field)
    elif isinstance(operation, operations.AlterField) and model:
        yield from _why_not_altered(state.models[model].fields[operation.name], operation.field)
    else:
        yield "servers of the release before cannot live with it"


def _is_check_of(operation: Any, new: dict[str, Field]) -> bool:
    """Whether it checks nothing but new columns, and what the database fills them with passes."""
    constraint = getattr(operation, "constraint", None)
    if not isinstance(operation, operations.AddConstraint) or not isinstance(constraint, CheckConstraint):
        return False
    filled = {name: field.db_default if field.has_db_default() else None for name, field in new.items()}
    try:
        return _holds(constraint.condition, filled)
    except LookupError:
        return False


def _holds(condition: Any, row: dict[str, Any]) -> bool:
    """Whether a row passes. Raises LookupError for another column, and for any comparison but equality."""
    found = [_holds(each, row) if isinstance(each, Q) else row[each[0]] == each[1] for each in condition.children]
    return (all(found) if condition.connector == Q.AND else any(found)) != condition.negated


def _why_not_added(field: Field) -> Iterator[str]:
    if field.many_to_many:
        return
    if not field.null and not field.has_db_default() and not field.generated:
        yield "they insert rows without it: give it null=True or db_default"
    if field.unique and not field.null:
        yield "they insert rows without it, and two would be alike: give it null=True"


def _why_not_altered(old: Field, new: Field) -> Iterator[str]:
    if not _is_wider(old.get_internal_type(), new.get_internal_type()):
        yield f"a {new.get_internal_type()} does not take all that a {old.get_internal_type()} took"
    if old.null and not new.null:
        yield "they may still write NULL"
    if new.unique and not old.unique:
        yield "they may still write the same twice"
    if old.has_db_default() and not new.has_db_default() and not new.null:
        yield "they may leave the default to the database"
    if old.db_column != new.db_column:
        yield "they know it by another name"
    if _target(old) != _target(new):
        yield "they refer to another table by it"
    for name in ("max_length", "max_digits", "decimal_places"):
        if _room(new, name) < _room(old, name):
            yield f"{name} is less than it was"


def _target(field: Field) -> str:
    return str(field.remote_field.model).lower() if field.remote_field else ""


def _is_wider(old: str, new: str) -> bool:
    return old == new or any(old in row and new in row and row.index(old) < row.index(new) for row in WIDER)


def _room(field: Field, name: str) -> float:
    """How much a field takes; without a limit, anything. Digits before the point are what is left of all."""
    limit = getattr(field, name, None)
    if limit is not None and name == "max_digits":
        limit -= field.decimal_places
    return float("inf") if limit is None else limit

"""Who may do what: one table. Every floor adds its rows, in a module `permissions`; nothing is allowed without one.

A row names an action on a kind of object and the roles that may take it. Whose object it is, is not in the table: a
role counts for the organisation in which a person holds it, and for no other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.module_loading import autodiscover_modules

PUBLIC = "public"
PERSON = "person"
ADMINISTRATOR = "administrator"
"""Roles that belong to no organisation: everybody, whoever has signed in, and administrators."""


@dataclass(frozen=True)
class Rule:
    """One row: `permission` is “object.action”, `words` say what may be done, for the table in docs/permissions.md."""

    permission: str
    roles: frozenset[str]
    words: str

    @property
    def object(self) -> str:
        return self.permission.partition(".")[0]

    @property
    def action(self) -> str:
        return self.permission.partition(".")[2]


_RULES: dict[str, Rule] = {}


def rule(permission: str, words: str, *roles: str) -> Rule:
    """A row of the table, from its parts."""
    return Rule(permission, frozenset(map(str, roles)), words)


def register(rules: Iterable[Rule]) -> None:
    """Add rows, or replace those of the same permission."""
    _RULES.update({each.permission: each for each in rules})


@cache
def _discover() -> None:
    autodiscover_modules("permissions")


def rules() -> Sequence[Rule]:
    """Every row, in the order in which the floors name them."""
    _discover()
    return tuple(_RULES.values())


def allows(permission: str, roles: Collection[str]) -> bool:
    """Whether any of the roles may do it. Raises KeyError for what stands in no row: that is a mistake in code."""
    _discover()
    return not _RULES[permission].roles.isdisjoint(map(str, roles))

"""Prints who may do what from the table in code, so that docs/permissions.md cannot go stale unseen."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.core.management.base import BaseCommand

from reforms.base.permissions import ADMINISTRATOR, PERSON, PUBLIC, rules

HEADING = """\
# Permissions

A role counts for the organisation in which a person holds it, and for no other: whatever another organisation has not
published answers like something that does not exist. This is the table in code, printed by
`./run manage permissions > docs/permissions.md`; a test compares the two.
"""


class Command(BaseCommand):
    help = "Print who may do what as Markdown."

    def handle(self, *args: str, **options: object) -> None:
        self.stdout.write("\n".join([HEADING, *table()]))


def roles() -> dict[str, str]:
    """Every role there is and what it is called, in the order of the columns; rooms name theirs in their AppConfig."""
    named = [role for room in apps.get_app_configs() for role in getattr(room, "roles", ())]
    return {PUBLIC: "Public", PERSON: "Anybody signed in", **dict(named), ADMINISTRATOR: "Administrator"}


def table() -> Iterator[str]:
    """The lines of the table: object, action in words, and for each role yes or nothing."""
    columns = roles()
    yield _line(["Object", "Action", *columns.values()])
    yield f"|{'---|' * (2 + len(columns))}"
    for rule in rules():
        yield _line([rule.object, rule.words, *("yes" if role in rule.roles else "" for role in columns)])


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"

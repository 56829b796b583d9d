"""Run by the code of a release, in its folder: fills a database as people who use that release would.

DATABASE_URL=… python filling.py schema               makes the tables, and prints the SQL that made them
DATABASE_URL=… python filling.py first FIXTURES       fills them, and prints every row as SQL
DATABASE_URL=… python filling.py later FIXTURES       goes on writing, and prints every further row
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

NOW = datetime(2026, 11, 21, 9, 30, 15, 123456, tzinfo=UTC)
LATER = datetime(2026, 11, 22, 9, 30, 15, 654321, tzinfo=UTC)
FIRST_DAY, LATER_DAY = date(2023, 4, 21), date(2023, 4, 28)
PASSWORD = "kites-and-balloons"
OURS = ("base", "pillars", "councils", "consultations", "alerts")
KEPT = (*OURS, "admin", "auth")
DEFINITION = re.compile(r"\s*(CREATE|ALTER|DROP|COMMENT)\b")
OF_TRIGGERS = re.compile(r"\s*((CREATE|DROP)( CONSTRAINT)? TRIGGER|COMMENT ON TRIGGER|SELECT setval)\b")
DATA_STANDS_HERE = "-- The data stand here: data.sql"


def schema() -> Iterator[str]:
    """Migrate, and tell what that made; triggers stand last, below the place of the data."""
    from django.db import connection

    made = {"sqlite": made_in_sqlite, "postgresql": made_in_postgresql}[connection.vendor]()
    triggers = [statement for statement in made if OF_TRIGGERS.match(statement)]
    yield from (f"{statement};" for statement in made if statement not in triggers)
    yield DATA_STANDS_HERE
    yield from (f"{statement};" for statement in triggers)


def made_in_sqlite() -> list[str]:
    """The database keeps the statements itself."""
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
        return [sql.strip() for (sql,) in cursor.fetchall()]


def made_in_postgresql() -> list[str]:
    """Every definition as it was given, and each table's next number after its last."""
    from django.core.management import call_command
    from django.core.management.color import no_style
    from django.db import connection

    given: list[str] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not params and DEFINITION.match(sql):
            given.append(sql.strip().rstrip(";"))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        call_command("migrate", interactive=False, verbosity=0)
    numbering = connection.ops.sequence_reset_sql(no_style(), [*kept_models(), *made_by_migrate()])
    return given + [statement.rstrip(";") for statement in numbering]


def first(folder: Path) -> Iterator[str]:
    """Load fixtures, make people, raise flags."""
    from django.db.migrations.recorder import MigrationRecorder

    from reforms.alerts.actions import raise_flags
    from reforms.base.loading import load

    load([folder], by=None, now=NOW)
    person = make_person("robin@example.org", NOW)
    keep_house("scheduled-work", NOW)
    raise_flags(on=FIRST_DAY, now=NOW)
    acknowledge(person, NOW)
    MigrationRecorder.Migration.objects.update(applied=NOW)
    yield from inserts(dict.fromkeys(map(label, kept_models()), 0))
    yield from inserts(dict.fromkeys(map(label, made_by_migrate()), 0), made_by_migrate())


def later(folder: Path) -> Iterator[str]:
    """One more of everything."""
    from reforms.alerts.actions import raise_flags
    from reforms.base.loading import load

    before = numbers()
    person = make_person("wren@example.org", LATER)
    keep_house("worker", LATER)
    load([folder], by=person, now=LATER)
    raise_flags(on=LATER_DAY, now=LATER)
    yield from inserts(before)


def make_person(email: str, now: datetime) -> Any:
    """Somebody who may do something, in every way there is."""
    from django.contrib.admin.models import CHANGE, LogEntry
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import Group, Permission
    from django.contrib.contenttypes.models import ContentType

    from councils.models import Membership
    from pillars.models import Commitment, Organisation
    from reforms.base.models import Event, User

    password = make_password(PASSWORD, salt="kept")
    person = User.objects.create(email=email, name="Róbin “Kite”", password=password, joined_at=now, is_staff=True)
    group = Group.objects.create(name=f"Friends of {email}")
    group.permissions.add(Permission.objects.get(codename="view_commitment"))
    person.groups.add(group)
    person.user_permissions.add(Permission.objects.get(codename="view_flag"))
    Membership.objects.create(user=person, organisation=Organisation.objects.get(slug="ambleforth"), role="officer")
    kind = ContentType.objects.get_for_model(Commitment)
    LogEntry.objects.create(
        action_time=now, user=person, content_type=kind, object_id="1", object_repr="KA-1-01", action_flag=CHANGE
    )
    Event.objects.create(at=now, by=person, verb="correct", subject="commitment:KA-1-01", details={"count": 1})
    return person


def keep_house(part: str, now: datetime) -> None:
    """What the service remembers of itself. (Release 0.1.0 remembered nothing.)"""
    from django.apps import apps

    models = apps.all_models["base"]
    if "heartbeat" in models:
        models["heartbeat"].objects.create(part=part, at=now)
        models["faultcount"].objects.create(part=part, day=now.date(), count=1, last_at=now, last_error="TimeoutError")


def acknowledge(person: Any, now: datetime) -> None:
    from reforms.alerts.models import Flag

    Flag.objects.filter(pk=Flag.objects.earliest("pk").pk).update(acknowledged_at=now, acknowledged_by=person)


def kept_models() -> list[Any]:
    """Every model that people's data are in, those of links included."""
    from django.apps import apps

    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in KEPT]
    return [model for model in models if model._meta.label not in ("auth.Permission", "base.DataVersion")]


def made_by_migrate() -> list[Any]:
    """The models whose rows come with the tables."""
    from django.contrib.auth.models import Permission
    from django.contrib.contenttypes.models import ContentType
    from django.db.migrations.recorder import MigrationRecorder

    return [MigrationRecorder.Migration, ContentType, Permission]


def label(model: Any) -> str:
    return model._meta.label


def numbers() -> dict[str, int]:
    """The last number of each table."""
    from django.db.models import Max

    return {label(model): model._base_manager.aggregate(last=Max("pk"))["last"] or 0 for model in kept_models()}


def inserts(after: dict[str, int], models: Any = None) -> Iterator[str]:
    """Every row after these numbers, as this release writes it: all of the columns that it knows are named."""
    for model in models or kept_models():
        for row in model._base_manager.filter(pk__gt=after[label(model)]).order_by("pk"):
            fields = model._meta.concrete_fields
            columns = ", ".join(f'"{field.column}"' for field in fields)
            values = ", ".join(literal(getattr(row, field.attname), field) for field in fields)
            yield f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({values});'  # noqa: S608


def literal(value: Any, field: Any) -> str:
    """A value in the SQL that SQLite and PostgreSQL have in common, as Django would write it."""
    if field.get_internal_type() == "JSONField":
        return quoted(json.dumps(value))
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, Decimal)):
        return str(value)
    if isinstance(value, datetime):
        return quoted(str(value.astimezone(UTC).replace(tzinfo=None)))
    return quoted(str(value))


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


if __name__ == "__main__":
    import django

    # The release's own code, not that of the folder this file lies in.
    sys.path[0] = os.getcwd()
    os.environ["DJANGO_SETTINGS_MODULE"] = "reforms.settings"
    django.setup()
    work, *paths = sys.argv[1:]
    for line in {"schema": schema, "first": first, "later": later}[work](*map(Path, paths)):
        sys.stdout.write(f"{line}\n")

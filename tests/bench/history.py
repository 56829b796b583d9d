"""Earlier versions of every position, made by the database itself from the one that is published: millions in seconds.

They say the same as it does and cover the same, so that a scan has to pass them by and finds nothing new in them.
"""

from __future__ import annotations

from django.db import connection
from django.db.models import Max, Model

from councils.models import PositionVersion

DAYS_APART = 120
DATED = ("published_on", "review_on", "known_on")


def add_history(versions: int) -> None:
    """Let each published version be the last of so many. Its number says already that it is: see CouncilMaker."""
    covers = PositionVersion.covers.through
    rows, links = _count_up_to(PositionVersion), _count_up_to(covers)
    with connection.cursor() as cursor:
        for ago in range(1, versions):
            cursor.execute(_versions(ago, rows, versions))
            cursor.execute(_links(ago, rows, links, versions))


def _count_up_to(model: type[Model]) -> int:
    return model._default_manager.aggregate(last=Max("pk"))["last"] or 0


def _versions(ago: int, rows: int, versions: int) -> str:
    table = PositionVersion._meta.db_table
    said = {"id": f"id + {ago * rows}", "number": f"number - {ago}", "state": "'superseded'"}
    said |= {column: _earlier(column, ago * DAYS_APART) for column in DATED}
    columns = [field.column for field in PositionVersion._meta.concrete_fields]
    values = ", ".join(said.get(column, column) for column in columns)
    which = f"state = 'published' AND number = {versions} AND id <= {rows}"
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} WHERE {which}"  # noqa: S608


def _links(ago: int, rows: int, links: int, versions: int) -> str:
    table = PositionVersion.covers.through._meta.db_table
    made = f"SELECT 1 FROM {PositionVersion._meta.db_table} v WHERE v.id = positionversion_id + {ago * rows}"  # noqa: S608
    return (
        f"INSERT INTO {table} (id, positionversion_id, commitment_id) "  # noqa: S608
        f"SELECT id + {ago * links}, positionversion_id + {ago * rows}, commitment_id FROM {table} "
        f"WHERE id <= {links} AND EXISTS ({made})"
    )


def _earlier(column: str, days: int) -> str:
    return f"date({column}, '-{days} days')" if connection.vendor == "sqlite" else f"{column} - {days}"

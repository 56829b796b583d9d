"""What a public page's tag is made of: all that changes what anybody reads at an address.

That is the data, the civil day, the moments at which something closes, this release, and the address itself. The tag is
a keyed hash: it tells nothing, and nobody can make one for a page they were not given.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connection
from django.utils.crypto import salted_hmac

from reforms.base.models import DataVersion
from reforms.base.requests import Request

RELEASE = ("consultations", "councils", "pillars", "reforms", "requirements/run.txt", "templates")
"""The files and folders that make a page of the data."""

# Written by hand, because to compile a query of the ORM takes longer than all the rest of the answer.
_QUESTION = f"SELECT number FROM {DataVersion._meta.db_table} WHERE id = 1"  # noqa: S608


def tag_of(request: Request) -> str | None:
    """The tag of the page as it is now, at the cost of one query; none where the database keeps no version.

    To be asked for before the page is made: then a page made from older data never carries a newer tag.
    """
    version = data_version()
    if version is None:
        return None
    passed = bisect_right(moments(version), request.as_at.now)
    parts = (version, passed, request.as_at.today, release(), request.get_full_path())
    digest = salted_hmac(__name__, "\n".join(map(str, parts)), algorithm="sha256")
    # Weak: what compresses the page on its way changes its bytes.
    return f'W/"{digest.hexdigest()[:32]}"'


def data_version() -> int | None:
    """The number that every write to what pages show moves; none before the first migration of it."""
    with connection.cursor() as cursor:
        cursor.execute(_QUESTION)
        row = cursor.fetchone()
    return row[0] if row else None


@lru_cache(maxsize=1)
def moments(version: int) -> list[datetime]:
    """Every moment at which pages change, in order, as of this version: asked for again only when the data changes.

    Rooms name theirs as `moments` of their AppConfig: fields by the name of the model.
    """
    named = [(room, each) for room in apps.get_app_configs() for each in getattr(room, "moments", {}).items()]
    managers = [(room.get_model(model)._default_manager, fields) for room, (model, fields) in named]
    rows = [row for manager, fields in managers for row in manager.values_list(*fields)]
    return sorted(moment for row in rows for moment in row if moment is not None)


@cache
def release() -> str:
    """A hash of our code and templates, of what they need and of the names of static files: read once a process."""
    digest = hashlib.sha256(getattr(staticfiles_storage, "manifest_hash", "").encode())
    for path in _files(settings.BASE_DIR):
        digest.update(str(path.relative_to(settings.BASE_DIR)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for name in RELEASE:
        found = [folder / name, *(folder / name).rglob("*")]
        yield from sorted(path for path in found if path.is_file() and path.suffix != ".pyc")

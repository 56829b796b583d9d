"""A cache that all workers share, in the database: small values for minutes.

`add` is what counting rests on: of several that add the same key at once exactly one is told that it did, whichever
process or machine they are on, also where the key is there and has expired.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import IntegrityError, transaction

from reforms.base import clock
from reforms.base.models import SharedValue

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
SWEEP_EVERY = 100
"""Writes between two that also take out what has expired."""
SWEEP_AT_MOST = 1000
_writes = count(1)


class SharedCache(BaseCache):
    """Django's cache on SharedValue. Values are what JSON can hold."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        found = self._row(key, version).filter(expires_at__gt=clock.now()).values_list("value").first()
        return default if found is None else found[0]

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        row = SharedValue(key=self._key(key, version), value=value, expires_at=self._until(timeout))
        SharedValue.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["key"], update_fields=["value", "expires_at"]
        )
        if next(_writes) % SWEEP_EVERY == 0:
            sweep(now=clock.now())

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        until = self._until(timeout)
        if self._row(key, version).filter(expires_at__lte=clock.now()).update(value=value, expires_at=until):
            return True
        try:
            with transaction.atomic():
                SharedValue.objects.create(key=self._key(key, version), value=value, expires_at=until)
        except IntegrityError:
            return False
        return True

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        standing = self._row(key, version).filter(expires_at__gt=clock.now())
        return bool(standing.update(expires_at=self._until(timeout)))

    def delete(self, key: str, version: int | None = None) -> bool:
        return bool(self._row(key, version).delete()[0])

    def clear(self) -> None:
        SharedValue.objects.all().delete()

    def _key(self, key: str, version: int | None) -> str:
        """A hash: keys hold the addresses of readers' machines, and are of any length."""
        return hashlib.sha256(self.make_key(key, version=version).encode()).hexdigest()

    def _row(self, key: str, version: int | None) -> Any:
        return SharedValue.objects.filter(pk=self._key(key, version))

    def _until(self, timeout: Any) -> datetime:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return NEVER if seconds is None else clock.now() + timedelta(seconds=seconds)


def sweep(*, now: datetime) -> int:
    """Take out what has expired, not too much of it at once; says how much."""
    expired = SharedValue.objects.filter(expires_at__lte=now).order_by("pk").values_list("pk", flat=True)
    return SharedValue.objects.filter(pk__in=list(expired[:SWEEP_AT_MOST]), expires_at__lte=now).delete()[0]

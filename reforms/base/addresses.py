"""Addresses of pages, remembered: a long page links to the same few hundred, and working one out is slow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

REMEMBERED = 8192
_mounted: ContextVar[tuple[str, str] | None] = ContextVar("mounted", default=None)


def address(name: str, *args: str | int) -> str:
    """The address of the page with this URL name, without a day."""
    return _address(*(_mounted.get() or _mount()), name, args)


@contextmanager
def mounted() -> Iterator[None]:
    """While one request is answered, where the site is mounted is asked once and not for every link."""
    token = _mounted.set(_mount())
    try:
        yield
    finally:
        _mounted.reset(token)


def _mount() -> tuple[str, str]:
    """The table of addresses, and the path before all of them."""
    return get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()


@lru_cache(maxsize=REMEMBERED)
def _address(urlconf: str, prefix: str, name: str, args: tuple[str | int, ...]) -> str:
    """An address hangs on the table of addresses and on where the site is mounted, so both are part of the key."""
    return reverse(name, args=args)

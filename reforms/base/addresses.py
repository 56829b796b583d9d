"""Addresses of pages, remembered: a long page links to the same few hundred, and working one out is slow."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

REMEMBERED = 8192


def address(name: str, *args: str | int) -> str:
    """The address of the page with this URL name, without a day."""
    return _address(get_urlconf() or settings.ROOT_URLCONF, get_script_prefix(), name, args)


@lru_cache(maxsize=REMEMBERED)
def _address(urlconf: str, prefix: str, name: str, args: tuple[str | int, ...]) -> str:
    """An address hangs on the table of addresses and on where the site is mounted, so both are part of the key."""
    return reverse(name, args=args)

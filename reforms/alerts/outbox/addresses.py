"""Addresses as they stand in letters, where nothing says which site they belong to."""

from __future__ import annotations

from django.conf import settings


def whole(path: str) -> str:
    """The whole address of a page, given from the root of the site: https://reforms.example.org/flags/."""
    return f"{settings.SITE_URL}{path}"

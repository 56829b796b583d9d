"""A request as views see it."""

from __future__ import annotations

from django.http import HttpRequest

from reforms.base.as_at import AsAt


class Request(HttpRequest):
    """`as_at` is set by AsAtMiddleware before any view runs."""

    as_at: AsAt

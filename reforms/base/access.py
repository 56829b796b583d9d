"""Views are private unless they say otherwise; this is how they say it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that anybody may read, and only read."""
    return login_not_required(require_safe(view))

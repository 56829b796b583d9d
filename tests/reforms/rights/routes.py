"""Every route of the site with an address to try, and who may have it: read from the views themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from reforms.base.permissions import PUBLIC, rules

OWN_ACCOUNT = "own account"
"""What anybody may do who has signed in."""
ADMIN = "the administrators’ site"

SAMPLES: dict[str, Any] = {
    "slug": "stable-homes",
    "organisation": "lincolnshire",
    "committee": "board",
    "reference": "SH-4-01",
    "number": 1,
    "programme": "stable-homes",
    "form": "json",
    "key": 1,
    "edit": 1,
    "pk": 1,
    "verb": "give-role",
    "token": "no-such-invitation",
}
"""What stands for each part of an address; `NAMED` has those of some routes."""

OF_SECTIONS = ("report-section", "report-move", "report-leave-out", "report-refill", "report-set-aside")

NAMED: dict[str, dict[str, Any]] = {
    "consultation": {"slug": "stable-homes-strategy"},
    "response": {
        "slug": "stable-homes-strategy",
        "organisation": "london-innovation-and-improvement-alliance",
    },
    "council": {"slug": "lincolnshire"},
    "compare": {"slug": "lincolnshire"},
    "council-calendar": {"slug": "lincolnshire"},
    "organisation": {"slug": "local-government-association"},
    "source": {"slug": "lincolnshire-2023"},
    "source-data": {"slug": "lincolnshire-2023"},
    **{name: {"number": 2, "key": "summary"} for name in OF_SECTIONS},
    **{name: {"number": 2} for name in ("report-edit", "report-front", "report-publish", "report-discard")},
    "report-file": {"form": "json"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "abc-def"},
}

DOORS = {
    "mfa_authenticate": "sign in",
    "sign-in-again": "sign in",
    "invitation": "nothing",
    "calendar-private": "nothing",
    "updates-confirm": "nothing",
    "updates-manage": "nothing",
    "updates-unsubscribe": "answer",
}
"""Steps on a way, and links, open to all. Who comes to one without the step before is led to the first, or finds
nothing; stopping letters that nobody gets is answered like any other."""
SWITCHED_OFF = ("openid_connect_login", "openid_connect_callback")
"""Routes that answer to nobody until single sign-on is configured."""


@dataclass(frozen=True)
class Route:
    """A route: its name, its view and what its address is made of."""

    name: str
    view: Any
    parts: tuple[str, ...]

    @property
    def permission(self) -> str | None:
        """What one has to be allowed; `public` for everybody; None where nobody has said."""
        if not getattr(self.view, "login_required", True):
            return PUBLIC
        return getattr(self.view, "permission", None)

    def permission_for(self, method: str) -> str | None:
        """The same, where sending a form takes more than reading."""
        return getattr(self.view, "post_permission", None) if method == "post" else self.permission

    def address(self, **parts: Any) -> str:
        on_pillar = {"reference": "SH-4"} if self.name.startswith("position-") else {}
        given = SAMPLES | on_pillar | NAMED.get(self.name, {}) | parts
        return reverse(self.name, kwargs={part: given[part] for part in self.parts})


def routes() -> Iterator[Route]:
    """Every route but those of the administrators' site."""
    for pattern in _patterns(get_resolver()):
        yield Route(pattern.name or str(pattern.pattern), pattern.callback, tuple(pattern.pattern.regex.groupindex))


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield each
        elif getattr(each, "app_name", None) != "admin":
            yield from _patterns(each)


def roles_for(permission: str) -> frozenset[str]:
    """The roles that the table gives a permission."""
    return {each.permission: each.roles for each in rules()}[permission]

"""Pages of one organisation, for those who belong to it. Everybody else finds no such page.

An organisation that the person has no role in answers like one that does not exist. One that they have a role in, but
none that may do this, says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse

from councils.models import Membership
from councils.permissions import NotAllowedError, roles_of
from pillars.models import Organisation
from reforms.base.models import User
from reforms.base.permissions import allows
from reforms.base.requests import Request

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Acting:
    """Who is asking, for which of their organisations, and with which roles in it."""

    user: User
    organisation: Organisation
    roles: frozenset[str]

    def may(self, permission: str) -> bool:
        return allows(permission, self.roles)


def acting_for(user: User, slug: str) -> Acting:
    """The person in one of their organisations. Raises Http404 where they have no role in any of that name."""
    organisation = Organisation.objects.filter(slug=slug).first()
    roles = roles_of(user, organisation.pk) if organisation else frozenset()
    if organisation is None or not roles:
        raise Http404
    return Acting(user, organisation, roles)


def for_members(permission: str, *, post: str = "") -> Callable[[View], View]:
    """A page at an address with an `organisation` in it, for those whose role there allows it.

    The view is given who is acting in place of the organisation's name. `post` is what sending a form there takes,
    where that is more than reading.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def answer(request: Request, organisation: str, **kwargs: object) -> HttpResponse:
            acting = acting_for(_user(request), organisation)
            if not acting.may(post if post and request.method == "POST" else permission):
                raise PermissionDenied
            try:
                return view(request, acting, **kwargs)
            except NotAllowedError as error:
                raise PermissionDenied from error

        answer.permission = permission  # type: ignore[attr-defined]
        answer.post_permission = post or permission  # type: ignore[attr-defined]
        return answer

    return mark


def organisations_of(user: User) -> list[Acting]:
    """Each organisation that the person has a role in, by name: one query."""
    rows = Membership.objects.filter(user=user).select_related("organisation").order_by("organisation__name", "role")
    found: dict[Organisation, set[str]] = {}
    for row in rows:
        found.setdefault(row.organisation, set()).add(row.role)
    return [Acting(user, organisation, frozenset(roles)) for organisation, roles in found.items()]


def _user(request: Request) -> User:
    """Who has signed in: what is private is asked for by nobody else."""
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    return user

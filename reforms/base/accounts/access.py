"""Who may open a page about accounts. Each view carries what it is for as `permission`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.http.response import HttpResponseBase

from reforms.base.permissions import ADMINISTRATOR, allows
from reforms.base.requests import Request

View = Callable[..., HttpResponseBase]
MANAGE_PEOPLE = "people.manage"
OWN_ACCOUNT = "own account"


def is_administrator(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether the person looks after this installation."""
    return bool(user.is_active and getattr(user, "is_staff", False))


def for_administrators(permission: str) -> Callable[[View], View]:
    """A page for administrators: to everybody else who has signed in there is no such address."""

    def mark(view: View) -> View:
        @wraps(view)
        def answer(request: Request, *args: object, **kwargs: object) -> HttpResponseBase:
            if not (is_administrator(request.user) and allows(permission, [ADMINISTRATOR])):
                raise Http404
            return view(request, *args, **kwargs)

        return marked(answer, permission=permission)

    return mark


def own_account(view: View, *, opens_before_second_factor: bool = False) -> View:
    """For anybody who has signed in, about themselves. Setting up a second factor needs some before there is one."""

    @wraps(view)
    def answer(request: Request, *args: object, **kwargs: object) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    return marked(answer, permission=OWN_ACCOUNT, opens_before_second_factor=opens_before_second_factor)


def marked(view: View, **marks: Any) -> View:
    """The same view, with these attributes."""
    vars(view).update(marks)
    return view

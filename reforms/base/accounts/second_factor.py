"""Who has to have a second factor, and where they are led until they have one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from reforms.base.accounts.asking import answers_to
from reforms.base.models import User


def must_have(user: User) -> bool:
    """Whether the person may see private pages only with a second factor: administrators and approvers."""
    if is_excused(user):
        return False
    return user.is_staff or any(answer(user) for answer in answers_to("second_factor_for"))


def is_excused(user: User) -> bool:
    """The demo people alone, and only on the embedded database, where nothing is anybody's."""
    return user.is_demo and settings.IS_EMBEDDED_DATABASE


def has(user: User) -> bool:
    """Whether the person has set one up."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def has_yet_to_set_up(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether the person must have one and has none."""
    return isinstance(user, User) and must_have(user) and not has(user)


class SecondFactorMiddleware:
    """Leads people who have yet to set one up to where that is done, from every private page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        is_open = not getattr(view, "login_required", True) or getattr(view, "opens_before_second_factor", False)
        if is_open or not request.user.is_authenticated:
            return None
        return redirect("mfa_activate_totp") if has_yet_to_set_up(request.user) else None

"""Signing in at an OpenID Connect provider: for people who are here already, by the address it vouches for.

Nothing is kept of the provider's account: each time the address decides, so an address that an administrator changes,
or a person who is deactivated, counts at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render

from reforms.base.models import User


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never: administrators invite people."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Finds the person. Whoever is not found, or wants anything but to sign in, is told so on a page."""
        person = person_of(claims_of(sociallogin.account.extra_data))
        if person is None or sociallogin.state.get("process", "login") != "login":
            raise ImmediateHttpResponse(render(request, "socialaccount/refused.html", status=403))
        sociallogin.user = person


def claims_of(extra_data: Mapping[str, Any]) -> dict[str, Any]:
    """What the provider says of the person: the ID token, and what it tells besides where there is no such token."""
    return dict(extra_data.get("id_token") or extra_data.get("userinfo") or {})


def person_of(claims: Mapping[str, Any]) -> User | None:
    """The active person with the address that the provider vouches for."""
    email = claims.get("email")
    if not isinstance(email, str) or not is_vouched_for(email, claims):
        return None
    return User.objects.filter(email__iexact=email, is_active=True).first()


def is_vouched_for(email: str, claims: Mapping[str, Any]) -> bool:
    """Whether the address is the person's own: the provider says so, or is trusted with all of its domain.

    Entra ID says it by `xms_edov`, where it is asked to, as true or as 1.
    """
    said = claims.get("email_verified", claims.get("xms_edov"))
    if said is not None:
        return said in (True, 1, "true", "True", "1")
    return email.rpartition("@")[2].lower() in {domain.lower() for domain in settings.OIDC_DOMAINS}

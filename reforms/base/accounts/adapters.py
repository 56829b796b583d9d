"""How allauth behaves here: nobody signs up, limits answer 429, and nobody learns who has an account."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPException
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from qrcode.image.svg import SvgPathImage

from reforms.base import clock
from reforms.base.accounts import second_factor, sessions
from reforms.base.accounts.client_address import address_of
from reforms.base.accounts.letters import MAIL
from reforms.base.faults import count_fault
from reforms.base.models import User


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Enter the e-mail address and password of your account",
        "enter_current_password": "Enter the password that you use now",
        "incorrect_password": "Enter your password",
        "incorrect_code": "Enter the code that your app shows now, or a recovery code that you have not used",
        "invalid_password_reset": "This link no longer works",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: administrators invite people."""
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Never: every page is a page."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts the attempt: for the person at this address, for this address, and for the person from anywhere."""
        email = credentials.get("email", "").lower()
        self.attempts = [
            consumed(request, "login_failed", key=f"{address_of(request)} {email}"),
            consumed(request, "login_failed_anywhere", key=email),
        ]

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Only people who are active: to somebody who has left, the password is as wrong as any other."""
        person = super().authenticate(request, **credentials)
        if person is None or not person.is_active:
            return None
        for attempt in self.attempts:
            attempt.rollback()
        return person

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        found = self.authenticate(context.request, email=user.email, password=password)  # type: ignore[attr-defined]
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not right after signing in: the first thing many people do then is to set up their second factor."""
        began = sessions.signed_in_at(self.request.session)
        is_fresh = began is not None and clock.now() - began < timedelta(minutes=5)
        return not is_fresh and super().is_reauthentication_required(app=app, **kwargs)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        sessions.begin(request.session, now=clock.now())

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        return redirect("sign-in")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """A letter that cannot be sent is counted: what the page says must not depend on it."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException) as error:
            count_fault(MAIL, error, now=clock.now())


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": "Approvers and administrators need a second factor, so you cannot turn it off",
        "cannot_generate_recovery_codes": "Set up a second factor first",
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not second_factor.must_have(authenticator.user)

    def build_totp_svg(self, url: str) -> str:
        """An <svg> that stands in a page: without a head of its own, and without a style."""
        drawn: bytes = qrcode.make(url, image_factory=SvgPathImage).to_string()
        return drawn.decode()

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return user.email if isinstance(user, User) else str(user)


def consumed(request: HttpRequest, action: str, *, key: str) -> Any:
    """One attempt counted. Where there were too many the request is answered 429, whoever it is about."""
    usage = ratelimit.consume(request, app="allauth.account", action=action, key=key)
    if not usage:
        raise ImmediateHttpResponse(ratelimit.respond_429(request))
    return usage

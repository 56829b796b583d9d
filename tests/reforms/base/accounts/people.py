"""People who sign in, with what they need for it."""

from __future__ import annotations

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client

from reforms.base.models import User

SECRET = "JBSWY3DPEHPK3PXP"
PASSWORD = "nine plain brown owls"
SIGN_IN = "/accounts/sign-in/"
CODE = "/accounts/sign-in/code/"


def make_person(email: str = "maya@example.org", **values) -> User:
    return User.objects.create_user(email, PASSWORD, **{"name": "Maya Thornbury"} | values)


def with_second_factor(person: User) -> User:
    """The same person, who has set up an app and has recovery codes."""
    TOTP.activate(person, SECRET)
    RecoveryCodes.activate(person)
    return person


def code_of(person: User) -> str:
    """What the person's app shows now."""
    secret = Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP).data["secret"]
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(client: Client, email: str = "maya@example.org", password: str = PASSWORD, **more) -> HttpResponse:
    return client.post(SIGN_IN, {"username": email, "password": password}, **more)


def is_signed_in(client: Client) -> bool:
    """Whether the site knows who it is."""
    return "Sign out" in client.get("/").content.decode()

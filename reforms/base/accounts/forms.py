"""allauth's forms in our words. None says whether there is such an account."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.account.fields import PasswordField, SetPasswordField
from allauth.core import context, ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from reforms.base.models import User

HINT = (
    "12 characters or more: three or four words are easy to remember. Not your name, your organisation’s, "
    "or a word of this site such as “council”."
)
CODE_HINT = "The 6 figures that your app shows now, or one of your recovery codes."
TOO_MANY = ("too_many_login_attempts", "rate_limited")


class PlainFields:
    """Labels above fields, no words inside them, and the focus left at the top of the page."""

    plain: dict[str, dict[str, str]] = {}
    """By field: its `label`, its `hint`, and what is said where it is `required`."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            words = self.plain.get(name, {})
            field.label = words.get("label", field.label)
            field.help_text = words.get("hint", "")
            field.error_messages["required"] = words.get("required", f"Enter the {str(field.label).lower()}")
            for attribute in ("placeholder", "autofocus"):
                field.widget.attrs.pop(attribute, None)


class SignInForm(PlainFields, account.LoginForm):
    plain = {
        "login": {"label": "E-mail address", "required": "Enter your e-mail address"},
        "password": {"label": "Password", "required": "Enter your password"},
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.widget.attrs["autocomplete"] = "username"
        login.widget.attrs["spellcheck"] = "false"
        login.error_messages["invalid"] = "Enter an e-mail address like name@example.org"

    def add_prefix(self, field_name: str) -> str:
        """The name that password managers know the field by."""
        return super().add_prefix("username" if field_name == "login" else field_name)


class ChangePasswordForm(PlainFields, account.ChangePasswordForm):
    plain = {
        "oldpassword": {"label": "Password that you use now", "required": "Enter the password that you use now"},
        "password1": {"label": "New password", "hint": HINT, "required": "Enter a new password"},
        "password2": {"label": "New password again", "required": "Enter the new password again"},
    }


class NewPasswordForm(PlainFields, account.ResetPasswordKeyForm):
    """After a link: the person chooses a password."""

    plain = {
        "password1": {"label": "New password", "hint": HINT, "required": "Enter a new password"},
        "password2": {"label": "New password again", "required": "Enter the new password again"},
    }


class InvitationForm(PlainFields, account.PasswordVerificationMixin, forms.Form):
    """What somebody chooses who was invited."""

    password1 = SetPasswordField(label="Password")
    password2 = PasswordField(label="Password again", autocomplete="new-password")
    plain = {
        "password1": {"label": "Password", "hint": HINT, "required": "Enter a password"},
        "password2": {"label": "Password again", "required": "Enter the password again"},
    }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].user = user  # type: ignore[attr-defined]


class ResetPasswordForm(PlainFields, account.ResetPasswordForm):
    users: list[User]
    plain = {"email": {"label": "E-mail address", "required": "Enter your e-mail address"}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].error_messages["invalid"] = "Enter an e-mail address like name@example.org"

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """A letter goes out in every case. Only people who have a password here get a link for another."""
        self.users = [person for person in self.users if person.has_usable_password()]
        if self.users:
            return str(super().save(request, **kwargs))
        email: str = self.cleaned_data["email"]
        get_adapter().send_mail("account/email/no_password_here", email, {})
        return email


class ReauthenticateForm(PlainFields, account.ReauthenticateForm):
    plain = {"password": {"label": "Password", "required": "Enter your password"}}


class LimitedCode:
    """A code asked for by form. After too many wrong ones the answer is 429."""

    fields: dict[str, forms.Field]
    plain = {"code": {"label": "Code", "hint": CODE_HINT, "required": "Enter the code"}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "class": "govuk-input--width-10"}

    def clean_code(self) -> str:
        try:
            return str(super().clean_code())  # type: ignore[misc]
        except ValidationError as error:
            if error.code in TOO_MANY:
                raise ImmediateHttpResponse(ratelimit.respond_429(context.request)) from error
            raise


class SecondFactorForm(LimitedCode, PlainFields, mfa.AuthenticateForm):
    """The second step of signing in."""


class SecondFactorAgainForm(LimitedCode, PlainFields, mfa.ReauthenticateForm):
    """Before something that matters."""


class SetUpForm(LimitedCode, PlainFields, totp.ActivateTOTPForm):
    plain = {"code": {"label": "Code", "hint": "The 6 figures that your app shows now.", "required": "Enter the code"}}

"""Every page of signing in is ours, and what we do not offer is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.test import Client
from django.urls import NoReverseMatch, reverse

from reforms.base.accounts.urls import urlpatterns

TEMPLATES = settings.BASE_DIR / "templates"
OURS = sorted(
    path for room in ("account", "accounts", "mfa", "socialaccount") for path in (TEMPLATES / room).rglob("*")
)
BY_NAME_ALONE = (
    "429.html",
    "account/signup_closed.html",
    "account/email/password_reset_key_message.txt",
    "account/email/password_reset_key_subject.txt",
    "account/messages/logged_in.txt",
    "account/messages/logged_out.txt",
    "account/messages/password_changed.txt",
    "mfa/messages/recovery_codes_generated.txt",
    "mfa/messages/totp_activated.txt",
    "mfa/messages/totp_deactivated.txt",
    "socialaccount/authentication_error.html",
)
"""What allauth renders from elsewhere than a view's `template_name`."""


def named_by_views() -> Iterator[str]:
    """The template of every view of allauth that has an address here."""
    for each in urlpatterns:
        view = each.callback
        while hasattr(view, "__wrapped__") and not hasattr(view, "view_class"):
            view = view.__wrapped__
        name = getattr(getattr(view, "view_class", None), "template_name", None)
        if name:
            yield name


@pytest.mark.parametrize("name", sorted({*named_by_views(), *BY_NAME_ALONE}))
def test_template_is_ours(name: str):
    origin = get_template(name).template.origin.name

    assert Path(origin).is_relative_to(TEMPLATES), origin


@pytest.mark.parametrize("each", urlpatterns, ids=lambda each: each.name)
def test_page_that_is_private_says_what_it_is_for(each):
    is_private = getattr(each.callback, "login_required", True)

    assert getattr(each.callback, "permission", None) == ("own account" if is_private else None)


def test_views_are_looked_at():
    assert len(set(named_by_views())) >= 12


@pytest.mark.parametrize("path", [path for path in OURS if path.suffix == ".html"], ids=lambda path: path.name)
def test_page_has_no_style_or_script_of_its_own(path: Path):
    text = path.read_text(encoding="utf-8")

    assert re.findall(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:|data:", text) == []


@pytest.mark.parametrize(
    "name",
    [
        "account_signup",
        "account_email",
        "account_confirm_email",
        "account_set_password",
        "account_request_login_code",
        "account_inactive",
        "mfa_list_webauthn",
        "mfa_trust",
        "socialaccount_signup",
        "socialaccount_connections",
    ],
)
def test_what_is_not_offered_has_no_address(name: str):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["signup/", "sign-up/", "email/", "login/", "3rdparty/", "social/signup/", "inactive/"]
)
def test_what_is_not_offered_is_not_found(public: Client, address: str):
    assert public.get(f"/accounts/{address}").status_code == 404

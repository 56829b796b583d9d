"""Addresses of signing in. What is not here cannot be reached: nobody signs up or changes their own address."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as social
from django.urls import path, re_path

from reforms.base.accounts import views
from reforms.base.accounts.access import View, own_account
from reforms.environment.single_sign_on import PROVIDER

sign_in = views.SignIn.as_view()

ONLY = {"provider_id": PROVIDER}
"""There is one provider at most. Where none is configured its addresses answer 404."""


def while_setting_up(view: View) -> View:
    """A page of one's own that stays open to those who have yet to set up a second factor."""
    return own_account(view, opens_before_second_factor=True)


urlpatterns = [
    path("sign-in/", sign_in, name="sign-in"),
    path("sign-in/", sign_in, name="account_login"),
    path("sign-in/again/", views.sign_in_again, name="sign-in-again"),
    path("sign-in/code/", mfa.authenticate, name="mfa_authenticate"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("password/", own_account(views.change_password), name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("confirm/", while_setting_up(account.reauthenticate), name="account_reauthenticate"),
    path("confirm/code/", while_setting_up(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("second-factor/", while_setting_up(mfa.index), name="mfa_index"),
    path("second-factor/set-up/", while_setting_up(totp.activate_totp), name="mfa_activate_totp"),
    path("second-factor/turn-off/", own_account(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("second-factor/codes/", own_account(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("second-factor/codes/new/", own_account(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("second-factor/codes.txt", own_account(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
    path(f"{PROVIDER}/sign-in/", views.sign_in_elsewhere, ONLY, name="openid_connect_login"),
    path(f"{PROVIDER}/back/", views.back_from_elsewhere, ONLY, name="openid_connect_callback"),
    path(f"{PROVIDER}/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
]

"""Pages of signing in and out that are not allauth's own as they come."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.account.utils import perform_login
from allauth.socialaccount.providers.openid_connect import views as provider
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from requests import RequestException

from reforms.base.accounts.access import own_account
from reforms.base.accounts.forms import InvitationForm
from reforms.base.accounts.invitations import NotOpenError, accept_invitation, invitation_of
from reforms.base.faults import count_fault
from reforms.base.models import User
from reforms.base.requests import Request
from reforms.environment.single_sign_on import PROVIDER

SINGLE_SIGN_ON = "single sign-on"
"""How the provider is called among the parts of the service that may fail."""


class SignIn(account.LoginView):
    template_name = "accounts/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"single_sign_on": single_sign_on(self.request)}


def single_sign_on(request: Request) -> dict[str, str] | None:
    """The way to the provider, which leads back to where the person was going; none where none is configured."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    if not apps:
        return None
    address = reverse("openid_connect_login", kwargs={"provider_id": PROVIDER})
    return {"name": apps[0]["name"], "url": address}


def change_password(request: Request) -> HttpResponseBase:
    """The password of the person; who has none yet, because they sign in elsewhere, is led to getting one by e-mail."""
    if isinstance(request.user, User) and not request.user.has_usable_password():
        return redirect("account_reset_password")
    return account.password_change(request)


@require_POST
def _sign_out(request: Request) -> HttpResponse:
    """End the session. A link cannot do it."""
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


sign_out = own_account(_sign_out, opens_before_second_factor=True)


@login_not_required
@require_POST
def sign_in_again(request: Request) -> HttpResponse:
    """Forget a sign-in that is half done: somebody who has no code at hand starts from the beginning."""
    logout(request)
    return redirect("sign-in")


def at_the_provider(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A step of signing in elsewhere. A provider that does not answer as it should is counted, and said to be away."""

    @login_not_required
    @never_cache
    @require_safe
    @wraps(view)
    def answer(request: Request, provider_id: str) -> HttpResponseBase:
        try:
            return view(request, provider_id)
        except (RequestException, KeyError, TypeError, ValueError) as error:
            count_fault(SINGLE_SIGN_ON, error, now=request.as_at.now)
            return render(request, "socialaccount/authentication_error.html", status=503)

    return answer


sign_in_elsewhere = at_the_provider(provider.login)
back_from_elsewhere = at_the_provider(provider.callback)


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: Request, token: str) -> HttpResponse:
    """The page that a link of invitation opens: choose a password, and be signed in."""
    now = request.as_at.now
    try:
        found = invitation_of(token, now=now)
        form = InvitationForm(request.POST if request.method == "POST" else None, user=found.user)
        if form.is_valid():
            person = accept_invitation(invitation=found, password=form.cleaned_data["password1"], now=now)
            logout(request)
            return perform_login(request, person)
    except NotOpenError:
        return render(request, "accounts/invitation_over.html", status=404)
    return render(request, "accounts/invitation.html", {"form": form, "person": found.user})

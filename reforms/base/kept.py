"""A form that is sent after the session has ended is kept here, for the same person in the same browser, for an hour.

Whoever has signed in carries a signed cookie that outlives the session and says who they were. It opens nothing: it
only lets the server keep their words, and give them back once they have signed in again. It is not sent from other
sites, so nobody else can put words into it; and nothing is saved before the person has seen them.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.csrf import csrf_failure as plain_csrf_failure

from reforms.base import clock
from reforms.base.models import KeptPost, User

COOKIE = "words"
SALT = "reforms.base.kept"
KEPT_FOR = timedelta(hours=1)
COOKIE_LASTS = timedelta(hours=14)
"""Longer than any session, and the hour after it."""
LARGEST = 300_000
"""Characters of all fields together: several times the longest text that a form takes."""
MOST = 20
"""Forms kept for one person at a time."""
SIGNED_OUT = "You have been signed out. What you wrote is kept for one hour: sign in again, and it will be there."
NOT_KEPT = "You have been signed out, and this is too long to be kept. Copy it before you sign in again."

View = Callable[..., HttpResponse]


def keeps_posts(view: View) -> View:
    """Marks a view whose forms are kept."""
    view.keeps_posts = True  # type: ignore[attr-defined]
    return view


class KeptPostMiddleware:
    """Keeps what is sent to a marked view by somebody whose session has ended, and lets browsers carry the cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        # Asked only for the forms themselves: other pages have to answer while nobody can say who is asking.
        is_marked = match is not None and _is_marked(match.func)
        if is_marked and isinstance(request.user, User) and _said(request) != request.user.pk:
            _give_cookie(response, request.user)
        return response

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        is_kept_here = request.method == "POST" and _is_marked(view)
        owner = None if not is_kept_here or request.user.is_authenticated else _owner(request)
        if owner is None:
            return None
        is_kept = keep(request, owner)
        if "application/json" in request.headers.get("Accept", ""):
            words = SIGNED_OUT if is_kept else NOT_KEPT
            address = f"{reverse(settings.LOGIN_URL)}?next={request.path}"
            return JsonResponse({"sign_in": address, "message": words, "kept": is_kept}, status=401)
        messages.error(request, SIGNED_OUT if is_kept else NOT_KEPT)
        return redirect_to_login(request.path)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from before the last sign-in: its words come back in a new one, where the form is one that is kept."""
    match = request.resolver_match
    owner = _owner(request) if match is not None and _is_marked(match.func) else None
    if owner is None or not keep(request, owner):
        return plain_csrf_failure(request, reason)
    return redirect(request.path)


def keep(request: HttpRequest, owner: User) -> bool:
    """Keep the form for its owner, in place of an earlier one from the same address. False where it is too much."""
    fields = {name: request.POST.getlist(name) for name in request.POST if name != "csrfmiddlewaretoken"}
    size = sum(len(name) + sum(map(len, values)) for name, values in fields.items())
    if size > LARGEST or len(request.path) > 300:
        return False
    forget_old_posts(now=clock.now())
    if KeptPost.objects.filter(person=owner).count() >= MOST:
        return False
    KeptPost.objects.update_or_create(
        person=owner, browser=_browser(request), path=request.path, defaults={"fields": fields, "at": clock.now()}
    )
    return True


def kept_form(request: HttpRequest) -> QueryDict | None:
    """What the person had sent to this address from this browser in the last hour, or None."""
    if not isinstance(request.user, User) or COOKIE not in request.COOKIES:
        return None
    since = clock.now() - KEPT_FOR
    kept = KeptPost.objects.filter(person=request.user, browser=_browser(request), path=request.path, at__gt=since)
    found = kept.first()
    if found is None:
        return None
    fields = QueryDict(mutable=True)
    for name, values in found.fields.items():
        fields.setlist(name, values)
    return fields


def forget_kept_form(request: HttpRequest) -> None:
    """What was kept has been saved, or is not wanted."""
    KeptPost.objects.filter(person=request.user.pk, browser=_browser(request), path=request.path).delete()


def forget_old_posts(*, now: datetime) -> int:
    """Forget what has been kept for its hour; says how many."""
    return KeptPost.objects.filter(at__lte=now - KEPT_FOR).delete()[0]


def _is_marked(view: Any) -> bool:
    return bool(getattr(view, "keeps_posts", False))


def _give_cookie(response: HttpResponse, person: User) -> None:
    value = signing.dumps([person.pk, secrets.token_urlsafe(16)], salt=SALT)
    response.set_cookie(
        COOKIE,
        value,
        max_age=COOKIE_LASTS,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Strict",
    )


def _said(request: HttpRequest) -> int | None:
    """Whose cookie it says it is, where its signature holds and it is young enough."""
    try:
        key, _ = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=COOKIE_LASTS)
    except (signing.BadSignature, ValueError):
        return None
    return key if isinstance(key, int) else None


def _owner(request: HttpRequest) -> User | None:
    key = _said(request)
    return User.objects.filter(pk=key, is_active=True).first() if key else None


def _browser(request: HttpRequest) -> str:
    return hashlib.sha256(request.COOKIES.get(COOKIE, "").encode()).hexdigest()

"""Views are private unless they say otherwise; this is how they say it.

No cache keeps what a person who has signed in reads (see UnstoredMiddleware). A public page may be kept by anybody who
asks each time whether it is still the same: that costs one query, and no page.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from reforms.base.requests import Request
from reforms.base.versions import tag_of

View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """A page that anybody may read and cite, and only read. Until it changes, those who have it are told so: 304."""

    @wraps(view)
    def answer(request: Request, *args: object, **kwargs: object) -> HttpResponse:
        if not is_for_anybody(request):
            return view(request, *args, **kwargs)
        tag = tag_of(request)
        if tag and has_it(request, tag):
            return _tagged(HttpResponseNotModified(), tag)
        response = view(request, *args, **kwargs)
        if tag and response.status_code == 200 and not _is_personal(request, response):
            _tagged(response, tag)
        return response

    answer.is_cited = True  # type: ignore[attr-defined]
    return probe(answer)


def probe(view: View) -> View:
    """An answer that anybody may read, and nobody keeps: it says how things are at this moment."""
    return login_not_required(require_safe(view))


def is_for_anybody(request: Request) -> bool:
    """Whether the answer is what everybody gets who brings nothing. While a page is being built none is.

    A session may hold anything, and messages are for one person: whoever brings either gets a page of their own.
    """
    brings = {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name} & request.COOKIES.keys()
    return not (settings.DEBUG or brings or "HTTP_AUTHORIZATION" in request.META or request.user.is_authenticated)


def has_it(request: Request, tag: str) -> bool:
    """Whether the visitor already has the page of this tag.

    An asterisk asks whether there is any page at all. Only the view knows, so it is left to answer.
    """
    given = parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))
    return tag.removeprefix("W/") in (each.removeprefix("W/") for each in given)


def _is_personal(request: Request, response: HttpResponse) -> bool:
    """Whether making the page gave the visitor something of their own: a cookie, a session, a form's token."""
    return bool(response.cookies or request.session.modified or request.META.get("CSRF_COOKIE_NEEDS_UPDATE"))


def _tagged(response: HttpResponse, tag: str) -> HttpResponse:
    response["ETag"] = tag
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ("Cookie",))
    return response

"""How long somebody stays signed in: two hours without a request, twelve from signing in, whichever comes first.

Both moments are kept in the session, on the server. Who asks for the person is told the truth of this moment: nothing
is read for a visitor without a session, nor for a page that does not ask who it is.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from reforms.base import clock

SIGNED_IN = "signed_in_at"
SEEN = "seen_at"
SEEN_AGAIN_AFTER = timedelta(minutes=1)
"""A request sooner than this after the last one writes nothing, so a session may end so much earlier."""


class LimitedSessionsMiddleware(AuthenticationMiddleware):
    """Django's own, for sessions that end."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: person_of(request))  # type: ignore[assignment]


def person_of(request: HttpRequest) -> AbstractBaseUser | AnonymousUser:
    """Who makes the request. A session that is over is deleted, and was nobody's."""
    kept = vars(request)
    if "_cached_user" not in kept:
        kept["_cached_user"] = _person_of(request, now=_now(request))
    person: AbstractBaseUser | AnonymousUser = kept["_cached_user"]
    return person


def _person_of(request: HttpRequest, *, now: datetime) -> AbstractBaseUser | AnonymousUser:
    person = auth.get_user(request)
    if not person.is_authenticated:
        return person
    if is_over(request.session, ended_at=person.sessions_ended_at, now=now):
        request.session.flush()
        return AnonymousUser()
    _note(request.session, now=now)
    return person


def _now(request: HttpRequest) -> datetime:
    as_at = getattr(request, "as_at", None)
    return as_at.now if as_at else clock.now()


def begin(session: SessionBase, *, now: datetime) -> None:
    """Somebody has just signed in."""
    session[SIGNED_IN] = session[SEEN] = now.timestamp()


def signed_in_at(session: SessionBase) -> datetime | None:
    """When the person of this session signed in."""
    return _moment(session.get(SIGNED_IN))


def is_over(session: SessionBase, *, ended_at: datetime | None, now: datetime) -> bool:
    """Whether the time of a session is up, or all sessions of its person were ended since it began."""
    began, seen = signed_in_at(session), _moment(session.get(SEEN))
    if began is None or seen is None:
        # It began before this was kept, or by another way than the form.
        return ended_at is not None
    if ended_at is not None and began <= ended_at:
        return True
    idle = timedelta(seconds=settings.SESSION_IDLE_SECONDS)
    longest = timedelta(seconds=settings.SESSION_LONGEST_SECONDS)
    return now - seen >= idle or now - began >= longest


def _note(session: SessionBase, *, now: datetime) -> None:
    """The session was used at this moment."""
    seen = _moment(session.get(SEEN))
    if SIGNED_IN not in session or seen is None:
        begin(session, now=now)
    elif now - seen >= SEEN_AGAIN_AFTER:
        session[SEEN] = now.timestamp()


def _moment(timestamp: float | None) -> datetime | None:
    return None if timestamp is None else datetime.fromtimestamp(timestamp, tz=UTC)

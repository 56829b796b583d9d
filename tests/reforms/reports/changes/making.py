"""A day after everything that the fixtures tell, and what is asked of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from pillars.models import Organisation
from reforms.alerts.feeds.told import Asked, Change, ChangeKind
from reforms.base.as_at import AsAt
from reforms.reports.changes.news import News
from tests.builders import (
    make_commitment,
    make_consultation,
    make_deadline,
    make_position,
    make_response,
    make_update,
    make_version,
    make_view,
)

TODAY = date(2041, 5, 12)
NOW = datetime(2041, 5, 12, 9, 0, tzinfo=UTC)
SINCE = TODAY - timedelta(days=28)
BEFORE = SINCE - timedelta(days=1)
DURING = TODAY - timedelta(days=10)
LONG_AGO = date(2040, 1, 1)


def news(asked: Asked | None = None, *, on: date = TODAY, since: date = SINCE) -> News:
    """Of every kind, those included that are told apart."""
    return News(as_at=AsAt(NOW, on), asked=asked or Asked(), since=since, with_stale=True)


def told(kind: ChangeKind, asked: Asked | None = None, **days: date) -> list[Change]:
    """All of one kind."""
    found = news(asked, **days)
    return found.newest(kind, found.counts[kind])


def references(kind: ChangeKind, asked: Asked | None = None, **days: date) -> list[str]:
    return [change.reference for change in told(kind, asked, **days)]


def fill(council: Organisation, words: str) -> None:
    """Twelve of nearly every kind."""
    title = words[:120].strip()
    for _ in range(12):
        make_update(make_commitment(title=title), known_on=DURING, summary=words)
        make_update(make_commitment(title=title), known_on=DURING, summary=words, status="under_way")
        make_deadline(make_commitment(title=title), latest=DURING, words=title[:100])
        moved = make_deadline(make_commitment(title=title), latest=LONG_AGO, words=title[:100])
        make_deadline(moved.commitment, latest=TODAY, replaces=moved, known_on=DURING, words=title[:100])
        make_version(make_position(council), published_on=LONG_AGO, review_on=DURING)
        first = make_version(make_position(council), published_on=DURING, state="superseded")
        make_version(first.position, published_on=DURING)
        asked = make_consultation(title=title, known_on=DURING, closes_on=DURING, outcome=words, outcome_on=TODAY)
        make_consultation(title=title, known_on=DURING, is_promised=True)
        make_response(asked, organisation=council, known_on=DURING)
    for day in range(12):
        make_view(council, known_on=DURING - timedelta(days=day % (DURING - BEFORE).days))

"""Addresses of the page of changes, and of the feed of the same."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from reforms.alerts.feeds.told import Asked, ChangeKind
from reforms.base.as_at import AsAt


def changes_url(asked: Asked, *, since: date, as_at: AsAt, kind: ChangeKind | None = None) -> str:
    """The page of what changed after a day, for the day of this page; of one kind alone, where it is given."""
    pairs = [("since", since.isoformat())]
    pairs += [("kind", kind.value)] if kind else []
    return as_at.carry(f"{reverse('changes')}?{urlencode(pairs + _pairs(asked))}")


def feed_query(asked: Asked) -> str:
    """What the feed of the same is asked; empty where it takes no such question, since it knows one pillar at most."""
    pairs = _pairs(asked) if len(asked.pillars) < 2 else []
    return f"?{urlencode(pairs)}" if pairs else ""


def _pairs(asked: Asked) -> list[tuple[str, str]]:
    pairs = [("programme", asked.programme), *(("pillar", str(each)) for each in asked.pillars)]
    return [(name, value) for name, value in (*pairs, ("council", asked.council)) if value]

"""Writes changes as an Atom feed (RFC 4287). The same changes give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils.feedgenerator import Atom1Feed

from reforms.alerts.feeds.changes import Change
from reforms.alerts.outbox.addresses import whole
from reforms.alerts.plain_text import on_one_line, writable
from reforms.base.as_at import AsAt

TITLE = "Reform Tracker: what has become known"
MAKER = "Reform Tracker"
NAMED_IN = "2026"
"""The year in which the site took its name for the identifiers below. It never changes, or every entry would be new."""


class ChangesFeed(Atom1Feed):
    """Django's, which takes the time of writing where there is nothing to tell: then the feed would never be twice the
    same."""

    def latest_post_date(self) -> Any:
        return self.feed["updated"]


def id_of(change: Change) -> str:
    """What identifies an entry in all feeds of the world, for ever (RFC 4151)."""
    return f"tag:{urlsplit(whole('/')).hostname},{NAMED_IN}:changes/{change.name}"


def feed_of(changes: Iterable[Change], *, path: str, as_at: AsAt, since: datetime) -> bytes:
    """The feed at this address. `since` is the moment it is as of where it has no entry."""
    found = list(changes)
    feed = ChangesFeed(
        title=TITLE,
        link=whole("/"),
        description="",
        language="en-GB",
        author_name=MAKER,
        feed_url=whole(path),
        feed_guid=whole(path),
        updated=max((each.at for each in found), default=since),
    )
    for each in found:
        feed.add_item(
            title=on_one_line(each.title),
            link=whole(as_at.carry(each.path)),
            description=writable(each.summary),
            unique_id=id_of(each),
            pubdate=each.at,
            updateddate=each.at,
            categories=[each.kind.value],
        )
    written: bytes = feed.writeString("utf-8").encode()
    return written

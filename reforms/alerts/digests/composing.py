"""What a letter says: plain text, and the same as simple HTML. Nothing is written here, and nothing is claimed.

Grouped by organisation, then by topic, in the order in which things came up. No more than fifty things are spelled out,
and every topic has its share of them: three hundred stale positions do not crowd out a consultation that closes.
The subject names an organisation only where there is just one, and nothing that is not public.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.template.loader import render_to_string

from pillars.models import Organisation
from reforms.alerts.models import Letter, Notice, Recipient
from reforms.alerts.outbox.addresses import whole
from reforms.alerts.outbox.letters import Written
from reforms.alerts.subscribing.links import manage_url, unsubscribe_url
from reforms.alerts.topics import Topic
from reforms.base.addresses import address
from reforms.base.formatting import date_in_words

SITE = "Reform Tracker"
MOST = 50
"""Things that one letter spells out."""
MOST_IN_SUBJECT = 200
THE_PLAN = "The national plan"
_PLACES = {topic.value: place for place, topic in enumerate(Topic)}


@dataclass(frozen=True)
class Line:
    """One thing: its title, why it is told, and where it is read."""

    title: str
    reason: str
    url: str


@dataclass(frozen=True)
class TopicGroup:
    """Things of one topic, and how many more there are of it."""

    title: str
    lines: tuple[Line, ...]
    more: int = 0


@dataclass(frozen=True)
class Group:
    """What concerns one organisation, or the whole country."""

    title: str
    topics: tuple[TopicGroup, ...]


def compose(
    recipient: Recipient,
    notices: Sequence[Notice],
    *,
    on: date,
    now: datetime,
    key: str = "",
    names: Mapping[str, str] | None = None,
) -> Written:
    """A digest of the notices, for the day. Needs the recipient's person loaded.

    `key` says which letter it is: the day's, unless it is given. `names` are those of organisations by their slug; they
    are looked up where they are not given.
    """
    names = names_of(notices) if names is None else names
    context = {
        "day": date_in_words(on),
        "groups": _groups(_in_order(notices, names), names),
        "count": _things(len(notices)),
        "all_url": whole(address("my-work" if recipient.person_id else "flags")) if len(notices) > MOST else "",
    }
    subject = f"{SITE}: {_things(len(notices))}{_for_whom(notices, names)}, {context['day']}"
    key = key or f"digest:{recipient.pk}:{on.isoformat()}"
    return _written(Letter.Kind.DIGEST, key, subject, "digest", recipient, context)


def compose_urgent(recipient: Recipient, notices: Sequence[Notice]) -> Written:
    """What cannot wait for the next digest: one letter, named by the first of the flags it is made of."""
    lines = [_line(notice, "") for notice in notices]
    subject = f"“{lines[0].title}” closes soon" if len(lines) == 1 else f"{len(lines)} consultations close soon"
    first = min(notice.flag_id or 0 for notice in notices)
    context = {"heading": subject, "lines": lines}
    key = f"urgent:{recipient.pk}:{first}"
    return _written(Letter.Kind.URGENT, key, f"{SITE}: {subject}", "urgent", recipient, context)


def names_of(notices: Iterable[Notice]) -> dict[str, str]:
    """The names of the organisations they concern, by slug. One query."""
    slugs = {notice.organisation for notice in notices}
    return dict(Organisation.objects.filter(slug__in=slugs).order_by().values_list("slug", "name"))


def _written(
    kind: Letter.Kind, key: str, subject: str, template: str, recipient: Recipient, context: Mapping[str, object]
) -> Written:
    subject = _on_one_line(subject)
    unsubscribe = unsubscribe_url(recipient)
    links = {"subject": subject, "change_url": manage_url(recipient), "unsubscribe_url": unsubscribe}
    text, html = (
        render_to_string(f"alerts/letters/{template}.{form}", {**context, **links}).strip() + "\n"
        for form in ("txt", "html")
    )
    return Written(kind.value, key, subject[:MOST_IN_SUBJECT], text, html, unsubscribe)


def _in_order(notices: Iterable[Notice], names: Mapping[str, str]) -> list[Notice]:
    """The organisations by name and the whole country last; topics as they are listed; what came up first."""

    def place(notice: Notice) -> tuple:
        name = names.get(notice.organisation, notice.organisation)
        return not notice.organisation, name, _PLACES[notice.topic], notice.made_at, notice.pk or 0

    return sorted(notices, key=place)


def _groups(notices: Sequence[Notice], names: Mapping[str, str]) -> list[Group]:
    """Of notices in their order."""
    by_topic = [(key, list(some)) for key, some in groupby(notices, key=lambda each: (each.organisation, each.topic))]
    shares = shares_of([len(some) for _, some in by_topic], MOST)
    found: dict[str, list[TopicGroup]] = {}
    for ((slug, topic), some), share in zip(by_topic, shares, strict=True):
        name = _on_one_line(names.get(slug, slug))
        lines = tuple(_line(notice, name) for notice in some[:share])
        found.setdefault(name or THE_PLAN, []).append(TopicGroup(Topic(topic).label, lines, len(some) - share))
    return [Group(title, tuple(topics)) for title, topics in found.items()]


def shares_of(sizes: Sequence[int], most: int) -> list[int]:
    """How many of each are taken, one from each in turn, until there are enough or nothing is left."""
    shares = [0] * len(sizes)
    while (hungry := [place for place, size in enumerate(sizes) if shares[place] < size]) and sum(shares) < most:
        for place in hungry[: most - sum(shares)]:
            shares[place] += 1
    return shares


def _line(notice: Notice, name: str) -> Line:
    """The name of the organisation stands above already."""
    title = _on_one_line(notice.title)
    title = title.removeprefix(f"{name}: ") if name else title
    return Line(title, _on_one_line(notice.reason), whole(notice.url))


def _for_whom(notices: Iterable[Notice], names: Mapping[str, str]) -> str:
    slugs = {notice.organisation for notice in notices if notice.organisation}
    return f" for {names.get(slug, slug)}" if len(slugs) == 1 and (slug := slugs.pop()) else ""


def _things(count: int) -> str:
    return "1 thing" if count == 1 else f"{count:,} things"


def _on_one_line(words: str) -> str:
    """Without line breaks: in the head of a letter they would begin another line of it."""
    return " ".join(words.split())

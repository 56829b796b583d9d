"""What a flag or an event says, of whom, and to whom.

consultations, dates   National. Every member of any organisation hears of them, and who follows the consultation or the
                       pillar. Words are those of the day: "closes in 3 days" is not told two days later.
positions              Of one organisation, to its members. That a position is stale is public, so who follows the
                       organisation hears of it too; who follows a pillar does not: 153 councils have one on each.
                       A step of an organisation's own timetable is for its members alone. What a committee asked for
                       is public.
work                   What became of a draft. Submitted: to those who may approve it. Returned: to those who wrote it.
                       Published and withdrawn: to the organisation's members, and to who follows it or the pillar.

Nobody is told of what they did themselves, and what is over is not told at all: a draft that has moved on, a flag whose
day has passed. No word of a draft, and no reason that somebody gave, is ever part of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import KW_ONLY, dataclass
from operator import attrgetter
from typing import NamedTuple

from councils.models import Edit, Membership, PositionVersion
from councils.writing.workflow import Move
from reforms.alerts.kinds import FlagKind
from reforms.alerts.models import Flag
from reforms.alerts.telling.subjects import POSITION, Named, Subjects, organisations_of
from reforms.alerts.topics import Topic
from reforms.base.addresses import address
from reforms.base.clock import civil_day
from reforms.base.formatting import date_in_words
from reforms.base.models import Event

VERBS = (Move.SUBMIT.value, Move.RETURN.value, Move.PUBLISH.value, Move.WITHDRAW.value)
"""Steps of a position that somebody is told of."""
APPROVERS = frozenset({Membership.Role.APPROVER.value})
WRITERS = frozenset(role.value for role in Membership.WRITING_ROLES)
URGENT_THRESHOLDS = (1, 3)
"""Days before the closing of a consultation: the last three."""
TOPICS: dict[FlagKind, Topic] = {
    FlagKind.CONSULTATION_CLOSING: Topic.CONSULTATIONS,
    FlagKind.CONSULTATION_CLOSED: Topic.CONSULTATIONS,
    FlagKind.PROMISED_WINDOW_OPENED: Topic.CONSULTATIONS,
    FlagKind.PROMISED_WINDOW_PASSED: Topic.CONSULTATIONS,
    FlagKind.MILESTONE_NEAR: Topic.DATES,
    FlagKind.MILESTONE_REACHED: Topic.DATES,
    FlagKind.MILESTONE_PASSED: Topic.DATES,
    FlagKind.PHASE_NEAR: Topic.DATES,
    FlagKind.PHASE_REACHED: Topic.DATES,
    FlagKind.PHASE_PASSED: Topic.DATES,
    FlagKind.DEADLINE_OPENING: Topic.DATES,
    FlagKind.DEADLINE_CLOSING: Topic.DATES,
    FlagKind.DEADLINE_PASSED: Topic.DATES,
    FlagKind.STEP_DUE: Topic.POSITIONS,
    FlagKind.POSITION_STALE: Topic.POSITIONS,
    FlagKind.ACTION_DUE: Topic.POSITIONS,
}
PUBLIC_KINDS = frozenset(TOPICS) - {FlagKind.STEP_DUE}
"""What anybody may hear of."""


@dataclass(frozen=True)
class About:
    """Something to tell.

    `organisation` is a slug, empty for the whole country; `pillar` and `consultation` are keys. With `roles` only
    members who hold one of them hear of it; with `people` only those persons, and never those in `not_people`. Whoever
    is not a member hears of it only where it is public. `url` is from the root of the site.
    """

    topic: Topic
    _: KW_ONLY
    title: str
    reason: str
    url: str
    organisation: str = ""
    pillar: int | None = None
    consultation: int | None = None
    roles: frozenset[str] | None = None
    people: frozenset[int] | None = None
    not_people: frozenset[int] = frozenset()
    is_public: bool = False
    is_urgent: bool = False

    def may_reach(self, person: int | None) -> bool:
        """Whether this person, or an address that is nobody's, is not left out by name."""
        return person not in self.not_people and (self.people is None or person in self.people)


# Flags


def about_flags(flags: Collection[Flag], subjects: Subjects) -> dict[int, About]:
    """By the key of the flag, for those that say something on the day. The same few queries for any number."""
    own = subjects.own(slugs) if (slugs := organisations_of(flag.organisation for flag in flags)) else {}
    found = ((flag.pk, _own_flag(flag, own) if flag.organisation else _national(flag, subjects)) for flag in flags)
    return {key: about for key, about in found if about}


def is_urgent(flag: Flag) -> bool:
    return flag.kind == FlagKind.CONSULTATION_CLOSING and flag.threshold in URGENT_THRESHOLDS


def _national(flag: Flag, subjects: Subjects) -> About | None:
    due = subjects.due.get((flag.kind, flag.subject, "", flag.due_on, flag.threshold))
    if due is None:
        return None
    kind, _, name = flag.subject.partition(":")
    return About(
        TOPICS[due.kind],
        title=due.title,
        reason=due.reason,
        url=due.url,
        pillar=subjects.pillar_of(flag.subject),
        consultation=subjects.consultations.get(name, (None,))[0] if kind == "consultation" else None,
        is_public=due.kind in PUBLIC_KINDS,
        is_urgent=is_urgent(flag),
    )


def _own_flag(flag: Flag, own: Mapping[str, Named]) -> About:
    """What has no name here, because a room of its own knows it, is known by its kind."""
    kind = FlagKind(flag.kind)
    named = own.get(flag.subject) or Named(kind.label, address("my-work"))
    # What lies ahead was so many days ahead when the flag was raised.
    reason = f"Due by {date_in_words(flag.due_on)}" if flag.threshold else flag.reason
    return About(
        TOPICS[kind],
        title=named.title,
        reason=reason,
        url=named.url,
        organisation=flag.organisation,
        is_public=kind in PUBLIC_KINDS,
    )


# Events


class Version(NamedTuple):
    """Where a version stands now, and who has written in it or submitted it."""

    state: str
    writers: frozenset[int]


Place = tuple[int, int]
"""The key of a position, and the number of a version of it."""


def about_events(events: Collection[Event], subjects: Subjects) -> dict[int, About]:
    """By the key of the event, for those that are still so; of several that say the same, the last.

    The same few queries for any number.
    """
    slugs = organisations_of(event.organisation for event in events if is_told(event))
    positions = subjects.own(slugs) if slugs else {}
    places = {event.pk: _place(event, positions) for event in events if is_told(event)}
    versions = _versions({place for place in places.values() if place})
    last: dict[str, tuple[int, About]] = {}
    for event in sorted(events, key=attrgetter("at", "pk")):
        place = places.get(event.pk)
        version = versions.get(place) if place else None
        if version and version.state == event.state_after:
            last[event.subject] = event.pk, _about_event(event, positions[event.subject], version)
    return dict(last.values())


def is_told(event: Event) -> bool:
    return event.verb in VERBS and event.subject.startswith(f"{POSITION}:")


def _place(event: Event, positions: Mapping[str, Named]) -> Place | None:
    named, number = positions.get(event.subject), event.details.get("version")
    return (named.key, number) if named and named.key and isinstance(number, int) else None


def _versions(places: Collection[Place]) -> dict[Place, Version]:
    """Two queries, or none."""
    if not places:
        return {}
    keys, numbers = {key for key, _ in places}, {number for _, number in places}
    edits = Edit.objects.filter(version__position__in=keys, version__number__in=numbers).order_by()
    writers: defaultdict[Place, set[int]] = defaultdict(set)
    for key, number, person in edits.values_list("version__position", "version__number", "by").distinct():
        writers[key, number].add(person)
    versions = PositionVersion.objects.filter(position__in=keys, number__in=numbers).order_by()
    return {
        (key, number): Version(state, frozenset(writers[key, number] | ({submitter} - {None})))
        for key, number, state, submitter in versions.values_list("position", "number", "state", "submitted_by")
        if (key, number) in places
    }


def _about_event(event: Event, named: Named, version: Version) -> About:
    doer = frozenset() if event.by_id is None else frozenset({event.by_id})
    desk = address("position-desk", event.organisation, event.subject.partition("/")[2])
    day = date_in_words(civil_day(event.at))
    public = About(
        Topic.WORK,
        title=named.title,
        reason=f"Published on {day}" if event.verb == Move.PUBLISH else f"Withdrawn on {day}",
        url=named.url,
        organisation=event.organisation,
        pillar=named.pillar,
        not_people=doer,
        is_public=True,
    )
    if event.verb == Move.SUBMIT:
        return _private(public, f"Submitted for approval on {day}", desk, APPROVERS, not_people=version.writers | doer)
    if event.verb == Move.RETURN:
        return _private(public, f"Returned on {day}, with a reason", desk, WRITERS, people=version.writers - doer)
    return public


def _private(
    public: About,
    reason: str,
    url: str,
    roles: frozenset[str],
    *,
    people: frozenset[int] | None = None,
    not_people: frozenset[int] = frozenset(),
) -> About:
    """About a draft: for members with a role in it alone."""
    return About(
        public.topic,
        title=public.title,
        reason=reason,
        url=url,
        organisation=public.organisation,
        roles=roles,
        people=people,
        not_people=not_people,
    )

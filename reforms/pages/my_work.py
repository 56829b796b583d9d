"""What waits for a person, organisation by organisation: by what their role there lets them do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Max
from django.urls import reverse

from councils.access import Acting
from councils.models import Claim, Edit, Position, PositionVersion
from councils.progress import STANDING, Progress, progress_of
from councils.staleness_in_sql import StalePosition, stale_positions
from councils.writing.subjects import subject_of
from pillars.models import Organisation, Pillar, Programme
from reforms.alerts.acknowledging.forms import FlagForm
from reforms.alerts.due import flags_due, in_order
from reforms.alerts.flag_due import FlagDue
from reforms.alerts.kinds import FlagKind
from reforms.alerts.models import Acknowledgement
from reforms.base.formatting import date_in_words, moment_in_words
from reforms.base.models import User
from reforms.pages.my_flags import MyFlags, flags_on_desk, said_of_flags

State = PositionVersion.State
JOINED = (
    "position__organisation",
    "position__programme",
    "position__pillar__programme",
    "position__commitment__pillar__programme",
    "submitted_by",
    "started_by",
)
SHOWN = 10
"""Rows of one group that stand open; the others are folded."""
ASIDE = "Somebody else had saved first. Your words are kept: see both texts, then choose."
STALE = "Published, and overtaken since. Say that it is still correct, or write a new version."
SOMEBODY_ELSE = "You wrote or submitted these, so somebody else has to approve them."
LATELY = timedelta(days=92)
"""How far back a scrutiny member is told what changed."""


@dataclass
class Item:
    """A row of the list: what it is on, where the work is done, and what to know of it."""

    reference: str
    title: str
    url: str
    notes: list[str] = field(default_factory=list)
    quote: str = ""
    can_renew: bool = False
    desk_url: str = ""
    start_url: str = ""


@dataclass
class Heap:
    """Rows that wait for the same thing. `lede` says what to do with them."""

    key: str
    title: str
    items: list[Item]
    lede: str = ""

    @property
    def timing(self) -> str:
        """The state whose shape it is shown with."""
        return "stale" if self.key == "stale" else ""

    @property
    def shown(self) -> list[Item]:
        return self.items[:SHOWN]

    @property
    def folded(self) -> list[Item]:
        return self.items[SHOWN:]


@dataclass
class Work:
    """One organisation's part of the page."""

    acting: Acting
    heaps: list[Heap] = field(default_factory=list)
    progress: list[Progress] = field(default_factory=list)
    flags: MyFlags = field(default_factory=MyFlags)
    lately: list[Item] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.acting.organisation.name

    @property
    def slug(self) -> str:
        return self.acting.organisation.slug

    @property
    def writes(self) -> bool:
        return self.acting.may("position.read_draft")

    @property
    def waiting_count(self) -> int:
        return sum(len(heap.items) for heap in self.heaps)

    @property
    def has_begun(self) -> bool:
        return any(each.is_begun for each in self.progress)

    @property
    def compared(self) -> list[Programme]:
        """The programmes that it can be read beside."""
        return [each.programme for each in self.progress]


class Save(NamedTuple):
    """Who saved a version, and when last."""

    by: int
    name: str
    at: datetime


@dataclass
class Loaded:
    """Everything that the page is made of, by organisation or by version: the same few questions whatever there is."""

    versions: Mapping[int, list[PositionVersion]]
    saves: Mapping[int, list[Save]]
    aside: Mapping[int, list[Edit]]
    stale: Mapping[str, list[StalePosition]]
    expired: Collection[int]
    """Positions that nobody can renew: a point in them can no longer be true."""
    flags: Mapping[str, list[FlagDue]]
    said: Mapping[int, list[Acknowledgement]]
    """By organisation, what was said of flags."""
    lately: Mapping[int, list[PositionVersion]]
    programmes: Sequence[Programme]
    pillars: Sequence[Pillar]


def work_of(
    user: User, roles: Sequence[Acting], *, on: date, sent: tuple[Organisation, FlagForm] | None = None
) -> list[Work]:
    """What waits for the person in each of their organisations. `sent` is a form with a mistake in it, and whose."""
    loaded = _load(user, roles, on=on)
    forms = {sent[0].pk: sent[1]} if sent else {}
    return [_work(acting, loaded, on=on, bound=forms.get(acting.organisation.pk)) for acting in roles]


# Asking


def _load(user: User, roles: Sequence[Acting], *, on: date) -> Loaded:
    every = [each.organisation.pk for each in roles]
    slugs = [each.organisation.slug for each in roles]
    writing = [each.organisation.pk for each in roles if each.may("position.read_draft")]
    versions = _versions(every, writing)
    return Loaded(
        versions=versions,
        saves=_saves(versions),
        aside=_aside(user, writing),
        stale=_by(stale_positions(on=on, organisations=slugs), "organisation"),
        expired=_expired(writing, on=on),
        flags=_by(in_order(flags_due(on=on, organisations=slugs, are_private=True)), "organisation"),
        said=_by(said_of_flags(user, writing), "organisation_id"),
        lately=_lately(every, on=on),
        programmes=list(Programme.objects.known(on=on)),
        pillars=list(Pillar.objects.known(on=on).select_related("programme")),
    )


def _versions(every: Collection[int], writing: Collection[int]) -> dict[int, list[PositionVersion]]:
    """What is published by each organisation, and what is being written where the person writes."""
    found = PositionVersion.objects.filter(position__organisation__in=every, state__in=STANDING)
    found = found.select_related(*JOINED).defer("text", "draft").order_by("position__programme__number")
    of: defaultdict[int, list[PositionVersion]] = defaultdict(list)
    for version in found:
        if version.state == State.PUBLISHED or version.position.organisation_id in writing:
            of[version.position.organisation_id].append(version)
    return {key: sorted(each, key=lambda version: _order(version)) for key, each in of.items()}


def _order(version: PositionVersion) -> tuple[int, int, str]:
    """By programme, then by pillar with its single commitments behind it."""
    position = version.position
    pillar = position.commitment.pillar if position.commitment else position.pillar
    reference = position.commitment.reference if position.commitment else ""
    return (position.programme.number, pillar.number if pillar else 0, reference)


def _saves(versions: Mapping[int, Iterable[PositionVersion]]) -> dict[int, list[Save]]:
    """By version, who has words in it, the last first."""
    keys = [each.pk for found in versions.values() for each in found if each.state != State.PUBLISHED]
    kept = Edit.objects.filter(version__in=keys, is_set_aside=False).order_by()
    rows = kept.values_list("version", "by", "by__name", "by__email").annotate(last=Max("at"))
    found: defaultdict[int, list[Save]] = defaultdict(list)
    for version, by, name, email, last in rows:
        found[version].append(Save(by, name or email, last))
    return {key: sorted(each, key=lambda save: save.at, reverse=True) for key, each in found.items()}


def _aside(user: User, writing: Collection[int]) -> dict[int, list[Edit]]:
    """By organisation, the person's words that were set aside and not settled."""
    waiting = Edit.objects.waiting().filter(by=user, version__position__organisation__in=writing).order_by("at")
    joined = [f"version__{each}" for each in JOINED]
    found: defaultdict[int, list[Edit]] = defaultdict(list)
    for edit in waiting.select_related(*joined).defer("text", "rest", "version__text", "version__draft"):
        found[edit.version.position.organisation_id].append(edit)
    return found


def _expired(writing: Collection[int], *, on: date) -> set[int]:
    claims = Claim.objects.filter(version__state=State.PUBLISHED, stale_on__lte=on)
    own = claims.filter(version__position__organisation__in=writing)
    return set(own.values_list("version__position", flat=True))


def _lately(every: Collection[int], *, on: date) -> dict[int, list[PositionVersion]]:
    """By organisation, what was published or withdrawn lately, as anybody could have read it."""
    public = [*PositionVersion.PUBLIC_STATES, State.WITHDRAWN]
    found = PositionVersion.objects.filter(position__organisation__in=every, state__in=public)
    newest = found.filter(published_on__gt=on - LATELY, published_on__lte=on).order_by("-published_on", "-pk")
    of: defaultdict[int, list[PositionVersion]] = defaultdict(list)
    for version in newest.select_related(*JOINED).defer("text", "draft"):
        of[version.position.organisation_id].append(version)
    return of


def _by(found: Iterable[Any], name: str) -> dict[Any, list[Any]]:
    of: defaultdict[Any, list[Any]] = defaultdict(list)
    for each in found:
        of[getattr(each, name)].append(each)
    return of


# Putting together


def _work(acting: Acting, loaded: Loaded, *, on: date, bound: FlagForm | None) -> Work:
    versions = loaded.versions.get(acting.organisation.pk, [])
    stale = loaded.stale.get(acting.organisation.slug, [])
    begun = {each.position.programme_id for each in versions}
    programmes = [each for each in loaded.programmes if each.kind != Programme.Kind.REVIEW or each.pk in begun]
    work = Work(acting)
    work.progress = progress_of(versions, stale, programmes=programmes, pillars=loaded.pillars)
    flags = [*loaded.flags.get(acting.organisation.slug, []), *loaded.flags.get("", [])]
    if work.writes:
        heaps = _heaps(acting, versions, stale, loaded)
        work.heaps = [heap for heap in heaps if heap.items]
    else:
        work.lately = [_lately_item(each, acting) for each in loaded.lately.get(acting.organisation.pk, ())]
    others = [flag for flag in flags if flag.kind != FlagKind.POSITION_STALE]
    said = loaded.said.get(acting.organisation.pk, ())
    work.flags = flags_on_desk(acting, others, said, on=on, bound=bound)
    return work


def _heaps(
    acting: Acting, versions: Sequence[PositionVersion], stale: Sequence[StalePosition], loaded: Loaded
) -> list[Heap]:
    """Everything that could wait: first what is nearest to being lost, last what waits for others."""
    drafts = [each for each in versions if each.state == State.DRAFT]
    returned = [each for each in versions if each.state == State.RETURNED]
    submitted = [each for each in versions if each.state == State.SUBMITTED]
    own = [each for each in submitted if _is_own(each, acting, loaded)] if acting.may("position.publish") else []
    to_approve = [each for each in submitted if each not in own] if acting.may("position.publish") else []
    waiting = own if acting.may("position.publish") else submitted
    open_on = {each.position_id for each in (*drafts, *returned, *submitted)}
    lede = SOMEBODY_ELSE if own else ""
    return [
        Heap("aside", "Your words that are not in a draft", _aside_items(acting, loaded), ASIDE),
        Heap("approve", "To approve", [_approve_item(each, acting, loaded) for each in to_approve]),
        Heap("returned", "Returned to you", [_returned_item(each, acting, loaded) for each in returned]),
        Heap("stale", "Stale", _stale_items(acting, stale, open_on, loaded), STALE),
        Heap("drafts", "Drafts", [_draft_item(each, acting, loaded) for each in drafts]),
        Heap("waiting", "Waiting for approval", [_waiting_item(each, acting, loaded) for each in waiting], lede),
    ]


def _is_own(version: PositionVersion, acting: Acting, loaded: Loaded) -> bool:
    """Whether the person wrote or submitted some of it, so that somebody else has to approve it."""
    writers = {save.by for save in loaded.saves.get(version.pk, ())}
    return acting.user.pk in writers or version.submitted_by_id == acting.user.pk


def _item(version: PositionVersion, acting: Acting, page: str, *notes: str, args: Sequence[Any] = ()) -> Item:
    subject = subject_of(version.position)
    place = [acting.organisation.slug, subject.reference]
    title = subject.commitment.title if subject.commitment else subject.title
    return Item(subject.reference, title, reverse(page, args=[*place, *args]), [note for note in notes if note])


def _aside_items(acting: Acting, loaded: Loaded) -> list[Item]:
    edits = loaded.aside.get(acting.organisation.pk, [])
    return [
        _item(
            each.version,
            acting,
            "position-set-aside",
            f"You saved them {moment_in_words(each.at)}, after somebody else.",
            args=[each.pk],
        )
        for each in edits
    ]


def _approve_item(version: PositionVersion, acting: Acting, loaded: Loaded) -> Item:
    return _item(version, acting, "position-check", _submitted(version), _written_by(version, loaded))


def _returned_item(version: PositionVersion, acting: Acting, loaded: Loaded) -> Item:
    item = _item(version, acting, "position-edit", _last_saved(version, loaded))
    item.quote = version.reason
    return item


def _draft_item(version: PositionVersion, acting: Acting, loaded: Loaded) -> Item:
    return _item(version, acting, "position-edit", _last_saved(version, loaded))


def _waiting_item(version: PositionVersion, acting: Acting, loaded: Loaded) -> Item:
    return _item(version, acting, "position-desk", _submitted(version), _written_by(version, loaded))


def _stale_items(
    acting: Acting, stale: Iterable[StalePosition], open_on: Collection[int], loaded: Loaded
) -> list[Item]:
    """By pillar, as the plan has them."""
    rows = sorted(stale, key=lambda each: (each.programme, each.pillar or 0, each.reference))
    return [_stale_item(each, acting, is_open=each.position in open_on, expired=loaded.expired) for each in rows]


def _stale_item(each: StalePosition, acting: Acting, *, is_open: bool, expired: Collection[int]) -> Item:
    """What went stale and why, with what can be done: said to be still correct, or written anew."""
    reference = each.reference.partition("/")[2]
    place = [acting.organisation.slug, reference]
    item = Item(reference, each.commitment_title or each.title, reverse("position-desk", args=place))
    item.notes = [f"{_sentence(reason)}." for reason in each.reasons]
    if each.position in expired:
        item.notes.append("A point in it can no longer be true as worded, so it needs a new version.")
    item.can_renew = acting.may("position.renew") and each.position not in expired
    if is_open:
        item.notes.append("A new version is being written.")
    elif acting.may("position.write"):
        item.start_url = reverse("position-start", args=place)
    return item


def _submitted(version: PositionVersion) -> str:
    when = f" {moment_in_words(version.submitted_at)}" if version.submitted_at else ""
    return f"Submitted{when} by {version.submitted_by}." if version.submitted_by else f"Submitted{when}."


def _written_by(version: PositionVersion, loaded: Loaded) -> str:
    names = list(dict.fromkeys(save.name for save in loaded.saves.get(version.pk, ())))
    return f"Written by {', '.join(names)}." if names else ""


def _last_saved(version: PositionVersion, loaded: Loaded) -> str:
    """Who saved it last and when; who began it, where nobody has saved it since."""
    if saves := loaded.saves.get(version.pk):
        return f"Last saved {moment_in_words(saves[0].at)} by {saves[0].name}."
    when = f" {moment_in_words(version.started_at)}" if version.started_at else ""
    return f"Begun{when}{f' by {version.started_by}' if version.started_by else ''}, and not saved since."


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


# For a scrutiny member: only what anybody may read


def _lately_item(version: PositionVersion, acting: Acting) -> Item:
    subject = subject_of(version.position)
    title = subject.commitment.title if subject.commitment else subject.title
    words = "Withdrawn" if version.state == State.WITHDRAWN else "Published"
    if version.state != State.WITHDRAWN and version.number > 1:
        words = "A new version was published"
    when = "" if version.state == State.WITHDRAWN or not version.published_on else date_in_words(version.published_on)
    return Item(
        subject.reference,
        title,
        _public_url(version.position, acting.organisation.slug),
        [f"{words} {when}".strip() + "."],
    )


def _public_url(position: Position, slug: str) -> str:
    """Where anybody reads it, beside what the plan promises."""
    if named := position.commitment or position.pillar:
        return f"{named.get_absolute_url()}?council={slug}"
    return position.organisation.get_absolute_url()

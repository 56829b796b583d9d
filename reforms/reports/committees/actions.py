"""What is done about committees: one is added or changed, asks for something, is answered, and its chair closes it.

Nothing is lost. Replies are added and never changed; the newest counts. The chair names the revision that they read,
and the condition stands in the UPDATE itself: where another reply has come since, nothing happens and they are shown
it.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.text import slugify

from councils.models import Membership
from councils.permissions import NotAllowedError, require
from pillars.models import Organisation
from reforms.base.audit import record_event
from reforms.base.clock import civil_day
from reforms.base.models import User
from reforms.reports.committees.due import REJECTED, State, due_after
from reforms.reports.models import Committee, CommitteeAction, CommitteeReply, CommitteeReport

LONGEST_SLUG = 80
VERDICTS = CommitteeReply.Verdict
IN_PRINCIPLE = (
    "“In principle” is not an answer here. Choose Accepted, Accepted in part or Rejected, "
    "and say what will happen by when"
)
CHANGED = "It has changed since you read it. Nothing was closed: read what is new, then decide."
OVERTAKEN = "Somebody else has changed this committee since you opened it. Nothing of yours is saved yet"
CLOSED = "The chair has closed this. A new request has to come from the committee."


class RefusedError(Exception):
    """It cannot be done. The words are for whoever asked; `field` is the part of the form that they are about."""

    def __init__(self, words: str, field: str = "") -> None:
        super().__init__(words)
        self.field = field


class ChangedError(RefusedError):
    """It is no longer what the person read."""


@transaction.atomic
def add_committee(*, organisation: Organisation, name: str, chair: User | None, by: User, now: datetime) -> Committee:
    """A new committee, at an address made of its name. Raises NotAllowedError, RefusedError."""
    require(by, "committee.manage", organisation.pk)
    _check_chair(organisation, chair)
    slug = slugify(name)[:LONGEST_SLUG].strip("-") or f"committee-{_count(organisation) + 1}"
    try:
        with transaction.atomic():
            committee = Committee.objects.create(organisation=organisation, slug=slug, name=name, chair=chair)
    except IntegrityError as error:
        raise RefusedError("There is a committee of this name already", "name") from error
    _record_committee("add", committee, by=by, now=now)
    return committee


def _count(organisation: Organisation) -> int:
    return Committee.objects.filter(organisation=organisation).count()


@transaction.atomic
def change_committee(
    *, committee: Committee, read: str, name: str, chair: User | None, by: User, now: datetime
) -> Committee:
    """Name it anew, or say who its chair is. Its address stays. `read` is the mark of what was on the screen.

    Raises NotAllowedError, RefusedError, and ChangedError where somebody else has changed it since.
    """
    require(by, "committee.manage", committee.organisation_id)
    newest = Committee.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=committee.pk)
    if (newest.name, newest.chair_id) == (name, chair.pk if chair else None):
        return newest
    if mark_of(newest) != read:
        raise ChangedError(OVERTAKEN)
    if chair is None or chair.pk != newest.chair_id:
        _check_chair(newest.organisation, chair)
    newest.name, newest.chair = name, chair
    newest.save(update_fields=["name", "chair"])
    _record_committee("change", newest, by=by, now=now)
    return newest


def mark_of(committee: Committee) -> str:
    """What a form carries to say which name and chair were on the screen."""
    return hashlib.sha256(f"{committee.name}\n{committee.chair_id}".encode()).hexdigest()[:32]


def _check_chair(organisation: Organisation, chair: User | None) -> None:
    held = Membership.objects.filter(organisation=organisation, role=Membership.Role.SCRUTINY_MEMBER)
    if chair is not None and not held.filter(user=chair, user__is_active=True).exists():
        raise RefusedError("The chair has to be one of the scrutiny members", "chair")


def _record_committee(verb: str, committee: Committee, *, by: User, now: datetime) -> None:
    slug = committee.organisation.slug
    subject = f"committee:{slug}/{committee.slug}"
    record_event(verb, subject, by=by, now=now, organisation=slug, chair=committee.chair_id)


@transaction.atomic
def record_action(
    *,
    committee: Committee,
    meeting_on: date,
    wording: str,
    owner: str,
    due_on: date | None = None,
    report: CommitteeReport | None = None,
    by: User,
    now: datetime,
) -> CommitteeAction:
    """Put on record what a committee asked for. Without a day of its own an answer is due by the rule.

    The same words of the same meeting are one, however often they are sent. Raises NotAllowedError, RefusedError.
    """
    require(by, "action.record", committee.organisation_id)
    _check_days(meeting_on, due_on, today=civil_day(now))
    if report is not None and (report.committee_id, report.state) != (committee.pk, report.State.PUBLISHED):
        raise RefusedError("Choose a published report of this committee", "report")
    committee = Committee.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=committee.pk)
    if same := committee.actions.filter(meeting_on=meeting_on, wording=wording).first():
        return same
    last = committee.actions.aggregate(last=Max("number"))["last"] or 0
    rule = CommitteeAction.DueRule.COMMITTEE if due_on else CommitteeAction.DueRule.TWO_MONTHS
    action = CommitteeAction.objects.create(
        committee=committee,
        number=last + 1,
        report=report,
        meeting_on=meeting_on,
        wording=wording,
        owner=owner,
        due_on=due_on or due_after(meeting_on),
        due_rule=rule,
        recorded_by=by,
        recorded_at=now,
    )
    _record(action, "record", "", State.OPEN, by=by, now=now, revision=action.revision)
    return action


def _check_days(meeting_on: date, due_on: date | None, *, today: date) -> None:
    if meeting_on > today:
        raise RefusedError("The meeting has not been held yet", "meeting_on")
    if due_on is not None and due_on < meeting_on:
        raise RefusedError("The answer cannot be due before the meeting", "due_on")


@transaction.atomic
def reply_to_action(
    *, action: CommitteeAction, verdict: str, text: str, by_when: date | None, by: User, now: datetime
) -> CommitteeReply:
    """Answer what was asked for. Earlier answers stay, and this one counts. Sent twice it is one.

    Raises NotAllowedError, and RefusedError where the chair has closed it or the answer is none.
    """
    committee = action.committee
    require(by, "action.reply", committee.organisation_id)
    _check_answer(action, verdict, text, by_when)
    by_when = None if verdict == REJECTED else by_when
    # The row is held from here on, so that nobody closes it between this and the reply.
    if not CommitteeAction.objects.filter(pk=action.pk, closed_at=None).update(revision=F("revision") + 1):
        raise RefusedError(CLOSED)
    newest = action.replies.order_by("at", "pk").last()
    if newest and (newest.verdict, newest.text, newest.by_when, newest.by_id) == (verdict, text, by_when, by.pk):
        CommitteeAction.objects.filter(pk=action.pk).update(revision=F("revision") - 1)
        return newest
    # A moment is never before that of the reply which it follows, whatever the clocks of two machines say.
    reply = CommitteeReply.objects.create(
        action=action, verdict=verdict, text=text, by_when=by_when, by=by, at=max(now, newest.at) if newest else now
    )
    action.refresh_from_db()
    before = State.ANSWERED if newest else State.OPEN
    details = {"reply": reply.pk, "verdict": verdict, "revision": action.revision}
    _record(action, "reply", before, State.ANSWERED, by=by, now=now, **details)
    return reply


def _check_answer(action: CommitteeAction, verdict: str, text: str, by_when: date | None) -> None:
    if is_in_principle(verdict):
        raise RefusedError(IN_PRINCIPLE, "verdict")
    if verdict not in VERDICTS.values:
        raise RefusedError("Choose Accepted, Accepted in part or Rejected", "verdict")
    if not text.strip():
        raise RefusedError("Say what will happen, or why nothing will", "text")
    if verdict != REJECTED and by_when is None:
        raise RefusedError("Enter the day by which it will have happened", "by_when")
    if verdict != REJECTED and by_when is not None and by_when < action.meeting_on:
        raise RefusedError("It cannot have happened before the meeting", "by_when")


def is_in_principle(verdict: str) -> bool:
    return "principle" in verdict.casefold()


@transaction.atomic
def close_action(*, action: CommitteeAction, revision: int, words: str, by: User, now: datetime) -> CommitteeAction:
    """Close it, as the chair of the committee, exactly as it was read. `words` may say why.

    Raises NotAllowedError, also for a scrutiny member who is not the chair; ChangedError where there is another reply
    since; RefusedError where it is closed.
    """
    committee = Committee.objects.select_related("organisation").get(pk=action.committee_id)
    require(by, "action.close", committee.organisation_id)
    if committee.chair_id != by.pk:
        raise NotAllowedError("action.close")
    same = CommitteeAction.objects.filter(pk=action.pk, revision=revision, closed_at=None)
    if not same.update(closed_by=by, closed_at=now, closing_words=words, revision=F("revision") + 1):
        newest = CommitteeAction.objects.get(pk=action.pk)
        raise RefusedError("It is closed already.") if newest.closed_at else ChangedError(CHANGED)
    action.refresh_from_db()
    before = State.ANSWERED if action.replies.exists() else State.OPEN
    _record(action, "close", before, State.CLOSED, by=by, now=now, revision=revision)
    return action


def _record(
    action: CommitteeAction, verb: str, before: str, after: str, *, by: User, now: datetime, **details: object
) -> None:
    slug = action.committee.organisation.slug
    subject = f"action:{action.reference}"
    record_event(verb, subject, by=by, now=now, organisation=slug, before=before, after=after, **details)

"""A database with something of everything: what the project loads, people at work, and all odd values we thought of.

A model without a row here fails the drill: see test_drill.py.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import JSONField, Value

from councils.demo import PASSWORD, load_cast
from councils.writing.actions import save_draft
from councils.writing.contents import Consequence, Content, Point
from councils.writing.moves import renew_position
from pillars.models import Anchor, Citation, Commitment, FundingLine, Organisation, Pillar, Source
from reforms.alerts.actions import raise_flags
from reforms.alerts.models import (
    Acknowledgement,
    CalendarEntry,
    CalendarLink,
    EventTold,
    Flag,
    Letter,
    Notice,
    Recipient,
    Subscription,
)
from reforms.base.accounts.invitations import make_invitation
from reforms.base.loading import load
from reforms.base.models import Event, FaultCount, Heartbeat, Invitation, KeptPost, LoadedRecord, SharedValue, User
from reforms.reports.document.values import Block
from reforms.reports.models import Committee, CommitteeAction, CommitteeReport
from reforms.reports.writing.actions import leave_out, publish_report, save_section, start_next, start_report
from tests.builders import make_commitment, make_consultation, make_deadline, make_funding, make_position, make_version
from tests.councils.writing.cast import Cast, covering, make_cast, make_subject, published, start, write

NOW = datetime(2026, 11, 21, 9, 30, 15, 123456, tzinfo=UTC)
DAYS = (date(2023, 4, 21), date(2023, 4, 28), date(2023, 5, 20))
FARTHEST = 9_000_000_000_000
PERSON = "maya.thornbury@example.org"
LONG = "A line of “text” with a tab\tin it, a £ sign, and \\ an oblique.\r\n" * 3_000
ODD_TEXTS = (
    "👩‍👧 Ünïcode é e\u0301 \u202eright to left\u202c \u2028 \u00a0",
    'Robert\'); DROP TABLE "base_user";--',
    " spaces around \n",
    '{"not": "json"}',
    "NULL",
    "\x01\x7f\ufeff\uffff",
)
ODD_JSON = (
    {"z": None, "a": [1, -2.5, 1e16, 0.1, 2**53 + 1, True, False, "", [], {}], "é👩‍👧": {"b": {"c": "\n\t\\\"'"}}},
    [],
    "only text",
    0,
    False,
)


def fill() -> None:
    """Put it all into the database one stands on: empty, and migrated."""
    load(by=None, now=NOW)
    load_cast(settings.FIXTURES_DIR / "demo" / "cast.yaml", password=PASSWORD, now=NOW)
    for day in DAYS:
        raise_flags(on=day, now=NOW)
    person = User.objects.get(email=PERSON)
    _acknowledge(person)
    _give_rights(person)
    _remember(person)
    _write_positions()
    _let_in(person)
    _tell(person)
    _report()
    _write_odd_texts()
    _write_odd_figures()
    _write_odd_moments()
    _write_odd_order()


def _acknowledge(person: User) -> None:
    flag = Flag.objects.open()[0]
    flag.acknowledged_at, flag.acknowledged_by = NOW, person
    flag.save()


def _give_rights(person: User) -> None:
    """By permission and by group; numbers of permissions differ from database to database."""
    group = Group.objects.create(name="Éditeurs")
    group.permissions.set(Permission.objects.filter(codename__endswith="_commitment"))
    person.groups.add(group)
    person.user_permissions.add(Permission.objects.get(codename="view_flag"))
    person.last_login = datetime(2024, 2, 29, 23, 59, 59, 999999, tzinfo=UTC)
    person.save()


def _remember(person: User) -> None:
    kind = ContentType.objects.get_for_model(Commitment)
    LogEntry.objects.create(
        action_time=NOW, user=person, content_type=kind, object_id="7", object_repr="SH-1", action_flag=CHANGE
    )
    LogEntry.objects.create(
        action_time=NOW, user=person, content_type=None, object_repr="Gone", action_flag=CHANGE, change_message=LONG
    )
    for details in ODD_JSON:
        Event.objects.create(at=NOW, by=person, verb="publish", subject="position:a/SH-1", details=details)
    LoadedRecord.objects.create(kind="odd", key="null", values=Value(None, JSONField()), loaded_at=NOW)
    FaultCount.objects.create(part="broker", day=date(2026, 11, 20), count=3, last_at=NOW, last_error="TimeoutError")
    Heartbeat.objects.create(part="scheduled-work", at=NOW)
    Session.objects.create(session_key="a" * 32, session_data="kept nowhere", expire_date=NOW)


def _write_positions() -> None:
    """One written here, published, superseded and renewed, with words that were set aside; and a draft after it."""
    cast, subject = make_cast(), make_subject()
    points = (Point(kind="fact", text="Homes opened.", figure="12", as_at="2022-23"),)
    content = covering(
        subject, Content(text=LONG, points=points, impacts=(Consequence(area="staff", summary="More."),))
    )
    first = published(cast, subject, content)
    published(cast, subject, ODD_TEXTS[0])
    save_draft(version=first, revision=1, content=Content(text=ODD_TEXTS[1]), by=cast.second_officer, now=NOW)
    renew_position(version=first.position.versions.get(state="published"), by=cast.officer, now=NOW)
    write(start(cast, subject), content, by=cast.contributor)


def _let_in(person: User) -> None:
    """By an invitation that is open, one that was used, and an app with recovery codes."""
    guest = User.objects.create_user("guest@example.org", name="Guest")
    make_invitation(person=guest, by=person, now=NOW)
    make_invitation(person=guest, by=None, now=NOW)
    Invitation.objects.filter(withdrawn_at=None).update(accepted_at=NOW)
    TOTP.activate(guest, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(guest)
    SharedValue.objects.create(key="a" * 64, value=[1.5], expires_at=NOW)
    KeptPost.objects.create(person=guest, browser="b" * 64, path="/my-work/", fields={"text": [LONG]}, at=NOW)


def _tell(person: User) -> None:
    """A person and an address outside, letters that wait and that were sent, and two calendars."""
    body, flag = Organisation.objects.get(slug="lincolnshire"), Flag.objects.open()[0]
    about = {"kind": flag.kind, "subject": flag.subject, "due_on": flag.due_on, "threshold": flag.threshold}
    Acknowledgement.objects.create(organisation=body, by=person, at=NOW, reason=ODD_TEXTS[1], **about)
    inside = Recipient.objects.create(person=person, made_at=NOW)
    outside = Recipient.objects.create(address="Reader@example.org", made_at=NOW, confirmed_at=NOW)
    chosen = {"frequency": "weekly", "made_at": NOW}
    Subscription.objects.create(recipient=inside, organisation=body, topic="work", **chosen)
    Subscription.objects.create(recipient=outside, pillar=Pillar.objects.first(), **chosen)
    letters = [_letter(inside, "1", text=LONG), _letter(outside, "2", claim="7" * 32, claimed_until=NOW)]
    event = Event.objects.create(at=NOW, by=person, verb="publish", subject="position:lincolnshire/SH-1")
    EventTold.objects.create(event=event, at=NOW)
    said = {"topic": "work", "frequency": "daily", "title": ODD_TEXTS[0], "reason": "So.", "url": "/", "made_at": NOW}
    Notice.objects.create(recipient=inside, event=event, letter=letters[0], told_at=NOW, **said)
    Notice.objects.create(recipient=outside, flag=flag, is_urgent=True, **said)
    CalendarEntry.objects.create(uid="deadline-1@example.org", content_hash="c" * 64, sequence=3, changed_at=NOW)
    CalendarLink.objects.create(person=person, token_hash="d" * 64, made_at=NOW)


def _report() -> None:
    """To a committee that asked for something and was answered: a report that was published, and the next as a draft.

    In the draft are words that were set aside, and a section that is left out.
    """
    cast = make_cast()
    committee = Committee.objects.create(
        organisation=cast.council, slug="scrutiny", name=ODD_TEXTS[0], chair=cast.scrutiny_member
    )
    first = _published_report(committee, cast)
    second = start_next(report=first, by=cast.officer, now=NOW)
    section = second.sections.get(key="summary")
    said: dict[str, Any] = {"section": section, "revision": 1, "heading": ODD_TEXTS[1], "now": NOW}
    rows = (("Line", "Sum"), ODD_TEXTS[2:4])
    save_section(**said, blocks=[Block(LONG), Block(ODD_TEXTS[0], rows=rows)], by=cast.officer)
    save_section(**said, blocks=[Block(ODD_TEXTS[1], source="pillar:a/1", stamp="b")], by=cast.second_officer)
    leave_out(section=second.sections.get(key="rules"), is_left_out=True, by=cast.officer, now=NOW)
    _ask(committee, first, cast)


def _published_report(committee: Committee, cast: Cast) -> CommitteeReport:
    pillar = Pillar.objects.all()[0]
    report = start_report(
        organisation=cast.council,
        committee=committee,
        programme=pillar.programme,
        pillars=[pillar],
        layout="scrutiny",
        depth="headline",
        meeting_on=date(2026, 12, 4),
        as_at_on=NOW.date(),
        since=DAYS[0],
        subject=ODD_TEXTS[0],
        on_behalf_of=ODD_TEXTS[1],
        author="An officer",
        contact="democratic services",
        with_drafts=False,
        by=cast.officer,
        now=NOW,
    )
    read = {section.key: section.revision for section in report.sections.all()}
    return publish_report(report=report, revision=report.revision, read=read, by=cast.approver, now=NOW)


def _ask(committee: Committee, report: CommitteeReport, cast: Cast) -> None:
    """For two things, of which one is answered and closed."""
    meeting = {"committee": committee, "meeting_on": report.meeting_on, "due_on": date(2027, 2, 4)}
    asked = {"owner": "Director", "due_rule": "two_months", "recorded_by": cast.officer, "recorded_at": NOW, **meeting}
    CommitteeAction.objects.create(number=1, wording=ODD_TEXTS[1], **asked)
    action = CommitteeAction.objects.create(number=2, wording=LONG, report=report, **asked)
    for verdict, by_when in (("in_part", date(9999, 12, 31)), ("rejected", None)):
        action.replies.create(verdict=verdict, text=ODD_TEXTS[0], by_when=by_when, by=cast.officer, at=NOW)
    action.closed_by, action.closed_at, action.closing_words = cast.scrutiny_member, NOW, ODD_TEXTS[1]
    action.save()


def _letter(recipient: Recipient, number: str, *, text: str = "So.", **claim: Any) -> Letter:
    moments = {"made_at": NOW, "not_before": NOW}
    named = {"key": f"digest:{number}", "message_id": f"<{number}@example.org>", "subject": "So", "kind": "digest"}
    return Letter.objects.create(recipient=recipient, text=text, **named, **moments, **claim)


def _write_odd_texts() -> None:
    for number, text in enumerate((*ODD_TEXTS, LONG), start=1):
        make_version(make_position(), text=text)
        User.objects.create_user(f"odd-{number}@example.org", name=text[:150])


def _write_odd_figures() -> None:
    commitment = make_commitment()
    for amount in ("999999999999.99", "-999999999999.99", "0.01", "0", "12345.6"):
        line = make_funding(commitment, amount=Decimal(amount), amount_from=Decimal(amount), years=["2023-24"])
        line.also_funds.add(commitment)
    make_funding(commitment, shape=FundingLine.Shape.PERCENTAGE, amount=None, percent=Decimal("-0.05"))


def _write_odd_moments() -> None:
    """11:59pm in summer, the hour that comes twice in autumn, microseconds, and days at either end of the calendar."""
    make_consultation(closes_on=date(2023, 5, 11))
    for moment in (
        datetime(2023, 10, 29, 0, 30, tzinfo=UTC),
        datetime(2023, 10, 29, 1, 30, tzinfo=UTC),
        datetime(2038, 1, 19, 3, 14, 8, 1, tzinfo=UTC),
    ):
        make_consultation(opens_at=moment - timedelta(microseconds=1), closes_at=moment)
    make_deadline(earliest=date(1, 1, 1), latest=date(9999, 12, 31))
    make_deadline(earliest=date(2024, 2, 29))


def _write_odd_order() -> None:
    """A part that stands before its whole, and numbers far apart."""
    anchor = Anchor.objects.first()
    whole = make_commitment(pk=5_000_000_000)
    make_commitment(parent=whole, programme=whole.programme, pk=4_999_999_999)
    source = Source.objects.first()
    assert source
    assert anchor
    citation = Citation.objects.create(pk=FARTHEST, source=source, locator="away", number=2_147_483_647)
    anchor.citations.add(citation)

"""Run by the code of a release, in its folder: fills a database as people who use that release would.

DATABASE_URL=… python filling.py schema               makes the tables, and prints the SQL that made them
DATABASE_URL=… python filling.py first FIXTURES       fills them, and prints every row as SQL
DATABASE_URL=… python filling.py later FIXTURES       goes on writing, and prints every further row
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

NOW = datetime(2026, 11, 21, 9, 30, 15, 123456, tzinfo=UTC)
LATER = datetime(2026, 11, 22, 9, 30, 15, 654321, tzinfo=UTC)
FIRST_DAY, LATER_DAY = date(2023, 4, 21), date(2023, 4, 28)
PASSWORD = "kites-and-balloons"
OURS = ("base", "pillars", "councils", "consultations", "alerts", "reports")
KEPT = (*OURS, "admin", "auth", "account", "mfa", "socialaccount")
DEFINITION = re.compile(r"\s*(?:SET CONSTRAINTS [^;]+ IMMEDIATE; *)?((CREATE|ALTER|DROP|COMMENT)\b.*)", re.DOTALL)
"""Django checks what a foreign key has put off before it drops the key; in a database without rows there is nothing."""
OF_TRIGGERS = re.compile(r"\s*((CREATE|DROP)( CONSTRAINT)? TRIGGER|COMMENT ON TRIGGER|SELECT setval)\b")
DATA_STANDS_HERE = "-- The data stand here: data.sql"


def schema() -> Iterator[str]:
    """Migrate, and tell what that made; triggers stand last, below the place of the data."""
    from django.db import connection

    made = {"sqlite": made_in_sqlite, "postgresql": made_in_postgresql}[connection.vendor]()
    triggers = [statement for statement in made if OF_TRIGGERS.match(statement)]
    yield from (f"{statement};" for statement in made if statement not in triggers)
    yield DATA_STANDS_HERE
    yield from (f"{statement};" for statement in triggers)


def made_in_sqlite() -> list[str]:
    """The database keeps the statements itself."""
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
        return [sql.strip() for (sql,) in cursor.fetchall()]


def made_in_postgresql() -> list[str]:
    """Every definition as it was given, and each table's next number after its last."""
    from django.core.management import call_command
    from django.core.management.color import no_style
    from django.db import connection

    given: list[str] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not params and (found := DEFINITION.match(sql)):
            given.append(found[1].strip().rstrip(";"))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        call_command("migrate", interactive=False, verbosity=0)
    numbering = connection.ops.sequence_reset_sql(no_style(), [*kept_models(), *made_by_migrate()])
    return given + [statement.rstrip(";") for statement in numbering]


def first(folder: Path) -> Iterator[str]:
    """Load fixtures, make people, raise flags."""
    from django.db.migrations.recorder import MigrationRecorder

    from reforms.alerts.actions import raise_flags
    from reforms.base.loading import load

    load([folder], by=None, now=NOW)
    person = make_person("robin@example.org", NOW)
    keep_house("scheduled-work", NOW)
    let_in(person, NOW)
    write_position(person, NOW)
    raise_flags(on=FIRST_DAY, now=NOW)
    acknowledge(person, NOW)
    tell(person, NOW)
    report(person, NOW)
    MigrationRecorder.Migration.objects.update(applied=NOW)
    yield from inserts(dict.fromkeys(map(label, kept_models()), 0))
    yield from inserts(dict.fromkeys(map(label, made_by_migrate()), 0), made_by_migrate())


def later(folder: Path) -> Iterator[str]:
    """One more of everything."""
    from reforms.alerts.actions import raise_flags
    from reforms.base.loading import load

    before = numbers()
    person = make_person("wren@example.org", LATER)
    keep_house("worker", LATER)
    let_in(person, LATER)
    load([folder], by=person, now=LATER)
    write_position(person, LATER)
    raise_flags(on=LATER_DAY, now=LATER)
    tell(person, LATER)
    report(person, LATER)
    yield from inserts(before)


def make_person(email: str, now: datetime) -> Any:
    """Somebody who may do something, in every way there is."""
    from django.contrib.admin.models import CHANGE, LogEntry
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import Group, Permission
    from django.contrib.contenttypes.models import ContentType

    from councils.models import Membership
    from pillars.models import Commitment, Organisation
    from reforms.base.models import Event, User

    password = make_password(PASSWORD, salt="kept")
    person = User.objects.create(email=email, name="Róbin “Kite”", password=password, joined_at=now, is_staff=True)
    group = Group.objects.create(name=f"Friends of {email}")
    group.permissions.add(Permission.objects.get(codename="view_commitment"))
    person.groups.add(group)
    person.user_permissions.add(Permission.objects.get(codename="view_flag"))
    Membership.objects.create(user=person, organisation=Organisation.objects.get(slug="ambleforth"), role="officer")
    kind = ContentType.objects.get_for_model(Commitment)
    LogEntry.objects.create(
        action_time=now, user=person, content_type=kind, object_id="1", object_repr="KA-1-01", action_flag=CHANGE
    )
    Event.objects.create(at=now, by=person, verb="correct", subject="commitment:KA-1-01", details={"count": 1})
    return person


def keep_house(part: str, now: datetime) -> None:
    """What the service remembers of itself. (Release 0.1.0 remembered nothing.)"""
    from django.apps import apps

    models = apps.all_models["base"]
    if "heartbeat" in models:
        models["heartbeat"].objects.create(part=part, at=now)
        models["faultcount"].objects.create(part=part, day=now.date(), count=1, last_at=now, last_error="TimeoutError")


def let_in(person: Any, now: datetime) -> None:
    """Every way of letting somebody in, and what the service keeps of it."""
    from allauth.account.models import EmailAddress, EmailConfirmation
    from allauth.mfa.models import Authenticator
    from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken

    from reforms.base.models import Invitation, KeptPost, SharedValue

    address = EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    EmailConfirmation.objects.create(email_address=address, created=now, sent=now, key=f"key of {person.email}")
    Authenticator.objects.create(user=person, type="totp", data={"secret": "KITES"}, created_at=now)
    app = SocialApp.objects.create(provider="openid_connect", provider_id="kites", name="Kites", client_id="kites")
    account = SocialAccount.objects.create(user=person, provider="kites", uid=person.email, extra_data={})
    SocialAccount.objects.filter(pk=account.pk).update(last_login=now, date_joined=now)
    SocialToken.objects.create(app=app, account=account, token="kept nowhere")
    Invitation.objects.create(user=person, token_hash=f"hash of {person.email}", made_at=now, expires_at=now)
    SharedValue.objects.create(key=f"key of {person.email}", value=[1.5], expires_at=now)
    KeptPost.objects.create(person=person, browser="b", path="/my-work/", fields={"text": ["Words."]}, at=now)


def write_position(person: Any, now: datetime) -> None:
    """A draft on a commitment that nobody has spoken of yet, with all that belongs to it."""
    from councils.models import Decision, Edit, Position, PositionVersion, Renewal
    from pillars.models import Commitment, Organisation

    body = Organisation.objects.get(slug="ambleforth")
    spoken = Position.objects.filter(organisation=body, commitment__isnull=False).values("commitment")
    commitment = Commitment.objects.exclude(pk__in=spoken).earliest("pk")
    position = Position.objects.create(organisation=body, programme=commitment.programme, commitment=commitment)
    version = PositionVersion.objects.create(
        position=position,
        number=1,
        state="draft",
        origin="written",
        text="We fly “kites”.",
        draft={"points": []},
        known_on=now.date(),
        started_by=person,
        started_at=now,
    )
    Edit.objects.create(version=version, by=person, at=now, based_on=1, revision=2, text="We fly.", rest={})
    Decision.objects.create(version=version, move="start", by=person, at=now, revision=1)
    Renewal.objects.create(version=version, by=person, at=now, renewed_on=now.date(), review_on=date(2027, 5, 21))


def acknowledge(person: Any, now: datetime) -> None:
    from reforms.alerts.models import Flag

    Flag.objects.filter(pk=Flag.objects.earliest("pk").pk).update(acknowledged_at=now, acknowledged_by=person)


def tell(person: Any, now: datetime) -> None:
    """Somebody who is told of a flag and of an event by letter, and who reads a calendar."""
    from pillars.models import Organisation
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
    from reforms.base.models import Event

    number, body, flag = str(person.pk), Organisation.objects.get(slug="ambleforth"), Flag.objects.earliest("pk")
    about = {"kind": flag.kind, "subject": f"{flag.subject}-{number}", "due_on": flag.due_on}
    Acknowledgement.objects.create(organisation=body, by=person, at=now, reason="Seen.", **about)
    event = Event.objects.create(at=now, by=person, verb="publish", subject=f"position:ambleforth/{number}")
    EventTold.objects.create(event=event, at=now)
    recipient = Recipient.objects.create(person=person, key=f"key of {number}", made_at=now)
    Subscription.objects.create(recipient=recipient, organisation=body, topic="work", frequency="daily", made_at=now)
    letter = Letter.objects.create(
        key=f"digest:{number}",
        kind="digest",
        recipient=recipient,
        message_id=f"<{number}@kites.example>",
        subject="Kites",
        text="They fly.",
        made_at=now,
        not_before=now,
    )
    told = {"recipient": recipient, "topic": "work", "frequency": "daily", "title": "Kites", "reason": "They fly"}
    for source in ({"event": event}, {"flag": flag}):
        Notice.objects.create(**source, **told, url="/flags/", made_at=now, letter=letter, told_at=now)
    CalendarEntry.objects.create(uid=f"kites-{number}", content_hash="hash", changed_at=now)
    CalendarLink.objects.create(person=person, token_hash=f"hash of {number}", made_at=now)


def report(person: Any, now: datetime) -> None:
    """A draft and a published report to a committee, and something that it asked for."""
    from pillars.models import Organisation, Pillar
    from reforms.reports.models import (
        Committee,
        CommitteeAction,
        CommitteeReply,
        CommitteeReport,
        ReportSection,
        SectionEdit,
    )

    body, pillar, day = Organisation.objects.get(slug="ambleforth"), Pillar.objects.earliest("pk"), now.date()
    committee = Committee.objects.create(
        organisation=body, slug=f"kites-{person.pk}", name="Kites “board”", chair=person
    )
    plain = {"organisation": body, "committee": committee, "programme": pillar.programme, "subject": "Kites"}
    written = {"layout": "board", "depth": "every", "meeting_on": day, "as_at": day, "started_by": person}
    frozen = {"published_by": person, "published_at": now, "published_on": day, "frozen": {"subject": "Kites “fly”"}}
    number = CommitteeReport.objects.filter(organisation=body).count() + 1
    first = CommitteeReport.objects.create(
        number=number, state="published", digest="d", started_at=now, **plain, **written, **frozen
    )
    draft = CommitteeReport.objects.create(number=number + 1, replaces=first, started_at=now, **plain, **written)
    draft.pillars.add(pillar)
    says = {"heading": "Summary", "blocks": [{"text": "We fly “kites”."}]}
    section = ReportSection.objects.create(report=draft, key="summary", place=1, **says)
    SectionEdit.objects.create(section=section, by=person, at=now, based_on=0, revision=1, **says)
    due = {"meeting_on": day, "due_on": date(2027, 1, 21), "due_rule": "two_months", "owner": "Director of kites"}
    action = CommitteeAction.objects.create(committee=committee, number=1, report=first, wording="Fly.", **due)
    CommitteeReply.objects.create(action=action, verdict="accepted", text="We will.", by_when=day, by=person, at=now)


def kept_models() -> list[Any]:
    """Every model that people's data are in, those of links included."""
    from django.apps import apps

    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in KEPT]
    return [model for model in models if model._meta.label not in ("auth.Permission", "base.DataVersion")]


def made_by_migrate() -> list[Any]:
    """The models whose rows come with the tables."""
    from django.contrib.auth.models import Permission
    from django.contrib.contenttypes.models import ContentType
    from django.db.migrations.recorder import MigrationRecorder

    return [MigrationRecorder.Migration, ContentType, Permission]


def label(model: Any) -> str:
    return model._meta.label


def numbers() -> dict[str, int]:
    """The last number of each table."""
    from django.db.models import Max

    return {label(model): model._base_manager.aggregate(last=Max("pk"))["last"] or 0 for model in kept_models()}


def inserts(after: dict[str, int], models: Any = None) -> Iterator[str]:
    """Every row after these numbers, as this release writes it: all of the columns that it knows are named."""
    for model in models or kept_models():
        for row in model._base_manager.filter(pk__gt=after[label(model)]).order_by("pk"):
            fields = model._meta.concrete_fields
            columns = ", ".join(f'"{field.column}"' for field in fields)
            values = ", ".join(literal(getattr(row, field.attname), field) for field in fields)
            yield f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({values});'  # noqa: S608


def literal(value: Any, field: Any) -> str:
    """A value in the SQL that SQLite and PostgreSQL have in common, as Django would write it."""
    if value is None and field.null:
        return "NULL"
    if field.get_internal_type() == "JSONField":
        return quoted(json.dumps(value))
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, Decimal)):
        return str(value)
    if isinstance(value, datetime):
        return quoted(str(value.astimezone(UTC).replace(tzinfo=None)))
    return quoted(str(value))


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


if __name__ == "__main__":
    import django
    from django.utils import timezone

    # The release's own code, not that of the folder this file lies in.
    sys.path[0] = os.getcwd()
    os.environ["DJANGO_SETTINGS_MODULE"] = "reforms.settings"
    # A migration that fills a new column with the moment of its running would be another each time.
    timezone.now = lambda: NOW
    django.setup()
    work, *paths = sys.argv[1:]
    for line in {"schema": schema, "first": first, "later": later}[work](*map(Path, paths)):
        sys.stdout.write(f"{line}\n")

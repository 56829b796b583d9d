"""A database with something of everything: what the project loads, people at work, and all odd values we thought of.

A model without a row here fails the drill: see test_drill.py.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import JSONField, Value

from councils.demo import PASSWORD, load_cast
from pillars.models import Anchor, Citation, Commitment, FundingLine, Source
from reforms.alerts.actions import raise_flags
from reforms.alerts.models import Flag
from reforms.base.loading import load
from reforms.base.models import Event, FaultCount, Heartbeat, LoadedRecord, User
from tests.builders import make_commitment, make_consultation, make_deadline, make_funding, make_position, make_version

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

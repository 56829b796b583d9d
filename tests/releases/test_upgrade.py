"""A database of each release there has been, with data in it, taken over by this one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

import psycopg
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations.operations import AddField
from django.db.migrations.state import ProjectState
from django.test import Client
from django.urls import reverse

from consultations.models import Consultation
from councils.models import Council
from pillars.models import Commitment, Pillar, Programme, Source
from reforms.alerts.actions import raise_flags
from reforms.base import clock
from reforms.base.loading import load
from reforms.base.models import Event, User
from tests.both_kinds import KINDS, BothKinds
from tests.contents import contents
from tests.releases.filling import LATER, LATER_DAY, PASSWORD
from tests.releases.kept import Release, plain_connection, releases, rows_of, write
from tests.releases.schema import differences, schema_of

CHANGING = {"django_migrations", "django_content_type", "auth_permission", "base_dataversion", "base_datamark"}
"""Tables that an upgrade adds to."""


@dataclass
class Upgrade:
    """A database of a release, before and after."""

    both_kinds: BothKinds
    release: Release
    kind: str
    url: str
    before: dict[str, dict[str, list]]


@pytest.fixture(
    scope="module",
    params=[
        # Every day the kind that is in service; the other with the long tests.
        pytest.param((release, kind), id=f"{release}-{kind}", marks=() if kind == "postgresql" else pytest.mark.long)
        for release in releases()
        for kind in KINDS
    ],
)
def upgrade(request, both_kinds: BothKinds) -> Upgrade:
    """Made, upgraded, and only read by the tests."""
    release, kind = request.param
    url = release.make(both_kinds, kind)
    before = rows_of(url)
    with both_kinds.standing_on(url):
        call_command("migrate", interactive=False, verbosity=0)
    return Upgrade(both_kinds, release, kind, url, before)


@pytest.fixture
def borrowed(upgrade: Upgrade) -> Iterator[str]:
    """The upgraded database to stand on; what is written is rolled back."""
    with upgrade.both_kinds.standing_on(upgrade.url), transaction.atomic():
        yield upgrade.url
        transaction.set_rollback(True)


@pytest.fixture
def copied(upgrade: Upgrade) -> Iterator[str]:
    """A copy of the upgraded database, for others to write to; one stands on it."""
    url = upgrade.both_kinds.copy(upgrade.url)
    with upgrade.both_kinds.standing_on(url):
        yield url


def test_every_value_of_before_is_still_there(upgrade):
    after = rows_of(upgrade.url)
    for table in upgrade.before.keys() - CHANGING:
        for column, values in upgrade.before[table].items():
            assert after[table].get(column) == values, f"{table}.{column}"


def test_what_an_upgrade_adds_to_keeps_its_numbers(upgrade):
    """People's rights and the administrators' log refer to these by number."""
    after = rows_of(upgrade.url)
    for table in ("django_content_type", "auth_permission"):
        was, now = (list(zip(*found[table].values(), strict=True)) for found in (upgrade.before, after))
        assert set(was) <= set(now)


def test_schema_is_that_of_a_new_database(upgrade):
    new = upgrade.both_kinds.template(upgrade.kind)
    with plain_connection(upgrade.url) as old_connection, plain_connection(new) as new_connection:
        assert differences(schema_of(old_connection), schema_of(new_connection)) == {}


def test_models_have_nothing_to_add(borrowed):
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)
    call_command("migrate", check_unapplied=True, verbosity=0)


def test_pages_answer(borrowed):
    client = Client()
    for model in (Programme, Pillar, Commitment, Council, Consultation, Source):
        rows = list(model.objects.known(on=clock.civil_day(clock.now())))  # an abolished council has no page today
        assert rows
        for row in rows:
            assert client.get(row.get_absolute_url()).status_code == 200, row
    for name in ("home", "commitments", "consultations", "councils", "sources", "flags"):
        assert client.get(reverse(name)).status_code == 200, name
    assert client.get("/commitments.json?programme=kites-for-all").json()["count"] == 4


def test_people_sign_in(borrowed):
    client = Client()
    page = client.post(reverse("sign-in"), {"username": "robin@example.org", "password": PASSWORD}, follow=True)
    assert "Róbin" in page.text
    assert User.objects.get().has_perms(["alerts.view_flag", "pillars.view_commitment"])


def test_loader_remembers_what_it_loaded(upgrade, borrowed):
    """The same files change nothing; further files are loaded."""
    fixtures = upgrade.release.folder / "fixtures"
    again = load([fixtures / "first"], by=None, now=LATER)
    assert again.is_quiet, again.lines()
    assert load([fixtures / "later"], by=None, now=LATER).created > 20
    call_command("load_reforms", stdout=StringIO())


def test_job_goes_on_where_it_was(borrowed):
    """Not as on a new database, where the first run tells nobody; what was raised is not raised again."""
    outcome = raise_flags(on=LATER_DAY, now=LATER)
    assert not outcome.is_baseline
    assert outcome.missed_days == 6


@pytest.mark.parametrize("statement", ["UPDATE base_event SET verb = 'x'", "DELETE FROM base_event"])
def test_events_are_still_append_only(borrowed, statement):
    refused = pytest.raises(DatabaseError, match="append-only")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Event.objects.exists()


class TestServersOfThatRelease:
    """While servers are replaced, those of the release before write to the database that is upgraded already."""

    def test_go_on_writing(self, upgrade, copied):
        tables = {line.split('"')[1] for line in upgrade.release.inserts.splitlines()}
        before = {table: count for table, (count, _) in contents(copied).items()}
        write(copied, upgrade.release.inserts)
        after = {table: count for table, (count, _) in contents(copied).items()}
        assert {table for table in tables if after[table] == before[table]} == set()
        assert_pages_show_what_was_written()

    def test_write_to_every_table_of_theirs(self, upgrade):
        """So that no table of theirs goes untried."""
        kept_out = CHANGING | {"django_session"}
        tables = {line.split('"')[1] for line in upgrade.release.inserts.splitlines()}
        assert set(upgrade.before) - kept_out - tables == set()

    def test_cannot_with_a_new_column_that_has_no_default_of_the_databases(self, upgrade, copied):
        """Django's own default is of no help: the old code does not know the column."""
        add_column(models.BooleanField(default=False))
        with pytest.raises(
            (sqlite3.IntegrityError, psycopg.IntegrityError), match=r"(?i)not.null.*is_new|is_new.*not.null"
        ):
            write(copied, upgrade.release.inserts)

    def test_can_with_a_new_column_that_has_one(self, upgrade, copied):
        add_column(models.BooleanField(default=False, db_default=False))
        write(copied, upgrade.release.inserts)


def assert_pages_show_what_was_written() -> None:
    client = Client()
    assert client.get("/councils/carrick/").status_code == 200
    assert "Fill every balloon" in client.get("/commitments/BA-1-01/").text
    assert client.get("/commitments.json?programme=balloons").json()["count"] == 2


def add_column(field: models.Field) -> None:
    """As a migration would."""
    before = ProjectState.from_apps(apps)
    operation = AddField("user", "is_new", field)
    after = before.clone()
    operation.state_forwards("base", after)
    with connection.schema_editor() as editor:
        operation.database_forwards("base", editor, before, after)


@pytest.mark.long
def test_both_kinds_hold_the_same(both_kinds):
    """What a release wrote to either kind is one and the same, and so is what becomes of it."""
    for release in releases():
        found = []
        for kind in KINDS:
            url = release.make(both_kinds, kind)
            with both_kinds.standing_on(url):
                call_command("migrate", interactive=False, verbosity=0)
            write(url, release.inserts)
            found.append(contents(url))
        assert found[0] == found[1]

"""Every write to what public pages show moves the data version, by whatever road it comes; and nothing else does."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client

from consultations.models import Consultation
from councils.models import Position, PositionVersion
from pillars.models import Commitment, Organisation
from reforms.alerts.models import Flag, JobRun
from reforms.base import triggers
from reforms.base.models import DataVersion, Event, FaultCount, Heartbeat, LoadedRecord, User
from tests.builders import (
    DAY,
    make_commitment,
    make_consultation,
    make_organisation,
    make_position,
    make_renewal,
    make_version,
)
from tests.reforms.base.settling import settle
from tests.reforms.pages.making import make_anchor, make_member
from tests.reforms.reports.making import make_action, make_committee, make_reply, make_report

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
WATCHED = {"pillars", "councils", "consultations", "alerts.Flag", "reports"}
"""Rooms whose models show on public pages or decide what does, and single models of other rooms."""
NOT_WATCHED = {"councils.Decision", "councils.Edit", "reports.ReportSection", "reports.SectionEdit"}
"""Single models of those rooms that no public page shows."""
MODELS = apps.get_models(include_auto_created=True)
FOR_EMPTY_TABLES: dict[str, Callable[[], Any]] = {
    "alerts_flag": lambda: make_flag(),
    "councils_membership": lambda: make_member(make_organisation()),
    "councils_renewal": lambda: make_renewal(),
    "pillars_anchor_citations": lambda: make_anchor().citations.add(a_citation()),
    "reports_committee": lambda: make_committee(),
    "reports_committeeaction": lambda: make_action(),
    "reports_committeereply": lambda: make_reply(),
    "reports_committeereport": lambda: make_report(),
    "reports_committeereport_pillars": lambda: make_report(),
}
"""How to make a row where the fixtures make none."""


def make_flag(**values: Any) -> Flag:
    defaults = {"kind": "phase-near", "subject": "phase:a/1", "due_on": DAY, "reason": "Near.", "raised_for": DAY}
    return Flag.objects.create(**defaults | {"raised_at": NOW} | values)


def a_citation() -> Model:
    return apps.get_model("pillars", "Citation").objects.first()


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def rows(question: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


class TestEveryTable:
    """A new model is watched, and this fails until somebody has said so here or has given a reason against it."""

    @pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
    def test_is_watched_or_has_a_reason_not_to_be(self, model: type[Model]):
        is_named = bool({model._meta.app_label, model._meta.label} & WATCHED) and model._meta.label not in NOT_WATCHED

        assert triggers.is_watched(model) == is_named
        assert is_named != bool(triggers.UNWATCHED.get(model._meta.label))

    def test_no_reason_is_left_over(self):
        assert {model._meta.label for model in MODELS} >= triggers.UNWATCHED.keys()

    @pytest.mark.django_db
    @pytest.mark.parametrize("table", triggers.watched_tables())
    def test_moves_the_version_when_a_row_is_written_as_it_was(self, table: str):
        if table in FOR_EMPTY_TABLES:
            FOR_EMPTY_TABLES[table]()
        before = settle()
        execute(f"UPDATE {table} SET id = id")  # noqa: S608

        assert settle() > before

    @pytest.mark.django_db
    def test_the_database_has_all_triggers_and_no_other(self):
        """So says the database itself; on SQLite, which has one for each verb, for each of them."""
        asked = {
            "sqlite": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'",
            "postgresql": "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal",
        }
        verbs = {"sqlite": ["insert", "update", "delete"], "postgresql": ["marks"]}[connection.vendor]
        words = [*verbs, "refuses_change_of"]
        tables = [table for table, name in rows(asked[connection.vendor]) if any(word in name for word in words)]

        assert sorted(tables) == sorted(triggers.watched_tables() * len(verbs) + others())


def others() -> list[str]:
    """Tables with triggers of another kind that have these words in their names."""
    refusing = [each.table for each in triggers.declared_refusals()]
    if connection.vendor == "postgresql":
        return ["base_datamark", *refusing]
    return [*["base_event"] * 2, *refusing]


@pytest.mark.django_db
class TestEveryRoad:
    def create(self) -> None:
        make_organisation()

    def save(self) -> None:
        found = Organisation.objects.first()
        assert found
        found.save()

    def update_many(self) -> None:
        Organisation.objects.update(name="Renamed")

    def update_in_bulk(self) -> None:
        Commitment.objects.bulk_update(Commitment.objects.all(), ["title"])

    def create_in_bulk(self) -> None:
        Organisation.objects.bulk_create([Organisation(slug="a", name="A", kind=Organisation.Kind.DEPARTMENT)])

    def create_unless_there(self) -> None:
        new = Organisation(slug="a", name="A", kind=Organisation.Kind.DEPARTMENT)
        Organisation.objects.bulk_create([new], ignore_conflicts=True)

    def create_or_change(self) -> None:
        found = Organisation.objects.first()
        Organisation.objects.bulk_create([found], update_conflicts=True, unique_fields=["slug"], update_fields=["name"])

    def link(self) -> None:
        make_consultation().about.add(make_commitment())

    def unlink(self) -> None:
        Consultation.about.through.objects.all().delete()

    def delete(self) -> None:
        Position.objects.filter(versions=None).delete()

    def delete_by_hand(self) -> None:
        execute("DELETE FROM councils_positionversion_covers")

    def change_by_hand(self) -> None:
        execute("UPDATE pillars_commitment SET title = 'By hand'")

    def save_a_draft(self) -> None:
        """Not public, but it may be tomorrow: nobody has to remember what is."""
        make_version(Position.objects.first(), state=PositionVersion.State.DRAFT, origin=PositionVersion.Origin.WRITTEN)

    @pytest.mark.parametrize(
        "road",
        [
            "create", "save", "update_many", "update_in_bulk", "create_in_bulk", "create_unless_there",
            "create_or_change", "link", "unlink", "delete", "delete_by_hand", "change_by_hand", "save_a_draft",
        ],
    )  # fmt: skip
    def test_moves_the_version(self, road: str):
        make_position()
        before = settle()
        getattr(self, road)()

        assert settle() > before

    def test_to_empty_a_table_does_too(self):
        if connection.vendor == "sqlite":
            pytest.skip("SQLite empties a table by deleting its rows")
        before = settle()
        execute("TRUNCATE councils_membership")

        assert settle() > before


@pytest.mark.django_db
class TestNothingElse:
    def work_of_the_service(self) -> None:
        Heartbeat.objects.create(part="a-part", at=NOW)
        FaultCount.objects.create(part="a-part", day=DAY, last_at=NOW)
        JobRun.objects.create(job="a-job", for_day=DAY, finished_at=NOW, outcome=JobRun.Outcome.DONE)
        LoadedRecord.objects.create(kind="a-kind", key="a", values={}, loaded_at=NOW)

    def event(self) -> None:
        Event.objects.create(at=NOW, verb="test", subject="a:b")

    def sign_in(self) -> None:
        Client().force_login(User.objects.create_user("maya@example.org"))

    def read(self) -> None:
        list(Commitment.objects.all())

    def change_and_think_again(self) -> None:
        with transaction.atomic():
            make_organisation()
            transaction.set_rollback(True)

    @pytest.mark.parametrize("work", ["work_of_the_service", "event", "sign_in", "read", "change_and_think_again"])
    def test_moves_it(self, work: str):
        before = settle()
        getattr(self, work)()

        assert settle() == before


def change() -> None:
    make_organisation()


def undo(*works: Callable[[], Any]) -> None:
    """Do things inside a savepoint that is then rolled back."""
    with transaction.atomic():
        point = transaction.savepoint()
        for work in works:
            work()
        transaction.savepoint_rollback(point)


@pytest.mark.django_db
class TestSavepoints:
    @pytest.mark.parametrize(
        "works",
        [
            pytest.param([lambda: undo(change), change], id="a change after one undone"),
            pytest.param([change, lambda: undo(change)], id="a change before one undone"),
            pytest.param([change, lambda: undo(settle)], id="the commit's work undone"),
            pytest.param([change, lambda: undo(settle), change], id="the commit's work undone, then a change"),
            pytest.param([change, settle, change], id="a change after the commit's work"),
        ],
    )
    def test_what_stays_moves_the_version(self, works: list[Callable[[], Any]]):
        before = settle()
        for work in works:
            work()

        assert settle() > before

    def test_what_is_undone_does_not(self):
        before = settle()
        undo(change, settle)

        assert settle() == before


def wait_for_the_clock(*, after: int) -> None:
    """On SQLite the clock of the database counts milliseconds, and rounding may leave it one behind."""
    while time.time_ns() // 1_000_000 <= after // 1000 + 1:
        pass


@pytest.mark.django_db
class TestNumber:
    def test_is_never_given_twice_after_an_older_backup_came_back(self):
        given = settle()
        change()
        given_later = settle()
        DataVersion.objects.update(number=given)  # the row as the backup had it
        wait_for_the_clock(after=given_later)
        change()

        assert settle() > given_later

    def test_moves_even_when_the_clock_stands_still_or_goes_back(self):
        ahead = 9_000_000_000_000_000_000
        DataVersion.objects.update(number=ahead)
        change()

        assert settle() >= ahead + 1

    def test_is_the_moment_of_the_write_in_microseconds(self):
        change()

        assert date(2020, 1, 1) < datetime.fromtimestamp(settle() / 1_000_000, tz=UTC).date() < date(2200, 1, 1)

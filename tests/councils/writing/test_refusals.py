"""What was published here keeps its words: the database itself says so, to the project's code and to plain SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from councils.models import Claim, Impact, PositionVersion
from councils.refusals import REFUSALS
from councils.writing.contents import Consequence, Point
from councils.writing.moves import publish_position, withdraw_position
from councils.writing.subjects import Subject
from reforms.base import triggers
from tests.both_kinds import standing_on
from tests.builders import make_impact, make_version, next_number
from tests.councils.writing.cast import NOW, WORDS, Cast, make_cast, make_subject, published, submitted
from tests.engines.databases import Databases, one_of
from tests.reforms.pages.making import make_claim

STATES = ("published", "superseded", "withdrawn")
PARTS = replace(
    WORDS, points=(Point(kind="fact", text="One."),), impacts=(Consequence(area="staff", summary="More.", amount="5"),)
)
REFUSED: dict[str, dict[str, Any]] = {
    "text": {"text": "Other words."},
    "no text": {"text": ""},
    "readiness": {"readiness": "in_place"},
    "day": {"published_on": NOW.date().replace(day=1)},
    "draft": {"draft": {"covers": []}},
    "state": {"state": "draft"},
    "origin": {"origin": "recorded"},
    "text and more": {"text": "Other words.", "reason": "Because.", "revision": 99},
}
ALLOWED: dict[str, dict[str, Any]] = {
    "reason": {"reason": "Because."},
    "revision": {"revision": 99},
    "review": {"review_on": NOW.date().replace(year=2030)},
    "the same": {"text": WORDS.text, "readiness": "not_stated", "draft": None},
}
IN_SQL = {
    "text": "text = 'Other words.'",
    "readiness": "readiness = 'in_place'",
    "day": "published_on = '2026-11-01'",
    "no day": "published_on = NULL, state = 'draft'",
    "draft": "draft = '{}'",
}


def refused(words: str = "keeps its words"):
    return pytest.raises(DatabaseError, match=words)


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def once_published(cast: Cast, state: str) -> PositionVersion:
    """A version that was written here, in one of the states after publishing."""
    subject = make_subject()
    version = published(cast, subject, PARTS)
    if state == "superseded":
        published(cast, subject, "Next.")
    if state == "withdrawn":
        withdraw_position(version=version, revision=version.revision, reason="Wrong.", by=cast.approver, now=NOW)
    return PositionVersion.objects.get(pk=version.pk, state=state)


@pytest.mark.django_db
class TestVersion:
    @pytest.fixture(params=STATES)
    def version(self, cast: Cast, request) -> PositionVersion:
        return once_published(cast, request.param)

    def row(self, version: PositionVersion) -> dict[str, Any]:
        return PositionVersion.objects.filter(pk=version.pk).values()[0]

    @pytest.mark.parametrize("values", REFUSED.values(), ids=REFUSED)
    def test_refuses(self, version: PositionVersion, values: dict[str, Any]):
        before = self.row(version)
        with refused(), transaction.atomic():
            PositionVersion.objects.filter(pk=version.pk).update(**values)

        assert self.row(version) == before

    @pytest.mark.parametrize("change", IN_SQL.values(), ids=IN_SQL)
    def test_refuses_plain_sql(self, version: PositionVersion, change: str):
        before = self.row(version)
        with refused(), transaction.atomic():
            execute(f"UPDATE councils_positionversion SET {change} WHERE id = {version.pk}")  # noqa: S608

        assert self.row(version) == before

    def test_refuses_save_and_bulk_update(self, version: PositionVersion):
        version.text = "Other words."
        with refused(), transaction.atomic():
            version.save()
        with refused(), transaction.atomic():
            PositionVersion.objects.bulk_update([version], ["text"])

    @pytest.mark.parametrize("values", ALLOWED.values(), ids=ALLOWED)
    def test_allows(self, version: PositionVersion, values: dict[str, Any]):
        assert PositionVersion.objects.filter(pk=version.pk).update(**values) == 1

    def test_allows_erasing_and_what_comes_after(self, version: PositionVersion):
        row = PositionVersion.objects.filter(pk=version.pk)

        assert row.update(text="", draft=None, erased_at=NOW) == 1
        assert row.update(text=" ", readiness="not_yet") == 1

    def test_allows_to_delete(self, version: PositionVersion):
        PositionVersion.objects.filter(position=version.position).update(based_on=None)

        assert version.position.organisation.delete()


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "discarded"])
def test_what_is_not_published_may_change(cast: Cast, state: str):
    version = submitted(cast)
    row = PositionVersion.objects.filter(pk=version.pk)
    row.update(state=state)

    assert row.update(text="Other words.", readiness="in_place", draft={}) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("state", STATES)
def test_what_we_recorded_may_be_corrected(state: str):
    version = make_version(state=state)
    make_claim(version)
    make_impact(version)

    assert PositionVersion.objects.filter(pk=version.pk).update(text="Other words.") == 1
    assert version.claims.update(text="Another.") == version.impacts.update(summary="Another.") == 1


@pytest.mark.django_db
class TestParts:
    CHANGES = [
        pytest.param("claims", Claim, {"text": "Another."}, id="claim"),
        pytest.param("claims", Claim, {"stale_on": None}, id="claim-though-it-says-the-same"),
        pytest.param("impacts", Impact, {"amount": 6}, id="impact"),
    ]

    @pytest.mark.parametrize("state", STATES)
    @pytest.mark.parametrize(("name", "model", "values"), CHANGES)
    def test_refuse_change(self, cast: Cast, state: str, name: str, model: type[models.Model], values: dict[str, Any]):
        version = once_published(cast, state)
        with refused(), transaction.atomic():
            getattr(version, name).update(**values)
        with refused(), transaction.atomic():
            execute(f"UPDATE {model._meta.db_table} SET number = 7 WHERE version_id = {version.pk}")  # noqa: S608

    @pytest.mark.parametrize("name", ["claims", "impacts"])
    def test_are_not_moved_to_another_version(self, cast: Cast, name: str):
        version, other = once_published(cast, "published"), make_version()
        with refused(), transaction.atomic():
            getattr(version, name).update(version=other)

    @pytest.mark.parametrize("name", ["claims", "impacts"])
    def test_may_be_deleted(self, cast: Cast, name: str):
        assert getattr(once_published(cast, "published"), name).all().delete()[0]


# --- In a database of its own: the guard off, and tables made anew ------------------------------------------------


@pytest.fixture
def own(databases: Databases, tables: str, django_db_blocker: Any) -> Iterator[None]:
    """Everything uses a migrated database of the test's own."""
    with one_of(databases, copy_of=tables) as url, standing_on(url, django_db_blocker):
        yield


def is_refused(version: PositionVersion) -> bool:
    """Whether the version, its claim and its impact are kept from being changed: all of them or none."""
    found, words = set(), f"Other words, {next_number()}."
    for rows, values in (
        (PositionVersion.objects.filter(pk=version.pk), {"text": words}),
        (version.claims, {"text": words}),
        (version.impacts, {"summary": words}),
    ):
        try:
            assert rows.update(**values) == 1
            found.add(False)
        except DatabaseError:
            found.add(True)
    assert len(found) == 1
    return found.pop()


def drop_refusals() -> None:
    for each in REFUSALS:
        place = f" ON {each.table}" if connection.vendor == "postgresql" else ""
        execute(f"DROP TRIGGER {each.trigger}{place}")


class TestInPlace:
    def test_without_the_triggers_all_would_change_and_migrate_brings_them_back(self, own):
        version = once_published(make_cast(), "published")
        drop_refusals()
        assert not is_refused(version)
        call_command("migrate", verbosity=0)

        assert is_refused(version)

    def test_stands_aside_before_each_migration_and_stands_again_after(self, own, monkeypatch):
        told = []
        monkeypatch.setattr(triggers, "stand_aside", told.append)
        call_command("migrate", "councils", "0004", verbosity=0)
        assert told == ["default"]
        call_command("migrate", verbosity=0)

        assert told == ["default"] * 2
        assert triggers.install() == 0

    @pytest.mark.long
    def test_stands_again_after_tables_were_made_anew_by_a_migration(self, own):
        """Back and forth over the one that brought drafts: it changes many columns of a table that a trigger reads."""
        call_command("migrate", "councils", "0003", verbosity=0)
        call_command("migrate", verbosity=0)

        assert triggers.install() == 0
        assert is_refused(once_published(make_cast(), "published"))

    def test_would_be_in_the_way_of_that_on_sqlite(self, own):
        if connection.vendor != "sqlite":
            pytest.skip("PostgreSQL changes a column in its place")
        with pytest.raises(DatabaseError, match="error in trigger base_refuses_change_of_"):
            remake()
        triggers.stand_aside()
        remake()

    def test_a_refusal_waits_for_its_columns(self, own, monkeypatch):
        waiting = replace(REFUSALS[0], reads={REFUSALS[0].table: ["to_come"]})
        monkeypatch.setattr(apps.get_app_config("councils"), "refusals", [waiting])

        assert triggers.install() == len(REFUSALS)  # all are taken away
        assert triggers.install() == 0

    @pytest.mark.long
    def test_a_database_without_the_columns_does_without(self, own):
        """As it is between the migrations of a new database, or when one stops half-way."""
        call_command("migrate", "councils", "0003", verbosity=0)

        assert triggers.install() == 0
        execute("UPDATE councils_positionversion SET text = 'As it was before.'")
        execute("UPDATE councils_claim SET text = 'As it was before.'")


def remake() -> None:
    """Change a column, which on SQLite makes the table anew."""
    new = models.CharField(max_length=299)
    new.set_attributes_from_name("readiness")
    new.model = PositionVersion
    with connection.schema_editor() as editor:
        editor.alter_field(PositionVersion, PositionVersion._meta.get_field("readiness"), new, strict=True)


@pytest.mark.django_db
def test_publishing_itself_is_no_change_of_what_was_published(cast: Cast, subject: Subject):
    """It changes the draft and the day in the statement that makes it published."""
    version = submitted(cast, subject, PARTS)

    assert publish_position(version=version, revision=version.revision, by=cast.approver, now=NOW).draft is None


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.table)
def test_every_column_that_is_read_is_named(refusal):
    """Those that are not there are missed when it is put in place, and not when somebody writes."""
    named = {name for names in refusal.reads.values() for name in names}
    read = set(refusal.condition().replace("(", " ").replace(")", " ").split())
    columns = {word.rpartition(".")[2] for word in read if word.startswith(("OLD.", "NEW.", "version."))}

    assert columns - {"id"} == named

"""What the database itself does at every write, whoever writes and by whatever road.

Events are append-only, what a room declares (see reforms.base.refusals) is refused, and every write to a table that a
public page may show moves the data version. `migrate` puts in place whatever is missing: SQLite drops a table's
triggers when Django makes the table anew to change a column.

On PostgreSQL moving the version at once would make every writer wait for the longest one, and two that touch the same
rows in another order would block each other for good. So a transaction that writes only marks itself. When it commits,
its mark is taken away, and that moves the version: both steps are deferred, and the second queues behind all else that
waits for the commit, the checks of foreign keys included. The version is the last lock a transaction takes, so nobody
who holds it waits for anything. SQLite has one writer at a time and moves the version row by row.

The version is the moment of the write in microseconds, or one more than it was. So when an older backup comes back, no
number is given a second time to other data.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from reforms.base.models import DataVersion, Event
from reforms.base.refusals import PREFIX, Refusal

UNWATCHED = {
    "admin.LogEntry": "what administrators did, for administrators",
    "account.EmailAddress": "how people sign in: nothing that is public",
    "account.EmailConfirmation": "how people sign in: nothing that is public",
    "alerts.Acknowledgement": "what an organisation says of a flag to its own people",
    "alerts.CalendarEntry": "worked out from what is watched; a page says the same before and after it is kept",
    "alerts.CalendarLink": "who may read a calendar of their own",
    "alerts.EventTold": "the job's own memory",
    "alerts.JobRun": "the job's own memory",
    "alerts.Letter": "what is sent to one recipient",
    "alerts.Notice": "what one recipient is told",
    "alerts.Recipient": "who is told: nothing that is public",
    "alerts.Subscription": "who is told of what: nothing that is public",
    "auth.Group": "who may do what: nothing that is public",
    "auth.Group_permissions": "who may do what: nothing that is public",
    "auth.Permission": "who may do what: nothing that is public",
    "base.DataVersion": "the version itself",
    "base.Event": "written beside the change it speaks of, in the same transaction",
    "base.FaultCount": "the service's own health",
    "base.Heartbeat": "the service's own health",
    "base.Invitation": "who may sign in: nothing that is public",
    "base.KeptPost": "what somebody typed when their session ended, for an hour and for them alone",
    "base.LoadedRecord": "what files said: the records that came of it are watched",
    "base.SharedValue": "what workers tell each other, for minutes",
    "base.User": "every sign-in writes here, and no public page names a person",
    "base.User_groups": "who may do what: nothing that is public",
    "base.User_user_permissions": "who may do what: nothing that is public",
    "contenttypes.ContentType": "the names of models",
    "councils.Decision": "written beside the change of a version, in the same transaction, for those who write it",
    "councils.Edit": "what was saved into a version on the way, for those who write it: no public page shows one",
    "mfa.Authenticator": "how people sign in: nothing that is public",
    "reports.ReportSection": "a report that is not published; one that is shows what was frozen",
    "reports.SectionEdit": "what was saved into a report on the way, for those who write it",
    "sessions.Session": "those who have one get no tag",
    "socialaccount.SocialAccount": "how people sign in: nothing that is public",
    "socialaccount.SocialApp": "how people sign in: nothing that is public",
    "socialaccount.SocialToken": "how people sign in: nothing that is public",
}
"""Models that no public page shows, and why. Writes to every other model move the version."""

Key = tuple[str, str]
"""A trigger's table and name."""

_EVENTS = Event._meta.db_table
_VERSION = DataVersion._meta.db_table


def is_watched(model: type[Model]) -> bool:
    """Whether writes to the model's table move the version."""
    return model._meta.managed and model._meta.label not in UNWATCHED


def watched_tables() -> list[str]:
    """The tables of all watched models, those of many-to-many fields included."""
    return sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True) if is_watched(model)})


def declared_refusals() -> list[Refusal]:
    """What every room has the database refuse."""
    return [refusal for room in apps.get_app_configs() for refusal in getattr(room, "refusals", ())]


def install(using: str = DEFAULT_DB_ALIAS) -> int:
    """Make the triggers of the database those declared here; says how many were not.

    Tables that are not there (yet) are left out. What was written while a trigger was missing moved nothing, so
    the version is moved once if any was.
    """
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if _VERSION not in tables:
        return 0
    engine = _ENGINES[connection.vendor](connection, _possible_refusals(connection, tables))
    engine.execute(f"INSERT INTO {_VERSION} (id, number) VALUES (1, 0) ON CONFLICT (id) DO NOTHING")  # noqa: S608
    changed = engine.install({table for table in watched_tables() if table in tables})
    if changed:
        engine.execute(engine.move())
    return changed


def stand_aside(using: str = DEFAULT_DB_ALIAS) -> None:
    """Take away the refusals for the time of a migration, where they would be in its way; `install` brings them back.

    SQLite makes no table anew while a trigger of another table reads it, and drops no column that a trigger reads.
    """
    connection = connections[using]
    _ENGINES[connection.vendor](connection).stand_aside()


def _possible_refusals(connection: BaseDatabaseWrapper, tables: set[str]) -> list[Refusal]:
    """Those for which the database has every table and column."""
    declared = declared_refusals()
    with connection.cursor() as cursor:
        there = {
            table: {column.name for column in connection.introspection.get_table_description(cursor, table)}
            for table in tables.intersection(table for refusal in declared for table in refusal.reads)
        }
    return [each for each in declared if all(there.get(table, set()) >= set(each.reads[table]) for table in each.reads)]


class _Engine:
    """How one kind of database keeps triggers."""

    larger: str
    """A number that was never the version before, in SQL."""

    def __init__(self, connection: BaseDatabaseWrapper, refusals: Sequence[Refusal] = ()) -> None:
        self.connection = connection
        self.refusals = refusals

    def move(self, table: str = _VERSION) -> str:
        """The statement that moves the version."""
        return f"UPDATE {table} SET number = {self.larger} WHERE id = 1"  # noqa: S608

    def install(self, watched: set[str]) -> int:
        """A trigger at a time, so that a table is locked no longer than it takes."""
        wanted = self.wanted(watched)
        standing = self.standing()
        changed = sorted(key for key in standing.keys() | wanted.keys() if standing.get(key) != wanted.get(key))
        for key in changed:
            with transaction.atomic(using=self.connection.alias):
                self.replace(key, wanted.get(key))
        return len(changed)

    def stand_aside(self) -> None:
        """Drop the refusals, if they would be in a migration's way."""

    def wanted(self, watched: set[str]) -> dict[Key, str]:
        """Every trigger there has to be, with the statement that makes it."""
        raise NotImplementedError

    def standing(self) -> dict[Key, str | None]:
        """Our triggers as they stand, with the statement that made them, where that is known."""
        raise NotImplementedError

    def replace(self, key: Key, statement: str | None) -> None:
        """Take away the trigger, if there is one, and make it anew where there has to be one."""
        raise NotImplementedError

    def execute(self, *statements: str) -> None:
        with self.connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def rows(self, question: str) -> list[tuple]:
        with self.connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchall()


class _SQLite(_Engine):
    larger = "max(number + 1, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) * 1000)"

    def wanted(self, watched: set[str]) -> dict[Key, str]:
        return {(table, name): f"CREATE TRIGGER {name} {rest}" for table, name, rest in self._declared(watched)}

    def _declared(self, watched: set[str]) -> Iterator[tuple[str, str, str]]:
        for verb in ("update", "delete"):
            refusal = "SELECT RAISE(ABORT, 'events are append-only')"
            yield _EVENTS, f"{_EVENTS}_refuses_{verb}", f"BEFORE {verb.upper()} ON {_EVENTS} BEGIN {refusal}; END"
        for each in self.refusals:
            refusal = f"SELECT RAISE(ABORT, '{each.message}')"
            yield each.table, each.trigger, f"AFTER UPDATE ON {each.table} WHEN {each.condition()} BEGIN {refusal}; END"
        for table in sorted(watched):
            for verb in ("insert", "update", "delete"):
                name = f"{_VERSION}_moves_at_{verb}_of_{table}"
                yield table, name, f"AFTER {verb.upper()} ON {table} BEGIN {self.move()}; END"

    def stand_aside(self) -> None:
        for table, name in self.standing():
            if name.startswith(PREFIX):
                self.replace((table, name), None)

    def standing(self) -> dict[Key, str | None]:
        rows = self.rows("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'base_*'")
        return {(table, name): sql for table, name, sql in rows}

    def replace(self, key: Key, statement: str | None) -> None:
        self.execute(f"DROP TRIGGER IF EXISTS {key[1]}", *([statement] if statement else []))


class _PostgreSQL(_Engine):
    larger = "greatest(number + 1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)"
    marks = "base_datamark"
    lock = "SELECT pg_advisory_xact_lock(7240611)"
    """Two machines may migrate at once. The number means nothing, but that no other program uses it."""

    def install(self, watched: set[str]) -> int:
        with transaction.atomic(using=self.connection.alias):
            self.execute(self.lock, *self._foundation())
        return super().install(watched)

    def _foundation(self) -> list[str]:
        """The table of marks, empty but for transactions under way, and what the triggers do.

        Names carry their schema: a program that restores data may have no search path.
        """
        ((schema,),) = self.rows("SELECT quote_ident(current_schema())")
        marks = f"{schema}.{self.marks}"
        bodies = {
            f"{_EVENTS}_is_append_only": "RAISE EXCEPTION 'events are append-only'",
            f"{_VERSION}_marks": f"INSERT INTO {marks} VALUES (pg_current_xact_id()) ON CONFLICT DO NOTHING",  # noqa: S608
            f"{_VERSION}_unmarks": f"DELETE FROM {marks} WHERE transaction = NEW.transaction",  # noqa: S608
            f"{_VERSION}_moves": self.move(f"{schema}.{_VERSION}"),
        }
        for each in self.refusals:
            bodies[each.trigger] = f"IF {each.condition(f'{schema}.')} THEN RAISE EXCEPTION '{each.message}'; END IF"
        table = f"CREATE UNLOGGED TABLE IF NOT EXISTS {marks} (transaction xid8 PRIMARY KEY)"
        return [table, *(_function(name, body) for name, body in bodies.items())]

    def wanted(self, watched: set[str]) -> dict[Key, str]:
        return {
            (table, name): f"CREATE {kind} {name} {rest} EXECUTE FUNCTION {function}()"
            for table, kind, name, rest, function in self._declared(watched)
        }

    def _declared(self, watched: set[str]) -> Iterator[tuple[str, str, str, str, str]]:
        refuses = f"BEFORE UPDATE OR DELETE ON {_EVENTS} FOR EACH ROW"
        yield _EVENTS, "TRIGGER", f"{_EVENTS}_refuses_change", refuses, f"{_EVENTS}_is_append_only"
        for each in self.refusals:
            updates = f"AFTER UPDATE ON {each.table} FOR EACH ROW"
            yield each.table, "TRIGGER", each.trigger, updates, each.trigger
        for verb, function in (("insert", f"{_VERSION}_unmarks"), ("delete", f"{_VERSION}_moves")):
            at_commit = f"AFTER {verb.upper()} ON {self.marks} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
            yield self.marks, "CONSTRAINT TRIGGER", function, at_commit, function
        for table in sorted(watched):
            writes = f"AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT"
            yield table, "TRIGGER", f"{_VERSION}_marks", writes, f"{_VERSION}_marks"

    def standing(self) -> dict[Key, str | None]:
        rows = self.rows(
            "SELECT relname, tgname, obj_description(pg_trigger.oid, 'pg_trigger')"
            " FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE relnamespace = current_schema()::regnamespace AND starts_with(tgname::text, 'base_')"
        )
        return {(table, name): sql for table, name, sql in rows}

    def replace(self, key: Key, statement: str | None) -> None:
        """A trigger's comment is the statement that made it."""
        table, name = key
        self.execute(self.lock, f"DROP TRIGGER IF EXISTS {name} ON {table}")
        if statement:
            self.execute(statement, f"COMMENT ON TRIGGER {name} ON {table} IS $comment${statement}$comment$")


def _function(name: str, statement: str) -> str:
    body = f"BEGIN {statement}; RETURN NULL; END"
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$ {body} $body$"


_ENGINES: dict[str, type[_Engine]] = {"sqlite": _SQLite, "postgresql": _PostgreSQL}

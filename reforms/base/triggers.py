"""What the database itself does at every write, whoever writes and by whatever road.

Events are append-only, and every write to a table that a public page may show moves the data version. `migrate` puts
in place whatever is missing: SQLite drops a table's triggers when Django makes the table anew to change a column.

On PostgreSQL moving the version at once would make every writer wait for the longest one, and two that touch the same
rows in another order would block each other for good. So a transaction that writes only marks itself. When it commits,
its mark is taken away, and that moves the version: both steps are deferred, and the second queues behind all else that
waits for the commit, the checks of foreign keys included. The version is the last lock a transaction takes, so nobody
who holds it waits for anything. SQLite has one writer at a time and moves the version row by row.

The version is the moment of the write in microseconds, or one more than it was. So when an older backup comes back, no
number is given a second time to other data.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from reforms.base.models import DataVersion, Event

UNWATCHED = {
    "admin.LogEntry": "what administrators did, for administrators",
    "alerts.JobRun": "the job's own memory",
    "auth.Group": "who may do what: nothing that is public",
    "auth.Group_permissions": "who may do what: nothing that is public",
    "auth.Permission": "who may do what: nothing that is public",
    "base.DataVersion": "the version itself",
    "base.Event": "written beside the change it speaks of, in the same transaction",
    "base.FaultCount": "the service's own health",
    "base.Heartbeat": "the service's own health",
    "base.LoadedRecord": "what files said: the records that came of it are watched",
    "base.User": "every sign-in writes here, and no public page names a person",
    "base.User_groups": "who may do what: nothing that is public",
    "base.User_user_permissions": "who may do what: nothing that is public",
    "contenttypes.ContentType": "the names of models",
    "sessions.Session": "those who have one get no tag",
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


def install(using: str = DEFAULT_DB_ALIAS) -> int:
    """Make the triggers of the database those declared here; says how many were not.

    Tables that are not there (yet) are left out. What was written while a trigger was missing moved nothing, so
    the version is moved once if any was.
    """
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if _VERSION not in tables:
        return 0
    engine = _ENGINES[connection.vendor](connection)
    engine.execute(f"INSERT INTO {_VERSION} (id, number) VALUES (1, 0) ON CONFLICT (id) DO NOTHING")  # noqa: S608
    changed = engine.install({table for table in watched_tables() if table in tables})
    if changed:
        engine.execute(engine.move())
    return changed


class _Engine:
    """How one kind of database keeps triggers."""

    larger: str
    """A number that was never the version before, in SQL."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection

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
        for table in sorted(watched):
            for verb in ("insert", "update", "delete"):
                name = f"{_VERSION}_moves_at_{verb}_of_{table}"
                yield table, name, f"AFTER {verb.upper()} ON {table} BEGIN {self.move()}; END"

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

"""The database itself refuses to change or delete an event, whoever asks."""

from django.db import migrations

SQLITE = [
    f"""
    CREATE TRIGGER base_event_refuses_{verb} BEFORE {verb.upper()} ON base_event
    BEGIN SELECT RAISE(ABORT, 'events are append-only'); END
    """
    for verb in ("update", "delete")
]
POSTGRESQL = [
    """
    CREATE FUNCTION base_event_is_append_only() RETURNS trigger AS $$
    BEGIN RAISE EXCEPTION 'events are append-only'; END
    $$ LANGUAGE plpgsql
    """,
    """
    CREATE TRIGGER base_event_refuses_change BEFORE UPDATE OR DELETE ON base_event
    FOR EACH ROW EXECUTE FUNCTION base_event_is_append_only()
    """,
]


def add_triggers(apps, schema_editor):
    statements = {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("base", "0001_initial")]
    operations = [migrations.RunPython(add_triggers, migrations.RunPython.noop)]

"""What the database itself refuses, beyond constraints: triggers on SQLite and PostgreSQL.

They are put in place after every ``migrate``, since SQLite loses the triggers of a table that a
migration rebuilds.
"""

from django.db import connections

SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb} ON {table}{when}
BEGIN SELECT RAISE(ABORT, '{says}'); END
"""

POSTGRESQL = """
CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
DROP TRIGGER IF EXISTS {table}_no_{verb} ON {table};
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} FOR EACH ROW{when}
EXECUTE FUNCTION {table}_refuse();
"""

#: Table → (what the refusal says, condition on the old row).
GUARDED = {
    "tracker_change": ("the record of changes is append-only", ""),
    "tracker_assessment": ("an adopted assessment does not change", "OLD.step = 'adopted'"),
}


def install_guards(sender, using="default", **kwargs) -> None:
    """Create the triggers that are missing; called after ``migrate``."""
    connection = connections[using]
    if not set(GUARDED) <= set(connection.introspection.table_names()):
        return
    template = SQLITE if connection.vendor == "sqlite" else POSTGRESQL
    with connection.cursor() as cursor:
        for table, (says, condition) in GUARDED.items():
            for verb in ("update", "delete"):
                when = f" WHEN ({condition})" if condition else ""
                cursor.execute(template.format(table=table, verb=verb, says=says, when=when))

"""What the database itself refuses, beyond constraints: triggers on SQLite and PostgreSQL.

They are put in place after every ``migrate``, since SQLite loses the triggers of a table that a
migration rebuilds. A citation can still be inserted beside what is settled: registers are loaded
with their assessments adopted already, and what they cite comes after them. The actions refuse
it, and a citation that came in by another way has no Change.
"""

from dataclasses import dataclass

from django.db import connections

SQLITE = """
CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN ({condition})
BEGIN SELECT RAISE(ABORT, '{says}'); END
"""

#: The condition stands in the function, where it may hold a subquery.
POSTGRESQL = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF {condition} THEN
    RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN {row};
END $$;
CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}();
"""


@dataclass(frozen=True)
class Guard:
    """What ``table`` refuses: the verbs, what the refusal says, and which rows it is about.

    ``emptied`` is the condition under which the table may not be truncated (PostgreSQL).
    """

    table: str
    says: str
    verbs: tuple[str, ...] = ("update", "delete")
    condition: str = "TRUE"
    emptied: str = ""


SETTLED = """EXISTS (SELECT 1 FROM tracker_report r
  WHERE r.id = OLD.report_id AND r.submitted_on IS NOT NULL)
OR EXISTS (SELECT 1 FROM tracker_assessment a
  WHERE a.id = OLD.assessment_id AND a.step = 'adopted')"""
#: What was said, when, and of what; how open a report is may still change.
SAID = """OLD.submitted_on IS NOT NULL AND (NEW.submitted_on IS NULL
  OR NEW.submitted_on <> OLD.submitted_on OR NEW.text <> OLD.text
  OR NEW.position <> OLD.position OR NEW.commitment_id <> OLD.commitment_id)"""

GUARDS = (
    Guard("tracker_change", "the record of changes is append-only", emptied="TRUE"),
    Guard(
        "tracker_assessment",
        "an adopted assessment does not change",
        condition="OLD.step = 'adopted'",
        emptied="EXISTS (SELECT 1 FROM tracker_assessment WHERE step = 'adopted')",
    ),
    Guard(
        "tracker_report",
        "a submitted report does not change",
        verbs=("update",),
        condition=SAID,
        emptied="EXISTS (SELECT 1 FROM tracker_report WHERE submitted_on IS NOT NULL)",
    ),
    Guard(
        "tracker_report",
        "a submitted report does not change",
        verbs=("delete",),
        condition="OLD.submitted_on IS NOT NULL",
    ),
    Guard(
        "tracker_citation",
        "what is settled keeps its citations",
        condition=SETTLED,
        emptied="EXISTS (SELECT 1 FROM tracker_citation)",
    ),
)


def install_guards(sender, using="default", **kwargs) -> None:
    """Put the triggers in place; called after ``migrate``."""
    connection = connections[using]
    if not {guard.table for guard in GUARDS} <= set(connection.introspection.table_names()):
        return
    install = _on_sqlite if connection.vendor == "sqlite" else _on_postgresql
    with connection.cursor() as cursor:
        for guard in GUARDS:
            for verb in guard.verbs:
                install(cursor, guard, verb, guard.condition)
            if guard.emptied and connection.vendor == "postgresql":
                install(cursor, guard, "truncate", guard.emptied)


def _on_sqlite(cursor, guard, verb, condition):
    name = f"{guard.table}_no_{verb}"
    cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
    cursor.execute(_filled(SQLITE, guard, verb, condition))


def _on_postgresql(cursor, guard, verb, condition):
    cursor.execute(f"DROP TRIGGER IF EXISTS {guard.table}_no_{verb} ON {guard.table}")
    cursor.execute(_filled(POSTGRESQL, guard, verb, condition))


def _filled(template, guard, verb, condition) -> str:
    return template.format(
        name=f"{guard.table}_no_{verb}",
        table=guard.table,
        verb=verb,
        says=guard.says,
        condition=condition,
        row={"update": "NEW", "delete": "OLD"}.get(verb, "NULL"),
        each="STATEMENT" if verb == "truncate" else "ROW",
    )

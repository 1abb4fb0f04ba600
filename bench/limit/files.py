"""Everything as a file: written by the database where it can, else in pieces of some rows."""

import csv
import io
from collections.abc import Iterator

from bench.limit.store import POSTGRESQL, connection, run

CHUNK = 2_000
NAMES = (
    *(
        "key",
        "resolution",
        "provision",
        "summary",
        "force",
        "body",
        "body_name",
        "kind",
        "position",
    ),
    *("reported_on", "evidence", "result", "assessed_on", "follow_up_on", "due_on"),
)
ROWS = """SELECT c.key, p.resolution, c.provision_key AS provision, p.summary, c.force,
c.body_code AS body, c.body_name, c.body_kind AS kind, c.position, c.reported_on,
c.evidence_count AS evidence, c.result, c.assessed_on, c.follow_up_on, c.due AS due_on
FROM card c JOIN paragraph p ON p.id = c.provision"""


def exported(form: str) -> Iterator[bytes]:
    """The pieces of the file: ``csv`` or ``jsonl``."""
    if POSTGRESQL:
        return _copied(form)
    return _as_csv() if form == "csv" else _as_lines()


def _copied(form):
    statement = f"COPY ({ROWS}) TO STDOUT WITH (FORMAT csv, HEADER)"
    if form != "csv":
        statement = f"COPY (SELECT row_to_json(r) FROM ({ROWS}) r) TO STDOUT"
    waiting, size = [], 0
    with connection().cursor().copy(statement) as copy:
        for piece in copy:
            waiting.append(bytes(piece))
            size += len(piece)
            if size > 500_000:
                yield b"".join(waiting)
                waiting, size = [], 0
    yield b"".join(waiting)


def _as_csv():
    cursor, text = run(ROWS), io.StringIO()
    csv.writer(text).writerow(NAMES)
    while chunk := cursor.fetchmany(CHUNK):
        csv.writer(text).writerows(chunk)
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()


def _as_lines():
    named = ", ".join(f"'{name}', {name}" for name in NAMES)
    cursor = run(f"SELECT json_object({named}) FROM ({ROWS})")
    while chunk := cursor.fetchmany(CHUNK):
        yield ("\n".join(text for (text,) in chunk) + "\n").encode()

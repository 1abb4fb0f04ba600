"""The refused rows of a table as a file: where each is to be mended, what stands there, and why."""

import csv
import io
from collections.abc import Iterable, Iterator

from tracker.exports.cells import guarded
from tracker.tables.plan import Outcome

NAMES = ("line", "record", "column", "value", "message")
MEDIA_TYPE = "text/csv; charset=utf-8; header=present"
#: Letters of a cell that are repeated; as many as tell which one is meant.
LETTERS = 1000


def error_file(outcomes: Iterable[Outcome]) -> str:
    """CSV with a row for each problem; texts are guarded as in the exports, so none is a formula.

    ``column`` is the one to mend, "" when it is none alone; ``value`` what the file has there.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(NAMES)
    for row in _problems(outcomes):
        writer.writerow(guarded(cell) if isinstance(cell, str) else cell for cell in row)
    return file.getvalue()


def _problems(outcomes) -> Iterator[tuple]:
    for each in outcomes:
        for column, why in each.problems:
            value = each.cells.get(column, "")
            yield each.line, each.key, column, value[:LETTERS], why


def file_name(name: str) -> str:
    """What the file is called that tells of the table ``name``."""
    return f"{name.rpartition('.')[0] or name}.errors.csv"

"""Everything as a file, streamed: ``values_list`` and one row after the other."""

import csv
import json

from django.http import StreamingHttpResponse

from bench.tutorial.models import Commitment

COLUMNS = {
    "resolution": "provision__resolution__symbol",
    "provision": "provision__key",
    "summary": "provision__text",
    "body": "body__code",
    "body_name": "body__name",
    "region": "body__region__name",
    "position": "position",
    "result": "result",
    "assessed_on": "assessed_on",
    "due_on": "due_on",
}


class Echo:
    """A file that gives back what is written to it."""

    def write(self, text):
        return text


def export(request):
    """All commitments as ``csv`` or ``jsonl``."""
    rows = Commitment.objects.values_list(*COLUMNS.values()).iterator()
    as_text = in_csv if request.GET["format"] == "csv" else in_lines
    return StreamingHttpResponse(as_text(rows))


def in_csv(rows):
    """The names, and a line for each row."""
    writer = csv.writer(Echo())
    yield writer.writerow(COLUMNS)
    for row in rows:
        yield writer.writerow(row)


def in_lines(rows):
    """An object for each row."""
    for row in rows:
        yield json.dumps(dict(zip(COLUMNS, row, strict=True)), default=str) + "\n"

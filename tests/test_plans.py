"""No hot question reads a large table from end to end, on SQLite and on PostgreSQL.

Asked of a small generated register, in a database of its own, by ``bench.plans``.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.prepared import empty_database

ROOT = Path(__file__).resolve().parent.parent
SIZE = 10_000
#: What has to be read whole, and why.
ALLOWED = {
    # How many changes somebody may see depends on the rights to each of their records.
    ("/api/v1/changes/", "tracker_change"),
    ("/changes/", "tracker_change"),
}


def run(address, *arguments) -> str:
    environ = {**os.environ, "DATABASE_URL": address, "SMALL_WORLD": "1"}
    environ |= {"ENVIRONMENT": "development", "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environ, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.django_db
def test_no_hot_question_reads_a_large_table_whole(tmp_path):
    with empty_database(tmp_path) as address:
        run(address, "-m", "bench.generate", str(SIZE))
        lines = run(address, "-m", "bench.plans").splitlines()
    # Between them stands what the server logs.
    found = [json.loads(line) for line in lines if line.startswith("{")]
    left = [
        scan
        for scan in found
        if not any(scan["question"] == asked and table in scan["line"] for asked, table in ALLOWED)
    ]
    assert not left, "\n\n".join(f"{s['question']}\n{s['line']}\n{s['statement']}" for s in left)


@pytest.mark.django_db
def test_a_question_without_an_index_is_noticed():
    from bench.plans import whole_reads

    assert whole_reads("SELECT id FROM tracker_known WHERE evidence_count = 3")
    assert not whole_reads("SELECT id FROM tracker_known WHERE commitment_id = 3")
    assert not whole_reads("SELECT id FROM tracker_change ORDER BY sequence DESC LIMIT 50")

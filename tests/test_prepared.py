"""What is kept of a filled register is the register, and other sources make another one."""

import sqlite3
from contextlib import closing

import pytest
from django.db import connection

from tests import held, prepared


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="looks into files of SQLite")
@pytest.mark.skipif(not prepared.for_this_run(), reason="the database was made before")
def test_what_is_kept_is_what_the_database_of_this_process_holds():
    ready = prepared.Prepared()
    with closing(sqlite3.connect(ready.filled)) as file:
        assert held.have_same_rows(file.serialize(), held.Held().pages)
        assert file.execute("SELECT count(*) FROM tracker_body").fetchone()[0] > 10
        [named] = file.execute("SELECT file FROM tracker_evidence WHERE file != '' LIMIT 1")
    assert (ready.evidence / named[0]).exists()
    with closing(sqlite3.connect(ready.empty)) as file:
        assert file.execute("SELECT count(*) FROM tracker_body").fetchone() == (0,)


def test_other_sources_make_another_register(tmp_path, monkeypatch):
    monkeypatch.setattr(prepared, "ROOT", tmp_path)
    source = tmp_path / "tracker" / "demonstration.py"
    source.parent.mkdir()
    source.write_text("rows = 1")
    first = prepared.made_of()
    compiled = source.parent / "__pycache__" / "demonstration.pyc"
    compiled.parent.mkdir()
    compiled.write_text("rows = 1")
    assert prepared.made_of() == first
    source.write_text("rows = 2")
    assert prepared.made_of() != first

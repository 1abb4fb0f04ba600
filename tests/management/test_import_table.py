"""What the command says of a table, what it writes, and how it is taken back."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.tables.files import text
from tracker.models import Body, Change

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    def write(*lines):
        path = tmp_path / "table.csv"
        path.write_bytes(text(*lines).read())
        return str(path)

    return write


def said(*args):
    out = StringIO()
    call_command("import_table", *args, stdout=out)
    return out.getvalue()


ROWS = ("Kurzname,name,kind", "TT-A,One,other", "TT-B,Two,planet")
MAP = ("--map", "Kurzname=code")


def test_a_trial_says_line_column_and_reason_and_writes_nothing(file):
    told = said("bodies", file(*ROWS), *MAP)
    assert re.search(r"^ +2  new +TT-A$", told, re.M)
    assert re.search(r"^ +3  refused +TT-B$\n +kind: “planet” is none of", told, re.M)
    assert "1 new  0 changed  0 same  1 refused" in told
    assert not Body.objects.filter(code="TT-A").exists()


def test_it_writes_when_told_to_and_takes_back_as_a_whole(file):
    path = file(*ROWS)
    with pytest.raises(CommandError, match="Say why"):
        said("bodies", path, *MAP, "--apply")
    with pytest.raises(CommandError, match="Rows are refused"):
        said("bodies", path, *MAP, "--apply", "--reason", "Because")
    told = said("bodies", path, *MAP, "--apply", "--skip-refused", "--reason", "Because")
    batch = re.search(r"bulk change ([0-9a-f-]+)", told)[1]
    [change] = Change.objects.filter(batch=batch)
    assert (change.object_key, change.reason, change.door) == ("TT-A", "Because", "command")
    assert "Nothing to do" in said("bodies", path, *MAP)
    assert "1 changes" in said("bodies", "--undo", batch, "--reason", "Wrong file")
    assert not Body.objects.filter(code="TT-A").exists()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("bodies", "nowhere.csv"), "cannot be opened"),
        (("bodies",), "Name the file"),
        (("bodies", "x", "--map", "code"), "THEIRS=OURS"),
        (("bodies", "--undo", "12345678-1234-5678-1234-567812345678", "--reason", "x"), "No bulk"),
    ],
)
def test_what_it_cannot_do_it_says(args, words):
    with pytest.raises(CommandError, match=words):
        said(*args)

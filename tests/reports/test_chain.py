"""The chain of changes: what was tampered with, past every guard, is found and named."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from tests import make
from tracker import actions
from tracker.models import Change, Theme
from tracker.reports.chain import verify
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db

COPIED = (
    "at, by_id, door, request_id, batch, reason, undoes, verb, noun, object_id, object_key,"
    " differences, previous_hash, hash"
)
#: A copy of row {n} with the number {to}; its hash differs, since hashes are unique.
COPY = (
    "INSERT INTO tracker_change (sequence, {columns}) SELECT {{to}}, {copied}"
    ", replace(hash, substr(hash, 1, 8), 'ffffffff') FROM tracker_change WHERE sequence = {{n}}"
).format(columns=COPIED, copied=COPIED.removesuffix(", hash"))
SET = "UPDATE tracker_change SET {} WHERE sequence = {{n}}"
REMOVE = "DELETE FROM tracker_change WHERE sequence = {n}"
SWAP = [
    "UPDATE tracker_change SET sequence = 999999999 WHERE sequence = {n}",
    "UPDATE tracker_change SET sequence = {n} WHERE sequence = {next}",
    "UPDATE tracker_change SET sequence = {next} WHERE sequence = 999999999",
]
#: What somebody does with SQL → the words of the verdict; {n} is the row in question.
TAMPERED = {
    "reason": ([SET.format("reason = 'another'")], "Number {n} was edited"),
    "who": ([SET.format("by_id = NULL")], "Number {n} was edited"),
    "somebody else": ([SET.format("by_id = {other}")], "Number {n} was edited"),
    "when": ([SET.format("at = '2020-01-01 00:00:00+00:00'")], "Number {n} was edited"),
    "door": ([SET.format("door = 'api'")], "Number {n} was edited"),
    "request": ([SET.format("request_id = 'x'")], "Number {n} was edited"),
    "batch": ([SET.format("batch = '{uuid}'")], "Number {n} was edited"),
    "what it takes back": ([SET.format("undoes = 1")], "Number {n} was edited"),
    "verb": ([SET.format("verb = 'adopted'")], "Number {n} was edited"),
    "kind": ([SET.format("noun = 'body'")], "Number {n} was edited"),
    "object": ([SET.format("object_id = object_id + 1")], "Number {n} was edited"),
    "key": ([SET.format("object_key = 'other'")], "Number {n} was edited"),
    "values": ([SET.format("differences = '{{}}'")], "Number {n} was edited"),
    "one value": (
        ["UPDATE tracker_change SET differences = {replaced} WHERE sequence = {n}"],
        "Number {n} was edited",
    ),
    "hash": ([SET.format("hash = 'ff' || substr(hash, 3)")], "Number {n} was edited"),
    "previous": ([SET.format("previous_hash = ''")], "Number {n} does not follow"),
    "removed": ([REMOVE], "Number {n} is missing"),
    "two removed": ([REMOVE, REMOVE.replace("{n}", "{next}")], "Number {n} is missing"),
    "first removed": ([REMOVE.replace("{n}", "1")], "Number 1 is missing"),
    "removed and closed": (
        [REMOVE, "UPDATE tracker_change SET sequence = {n} WHERE sequence = {next}"],
        "Number {n} does not follow",
    ),
    "swapped": (SWAP, "Number {n} does not follow"),
    "inserted before the first": ([COPY.replace("{to}", "0")], "Number 0 is out of order"),
    "inserted": (
        [
            "UPDATE tracker_change SET sequence = {last} + 1 WHERE sequence = {last}",
            COPY.replace("{to}", "{last}"),
        ],
        "Number {last} does not follow",
    ),
    "inserted at the end": ([COPY.replace("{to}", "{last} + 1")], "Number {end} does not follow"),
    "put in place": (
        [REMOVE, COPY.replace("{n}", "{next}").replace("{to}", "{n}")],
        "Number {n} does not follow",
    ),
}
#: What only SQLite lets into such a column.
UNREADABLE = ["differences = 'no JSON'", "at = 'yesterday'", "batch = 'no id'"]


def test_several_changes_of_one_write_follow_each_other():
    begun = verify()
    actions.create_many([Theme(slug=f"zz-{name}", name=name) for name in "abc"], by=None)
    whole = verify()
    assert (whole.broken, whole.rows) == ("", begun.rows + 3)


@pytest.fixture
def change():
    """A change in the middle of the chain, past guards that have been taken away."""
    theme, person = make.make_theme(), make.make_user(Role.ADMINISTRATOR)
    for number in range(7):
        theme.name = f"Theme {number}"
        actions.save(theme, by=person, reason=f"Reason {number}")
    make.make_user(username="other")
    with connection.cursor() as cursor:
        on = "" if connection.vendor == "sqlite" else " ON tracker_change"
        for verb in ("update", "delete"):
            cursor.execute(f"DROP TRIGGER tracker_change_no_{verb}{on}")
        if connection.vendor == "sqlite":
            # What the database would refuse as no known word or no JSON at all comes in too.
            cursor.execute("PRAGMA ignore_check_constraints = ON")
    yield Change.objects.order_by("-sequence")[3]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def tampered_with(statements, change) -> str:
    """What the chain says after ``statements``, which are then taken back."""
    last = Change.objects.order_by("-sequence").first().sequence
    text = "replace(differences{}, 'Theme 3', 'Theme X')"
    replaced = text.format("") if connection.vendor == "sqlite" else text.format("::text") + "::jsonb"  # fmt: skip  # noqa: E501
    values = {
        "n": change.sequence,
        "next": change.sequence + 1,
        "last": last,
        "other": make.User.objects.get(username="other").pk,
        "uuid": "0" * 32,
        "replaced": replaced,
    }
    with transaction.atomic():
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement.format(**values))
                assert cursor.rowcount == 1, statement
        broken = verify().broken
        transaction.set_rollback(True)
    return broken


def test_whatever_is_done_to_the_record_by_sql_is_found_and_named(change):
    assert verify().broken == ""
    assert len(TAMPERED) >= 15
    last = Change.objects.order_by("-sequence").first().sequence
    found = {name: tampered_with(done, change) for name, (done, _words) in TAMPERED.items()}
    wanted = {
        name: words.format(n=change.sequence, last=last, end=last + 1)
        for name, (_done, words) in TAMPERED.items()
    }
    assert {name: found[name][: len(words)] for name, words in wanted.items()} == wanted
    assert verify().broken == ""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL refuses such values")
@pytest.mark.parametrize("wrong", UNREADABLE)
def test_what_cannot_be_read_is_named_too(change, wrong):
    assert f"Number {change.sequence}" in tampered_with([SET.format(wrong)], change)


def test_the_command_names_the_last_link_and_the_first_broken_one(change, capsys):
    call_command("verify_changes")
    said = capsys.readouterr().out
    last = re.search(r"Last:\s+(\S+)", said)[1]
    assert f"{Change.objects.count()} changes, every link holds." in said
    call_command("verify_changes", f"--expect={last}")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM tracker_change WHERE sequence = %s", [last.split(":")[0]])
    call_command("verify_changes")  # It cannot know …
    with pytest.raises(CommandError, match="the newest changes are missing"):
        call_command("verify_changes", f"--expect={last}")  # … unless it is told.
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tracker_change SET reason = '' WHERE id = %s", [change.pk])
    with pytest.raises(CommandError, match=f"Number {change.sequence} was edited"):
        call_command("verify_changes")


def test_a_number_that_was_noted_must_keep_its_hash(change):
    assert verify((change.sequence, change.hash)).broken == ""
    assert "is not the one that was noted" in verify((change.sequence, "0" * 64)).broken

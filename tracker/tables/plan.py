"""One file against the register: what is new, changed, the same and refused; then written.

The dry run does what applying does and takes it back, so that it cannot say anything else.
"""

import hashlib
import json
import uuid
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from tracker.actions import Refused
from tracker.exports.cells import plain
from tracker.models import User
from tracker.permissions import may
from tracker.tables.errors import Bad, Missing, Unread, Wrong
from tracker.tables.mapping import Mapped, mapped
from tracker.tables.nouns import TableNoun, Values
from tracker.tables.reading import Row, read_table
from tracker.tables.register import Bodies, Commitments, Memberships
from tracker.tables.reports import Reports
from tracker.vocabulary import JobStage

#: Name → kind of table, in the order in which they are offered.
NOUNS: dict[str, type[TableNoun]] = {
    noun.name: noun for noun in (Reports, Commitments, Bodies, Memberships)
}
NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"
#: Rows that are looked up together.
TOGETHER = 500
#: Rows that one file may add and change while somebody waits for the answer; each takes its
#: action, and all of them can be taken back at once.
MOST_WRITES = 500
#: Rows that one may add and change in a job. On SQLite nobody else writes meanwhile, and nobody
#: waits longer than twenty seconds for a turn: a row that is taken back takes a hundredth of one.
MOST_WATCHED = {"sqlite": 1_000, "postgresql": 10_000}
#: Is told which stage, how many rows are done and of how many; what it raises ends it all.
Watch = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Outcome:
    """What becomes of one row: its line, its key, and column → (before, after).

    ``problems`` are why it is refused, each with the column to mend, "" when it is none alone.
    """

    line: int
    verdict: str
    key: str = ""
    differences: Mapping[str, tuple] = field(default_factory=dict)
    problems: tuple[tuple[str, str], ...] = ()
    #: Column to mend → what the file has there.
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Plan:
    """What becomes of every row; of those that stay the same, only how many they are."""

    noun: str
    batch: uuid.UUID
    mapped: Mapped
    counts: Counter = field(
        default_factory=lambda: Counter({NEW: 0, CHANGED: 0, SAME: 0, REFUSED: 0})
    )
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def writes(self) -> int:
        """How many rows are written."""
        return self.counts[NEW] + self.counts[CHANGED]

    @property
    def refused(self) -> list[Outcome]:
        """The rows that are refused."""
        return [each for each in self.outcomes if each.verdict == REFUSED]

    @property
    def fingerprint(self) -> str:
        """The same for two plans that do the same; it goes from the dry run to applying it."""
        said = [self.noun, sorted(self.counts.items())]
        for each in self.outcomes:
            columns = [column for column, _why in each.problems]
            # The key of what is new is drawn by lot.
            key = "" if each.verdict == NEW else each.key
            said.append([each.line, each.verdict, key, each.differences, columns])
        return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()


class NotApplied(Exception):
    """Nothing was written, since it would not be what was asked for; ``plan`` says what is."""

    def __init__(self, message: str, plan: Plan):
        self.plan = plan
        super().__init__(message)


class NotWritten(Exception):
    """The database could not write; nothing of the file was written."""


def examine(
    noun: str,
    stream: BinaryIO,
    *,
    by: User | None,
    columns: Mapping[str, str] | None = None,
    watch: Watch | None = None,
) -> Plan:
    """Say what ``apply`` would do; writes nothing. Raises ``Unread`` or ``Refused``.

    Somebody who waits may add and change ``MOST_WRITES`` rows, a job that is watched
    ``MOST_WATCHED``; a command (``by=None``), any.
    """
    with told_plainly(), transaction.atomic():
        watch = _counting(stream, watch, JobStage.COMPARING)
        plan = _run(noun, stream, columns, by=by, reason=_("Trial"), watch=watch)
        transaction.set_rollback(True)
    return plan


def apply(
    noun: str,
    stream: BinaryIO,
    *,
    by: User | None,
    reason: str,
    columns: Mapping[str, str] | None = None,
    skip_refused: bool = False,
    expected: str = "",
    watch: Watch | None = None,
) -> Plan:
    """Write what is new and changed in one transaction, all changes under one batch.

    Raises ``Unread``, ``Refused``, ``ValidationError`` without a reason, ``NotApplied`` when
    rows are refused (unless ``skip_refused``) or when it would do something else than the plan
    whose fingerprint is ``expected``, and ``NotWritten`` when the disk is full.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Say why; it stands with every change.")})
    with told_plainly(), transaction.atomic():
        watch = _counting(stream, watch, JobStage.WRITING)
        plan = _run(noun, stream, columns, by=by, reason=reason, watch=watch)
        if expected and expected != plan.fingerprint:
            raise NotApplied(
                _("The register was changed in the meantime; look at the rows again, then apply."),
                plan,
            )
        if plan.counts[REFUSED] and not skip_refused:
            raise NotApplied(
                _("Rows are refused, so nothing was written; mend them, or leave them out."), plan
            )
    return plan


class told_plainly:
    """Says in words of ours that the database could not write."""

    def __enter__(self):
        return self

    def __exit__(self, kind, error, _trace):
        if isinstance(error, OperationalError):
            raise NotWritten(
                _("The database could not write (%(error)s). Nothing of this file was written.")
                % {"error": error}
            ) from error


def _counting(stream, watch: Watch | None, stage: str) -> Callable[[int], None] | None:
    """What tells ``watch`` how many of the rows of the file are done; reads it once to count."""
    if watch is None:
        return None
    total = 0
    for total, _row in enumerate(read_table(stream).rows, 1):  # noqa: B007
        watch(JobStage.READING, total, 0)
    stream.seek(0)
    return lambda done: watch(stage, done, total)


def _run(noun, stream, columns, *, by, reason, watch) -> Plan:
    kind = NOUNS[noun]
    if by is not None and not may(by, kind.act):
        raise Refused(_("Your role does not allow this."))
    table = read_table(stream)
    plan = Plan(noun, uuid.uuid4(), mapped(kind, table.header, columns))
    told = {"by": by, "reason": reason, "batch": plan.batch}
    reading = _Reading(kind(by), plan, told, watch)
    waiting = []
    for rows in _together(table.rows):
        waiting += reading.take(reading.read(rows))
    # What a row refers to may stand further down.
    while waiting:
        again = reading.take([(line, values) for line, values, _missing in waiting])
        if len(again) == len(waiting):
            for line, values, missing in again:
                reading.refuse(line, reading.problems(missing), reading.key(values))
            break
        waiting = again
    plan.outcomes.sort(key=lambda each: each.line)
    return plan


def _together(rows: Iterable[Row]) -> Iterator[list[Row]]:
    several = []
    for row in rows:
        several.append(row)
        if len(several) == TOGETHER:
            yield several
            several = []
    if several:
        yield several


class _Reading:
    """Takes the rows of one file, some at a time, and notes in the plan what became of them."""

    def __init__(self, noun: TableNoun, plan: Plan, told: Mapping[str, Any], watch=None):
        self.noun, self.plan, self.told, self.watch = noun, plan, told, watch
        self.most = MOST_WRITES if watch is None else MOST_WATCHED[connection.vendor]
        #: What a row is about → its line.
        self.seen: dict[Hashable, int] = {}
        #: Line → the cells of a row of which nothing is noted yet.
        self.cells: dict[int, list] = {}
        #: Line, verdict, row, values and differences of what is still to be written.
        self.pending: list[tuple] = []

    def read(self, rows: list[Row]) -> list[tuple[int, Values]]:
        """The values of these rows; those that cannot be read are refused."""
        found = []
        for row in rows:
            self.cells[row.line] = row.cells
            values, problems = self.values(row)
            if problems:
                self.refuse(row.line, problems, self.key(values))
            else:
                found.append((row.line, values))
        return found

    def values(self, row: Row) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        """Column → value, and what cannot be read."""
        if row.why:
            return {}, [("", row.why)]
        values, problems = {}, []
        for place, column in self.plan.mapped.fields.items():
            try:
                values[column.name] = column.read(row.cells[place])
            except ValueError as error:
                problems.append((column.name, str(error)))
        return values, problems

    def key(self, values) -> str:
        return str(values.get(self.noun.key) or "")

    def take(self, rows: list[tuple[int, Values]]) -> list[tuple[int, Values, Missing]]:
        """Write these rows; gives back those that refer to what is not there yet."""
        self.noun.prepare([values for _line, values in rows])
        waiting = []
        for line, values in rows:
            try:
                self.once(line, values)
                self.compare_at_once(line, values)
            except Missing as missing:
                waiting.append((line, values, missing))
            except Wrong as error:
                self.refuse(line, self.problems(error), self.key(values))
        self.write()
        return waiting

    def once(self, line, values) -> None:
        """Refuse a row that speaks of what another row of the file speaks of."""
        identity = self.noun.identity(values)
        first = self.seen.setdefault(identity, line) if identity is not None else line
        if first != line:
            raise Wrong(
                self.noun.key if self.key(values) else "",
                _("Line %(line)d of this file speaks of the same record.") % {"line": first},
            )

    def compare_at_once(self, line, values) -> None:
        """Compare, after what stands further up was written where the row refers to that."""
        try:
            self.compare(line, values)
        except Missing:
            if not self.pending:
                raise
            self.write()
            self.compare(line, values)

    def compare(self, line, values) -> None:
        """Find what a row would change; it waits to be written with others."""
        held = self.noun.find(values)
        if held is not None and held._state.adding:
            # A row further up says the same in other letters.
            self.write()
            held = None if held._state.adding else held
        wanted = self.noun.wanted(values, held)
        differences = self.differences(held, wanted)
        if held is None:
            self.pending.append((line, NEW, self.noun.make(wanted), values, differences))
            return
        self.noun.refuse_fixed(held, wanted)
        if differences:
            row = self.noun.changed(held, wanted)
            self.pending.append((line, CHANGED, row, values, differences))
        else:
            self.note(Outcome(line, SAME))

    def write(self) -> None:
        """Write what waits, and note what became of each row."""
        pending, self.pending = self.pending, []
        told = self.noun.write([row for _line, _verdict, row, *_rest in pending], self.told)
        for (line, verdict, row, values, differences), change in zip(pending, told, strict=True):
            if isinstance(change, Exception):
                self.refuse(line, self.problems(change), self.key(values))
            elif change is None:
                self.note(Outcome(line, SAME))
            else:
                if verdict == NEW:
                    self.noun.took(row)
                self.note(Outcome(line, verdict, row.public_key, differences))

    def differences(self, held, wanted) -> dict[str, tuple]:
        """Column → what stands there and what would, where that is another."""
        found = {}
        for column in self.plan.mapped.fields.values():
            name = column.attribute
            if name not in wanted:
                continue
            before = None if held is None else getattr(held, name)
            if before != wanted[name] and (before or wanted[name]):
                shown = (self.noun.shown(name, value) for value in (before, wanted[name]))
                found[column.name] = tuple("" if each is None else each for each in shown)
        return found

    def note(self, outcome: Outcome) -> None:
        """Keep what became of a row; raises ``Unread`` when it is one too many."""
        self.plan.counts[outcome.verdict] += 1
        self.cells.pop(outcome.line, None)
        if outcome.verdict != SAME:
            self.plan.outcomes.append(outcome)
        if self.watch:
            self.watch(self.plan.counts.total())
        if self.told["by"] is not None and self.plan.writes > self.most:
            raise Unread(
                _(
                    "More than %(most)d rows differ from the register; divide the file, or have it "
                    "imported on the server (manage.py import_table)."
                )
                % {"most": self.most}
            )

    def refuse(self, line, problems: Iterable[tuple[str, str]], key="") -> None:
        """Keep why a row is refused, and what stands in the cells to mend."""
        problems = tuple(problems)
        wanted, held = {column for column, _why in problems}, self.cells[line]
        told = {
            column.name: _as_text(held[place])
            for place, column in self.plan.mapped.fields.items()
            if column.name in wanted
        }
        self.note(Outcome(line, REFUSED, key, problems=problems, cells=told))

    def problems(self, error) -> Iterator[tuple[str, str]]:
        """What is wrong, each with the column to mend."""
        if isinstance(error, Wrong):
            yield error.column, error.why
        elif isinstance(error, ValidationError):
            by_field = getattr(error, "error_dict", {NON_FIELD_ERRORS: [error]})
            for name, errors in by_field.items():
                for each in errors:
                    yield self.noun.column_of(name), " ".join(each.messages)
        else:
            yield "", str(error)


def _as_text(cell) -> str:
    """A cell as a person would read it in the file."""
    if isinstance(cell, Bad):
        return ""
    return "" if cell is None else str(plain(cell))

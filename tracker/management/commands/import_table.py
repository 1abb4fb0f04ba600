"""A table (CSV, XLSX) into the register: what it would change, then, with --apply, the change."""

import uuid
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from tracker import actions
from tracker.tables.errors import Unread
from tracker.tables.plan import NOUNS, NotApplied, NotWritten, Plan, apply, examine
from tracker.tables.refused import error_file


class Command(BaseCommand):
    help = (
        "Compare a table with the register, row by row; nothing is written without --apply. "
        "Columns are called as in the exports."
    )

    def add_arguments(self, parser):
        parser.add_argument("noun", choices=NOUNS)
        parser.add_argument("file", type=Path, nargs="?")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="THEIRS=OURS",
            help="which of our columns one of the file is; nothing after = passes it over",
        )
        parser.add_argument(
            "--errors", type=Path, metavar="FILE", help="write the refused rows there, as CSV"
        )
        parser.add_argument("--apply", action="store_true", help="write what differs")
        parser.add_argument("--reason", default="", help="stands with every change")
        parser.add_argument(
            "--skip-refused",
            action="store_true",
            help="write the other rows although some are refused",
        )

        parser.add_argument(
            "--undo", type=uuid.UUID, metavar="BATCH", help="take back what was written, as a whole"
        )

    def handle(self, *, noun, file, map, apply, reason, skip_refused, undo, errors, **options):
        if undo:
            return self.undo(undo, reason)
        if file is None:
            raise CommandError(_("Name the file."))
        columns = dict(_pair(each) for each in map)
        told = {"reason": reason, "skip_refused": skip_refused} if apply else {}
        try:
            with file.open("rb") as stream:
                plan = _run(noun, stream, columns, told)
        except OSError as error:
            raise CommandError(_("The file cannot be opened: %s") % error) from error
        except NotApplied as error:
            self.say(error.plan)
            _write(errors, error.plan)
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except (Unread, NotWritten, PermissionDenied) as error:
            raise CommandError(str(error)) from error
        self.say(plan)
        _write(errors, plan)
        self.stdout.write(self.receipt(plan, apply))

    def undo(self, batch, reason) -> None:
        """Take back every row that an import wrote, or none."""
        try:
            done = actions.undo_batch(batch, by=None, reason=reason)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except (actions.Held, actions.Conflict) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("%(number)d changes were taken back.") % {"number": len(done)})

    def say(self, plan: Plan) -> None:
        """The rows that differ and those that are refused, then how many there are."""
        for name in plan.mapped.unknown:
            self.stdout.write(_("Passed over: column “%(name)s”") % {"name": name})
        for each in plan.outcomes:
            self.stdout.write(f"{each.line:7d}  {each.verdict:8s} {each.key}")
            for column, (before, after) in each.differences.items():
                self.stdout.write(f"{'':18s}{column}: {_shown(before)} → {_shown(after)}")
            for column, why in each.problems:
                self.stdout.write(f"{'':18s}{column}: {why}" if column else f"{'':18s}{why}")
        counts = plan.counts
        self.stdout.write(
            _("%(new)d new  %(changed)d changed  %(same)d same  %(refused)d refused") % counts
        )

    def receipt(self, plan: Plan, applied: bool) -> str:
        """What was done, and what to do next."""
        if not plan.writes:
            return _("Nothing to do: the register says the same already.")
        if not applied:
            return _("Nothing was written; do it with --apply and --reason.")
        return _("Written as bulk change %(batch)s.") % {"batch": plan.batch}


def _run(noun, stream, columns, told) -> Plan:
    if told:
        return apply(noun, stream, by=None, columns=columns, **told)
    return examine(noun, stream, by=None, columns=columns)


def _write(path: Path | None, plan: Plan) -> None:
    """The refused rows as a file, where one is asked for."""
    if path is None:
        return
    try:
        path.write_text(error_file(plan.refused), encoding="utf-8", newline="")
    except OSError as error:
        raise CommandError(_("The error file cannot be written: %s") % error) from error


def _pair(text: str) -> tuple[str, str]:
    theirs, equals, ours = text.rpartition("=")
    if not equals:
        raise CommandError(_("--map takes THEIRS=OURS, not “%(text)s”.") % {"text": text})
    return theirs, ours


def _shown(value) -> str:
    text = repr(str(value)) if value != "" else "–"
    return text if len(text) <= 60 else text[:59] + "…"

"""Tables into the register: a trial unless ``apply`` is sent, then all or nothing."""

from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from tracker import actions
from tracker.api.asynchronous import accepted, is_wished, token_of
from tracker.api.formats import ErrorFile, RefusesInJson
from tracker.api.parameters import refuse_unknown
from tracker.api.serializers.imports import ImportSerializer, PlanSerializer
from tracker.api.views.door import DoorView
from tracker.downloads import HEADERS
from tracker.jobs.tables import ask_table
from tracker.tables.errors import Unread
from tracker.tables.plan import NOUNS, NotApplied, NotWritten, Plan, apply, examine
from tracker.tables.reading import read_table
from tracker.tables.refused import error_file, file_name
from tracker.vocabulary import JobKind

#: Rows that an answer names.
NAMED = 1000


class NoRoom(exceptions.APIException):
    """The database could not write."""

    status_code = 500
    default_code = "error"


class ImportView(RefusesInJson, DoorView):
    """Takes a table of one kind; a trial can also be had as its error file (``format=csv``)."""

    serializer_class = ImportSerializer
    shown_class = PlanSerializer
    success_status = 200
    parser_classes = [MultiPartParser]
    http_method_names = ["post", "options"]
    #: The kind of table.
    table: str

    def get_view_name(self):
        return capfirst(NOUNS[self.table].model._meta.verbose_name_plural)

    def post(self, request):
        """Say what the table would change or, with ``apply``, change it."""
        refuse_unknown(request.query_params)
        reader = ImportSerializer(data=request.data)
        reader.is_valid(raise_exception=True)
        sent = dict(reader.validated_data)
        file, applied = sent.pop("file"), sent.pop("apply")
        as_errors = isinstance(request.accepted_renderer, ErrorFile)
        if as_errors and applied:
            told = _("The error file tells of a trial; leave “apply” out.")
            raise exceptions.ValidationError({"apply": [told]})
        if is_wished(request) and not self.is_trial and not as_errors:
            return self.ask(file, applied, sent)
        try:
            plan = self.run(file, applied, sent)
        except Unread as error:
            raise exceptions.ValidationError({"file": [str(error)]}) from error
        except NotApplied as error:
            raise NotDone(str(error), error.plan) from error
        except NotWritten as error:
            raise NoRoom(str(error)) from error
        if as_errors:
            named = content_disposition_header(True, file_name(file.name))
            return Response(
                error_file(plan.refused), headers={**HEADERS, "Content-Disposition": named}
            )
        return Response(shown(plan, applied))

    def get_renderers(self):
        """Also the error file."""
        return [*super().get_renderers(), ErrorFile()]

    def ask(self, file, applied, sent):
        """Have a job try or write it; what cannot be read as a table is refused at once."""
        by, at, told = self.request.user, timezone.now(), {"token": token_of(self.request)}
        if applied:
            if not sent.get("reason", "").strip():
                raise exceptions.ValidationError({"reason": [_("Say why.")]})
            usual = {"reason": "", "skip_refused": False, "expected": ""}
            told |= {name: sent.get(name, each) for name, each in usual.items()}
        try:
            read_table(file)
            file.seek(0)
        except Unread as error:
            raise exceptions.ValidationError({"file": [str(error)]}) from error
        with actions.together():
            table = actions.keep_table(self.table, file.name, file.read(), by=by)
            actions.choose_columns(table, sent.get("columns", {}), by=by)
            kind = JobKind.IMPORT if applied else JobKind.TRIAL
            job = ask_table(kind, table, by=by, at=at, forget=True, **told)
        return accepted(job, self.request)

    def run(self, file, applied, sent) -> Plan:
        """Examine or apply it."""
        common = {"by": self.request.user, "columns": sent.pop("columns", {})}
        if not applied:
            return examine(self.table, file, **common)
        return apply(self.table, file, **common, **{"reason": "", **sent})


class NotDone(exceptions.ValidationError):
    """Nothing was written; ``more`` says what becomes of the rows."""

    def __init__(self, message, plan):
        super().__init__({"file": [message]})
        told = shown(plan, applied=False)
        self.more = {name: told[name] for name in ("counts", "fingerprint", "rows", "more_rows")}


def shown(plan: Plan, applied: bool) -> dict:
    """What becomes of a table, as it is answered."""
    rows = plan.outcomes
    return {
        "table": plan.noun,
        "applied": applied,
        "batch": str(plan.batch) if applied and plan.writes else None,
        "counts": dict(plan.counts),
        "fingerprint": plan.fingerprint,
        "derived": list(plan.mapped.derived),
        "unknown": list(plan.mapped.unknown),
        "rows": [_row(each) for each in rows[:NAMED]],
        "more_rows": max(0, len(rows) - NAMED),
    }


def _row(outcome) -> dict:
    problems = [{"column": column, "why": why} for column, why in outcome.problems]
    differences = {name: list(both) for name, both in outcome.differences.items()}
    return {
        "line": outcome.line,
        "verdict": outcome.verdict,
        "key": outcome.key,
        "differences": differences,
        "problems": problems,
    }


IMPORTS = {
    name: type(f"{kind.__name__}Import", (ImportView,), {"table": name, "act": kind.act})
    for name, kind in NOUNS.items()
}

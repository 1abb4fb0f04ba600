"""Many records in one request: all of its rows are written, or none, and each is answered for."""

from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response

from tracker import actions
from tracker.actions import Conflict
from tracker.api.parameters import refuse_unknown
from tracker.api.problems import KINDS
from tracker.api.refusals import TooLarge, errors_of, kind_of_error, known
from tracker.api.serializers.bulk import AnswerSerializer, BulkSerializer
from tracker.api.views import assessments, bodies, evidence, reports, resolutions
from tracker.api.views.base import NounView

MOST = 500


class BulkView(NounView):
    """Creates the rows without ``key``, and changes those with it, from the ``version`` read."""

    serializer_class = BulkSerializer
    shown_class = AnswerSerializer
    http_method_names = ["post", "options"]
    success_status = 200
    #: How a new record is read, and how one that is there.
    makes: type
    changes: type

    def get_view_name(self):
        return _("Many at once")

    def post(self, request):
        """Write every row in one transaction; 400 names each row that is wrong, by its number."""
        refuse_unknown(request.query_params)
        reason, rows = self._sent()
        with actions.together():
            answers, wrong = [], []
            for number, row in enumerate(rows):
                try:
                    with actions.together():
                        answers.append({"row": number, **self._write(row, reason)})
                except Exception as error:
                    wrong.append({"row": number, **_refusal(error)})
            if wrong:
                raise WrongRows(wrong)
        return Response({"count": len(answers), "results": answers})

    def _sent(self):
        """The reason and the rows; raises 400 or 413."""
        reader = BulkSerializer(data=self.request.data)
        reader.is_valid(raise_exception=True)
        rows = reader.validated_data["rows"]
        if len(rows) > MOST:
            raise TooManyRows
        return reader.validated_data.get("reason", ""), rows

    def _write(self, row, reason):
        """Make or change one record, as its own address would."""
        values = {"reason": reason, **row} if reason else dict(row)
        key, version = values.pop("key", None), values.pop("version", None)
        noun = None if key is None else self._current(key, version)
        reader = (self.makes if noun is None else self.changes)(
            noun, data=values, partial=noun is not None, context=self.get_serializer_context()
        )
        reader.is_valid(raise_exception=True)
        written = reader.write(by=self.request.user)
        written.refresh_from_db(fields=["version"])
        status = "created" if noun is None else "updated"
        if noun is not None and written.version == version:
            status = "same"
        return {"status": status, "key": written.public_key, "version": written.version}

    def _current(self, key, version):
        """The record to change; raises 404, 403, 400 without a version, 412 with an old one."""
        noun = self.find(self.stored(), str(key))
        self.check_object_permissions(self.request, noun)
        if not isinstance(version, int) or isinstance(version, bool):
            told = _("Give the version of the record as you read it.")
            raise exceptions.ValidationError({"version": [told]})
        if version != noun.version:
            raise Conflict(noun)
        return noun


class TooManyRows(TooLarge):
    """More rows than are taken at once."""

    default_detail = KINDS["too_large"].mend


class WrongRows(exceptions.ValidationError):
    """Some rows cannot be written, so none was; ``more`` names them all."""

    def __init__(self, rows):
        told = _("Nothing was written. Wrong rows: %(count)d.") % {"count": len(rows)}
        super().__init__({"rows": [told]})
        self.more = {"rows": rows}


def _refusal(error: Exception) -> dict:
    """What is wrong with one row: its code, and the messages by field; the rest is raised."""
    if isinstance(error, Conflict):
        return {"code": "stale", "detail": str(error), "version": error.current.version}
    foreseen = known(error)
    if foreseen is None:
        raise error
    if isinstance(foreseen, exceptions.ValidationError):
        return {"code": "invalid", "errors": errors_of(foreseen)}
    return {"code": kind_of_error(foreseen).code, "detail": str(foreseen.detail)}


def bulk_of(shared: type, record: type, listed: type) -> type[BulkView]:
    """The view that writes many of what ``listed`` lists and ``record`` shows."""
    makes = getattr(listed, "sent_class", None) or listed.serializer_class
    changes = getattr(record, "sent_class", None) or record.serializer_class
    values = {"makes": makes, "changes": changes, "serializer_class": BulkSerializer}
    return type(f"{shared.__name__}Bulk", (shared, BulkView), {**values, "sent_class": None})


BULK = {
    "resolutions": bulk_of(
        resolutions.Resolutions, resolutions.ResolutionRecord, resolutions.ResolutionList
    ),
    "provisions": bulk_of(
        resolutions.Provisions, resolutions.ProvisionRecord, resolutions.ProvisionList
    ),
    "themes": bulk_of(resolutions.Themes, resolutions.ThemeRecord, resolutions.ThemeList),
    "bodies": bulk_of(bodies.Bodies, bodies.BodyRecord, bodies.BodyList),
    "memberships": bulk_of(bodies.Memberships, bodies.MembershipRecord, bodies.MembershipList),
    "designations": bulk_of(bodies.Designations, bodies.DesignationRecord, bodies.DesignationList),
    "evidence": bulk_of(evidence.Pieces, evidence.EvidenceRecord, evidence.EvidenceList),
    "reports": bulk_of(reports.Reports, reports.ReportRecord, reports.ReportList),
    "assessments": bulk_of(
        assessments.Assessments, assessments.AssessmentRecord, assessments.AssessmentList
    ),
}

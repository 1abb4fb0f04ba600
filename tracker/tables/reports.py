"""The table of reports: a body's own word, begun as drafts by who speaks for it."""

from django.utils.translation import gettext as _

from tracker import actions
from tracker.models import Body, Commitment, Report
from tracker.rights import Act, Reach, reach
from tracker.tables import values as read
from tracker.tables.errors import Wrong
from tracker.tables.nouns import Field, TableNoun
from tracker.tables.register import held_commitments
from tracker.vocabulary import Classification, Position


class Reports(TableNoun):
    """Drafts are added and changed; what is submitted stays as it was said.

    A row without a key is the report of that commitment which says the same, or a new draft.
    """

    name, model, act, key = "reports", Report, Act.REPORT, "key"
    fields = (
        Field("key", read.word, "key", fixed=True),
        Field("commitment", read.word, "commitment_id", fixed=True),
        Field("position", read.one_of(Position), "position"),
        Field("text", read.exact, "text"),
        Field("submitted_on", read.day, "submitted_on"),
        Field("classification", read.one_of(Classification), "classification"),
    )
    derived = ("paragraph", "body", "body_name")
    needs = (("key",), ("commitment", "position"))

    def own(self):
        """The commitments that the person may report on; a command, on all."""
        rows = Commitment.objects.all()
        if self.by is None or reach(self.by, self.act) == Reach.ALL:
            return rows
        return rows.filter(body__in=Body.objects.spoken_for_by(self.by).order_by().values("pk"))

    def prepare(self, rows):
        own = self.own()
        self.commitments = held_commitments((each.get("commitment", "") for each in rows), own)
        self.keys = {each.pk: key for key, each in self.commitments.items()}
        keys = [each["key"] for each in rows if each.get("key")]
        mine = Report.objects.filter(commitment__in=own.order_by().values("pk"))
        mine = mine.select_related("commitment__provision__resolution", "commitment__body")
        self.held = {report.key: report for report in mine.filter(key__in=keys)}
        said = mine.filter(commitment__in=[each.pk for each in self.commitments.values()])
        self.said = {self.words(report): report for report in said.order_by("pk")}

    @staticmethod
    def words(report):
        """What a report says, by which one without a key is known again."""
        return (report.commitment_id, report.position, report.text, report.classification)

    def identity(self, values):
        if values.get("key"):
            return values["key"]
        level = values.get("classification") or Classification.INTERNAL
        said = (values.get("position"), values.get("text", ""), level)
        return (values.get("commitment"), *said)

    def find(self, values):
        if values.get("key"):
            if values["key"] not in self.held:
                # The same for a report of another body as for one that there is not.
                raise Wrong("key", _("No report that you may write is held under this key."))
            return self.held[values["key"]]
        commitment = self.commitment(values)
        return self.said.get((commitment.pk, *self.identity(values)[1:]))

    def commitment(self, values):
        """The commitment that is meant; the same refusal whether it is not there or not theirs."""
        found = self.commitments.get(values.get("commitment", ""))
        if found is None:
            raise Wrong("commitment", _("No commitment that you may report on has this key."))
        return found

    def wanted(self, values, held):
        found = super().wanted(values, held)
        found.pop("key", None)
        if "commitment" in values:
            found["commitment_id"] = self.commitment(values).pk
        if not found.get("classification"):
            found["classification"] = held.classification if held else Classification.INTERNAL
        if "submitted_on" in found and found["submitted_on"] != (held and held.submitted_on):
            raise Wrong(
                "submitted_on", _("A report is submitted by its own step; leave this empty.")
            )
        return found

    def make(self, wanted):
        commitment = self.commitments[self.keys[wanted["commitment_id"]]]
        words = ("position", "text", "classification")
        said = {name: wanted[name] for name in words if name in wanted}
        report = Report(commitment=commitment, **said)
        self.said[self.words(report)] = report
        return report

    def write(self, rows, told):
        return actions.save_reports(rows, **told)

    def shown(self, attribute, value):
        if attribute == "commitment_id":
            return self.keys.get(value, "")
        return super().shown(attribute, value)

"""What stands under another record: citations, deliveries, extensions."""

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from tracker import actions
from tracker.api.serializers.under import (
    CitationSerializer,
    DeliverySerializer,
    ExtensionSerializer,
    NewCitationSerializer,
    NewDeliverySerializer,
    NewExtensionSerializer,
)
from tracker.api.views.base import UnderListView, UnderRecordView
from tracker.models import (
    Assessment,
    Citation,
    Commitment,
    Delivery,
    Evidence,
    Extension,
    Report,
)
from tracker.models.commitments import split_commitment_key
from tracker.rights import Act


class Citations:
    """The evidence that one report or one assessment cites, as far as it may be seen."""

    noun = Citation
    serializer_class = CitationSerializer
    #: How a citation names its owner.
    side = ""

    def body_of(self, noun):
        return noun.commitment.body

    def rows_of(self, owner):
        seen = Evidence.objects.visible_to(self.request.user)
        cited = Citation.objects.filter(**{self.side: owner}, evidence__in=seen)
        return cited.select_related("evidence", "report", "assessment").order_by("key")


class OfReport(Citations):
    """What a report cites."""

    owners, side, act = Report, "report", Act.REPORT


class OfAssessment(Citations):
    """What an assessment cites."""

    owners, side, act = Assessment, "assessment", Act.ASSESS


class CitationList(UnderListView):
    """Citations of one record, and the way to add one while it is a draft."""

    sent_class = NewCitationSerializer

    def add(self, owner, *, by, evidence, **sent):
        """Cite what ``by`` may see; the rest is answered as if it were not there."""
        found = Evidence.objects.visible_to(by).filter(key=evidence).first()
        if found is None:
            told = _("No evidence is held as “%(key)s”.") % {"key": evidence}
            raise ValidationError({"evidence": [told]})
        return actions.cite(found, by=by, **{self.side: owner}, **sent)


class CitationRecord(UnderRecordView):
    """One citation; taken out while its owner is a draft."""

    row_field = "evidence__key"

    def remove(self, noun, *, by, reason):
        actions.uncite(noun, by=by, reason=reason)


class ReportCitations(OfReport, CitationList):
    """What the report cites."""


class ReportCitation(OfReport, CitationRecord):
    """One citation of the report, by the key of the evidence."""


class AssessmentCitations(OfAssessment, CitationList):
    """What the assessment cites."""


class AssessmentCitation(OfAssessment, CitationRecord):
    """One citation of the assessment, by the key of the evidence."""


class Dated:
    """What happened to the dates of one commitment."""

    owners = Commitment
    act = Act.SET_TIMING

    def lookup(self, key):
        provision, code = split_commitment_key(key)
        return {"provision__key": provision, "body__code": code}

    def body_of(self, noun):
        return noun.body

    def rows_of(self, owner):
        rows = self.noun.objects.visible_to(self.request.user).filter(commitment=owner)
        return rows.select_related("deadline", "commitment__provision", "commitment__body")

    def deadline(self, commitment, label):
        """The date of the commitment's provision with this label, or 400."""
        found = commitment.provision.deadlines.filter(label=label).first()
        if found is None:
            told = _("This paragraph sets no date “%(label)s”.") % {"label": label}
            raise ValidationError({"deadline": [told]})
        return found

    def remove(self, noun, *, by, reason):
        actions.take_back(noun, by=by, reason=reason)


class Deliveries(Dated):
    """What the list and the record of deliveries share."""

    noun = Delivery
    serializer_class = DeliverySerializer


class DeliveryList(Deliveries, UnderListView):
    """When the body delivered what was due."""

    sent_class = NewDeliverySerializer

    def add(self, owner, *, by, deadline, **sent):
        return actions.record_delivery(owner, self.deadline(owner, deadline), by=by, **sent)


class DeliveryRecord(Deliveries, UnderRecordView):
    """One delivery; taken back when it was recorded in error."""


class Extensions(Dated):
    """What the list and the record of extensions share."""

    noun = Extension
    serializer_class = ExtensionSerializer


class ExtensionList(Extensions, UnderListView):
    """Later dates that were granted to the body, with the reason."""

    sent_class = NewExtensionSerializer

    def add(self, owner, *, by, deadline, **sent):
        found = self.deadline(owner, deadline)
        return actions.extend(owner, found, by=by, on=self.on, **sent)


class ExtensionRecord(Extensions, UnderRecordView):
    """One extension; taken back when it was recorded in error."""

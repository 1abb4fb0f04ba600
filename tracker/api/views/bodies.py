"""Bodies, memberships and designations."""

from django.db.models import Prefetch
from rest_framework.response import Response

from tracker import actions
from tracker.api.parameters import refuse_unknown
from tracker.api.serializers.base import ReasonedStepSerializer, StepSerializer
from tracker.api.serializers.bodies import (
    BodyRowSerializer,
    BodySerializer,
    ContactSerializer,
    DesignationSerializer,
    MembershipSerializer,
)
from tracker.api.views.base import ActView, RecordView, WritableListView, WritableRecordView
from tracker.filters import BodyFilter, DesignationFilter, MembershipFilter
from tracker.models import Body, Designation, Membership
from tracker.rights import Act


class Bodies:
    """What the list and the record of bodies share."""

    noun = Body
    serializer_class = BodySerializer
    bar_column = "body"

    def lookup(self, key):
        return {"code": key.upper()}

    def detailed(self, rows):
        """With names, and the memberships and designations of the day."""
        day = {"on": self.on, "viewer": self.request.user}
        memberships = Membership.objects.visible_to(self.request.user).for_listing(**day)
        designations = Designation.objects.visible_to(self.request.user).for_listing(**day)
        return rows.select_related("host", "succeeded_by").prefetch_related(
            "names",
            Prefetch("memberships_held", memberships),
            Prefetch("designations", designations),
        )


class BodyList(Bodies, WritableListView):
    """States, organs, organizations, networks and authorities that have to act."""

    filterset = BodyFilter
    rows_serializer = BodyRowSerializer


class BodyRecord(Bodies, WritableRecordView):
    """One body, with its names, what it belongs to and whom it has named."""


class Memberships:
    """What the list and the record of memberships share."""

    noun = Membership
    serializer_class = MembershipSerializer


class MembershipList(Memberships, WritableListView):
    """Who belongs to which network or organization, in which role, on that day."""

    filterset = MembershipFilter


class MembershipRecord(Memberships, WritableRecordView):
    """One membership."""


class Designations:
    """What the list and the record of designations share."""

    noun = Designation
    serializer_class = DesignationSerializer


class DesignationList(Designations, WritableListView):
    """Central Authorities, national central bureaus and contact points that bodies have named."""

    filterset = DesignationFilter


class DesignationRecord(Designations, WritableRecordView):
    """One designation."""


class Offices(Designations):
    """What may be done with a designation by those who speak for its body."""

    def body_of(self, noun):
        return noun.body

    def stored(self):
        return super().stored().select_related("body")


class DesignationConfirmation(Offices, ActView):
    """Say that the designation is still correct today."""

    act = Act.CONFIRM_DESIGNATION
    sent_class = StepSerializer

    def take(self, noun, *, by, **sent):
        actions.confirm_designation(noun, by=by, on=self.on, **sent)


class DesignationReveal(Offices, RecordView):
    """The person behind the office; who looked, and why, is kept in the record of changes."""

    act = Act.REVEAL_CONTACT
    serializer_class = ContactSerializer
    sent_class = ReasonedStepSerializer
    http_method_names = ["post", "options"]
    limit = "reveal"
    is_secret = True
    success_status = 200

    def post(self, request, key):
        """Show name, telephone and mail, to be kept nowhere."""
        refuse_unknown(request.query_params)
        office = self.find(self.stored(), key)
        self.check_object_permissions(request, office)
        person = actions.reveal_contact(office, by=request.user, **self.read().validated_data)
        return Response(person, headers={"Cache-Control": "no-store"})

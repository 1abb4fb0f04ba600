"""Bodies, memberships and designations."""

from django.db.models import Prefetch

from tracker.api.serializers.bodies import (
    BodyRowSerializer,
    BodySerializer,
    DesignationSerializer,
    MembershipSerializer,
)
from tracker.api.views.base import WritableListView, WritableRecordView
from tracker.filters import BodyFilter, DesignationFilter, MembershipFilter
from tracker.models import Body, Designation, Membership


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

"""Questions across the nouns over REST: the same functions as behind their pages."""

from urllib.parse import urlencode

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import NotFound
from rest_framework.response import Response
from rest_framework.reverse import reverse

from tracker import actions
from tracker.api.parameters import refuse_unknown
from tracker.api.schema import AS_OF, DAY
from tracker.api.serializers.base import NothingSerializer
from tracker.api.serializers.bodies import BodyRowSerializer
from tracker.api.serializers.questions import (
    CheckSerializer,
    GapsSerializer,
    InboxSerializer,
    NetworkSerializer,
    OverviewSerializer,
    SeenSerializer,
)
from tracker.api.views.assessments import Assessments
from tracker.api.views.base import ListView, NounView
from tracker.api.views.bodies import Bodies, Designations
from tracker.api.views.commitments import Commitments
from tracker.api.views.door import DoorView
from tracker.filters import BodyFilter, CommitmentFilter, DesignationFilter, ReviewFilter
from tracker.models import Body, Designation, Visit
from tracker.reports.checks import find_check, findings
from tracker.reports.gaps import gap_table
from tracker.reports.inbox import changes_unseen, due, waiting, waiting_numbers
from tracker.reports.networks import KINDS, network_picture
from tracker.reports.overview import overview
from tracker.rights import Act
from tracker.vocabulary import STATES, BodyKind, Standing, Step

#: How addresses spell what stands in keys.
READABLE = "/()"


class QuestionView(DoorView):
    """One answer on the day that ``on`` names."""

    pagination_class = None
    http_method_names = ["get", "head", "options"]
    parameters = (OpenApiParameter("on", DAY, description=AS_OF),)

    def get(self, request):
        refuse_unknown(request.query_params, {"on"})
        return Response(self.get_serializer(self.told()).data)

    def told(self):
        """What is answered."""
        raise NotImplementedError

    def list_of(self, name, *args, dated=True, **query) -> str:
        """The address of the list behind a number."""
        wanted = {**query, **({"on": self.on.isoformat()} if dated else {})}
        address = reverse(f"api:{name}", args=args, request=self.request)
        return f"{address}?{urlencode(wanted, doseq=True, safe=READABLE)}"


class Overview(QuestionView):
    """What the register holds, how much of it is known, and what falls due."""

    serializer_class = OverviewSerializer

    def get_view_name(self):
        return _("Overview")

    def told(self):
        found = overview(self.request.user, on=self.on)
        holdings = [
            {"name": name, "count": number, "list": self.list_of(name)}
            for name, number in found.holdings.items()
        ]
        return {**vars(found), "holdings": holdings, "on": self.on}


class Checks(QuestionView):
    """Questions that the record raises about itself; none of them judges a body."""

    serializer_class = CheckSerializer
    is_many = True

    def get_view_name(self):
        return _("Checks")

    def get(self, request):
        refuse_unknown(request.query_params, {"on"})
        return Response(self.get_serializer(self.told(), many=True).data)

    def told(self):
        return [
            {
                "key": each.check.key,
                "title": each.check.title,
                "definition": each.check.definition,
                "mend": each.check.mend,
                "count": each.number,
                "list": self.list_of(FOUND[each.check.noun], each.check.key),
            }
            for each in findings(self.request.user, on=self.on)
        ]


class Checked:
    """The rows that one check finds: the noun's own list, narrowed; its filters work."""

    def get(self, request, key):
        return super().get(request)

    def narrow(self, queryset):
        check = find_check(self.kwargs["key"])
        if check is None or check.noun is not self.noun:
            raise NotFound(_("There is no such check “%(key)s”.") % {"key": self.kwargs["key"]})
        return check.narrow(queryset, on=self.on, viewer=self.request.user)


class CheckedCommitments(Checked, Commitments, ListView):
    """Commitments that a check finds."""

    filterset = CommitmentFilter


class CheckedDesignations(Checked, Designations, ListView):
    """Designations that a check finds."""

    filterset = DesignationFilter


#: Where the rows of a check are listed.
FOUND = {Commitments.noun: "checked-commitments", Designation: "checked-designations"}


class ReviewQueue(Assessments, ListView):
    """What is under review, the oldest first, and who has taken it."""

    filterset = ReviewFilter
    is_detailed = True

    def narrow(self, queryset):
        return queryset.filter(step=Step.UNDER_REVIEW)


class NetworkList(Bodies, ListView):
    """The bodies whose kind is network."""

    filterset = BodyFilter
    rows_serializer = BodyRowSerializer

    def narrow(self, queryset):
        return queryset.filter(kind=BodyKind.NETWORK)


class Network(NounView):
    """One network: its members on that day, how it grew, what it shares them with."""

    noun = Body
    may_choose = False
    serializer_class = NetworkSerializer
    http_method_names = ["get", "head", "options"]

    def get_view_name(self):
        return _("Network")

    def lookup(self, key):
        return {"code": key.upper()}

    def get(self, request, key):
        refuse_unknown(request.query_params, {"on"})
        network = self.find(self.stored().as_of(self.on).filter(kind__in=KINDS), key)
        picture = network_picture(network, viewer=request.user, on=self.on)
        shown = {**vars(picture), "network": network, "on": self.on}
        return Response(self.get_serializer(shown).data)


class Gaps(QuestionView):
    """What is not recorded of the offices that States name, region by region."""

    serializer_class = GapsSerializer

    def get_view_name(self):
        return _("What is not recorded")

    def told(self):
        table = gap_table(self.request.user, on=self.on)
        return {
            "on": self.on,
            "recorded": table.recorded,
            "rows": [self.row(each) for each in table.rows],
        }

    def row(self, each):
        """One region, with the lists behind its numbers."""
        within = {"region": each.region.code} if each.region else {}
        states = {"kind": list(STATES), "standing": Standing.EXISTING.value, **within}
        return {
            "region": each.region.code if each.region else None,
            "name": each.region.name if each.region else _("All States"),
            "states": each.states,
            "stale": each.stale,
            "lacking": [
                {
                    "what": what,
                    "count": number,
                    "list": self.list_of("bodies", **states, not_recorded=what),
                }
                for what, number in each.lacking.items()
            ],
        }


class Inbox(QuestionView):
    """What waits for you, what changed since you looked, what falls due; always as of today."""

    serializer_class = InboxSerializer
    parameters = ()

    def get_view_name(self):
        return _("Inbox")

    def get(self, request):
        refuse_unknown(request.query_params)
        return Response(self.get_serializer(self.told()).data)

    def told(self):
        viewer = self.request.user
        counts = waiting_numbers(viewer, on=self.on)
        visit = Visit.objects.filter(by=viewer).first()
        return {
            "on": self.on,
            "waiting": [self.waits(each) for each in waiting(viewer, counts, on=self.on)],
            "seen_until": visit.sequence if visit else 0,
            "changed_since": changes_unseen(viewer, visit).count(),
            "due": [self.falls_due(each) for each in due(viewer, on=self.on)],
        }

    def waits(self, each):
        """One kind of what waits."""
        address = self.list_of(each.kind.page, dated=False, **each.query)
        return {
            "key": each.kind.key,
            "why": each.kind.why,
            "count": each.number,
            "list": address,
        }

    def falls_due(self, each):
        """One kind of what falls due."""
        horizons = [
            {"days": days, "count": number, "list": self.list_of(each.page, dated=False, **query)}
            for days, (number, query) in each.horizons.items()
        ]
        return {"key": each.key, "label": each.label, "horizons": horizons}


class InboxSeen(DoorView):
    """Every change so far counts as seen."""

    act = Act.READ_REGISTER
    serializer_class = SeenSerializer
    sent_class = NothingSerializer
    success_status = 200
    http_method_names = ["post", "options"]

    def get_view_name(self):
        return _("Mark as seen")

    def post(self, request):
        """Mark; 400 for what is sent, since it takes nothing."""
        refuse_unknown(request.query_params)
        NothingSerializer(data=request.data).is_valid(raise_exception=True)
        visit = actions.mark_seen(by=request.user)
        return Response(self.get_serializer(visit).data)

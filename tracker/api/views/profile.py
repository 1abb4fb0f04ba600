"""The profile of one body."""

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.response import Response

from tracker.api.parameters import refuse_unknown
from tracker.api.serializers.profile import ProfileSerializer
from tracker.api.views.base import NounView
from tracker.api.views.bodies import Bodies
from tracker.reports.chronicle import chronicle
from tracker.reports.profile import profile
from tracker.vocabulary import Standing


class BodyProfile(Bodies, NounView):
    """What the page of a body shows: bars by theme, what happened, what is open."""

    serializer_class = ProfileSerializer
    http_method_names = ["get", "head", "options"]

    def get_view_name(self):
        return _("Profile of a body")

    def get(self, request, key):
        refuse_unknown(request.query_params, {"on"})
        body = self.find(self.stored().as_of(self.on), key)
        today = self.on == timezone.localdate()
        found = profile(body, viewer=request.user, on=self.on)
        told = chronicle(body, viewer=request.user, on=self.on, today=today)
        dissolved = body.is_dissolved(self.on)
        shown = {
            **vars(found),
            "chronicle": told,
            "body": body,
            "on": self.on,
            "standing": Standing.DISSOLVED if dissolved else Standing.EXISTING,
        }
        return Response(self.get_serializer(shown).data)

"""The brief on a body over REST, in the forms and with the bytes that the dashboard gives."""

from django.utils.translation import gettext as _

from tracker.api.formats import BRIEF_FILES
from tracker.api.notation import JsonAnswer
from tracker.api.parameters import refuse_unknown
from tracker.api.views.base import NounView
from tracker.api.views.bodies import Bodies
from tracker.handouts import briefed


class BodyBrief(Bodies, NounView):
    """What is asked, said, concluded and open; with ``format=pdf`` on two printed pages."""

    # Files, which the schema has no words for; docs/exports.md describes them.
    schema = None
    may_choose = False
    renderer_classes = [JsonAnswer, *BRIEF_FILES]
    http_method_names = ["get", "head", "options"]

    def get_view_name(self):
        return _("Brief for a meeting")

    def get(self, request, key):
        refuse_unknown(request.query_params, {"on"})
        body = self.find(self.stored().as_of(self.on), key)
        form = request.accepted_renderer.format
        return briefed(form, body, request=request._request, viewer=request.user, on=self.on)

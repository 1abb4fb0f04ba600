"""The profile of one body."""

from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from tracker.api.formats import FILES, File
from tracker.api.parameters import refuse_unknown
from tracker.api.serializers.profile import ProfileSerializer
from tracker.api.views.base import NounView
from tracker.api.views.bodies import Bodies
from tracker.exports.forms import FORMS
from tracker.handouts import permanent_address, profiled
from tracker.reports.chronicle import chronicle
from tracker.reports.profile import Profile
from tracker.vocabulary import Standing


class BodyProfile(Bodies, NounView):
    """What the page of a body shows: bars by theme, what happened, what is open.

    As a file, the bars by theme, a row for each.
    """

    serializer_class = ProfileSerializer
    #: Described as the files of lists are.
    has_files = True
    http_method_names = ["get", "head", "options"]

    def get_view_name(self):
        return _("Profile of a body")

    def get(self, request, key):
        refuse_unknown(request.query_params, {"on"})
        shown = Shown(self, self.find(self.stored().as_of(self.on), key))
        if isinstance(request.accepted_renderer, File):
            return self.hand_out(shown, FORMS[request.accepted_renderer.format])
        return Response(self.get_serializer(shown).data)

    def get_renderers(self):
        """Also the files that the bars can be had as."""
        return [*super().get_renderers(), *(each() for each in FILES if each.format in FORMS)]

    def hand_out(self, shown, form):
        """The bars as a file; raises 400 where only some fields are wanted."""
        cut = [name for name, text in self.taken.items() if text is not None]
        if cut:
            raise ValidationError(
                {name: [_("A file holds all rows; leave this out.")] for name in cut}
            )
        return profiled(form, shown, address=permanent_address(self.request._request, self.on))


class Shown(Profile):
    """The profile with what happened to the body; a part that is not shown is not read."""

    def __init__(self, view, body):
        super().__init__(body, viewer=view.request.user, on=view.on)

    @cached_property
    def chronicle(self):
        """What happened, what is under way and what lies ahead."""
        today = self.on == timezone.localdate()
        return chronicle(self.body, viewer=self.viewer, on=self.on, today=today)

    @property
    def standing(self) -> str:
        """Whether the body exists on that day."""
        return Standing.DISSOLVED if self.body.is_dissolved(self.on) else Standing.EXISTING

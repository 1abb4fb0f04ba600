"""The channel finder over REST: the same question and answer as on its page."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from tracker.api.schema import AS_OF, DAY, TEXT
from tracker.api.serializers.channels import ChannelSerializer
from tracker.api.views.door import DoorView
from tracker.filters.channel import ChannelForm
from tracker.reports.channels import find_channel
from tracker.vocabulary import DesignationFunction

PURPOSES = {"type": "string", "enum": DesignationFunction.values}
YES_NO = {"type": "string", "enum": ["yes", "no"]}


class ChannelAnswer(DoorView):
    """From one State to another: who takes a request, by which channel, what is not recorded."""

    serializer_class = ChannelSerializer
    http_method_names = ["get", "head", "options"]
    parameters = (
        OpenApiParameter(
            "from", TEXT, required=True, description=gettext_lazy("Requesting State, by code.")
        ),
        OpenApiParameter(
            "to", TEXT, required=True, description=gettext_lazy("Requested State, by code.")
        ),
        OpenApiParameter(
            "purpose", PURPOSES, required=True, description=gettext_lazy("What is asked for.")
        ),
        OpenApiParameter(
            "urgent", YES_NO, description=gettext_lazy("Offices with an urgent procedure first.")
        ),
        OpenApiParameter("on", DAY, description=AS_OF),
    )

    def get_view_name(self):
        return _("Channel finder")

    def get(self, request):
        """Answer for one purpose and one day; 400 names what is missing or wrong."""
        today = timezone.localdate()
        form = ChannelForm(request.query_params, today=today)
        if not form.is_valid():
            raise ValidationError(form.errors)
        asked = form.cleaned_data
        self.on = asked["on"] or today
        found = find_channel(
            asked["from"],
            asked["to"],
            purpose=asked["purpose"],
            urgent=asked["urgent"] == "yes",
            viewer=request.user,
            on=self.on,
        )
        return Response(self.get_serializer(found).data)

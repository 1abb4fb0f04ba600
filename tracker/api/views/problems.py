"""The catalogue of refusals: where the ``type`` of each problem leads."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from tracker.api.parameters import refuse_unknown
from tracker.api.problems import KINDS
from tracker.api.serializers.problems import KindSerializer
from tracker.api.views.door import DoorView


class Catalogue(DoorView):
    """Every kind of refusal: its code, its status, and how to mend it."""

    serializer_class = KindSerializer
    is_many = True
    pagination_class = None
    http_method_names = ["get", "head", "options"]

    def get_view_name(self):
        return _("Refusals")

    @extend_schema(operation_id="problems_list")
    def get(self, request):
        refuse_unknown(request.query_params)
        return Response(self.get_serializer(KINDS.values(), many=True).data)


class CatalogueEntry(DoorView):
    """One kind of refusal."""

    serializer_class = KindSerializer
    http_method_names = ["get", "head", "options"]

    def get_view_name(self):
        return _("Refusal")

    def get(self, request, key):
        refuse_unknown(request.query_params)
        if key not in KINDS:
            raise NotFound(_("There is no refusal “%(key)s”.") % {"key": key})
        return Response(self.get_serializer(KINDS[key]).data)

"""The whole register as one file, over REST."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.views import APIView

from tracker.api.parameters import refuse_unknown
from tracker.filters.strict import read_on
from tracker.handouts import packaged


class DataPackage(APIView):
    """What the reader may see of every list, as a Frictionless data package (ZIP)."""

    # A file, which the schema has no words for; docs/exports.md describes it.
    schema = None

    def get_view_name(self):
        return _("The register as a data package")

    def get(self, request):
        """Send the package for the day that ``on`` names."""
        refuse_unknown(request.query_params, {"on"})
        on = read_on(request.query_params, timezone.localdate())
        here = request.build_absolute_uri(f"{reverse('api:datapackage')}?on={on.isoformat()}")
        return packaged(viewer=request.user, on=on, address=here)

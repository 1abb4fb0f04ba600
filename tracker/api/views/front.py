"""The front page, one's own profile, the documentation, and what is at no address."""

from functools import lru_cache

from django.contrib.auth.views import redirect_to_login
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.exceptions import NotAuthenticated, NotFound
from rest_framework.response import Response
from rest_framework.reverse import reverse

from tracker.api.parameters import refuse_unknown
from tracker.api.serializers.people import MeSerializer
from tracker.api.views.door import DoorView

LISTS = (
    "resolutions",
    "provisions",
    "commitments",
    "deadlines",
    "reports",
    "assessments",
    "evidence",
    "bodies",
    "memberships",
    "designations",
    "themes",
    "crosswalk",
    "compare",
    "documents",
    "changes",
    "matrix",
    "trends",
    "overview",
    "networks",
    "gaps",
    "checks",
    "review",
    "inbox",
    "views",
)


class Front(DoorView):
    """What there is: one address for each list, one's profile, the schema and its pages."""

    schema = None

    def get_view_name(self):
        return _("The register over REST")

    def get(self, request):
        """Name every list with its address."""
        refuse_unknown(request.query_params)
        names = (*LISTS, "channel", "datapackage", "me", "schema", "docs")
        return Response({name: reverse(f"api:{name}", request=request) for name in names})


class Me(DoorView):
    """The account that the request was made with, and what it may do."""

    serializer_class = MeSerializer
    http_method_names = ["get", "head", "options"]

    def get_view_name(self):
        return _("Your profile")

    def get(self, request):
        refuse_unknown(request.query_params)
        return Response(self.get_serializer(request.user).data)


class Described(SchemaGenerator):
    """Describes once in each language: neither the register nor who asks makes a difference."""

    def get_schema(self, request=None, public=False):
        return _described(get_language(), self.api_version)


@lru_cache(maxsize=8)
def _described(_language: str, version: str | None) -> dict:
    return SchemaGenerator(api_version=version).get_schema(public=True)


class Schema(SpectacularAPIView):
    """The OpenAPI 3 description of everything here."""

    generator_class = Described


class Docs(SpectacularSwaggerSplitView):
    """The description as pages, drawn with files of this site alone."""

    url_name = "api:schema"

    def handle_exception(self, exc):
        """Send a visitor to sign in first: this is a page, and no script asks for it."""
        if isinstance(exc, NotAuthenticated):
            return redirect_to_login(self.request.get_full_path())
        return super().handle_exception(exc)


class NotHere(DoorView):
    """Addresses of the API at which there is nothing: said in its own form."""

    schema = None

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        raise NotFound(
            _("There is nothing at this address; %(front)s names what there is.")
            % {"front": reverse("api:front", request=request)}
        )

    def get(self, request):
        """Never reached: ``initial`` has answered, whatever the method."""

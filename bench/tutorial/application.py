"""The same register as a tutorial of Django REST Framework would have it.

Plain models with their default indexes, nested serializers, django-filter, page numbers; no
history, no rights, no day but today. ``TUTORIAL_FILE`` names its SQLite file.
"""

import os
import sys

import django
from django.conf import settings

settings.configure(
    ALLOWED_HOSTS=["*"],
    DATABASES={
        "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["TUTORIAL_FILE"]}
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "rest_framework",
        "bench.tutorial",
    ],
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    REST_FRAMEWORK={
        "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
        "DEFAULT_FILTER_BACKENDS": [
            "django_filters.rest_framework.DjangoFilterBackend",
            "rest_framework.filters.OrderingFilter",
            "rest_framework.filters.SearchFilter",
        ],
        "PAGE_SIZE": 50,
    },
    ROOT_URLCONF=__name__,
    SECRET_KEY="only-for-measuring",
    USE_TZ=True,
)
django.setup()

import django_filters
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.db.models import Count
from django.urls import include, path
from rest_framework import routers, serializers, viewsets
from rest_framework.response import Response
from rest_framework.views import APIView

from bench.tutorial.models import Body, Commitment, Provision, Region, Resolution, Theme


class RegionSerializer(serializers.ModelSerializer):
    class Meta:
        model = Region
        fields = "__all__"


class BodySerializer(serializers.ModelSerializer):
    region = RegionSerializer()

    class Meta:
        model = Body
        fields = "__all__"


class ThemeSerializer(serializers.ModelSerializer):
    class Meta:
        model = Theme
        fields = "__all__"


class ResolutionSerializer(serializers.ModelSerializer):
    class Meta:
        model = Resolution
        fields = "__all__"


class ProvisionSerializer(serializers.ModelSerializer):
    resolution = ResolutionSerializer()
    themes = ThemeSerializer(many=True)

    class Meta:
        model = Provision
        fields = "__all__"


class CommitmentSerializer(serializers.ModelSerializer):
    provision = ProvisionSerializer()
    body = BodySerializer()

    class Meta:
        model = Commitment
        fields = "__all__"


class InFilter(django_filters.BaseInFilter, django_filters.CharFilter):
    """Values separated by commas."""


class CommitmentFilter(django_filters.FilterSet):
    theme = django_filters.CharFilter(field_name="provision__themes__slug")
    region = django_filters.CharFilter(field_name="body__region__code")
    body = InFilter(field_name="body__code", lookup_expr="in")
    overdue_on = django_filters.DateFilter(field_name="next_due_on", lookup_expr="lt")

    class Meta:
        model = Commitment
        fields = ["result"]


class CommitmentViewSet(viewsets.ModelViewSet):
    queryset = Commitment.objects.all()
    serializer_class = CommitmentSerializer
    filterset_class = CommitmentFilter
    ordering_fields = ["due_on", "next_due_on"]


class ProvisionViewSet(viewsets.ModelViewSet):
    queryset = Provision.objects.all()
    serializer_class = ProvisionSerializer
    search_fields = ["text"]


class Counts(APIView):
    """Commitments by some columns, counted."""

    by: tuple[str, ...] = ()
    where: dict[str, str] = {}

    def get(self, request):
        wanted = {field: request.GET[name] for name, field in self.where.items()}
        rows = (
            Commitment.objects.filter(**wanted).values(*self.by, "result").annotate(n=Count("pk"))
        )
        return Response(list(rows))


router = routers.DefaultRouter()
router.register("commitments", CommitmentViewSet)
router.register("provisions", ProvisionViewSet)
by_theme = "provision__themes__slug"
urlpatterns = [
    path("", include(router.urls)),
    path("matrix/", Counts.as_view(by=(by_theme, "body__region__parent__code"))),
    path("profile/", Counts.as_view(by=(by_theme,), where={"body": "body__code"})),
]
application = get_wsgi_application()


def make_tables() -> None:
    """Create the tables in an empty file."""
    with connection.schema_editor() as editor:
        for model in (Theme, Region, Body, Resolution, Provision, Commitment):
            editor.create_model(model)


if __name__ == "__main__" and "tables" in sys.argv:
    make_tables()

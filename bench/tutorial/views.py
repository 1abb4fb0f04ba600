"""Lists, records and counts, as the tutorial writes them."""

import django_filters
from django.db import transaction
from django.db.models import Count
from rest_framework import viewsets
from rest_framework.response import Response
from rest_framework.views import APIView

from bench.tutorial.models import Commitment, History, Provision
from bench.tutorial.serializers import (
    CommitmentSerializer,
    ProvisionSerializer,
    ResultSerializer,
)


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
    filterset_class = CommitmentFilter
    ordering_fields = ["due_on", "next_due_on"]

    def get_serializer_class(self):
        return ResultSerializer if self.action == "partial_update" else CommitmentSerializer

    def perform_update(self, serializer):
        with transaction.atomic():
            before = Commitment.objects.select_for_update().get(pk=serializer.instance.pk).result
            after = serializer.save().result
            History.objects.create(commitment=serializer.instance, before=before, after=after)


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

"""The addresses of the tutorial."""

from django.urls import include, path
from rest_framework import routers

from bench.tutorial import files, views

router = routers.DefaultRouter()
router.register("commitments", views.CommitmentViewSet)
router.register("provisions", views.ProvisionViewSet)
by_theme = "provision__themes__slug"
urlpatterns = [
    path("", include(router.urls)),
    path("matrix/", views.Counts.as_view(by=(by_theme, "body__region__parent__code"))),
    path("profile/", views.Counts.as_view(by=(by_theme,), where={"body": "body__code"})),
    path("export/", files.export),
]

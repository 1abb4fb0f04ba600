"""The sitemap: which door stands at which address.

/healthz      is the process alive? (no database)
/admin/       the register, for administrators
/api/v1/      REST, with its schema and documentation
/language/    which language somebody reads in
/             the dashboard
"""

from django.contrib import admin
from django.http import HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path
from django.views.i18n import set_language


def healthz(request):
    """Answer a probe without touching the database."""
    return HttpResponse("ok\n", content_type="text/plain")


def favicon(request):
    """Lead browsers that ask here for an icon to ours."""
    return redirect(static("tracker/mark.svg"))


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    # Asked for by browsers on pages that name no icon (admin login, API documentation).
    path("favicon.ico", favicon),
    path("admin/", admin.site.urls),
    path("api/v1/", include("tracker.api.urls")),
    path("language/", set_language, name="set_language"),
    path("", include("tracker.dashboard.urls")),
]

handler400 = "tracker.dashboard.errors.bad_request"
handler403 = "tracker.dashboard.errors.forbidden"
handler404 = "tracker.dashboard.errors.not_found"
handler500 = "tracker.dashboard.errors.server_error"

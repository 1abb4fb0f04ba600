"""The sitemap of the dashboard.

/                                   what the register holds, on one screen
/search/                            from a symbol to its page, from words to lists
/resolutions/…                      what the Council adopted, paragraph by paragraph
/provisions/…                       what one paragraph asks, and of whom
/bodies/…                           who has to act, and what each belongs to
/networks/  /memberships/           who works together
/commitments/…                      one paragraph × one body: the four facts
/reports/…  /assessments/…          what the body says, what is concluded, step by step
/designations/  /documents/         named offices; papers
/themes/…                           the same paragraphs by subject
/login/  /logout/                   people
"""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from tracker.dashboard import (
    bodies,
    commitments,
    designations,
    documents,
    home,
    memberships,
    networks,
    provisions,
    resolutions,
    search,
    themes,
)
from tracker.dashboard.work import assessments, reports

app_name = "dashboard"

urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("search/", search.Search.as_view(), name="search"),
    # A key is read by its page, which says how it is written when it cannot be read.
    path("resolutions/", resolutions.ResolutionList.as_view(), name="resolutions"),
    path("resolutions/<path:key>/", resolutions.ResolutionPage.as_view(), name="resolution"),
    path("provisions/", provisions.ProvisionList.as_view(), name="provisions"),
    path("provisions/<path:key>/", provisions.ProvisionPage.as_view(), name="provision"),
    path("bodies/", bodies.BodyList.as_view(), name="bodies"),
    path("bodies/<str:key>/", bodies.BodyPage.as_view(), name="body"),
    path("networks/", networks.NetworkList.as_view(), name="networks"),
    path("memberships/", memberships.MembershipList.as_view(), name="memberships"),
    path("commitments/", commitments.CommitmentList.as_view(), name="commitments"),
    # Acts first: the key of a commitment takes everything up to the last slash.
    path("commitments/<path:key>/report/", reports.NewReport.as_view(), name="new-report"),
    path("commitments/<path:key>/report/copy/", reports.CopyReport.as_view(), name="copy-report"),
    path(
        "commitments/<path:key>/assess/",
        assessments.NewAssessment.as_view(),
        name="new-assessment",
    ),
    path("reports/<path:key>/", reports.ReportPage.as_view(), name="report"),
    path("assessments/<path:key>/", assessments.AssessmentPage.as_view(), name="assessment"),
    path("commitments/<path:key>/", commitments.CommitmentPage.as_view(), name="commitment"),
    path("designations/", designations.DesignationList.as_view(), name="designations"),
    path("documents/", documents.DocumentList.as_view(), name="documents"),
    path("themes/", themes.ThemeTree.as_view(), name="themes"),
    path("themes/<str:key>/", themes.ThemePage.as_view(), name="theme"),
    path("login/", LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
]

"""The sitemap of the dashboard.

/                                   what the register holds, on one screen
/inbox/                             what waits, what changed, what falls due
/review/…                           what is under review, the oldest first
/checks/…                           questions that the record raises about itself
/search/  /search/go/               from a symbol to its page, from words to what holds them
/shortcuts/                         which keys there are; switching them off
/resolutions/…                      what the Council adopted, paragraph by paragraph
/provisions/…                       what one paragraph asks, and of whom
/networks/…  /memberships/          who works together; from one State to another; what is missing
/bodies/…                           who has to act, and what each belongs to; /brief/ on two pages
/commitments/…                      one paragraph × one body: the four facts
/deadlines/                         every date of every body, as a list or a calendar
/reports/…  /assessments/…          what the body says, what is concluded, step by step
/evidence/…                         what shows that something was done, with its files
/designations/  /documents/         named offices; papers
/changes/…  /history/…              who changed what, and why; taking it back
/crosswalk/                         which paragraph repeats or supersedes which
/matrix/  /trends/                  the register as one table; how it came to stand so
/compare/                           two to four bodies side by side
/datapackage/                       the whole register as one file
/themes/…                           the same paragraphs by subject
/views/…  /paste/…                  lists kept under a name; lists pasted into a filter
/suggestions/                       keys and names for whoever types into a filter
/imports/…                          tables into the register: a trial first, then all or nothing
/jobs/…                             what is long: how far it is, its receipt, its file
/me/                                one's own settings: mail
/me/tokens/                         what programs of one's own come in with
/me/webhooks/                       addresses of one's own that are told of changes
/login/  /logout/                   people
"""

from django.contrib.auth.views import LogoutView
from django.urls import path

from tracker.dashboard import (
    bodies,
    brief,
    bulk,
    changes,
    channels,
    checks,
    command,
    commitments,
    compare,
    crosswalk,
    deadlines,
    designations,
    documents,
    evidence,
    facts,
    gaps,
    home,
    imports,
    inbox,
    jobs,
    matrix,
    me,
    memberships,
    networks,
    package,
    pasting,
    provisions,
    resolutions,
    review,
    search,
    shortcuts,
    suggesting,
    themes,
    tokens,
    trends,
    views,
    webhooks,
)
from tracker.dashboard.work import assessments, dates, reports
from tracker.dashboard.work import evidence as work_evidence
from tracker.dashboard.work.typed import SignIn

app_name = "dashboard"

urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("inbox/", inbox.Inbox.as_view(), name="inbox"),
    path("inbox/seen/", inbox.MarkSeen.as_view(), name="inbox-seen"),
    path("review/", review.ReviewQueue.as_view(), name="review"),
    path("review/<path:key>/claim/", review.ClaimPage.as_view(), name="claim"),
    path("review/<path:key>/release/", review.ReleasePage.as_view(), name="release"),
    path("checks/", checks.Checks.as_view(), name="checks"),
    path("checks/<str:key>/", checks.check_page, name="check"),
    path("bulk/<uuid:batch>/", bulk.BulkResult.as_view(), name="bulk-result"),
    path("me/", me.Me.as_view(), name="me"),
    path("views/", views.ViewList.as_view(), name="views"),
    path("views/new/", views.NewView.as_view(), name="new-view"),
    path("views/<str:key>/", views.ViewPage.as_view(), name="view"),
    path("views/<str:key>/delete/", views.DeleteView.as_view(), name="delete-view"),
    path("paste/<str:page>/<str:name>/", pasting.PastePage.as_view(), name="paste"),
    path("suggestions/", suggesting.Suggestions.as_view(), name="suggestions"),
    path("search/", search.Search.as_view(), name="search"),
    path("search/go/", command.Go.as_view(), name="go"),
    path("shortcuts/", shortcuts.Shortcuts.as_view(), name="shortcuts"),
    # A key is read by its page, which says how it is written when it cannot be read.
    path("resolutions/", resolutions.ResolutionList.as_view(), name="resolutions"),
    path("resolutions/<path:key>/", resolutions.ResolutionPage.as_view(), name="resolution"),
    path("provisions/", provisions.ProvisionList.as_view(), name="provisions"),
    path("provisions/<path:key>/", provisions.ProvisionPage.as_view(), name="provision"),
    path("bodies/", bodies.BodyList.as_view(), name="bodies"),
    path("bodies/<str:key>/brief/", brief.BriefPage.as_view(), name="brief"),
    path("bodies/<str:key>/", bodies.BodyPage.as_view(), name="body"),
    path("networks/", networks.NetworkList.as_view(), name="networks"),
    path("networks/channel/", channels.ChannelFinder.as_view(), name="channel"),
    path("networks/gaps/", gaps.Gaps.as_view(), name="gaps"),
    path("networks/<str:key>/", networks.NetworkPage.as_view(), name="network"),
    path("memberships/", memberships.MembershipList.as_view(), name="memberships"),
    path("commitments/", commitments.CommitmentList.as_view(), name="commitments"),
    path("commitments/bulk/", bulk.CommitmentBulk.as_view(), name="commitments-bulk"),
    # Acts first: the key of a commitment takes everything up to the last slash.
    path("commitments/<path:key>/dates/", dates.DatesPage.as_view(), name="dates"),
    path("commitments/<path:key>/deliver/", dates.DeliveryPage.as_view(), name="deliver"),
    path("commitments/<path:key>/extend/", dates.ExtensionPage.as_view(), name="extend"),
    path("commitments/<path:key>/report/", reports.NewReport.as_view(), name="new-report"),
    path("commitments/<path:key>/report/copy/", reports.CopyReport.as_view(), name="copy-report"),
    path(
        "commitments/<path:key>/assess/",
        assessments.NewAssessment.as_view(),
        name="new-assessment",
    ),
    path("deadlines/", deadlines.DeadlineList.as_view(), name="deadlines"),
    path("reports/", facts.ReportList.as_view(), name="reports"),
    path("reports/<path:key>/", reports.ReportPage.as_view(), name="report"),
    path("assessments/", facts.AssessmentList.as_view(), name="assessments"),
    path("assessments/bulk/", bulk.AssessmentBulk.as_view(), name="assessments-bulk"),
    path("assessments/<path:key>/", assessments.AssessmentPage.as_view(), name="assessment"),
    path("commitments/<path:key>/", commitments.CommitmentPage.as_view(), name="commitment"),
    path("evidence/", evidence.EvidenceList.as_view(), name="evidence"),
    path("evidence/new/", work_evidence.NewEvidence.as_view(), name="new-evidence"),
    path("evidence/<str:key>/", evidence.EvidencePage.as_view(), name="evidence-page"),
    path("evidence/<str:key>/file/", evidence.EvidenceFile.as_view(), name="evidence-file"),
    path("evidence/<str:key>/edit/", work_evidence.EditEvidence.as_view(), name="edit-evidence"),
    path("designations/", designations.DesignationList.as_view(), name="designations"),
    path("designations/bulk/", bulk.DesignationBulk.as_view(), name="designations-bulk"),
    path(
        "designations/<str:key>/confirm/",
        designations.ConfirmDesignation.as_view(),
        name="confirm-designation",
    ),
    path(
        "designations/<str:key>/reveal/",
        designations.RevealContact.as_view(),
        name="reveal-contact",
    ),
    path("designations/<str:key>/", designations.DesignationPage.as_view(), name="designation"),
    path("documents/", documents.DocumentList.as_view(), name="documents"),
    path("compare/", compare.Compare.as_view(), name="compare"),
    path("crosswalk/", crosswalk.Crosswalk.as_view(), name="crosswalk"),
    path("matrix/", matrix.MatrixPage.as_view(), name="matrix"),
    path("trends/", trends.Trends.as_view(), name="trends"),
    path("datapackage/", package.DataPackage.as_view(), name="datapackage"),
    path("themes/", themes.ThemeTree.as_view(), name="themes"),
    path("themes/<str:key>/", themes.ThemePage.as_view(), name="theme"),
    path("imports/", imports.Imports.as_view(), name="imports"),
    path("imports/<int:number>/", imports.ImportPage.as_view(), name="import"),
    path("imports/<int:number>/errors/", imports.ErrorFile.as_view(), name="import-errors"),
    path("jobs/", jobs.Jobs.as_view(), name="jobs"),
    path("jobs/<str:key>/", jobs.JobPage.as_view(), name="job"),
    path("jobs/<str:key>/file/", jobs.JobFile.as_view(), name="job-file"),
    path("changes/", changes.ChangeList.as_view(), name="changes"),
    path("changes/<int:sequence>/", changes.ChangePage.as_view(), name="change"),
    path("history/<str:noun>/<path:key>/", changes.History.as_view(), name="history"),
    path("me/tokens/", tokens.Tokens.as_view(), name="tokens"),
    path("me/webhooks/", webhooks.Webhooks.as_view(), name="webhooks"),
    path("me/webhooks/<str:key>/", webhooks.WebhookPage.as_view(), name="webhook"),
    path("me/tokens/<str:key>/revoke/", tokens.RevokeToken.as_view(), name="revoke-token"),
    path("login/", SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
]

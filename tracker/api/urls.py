"""The sitemap of the API. A key is what a person would cite: a symbol, a code, a word.

``/provisions/S/RES/2322(2016)/13(e)/`` is a provision, ``…/13(e)/FRA/`` under
``/commitments/`` what it asks of France.
"""

from django.urls import path, re_path

from tracker.api.views import assessments as steps
from tracker.api.views import (
    bodies,
    brief,
    bulk,
    changes,
    channels,
    commitments,
    comparison,
    deadlines,
    evidence,
    front,
    imports,
    jobs,
    package,
    pictures,
    problems,
    profile,
    questions,
    reports,
    resolutions,
    search,
    tokens,
    under,
    views,
    webhooks,
)

app_name = "api"
urlpatterns = [
    # Before the records, whose keys take whatever stands there.
    *(
        path(f"{name}/bulk/", view.as_view(), name=f"{name}-bulk")
        for name, view in bulk.BULK.items()
    ),
    *(
        path(f"imports/{name}/", view.as_view(), name=f"{name}-import")
        for name, view in imports.IMPORTS.items()
    ),
    path("", front.Front.as_view(), name="front"),
    path("me/", front.Me.as_view(), name="me"),
    path("tokens/", tokens.TokenList.as_view(), name="tokens"),
    path("tokens/<str:key>/", tokens.TokenRecord.as_view(), name="token"),
    path("webhooks/", webhooks.WebhookList.as_view(), name="webhooks"),
    path("webhooks/<str:key>/", webhooks.WebhookRecord.as_view(), name="webhook"),
    path("webhooks/<str:key>/pause/", webhooks.WebhookPause.as_view(), name="webhook-pause"),
    path("webhooks/<str:key>/resume/", webhooks.WebhookResumption.as_view(), name="webhook-resume"),
    path("webhooks/<str:key>/secret/", webhooks.WebhookSecret.as_view(), name="webhook-secret"),
    path("webhooks/<str:key>/test/", webhooks.WebhookTest.as_view(), name="webhook-test"),
    path(
        "webhooks/<str:key>/deliveries/",
        webhooks.WebhookDeliveries.as_view(),
        name="webhook-deliveries",
    ),
    path(
        "webhooks/<str:key>/deliveries/<int:row>/",
        webhooks.WebhookDelivery.as_view(),
        name="webhook-delivery",
    ),
    path(
        "webhooks/<str:key>/deliveries/<int:row>/resend/",
        webhooks.WebhookResending.as_view(),
        name="webhook-resend",
    ),
    path("schema/", front.Schema.as_view(), name="schema"),
    path("docs/", front.Docs.as_view(), name="docs"),
    path("jobs/", jobs.JobList.as_view(), name="jobs"),
    path("jobs/<str:key>/again/", jobs.JobAgain.as_view(), name="job-again"),
    path("jobs/<str:key>/file/", jobs.JobFile.as_view(), name="job-file"),
    path("jobs/<str:key>/", jobs.JobRecord.as_view(), name="job"),
    path("problems/", problems.Catalogue.as_view(), name="problems"),
    path("problems/<str:key>/", problems.CatalogueEntry.as_view(), name="problem"),
    path("search/", search.Search.as_view(), name="search"),
    # Lists under a name
    path("views/", views.SavedViewList.as_view(), name="views"),
    path("views/<path:key>/", views.SavedViewRecord.as_view(), name="view"),
    # What is asked
    path("resolutions/", resolutions.ResolutionList.as_view(), name="resolutions"),
    path("resolutions/<path:key>/", resolutions.ResolutionRecord.as_view(), name="resolution"),
    path("provisions/", resolutions.ProvisionList.as_view(), name="provisions"),
    path("provisions/<path:key>/expand/", resolutions.ProvisionExpansion.as_view(), name="expand"),
    path("provisions/<path:key>/", resolutions.ProvisionRecord.as_view(), name="provision"),
    path("compare/", comparison.Compare.as_view(), name="compare"),
    path("crosswalk/", resolutions.Crosswalk.as_view(), name="crosswalk"),
    path("themes/", resolutions.ThemeList.as_view(), name="themes"),
    path("themes/<path:key>/", resolutions.ThemeRecord.as_view(), name="theme"),
    path("documents/", resolutions.DocumentList.as_view(), name="documents"),
    path("documents/<path:key>/", resolutions.DocumentRecord.as_view(), name="document"),
    # Of whom
    path("bodies/", bodies.BodyList.as_view(), name="bodies"),
    path("bodies/<path:key>/brief/", brief.BodyBrief.as_view(), name="body-brief"),
    path("bodies/<path:key>/profile/", profile.BodyProfile.as_view(), name="body-profile"),
    path("bodies/<path:key>/", bodies.BodyRecord.as_view(), name="body"),
    path("networks/", questions.NetworkList.as_view(), name="networks"),
    path("networks/gaps/", questions.Gaps.as_view(), name="gaps"),
    path("networks/channel/", channels.ChannelAnswer.as_view(), name="channel"),
    path("networks/<str:key>/", questions.Network.as_view(), name="network"),
    path("memberships/", bodies.MembershipList.as_view(), name="memberships"),
    path("memberships/<path:key>/", bodies.MembershipRecord.as_view(), name="membership"),
    path("designations/", bodies.DesignationList.as_view(), name="designations"),
    path(
        "designations/<path:key>/confirm/",
        bodies.DesignationConfirmation.as_view(),
        name="designation-confirm",
    ),
    path(
        "designations/<path:key>/reveal/",
        bodies.DesignationReveal.as_view(),
        name="designation-reveal",
    ),
    path("designations/<path:key>/", bodies.DesignationRecord.as_view(), name="designation"),
    # And what is known of it
    path("commitments/", commitments.CommitmentList.as_view(), name="commitments"),
    # Steps and rows stand before records: a key takes everything up to the last slash.
    path("commitments/<path:key>/reports/copy/", reports.ReportCopy.as_view(), name="report-copy"),
    path("commitments/<path:key>/deliveries/", under.DeliveryList.as_view(), name="deliveries"),
    path(
        "commitments/<path:key>/deliveries/<int:row>/",
        under.DeliveryRecord.as_view(),
        name="delivery",
    ),
    path("commitments/<path:key>/extensions/", under.ExtensionList.as_view(), name="extensions"),
    path(
        "commitments/<path:key>/extensions/<int:row>/",
        under.ExtensionRecord.as_view(),
        name="extension",
    ),
    path("commitments/<path:key>/", commitments.CommitmentRecord.as_view(), name="commitment"),
    path("deadlines/", deadlines.DeadlineList.as_view(), name="deadlines"),
    path("evidence/", evidence.EvidenceList.as_view(), name="evidence"),
    path("evidence/<path:key>/file/", evidence.EvidenceFile.as_view(), name="evidence-file"),
    path("evidence/<path:key>/", evidence.EvidenceRecord.as_view(), name="evidence-record"),
    path("reports/", reports.ReportList.as_view(), name="reports"),
    path("reports/<path:key>/submit/", reports.ReportSubmission.as_view(), name="report-submit"),
    path("reports/<path:key>/citations/", under.ReportCitations.as_view(), name="report-citations"),
    path(
        "reports/<path:key>/citations/<path:row>/",
        under.ReportCitation.as_view(),
        name="report-citation",
    ),
    path("reports/<path:key>/", reports.ReportRecord.as_view(), name="report"),
    path("assessments/", steps.AssessmentList.as_view(), name="assessments"),
    path("assessments/<path:key>/send/", steps.AssessmentSending.as_view(), name="assessment-send"),
    path(
        "assessments/<path:key>/comment/",
        steps.AssessmentComment.as_view(),
        name="assessment-comment",
    ),
    path(
        "assessments/<path:key>/review/", steps.AssessmentReview.as_view(), name="assessment-review"
    ),
    path(
        "assessments/<path:key>/return/", steps.AssessmentReturn.as_view(), name="assessment-return"
    ),
    path(
        "assessments/<path:key>/adopt/", steps.AssessmentAdoption.as_view(), name="assessment-adopt"
    ),
    path(
        "assessments/<path:key>/withdraw/",
        steps.AssessmentWithdrawal.as_view(),
        name="assessment-withdraw",
    ),
    path("assessments/<path:key>/claim/", steps.AssessmentClaim.as_view(), name="assessment-claim"),
    path(
        "assessments/<path:key>/release/",
        steps.AssessmentRelease.as_view(),
        name="assessment-release",
    ),
    path(
        "assessments/<path:key>/citations/",
        under.AssessmentCitations.as_view(),
        name="assessment-citations",
    ),
    path(
        "assessments/<path:key>/citations/<path:row>/",
        under.AssessmentCitation.as_view(),
        name="assessment-citation",
    ),
    path("assessments/<path:key>/", steps.AssessmentRecord.as_view(), name="assessment"),
    path("overview/", questions.Overview.as_view(), name="overview"),
    path("review/", questions.ReviewQueue.as_view(), name="review"),
    path("inbox/", questions.Inbox.as_view(), name="inbox"),
    path("inbox/seen/", questions.InboxSeen.as_view(), name="inbox-seen"),
    path("checks/", questions.Checks.as_view(), name="checks"),
    path(
        "checks/<str:key>/commitments/",
        questions.CheckedCommitments.as_view(),
        name="checked-commitments",
    ),
    path(
        "checks/<str:key>/designations/",
        questions.CheckedDesignations.as_view(),
        name="checked-designations",
    ),
    path("matrix/", pictures.MatrixView.as_view(), name="matrix"),
    path("trends/", pictures.TrendsView.as_view(), name="trends"),
    # All of it at once
    path("datapackage/", package.DataPackage.as_view(), name="datapackage"),
    # Who changed what, and why
    path("changes/", changes.ChangeList.as_view(), name="changes"),
    path("changes/<path:key>/undo/", changes.ChangeUndo.as_view(), name="change-undo"),
    path("changes/<path:key>/", changes.ChangeRecord.as_view(), name="change"),
    path("batches/<path:key>/undo/", changes.BatchUndo.as_view(), name="batch-undo"),
    # Ends with a slash, so that an address without one is still sent to the one with it.
    re_path(r"^[\s\S]*/$", front.NotHere.as_view()),
]

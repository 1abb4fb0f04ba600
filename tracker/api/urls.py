"""The sitemap of the API. A key is what a person would cite: a symbol, a code, a word.

``/provisions/S/RES/2322(2016)/13(e)/`` is a provision, ``…/13(e)/FRA/`` under
``/commitments/`` what it asks of France.
"""

from django.urls import path, re_path

from tracker.api.views import bodies, commitments, front, resolutions

app_name = "api"
urlpatterns = [
    path("", front.Front.as_view(), name="front"),
    path("me/", front.Me.as_view(), name="me"),
    path("schema/", front.Schema.as_view(), name="schema"),
    path("docs/", front.Docs.as_view(), name="docs"),
    # What is asked
    path("resolutions/", resolutions.ResolutionList.as_view(), name="resolutions"),
    path("resolutions/<path:key>/", resolutions.ResolutionRecord.as_view(), name="resolution"),
    path("provisions/", resolutions.ProvisionList.as_view(), name="provisions"),
    path("provisions/<path:key>/expand/", resolutions.ProvisionExpansion.as_view(), name="expand"),
    path("provisions/<path:key>/", resolutions.ProvisionRecord.as_view(), name="provision"),
    path("themes/", resolutions.ThemeList.as_view(), name="themes"),
    path("themes/<path:key>/", resolutions.ThemeRecord.as_view(), name="theme"),
    path("documents/", resolutions.DocumentList.as_view(), name="documents"),
    path("documents/<path:key>/", resolutions.DocumentRecord.as_view(), name="document"),
    # Of whom
    path("bodies/", bodies.BodyList.as_view(), name="bodies"),
    path("bodies/<path:key>/", bodies.BodyRecord.as_view(), name="body"),
    path("memberships/", bodies.MembershipList.as_view(), name="memberships"),
    path("memberships/<path:key>/", bodies.MembershipRecord.as_view(), name="membership"),
    path("designations/", bodies.DesignationList.as_view(), name="designations"),
    path("designations/<path:key>/", bodies.DesignationRecord.as_view(), name="designation"),
    # And what is known of it
    path("commitments/", commitments.CommitmentList.as_view(), name="commitments"),
    path("commitments/<path:key>/", commitments.CommitmentRecord.as_view(), name="commitment"),
    # Ends with a slash, so that an address without one is still sent to the one with it.
    re_path(r"^[\s\S]*/$", front.NotHere.as_view()),
]

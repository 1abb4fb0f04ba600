"""Saved views over REST: listed, kept, changed and deleted, as on the dashboard."""

from django.utils.translation import gettext as _
from rest_framework.permissions import SAFE_METHODS

from tracker import actions
from tracker.api.serializers.views import SavedViewSerializer
from tracker.api.views.base import WritableListView, WritableRecordView
from tracker.filters import ViewFilter
from tracker.models import SavedView
from tracker.permissions import may_change_view
from tracker.rights import Act


class SavedViews:
    """What the list and the record share. Everybody who reads keeps views of their own."""

    noun = SavedView
    serializer_class = SavedViewSerializer
    act = Act.READ_REGISTER

    def lookup(self, key):
        return {"slug": key}


class SavedViewList(SavedViews, WritableListView):
    """One's own views and those of the team; the views of others who keep them private are none."""

    filterset = ViewFilter


class SavedViewRecord(SavedViews, WritableRecordView):
    """One saved view; only its owner changes it."""

    def check_object_permissions(self, request, obj):
        """Whose view it is decides, not what the sender may do elsewhere."""
        super().check_object_permissions(request, obj)
        if request.method not in SAFE_METHODS and not may_change_view(request.user, obj):
            self.permission_denied(request, _("Only its owner may change this view."))

    def remove(self, noun, *, reason):
        actions.delete_view(noun, by=self.request.user)

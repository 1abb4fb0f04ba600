"""The record of changes of one object, field by field, before and after."""

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from tracker.models import Change
from tracker.reports.differences import differences

PAGE = 50


class HistoryPage:
    """Replaces Django's history by the record of changes."""

    def history_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        changes = Change.objects.visible_to(request.user).of(obj).select_related("by")
        page = self.get_paginator(request, changes, PAGE).get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of %(record)s") % {"record": obj},
            "entries": [(change, differences(change)) for change in page],
            "page": page,
            "object": obj,
            "object_key": getattr(obj, "public_key", str(obj)),
            "opts": self.opts,
            "preserved_filters": self.get_preserved_filters(request),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/tracker/object_history.html", context)

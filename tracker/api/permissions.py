"""Which requests the door lets through; the actions refuse the rest once more."""

from rest_framework.permissions import SAFE_METHODS, BasePermission

from tracker.permissions import may, may_read_register


class RegisterPermission(BasePermission):
    """Reading for everybody signed in; writing for those who have the right that a view names.

    ``act`` of a view is the right in the table; ``body_of(noun)`` the body that it must reach.
    """

    def has_permission(self, request, view):
        if request.method in SAFE_METHODS:
            return may_read_register(request.user)
        act = getattr(view, "act", None)
        return act is not None and may(request.user, act)

    def has_object_permission(self, request, view, obj):
        if request.method in SAFE_METHODS:
            return True
        return may(request.user, view.act, view.body_of(obj))

"""Which requests the door lets through; the actions refuse the rest once more."""

from rest_framework.permissions import SAFE_METHODS, BasePermission

from tracker.permissions import may_edit_register, may_read_register


class RegisterPermission(BasePermission):
    """Reading for everybody signed in, writing for those who may edit the register."""

    def has_permission(self, request, view):
        if request.method in SAFE_METHODS:
            return may_read_register(request.user)
        return may_edit_register(request.user)

"""Passwords: set through the action, so that the record says when, and never what."""

from django.contrib.admin.forms import AdminPasswordChangeForm
from django.contrib.auth.forms import SetPasswordForm
from django.utils.translation import gettext as _

from tracker.actions import people
from tracker.admin.forms import ReasonField


class OwnPasswordForm(AdminPasswordChangeForm):
    """A person's own new password."""

    def save(self, commit=True):
        chosen = self.cleaned_data["new_password1"]
        people.set_password(self.user, chosen, by=self.user, reason=_("Own password changed"))
        return self.user


class NewPasswordForm(SetPasswordForm):
    """A password that an administrator sets for somebody."""

    required_css_class = "required"
    reason = ReasonField()

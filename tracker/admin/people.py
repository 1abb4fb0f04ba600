"""The people who use the tracker: accounts, roles and the bodies they speak for."""

from django.contrib import messages
from django.contrib.admin import display, register
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import SetPasswordMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from tracker.actions import people
from tracker.admin.base import OwnListing, RegisterAdmin
from tracker.admin.filters import PersonFilter
from tracker.admin.forms import RegisterForm
from tracker.admin.passwords import NewPasswordForm
from tracker.models import User
from tracker.permissions import may_enter_admin, may_manage_people


class PersonForm(RegisterForm):
    """A person; nobody locks the door behind themselves."""

    #: Who fills in the form; set for one request.
    editor = None

    def _post_clean(self):
        super()._post_clean()
        if self.instance == self.editor and not may_enter_admin(self.instance):
            self.add_error(
                None,
                ValidationError(
                    _("This would lock you out of this admin; ask another administrator.")
                ),
            )


class NewPersonForm(SetPasswordMixin, RegisterForm):
    """A new person with a first password."""

    password1, password2 = SetPasswordMixin.create_password_fields()

    def clean(self):
        self.validate_passwords()
        cleaned = super().clean()
        if password := cleaned.get("password1"):
            self.instance.set_password(password)
        return cleaned

    def _post_clean(self):
        super()._post_clean()
        self.validate_password_for_user(self.instance)


@register(User)
class PersonAdmin(OwnListing, RegisterAdmin):
    """Open to those who manage people, and to nobody else: not even for reading."""

    filterset = PersonFilter
    form = PersonForm
    list_display = ("name", "full_name", "role", "body_names", "is_active", "is_staff")
    search_fields = ("username", "first_name", "last_name", "email")
    readonly_fields = ("is_superuser", "last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", ("first_name", "last_name"), "email")}),
        (
            gettext_lazy("What they may do"),
            {"fields": ("role", "bodies", "is_active", "is_staff")},
        ),
        (gettext_lazy("Account"), {"fields": ("is_superuser", "last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "password1", "password2")}),
        (None, {"fields": (("first_name", "last_name"), "email")}),
        (gettext_lazy("What they may do"), {"fields": ("role", "bodies", "is_staff")}),
    )

    def has_module_permission(self, request):
        return may_manage_people(request.user)

    def has_view_permission(self, request, obj=None):
        return may_manage_people(request.user)

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("bodies")

    def get_fieldsets(self, request, obj=None):
        fieldsets = list(super().get_fieldsets(request, obj))
        return fieldsets if obj else [*self.add_fieldsets, fieldsets[-1]]

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            kwargs["form"] = NewPersonForm
        form = super().get_form(request, obj, change=change, **kwargs)
        form.editor = request.user
        return form

    def get_urls(self):
        view = self.admin_site.admin_view(self.password_view)
        address = path("<int:pk>/password/", view, name="tracker_user_password")
        return [address, *super().get_urls()]

    @method_decorator(sensitive_post_parameters())
    @method_decorator(csrf_protect)
    def password_view(self, request, pk):
        """Set somebody's password."""
        person = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        form = NewPasswordForm(person, request.POST or None)
        if request.method == "POST" and form.is_valid():
            return self._set_password(request, person, form)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Set the password of %(name)s") % {"name": person},
            "form": form,
            "original": person,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/tracker/user/password.html", context)

    def _set_password(self, request, person, form):
        people.set_password(
            person,
            form.cleaned_data["new_password1"],
            by=request.user,
            reason=form.cleaned_data["reason"],
        )
        if person == request.user:
            update_session_auth_hash(request, person)
        messages.success(request, _("The password of %(name)s was set.") % {"name": person})
        return HttpResponseRedirect(reverse("admin:tracker_user_change", args=[person.pk]))

    @display(description=gettext_lazy("User name"), ordering="name")
    def name(self, row):
        return row.username

    @display(description=gettext_lazy("Name"))
    def full_name(self, row):
        return row.get_full_name()

    @display(description=gettext_lazy("Bodies"))
    def body_names(self, row):
        return ", ".join(body.name for body in row.bodies.all())

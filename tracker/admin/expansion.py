"""The action that makes the commitments of the chosen records."""

from django.contrib import messages
from django.contrib.admin import action
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tracker import actions
from tracker.admin.forms import ReasonForm
from tracker.models import Provision


@action(
    permissions=["change"],
    description=gettext_lazy("Make the commitments that follow from the addressees"),
)
def expand_commitments(modeladmin, request, queryset):
    """Make what is missing for the chosen provisions, or for those of the chosen resolutions."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        problem = _("Give a reason beside the action; no commitment was made.")
        modeladmin.message_user(request, problem, messages.ERROR)
        return
    chosen = queryset.order_by().values("pk")
    place = "pk" if queryset.model is Provision else "resolution"
    made = actions.expand_commitments(
        Provision.objects.visible_to(request.user).filter(**{f"{place}__in": chosen}),
        by=request.user,
        reason=form.cleaned_data["reason"],
    )
    modeladmin.message_user(request, _said(len(made)), messages.SUCCESS)


def _said(number):
    if not number:
        return _("Nothing was missing: every addressee has its commitments already.")
    return ngettext("%(n)d commitment was made.", "%(n)d commitments were made.", number) % {
        "n": number
    }

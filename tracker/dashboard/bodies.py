"""Bodies: the list, and the profile of one."""

from django import forms
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tracker.dashboard.base import DayForm, KeyedMixin, NotHeld, Page
from tracker.dashboard.columns import Column
from tracker.dashboard.lists import ListView
from tracker.dashboard.results import ROWS
from tracker.dashboard.strip import draw_strip
from tracker.exports.forms import FORMS
from tracker.filters import BodyFilter
from tracker.handouts import permanent_address, profiled
from tracker.models import Body, BodyName, Commitment, Membership
from tracker.reports.chronicle import chronicle
from tracker.reports.profile import profile
from tracker.vocabulary import ENDED, NOT_REPORTED, CommitmentRole, NameForm, Step

#: What a name of a body is made of.
NAMED = ("language", "form", "text", "from_on", "until_on")


class BodyList(ListView):
    """``/bodies/``."""

    whole = family = "bodies"
    filterset = BodyFilter
    columns = (
        Column("name", _("Name"), sort="name", default=True, names_row=True),
        Column("kind", _("Kind"), sort="kind"),
        Column("region", _("Region or parent body")),
        Column("members", _("Members"), sort="members", numeric=True),
        Column("designations", _("Designations"), numeric=True),
        Column("commitments", _("Commitments"), sort="commitments", numeric=True),
    )
    panel = (
        "q",
        "kind",
        "region",
        "standing",
        "member_of",
        "part_of",
        "designation",
        "not_recorded",
    )

    def count_words(self, number):
        return ngettext("%(n)s body", "%(n)s bodies", number)


class ProfileForm(DayForm):
    """The day, and whether the bars are wanted as a file."""

    format = forms.ChoiceField(
        required=False, choices=[("html", _("Page")), *((key, key) for key in FORMS)]
    )


class BodyPage(KeyedMixin, Page):
    """``/bodies/CTED/``; with ``?format=csv`` and so on what is asked of it by theme."""

    name = "body"
    template = "dashboard/bodies/detail.html"
    form = ProfileForm

    def spell(self, key):
        return key.strip().upper()

    def answer(self, key):
        form = FORMS.get(self.request.GET.get("format"))
        if form is None:
            return super().answer(key=key)
        found = profile(self.find(key), viewer=self.viewer, on=self.on)
        return profiled(form, found, address=permanent_address(self.request, self.on))

    def context(self, key):
        body = self.find(key)
        near = self.near(body)
        commitments = self.commitments(body)
        found = profile(body, viewer=self.viewer, on=self.on)
        told = chronicle(body, viewer=self.viewer, on=self.on, today=self.day.is_today)
        addressed = [row for row in commitments if row.role == CommitmentRole.ADDRESSEE]
        return {
            "body": body,
            "forms": FORMS.values(),
            "dissolved": body.is_dissolved(self.on),
            "profile": found,
            "chronicle": told,
            "strip": draw_strip(told),
            "under_way": [step for step in Step.values if step not in ENDED],
            "united_nations": self.membership_of_the_un(found),
            "names": self.names(),
            "parts": [each for each in near if each.parent_id == body.pk],
            "hosted": [each for each in near if each.host_id == body.pk],
            "predecessors": [each for each in near if each.succeeded_by_id == body.pk],
            "authorities": [each for each in near if each.state_id == body.pk],
            "commitments": commitments[:ROWS],
            "has_more": len(commitments) > ROWS,
            "silent": sum(row.position == NOT_REPORTED for row in addressed),
        }

    def find(self, key) -> Body:
        """The body, if it had come into being by that day; once for each name, in one query."""
        shown = Body.objects.visible_to(self.viewer).as_of(self.on).filter(code=key)
        shown = shown.select_related("parent", "host", "state", "succeeded_by", "region")
        named = {f"named_{field}": F(f"names__{field}") for field in NAMED}
        self.rows = list(shown.annotate(**named).order_by("named_language", "named_text"))
        if not self.rows:
            raise NotHeld(_("No body is held under the code “%(key)s” on that day.") % {"key": key})
        return self.rows[0]

    def names(self) -> dict[str, list[BodyName]]:
        """Its names on that day, by form: short, formal, acronym, also written."""
        names: dict[str, list[BodyName]] = {form: [] for form in NameForm.values}
        for row in self.rows:
            name = BodyName(**{field: getattr(row, f"named_{field}") for field in NAMED})
            begun = name.from_on is None or name.from_on <= self.on
            if name.text and begun and (name.until_on is None or name.until_on >= self.on):
                names[name.form].append(name)
        return names

    def membership_of_the_un(self, found) -> Membership | None:
        """Since when a State has been a member of the United Nations, as far as it is held."""
        held = [each for each in found.belongs_to if each.organization.code == "UN"]
        return held[0] if held else None

    def near(self, body) -> list[Body]:
        """Its parts, what it hosts, whom it succeeded and, for a State, its authorities."""
        tied = Q(parent=body) | Q(host=body) | Q(succeeded_by=body) | Q(state=body)
        return list(Body.objects.visible_to(self.viewer).as_of(self.on).filter(tied))

    def commitments(self, body) -> list[Commitment]:
        """What is asked of it, in official order: one page, and one row more if there is more."""
        return list(
            Commitment.objects.visible_to(self.viewer)
            .for_listing(on=self.on, viewer=self.viewer)
            .filter(body=body)
            .in_order()[: ROWS + 1]
        )

"""The pages of an assessment: a new one, and one with the steps that it may take now."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tracker import actions
from tracker.actions import Refused
from tracker.actions.assessments import MOVES
from tracker.dashboard.addresses import address
from tracker.dashboard.base import NotHeld
from tracker.dashboard.work.base import Act, FormPage, find_commitment
from tracker.dashboard.work.citing import CitingMixin
from tracker.dashboard.work.forms import (
    AssessmentForm,
    CiteForm,
    CommentForm,
    ReasonForm,
    UnciteForm,
)
from tracker.models import Assessment
from tracker.permissions import may_adopt, may_assess, may_comment, may_edit_draft
from tracker.reports.turns import may_be_reviewed, turn
from tracker.vocabulary import CommitmentRole


class NewAssessment(FormPage):
    """``/commitments/S/RES/2322(2016)/13(e)/XAA/assess/``."""

    template = "dashboard/work/assessment.html"
    acts = {"save": Act(AssessmentForm, "save", _("The draft is saved."))}

    def find(self, key):
        self.commitment = find_commitment(key, viewer=self.viewer)
        if not may_assess(self.viewer, self.commitment):
            raise Refused
        if self.commitment.role != CommitmentRole.ADDRESSEE:
            raise NotHeld(_("There is nothing to assess here."))

    def context(self, refused):
        form = self.opened(AssessmentForm, refused)
        return {"commitment": self.commitment, "form": form, "can": {"edit": True}}

    def save(self, form):
        """Begin a draft."""
        made = actions.draft_assessment(self.commitment, by=self.viewer, **form.typed)
        return address("assessment", made.key)


class AssessmentPage(CitingMixin, FormPage):
    """``/assessments/<key>/``: what is concluded and why, the comment beside it, its steps."""

    template = "dashboard/work/assessment.html"
    citing = "assessment"
    acts = {
        "save": Act(AssessmentForm, "save", _("The draft is saved.")),
        "send": Act(AssessmentForm, "send", _("The assessment is sent to the body.")),
        "comment": Act(CommentForm, "comment", _("The comment stands beside the assessment.")),
        "review": Act(ReasonForm, "review", _("The assessment is under review.")),
        "return": Act(ReasonForm, "send_back", _("The assessment is returned.")),
        "withdraw": Act(ReasonForm, "withdraw", _("The assessment is withdrawn.")),
        "adopt": Act(ReasonForm, "adopt", _("The assessment is adopted.")),
        "cite": Act(CiteForm, "cite", _("The evidence is cited.")),
        "uncite": Act(UnciteForm, "uncite", _("The citation is removed.")),
    }

    def find(self, key):
        self.row = (
            Assessment.objects.visible_to(self.viewer)
            .filter(key=key)
            .select_related(
                "commitment__provision__resolution", "commitment__provision__parent",
                "commitment__body", "drafted_by", "adopted_by",
            )
            .first()
        )  # fmt: skip
        if self.row is None:
            raise NotHeld(_("No assessment is held as “%(key)s”.") % {"key": key})
        self.commitment = self.row.commitment
        self.can = self.allowed()

    def open_forms(self):
        step = self.can["review"] or self.can["adopt"] or self.can["withdraw"]
        open_now = {
            AssessmentForm: self.can["edit"], CommentForm: self.can["comment"], ReasonForm: step
        }  # fmt: skip
        return {form for form, may in open_now.items() if may}

    def context(self, refused):
        forms = {AssessmentForm: "form", CommentForm: "comment_form", ReasonForm: "reason_form"}
        return {
            "commitment": self.commitment,
            "assessment": self.row,
            "can": self.can,
            "turn": turn(self.row, body=self.commitment.body, on=self.today),
            **{forms[form]: self.opened(form, refused) for form in self.open_forms()},
            **self.citing_context(refused, editable=self.can["edit"]),
        }

    def allowed(self) -> dict[str, bool]:
        """What this person may do now: each by right and by step."""
        ready = {name: self.row.step in move.sources for name, move in MOVES.items()}
        desk = may_assess(self.viewer, self.commitment)
        adopts = ready["adopt"] and may_adopt(self.viewer, self.row)
        return {
            "edit": may_edit_draft(self.viewer, self.row),
            "comment": ready["comment"] and may_comment(self.viewer, self.commitment),
            "review": desk and may_be_reviewed(self.row, on=self.today),
            "adopt": adopts,
            "return": adopts,
            "withdraw": desk and ready["withdraw"],
        }

    def save(self, form):
        """Change the draft."""
        form.set_on(self.row)
        actions.save_assessment(self.row, by=self.viewer)
        return self.request.path

    def send(self, form):
        """Send what stands in the form; saved and sent, or neither."""
        with transaction.atomic():
            self.save(form)
            actions.send(self.row, by=self.viewer, on=self.today)
        return self.request.path

    def comment(self, form):
        """Put the comment of the body beside it."""
        form.set_version(self.row)
        text = form.cleaned_data["body_comment"]
        actions.comment(self.row, by=self.viewer, on=self.today, text=text)
        return self.request.path

    def review(self, form):
        """Put it under review."""
        return self.step(form, actions.review, on=self.today)

    def send_back(self, form):
        """Return it to those who drafted it."""
        return self.step(form, actions.return_to_draft)

    def withdraw(self, form):
        """End it without a conclusion."""
        return self.step(form, actions.withdraw)

    def adopt(self, form):
        """Adopt it; the commitment shows it from today."""
        return self.step(form, actions.adopt, on=self.today)

    def step(self, form, action, **more):
        """Take one step with the reason typed."""
        form.set_version(self.row)
        action(self.row, by=self.viewer, reason=form.cleaned_data["reason"], **more)
        return self.request.path

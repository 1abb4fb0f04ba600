"""Assessments: drafted and changed here, and moved from step to step."""

from django.db.models import Prefetch

from tracker import actions
from tracker.api.serializers.assessments import (
    AssessmentSerializer,
    CommentSerializer,
    NewAssessmentSerializer,
)
from tracker.api.serializers.base import (
    NothingSerializer,
    ReasonedStepSerializer,
    StepSerializer,
)
from tracker.api.views.base import ActView, RecordView, WritableListView, WritableRecordView
from tracker.filters import AssessmentFilter
from tracker.models import Assessment
from tracker.rights import Act


class Assessments:
    """What the list, the record and the steps of assessments share."""

    noun = Assessment
    serializer_class = AssessmentSerializer
    act = Act.ASSESS

    def body_of(self, noun):
        return noun.commitment.body

    def stored(self):
        return super().stored().with_commitment()

    def detailed(self, rows):
        """With the one that it follows, where that may be seen."""
        earlier = Assessment.objects.visible_to(self.request.user)
        return rows.prefetch_related(Prefetch("follows", earlier))


class AssessmentList(Assessments, WritableListView):
    """What was concluded, and what is on its way there."""

    filterset = AssessmentFilter
    sent_class = NewAssessmentSerializer
    is_detailed = True


class AssessmentRecord(Assessments, WritableRecordView):
    """One assessment; its text changes while it is a draft."""

    http_method_names = [*RecordView.http_method_names, "patch"]


class AssessmentSending(Assessments, ActView):
    """Send the draft to the body concerned, which may comment for thirty days."""

    sent_class = StepSerializer

    def take(self, noun, *, by, **sent):
        actions.send(noun, by=by, on=self.on, **sent)


class AssessmentComment(Assessments, ActView):
    """Put the comment of the body beside what is concluded (right of reply)."""

    act = Act.COMMENT
    sent_class = CommentSerializer

    def take(self, noun, *, by, body_comment, **sent):
        actions.comment(noun, by=by, on=self.on, text=body_comment, **sent)


class AssessmentReview(Assessments, ActView):
    """Put it under review: commented on, or not commented on in time."""

    sent_class = StepSerializer

    def take(self, noun, *, by, **sent):
        actions.review(noun, by=by, on=self.on, **sent)


class AssessmentReturn(Assessments, ActView):
    """Give it back to those who drafted it, with the reason."""

    act = Act.ADOPT
    sent_class = ReasonedStepSerializer

    def take(self, noun, *, by, **sent):
        actions.return_to_draft(noun, by=by, **sent)


class AssessmentWithdrawal(Assessments, ActView):
    """End it without a conclusion, with the reason."""

    sent_class = ReasonedStepSerializer

    def take(self, noun, *, by, **sent):
        actions.withdraw(noun, by=by, **sent)


class AssessmentAdoption(Assessments, ActView):
    """Adopt it: from today the commitment shows its result. Who adopts is not who drafted."""

    act = Act.ADOPT
    sent_class = StepSerializer

    def take(self, noun, *, by, **sent):
        actions.adopt(noun, by=by, on=self.on, **sent)


class AssessmentClaim(Assessments, ActView):
    """Take it from the review queue, so that nobody reviews it twice."""

    act = Act.ADOPT
    sent_class = NothingSerializer

    def take(self, noun, *, by):
        actions.claim(noun, by=by)


class AssessmentRelease(Assessments, ActView):
    """Put it back into the review queue."""

    act = Act.ADOPT
    sent_class = NothingSerializer

    def take(self, noun, *, by):
        actions.release(noun, by=by)

"""Assessments in the API: a draft is written, everything else follows from the steps taken."""

from rest_framework import serializers

from tracker import actions
from tracker.api.fields import Reason, Ref, UnderAddress
from tracker.api.serializers.base import NounSerializer, Strict
from tracker.filters.finders import find_commitment
from tracker.models import Assessment
from tracker.rights import Act, Reach, reach


class PersonField(serializers.CharField):
    """Who it was; told to those who see how an assessment is made, and to nobody else."""

    def __init__(self, **kwargs):
        super().__init__(read_only=True, allow_null=True, **kwargs)

    def get_attribute(self, instance):
        viewer = self.context["request"].user
        if reach(viewer, Act.READ_DRAFT_ASSESSMENTS) == Reach.NONE:
            return None
        return super().get_attribute(instance)


class AssessmentSerializer(NounSerializer):
    """A dated judgement on one commitment, on whichever step it is."""

    commitment = Ref()
    follows = Ref(allow_null=True)
    drafted_by = PersonField()
    adopted_by = PersonField()
    claimed_by = PersonField(source="claim.by")
    citations = UnderAddress("api:assessment-citations")

    class Meta:
        model = Assessment
        fields = [
            "url",
            "key",
            "commitment",
            "step",
            "result",
            "effect",
            "basis",
            "rationale",
            "body_comment",
            "drafted_by",
            "claimed_by",
            "adopted_by",
            "sent_on",
            "comments_due_on",
            "comments_on",
            "adopted_on",
            "follow_up_on",
            "follows",
            "source_scale",
            "source_value",
            "classification",
            "citations",
            "version",
            "reason",
        ]
        read_only_fields = [
            "key",
            "step",
            "body_comment",
            "sent_on",
            "comments_due_on",
            "comments_on",
            "adopted_on",
            "follow_up_on",
            "source_scale",
            "source_value",
        ]

    def store(self, noun, relations, *, by, reason):
        actions.save_assessment(noun, by=by, reason=reason)


class NewAssessmentSerializer(AssessmentSerializer):
    """What a new draft begins with."""

    commitment = Ref(find_commitment)

    class Meta(AssessmentSerializer.Meta):
        pass

    def write(self, *, by):
        return actions.draft_assessment(by=by, **self.validated_data)


class CommentSerializer(Strict, serializers.Serializer):
    """What the body says to an assessment that was sent to it."""

    body_comment = serializers.CharField(write_only=True, allow_blank=True)
    reason = Reason()

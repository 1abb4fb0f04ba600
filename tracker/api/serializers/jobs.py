"""Jobs: how far they are, what came of them, and where their file is."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from tracker.jobs.shown import Shown
from tracker.models import Job
from tracker.vocabulary import JobKind, JobStage, JobState


class JobFileSerializer(serializers.Serializer):
    """The file that a job has prepared."""

    name = serializers.CharField(source="file_name")
    type = serializers.CharField(source="file_type")
    size = serializers.IntegerField(source="file_size")
    checksum = serializers.CharField(help_text=gettext_lazy("SHA-256."))
    expires_at = serializers.DateTimeField()
    url = serializers.SerializerMethodField()

    def get_url(self, job) -> str:
        """Where it is handed out."""
        return _address("job-file", job, self.context)


class JobSerializer(serializers.Serializer):
    """One of one's own jobs, as it is now."""

    url = serializers.SerializerMethodField()
    key = serializers.CharField(source="job.key")
    kind = serializers.ChoiceField(JobKind.choices, source="job.kind")
    asked = serializers.CharField(
        source="job.asked", help_text=gettext_lazy("A path of the dashboard, with its filters.")
    )
    state = serializers.ChoiceField(JobState.choices)
    stage = serializers.ChoiceField(
        JobStage.choices, allow_blank=True, help_text=gettext_lazy("While it is under way.")
    )
    done = serializers.IntegerField(help_text=gettext_lazy("Rows that are done in this stage."))
    total = serializers.IntegerField(help_text=gettext_lazy("Of how many; 0: not known yet."))
    seconds_left = serializers.IntegerField(
        allow_null=True, help_text=gettext_lazy("A guess, five seconds after a stage began.")
    )
    asked_at = serializers.DateTimeField(source="job.asked_at")
    started_at = serializers.DateTimeField(source="job.started_at", allow_null=True)
    finished_at = serializers.DateTimeField(source="job.finished_at", allow_null=True)
    message = serializers.CharField(
        source="job.message", help_text=gettext_lazy("Why it was refused.")
    )
    receipt = serializers.DictField(
        source="job.receipt", help_text=gettext_lazy("Counts, fingerprint, batch: what came of it.")
    )
    file = serializers.SerializerMethodField()

    def to_representation(self, job: Job) -> dict:
        return super().to_representation(Shown(job, timezone.now()))

    def get_url(self, shown) -> str:
        """The address of the job."""
        return _address("job", shown.job, self.context)

    @extend_schema_field(JobFileSerializer(allow_null=True))
    def get_file(self, shown):
        """What it has prepared, as long as that is handed out."""
        if shown.is_open or shown.why_no_file:
            return None
        return JobFileSerializer(shown.job, context=self.context).data


def _address(route, job, context) -> str:
    """Without the form of the list that was asked for: a job is told in JSON."""
    path = reverse(f"api:{route}", args=[job.key])
    return context["request"].build_absolute_uri(path) if context.get("request") else path

"""One's own jobs: listed, shown, cancelled, asked for again; their files handed out."""

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import mixins, status
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from tracker.api.asynchronous import accepted
from tracker.api.parameters import refuse_unknown
from tracker.api.serializers.base import NothingSerializer
from tracker.api.serializers.jobs import JobSerializer
from tracker.api.views.base import NounView
from tracker.downloads import prepared
from tracker.exports.forms import FORMS
from tracker.jobs.folder import READY, path_of
from tracker.jobs.shown import Shown, again, cancel
from tracker.models import Job
from tracker.rights import Act


class Jobs(NounView):
    """What the addresses of jobs share."""

    noun = Job
    act = Act.READ_REGISTER
    serializer_class = JobSerializer
    may_choose = False


class JobList(mixins.ListModelMixin, Jobs):
    """One's own jobs, the latest first. A job is asked for where it begins: see ``Prefer``."""

    http_method_names = ["get", "head", "options"]

    def get(self, request):
        refuse_unknown(request.query_params, {"page", "page_size"})
        self.queryset = self.rows()
        return self.list(request)


class JobRecord(Jobs):
    """One job, as far as it is now; deleting it cancels it, and its line stays."""

    http_method_names = ["get", "head", "options", "delete"]
    needs_no_version = True

    def get(self, request, key):
        refuse_unknown(request.query_params)
        return Response(self.get_serializer(self.find(self.rows(), key)).data)

    def delete(self, request, key):
        """Cancel it: nothing of it stays. One that has ended stays as it is."""
        refuse_unknown(request.query_params, {"reason"})
        job = self.find(self.stored(), key)
        if not self.is_trial:
            cancel(job, by=request.user, at=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class JobAgain(Jobs):
    """Have a job done once more that was interrupted, cancelled or refused."""

    http_method_names = ["post", "options"]
    sent_class = NothingSerializer
    shown_class = JobSerializer
    success_status = 202

    def post(self, request, key):
        refuse_unknown(request.query_params)
        self.read()
        job = self.find(self.stored(), key)
        shown = Shown(job, timezone.now())
        if shown.may_be_asked_again and not self.is_trial:
            again(job, by=request.user, at=timezone.now())
            job.refresh_from_db()
        return accepted(job, request)


class JobFile(Jobs):
    """The file that a job has prepared, to be saved."""

    http_method_names = ["get", "head", "options"]
    file_types = sorted({each.media_type.partition(";")[0] for each in FORMS.values()})

    def perform_content_negotiation(self, request, force=False):
        """Any: the file is what it is, whatever is preferred."""
        return super().perform_content_negotiation(request, force=True)

    def get(self, request, key):
        """Hand it out, as long as its owner may read all of it."""
        refuse_unknown(request.query_params)
        job = self.find(self.stored(), key)
        shown = Shown(job, timezone.now())
        if shown.why_no_file:
            raise NotFound(shown.why_no_file)
        try:
            return prepared(path_of(job, READY), job.file_name, job.file_type)
        except Http404 as error:
            raise NotFound(_("The file is not kept any more.")) from error

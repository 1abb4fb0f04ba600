"""``/jobs/``: what one asked for that is long: how far it is, what came of it, its file."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRefresh

from tracker import downloads
from tracker.dashboard.addresses import address
from tracker.dashboard.base import DashboardView, NotHeld
from tracker.jobs.exports import PACKAGE, ask_file, read
from tracker.jobs.folder import READY, path_of
from tracker.jobs.shown import Shown, again, cancel
from tracker.models import Job
from tracker.vocabulary import JobKind, JobState

#: Jobs that the page names.
MOST = 100


class JobPages(DashboardView):
    """What the pages of jobs share: they have no day, and show one's own."""

    @property
    def day(self):
        """None: jobs have no day."""
        return None

    def find(self, key) -> Job:
        """The job with that key, if it is one's own."""
        rows = Job.objects.visible_to(self.viewer).select_related("table").defer("table__content")
        found = None if "\x00" in key else rows.filter(key=key).first()
        if found is None:
            raise NotHeld(_("No job of yours is held under this key."))
        return found


class Jobs(JobPages):
    """One's own jobs; a file is asked for by a POST here."""

    http_method_names = ["get", "head", "options", "post"]

    def get(self, request):
        wrong = {name: [_("There is no such parameter.")] for name in request.GET}
        return self.show(wrong)

    def show(self, wrong, status=400):
        """The list, with what is wrong with what was asked."""
        now = timezone.now()
        rows = Job.objects.visible_to(self.viewer).for_listing(on=self.on, viewer=self.viewer)
        jobs = [
            Shown(each, now) for each in rows.select_related("table").defer("table__content")[:MOST]
        ]
        counts = [(each.label, sum(1 for job in jobs if job.state == each)) for each in JobState]
        context = {
            "jobs": jobs,
            "counts": [(label, number) for label, number in counts if number],
            "lacks_worker": any(each.lacks_worker for each in jobs),
            "today": self.today,
            "wrong": wrong,
        }
        return self.render("dashboard/jobs/list.html", context, status=status if wrong else 200)

    def post(self, request):
        asked, now = request.POST.get("asked", ""), timezone.now()
        form = request.POST.get("format", "")
        asked = f"{asked}&format={form}" if form else asked
        try:
            found = self.found_at(asked)
            job = ask_file(asked, by=self.viewer, address=found, at=now)
        except ValidationError as error:
            named = getattr(error, "error_dict", None)
            wrong = error.message_dict if named else {"asked": error.messages}
            return self.show(wrong)
        return HttpResponseRedirect(address("job", job.key))

    def found_at(self, asked) -> str:
        """The address, with its host, at which the same rows are found again."""
        name, data = read(asked)
        data = data.copy()
        data.pop("format", None)
        path = address(PACKAGE if name == PACKAGE else name)
        return self.request.build_absolute_uri(f"{path}?{data.urlencode(safe='/()')}")


class JobPage(JobPages):
    """One job: while it runs, how far it is; then its receipt."""

    http_method_names = ["get", "head", "options", "post"]

    def get(self, request, key):
        shown = Shown(self.find(key), timezone.now())
        if not request.htmx:
            return self.render("dashboard/jobs/page.html", self.context(shown))
        if not shown.is_open:
            return HttpResponseClientRefresh()
        return self.render("dashboard/jobs/_now.html", self.context(shown))

    def context(self, shown) -> dict:
        """What the page tells. ``seen`` is the stage that the reader was told last."""
        job = shown.job
        return {
            "shown": shown,
            "job": job,
            "list_path": job.asked if shown.is_export else "",
            "is_news": self.request.GET.get("seen", "") != str(shown.state_words),
            "left": words_of(shown.seconds_left),
            "size": job.file_size,
            "is_import": job.kind in (JobKind.TRIAL, JobKind.IMPORT),
        }

    def post(self, request, key):
        job, now = self.find(key), timezone.now()
        if request.POST.get("act") == "cancel":
            cancel(job, by=self.viewer, at=now)
        else:
            try:
                again(job, by=self.viewer, at=now)
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(address("job", job.key))


class JobFile(JobPages):
    """The file that a job has prepared, as long as its owner may read all of it."""

    def get(self, request, key):
        job = self.find(key)
        shown = Shown(job, timezone.now())
        if shown.why_no_file:
            raise NotHeld(shown.why_no_file)
        return downloads.prepared(path_of(job, READY), job.file_name, job.file_type)


def words_of(seconds: int | None) -> str:
    """How long it may still take, in words as rough as the guess is."""
    if seconds is None:
        return ""
    if seconds < 90:
        return _("about %(n)d s left") % {"n": seconds}
    return _("about %(n)d min left") % {"n": round(seconds / 60)}

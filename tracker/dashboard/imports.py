"""Tables into the register: choose a file, look at the trial, apply it, read the receipt."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker import actions, downloads
from tracker.actions.undo import LARGEST_BATCH
from tracker.dashboard.addresses import address
from tracker.dashboard.base import DashboardView, NotHeld
from tracker.dashboard.work.forms import WorkForm
from tracker.jobs.tables import ask_table
from tracker.models import Change, TableImport
from tracker.permissions import may
from tracker.tables.errors import Unread
from tracker.tables.kept import apply_kept, errors_of, examine_kept, is_long, stream_of, told
from tracker.tables.mapping import guessed
from tracker.tables.plan import NOUNS, NotApplied, NotWritten, told_plainly
from tracker.tables.reading import read_table
from tracker.tables.refused import MEDIA_TYPE, file_name
from tracker.vocabulary import JobKind

#: Earlier imports that the page names.
EARLIER = 20


def nouns_for(viewer) -> list[tuple[str, str]]:
    """The kinds of table that ``viewer`` may import, with their names."""
    return [
        (name, capfirst(kind.model._meta.verbose_name_plural))
        for name, kind in NOUNS.items()
        if may(viewer, kind.act)
    ]


class FileForm(WorkForm):
    """Which table, and the file."""

    noun = forms.ChoiceField(label=gettext_lazy("What the table holds"))
    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        help_text=gettext_lazy(
            "CSV in UTF-8, or the first sheet of an XLSX; up to 10 MB. Columns are called as in "
            "the exports."
        ),
    )

    def __init__(self, *args, nouns, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["noun"].choices = nouns

    def typed_file(self) -> dict:
        """What was chosen."""
        return {"noun": self.cleaned_data["noun"], "upload": self.cleaned_data["file"]}


class Imports(DashboardView):
    """``/imports/``: bring a table; those that wait, and what came of the others."""

    http_method_names = ["get", "head", "options", "post"]

    def get(self, request):
        noun = request.GET.get("noun", "")
        return self.show(FileForm(initial={"noun": noun}, nouns=nouns_for(self.viewer)))

    def post(self, request):
        form = FileForm(request.POST, request.FILES, nouns=nouns_for(self.viewer))
        if not form.is_valid():
            return self.show(form, status=400)
        try:
            kept = self.keep(**form.typed_file())
        except (Unread, NotWritten) as error:
            form.add_error("file", str(error))
            return self.show(form, status=400)
        except ValidationError as error:
            form.take_errors(error)
            return self.show(form, status=400)
        return HttpResponseRedirect(after(kept, self.viewer))

    def keep(self, noun, upload) -> TableImport:
        """Keep what can be read as a table."""
        read_table(upload)
        upload.seek(0)
        with told_plainly():
            return actions.keep_table(noun, upload.name, upload.read(), by=self.viewer)

    def show(self, form, *, status=200):
        """The page with the form and one's own imports."""
        mine = TableImport.objects.filter(by=self.viewer).defer("content")
        context = {
            "day": None,
            "form": form,
            "refused": form if form.is_bound else None,
            "waiting": list(mine.filter(outcome={})),
            "earlier": list(mine.exclude(outcome={})[:EARLIER]),
        }
        return self.render("dashboard/imports/list.html", context, status=status)


class ErrorFile(DashboardView):
    """``/imports/12/errors/``: the refused rows as a file, to mend the table by."""

    def get(self, request, number):
        kept = find_import(self.viewer, number)
        try:
            errors = errors_of(kept, by=self.viewer)
        except (Unread, NotWritten) as error:
            raise NotHeld(str(error)) from error
        return downloads.made(errors.encode(), file_name(kept.name), MEDIA_TYPE)


def find_import(viewer, number) -> TableImport:
    """The import with that number, if it is one's own; raises ``NotHeld``."""
    found = TableImport.objects.filter(by=viewer, pk=number).first()
    if found is None:
        raise NotHeld(_("No import of yours is held under this number."))
    return found


class ApplyForm(WorkForm):
    """Why, and whether rows that are refused are left out."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        help_text=gettext_lazy("It stands with every change."),
    )
    skip_refused = forms.BooleanField(
        label=gettext_lazy("Leave out the refused rows and write the others"), required=False
    )
    expected = forms.CharField(widget=forms.HiddenInput, required=False)


class ImportPage(DashboardView):
    """``/imports/12/``: the trial of a table that waits, or the receipt of one that was applied."""

    http_method_names = ["get", "head", "options", "post"]

    def get(self, request, number):
        kept = find_import(self.viewer, number)
        return self.receipt(kept) if kept.outcome else self.trial(kept)

    def post(self, request, number):
        kept, act = find_import(self.viewer, number), request.POST.get("act", "")
        if act == "drop":
            actions.drop_table(kept, by=self.viewer)
            messages.success(request, _("The table was dropped; the register stays as it was."))
            return HttpResponseRedirect(address("imports"))
        if act == "columns":
            actions.choose_columns(kept, self.chosen(kept), by=self.viewer)
            return HttpResponseRedirect(after(kept, self.viewer))
        if act == "try":
            return HttpResponseRedirect(after(kept, self.viewer))
        if act == "undo":
            return self.take_back(kept)
        return self.apply(kept)

    def take_back(self, kept):
        """Have all of it taken back by a job, where it is more than somebody waits for."""
        reason = self.request.POST.get("reason", "").strip()
        if not reason or not kept.batch:
            messages.error(self.request, _("Say why."))
            return HttpResponseRedirect(address("import", kept.pk))
        told = {"batch": str(kept.batch), "reason": reason}
        return self.ask(JobKind.UNDO, kept, told)

    def ask(self, kind, kept, told):
        """Have a job do it, and lead to its page."""
        try:
            job = ask_table(kind, kept, by=self.viewer, at=timezone.now(), **told)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return HttpResponseRedirect(address("import", kept.pk))
        return HttpResponseRedirect(address("job", job.key))

    def chosen(self, kept) -> dict[str, str]:
        """What was chosen for each column of the file."""
        header = read_table(stream_of(kept)).header
        data = self.request.POST
        names = [(place, name) for place, name in enumerate(header) if name]
        return {name: data[f"column-{place}"] for place, name in names if f"column-{place}" in data}

    def apply(self, kept):
        """Write the rows, or say on the same page why not."""
        form = ApplyForm(self.request.POST, label_suffix="")
        if not form.is_valid():
            return self.trial(kept, form, status=400)
        typed = {name: form.cleaned_data[name] for name in ("reason", "skip_refused", "expected")}
        if is_long(kept) and not kept.outcome:
            return self.ask(JobKind.IMPORT, kept, typed)
        try:
            apply_kept(kept, by=self.viewer, **typed)
        except ValidationError as error:
            form.take_errors(error)
        except (NotApplied, NotWritten, Unread) as error:
            form.add_error(None, str(error))
        else:
            return HttpResponseRedirect(address("import", kept.pk))
        return self.trial(kept, form, status=409)

    def trial(self, kept, form=None, *, status=200):
        """The columns and what becomes of the rows."""
        plan, why, long = kept.trial, "", is_long(kept)
        try:
            if not long:
                plan = told(examine_kept(kept, by=self.viewer))
        except (Unread, NotWritten) as error:
            why = str(error)
        jobs = kept.jobs.filter(owner=self.viewer)
        context = {
            "day": None,
            "kept": kept,
            "plan": plan,
            "why": why,
            "form": form or ApplyForm(label_suffix=""),
            "refused": form,
            "columns": self.columns(kept),
            "noun": NOUNS[kept.noun].model._meta.verbose_name_plural,
            "job": jobs.first() if long else None,
            **plan,
        }
        return self.render("dashboard/imports/trial.html", context, status=status)

    def columns(self, kept) -> list[dict]:
        """Each column of the file with ours, as chosen or guessed, and what there is to choose."""
        header, kind = read_table(stream_of(kept)).header, NOUNS[kept.noun]
        own = [field.name for field in kind.fields]
        meant = {**guessed(kind, header), **kept.columns}
        return [
            {"place": place, "name": name, "ours": meant.get(name, ""), "own": own,
             "derived": meant.get(name) in kind.derived}
            for place, name in enumerate(header)
            if name
        ]  # fmt: skip

    def receipt(self, kept):
        """What was written and left out, and how it is taken back."""
        changes = Change.objects.visible_to(self.viewer).filter(batch=kept.batch, by=self.viewer)
        last = changes.order_by("-sequence").first()
        back = Change.objects.filter(undoes=last.sequence).exists() if last else False
        context = {
            "day": None,
            "kept": kept,
            "counts": kept.outcome["counts"],
            "left_out": kept.outcome["refused"],
            "written": changes.count(),
            "last": last,
            "taken_back": back,
            "is_long": changes.count() > LARGEST_BATCH,
        }
        return self.render("dashboard/imports/receipt.html", context)


def after(kept, viewer) -> str:
    """Where to look at its rows: a long table is tried by a job first."""
    if not is_long(kept):
        return address("import", kept.pk)
    try:
        job = ask_table(JobKind.TRIAL, kept, by=viewer, at=timezone.now())
    except ValidationError:
        # Too much waits already; the page of the table says so, and offers it again.
        return address("import", kept.pk)
    return address("job", job.key)

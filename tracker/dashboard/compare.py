"""The comparison: the four facts of two to four bodies side by side."""

from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tracker.dashboard.addresses import address, changed
from tracker.dashboard.columns import Column
from tracker.dashboard.lists import ListView
from tracker.filters import CompareFilter
from tracker.filters.compare import MOST_BODIES
from tracker.reports.comparison import asked_of, comparisons

PARAGRAPH = Column("provision", _("Paragraph"), sort="symbol", default=True)


class Compare(ListView):
    """``/compare/?body=XAA&body=XAB&theme=extradition``."""

    family = "compare"
    filterset = CompareFilter
    columns = (PARAGRAPH,)
    panel = ("body", "provision", "resolution", "theme")
    tells_news = False

    def results(self):
        results = super().results()
        self.bodies = results.filterset.form.cleaned_data.get("body", [])
        results.shown = (PARAGRAPH, *(Column(each.code, each.name) for each in self.bodies))
        results.rows = comparisons(results.rows, self.bodies, viewer=self.viewer, on=self.on)
        return results

    def hand_out(self, results):
        """The file of what is compared is that of the list of these commitments."""
        query = self.request.GET
        return HttpResponseRedirect(changed(address("commitments"), query, sort=None))

    def answer(self, template, results, context):
        typed = [code for code in self.request.GET.getlist("body") if code.strip()]
        asked = []
        if results.rows:
            provisions = results.filterset.qs
            asked = asked_of(provisions, self.bodies, viewer=self.viewer, on=self.on)
        boxes = [*typed, *[""] * (MOST_BODIES - len(typed))][:MOST_BODIES]
        differing = sum(bool(row.differs) for row in results.rows)
        context["carried"] = [
            (name, value)
            for name in ("on", "sort", "page_size")
            for value in self.request.GET.getlist(name)
        ]
        context |= {"bodies": self.bodies, "boxes": boxes, "differing": differing, "asked": asked}
        context["narrowed"] = {
            name: self.request.GET.getlist(name) for name in ("provision", "resolution", "theme")
        }
        return super().answer(template, results, context)

    def count_words(self, number):
        return ngettext("%(n)s paragraph", "%(n)s paragraphs", number)

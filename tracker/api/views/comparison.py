"""Two to four bodies side by side."""

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.api.serializers.comparison import ComparisonSerializer
from tracker.api.views.base import ListView
from tracker.filters import CompareFilter
from tracker.models import Provision
from tracker.reports.comparison import comparisons


class Compare(ListView):
    """The paragraphs that ask something of the bodies named, and the four facts of each body."""

    noun = Provision
    serializer_class = ComparisonSerializer
    filterset = CompareFilter
    #: The list whose files are those of this one.
    files_at = "commitments"

    def get_view_name(self):
        return _("Compare bodies")

    def found(self):
        """The paragraphs in official order; raises 400 when more than four bodies are named."""
        found = super().found()
        self.bodies = found.form.cleaned_data["body"]
        return found

    def hand_out(self, form):
        """The file of what is compared is that of the list of these commitments."""
        self.found()
        query = self.request.query_params.copy()
        query.pop("sort", None)
        return HttpResponseRedirect(f"{reverse(f'api:{self.files_at}')}?{query.urlencode()}")

    def paginate_queryset(self, queryset):
        rows = super().paginate_queryset(queryset)
        return comparisons(rows, self.bodies, viewer=self.request.user, on=self.on)

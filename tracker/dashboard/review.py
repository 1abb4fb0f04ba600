"""The review queue: what is under review, the oldest first, and who has taken it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tracker import actions
from tracker.dashboard.addresses import address
from tracker.dashboard.base import NotHeld
from tracker.dashboard.columns import Column
from tracker.dashboard.facts import BODY, PARAGRAPH
from tracker.dashboard.inbox import PostPage
from tracker.dashboard.lists import ListView
from tracker.filters import ReviewFilter
from tracker.models import Assessment
from tracker.permissions import may
from tracker.rights import Act
from tracker.vocabulary import Step


class ReviewQueue(ListView):
    """``/review/``."""

    whole = "assessments"
    family = "review"
    filterset = ReviewFilter
    columns = (
        Column("waiting", gettext_lazy("Waiting since"), sort="waiting", default=True),
        PARAGRAPH,
        BODY,
        Column("result", gettext_lazy("Result")),
        Column("claimed", gettext_lazy("Claimed")),
    )
    panel = ("q", "body", "theme", "resolution", "claimed", "drafted", "result")

    def narrow(self, queryset):
        return queryset.filter(step=Step.UNDER_REVIEW)

    def as_filters(self):
        # Sorted otherwise, rows that are alike stand in another order than in the whole list.
        return {"step": Step.UNDER_REVIEW.value, "sort": "waiting"}

    def answer(self, template, results, context):
        more = {"may_claim": may(self.viewer, Act.ADOPT)}
        return super().answer(template, results, {**context, **more})

    def count_words(self, number):
        return ngettext("%(n)s under review", "%(n)s under review", number)


class ClaimPage(PostPage):
    """``/review/<key>/claim/``: take one from the queue."""

    done = gettext_lazy("You have claimed it.")

    def page(self, key):
        return address("review")

    def post(self, request, key):
        try:
            self.act(self.find(key))
        except ValidationError as error:
            messages.warning(request, " ".join(error.messages))
        else:
            messages.success(request, self.done)
        return HttpResponseRedirect(self.page(key))

    def find(self, key) -> Assessment:
        """The assessment; one that this person may not see is not there."""
        found = Assessment.objects.visible_to(self.viewer).filter(key=key).first()
        if found is None:
            raise NotHeld(_("No assessment is held as “%(key)s”.") % {"key": key})
        return found

    def act(self, assessment):
        """Claim it."""
        actions.claim(assessment, by=self.viewer)


class ReleasePage(ClaimPage):
    """``/review/<key>/release/``: put one back."""

    done = gettext_lazy("It is back in the queue.")

    def act(self, assessment):
        """Release it."""
        actions.release(assessment, by=self.viewer)

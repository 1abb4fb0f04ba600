"""The FilterSet of the comparison: paragraphs that ask something of two to four bodies."""

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.filters.fields import Keys, KeysField, Sort
from tracker.filters.finders import find_body, find_provision, find_resolution, find_theme
from tracker.filters.lists import any_of, official_order, with_themes, within_provisions
from tracker.filters.strict import StrictFilterSet
from tracker.models import Commitment

#: How many bodies stand side by side; more would be a ranking, and would not fit.
MOST_BODIES = 4


class ComparedField(KeysField):
    """Up to four bodies by code, each once, in the order given."""

    def clean(self, value):
        found = list(dict.fromkeys(super().clean(value)))
        if len(found) > MOST_BODIES:
            raise ValidationError(
                _("Compare two to four bodies; this address names %(number)d, so leave some out.")
                % {"number": len(found)}
            )
        return found


class Compared(Keys):
    """Paragraphs under which one of the bodies has a commitment; none while no body is named."""

    field_class = ComparedField

    def filter(self, queryset, value):
        return self.apply(queryset, value) if value else queryset.none()


class CompareFilter(StrictFilterSet):
    """``/compare/?body=XAA&body=XAB``: what is asked of several bodies, paragraph by paragraph."""

    body = Compared(label=gettext_lazy("Body"), find=find_body, apply=None)
    provision = Keys(
        label=gettext_lazy("Provision"), find=find_provision, apply=within_provisions("")
    )
    resolution = Keys(
        label=gettext_lazy("Resolution"), find=find_resolution, apply=any_of("resolution")
    )
    theme = Keys(label=gettext_lazy("Theme"), find=find_theme, apply=with_themes("pk"))
    sort = Sort(
        {"symbol": (gettext_lazy("Official order"), official_order(""))},
        ties=[*official_order(""), "key"],
        label=gettext_lazy("Order"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["body"].apply = self.asking

    def asking(self, queryset, bodies):
        """Paragraphs that ask something of one of ``bodies`` on the day shown."""
        held = Commitment.objects.visible_to(self.viewer).as_of(self.on)
        # A row shows commitments, so what a list of paragraphs would fetch beside it is left.
        queryset = queryset.prefetch_related(None)
        return queryset.filter(Exists(held.filter(provision=OuterRef("pk"), body__in=bodies)))

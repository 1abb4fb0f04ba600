"""Words that only pages need: labels of computed keys, and relations read backwards."""

from django.utils.translation import gettext_lazy as _

from tracker.filters.pictures import COLUMNS, ROWS
from tracker.vocabulary import (
    POSITIONS,
    RESULTS,
    Effect,
    Lifecycle,
    ProvisionLinkKind,
    ResolutionLinkKind,
    Standing,
    Timing,
)

LABELS = {
    "position": dict(POSITIONS),
    "result": dict(RESULTS),
    "effect": dict(Effect.choices),
    "timing": dict(Timing.choices),
    "lifecycle": dict(Lifecycle.choices),
    "standing": dict(Standing.choices),
    "rows": ROWS,
    "columns": COLUMNS,
    "fact": {
        "reported": _("Reported"),
        "evidence": _("Evidence"),
        "assessment": _("Assessment"),
        "timing": _("Timing"),
    },
    "evidence": {"some": _("Received"), "none": _("None received")},
}

#: One letter for each state, for print and for greyscale.
LETTERS = {
    "fully_implemented": _("F"),
    "largely_implemented": _("L"),
    "partially_implemented": _("P"),
    "not_implemented": _("N"),
    "insufficient_information": "?",
    "not_applicable": "/",
    "not_assessed": "–",
}

#: How the target of a relation sees it.
BACKWARDS = {
    ProvisionLinkKind.REPEATS: _("Repeated by"),
    ProvisionLinkKind.EXTENDS: _("Extended by"),
    ProvisionLinkKind.SUPERSEDES: _("Superseded by"),
    ProvisionLinkKind.RELATES: _("Related to by"),
    ResolutionLinkKind.RECALLS: _("Recalled by"),
    ResolutionLinkKind.AMENDS: _("Amended by"),
}

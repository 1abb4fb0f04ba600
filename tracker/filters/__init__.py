"""One strict FilterSet for each list, used by dashboard, API, admin and exports alike."""

from tracker.filters.lists import (
    BodyFilter,
    CommitmentFilter,
    DesignationFilter,
    DocumentFilter,
    MembershipFilter,
    ProvisionFilter,
    ResolutionFilter,
    ThemeFilter,
)
from tracker.filters.strict import StrictFilterSet

__all__ = [
    "BodyFilter",
    "CommitmentFilter",
    "DesignationFilter",
    "DocumentFilter",
    "MembershipFilter",
    "ProvisionFilter",
    "ResolutionFilter",
    "StrictFilterSet",
    "ThemeFilter",
]

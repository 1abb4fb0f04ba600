"""One strict FilterSet for each list, used by dashboard, API, admin and exports alike."""

from tracker.filters.lists import (
    AssessmentFilter,
    BodyFilter,
    ChangeFilter,
    CommitmentFilter,
    DesignationFilter,
    DocumentFilter,
    MembershipFilter,
    ProvisionFilter,
    ReportFilter,
    ResolutionFilter,
    ThemeFilter,
)
from tracker.filters.strict import StrictFilterSet

__all__ = [
    "AssessmentFilter",
    "BodyFilter",
    "ChangeFilter",
    "CommitmentFilter",
    "DesignationFilter",
    "DocumentFilter",
    "MembershipFilter",
    "ProvisionFilter",
    "ReportFilter",
    "ResolutionFilter",
    "StrictFilterSet",
    "ThemeFilter",
]

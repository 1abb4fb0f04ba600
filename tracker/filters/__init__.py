"""One strict FilterSet for each list, used by dashboard, API, admin and exports alike."""

from tracker.filters.commitments import CommitmentFilter
from tracker.filters.compare import CompareFilter
from tracker.filters.crosswalk import CrosswalkFilter
from tracker.filters.deadlines import DeadlineFilter
from tracker.filters.lists import (
    AssessmentFilter,
    BodyFilter,
    ChangeFilter,
    DesignationFilter,
    DocumentFilter,
    EvidenceFilter,
    MembershipFilter,
    ProvisionFilter,
    ReportFilter,
    ResolutionFilter,
    ReviewFilter,
    ThemeFilter,
)
from tracker.filters.pictures import MatrixFilter, TrendsFilter
from tracker.filters.strict import StrictFilterSet
from tracker.filters.views import ViewFilter

__all__ = [
    "AssessmentFilter",
    "BodyFilter",
    "ChangeFilter",
    "CommitmentFilter",
    "CompareFilter",
    "CrosswalkFilter",
    "DeadlineFilter",
    "DesignationFilter",
    "DocumentFilter",
    "EvidenceFilter",
    "MatrixFilter",
    "MembershipFilter",
    "ProvisionFilter",
    "ReportFilter",
    "ResolutionFilter",
    "ReviewFilter",
    "StrictFilterSet",
    "ThemeFilter",
    "TrendsFilter",
    "ViewFilter",
]

"""Reports, evidence and assessments of fictional bodies, over the years 2018 to 2026."""

from collections.abc import Iterator

from tracker.demonstration.assessments import assessment_rounds
from tracker.demonstration.evidence import citation_rows, evidence_rows
from tracker.demonstration.reports import report_rows
from tracker.models import Commitment
from tracker.vocabulary import CommitmentRole


def rows() -> list[dict]:
    """Return the records as fixture rows; only of fictional bodies, never of a real one."""
    commitments = list(fictional_commitments())
    evidence = list(evidence_rows({c.body.code: c.body.name for c in commitments}))
    reports = [made for c in commitments for made in report_rows(c)]
    rounds = [assessment_rounds(c) for c in commitments]
    # The first assessment of every commitment before any second: one refers to the other.
    assessments = sorted((made for each in rounds for made in each), key=_round)
    return [*evidence, *reports, *assessments, *citation_rows(evidence, reports, assessments)]


def fictional_commitments() -> Iterator[Commitment]:
    """Return what is asked of fictional bodies, in a stable order."""
    return (
        Commitment.objects.filter(body__is_fictional=True, role=CommitmentRole.ADDRESSEE)
        .select_related("provision", "body__region")
        .order_by("provision__key", "body__code")
    )


def _round(assessment):
    return int(assessment["fields"]["key"].rpartition("-")[2])

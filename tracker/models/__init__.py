"""The nouns. Each module may import those named before it; backwards goes by string key.

base → people → bodies → resolutions → evidence → assessments → commitments → changes
"""

from tracker.models.assessments import Assessment, Report
from tracker.models.bodies import (
    Body,
    BodyName,
    Designation,
    DesignationCompetence,
    Membership,
    Region,
)
from tracker.models.changes import Change
from tracker.models.commitments import Commitment, Delivery
from tracker.models.evidence import Citation, Evidence
from tracker.models.people import User
from tracker.models.resolutions import (
    Addressee,
    Deadline,
    Document,
    Provision,
    ProvisionLink,
    Resolution,
    ResolutionLink,
    Theme,
)

__all__ = [
    "Addressee",
    "Assessment",
    "Body",
    "BodyName",
    "Change",
    "Citation",
    "Commitment",
    "Deadline",
    "Delivery",
    "Designation",
    "DesignationCompetence",
    "Document",
    "Evidence",
    "Membership",
    "Provision",
    "ProvisionLink",
    "Region",
    "Report",
    "Resolution",
    "ResolutionLink",
    "Theme",
    "User",
]

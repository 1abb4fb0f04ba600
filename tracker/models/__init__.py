"""The nouns. Each module may import those named before it; backwards goes by string key.

base → people → tokens → webhooks → answers → bodies → designations → resolutions → provisions
→ deadlines → evidence → assessments → known → commitments → dates → changes → work → jobs → search
→ views
"""

from tracker.models.answers import Answer
from tracker.models.assessments import Assessment, Report
from tracker.models.bodies import (
    Body,
    BodyName,
    Membership,
    Region,
)
from tracker.models.changes import Change
from tracker.models.commitments import Commitment, Delivery, Extension
from tracker.models.dates import Due
from tracker.models.deadlines import Deadline, DueDate
from tracker.models.designations import Designation, DesignationCompetence
from tracker.models.evidence import Citation, Evidence
from tracker.models.jobs import Job
from tracker.models.known import DatedTally, Known, Tally
from tracker.models.people import User
from tracker.models.provisions import Addressee, Provision, ProvisionLink
from tracker.models.resolutions import Document, Resolution, ResolutionLink, Theme
from tracker.models.search import SearchEntry
from tracker.models.tokens import Token
from tracker.models.views import KeptKeys, SavedView
from tracker.models.webhooks import Webhook, WebhookAttempt, WebhookTurn
from tracker.models.work import Claim, Digest, Preference, TableImport, Unsaved, Visit

__all__ = [
    "Addressee",
    "Answer",
    "Assessment",
    "Body",
    "BodyName",
    "Change",
    "Citation",
    "Claim",
    "Commitment",
    "DatedTally",
    "Deadline",
    "Delivery",
    "Designation",
    "DesignationCompetence",
    "Digest",
    "Document",
    "Due",
    "DueDate",
    "Evidence",
    "Extension",
    "KeptKeys",
    "Job",
    "Known",
    "Membership",
    "Preference",
    "Provision",
    "ProvisionLink",
    "Region",
    "Report",
    "Resolution",
    "ResolutionLink",
    "SavedView",
    "SearchEntry",
    "TableImport",
    "Tally",
    "Theme",
    "Token",
    "Unsaved",
    "User",
    "Visit",
    "Webhook",
    "WebhookAttempt",
    "WebhookTurn",
]

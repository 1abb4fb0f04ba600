"""Who may do what: one table, read by the code, by the tests and by a page of the admin.

An act reaches no record, those of the bodies a person speaks for, or all.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from tracker.vocabulary import Role, Scope


class Reach(TextChoices):
    """Which records an act reaches."""

    NONE = "none", _("None")
    OWN = "own", _("Those of their own bodies")
    ALL = "all", _("All")


class Act(TextChoices):
    """What a person does with records; the key stands in the API."""

    READ_REGISTER = "read_register", _("Read the register")
    READ_PUBLISHED = "read_published", _("Read what is public or internal, once it is submitted")
    READ_RESTRICTED = "read_restricted", _("Read what is restricted")
    READ_DRAFT_REPORTS = "read_draft_reports", _("Read reports before they are submitted")
    READ_SENT_ASSESSMENTS = "read_sent_assessments", _("Read assessments sent for comments")
    READ_DRAFT_ASSESSMENTS = "read_draft_assessments", _("Read assessments before they are sent")
    READ_HISTORY = "read_history", _("Read the history of reports, evidence and assessments")
    READ_PEOPLE = "read_people", _("Read who has an account, and its history")
    READ_WHOLE_RECORD = "read_whole_record", _("Read every change, also of what was deleted")
    REPORT = "report", _("Report")
    ADD_EVIDENCE = "add_evidence", _("Add evidence")
    ASSESS = "assess", _("Draft and send assessments, put them under review, withdraw them")
    COMMENT = "comment", _("Comment on an assessment sent to the body")
    ADOPT = "adopt", _("Adopt or return the assessments that somebody else drafted")
    SET_TIMING = "set_timing", _("Record deliveries and extend dates")
    CONFIRM_DESIGNATION = "confirm_designation", _("Confirm that a designation is still correct")
    REVEAL_CONTACT = "reveal_contact", _("Reveal the person behind an office, with a reason")
    EDIT_REGISTER = "edit_register", _("Change resolutions, provisions, bodies, designations")
    MANAGE_PEOPLE = "manage_people", _("Add people and give them roles")
    UNDO = "undo", _("Take back changes that one may write")
    ENTER_ADMIN = "enter_admin", _("Enter the admin (staff only)")


ALL, OWN = Reach.ALL, Reach.OWN
EVERYBODY = dict.fromkeys(Role, ALL)
FOCAL, ASSESSOR, REVIEWER = Role.FOCAL_POINT, Role.ASSESSOR, Role.REVIEWER
ADMINISTRATOR, AUDITOR = Role.ADMINISTRATOR, Role.AUDITOR
DESK = {ASSESSOR: ALL, REVIEWER: ALL}

#: Act → role → reach; a role that is not named does not have the right.
RIGHTS: dict[str, dict[str, str]] = {
    Act.READ_REGISTER: EVERYBODY,
    Act.READ_PUBLISHED: EVERYBODY,
    Act.READ_RESTRICTED: {FOCAL: OWN, **DESK, AUDITOR: ALL},
    Act.READ_DRAFT_REPORTS: {FOCAL: OWN, AUDITOR: ALL},
    Act.READ_SENT_ASSESSMENTS: {FOCAL: OWN, **DESK, AUDITOR: ALL},
    Act.READ_DRAFT_ASSESSMENTS: {**DESK, AUDITOR: ALL},
    Act.READ_HISTORY: {FOCAL: OWN, **DESK, AUDITOR: ALL},
    Act.READ_PEOPLE: {ADMINISTRATOR: ALL, AUDITOR: ALL},
    Act.READ_WHOLE_RECORD: {AUDITOR: ALL},
    Act.REPORT: {FOCAL: OWN},
    Act.ADD_EVIDENCE: {FOCAL: OWN, **DESK},
    Act.ASSESS: DESK,
    Act.COMMENT: {FOCAL: OWN},
    Act.ADOPT: {REVIEWER: ALL},
    Act.SET_TIMING: DESK,
    Act.CONFIRM_DESIGNATION: {FOCAL: OWN, ADMINISTRATOR: ALL},
    Act.REVEAL_CONTACT: {FOCAL: OWN, **DESK},
    Act.EDIT_REGISTER: {ADMINISTRATOR: ALL},
    Act.MANAGE_PEOPLE: {ADMINISTRATOR: ALL},
    Act.UNDO: {FOCAL: OWN, **DESK, ADMINISTRATOR: ALL},
    Act.ENTER_ADMIN: {ADMINISTRATOR: ALL, AUDITOR: ALL},
}


READING = {act for act in Act if act.startswith("read_")}
#: Scope of a token → the acts that it leaves to its owner; every scope leaves reading.
SCOPES: dict[str, set[str]] = {
    Scope.READ: READING,
    Scope.REPORT: READING
    | {Act.REPORT, Act.ADD_EVIDENCE, Act.COMMENT, Act.CONFIRM_DESIGNATION}
    | {Act.REVEAL_CONTACT, Act.UNDO},
    Scope.ASSESS: READING
    | {Act.ASSESS, Act.ADOPT, Act.SET_TIMING, Act.ADD_EVIDENCE}
    | {Act.REVEAL_CONTACT, Act.UNDO},
    Scope.ADMINISTER: READING
    | {Act.EDIT_REGISTER, Act.MANAGE_PEOPLE, Act.CONFIRM_DESIGNATION, Act.UNDO},
}


def within_scopes(user, act: str) -> bool:
    """Whether the token that ``user`` came in with leaves ``act``; without one, everything is."""
    scopes = getattr(user, "scopes", None)
    return scopes is None or any(act in SCOPES[scope] for scope in scopes)


def reach(user, act: str) -> str:
    """Which records ``act`` reaches for ``user``: a ``Reach``; none without signing in.

    A superuser has the rights of an administrator, besides those of the own role; a token
    narrows them to its scopes.
    """
    if not (user.is_authenticated and user.is_active and within_scopes(user, act)):
        return Reach.NONE
    held = RIGHTS[act]
    if user.is_superuser and ADMINISTRATOR in held:
        return held[ADMINISTRATOR]
    return held.get(user.role, Reach.NONE)

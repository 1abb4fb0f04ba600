"""The words of the field: every enumeration that more than one room uses.

Keys are stable (they stand in addresses, files and the API); labels are translated.
"""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Force(TextChoices):
    """What the strongest verb of a provision does, from binding to declaratory."""

    DECIDES = "decides", _("Decides")
    DEMANDS = "demands", _("Demands")
    DIRECTS = "directs", _("Directs")
    REQUESTS = "requests", _("Requests")
    CALLS_UPON = "calls_upon", _("Calls upon")
    URGES = "urges", _("Urges")
    ENCOURAGES = "encourages", _("Encourages")
    INVITES = "invites", _("Invites")
    RECALLS = "recalls", _("Recalls")
    REAFFIRMS = "reaffirms", _("Reaffirms")
    NOTES = "notes", _("Notes")


DECLARATORY = (Force.RECALLS, Force.REAFFIRMS, Force.NOTES)


class Lifecycle(TextChoices):
    """Whether a provision still asks for anything."""

    ACTIVE = "active", _("Active")
    SUPERSEDED = "superseded", _("Superseded")
    EXPIRED = "expired", _("Expired")
    DISCHARGED = "discharged", _("Discharged")


class AdoptionProcedure(TextChoices):
    """How the Council adopted a resolution (2617 (2021) had no meeting)."""

    MEETING = "meeting", _("At a meeting")
    WRITTEN = "written", _("Written procedure")


class ResolutionLinkKind(TextChoices):
    """What one resolution does to another."""

    RECALLS = "recalls", _("Recalls")
    EXTENDS = "extends", _("Extends")
    AMENDS = "amends", _("Amends")
    SUPERSEDES = "supersedes", _("Supersedes")


class ProvisionLinkKind(TextChoices):
    """What one provision does to an earlier one, in another resolution or the same."""

    REPEATS = "repeats", _("Repeats")
    EXTENDS = "extends", _("Extends")
    SUPERSEDES = "supersedes", _("Supersedes")
    RELATES = "relates", _("Relates to")


class DocumentKind(TextChoices):
    """What a document is to the resolution it belongs to."""

    CONCEPT_NOTE = "concept_note", _("Concept note")
    MEETING_RECORD = "meeting_record", _("Meeting record")
    PRESS_RELEASE = "press_release", _("Press release")
    NEWS_ITEM = "news_item", _("News item")
    REPORT = "report", _("Report")
    LETTER = "letter", _("Letter")
    TREATY = "treaty", _("Treaty")
    OTHER = "other", _("Other")


class BodyKind(TextChoices):
    """What an implementing body is."""

    STATE = "state", _("Member State")
    OBSERVER_STATE = "observer_state", _("Observer State")
    UN_ORGAN = "un_organ", _("UN organ")
    UN_ENTITY = "un_entity", _("UN entity")
    INTERNATIONAL_ORGANIZATION = "international_organization", _("International organization")
    REGIONAL_ORGANIZATION = "regional_organization", _("Regional organization")
    NETWORK = "network", _("Network")
    NATIONAL_AUTHORITY = "national_authority", _("National authority")
    OTHER = "other", _("Other body")


STATES = (BodyKind.STATE, BodyKind.OBSERVER_STATE)
ORGANIZATIONS = (BodyKind.INTERNATIONAL_ORGANIZATION, BodyKind.REGIONAL_ORGANIZATION)


class Standing(TextChoices):
    """Whether a body still exists (computed for a day)."""

    EXISTING = "existing", _("Existing")
    DISSOLVED = "dissolved", _("Dissolved")


class AddresseeKind(TextChoices):
    """Whom a provision names: a family of bodies, or one body."""

    ALL_STATES = "all_states", _("All States")
    STATES = "states", _("States")
    MEMBER_STATES = "member_states", _("Member States")
    ORGANIZATIONS = "organizations", _("International, regional and subregional organizations")
    REGIONAL_ORGANIZATIONS = "regional_organizations", _("Regional organizations")
    BODY = "body", _("One body")


#: Which kinds of body each family stands for. "All States" and "States" include the
#: observer States; "Member States" does not.
FAMILIES = {
    AddresseeKind.ALL_STATES: STATES,
    AddresseeKind.STATES: STATES,
    AddresseeKind.MEMBER_STATES: (BodyKind.STATE,),
    AddresseeKind.ORGANIZATIONS: ORGANIZATIONS,
    AddresseeKind.REGIONAL_ORGANIZATIONS: (BodyKind.REGIONAL_ORGANIZATION,),
}


class CommitmentRole(TextChoices):
    """Whether a provision is addressed to the body, or names it in support."""

    ADDRESSEE = "addressee", _("Addressee")
    SUPPORTING = "supporting", _("Supporting")


class MembershipRole(TextChoices):
    """What a member is to the network or organization."""

    MEMBER = "member", _("Member")
    OBSERVER = "observer", _("Observer")
    FOUNDER = "founder", _("Founder")
    PARTNER = "partner", _("Partner")
    SECRETARIAT = "secretariat", _("Secretariat")


#: Roles that take full part in a network; the others follow it, or serve it.
FULL_PART = (MembershipRole.MEMBER, MembershipRole.FOUNDER)


class NameForm(TextChoices):
    """Which of a body's names this is."""

    SHORT = "short", _("Short name")
    FORMAL = "formal", _("Formal name")
    ACRONYM = "acronym", _("Acronym")
    ALIAS = "alias", _("Also written")


class Language(TextChoices):
    """The six official languages of the United Nations."""

    ARABIC = "ar", _("Arabic")
    CHINESE = "zh", _("Chinese")
    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")
    RUSSIAN = "ru", _("Russian")
    SPANISH = "es", _("Spanish")


class DesignationKind(TextChoices):
    """What a body has named."""

    CENTRAL_AUTHORITY = "central_authority", _("Central Authority")
    NATIONAL_CENTRAL_BUREAU = "national_central_bureau", _("National central bureau")
    CONTACT_POINT = "contact_point", _("24/7 contact point")
    FOCAL_POINT = "focal_point", _("Focal point of a network")


class DesignationFunction(TextChoices):
    """For which requests a designated authority is competent."""

    MUTUAL_LEGAL_ASSISTANCE = "mutual_legal_assistance", _("Mutual legal assistance")
    EXTRADITION = "extradition", _("Extradition")
    TRANSFER_OF_PROCEEDINGS = "transfer_of_proceedings", _("Transfer of proceedings")
    ELECTRONIC_EVIDENCE = "electronic_evidence", _("Electronic evidence")
    POLICE_COOPERATION = "police_cooperation", _("Police cooperation")


class Unnamed(TextChoices):
    """What a State can name; as a filter: that it is not recorded as having named it."""

    CENTRAL_AUTHORITY = "central_authority", _("Central Authority for anything")
    MUTUAL_LEGAL_ASSISTANCE = (
        "mutual_legal_assistance",
        _("Central Authority for mutual legal assistance"),
    )
    EXTRADITION = "extradition", _("Central Authority for extradition")
    TRANSFER_OF_PROCEEDINGS = (
        "transfer_of_proceedings",
        _("Central Authority for transfer of proceedings"),
    )
    ELECTRONIC_EVIDENCE = "electronic_evidence", _("Central Authority for electronic evidence")
    NATIONAL_CENTRAL_BUREAU = "national_central_bureau", _("National central bureau")
    CONTACT_POINT = "contact_point", _("24/7 contact point")


class DatePrecision(TextChoices):
    """How much of a date is known.

    A beginning known to the year is held as its first day, an end as its last.
    """

    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")


class DeadlineKind(TextChoices):
    """What the date of a deadline is counted from."""

    FIXED = "fixed", _("Fixed date")
    ADOPTION = "adoption", _("From the adoption of the resolution")
    EVENT = "event", _("From another event")


class Position(TextChoices):
    """What a body says of its own commitment (fact 1, reported)."""

    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under_way", _("Under way")
    COMPLETED = "completed", _("Reported as completed")
    NOT_APPLICABLE = "not_applicable", _("Considered not applicable")
    OVERTAKEN = "overtaken", _("Overtaken by events")


NOT_REPORTED = "not_reported"
POSITIONS = [*Position.choices, (NOT_REPORTED, _("Not reported"))]


class Result(TextChoices):
    """What an adopted assessment concluded (fact 3)."""

    FULLY_IMPLEMENTED = "fully_implemented", _("Fully implemented")
    LARGELY_IMPLEMENTED = "largely_implemented", _("Largely implemented")
    PARTIALLY_IMPLEMENTED = "partially_implemented", _("Partially implemented")
    NOT_IMPLEMENTED = "not_implemented", _("Not implemented")
    INSUFFICIENT_INFORMATION = "insufficient_information", _("Insufficient information")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")


#: What each result means; shown where the choice is made.
CRITERIA = {
    Result.FULLY_IMPLEMENTED: _(
        "Everything the paragraph asks is in place, and it is used in practice where it can be."
    ),
    Result.LARGELY_IMPLEMENTED: _(
        "Most of what the paragraph asks is in place; what is missing is minor."
    ),
    Result.PARTIALLY_IMPLEMENTED: _(
        "Some of what the paragraph asks is in place; what is missing matters."
    ),
    Result.NOT_IMPLEMENTED: _(
        "The sources show that what the paragraph asks is not in place. Silence shows nothing."
    ),
    Result.INSUFFICIENT_INFORMATION: _(
        "The sources were looked at and do not allow a conclusion. Say what is missing."
    ),
    Result.NOT_APPLICABLE: _("The paragraph does not concern this body. Say why."),
}

NOT_ASSESSED = "not_assessed"
#: Every state a commitment can show, in the fixed order of bars and legends. "Not
#: assessed" is derived (no adopted assessment by that day) and never counts as
#: "not implemented".
RESULTS = [*Result.choices, (NOT_ASSESSED, _("Not assessed"))]


class Effect(TextChoices):
    """Effect in practice, the optional second axis of an assessment."""

    LOW = "low", _("Low")
    MODERATE = "moderate", _("Moderate")
    SUBSTANTIAL = "substantial", _("Substantial")
    HIGH = "high", _("High")


class Step(TextChoices):
    """Where an assessment stands."""

    DRAFT = "draft", _("Draft")
    SENT_TO_BODY = "sent_to_body", _("Sent to the body")
    COMMENTS_RECEIVED = "comments_received", _("Comments received")
    UNDER_REVIEW = "under_review", _("Under review")
    ADOPTED = "adopted", _("Adopted")
    RETURNED = "returned", _("Returned")
    WITHDRAWN = "withdrawn", _("Withdrawn")


#: Steps at which an assessment is written.
DRAFTING = (Step.DRAFT, Step.RETURNED)
#: Steps after which an assessment does not move any more.
ENDED = (Step.ADOPTED, Step.WITHDRAWN)
#: Steps at which the body concerned sees an assessment that is not adopted yet.
SHOWN_TO_BODY = (Step.SENT_TO_BODY, Step.COMMENTS_RECEIVED, Step.UNDER_REVIEW)
#: How long the body has for its comments (30 days, practice of the CTC on draft reports).
COMMENT_DAYS = 30
#: When an adopted assessment is looked at again (12 months, S/RES/2395 ¶10, S/RES/2617 ¶16).
FOLLOW_UP_MONTHS = 12
#: After how long without confirmation a designation counts as stale.
CONFIRMED_FOR_MONTHS = 12


class Basis(TextChoices):
    """What an assessment rests on."""

    SELF_REPORT = "self_report", _("Self-report")
    DESK_REVIEW = "desk_review", _("Desk review")
    VISIT = "visit", _("Visit")
    THIRD_PARTY = "third_party", _("Third party")


class EvidenceKind(TextChoices):
    """What a piece of evidence is."""

    LEGISLATION = "legislation", _("Legislation")
    DOCUMENT = "document", _("Official document")
    STATISTICS = "statistics", _("Statistics")
    CASE = "case", _("Case")
    MEETING = "meeting", _("Meeting or training")
    WEB_PAGE = "web_page", _("Web page")
    OTHER = "other", _("Other")


class Independence(TextChoices):
    """Where a piece of evidence comes from, seen from the body it speaks of."""

    BODY_ITSELF = "body_itself", _("The body itself")
    OTHER_OFFICIAL = "other_official", _("Another official source")
    INDEPENDENT = "independent", _("Independent source")


class Eyes(TextChoices):
    """For whose eyes a fact is: what is restricted shows to some, and the others see less."""

    ALL = "all", _("All")
    OPEN = "open", _("Those who see what is open")
    WHOLE = "whole", _("Those who see everything")


class Timing(TextChoices):
    """Where a commitment stands against its date (fact 4, always computed)."""

    NO_DATE = "no_date", _("No date set")
    UPCOMING = "upcoming", _("Upcoming")
    DUE_SOON = "due_soon", _("Due within 30 days")
    OVERDUE = "overdue", _("Past the indicated date")
    DELIVERED = "delivered", _("Delivered")
    DELIVERED_LATE = "delivered_late", _("Delivered after the date")


DUE_SOON_DAYS = 30


class Classification(TextChoices):
    """Who may see a record."""

    PUBLIC = "public", _("Public")
    INTERNAL = "internal", _("Internal")
    RESTRICTED = "restricted", _("Restricted")


class Scope(TextChoices):
    """What a token leaves of the rights of its owner."""

    READ = "read", _("Read")
    REPORT = "report", _("Report for the own bodies")
    ASSESS = "assess", _("Assess, adopt, keep dates")
    ADMINISTER = "administer", _("Administer the register")


class Role(TextChoices):
    """What a person does with the tracker."""

    VIEWER = "viewer", _("Viewer")
    FOCAL_POINT = "focal_point", _("Focal point")
    ASSESSOR = "assessor", _("Assessor")
    REVIEWER = "reviewer", _("Reviewer")
    ADMINISTRATOR = "administrator", _("Administrator")
    AUDITOR = "auditor", _("Auditor")


class Door(TextChoices):
    """By which door a change came in."""

    ADMIN = "admin", _("Admin")
    DASHBOARD = "dashboard", _("Dashboard")
    API = "api", _("API")
    COMMAND = "command", _("Command")


class Verb(TextChoices):
    """What a change did."""

    CREATED = "created", _("Created")
    UPDATED = "updated", _("Updated")
    DELETED = "deleted", _("Deleted")
    SUBMITTED = "submitted", _("Submitted")
    SENT = "sent", _("Sent to the body")
    COMMENTED = "commented", _("Commented")
    REVIEWED = "reviewed", _("Put under review")
    RETURNED = "returned", _("Returned")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ADOPTED = "adopted", _("Adopted")
    CONFIRMED = "confirmed", _("Confirmed")
    REVEALED = "revealed", _("Contact revealed")


class WebhookState(TextChoices):
    """Whether a webhook is told of changes."""

    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    STOPPED = "stopped", _("Stopped")


class WebhookStop(TextChoices):
    """Why a webhook was stopped, by nobody's hand."""

    GONE = "gone", _("The receiver said that it is gone (410).")
    FAILED = "failed", _("Every repetition failed.")
    SECRET = "secret", _("Its secret was lost, since the key of this installation is another.")
    OWNER = "owner", _("The account of its owner was closed.")


class Outcome(TextChoices):
    """What came of one attempt to tell a webhook."""

    WAITING = "waiting", _("Waits to be sent")
    TAKEN = "taken", _("Received")
    REFUSED = "refused", _("Not taken: another status than 2xx")
    ADDRESS = "address", _("Not sent: the name leads to no public address")
    NOT_CALLED = "not_called", _("Not sent: this address may not be called from here")
    CONNECT = "connect", _("Not sent: no connection")
    TLS = "tls", _("Not sent: the certificate or TLS is wrong")
    TIMEOUT = "timeout", _("No answer in time")
    BROKEN = "broken", _("The answer is not HTTP")
    CLOSED = "closed", _("Not sent: the change is not open to you any more")


class JobKind(TextChoices):
    """What a job does."""

    EXPORT = "export", _("Prepare a file")
    TRIAL = "trial", _("Try a table")
    IMPORT = "import", _("Write a table")
    UNDO = "undo", _("Take back a table")


class JobState(TextChoices):
    """How far a job is."""

    WAITING = "waiting", _("Waiting for its turn")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")
    CANCELLED = "cancelled", _("Cancelled")
    INTERRUPTED = "interrupted", _("Interrupted")


class JobStage(TextChoices):
    """What a job is doing at the moment."""

    STARTING = "starting", _("Starting")
    READING = "reading", _("Reading the table")
    COMPARING = "comparing", _("Comparing the rows with the register")
    WRITING = "writing", _("Writing the rows")
    PREPARING = "preparing", _("Preparing the file")
    CLOSING = "closing", _("Finishing")


class RegionLevel(IntegerChoices):
    """The levels of M49, the UN's list of countries or areas."""

    WORLD = 0, _("World")
    REGION = 1, _("Region")
    SUBREGION = 2, _("Subregion")
    INTERMEDIATE = 3, _("Intermediate region")


class SearchGroup(TextChoices):
    """What a search finds, group by group, in the order shown."""

    RESOLUTION = "resolution", _("Resolutions")
    PROVISION = "provision", _("Paragraphs")
    BODY = "body", _("Bodies")
    NETWORK = "network", _("Networks")
    THEME = "theme", _("Themes")
    DOCUMENT = "document", _("Documents")
    EVIDENCE = "evidence", _("Evidence")
    REPORT = "report", _("Reports")
    ASSESSMENT = "assessment", _("Assessments")


class ListName(TextChoices):
    """The lists that a view can be saved of, as they are called in addresses at every door."""

    RESOLUTIONS = "resolutions", _("Resolutions")
    PROVISIONS = "provisions", _("Paragraphs")
    BODIES = "bodies", _("Bodies")
    MEMBERSHIPS = "memberships", _("Memberships")
    COMMITMENTS = "commitments", _("Commitments")
    REPORTS = "reports", _("Reports")
    ASSESSMENTS = "assessments", _("Assessments")
    EVIDENCE = "evidence", _("Evidence")
    DESIGNATIONS = "designations", _("Designations")
    DOCUMENTS = "documents", _("Documents")
    CROSSWALK = "crosswalk", _("Crosswalk")
    DEADLINES = "deadlines", _("Deadlines")
    CHANGES = "changes", _("Changes")


class Visibility(TextChoices):
    """Who finds a saved view."""

    PRIVATE = "private", _("Only me")
    TEAM = "team", _("Everybody who reads the register")

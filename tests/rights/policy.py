"""Who reaches what: one line a route. A page that is only read needs no more than ``READ``.

A route that is missing here fails ``test_routes.py``, which says which line to add:

    "dashboard:matrix": Route(),                        a page for everybody signed in
    "dashboard:report": Route("report"),                the same, about one record in its address
    "dashboard:claim": Route("assessment", post=ADOPT)  and a right that it takes to post there

``Route(noun, get=, post=, put=, patch=, delete=)``: ``noun`` names the records of
``tests/rights/world.py`` with which the address is tried; a method that is left out is not
served. ``Needs(act, **sent)`` is a right of ``tracker.rights`` with what is sent, so that
nothing but the right decides; a list of them stands for several buttons of one page.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.rights.records import Record
from tracker.rights import Act

#: No right is needed, nor signing in.
OPEN = "open"


@dataclass(frozen=True)
class Needs:
    """The right that a request needs. ``acts`` are needed besides, of whatever body.

    ``sent(record)`` is what is sent; ``refusal`` how the answer is without the right.
    """

    act: str
    sent: Callable[[Record], dict] = lambda record: {}
    acts: tuple[str, ...] = ()
    refusal: int = 403
    #: Answered without looking for the record: a button that leads on to its page.
    blind: bool = False


READ = Needs(Act.READ_REGISTER)
ANYBODY = Needs(OPEN)
EDIT = Needs(Act.EDIT_REGISTER)
PEOPLE = Needs(Act.MANAGE_PEOPLE)
ENTER = Needs(Act.ENTER_ADMIN)
ADOPT, ASSESS = Needs(Act.ADOPT), Needs(Act.ASSESS)
TIMING = Needs(Act.SET_TIMING)
#: What a record itself says that it takes (``Record.act``), and the right to take back.
UNDO = Needs("", lambda record: {"reason": "Because"}, acts=(Act.UNDO,))
#: Nobody's right: what the admin only shows.
NOBODY = Needs("nobody")
#: A button that is opened by a link leads on to its page, whatever is there.
LEADS_ON = Needs(Act.READ_REGISTER, blind=True)
NOT_SERVED = None


@dataclass(frozen=True)
class Route:
    """What an address takes: method → one need, or several."""

    noun: str = ""
    get: Needs | None = READ
    post: Needs | list[Needs] | None = NOT_SERVED
    put: Needs | None = NOT_SERVED
    patch: Needs | None = NOT_SERVED
    delete: Needs | None = NOT_SERVED
    #: The address, where it cannot be made from its pattern and a record.
    path: str = ""
    #: Values in the address that are no keys.
    values: dict = field(default_factory=dict)
    #: Nothing is ever there, for anybody.
    empty: bool = False
    #: The kind of record that stands in what is sent, where none stands in the address.
    about: str = ""
    #: In the admin, where most pages take any method for reading: this one does not.
    strict: bool = False

    def needs(self, method: str) -> list[Needs]:
        """What ``method`` needs: one or several; empty when it is not served."""
        name = {"HEAD": "get", "OPTIONS": "options"}.get(method, method.lower())
        if name == "options":
            return [ANYBODY if ANYBODY in (self.get, self.post) else READ]
        found = getattr(self, name) or []
        return found if isinstance(found, list) else [found]


# What is sent, so that only the right decides


def report_form(act):
    return lambda record: {
        "act": act, "position": "planned", "text": "Text", "classification": "public",
        "version": record.obj.version, "reason": "Because",
    }  # fmt: skip


def assessment_form(act):
    return lambda record: {
        "act": act, "result": "partially_implemented", "basis": "desk_review",
        "rationale": "Why", "classification": "public", "version": record.obj.version,
        "reason": "Because", "body_comment": "Comment",
    }  # fmt: skip


def cite_form(act):
    def sent(record):
        evidence = record.more["citation"].evidence
        return {"act": act, "evidence": evidence.key, "citation": record.more["citation"].key}

    return sent


def evidence_form(record):
    return {
        "title": "Title", "kind": "legislation", "independence": "body_itself",
        "classification": "public", "body": record.obj.body.code,
        "version": record.obj.version, "reason": "Because",
    }  # fmt: skip


def new_report(record):
    return {"commitment": record.key, "position": "planned", "text": "Text"}


def new_assessment(record):
    return {"commitment": record.key, "result": "fully_implemented", "basis": "desk_review"}


def new_evidence(record):
    return {
        "title": "Title", "kind": "legislation", "independence": "body_itself",
        "body": record.obj.body.code,
    }  # fmt: skip


def reason(record):
    return {"reason": "Because", "version": getattr(record.obj, "version", "")}


def bulk(act, right):
    """A choice of rows: who has no such act is told so, and nothing is done."""
    return Needs(right, lambda record: {"act": act, "row": "nothing"}, refusal=400)


def buttons(right, form, *names):
    return [Needs(right, form(name)) for name in names]


def noun_list(**more):
    """A list of the API with new records for those who edit the register."""
    return Route(post=EDIT, **more)


def noun_record(noun):
    return Route(noun, put=EDIT, patch=EDIT, delete=EDIT)


def step(noun, act, sent=lambda record: {}):
    """A step of the API: posted to, and nothing else."""
    return Route(noun, get=NOT_SERVED, post=Needs(act, sent))


def rows(noun, act):
    return Route(noun, post=Needs(act))


def row(noun, act):
    return Route(noun, delete=Needs(act))


SITE = {
    "healthz": Route(get=ANYBODY, post=ANYBODY, put=ANYBODY, patch=ANYBODY, delete=ANYBODY),
    "set_language": Route(get=ANYBODY, post=ANYBODY, put=ANYBODY, patch=ANYBODY, delete=ANYBODY),
    "favicon.ico": Route(get=ANYBODY, post=ANYBODY, put=ANYBODY, patch=ANYBODY, delete=ANYBODY),
}

DASHBOARD = {
    "dashboard:home": Route(),
    "dashboard:inbox": Route(),
    "dashboard:inbox-seen": Route(post=READ),
    "dashboard:review": Route(),
    "dashboard:claim": Route("assessment", get=LEADS_ON, post=ADOPT),
    "dashboard:release": Route("assessment", get=LEADS_ON, post=ADOPT),
    "dashboard:crosswalk": Route(),
    "dashboard:channel": Route(),
    "dashboard:deadlines": Route(),
    "dashboard:suggestions": Route(),
    "dashboard:compare": Route(),
    "dashboard:matrix": Route(),
    "dashboard:trends": Route(),
    "dashboard:gaps": Route(),
    "dashboard:network": Route("network"),
    "dashboard:brief": Route("body"),
    "dashboard:dates": Route(
        "delivery", post=Needs(Act.SET_TIMING, lambda record: {
            "act": "take-back", "which": record.obj.public_key, "reason": "Because",
        })
    ),
    "dashboard:deliver": Route("commitment", get=TIMING, post=TIMING),
    "dashboard:extend": Route("commitment", get=TIMING, post=TIMING),
    "dashboard:checks": Route(),
    "dashboard:check": Route(values={"key": "designations-not-confirmed"}),
    "dashboard:bulk-result": Route(values={"batch": "12345678-1234-5678-1234-567812345678"},
                                   empty=True),
    "dashboard:search": Route(),
    "dashboard:go": Route(),
    "dashboard:shortcuts": Route(post=Needs(Act.READ_REGISTER, lambda record: {"shortcuts": "on"})),
    "dashboard:resolutions": Route(),
    "dashboard:resolution": Route("resolution"),
    "dashboard:provisions": Route(),
    "dashboard:provision": Route("provision"),
    "dashboard:bodies": Route(),
    "dashboard:body": Route("body"),
    "dashboard:networks": Route(),
    "dashboard:memberships": Route(),
    "dashboard:commitments": Route(),
    "dashboard:commitments-bulk": Route(post=bulk("deliver", Act.SET_TIMING)),
    "dashboard:new-report": Route(
        "commitment", get=Needs(Act.REPORT), post=buttons(Act.REPORT, report_form, "save", "submit")
    ),
    "dashboard:copy-report": Route("copied", get=NOT_SERVED, post=Needs(Act.REPORT)),
    "dashboard:new-assessment": Route(
        "commitment", get=ASSESS, post=buttons(Act.ASSESS, assessment_form, "save", "send")
    ),
    "dashboard:reports": Route(),
    "dashboard:report": Route(
        "report",
        post=buttons(Act.REPORT, report_form, "save", "submit", "discard")
        + buttons(Act.REPORT, cite_form, "cite", "uncite"),
    ),
    "dashboard:assessments": Route(),
    "dashboard:assessments-bulk": Route(post=bulk("send", Act.ASSESS)),
    "dashboard:assessment": Route(
        "assessment",
        post=buttons(Act.ASSESS, assessment_form, "save", "send", "review", "withdraw")
        + buttons(Act.ASSESS, cite_form, "cite", "uncite")
        + buttons(Act.COMMENT, assessment_form, "comment")
        + buttons(Act.ADOPT, assessment_form, "return", "adopt"),
    ),
    "dashboard:commitment": Route("commitment"),
    "dashboard:evidence": Route(),
    "dashboard:new-evidence": Route(
        get=Needs(Act.ADD_EVIDENCE), post=Needs(Act.ADD_EVIDENCE, evidence_form, refusal=400),
        about="evidence",
    ),
    "dashboard:evidence-page": Route("evidence"),
    "dashboard:evidence-file": Route("evidence"),
    "dashboard:edit-evidence": Route(
        "evidence", get=Needs(Act.ADD_EVIDENCE),
        post=[Needs(Act.ADD_EVIDENCE, evidence_form),
              Needs(Act.ADD_EVIDENCE, lambda record: {"act": "delete"})],
    ),
    "dashboard:designations": Route(),
    "dashboard:designations-bulk": Route(post=bulk("confirm", Act.CONFIRM_DESIGNATION)),
    "dashboard:confirm-designation": Route(
        "designation", get=LEADS_ON, post=Needs(Act.CONFIRM_DESIGNATION)
    ),
    "dashboard:reveal-contact": Route(
        "designation", get=LEADS_ON, post=Needs(Act.REVEAL_CONTACT, reason)
    ),
    "dashboard:designation": Route("designation"),
    "dashboard:documents": Route(),
    "dashboard:views": Route(),
    "dashboard:me": Route(post=READ),
    # Which tables, the page says; tests/dashboard/test_imports.py tries who may apply which.
    "dashboard:imports": Route(post=READ),
    "dashboard:import": Route(post=READ, values={"number": "123456789"}, empty=True),
    "dashboard:import-errors": Route(values={"number": "123456789"}, empty=True),
    # One's own alone; tests/jobs tries those of somebody else.
    "dashboard:jobs": Route(post=READ),
    "dashboard:job": Route(post=READ, values={"key": "nobodys"}, empty=True),
    "dashboard:job-file": Route(values={"key": "nobodys"}, empty=True),
    "dashboard:new-view": Route(post=READ, path="/views/new/?list=bodies"),
    # One that somebody shares; tests/dashboard/test_views.py tries those that are private.
    "dashboard:view": Route("view", post=EDIT),
    "dashboard:delete-view": Route("view", post=EDIT),
    "dashboard:paste": Route(post=READ, values={"page": "bodies", "name": "part_of"}),
    "dashboard:datapackage": Route(),
    "dashboard:themes": Route(),
    "dashboard:theme": Route("theme"),
    "dashboard:changes": Route(),
    "dashboard:change": Route("change", post=UNDO),
    "dashboard:history": Route("evidence", values={"noun": "evidence"}),
    "dashboard:tokens": Route(post=READ),
    "dashboard:revoke-token": Route(
        get=NOT_SERVED, post=READ, values={"key": "nobodys"}, empty=True
    ),
    "dashboard:webhooks": Route(post=READ),
    "dashboard:webhook": Route(post=READ, values={"key": "nobodys"}, empty=True),
    "dashboard:login": Route(get=ANYBODY, post=ANYBODY),
    "dashboard:logout": Route(get=NOT_SERVED, post=ANYBODY),
}  # fmt: skip

#: A key that nobody has.
NOBODYS = {"key": "nobodys", "row": "1"}

API = {
    **{f"api:{name}-bulk": Route(get=NOT_SERVED, post=EDIT)
       for name in ("resolutions", "provisions", "themes", "bodies", "memberships",
                    "designations")},
    "api:evidence-bulk": Route(get=NOT_SERVED, post=Needs(Act.ADD_EVIDENCE, refusal=403)),
    "api:reports-bulk": Route(get=NOT_SERVED, post=Needs(Act.REPORT)),
    "api:assessments-bulk": Route(get=NOT_SERVED, post=Needs(Act.ASSESS)),
    **{f"api:{name}-import": Route(get=NOT_SERVED, post=EDIT)
       for name in ("bodies", "memberships", "commitments")},
    "api:reports-import": Route(get=NOT_SERVED, post=Needs(Act.REPORT)),
    "api:search": Route(),
    "api:networks": Route(),
    "api:gaps": Route(),
    "api:network": Route("network"),
    "api:overview": Route(),
    "api:review": Route(),
    "api:inbox": Route(),
    "api:inbox-seen": Route(get=NOT_SERVED, post=READ),
    "api:checks": Route(),
    "api:checked-commitments": Route(values={"key": "report-and-assessment-differ"}),
    "api:checked-designations": Route(values={"key": "designations-not-confirmed"}),
    "api:front": Route(),
    "api:datapackage": Route(),
    "api:me": Route(),
    "api:tokens": Route(post=READ),
    "api:token": Route(delete=READ, values={"key": "nobodys"}, empty=True),
    "api:jobs": Route(),
    "api:job": Route(delete=READ, values={"key": "nobodys"}, empty=True),
    "api:job-again": Route(get=NOT_SERVED, post=READ, values={"key": "nobodys"}, empty=True),
    "api:job-file": Route(values={"key": "nobodys"}, empty=True),
    # One's own, and nobody else's: tests/webhooks/test_api.py.
    "api:webhooks": Route(post=READ),
    "api:webhook": Route(put=READ, patch=READ, delete=READ, values=NOBODYS, empty=True),
    **{f"api:webhook-{name}": Route(get=NOT_SERVED, post=READ, values=NOBODYS, empty=True)
       for name in ("pause", "resume", "secret", "test", "resend")},
    "api:webhook-deliveries": Route(values=NOBODYS, empty=True),
    "api:webhook-delivery": Route(values=NOBODYS, empty=True),
    "api:problems": Route(),
    "api:problem": Route(values={"key": "stale"}),
    "api:schema": Route(),
    "api:docs": Route(),
    "api:views": Route(post=READ),
    "api:view": noun_record("view"),
    "api:resolutions": noun_list(),
    "api:resolution": noun_record("resolution"),
    "api:provisions": noun_list(),
    "api:expand": step("provision", Act.EDIT_REGISTER),
    "api:provision": noun_record("provision"),
    "api:crosswalk": Route(),
    "api:channel": Route(),
    "api:deadlines": Route(),
    "api:compare": Route(),
    "api:body-profile": Route("body"),
    "api:body-brief": Route("body"),
    "api:matrix": Route(),
    "api:trends": Route(),
    "api:themes": noun_list(),
    "api:theme": noun_record("theme"),
    "api:documents": Route(),
    "api:document": Route("document"),
    "api:bodies": noun_list(),
    "api:body": noun_record("body"),
    "api:memberships": noun_list(),
    "api:membership": noun_record("membership"),
    "api:designations": noun_list(),
    "api:designation-confirm": step("designation", Act.CONFIRM_DESIGNATION),
    "api:designation-reveal": step("designation", Act.REVEAL_CONTACT, reason),
    "api:designation": noun_record("designation"),
    "api:commitments": Route(),
    "api:report-copy": step("copied", Act.REPORT),
    "api:deliveries": rows("delivery", Act.SET_TIMING),
    "api:delivery": row("delivery", Act.SET_TIMING),
    "api:extensions": rows("extension", Act.SET_TIMING),
    "api:extension": row("extension", Act.SET_TIMING),
    "api:commitment": Route("commitment"),
    "api:evidence": Route(post=Needs(Act.ADD_EVIDENCE, new_evidence), about="evidence"),
    "api:evidence-file": Route("evidence"),
    "api:evidence-record": Route(
        "evidence", put=Needs(Act.ADD_EVIDENCE), patch=Needs(Act.ADD_EVIDENCE),
        delete=Needs(Act.ADD_EVIDENCE),
    ),
    "api:reports": Route(post=Needs(Act.REPORT, new_report), about="commitment"),
    "api:report-submit": step("report", Act.REPORT),
    "api:report-citations": rows("report", Act.REPORT),
    "api:report-citation": row("report", Act.REPORT),
    "api:report": Route("report", patch=Needs(Act.REPORT), delete=Needs(Act.REPORT)),
    "api:assessments": Route(post=Needs(Act.ASSESS, new_assessment), about="commitment"),
    "api:assessment-send": step("assessment", Act.ASSESS),
    "api:assessment-comment": step("assessment", Act.COMMENT),
    "api:assessment-review": step("assessment", Act.ASSESS),
    "api:assessment-return": step("assessment", Act.ADOPT),
    "api:assessment-adopt": step("assessment", Act.ADOPT),
    "api:assessment-withdraw": step("assessment", Act.ASSESS),
    "api:assessment-claim": step("assessment", Act.ADOPT),
    "api:assessment-release": step("assessment", Act.ADOPT),
    "api:assessment-citations": rows("assessment", Act.ASSESS),
    "api:assessment-citation": row("assessment", Act.ASSESS),
    "api:assessment": Route("assessment", patch=Needs(Act.ASSESS)),
    "api:changes": Route(),
    "api:change-undo": Route("change", get=NOT_SERVED, post=UNDO),
    "api:change": Route("change"),
    "api:batch-undo": Route("batch", get=NOT_SERVED, post=UNDO),
    r"api/v1/^[\s\S]*/$": Route(path="/api/v1/nothing/", empty=True),
}  # fmt: skip


def of_model(noun, write):
    """The pages of one noun in the admin; ``write`` is nobody's where it is only looked at."""
    name, read = f"admin:tracker_{noun}", PEOPLE if write is PEOPLE else ENTER
    return {
        f"{name}_changelist": Route(get=read, post=read),
        f"{name}_add": Route(get=write, post=write),
        f"{name}_history": Route(noun, get=read, post=NOBODY if noun == "change" else read),
        f"{name}_delete": Route(noun, get=write, post=write),
        f"{name}_change": Route(noun, get=read, post=write),
        f"admin/tracker/{noun}/<path:object_id>/": Route(
            get=ENTER, post=ENTER, values={"object_id": "1"}
        ),
    }


ADMIN = {
    "admin:rights": Route(get=ENTER, post=ENTER),
    "admin:index": Route(get=ENTER, post=ENTER),
    "admin:login": Route(get=ANYBODY, post=ANYBODY, put=ANYBODY, strict=True),
    "admin:logout": Route(get=NOT_SERVED, post=ANYBODY),
    "admin:password_change": Route(get=ENTER, post=ENTER, put=ENTER, strict=True),
    "admin:password_change_done": Route(get=ENTER, strict=True),
    "admin:autocomplete": Route(
        get=ENTER, strict=True,
        path="/admin/autocomplete/?app_label=tracker&model_name=provision&field_name=parent",
    ),
    "admin:jsi18n": Route(get=ENTER, strict=True),
    "admin:view_on_site": Route(
        get=ENTER, post=ENTER, values={"content_type_id": "1", "object_id": "1"}, empty=True
    ),
    "admin:app_list": Route(get=ENTER, post=ENTER, path="/admin/tracker/"),
    r"admin/(?P<url>.*)$": Route(get=ENTER, post=ENTER, path="/admin/nothing/",
                                      empty=True),
    "admin:tracker_user_password": Route("user", get=PEOPLE, post=PEOPLE),
}  # fmt: skip
for _noun in ("resolution", "document", "theme", "provision", "body", "region", "membership",
              "designation"):  # fmt: skip
    ADMIN |= of_model(_noun, EDIT)
for _noun in ("commitment", "report", "assessment", "evidence", "change"):
    ADMIN |= of_model(_noun, NOBODY)
ADMIN |= of_model("user", PEOPLE)

POLICY: dict[str, Route] = {**SITE, **DASHBOARD, **API, **ADMIN}

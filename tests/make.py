"""Plain functions that make rows for tests; each takes what a test cares about, no more.

Rows go straight to the database: what the actions do is tested in ``tests/actions``.
"""

import datetime
import itertools
import uuid

from django.utils import timezone

from tracker import symbols
from tracker.actions import known
from tracker.actions.cascades import unroll
from tracker.actions.webhooks import latest_number
from tracker.models import (
    Addressee,
    Answer,
    Assessment,
    Body,
    BodyName,
    Citation,
    Claim,
    Commitment,
    Deadline,
    Delivery,
    Designation,
    DesignationCompetence,
    Digest,
    Document,
    Evidence,
    Extension,
    Job,
    KeptKeys,
    Membership,
    Preference,
    Provision,
    ProvisionLink,
    Region,
    Report,
    Resolution,
    ResolutionLink,
    SavedView,
    TableImport,
    Theme,
    Token,
    Unsaved,
    User,
    Visit,
    Webhook,
    WebhookAttempt,
    WebhookTurn,
)
from tracker.models.tokens import digest_of
from tracker.models.webhooks import digest_of_secret, secret_of
from tracker.search import index
from tracker.vocabulary import Role

_numbers = itertools.count(1)
#: Numbers of resolutions that the Council has not reached; a symbol has four digits at most.
_resolutions = itertools.cycle(range(3001, 10_000))
ADOPTED = datetime.date(2016, 12, 12)


def _code(prefix: str) -> str:
    return f"{prefix}{next(_numbers)}"


def _made(obj):
    if hasattr(obj, "derive"):
        obj.derive()
    obj.save()
    index.follow([obj])
    known.refresh(known.touched(obj))
    return obj


def make_user(role=Role.VIEWER, bodies=(), **fields) -> User:
    """A person with that role; administrators are staff."""
    name = fields.pop("username", None) or _code("person")
    fields.setdefault("is_staff", role in (Role.ADMINISTRATOR, Role.AUDITOR))
    user = User.objects.create_user(name, password=None, role=role, **fields)
    user.bodies.set(bodies)
    return user


def make_region(code="971", parent=None, level=0, name="Somewhere") -> Region:
    """A region outside M49."""
    return _made(Region(code=code, parent=parent, level=level, name=name))


def make_body(code=None, kind="state", **fields) -> Body:
    """A body; a State unless said otherwise."""
    code = code or _code("TEST-")
    return _made(Body(code=code, kind=kind, name=fields.pop("name", code.title()), **fields))


def make_body_name(body=None, text="Nom", language="fr", form="short", **fields) -> BodyName:
    """A name of a body."""
    return _made(
        BodyName(body=body or make_body(), text=text, language=language, form=form, **fields)
    )


def make_membership(organization=None, member=None, **fields) -> Membership:
    """A membership of a new State in a new network."""
    return _made(
        Membership(
            organization=organization or make_body(kind="network"),
            member=member or make_body(),
            **fields,
        )
    )


def make_designation(body=None, kind="central_authority", office="Office", **fields) -> Designation:
    """A designated authority."""
    return _made(Designation(body=body or make_body(), kind=kind, office=office, **fields))


def make_competence(designation=None, function="extradition") -> DesignationCompetence:
    """One kind of request that a designated authority takes."""
    return _made(
        DesignationCompetence(designation=designation or make_designation(), function=function)
    )


def make_token(owner=None, **fields) -> Token:
    """A token that is open; nobody knows its secret."""
    made = timezone.now()
    return Token.objects.create(
        key=fields.pop("key", None) or _code("k"),
        digest=fields.pop("digest", None) or digest_of(_code("secret")),
        owner=owner or make_user(),
        name=fields.pop("name", "A program"),
        scopes=fields.pop("scopes", ["read"]),
        created_at=made,
        expires_at=fields.pop("expires_at", made + datetime.timedelta(days=1)),
        **fields,
    )


def make_webhook(owner=None, told=None, **fields) -> Webhook:
    """A webhook that is told of every change since ``told``, or of those that come."""
    key, salt = fields.pop("key", None) or _code("h"), fields.pop("salt", "salt")
    fields = {"name": "A receiver", "address": "https://hooks.example.org/in", **fields}
    made = timezone.now()
    webhook = _made(
        Webhook(
            key=key,
            owner=owner or make_user(),
            salt=salt,
            digest=digest_of_secret(secret_of(key, salt)),
            secret_at=made,
            created_at=made,
            **fields,
        )
    )
    told = latest_number() if told is None else told
    WebhookTurn.objects.create(webhook=webhook, told=told, due_at=made)
    return webhook


def make_attempt(webhook=None, **fields) -> WebhookAttempt:
    """A line in the log of a webhook: received, unless said otherwise."""
    fields = {"event": "evt_1", "type": "theme.created", "number": 1, "outcome": "taken", **fields}
    fields = {"sent_at": timezone.now(), "status": 204, "milliseconds": 5, **fields}
    return WebhookAttempt.objects.create(webhook=webhook or make_webhook(), **fields)


def make_answer(by=None, key="k-1") -> Answer:
    """An answer that is kept for a repetition."""
    return Answer.objects.create(
        by=by or make_user(), key=key, request="", rights="", at=timezone.now()
    )


def make_theme(slug=None, parent=None, **fields) -> Theme:
    """A theme."""
    slug = slug or _code("theme-")
    return _made(Theme(slug=slug, name=fields.pop("name", slug), parent=parent, **fields))


def make_resolution(number=None, year=2016, adopted_on=ADOPTED, **fields) -> Resolution:
    """A resolution with a number that the Council has not reached."""
    return _made(
        Resolution(number=number or next(_resolutions), year=year, adopted_on=adopted_on, **fields)
    )


def make_resolution_link(origin=None, target=None, kind="recalls") -> ResolutionLink:
    """A link between two new resolutions."""
    return _made(
        ResolutionLink(
            origin=origin or make_resolution(), target=target or make_resolution(), kind=kind
        )
    )


def make_document(slug=None, kind="report", **fields) -> Document:
    """A document."""
    slug = slug or _code("document-")
    return _made(Document(slug=slug, kind=kind, title=fields.pop("title", slug), **fields))


def make_provision(resolution=None, number="1", themes=(), **fields) -> Provision:
    """A paragraph that calls upon somebody."""
    fields.setdefault("force", "calls_upon")
    fields.setdefault("summary", "Do something.")
    provision = _made(
        Provision(resolution=resolution or make_resolution(), number=number, **fields)
    )
    provision.themes.set(themes)
    return provision


def make_addressee(provision=None, kind="all_states", **fields) -> Addressee:
    """Whom a provision names."""
    return _made(Addressee(provision=provision or make_provision(), kind=kind, **fields))


def make_deadline(provision=None, label="Report", kind="adoption", **fields) -> Deadline:
    """A deadline, ten months from adoption unless said otherwise."""
    if kind != "fixed":
        fields.setdefault("offset_months", 10)
    deadline = _made(
        Deadline(provision=provision or make_provision(), label=label, kind=kind, **fields)
    )
    unroll(deadline)
    known.refresh(known.touched(deadline))
    return deadline


def make_provision_link(origin=None, target=None, kind="repeats") -> ProvisionLink:
    """A link between two new provisions."""
    return _made(
        ProvisionLink(
            origin=origin or make_provision(), target=target or make_provision(), kind=kind
        )
    )


def make_commitment(provision=None, body=None, starts_on=ADOPTED, **fields) -> Commitment:
    """A commitment of a new State under a new provision."""
    return _made(
        Commitment(
            provision=provision or make_provision(),
            body=body or make_body(),
            starts_on=starts_on,
            **fields,
        )
    )


def make_delivery(commitment=None, deadline=None, delivered_on=ADOPTED, **fields) -> Delivery:
    """A delivery on a deadline of the commitment's provision."""
    commitment = commitment or make_commitment()
    deadline = deadline or make_deadline(commitment.provision)
    return _made(
        Delivery(commitment=commitment, deadline=deadline, delivered_on=delivered_on, **fields)
    )


def make_extension(commitment=None, deadline=None, until_on=ADOPTED, **fields) -> Extension:
    """An extension of a deadline of the commitment's provision, granted on the day of adoption."""
    commitment = commitment or make_commitment()
    fields.setdefault("granted_on", ADOPTED)
    fields.setdefault("why", "More time was asked for.")
    return _made(
        Extension(
            commitment=commitment,
            deadline=deadline or make_deadline(commitment.provision),
            until_on=until_on,
            **fields,
        )
    )


def make_report(commitment=None, position="under_way", submitted_on=ADOPTED, **fields) -> Report:
    """A submitted report."""
    return _made(
        Report(
            key=fields.pop("key", None) or _code("report-"),
            commitment=commitment or make_commitment(),
            position=position,
            submitted_on=submitted_on,
            **fields,
        )
    )


def make_assessment(
    commitment=None, result="partially_implemented", adopted_on=ADOPTED, **fields
) -> Assessment:
    """An assessment, adopted unless ``adopted_on`` is None."""
    fields.setdefault("step", "adopted" if adopted_on else "draft")
    fields.setdefault("rationale", "Because.")
    return _made(
        Assessment(
            key=fields.pop("key", None) or _code("assessment-"),
            commitment=commitment or make_commitment(),
            result=result,
            basis=fields.pop("basis", "desk_review"),
            adopted_on=adopted_on,
            **fields,
        )
    )


def make_evidence(**fields) -> Evidence:
    """A piece of evidence."""
    return _made(
        Evidence(
            key=fields.pop("key", None) or _code("evidence-"),
            title=fields.pop("title", "A law"),
            kind=fields.pop("kind", "legislation"),
            independence=fields.pop("independence", "body_itself"),
            **fields,
        )
    )


def make_citation(evidence=None, report=None, assessment=None, **fields) -> Citation:
    """A citation, by a new report unless one or an assessment is given."""
    if report is None and assessment is None:
        report = make_report()
    return _made(
        Citation(
            evidence=evidence or make_evidence(), report=report, assessment=assessment, **fields
        )
    )


def make_claim(assessment=None, by=None) -> Claim:
    """A reviewer's claim on an assessment under review."""
    assessment = assessment or make_assessment(step="under_review", adopted_on=None)
    return _made(Claim(assessment=assessment, by=by or make_user(Role.REVIEWER), at=timezone.now()))


def make_unsaved(by=None, form="/form/", **fields) -> Unsaved:
    """Text that somebody typed and did not save."""
    return _made(
        Unsaved(
            by=by or make_user(), form=form, fields=fields or {"text": "typed"}, at=timezone.now()
        )
    )


def make_visit(by=None, sequence=0) -> Visit:
    """The mark up to which somebody has seen the changes."""
    return _made(Visit(by=by or make_user(), sequence=sequence, at=timezone.now()))


def provision_of(resolution: Resolution, number: str) -> Provision:
    """The provision with that number in ``resolution``."""
    return Provision.objects.get(key=symbols.provision_key(resolution.key, number))


def make_view(owner=None, list_name="commitments", query="", **fields) -> SavedView:
    """A private saved view of all commitments."""
    fields.setdefault("slug", _code("view-"))
    fields.setdefault("name", fields["slug"].title())
    return _made(SavedView(owner=owner or make_user(), list_name=list_name, query=query, **fields))


def make_kept_keys(keys=("CTED",), **fields) -> KeptKeys:
    """A set of keys that is kept under a slug."""
    fields.setdefault("slug", _code("kept"))
    return _made(KeptKeys(keys=list(keys), at=timezone.now(), **fields))


def make_preference(by=None, **fields) -> Preference:
    """What somebody has chosen for mail: the digest."""
    fields.setdefault("digest", True)
    return _made(Preference(by=by or make_user(email="a@example.org"), **fields))


def make_digest(by=None, week=datetime.date(2026, 11, 2)) -> Digest:
    """A digest that was sent."""
    return _made(Digest(by=by or make_user(), week=week, at=timezone.now(), numbers={}))


def make_import(
    by=None, noun="bodies", content=b"code,name\nCTED,Other\n", **fields
) -> TableImport:
    """A table that somebody brought and has not applied."""
    fields.setdefault("name", "table.csv")
    return _made(
        TableImport(by=by or make_user(), noun=noun, content=content, at=timezone.now(), **fields)
    )


def make_job(owner=None, kind="export", asked="/bodies/?on=2026-11-26&format=csv", **fields) -> Job:
    """A job that waits, as somebody asked for it."""
    fields.setdefault("told", {"address": "https://tracker.example.org/bodies/"})
    fields.setdefault("asked_at", timezone.now())
    fields.setdefault("key", uuid.uuid4().hex)
    return _made(
        Job(owner=owner or make_user(), kind=kind, asked=asked, door="dashboard", **fields)
    )

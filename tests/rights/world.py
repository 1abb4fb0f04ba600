"""Two bodies with everything, at every classification and step, each text a canary.

Written through the actions, so that the record of changes holds it all too.
"""

import datetime
import hashlib
import uuid
from functools import partial

from django.core.files.base import ContentFile

from tests import make
from tests.rights.canaries import Canaries
from tests.rights.people import ACTORS, Actor
from tests.rights.records import Record, opened
from tracker import actions
from tracker.models import Change, Designation, Evidence, Theme
from tracker.rights import Act, Reach
from tracker.vocabulary import Classification, Role

DAY = datetime.date(2024, 3, 1)
NUMBERS = ("1", "2", "3")


def nobody(actor: Actor) -> bool:
    """Nobody reads it on any page."""
    return False


def by_acts(*acts, body=""):
    """Those whom every one of ``acts`` reaches; and who reads the whole record."""

    def may_read(actor: Actor) -> bool:
        whole = actor.reach(Act.READ_WHOLE_RECORD) == Reach.ALL
        return whole or all(actor.has(act, body) for act in acts)

    return may_read


class World:
    """``records[noun]`` are those of both bodies, ``users`` the accounts of those who ask."""

    def __init__(self):
        self.canaries = Canaries()
        self.records: dict[str, list[Record]] = {}
        self.bodies = {name: make.make_body(f"ZZ-{name.upper()}") for name in "ab"}
        self.users = {actor.name: actor.user(self.bodies) for actor in ACTORS}
        self.staff = {
            role: self.person(role) for role in (Role.ASSESSOR, Role.REVIEWER, Role.ADMINISTRATOR)
        }
        self.focal = {
            name: self.person(Role.FOCAL_POINT, bodies=[body]) for name, body in self.bodies.items()
        }
        # Who looked at a person behind an office is told to the body; the name is no canary.
        self.looker = make.make_user(Role.ASSESSOR)
        self.register()
        for body in self.bodies:
            for level in Classification.values:
                self.level(body, level)
        self.changes()

    def person(self, role, **more):
        """Somebody whose name and mail are canaries: for who manages people, or sees drafts."""

        def may_read(actor):
            return actor.has(Act.READ_PEOPLE) or actor.has(Act.READ_DRAFT_ASSESSMENTS)

        word = partial(self.canaries.word, may_read=may_read)
        return make.make_user(
            role,
            first_name=word("first name"),
            last_name=word("last name"),
            email=f"{word('mail address')}@example.org",
            **more,
        )

    def add(self, noun, obj, key, **more) -> Record:
        """Keep a record under its noun."""
        record = Record(noun, obj, key, **more)
        self.records.setdefault(noun, []).append(record)
        return record

    def words(self, what, state, level, body):
        """A maker of canaries for the fields of a record, and one for reasons of its changes."""

        def field(name, *acts):
            def may_read(actor):
                shown = opened(actor, what, state, level, body) and all(
                    actor.has(act, body) for act in acts
                )
                return shown or by_acts(Act.READ_WHOLE_RECORD)(actor)

            return self.canaries.word(f"{what} {level} {state} {body}: {name}", may_read)

        return field

    def register(self):
        """What is open to everybody: three paragraphs a level, a network, a theme, a document."""
        self.resolution = make.make_resolution()
        self.theme = make.make_theme()
        self.network = make.make_body(kind="network")
        self.provisions = {
            (level, number): make.make_provision(
                self.resolution, f"{place * 3 + int(number)}", themes=[self.theme]
            )
            for place, level in enumerate(Classification.values)
            for number in NUMBERS
        }
        self.add("resolution", self.resolution, self.resolution.key)
        self.add("theme", self.theme, self.theme.slug)
        self.add("body", self.bodies["a"], self.bodies["a"].code)
        self.add("network", self.network, self.network.code)
        provision = self.provisions["public", "1"]
        self.add("provision", provision, provision.key)
        document = make.make_document(resolution=self.resolution)
        self.add("document", document, document.slug)
        membership = make.make_membership(self.network, self.bodies["a"])
        self.add("membership", membership, membership.key)
        view = make.make_view(list_name="bodies", visibility="team")
        self.add("view", view, view.slug)
        region = make.make_region()
        self.add("region", region, region.code)
        person = make.make_user()
        self.add("user", person, person.username)

    def level(self, body, level):
        """Everything of one body at one classification."""
        commitments = [
            make.make_commitment(self.provisions[level, number], self.bodies[body])
            for number in NUMBERS
        ]
        first, second, third = commitments
        self.add("commitment", first, first.public_key, body=body)
        self.dates(first, body)
        evidence = self.evidence(body, level)
        report = self.report(first, body, level, evidence)
        self.report(first, body, level, evidence, submit=False)
        self.add("copied", first, first.public_key, body=body, more={"last": report})
        self.assessment(first, body, level, "adopted", evidence)
        self.assessment(first, body, level, "sent", evidence)
        self.assessment(second, body, level, "draft", evidence)
        self.assessment(third, body, level, "reviewed", evidence)
        self.designation(body, level)

    def dates(self, commitment, body):
        """A delivery and an extension, open to everybody like the dates themselves."""
        deadline = make.make_deadline(commitment.provision, f"Report by {body}")
        for noun, row in (
            ("delivery", make.make_delivery(commitment, deadline)),
            ("extension", make.make_extension(commitment, deadline)),
        ):
            self.add(noun, row, commitment.public_key, body=body, more={"row": row.pk})

    def evidence(self, body, level):
        """A piece with a file, whose text is a canary too."""
        word = self.words("evidence", "", level, body)
        piece = Evidence(
            title=word("title"),
            note=word("note"),
            source=word("source"),
            url=f"https://example.org/{word('address')}",
            kind="legislation",
            independence="body_itself",
            body=self.bodies[body],
            classification=level,
        )
        actions.save_evidence(
            piece, by=self.staff[Role.ASSESSOR], reason=word("reason", Act.READ_HISTORY)
        )
        keep_file(piece, f"{word('name of the file')}.txt", word("text of the file"))
        self.add("evidence", piece, piece.key, body=body, classification=level)
        return piece

    def report(self, commitment, body, level, evidence, *, submit=True):
        """A report, submitted or still a draft, that cites the evidence."""
        state, by = "" if submit else "draft", self.focal[body]
        word = self.words("report", state, level, body)
        report = actions.draft_report(
            commitment,
            by=by,
            position="under_way",
            text=word("text"),
            classification=level,
            reason=word("reason of the draft", Act.READ_DRAFT_REPORTS),
        )
        cited = actions.cite(evidence, by=by, report=report, pinpoint=word("pinpoint"))
        if submit:
            reason = word("reason", Act.READ_HISTORY)
            actions.submit_report(report, by=by, on=DAY, reason=reason)
        more = {"citation": cited, "row": evidence.key}
        self.add("report", report, report.key, body=body, classification=level, state=state,
                 more=more)  # fmt: skip
        self.add("citation", cited, evidence.key, body=body, classification=level)
        return report

    def assessment(self, commitment, body, level, until, evidence):
        """An assessment that has got as far as ``until``."""
        desk, chief = self.staff[Role.ASSESSOR], self.staff[Role.REVIEWER]
        state = "" if until == "adopted" else until
        word = self.words("assessment", state, level, body)
        inside = partial(word, "reason inside", Act.READ_DRAFT_ASSESSMENTS)
        told = partial(word, "reason told", Act.READ_HISTORY)
        row = actions.draft_assessment(
            commitment,
            by=desk,
            result="partially_implemented",
            basis="desk_review",
            rationale=word("rationale"),
            classification=level,
            reason=inside(),
        )
        cited = actions.cite(evidence, by=desk, assessment=row, pinpoint=word("pinpoint"))
        if until != "draft":
            actions.send(row, by=desk, on=DAY, reason=told())
        if until in ("reviewed", "adopted"):
            actions.comment(row, by=self.focal[body], on=DAY, text=word("comment"), reason=told())
            actions.review(row, by=desk, on=DAY, reason=inside())
            actions.claim(row, by=chief)
        if until == "adopted":
            actions.adopt(row, by=chief, on=DAY, reason=told())
        more = {"citation": cited, "row": evidence.key}
        self.add("assessment", row, row.key, body=body, classification=level, state=state,
                 more=more)  # fmt: skip

    def designation(self, body, level):
        """An office with a person behind it, who was looked at once."""
        word = self.words("designation", "", level, body)
        person = partial(self.canaries.word, may_read=nobody)
        office = Designation(
            body=self.bodies[body],
            kind="central_authority",
            office=word("office"),
            network=self.network,
            channel=word("channel"),
            languages=word("languages"),
            urgent_procedure=word("urgent procedure"),
            legal_basis=word("legal basis"),
            source=word("source"),
            person_name=person("person"),
            person_phone=person("telephone"),
            person_mail=f"{person('mail of the person')}@example.org",
            classification=level,
        )
        actions.save(office, by=None, reason=word("reason"))
        make.make_competence(office)
        actions.reveal_contact(
            office,
            by=self.looker,
            reason=word("reason of looking", Act.READ_HISTORY),
        )
        self.add("designation", office, office.key, body=body, classification=level)

    def changes(self):
        """Changes to take back: one of the register, one of each class of evidence; a batch."""
        administrator = self.staff[Role.ADMINISTRATOR]
        self.theme.name = "Renamed"
        opened_to_all = actions.save(self.theme, by=administrator, reason="Renamed")
        self.add("change", opened_to_all, str(opened_to_all.sequence), act=Act.EDIT_REGISTER)
        batch = uuid.uuid4()
        actions.create_many([Theme(slug="zz-bulk", name="Bulk")], by=administrator, batch=batch)
        self.add("batch", batch, str(batch), act=Act.EDIT_REGISTER)
        for piece in self.records["evidence"]:
            made = Change.objects.of(piece.obj).get()
            self.add("change", made, str(made.sequence), body=piece.body, act=Act.ADD_EVIDENCE,
                     classification=piece.classification, history=True)  # fmt: skip
        for user in filter(None, self.users.values()):
            word = self.canaries.word("unsaved text", partial(_is, user.username))
            actions.keep_unsaved("/reports/new/", {"text": word}, by=user)

    def of(self, noun: str) -> list[Record]:
        """The records that a route about ``noun`` is tried with: those of the first body."""
        return [each for each in self.records[noun] if each.body in ("", "a")]


def _is(username, actor):
    return username == f"asks-{actor.name}"


def keep_file(piece, name, text):
    """Put a text file beside its row, as an upload would."""
    data = text.encode()
    piece.file.save(name, ContentFile(data), save=False)
    Evidence.objects.filter(pk=piece.pk).update(
        file=piece.file.name,
        file_name=name,
        file_type="text/plain",
        file_size=len(data),
        checksum=hashlib.sha256(data).hexdigest(),
    )
    piece.refresh_from_db()

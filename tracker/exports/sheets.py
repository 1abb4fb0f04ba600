"""The columns of each list as a file: names that stay, kinds of value, and how a row gives them.

Persons behind designated offices are in none of them.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import itemgetter

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tracker.exports.about import day_words
from tracker.models import (
    Assessment,
    Body,
    Change,
    Commitment,
    Designation,
    Document,
    Due,
    Evidence,
    Membership,
    Provision,
    ProvisionLink,
    Report,
    Resolution,
    Theme,
)
from tracker.symbols import commitment_key, provision_name
from tracker.vocabulary import (
    POSITIONS,
    RESULTS,
    AddresseeKind,
    Basis,
    BodyKind,
    Classification,
    CommitmentRole,
    DesignationKind,
    DocumentKind,
    Door,
    Effect,
    EvidenceKind,
    Force,
    Independence,
    Lifecycle,
    MembershipRole,
    Position,
    ProvisionLinkKind,
    Result,
    Standing,
    Step,
    Timing,
    Verb,
)

TEXT, WHOLE, DAY, MOMENT, YES_NO = "string", "integer", "date", "datetime", "boolean"


@dataclass(frozen=True)
class Column:
    """One column: its name in files, its label, its kind, and where a row has it.

    ``choices`` are the words of its keys; ``share`` is its part of a printed line, 0 when it is
    not printed.
    """

    name: str
    label: str | Promise
    get: Callable
    kind: str = TEXT
    choices: tuple = ()
    share: int = 0

    def value(self, row):
        """The value in ``row``: text is never None, other kinds may be."""
        found = self.get(row)
        if self.kind == TEXT:
            return "" if found is None else str(found)
        return found

    @cached_property
    def words(self) -> dict[str, str]:
        """The words of its keys."""
        return dict(self.choices)

    def printed(self, value) -> str:
        """A value as a person reads it."""
        if isinstance(value, datetime.date):
            return day_words(value)
        return str(self.words.get(value, "" if value is None else value))


@dataclass(frozen=True)
class Sheet:
    """The columns of one noun, or of a picture; the first of a noun is its key.

    The columns of a ``flat`` one are read from the database as they are, without an object for
    each row and for each record that it names; each must be made from attributes.
    """

    noun: type
    columns: tuple[Column, ...]
    flat: bool = False

    def read(self, queryset, chunk: int) -> Iterator:
        """The rows for ``values``, as the database gives them, ``chunk`` at a time."""
        if not self.flat:
            return queryset.iterator(chunk_size=chunk)
        paths = list(dict.fromkeys(path for each in self.columns for path in each.get.paths))
        made = [_from_tuple(each, paths) for each in self.columns]
        rows = queryset.values_list(*(path.replace(".", "__") for path in paths))
        return ([make(row) for make in made] for row in rows.iterator(chunk_size=chunk))

    def values(self, rows: Iterable) -> Iterator[list]:
        """The values of each row, one row at a time; what ``read`` gave may have them already."""
        for row in rows:
            if isinstance(row, list):
                yield row
            else:
                yield [column.value(row) for column in self.columns]

    @property
    def names(self) -> list[str]:
        """The names of the columns."""
        return [column.name for column in self.columns]


def column(name, label, path=None, kind=TEXT, choices=(), share=0) -> Column:
    """A column that reads the attribute ``path``, or the one that is called like itself."""
    get = path if callable(path) else Reach((path or name,))
    return Column(name, label, get, kind, tuple(choices), share)


@dataclass(frozen=True)
class Reach:
    """What stands at ``paths`` from a row, or what ``make`` makes of it; None where a way ends."""

    paths: tuple[str, ...]
    make: Callable | None = None

    @cached_property
    def ways(self) -> list[list[str]]:
        """The attributes to follow, one after the other."""
        return [path.split(".") for path in self.paths]

    def __call__(self, row):
        found = [reduce(_next, way, row) for way in self.ways]
        return self.make(*found) if self.make else found[0]


def _next(row, name):
    return getattr(row, name) if row is not None else None


def _from_tuple(column: Column, paths: list[str]) -> Callable:
    """What makes the value of ``column`` from what stands at ``paths``."""
    places = [paths.index(path) for path in column.get.paths]
    first, make = places[0], column.get.make
    if make:
        return lambda row: make(*(row[place] for place in places))
    if column.kind == TEXT:
        return lambda row: row[first] or ""
    return itemgetter(first)


def _symbol(path):
    """The paragraph as the UN cites it, of a row that reaches a provision by ``path``."""
    names = ("resolution.number", "resolution.year", "number")
    return Reach(tuple(f"{path}.{name}" for name in names), provision_name)


def _commitment(path=""):
    """The key of the commitment that is at ``path``, which ends with a dot, from a row."""
    return Reach((f"{path}provision.key", f"{path}body.code"), commitment_key)


def _themes(row):
    return " ".join(sorted(theme.slug for theme in row.themes.all()))


def _addressees(row):
    kinds = dict(AddresseeKind.choices)
    named = (each.body.code if each.body_id else each.kind for each in row.addressees.all())
    return " ".join(sorted(named, key=lambda name: (name in kinds, name)))


def _functions(row):
    return " ".join(sorted(each.function for each in row.competences.all()))


KEY = column("key", _("Key"), "public_key")
LEVEL = column("classification", _("Classification"), choices=Classification.choices, share=2)
SOURCE = column("source", _("Source"))
ABOUT_COMMITMENT = (
    column("commitment", _("Commitment"), _commitment("commitment.")),
    column("paragraph", _("Paragraph"), _symbol("commitment.provision"), share=4),
    column("body", _("Body"), "commitment.body.code"),
    column("body_name", _("Body"), "commitment.body.name", share=4),
)

SHEETS = {
    sheet.noun: sheet
    for sheet in (
        Sheet(
            Resolution,
            (
                column("key", _("Key")),
                column("symbol", _("Symbol"), share=3),
                column("year", _("Year"), kind=WHOLE),
                column("number", _("Number"), kind=WHOLE),
                column("short_title", _("Short title"), share=6),
                column("adopted_on", _("Adopted"), kind=DAY, share=3),
                column("chapter_vii", _("Chapter VII"), kind=YES_NO),
                column("agenda_item", _("Agenda item")),
                column("provisions", _("Provisions"), "provision_count", WHOLE, share=2),
                column("commitments", _("Commitments"), "commitment_count", WHOLE, share=2),
            ),
        ),
        Sheet(
            Provision,
            (
                column("key", _("Key")),
                column("resolution", _("Resolution"), "resolution.key"),
                column("number", _("Number")),
                column("paragraph", _("Paragraph"), lambda row: str(row), share=3),
                column("eid", _("eId")),
                column("leading_verb", _("Leading verb")),
                column("force", _("Force"), choices=Force.choices, share=2),
                column("softened", _("Softened"), kind=YES_NO),
                column("summary", _("Summary"), share=8),
                column("addressees", _("Addressed to"), _addressees, share=3),
                column("themes", _("Themes"), _themes),
                column("lifecycle", _("Lifecycle"), "lifecycle_now", choices=Lifecycle.choices),
                column("commitments", _("Commitments"), "commitment_count", WHOLE, share=2),
            ),
        ),
        Sheet(
            Body,
            (
                column("code", _("Code"), share=3),
                column("name", _("Name"), share=7),
                column("kind", _("Kind"), choices=BodyKind.choices, share=4),
                column("region", _("Region"), "region.name", share=4),
                column("parent", _("Part of"), "parent.code"),
                column("state", _("State"), "state.code"),
                column("iso3", _("ISO alpha-3")),
                column("m49", _("M49 code")),
                column("founded_on", _("Founded"), kind=DAY),
                column("dissolved_on", _("Dissolved"), kind=DAY),
                column("standing", _("Standing"), choices=Standing.choices),
                column("fictional", _("Fictional"), "is_fictional", YES_NO),
                column("members", _("Members"), "member_count", WHOLE, share=2),
                column("designations", _("Designations"), "designation_count", WHOLE, share=2),
                column("commitments", _("Commitments"), "commitment_count", WHOLE, share=2),
                SOURCE,
            ),
        ),
        Sheet(
            Membership,
            (
                KEY,
                column("organization", _("Network or organization"), "organization.code"),
                column(
                    "organization_name", _("Network or organization"), "organization.name", share=5
                ),
                column("member", _("Member"), "member.code"),
                column("member_name", _("Member"), "member.name", share=5),
                column("role", _("Role"), choices=MembershipRole.choices, share=2),
                column("from_on", _("From"), kind=DAY, share=3),
                column("until_on", _("Until"), kind=DAY, share=3),
                SOURCE,
            ),
        ),
        Sheet(
            Designation,
            (
                KEY,
                column("body", _("Body"), "body.code"),
                column("body_name", _("Body"), "body.name", share=4),
                column("kind", _("Kind"), choices=DesignationKind.choices, share=3),
                column("office", _("Office"), share=5),
                column("network", _("Network"), "network.code"),
                column("functions", _("For"), _functions, share=3),
                column("channel", _("Channel"), share=3),
                column("languages", _("Languages"), share=2),
                column("urgent_procedure", _("Urgent procedure")),
                column("legal_basis", _("Legal basis")),
                column("from_on", _("From"), kind=DAY),
                column("until_on", _("Until"), kind=DAY),
                column("last_confirmed_on", _("Last confirmed"), kind=DAY, share=3),
                LEVEL,
                SOURCE,
            ),
        ),
        Sheet(
            Theme,
            (
                column("slug", _("Key"), share=4),
                column("name", _("Name"), share=5),
                column("path", _("Path")),
                column("parent", _("Within"), "parent.slug"),
                column("description", _("What it covers"), share=7),
                column("provisions", _("Provisions"), "provision_count", WHOLE, share=2),
            ),
        ),
        Sheet(
            Document,
            (
                column("slug", _("Key")),
                column("symbol", _("Symbol"), share=3),
                column("kind", _("Kind"), choices=DocumentKind.choices, share=3),
                column("title", _("Title"), share=7),
                column("resolution", _("Resolution"), "resolution.key", share=3),
                column("dated_on", _("Date"), kind=DAY, share=3),
                column("language", _("Language")),
                column("url", _("Address")),
            ),
        ),
        Sheet(
            Evidence,
            (
                column("key", _("Key"), share=3),
                column("title", _("Title"), share=6),
                column("kind", _("Kind"), choices=EvidenceKind.choices, share=3),
                column("independence", _("Source"), choices=Independence.choices, share=3),
                column("body", _("Body"), "body.code"),
                column("body_name", _("Body"), "body.name", share=4),
                column("language", _("Language")),
                column("url", _("Address")),
                column("note", _("Note")),
                column("published_on", _("Published"), kind=DAY, share=3),
                column("valid_until", _("Valid until"), kind=DAY),
                column("file_name", _("File")),
                column("checksum", _("Checksum")),
                column("citations", _("Citations"), "citation_count", WHOLE),
                LEVEL,
                SOURCE,
            ),
        ),
        Sheet(
            Commitment,
            (
                column("key", _("Key"), _commitment()),
                column("resolution", _("Resolution"), "provision.resolution.key"),
                column("provision", _("Provision"), "provision.key"),
                column("paragraph", _("Paragraph"), _symbol("provision"), share=4),
                column("summary", _("Summary"), "provision.summary"),
                column("force", _("Force"), "provision.force", choices=Force.choices),
                column("body", _("Body"), "body.code"),
                column("body_name", _("Body"), "body.name", share=4),
                column("kind", _("Kind of body"), "body.kind", choices=BodyKind.choices),
                column("region", _("Region"), "body.region.name"),
                column("role", _("Role"), choices=CommitmentRole.choices),
                column("starts_on", _("Stands from"), kind=DAY),
                column("ends_on", _("Stands until"), kind=DAY),
                column("position", _("Reported"), choices=POSITIONS, share=3),
                column("reported_on", _("Reported on"), kind=DAY),
                column("evidence", _("Evidence"), "evidence_count", WHOLE, share=2),
                column("result", _("Assessment"), choices=RESULTS, share=4),
                column("effect", _("Effect in practice"), choices=Effect.choices),
                column("assessed_on", _("Assessed on"), kind=DAY, share=3),
                column("follow_up_on", _("Follow-up"), kind=DAY),
                column("timing", _("Timing"), choices=Timing.choices, share=3),
                column("due_on", _("Due"), kind=DAY, share=3),
                column("delivered_on", _("Delivered"), kind=DAY),
            ),
            flat=True,
        ),
        Sheet(
            Due,
            (
                KEY,
                column("commitment", _("Commitment"), "commitment.public_key"),
                column("provision", _("Provision"), "deadline.provision.key"),
                column("paragraph", _("Paragraph"), _symbol("deadline.provision"), share=4),
                column("body", _("Body"), "body_code"),
                column("body_name", _("Body"), share=4),
                column("what", _("What"), "deadline.label", share=5),
                column("number", _("Number in the series"), kind=WHOLE),
                column("set_for", _("Set for"), "due_on", DAY),
                column("due_on", _("Due"), "until_on", DAY, share=3),
                column("extended", _("Extended"), "is_extended", YES_NO),
                column("delivered_on", _("Delivered"), kind=DAY, share=3),
                column("timing", _("Timing"), choices=Timing.choices, share=3),
            ),
        ),
        Sheet(
            Report,
            (
                column("key", _("Key")),
                *ABOUT_COMMITMENT,
                column("position", _("Reported"), choices=Position.choices, share=3),
                column("text", _("Text"), share=8),
                column("submitted_on", _("Submitted"), kind=DAY, share=3),
                LEVEL,
            ),
            flat=True,
        ),
        Sheet(
            Assessment,
            (
                column("key", _("Key")),
                *ABOUT_COMMITMENT,
                column("step", _("Step"), choices=Step.choices, share=3),
                column("result", _("Result"), choices=Result.choices, share=3),
                column("effect", _("Effect in practice"), choices=Effect.choices),
                column("basis", _("Basis"), choices=Basis.choices, share=2),
                column("rationale", _("Rationale"), share=6),
                column("body_comment", _("Comment of the body")),
                column("sent_on", _("Sent"), kind=DAY),
                column("comments_due_on", _("Comments due"), kind=DAY),
                column("comments_on", _("Comments received"), kind=DAY),
                column("adopted_on", _("Adopted"), kind=DAY, share=3),
                column("follow_up_on", _("Follow-up"), kind=DAY),
                LEVEL,
            ),
            flat=True,
        ),
        Sheet(
            ProvisionLink,
            (
                KEY,
                column("origin", _("From"), "origin.key"),
                column("origin_paragraph", _("From"), _symbol("origin"), share=3),
                column("kind", _("Relation"), choices=ProvisionLinkKind.choices, share=3),
                column("target", _("To"), "target.key"),
                column("target_paragraph", _("To"), _symbol("target"), share=3),
                column("note", _("Note"), share=6),
            ),
        ),
        Sheet(
            Change,
            (
                column("sequence", _("Number"), kind=WHOLE, share=2),
                column("at", _("When"), kind=MOMENT, share=3),
                column("by", _("By"), "by.username", share=3),
                column("door", _("Door"), choices=Door.choices),
                column("verb", _("What"), choices=Verb.choices, share=2),
                column("noun", _("Kind of record"), share=2),
                column("record", _("Record"), "object_key", share=5),
                column("reason", _("Reason"), share=6),
                column("batch", _("Bulk change")),
                column("undoes", _("Takes back"), kind=WHOLE),
                column("request", _("Request"), "request_id"),
            ),
        ),
    )
}

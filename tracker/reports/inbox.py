"""What one person finds on arriving: what waits, what changed, what falls due.

Every list that waits is the first rows of a list that every door has, under the query that
``Waiting.query`` gives, so that its number and the rows behind it are the same.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.utils.translation import gettext_lazy as _

from tracker.models import (
    Addressee,
    Assessment,
    Body,
    Change,
    Citation,
    Commitment,
    Deadline,
    Delivery,
    Designation,
    Extension,
    Provision,
    Report,
    User,
    Visit,
)
from tracker.models.base import count_of
from tracker.models.changes import ChangeQuerySet
from tracker.reports.differences import noun_name
from tracker.rights import Act, Reach, reach
from tracker.vocabulary import CommitmentRole, Step, Timing

#: How many rows of each list are shown, and how many changes are looked through.
ROWS, CHANGES = 15, 300
#: How far ahead the inbox looks, in days.
HORIZONS = (30, 90)


@dataclass(frozen=True)
class Kind:
    """One reason for which something waits: who is asked, which rows, and the list behind."""

    key: str
    why: str
    act: str
    reached: str
    noun: type
    page: str
    #: The field that says since when a row waits.
    since: str


OWN, ALL = Reach.OWN, Reach.ALL
KINDS = (
    Kind("comment", _("Sent to the body for comments"), Act.COMMENT, OWN, Assessment,
         "assessments", "sent_on"),
    Kind("submit", _("Draft report, not submitted"), Act.REPORT, OWN, Report, "reports", ""),
    Kind("confirm", _("Not confirmed for a year"), Act.CONFIRM_DESIGNATION, OWN, Designation,
         "designations", "last_confirmed_on"),
    Kind("returned", _("Returned to you"), Act.ASSESS, ALL, Assessment, "assessments", "sent_on"),
    Kind("commented", _("The body has commented"), Act.ASSESS, ALL, Assessment, "assessments",
         "comments_on"),
    Kind("silent", _("The date for comments has passed"), Act.ASSESS, ALL, Assessment,
         "assessments", "comments_due_on"),
    Kind("draft", _("Your draft"), Act.ASSESS, ALL, Assessment, "assessments", ""),
    Kind("review", _("Under review"), Act.ADOPT, ALL, Assessment, "review", "waiting_since"),
)  # fmt: skip


def query_of(kind: Kind, *, on: datetime.date) -> dict[str, str | list[str]]:
    """The query of the list behind one kind: its filters, so that its rows are these."""
    yesterday = (on - datetime.timedelta(days=1)).isoformat()
    return {
        "comment": {"step": Step.SENT_TO_BODY},
        "submit": {"state": "draft"},
        "confirm": {"stale": "yes", "mine": "yes"},
        "returned": {"step": Step.RETURNED, "drafted": "me"},
        "commented": {"step": Step.COMMENTS_RECEIVED, "drafted": "me"},
        "silent": {
            "step": Step.SENT_TO_BODY,
            "drafted": "me",
            "comments_due_before": yesterday,
        },
        "draft": {"step": Step.DRAFT, "drafted": "me"},
        "review": {"drafted": "others", "claimed": ["me", "no"]},
    }[kind.key]


def waiting_rows(kind: Kind, viewer: User, *, on: datetime.date) -> QuerySet:
    """The rows of one kind that wait for ``viewer``, in no order."""
    rows = kind.noun.objects.visible_to(viewer).as_of(on).order_by()
    if kind.key == "submit":
        return rows.filter(submitted_on=None)
    if kind.key == "confirm":
        stale = Designation.objects.stale(on).order_by().values("pk")
        return rows.filter(rows.within(viewer, kind.act), pk__in=stale)
    if kind.key == "comment":
        return rows.filter(step=Step.SENT_TO_BODY)
    if kind.key == "review":
        free = Q(claim=None) | Q(claim__by=viewer)
        return rows.filter(free, step=Step.UNDER_REVIEW).drafted(viewer, "others")
    mine = {
        "returned": Q(step=Step.RETURNED),
        "commented": Q(step=Step.COMMENTS_RECEIVED),
        "silent": Q(step=Step.SENT_TO_BODY, comments_due_on__lt=on),
        "draft": Q(step=Step.DRAFT),
    }
    return rows.filter(mine[kind.key]).drafted(viewer, "me")


def kinds_for(viewer: User) -> list[Kind]:
    """What can wait for ``viewer``, by the table of rights."""
    return [kind for kind in KINDS if reach(viewer, kind.act) == kind.reached]


def waiting_counts(viewer: User, *, on: datetime.date) -> dict[str, QuerySet]:
    """Expressions that count what waits, by ``wait_`` and the key of the kind."""
    return {
        f"wait_{kind.key}": count_of(waiting_rows(kind, viewer, on=on))
        for kind in kinds_for(viewer)
    }


def waiting_numbers(viewer: User, *, on: datetime.date) -> dict[str, int]:
    """How much of each kind waits, by the names of ``waiting_counts``; one query, or none."""
    counts = waiting_counts(viewer, on=on)
    # One row, any row: nothing but the counts is read from it.
    row = User.objects.filter(pk=viewer.pk).annotate(**counts)
    return row.values(*counts).get() if counts else {}


@dataclass(frozen=True)
class Item:
    """One row of the inbox: which paragraph and body it is about, why it is here, since when."""

    row: object
    why: str
    since: datetime.date | None
    #: Until when, where a day is set.
    until: datetime.date | None = None

    @property
    def commitment(self) -> Commitment | None:
        """The commitment that it is about; a designation is about none."""
        if isinstance(self.row, Commitment):
            return self.row
        return getattr(self.row, "commitment", None)

    @property
    def is_office(self) -> bool:
        """Whether an office waits to be confirmed."""
        return isinstance(self.row, Designation)


@dataclass
class Waiting:
    """One kind of what waits: its number, the query of its list, and its first rows."""

    kind: Kind
    number: int
    query: dict
    items: list[Item] = field(default_factory=list)


def waiting(viewer: User, counts: dict[str, int], *, on: datetime.date) -> list[Waiting]:
    """What waits for ``viewer``, the oldest first; one query for each kind of record.

    ``counts`` is the row that ``waiting_counts`` gave.
    """
    found = [
        Waiting(kind, counts[f"wait_{kind.key}"], query_of(kind, on=on))
        for kind in kinds_for(viewer)
        if counts[f"wait_{kind.key}"]
    ]
    for noun in dict.fromkeys(each.kind.noun for each in found):
        _fill([each for each in found if each.kind.noun is noun], viewer, on)
    return found


def _fill(lists: list[Waiting], viewer, on):
    """Find the first rows of several kinds of one record in one query."""
    noun = lists[0].kind.noun
    wanted = Q()
    for each in lists:
        rows = waiting_rows(each.kind, viewer, on=on)
        oldest = [F(each.kind.since).asc(nulls_first=True)] if each.kind.since else []
        if each.kind.since == "waiting_since":
            rows = rows.with_waiting()
        wanted |= Q(pk__in=rows.order_by(*oldest, "pk").values("pk")[:ROWS])
    rows = noun.objects.visible_to(viewer).for_listing(on=on, viewer=viewer).filter(wanted)
    for row in rows:
        each = next(each for each in lists if _is_of(each.kind, row, on))
        since = getattr(row, each.kind.since) if each.kind.since else None
        until = row.comments_due_on if each.kind.key == "comment" else None
        each.items.append(Item(row, each.kind.why, since, until))
    for each in lists:
        each.items.sort(key=lambda item: (item.since or datetime.date.min, item.row.pk))


def _is_of(kind, row, on) -> bool:
    if kind.noun is not Assessment:
        return True
    late = row.comments_due_on is not None and row.comments_due_on < on
    return {
        "comment": row.step == Step.SENT_TO_BODY,
        "returned": row.step == Step.RETURNED,
        "commented": row.step == Step.COMMENTS_RECEIVED,
        "silent": row.step == Step.SENT_TO_BODY and late,
        "draft": row.step == Step.DRAFT,
        "review": row.step == Step.UNDER_REVIEW,
    }[kind.key]


@dataclass
class Changed:
    """The changes of one commitment, one paragraph, or of a record that belongs to neither."""

    subject: object
    changes: list[Change] = field(default_factory=list)

    @property
    def is_commitment(self) -> bool:
        """Whether the changes are about one body under one paragraph."""
        return isinstance(self.subject, Commitment)

    @property
    def is_provision(self) -> bool:
        """Whether the changes are about a paragraph itself."""
        return isinstance(self.subject, Provision)

    @property
    def name(self) -> str:
        """The record, where it is neither a commitment nor a paragraph."""
        noun, key = self.subject
        return f"{noun_name(noun)} {key}"

    @property
    def at(self) -> datetime.datetime:
        """When the latest of them was made."""
        return self.changes[0].at

    @property
    def lines(self) -> list[str]:
        """What was done, each kind of change once, with how often."""
        done = Counter((noun_name(c.noun), c.get_verb_display()) for c in self.changes)
        return [
            _("%(noun)s: %(verb)s") % {"noun": noun, "verb": verb} + (f" ×{times}" * (times > 1))
            for (noun, verb), times in done.items()
        ]


def changes_unseen(viewer: User, visit: Visit | None) -> ChangeQuerySet:
    """The changes after ``visit`` that ``viewer`` may see and did not make.

    Who never marked anything as seen has not seen what came after the account was made.
    """
    since = Q(sequence__gt=visit.sequence) if visit else Q(at__gt=viewer.date_joined)
    return Change.objects.visible_to(viewer).filter(since).exclude(by=viewer.pk)


def changed_since(viewer: User, visit: Visit | None) -> tuple[list[Changed], bool]:
    """The changes that ``viewer`` has not seen, by subject.

    Returns the groups, the latest first, and whether there are more than were looked through.
    Three queries.
    """
    rows = list(
        changes_unseen(viewer, visit)
        .select_related("by")
        .annotate(commitment_id=found_by(COMMITMENT_OF), provision_id=found_by(PROVISION_OF))
        .order_by("-sequence")[: CHANGES + 1]
    )
    more, rows = len(rows) > CHANGES, rows[:CHANGES]
    commitments = _by_id(
        Commitment.objects.visible_to(viewer), rows, "commitment_id",
        "provision__resolution", "body",
    )  # fmt: skip
    provisions = _by_id(Provision.objects.visible_to(viewer), rows, "provision_id", "resolution")
    groups: dict[object, Changed] = {}
    for change in rows:
        subject = (
            commitments.get(change.commitment_id)
            or provisions.get(change.provision_id)
            or (change.noun, change.object_key)
        )
        groups.setdefault(subject, Changed(subject)).changes.append(change)
    return list(groups.values()), more


#: Kind of record → the rows and the field that lead from it to its commitment or paragraph.
COMMITMENT_OF = {
    "commitment": (Commitment, "pk"),
    "report": (Report, "commitment"),
    "assessment": (Assessment, "commitment"),
    "citation": (Citation, "commitment"),
    "delivery": (Delivery, "commitment"),
    "extension": (Extension, "commitment"),
}
PROVISION_OF = {
    "provision": (Provision, "pk"),
    "deadline": (Deadline, "provision"),
    "addressee": (Addressee, "provision"),
}


def found_by(ways) -> Case:
    """Expression: the id of the record that a change is about; none when it is gone."""
    whens = [
        When(
            noun=noun,
            then=Subquery(
                model.objects.filter(pk=OuterRef("object_id")).order_by().values(field)[:1]
            ),
        )
        for noun, (model, field) in ways.items()
    ]
    return Case(*whens, output_field=IntegerField())


def _by_id(rows, changes: Iterable[Change], name, *related) -> dict:
    wanted = {getattr(change, name) for change in changes} - {None}
    if not wanted:
        return {}
    return {row.pk: row for row in rows.filter(pk__in=wanted).select_related(*related)}


@dataclass
class Due:
    """What falls due within so many days: a kind, its numbers by horizon, its first rows."""

    key: str
    label: str
    page: str
    #: Horizon in days → number of rows and the query of the list behind it.
    horizons: dict[int, tuple[int, dict]]
    items: list[Item]

    @property
    def number(self) -> int:
        """How many fall due within the longest horizon."""
        return self.horizons[HORIZONS[-1]][0]


def due(viewer: User, *, on: datetime.date) -> list[Due]:
    """The dates of my bodies for a focal point; follow-ups and comment dates for the desk."""
    found = []
    if reach(viewer, Act.REPORT) == Reach.OWN:
        found.append(_due_dates(viewer, on))
    if reach(viewer, Act.ASSESS) == Reach.ALL:
        found += [_due_comments(viewer, on), _due_follow_ups(viewer, on)]
    return [each for each in found if each.number]


def _due_dates(viewer, on) -> Due:
    mine = Body.objects.spoken_for_by(viewer).order_by().values("pk")
    open_ = {"timing": [Timing.DUE_SOON, Timing.UPCOMING], "mine": "yes"}
    rows = (
        Commitment.objects.visible_to(viewer)
        .for_listing(on=on, viewer=viewer)
        .filter(body__in=mine, timing__in=open_["timing"])
    )
    return _due("dates", _("Dates of my bodies"), "commitments", rows, "due", "due_on", on, open_)


def _due_follow_ups(viewer, on) -> Due:
    rows = (
        Commitment.objects.visible_to(viewer)
        .for_counting(on=on, viewer=viewer)
        .select_related("provision__resolution", "body")
    )
    role = {"role": CommitmentRole.ADDRESSEE}
    label = _("Follow-up of assessments")
    return _due("follow-ups", label, "commitments", rows, "follow_up", "follow_up_on", on, role)


def _due_comments(viewer, on) -> Due:
    rows = Assessment.objects.visible_to(viewer).as_of(on).filter(step=Step.SENT_TO_BODY)
    step = {"step": Step.SENT_TO_BODY}
    label = _("Comments of bodies")
    return _due(
        "comments", label, "assessments", rows.with_commitment(), "comments_due",
        "comments_due_on", on, step,
    )  # fmt: skip


def _due(key, label, page, rows, name, day, on, query) -> Due:
    """One query: the rows up to the longest horizon, counted here by horizon."""
    ends = {days: on + datetime.timedelta(days=days) for days in HORIZONS}
    last = ends[HORIZONS[-1]]
    rows = list(rows.filter(**{f"{day}__gte": on, f"{day}__lte": last}).order_by(day, "pk"))
    horizons = {}
    for days, end in ends.items():
        between = {f"{name}_after": on.isoformat(), f"{name}_before": end.isoformat()}
        number = sum(getattr(row, day) <= end for row in rows)
        horizons[days] = (number, {**query, **between})
    items = [Item(row, label, None, getattr(row, day)) for row in rows[:ROWS]]
    return Due(key, label, page, horizons, items)

"""What happened to the commitments of one body, and what lies ahead: one query for all of it."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast

from tracker.models import (
    Assessment,
    Body,
    Commitment,
    Delivery,
    DueDate,
    Evidence,
    Report,
    User,
)
from tracker.models.commitments import extended_date
from tracker.reports.turns import Turn, turn
from tracker.vocabulary import DUE_SOON_DAYS, CommitmentRole, Timing

TEXT, DAY = CharField(), DateField()
REPORT, ASSESSMENT, DELIVERY = "report", "assessment", "delivery"
DATE, EVIDENCE, REQUEST = "date", "evidence", "request"
#: How far ahead dates are shown, in days: recurring ones have no end.
HORIZON = 365
#: Until when a follow-up counts as near, in days.
NEAR = 90


@dataclass(frozen=True)
class Event:
    """One thing that happened or is to happen.

    ``word`` is the key of its vocabulary, by ``kind``: position, result, timing, kind of
    evidence, or step. ``until`` is the follow-up of an assessment, the day on which comments are
    due, or the date that was set for what was delivered or falls due.
    """

    kind: str
    day: datetime.date | None
    word: str
    note: str
    key: str
    provision: str
    resolution: str
    number: str
    until: datetime.date | None
    place: int

    @property
    def symbol(self) -> str:
        """The paragraph as the UN writes it; empty for what belongs to none."""
        return f"{self.resolution.replace('(', ' (')} ¶{self.number}" if self.number else ""


@dataclass(frozen=True)
class Request:
    """An assessment that is not adopted yet, and whose turn it is."""

    event: Event
    turn: Turn


class Chronicle:
    """The events of one body by what they are, in order of time."""

    def __init__(self, events: Iterable[Event], *, body: Body, on: datetime.date):
        self.body, self.on = body, on
        self.events = sorted(events, key=_order)

    def _of(self, *kinds):
        return [each for each in self.events if each.kind in kinds]

    @cached_property
    def ahead(self) -> list[Event]:
        """Dates still open that have not passed, the earliest first."""
        return [each for each in self._of(DATE) if each.day >= self.on]

    @cached_property
    def passed(self) -> list[Event]:
        """Dates that passed with nothing delivered, the earliest first."""
        return [each for each in self._of(DATE) if each.day < self.on]

    @cached_property
    def past(self) -> list[Event]:
        """What happened, the latest first; evidence without a day is in the list of it only."""
        happened = self._of(REPORT, ASSESSMENT, DELIVERY, EVIDENCE)
        dated = [each for each in happened if each.day and each.day <= self.on]
        return sorted([*dated, *self.passed], key=_order, reverse=True)

    @cached_property
    def evidence(self) -> list[Event]:
        """Evidence of the body, the latest first, without a day last."""
        return self._of(EVIDENCE)[::-1]

    @cached_property
    def numbers(self) -> Counter:
        """How many of each kind there are; missing kinds are nought."""
        return Counter(each.kind for each in self.events)

    @cached_property
    def timings(self) -> Counter:
        """How many commitments are overdue or due soon, each by its earliest open date."""
        first = {}
        for each in self._of(DATE):
            first.setdefault(each.provision, each.word)
        return Counter(first.values())

    @property
    def figures(self) -> dict[str, int]:
        """The numbers shown; each is the count of a list under the same filters."""
        return {
            "reports": self.numbers[REPORT],
            "assessments": self.numbers[ASSESSMENT],
            "evidence": self.numbers[EVIDENCE],
            "overdue": self.timings[Timing.OVERDUE],
            "due_soon": self.timings[Timing.DUE_SOON],
            "follow_ups": len(self.follow_ups),
        }

    @property
    def follow_ups_until(self) -> datetime.date:
        """The last day of which a follow-up counts as near."""
        return self.on + datetime.timedelta(days=NEAR)

    @cached_property
    def follow_ups(self) -> list[Event]:
        """The latest assessments whose follow-up falls in the days to come."""
        latest = {each.provision: each for each in self._of(ASSESSMENT)}
        last = self.follow_ups_until
        near = [each for each in latest.values() if each.until and self.on <= each.until <= last]
        return sorted(near, key=lambda each: (each.until, each.provision))

    @cached_property
    def requests(self) -> list[Request]:
        """Assessments under way that the reader may see, and whose turn each is."""
        return [Request(each, self._turn(each)) for each in self._of(REQUEST)]

    def _turn(self, event) -> Turn:
        row = Assessment(step=event.word, comments_due_on=event.until)
        return turn(row, body=self.body, on=self.on)


def _order(event):
    return (event.day or datetime.date.min, event.kind, event.provision, event.place, event.key)


def chronicle(body: Body, *, viewer: User, on: datetime.date, today: bool) -> Chronicle:
    """Gather what ``viewer`` may see of ``body`` on that day.

    What is under way has no past: it is left out unless ``on`` is ``today``.
    """
    parts = [
        _reports(body, viewer, on),
        _assessments(body, viewer, on),
        _deliveries(body, viewer, on),
        _dates(body, viewer, on),
        _evidence(body, viewer, on),
    ]
    if today:
        parts.append(_requests(body, viewer))
    first, *others = parts
    rows = first.union(*others, all=True)
    return Chronicle([Event(*row) for row in rows], body=body, on=on)


def _columns(rows, kind, *, day, word, note, key, until, provision):
    """``rows`` with the columns of ``Event``; ``provision`` is the way to the paragraph."""
    none = Value("", TEXT)
    paragraph = {
        "e_provision": F(f"{provision}__key") if provision else none,
        "e_resolution": F(f"{provision}__resolution__key") if provision else none,
        "e_number": F(f"{provision}__number") if provision else none,
    }
    annotated = rows.order_by().annotate(
        e_kind=Value(kind, TEXT),
        e_day=Cast(day, DAY),
        e_word=Cast(word, TEXT),
        e_note=Cast(note, TEXT),
        e_key=Cast(key, TEXT),
        **paragraph,
        e_until=Cast(until, DAY),
        e_place=Cast("pk", IntegerField()),
    )
    return annotated.values_list(
        "e_kind",
        "e_day",
        "e_word",
        "e_note",
        "e_key",
        "e_provision",
        "e_resolution",
        "e_number",
        "e_until",
        "e_place",
    )


NOTHING, NO_DAY = Value("", TEXT), Value(None, DAY)


def _reports(body, viewer, on):
    rows = Report.objects.visible_to(viewer).submitted(on).filter(commitment__body=body)
    return _columns(
        rows,
        REPORT,
        day=F("submitted_on"),
        word=F("position"),
        note=NOTHING,
        key=F("key"),
        until=NO_DAY,
        provision="commitment__provision",
    )


def _assessments(body, viewer, on):
    rows = Assessment.objects.visible_to(viewer).adopted(on).filter(commitment__body=body)
    return _columns(
        rows,
        ASSESSMENT,
        day=F("adopted_on"),
        word=F("result"),
        note=NOTHING,
        key=F("key"),
        until=F("follow_up_on"),
        provision="commitment__provision",
    )


def _requests(body, viewer):
    rows = Assessment.objects.visible_to(viewer).under_way().filter(commitment__body=body)
    return _columns(
        rows,
        REQUEST,
        day=F("sent_on"),
        word=F("step"),
        note=NOTHING,
        key=F("key"),
        until=F("comments_due_on"),
        provision="commitment__provision",
    )


def _evidence(body, viewer, on):
    rows = Evidence.objects.visible_to(viewer).as_of(on).filter(body=body)
    return _columns(
        rows,
        EVIDENCE,
        day=F("published_on"),
        word=F("kind"),
        note=F("title"),
        key=F("key"),
        until=NO_DAY,
        provision="",
    )


def _deliveries(body, viewer, on):
    held = Commitment.objects.visible_to(viewer).as_of(on).filter(body=body)
    rows = Delivery.objects.filter(commitment__in=held, delivered_on__lte=on)
    set_on = DueDate.objects.filter(deadline=OuterRef("deadline"), number=OuterRef("number"))
    rows = rows.annotate(set_on=Subquery(set_on.values("due_on")[:1])).annotate(
        until_on=extended_date(
            on=on,
            set_on="set_on",
            commitment=OuterRef("commitment"),
            deadline=OuterRef("deadline"),
            number=OuterRef("number"),
        )
    )
    late = When(delivered_on__gt=F("until_on"), then=Value(Timing.DELIVERED_LATE.value))
    return _columns(
        rows,
        DELIVERY,
        day=F("delivered_on"),
        word=Case(late, default=Value(Timing.DELIVERED.value), output_field=TEXT),
        note=F("deadline__label"),
        key=NOTHING,
        until=F("until_on"),
        provision="commitment__provision",
    )


def _dates(body, viewer, on):
    """The dates that are still open, extensions included, as far as a year ahead."""
    mine = {
        "commitment": OuterRef("pk"),
        "deadline": OuterRef("date_of"),
        "number": OuterRef("date_number"),
    }
    rows = (
        Commitment.objects.visible_to(viewer)
        .as_of(on)
        .filter(
            body=body,
            role=CommitmentRole.ADDRESSEE,
            provision__deadlines__due_dates__isnull=False,
        )
        .annotate(
            date_of=F("provision__deadlines__due_dates__deadline"),
            date_number=F("provision__deadlines__due_dates__number"),
            date_set=F("provision__deadlines__due_dates__due_on"),
        )
        .annotate(until_on=extended_date(on=on, set_on="date_set", **mine))
        .filter(until_on__lte=on + datetime.timedelta(days=HORIZON))
        .filter(~Exists(Delivery.objects.filter(delivered_on__lte=on, **mine)))
    )
    soon = on + datetime.timedelta(days=DUE_SOON_DAYS)
    timing = Case(
        When(until_on__lt=on, then=Value(Timing.OVERDUE.value)),
        When(until_on__lte=soon, then=Value(Timing.DUE_SOON.value)),
        default=Value(Timing.UPCOMING.value),
        output_field=TEXT,
    )
    return _columns(
        rows,
        DATE,
        day=F("until_on"),
        word=timing,
        note=F("provision__deadlines__label"),
        key=NOTHING,
        until=F("date_set"),
        provision="provision",
    )

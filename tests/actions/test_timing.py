"""Dates met and put off, and the dates that a deadline unrolls into."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from tests import make
from tests.actions.ring import REASON, by_table, in_words, recorded, who_may
from tracker import actions
from tracker.models import Change, Deadline, Delivery, DueDate, Extension, Resolution
from tracker.models.deadlines import UNROLLED
from tracker.rights import Act
from tracker.vocabulary import Role, Verb

pytestmark = pytest.mark.django_db
DUE = datetime.date(2020, 1, 31)
MONTHLY = {"kind": "fixed", "fixed_on": DUE, "every_months": 1}


def day(text):
    return datetime.date.fromisoformat(text)


def dated(commitment, **fields):
    return make.make_deadline(commitment.provision, **{"kind": "fixed", "fixed_on": DUE, **fields})


def deliver(commitment, person, deadline=None, **fields):
    fields = {"delivered_on": DUE, "source": "A letter", "reason": REASON, **fields}
    return actions.record_delivery(commitment, deadline or dated(commitment), by=person, **fields)


def extend(commitment, person, deadline=None, **fields):
    fields = {"on": DUE, "until_on": day("2020-06-30"), "why": REASON, **fields}
    return actions.extend(commitment, deadline or dated(commitment), by=person, **fields)


def take_back(commitment, person):
    delivery = make.make_delivery(commitment, dated(commitment))
    actions.take_back(delivery, by=person, reason=REASON)


STEPS = {"deliver": deliver, "extend": extend, "take back": take_back}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_the_desk_keeps_the_dates(step):
    desk = in_words(every={Role.ASSESSOR, Role.REVIEWER})
    assert who_may(step) == by_table(Act.SET_TIMING) == desk


def test_each_step_leaves_one_change():
    person, commitment = make.make_user(Role.ASSESSOR), make.make_commitment()
    deadline = dated(commitment, every_months=12, last_on=day("2022-01-31"))
    with recorded(Verb.CREATED, by=person) as made:
        delivery = deliver(commitment, person, deadline, number=2)
    assert made[0].differences["number"] == [None, 2]
    with recorded(Verb.CREATED, by=person) as made:
        extension = extend(commitment, person, deadline, number=3, until_on=day("2022-06-30"))
    assert made[0].differences["why"] == [None, REASON]
    for row in (delivery, extension):
        with recorded(Verb.DELETED, by=person):
            actions.take_back(row, by=person, reason=REASON)


def test_nothing_is_taken_back_without_saying_why():
    delivery = make.make_delivery()
    with pytest.raises(ValidationError) as refusal:
        actions.take_back(delivery, by=make.make_user(Role.ASSESSOR), reason=" ")
    assert list(refusal.value.message_dict) == ["reason"]
    assert Delivery.objects.filter(pk=delivery.pk).exists()


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"number": 2}, "number"),
        ({"deadline": "foreign"}, "deadline"),
        ({"why": ""}, "why"),
        ({"until_on": DUE}, "until_on"),
        ({"until_on": DUE - datetime.timedelta(days=1)}, "until_on"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_field(fields, named):
    person, commitment = make.make_user(Role.ASSESSOR), make.make_commitment()
    deadline = dated(make.make_commitment() if fields.pop("deadline", "") else commitment)
    before = Change.objects.count()
    with pytest.raises(ValidationError) as refusal:
        extend(commitment, person, deadline, **fields)
    assert list(refusal.value.message_dict) == [named]
    assert Change.objects.count() == before


def test_one_date_is_met_once():
    person, commitment = make.make_user(Role.ASSESSOR), make.make_commitment()
    deadline = dated(commitment, every_months=1)
    deliver(commitment, person, deadline)
    deliver(commitment, person, deadline, number=2)
    with pytest.raises(ValidationError, match="recorded already"):
        deliver(commitment, person, deadline)


def test_an_extension_that_was_too_long_is_shortened_but_not_below_the_date():
    person, commitment = make.make_user(Role.ASSESSOR), make.make_commitment()
    deadline = dated(commitment)
    extend(commitment, person, deadline, until_on=day("2021-01-31"))
    extend(commitment, person, deadline, until_on=day("2020-03-31"))
    assert Extension.objects.filter(commitment=commitment).count() == 2


# What a deadline unrolls into


def dates_of(deadline):
    return list(deadline.due_dates.order_by("number").values_list("number", "due_on"))


def save(deadline, **fields):
    """The deadline as an administrator leaves it."""
    for name, value in fields.items():
        setattr(deadline, name, value)
    actions.save(deadline, by=make.make_user(Role.ADMINISTRATOR), reason=REASON)
    return deadline


UNROLLINGS = [
    ({"kind": "fixed", "fixed_on": DUE}, ["2020-01-31"]),
    ({"kind": "adoption", "offset_months": 10}, ["2017-10-12"]),
    ({"kind": "adoption", "offset_days": 20}, ["2017-01-01"]),
    ({"kind": "event", "event": "A visit", "offset_months": 1}, []),
    ({"kind": "event", "event_on": DUE, "offset_months": 1}, ["2020-02-29"]),
    (
        {**MONTHLY, "last_on": day("2020-04-30")},
        ["2020-01-31", "2020-02-29", "2020-03-31", "2020-04-30"],
    ),
    ({**MONTHLY, "last_on": DUE}, ["2020-01-31"]),
]


@pytest.mark.parametrize(("fields", "expected"), UNROLLINGS)
@pytest.mark.parametrize("many", [False, True], ids=["save", "create_many"])
def test_a_deadline_unrolls_into_its_dates(fields, expected, many):
    deadline = Deadline(provision=make.make_provision(), label="Report", **fields)
    before = Change.objects.count()
    if many:
        actions.create_many([deadline], by=make.make_user(Role.ADMINISTRATOR))
    else:
        save(deadline)
    assert dates_of(deadline) == [(n, day(each)) for n, each in enumerate(expected, start=1)]
    assert Change.objects.count() == before + 1


def test_a_series_without_an_end_is_unrolled_so_far():
    deadline = save(Deadline(provision=make.make_provision(), label="Report", **MONTHLY))
    assert len(dates_of(deadline)) == UNROLLED
    assert dates_of(deadline)[-1] == (UNROLLED, day("2024-12-31"))


def test_changing_a_deadline_moves_its_dates_and_keeps_their_numbers():
    deadline = make.make_deadline(**MONTHLY, last_on=day("2020-03-31"))
    kept = list(deadline.due_dates.order_by("number").values_list("pk", flat=True))
    save(deadline, every_months=2, last_on=day("2020-05-31"))
    assert [each.isoformat() for _n, each in dates_of(deadline)] == [
        "2020-01-31",
        "2020-03-31",
        "2020-05-31",
    ]
    assert list(deadline.due_dates.order_by("number").values_list("pk", flat=True)) == kept
    save(deadline, every_months=None, last_on=None)
    assert dates_of(deadline) == [(1, DUE)]


def test_a_new_adoption_date_moves_every_date_of_the_series():
    deadline = make.make_deadline(every_months=12, last_on=day("2019-12-31"))
    resolution = Resolution.objects.get(pk=deadline.provision.resolution_id)
    resolution.adopted_on = day("2016-12-01")
    actions.save(resolution, by=make.make_user(Role.ADMINISTRATOR), reason=REASON)
    assert [each for _n, each in dates_of(deadline)] == [
        day("2017-10-01"),
        day("2018-10-01"),
        day("2019-10-01"),
    ]
    resolution.adopted_on = None
    actions.save(resolution, by=make.make_user(Role.ADMINISTRATOR), reason=REASON)
    assert dates_of(deadline) == []


@pytest.mark.parametrize("row", [make.make_delivery, make.make_extension])
def test_a_date_that_something_was_recorded_for_moves_but_does_not_go(row):
    commitment = make.make_commitment()
    deadline = make.make_deadline(commitment.provision, every_months=12, last_on=day("2019-12-31"))
    held = row(commitment, deadline, number=2)
    save(deadline, last_on=day("2018-12-31"))
    save(deadline, offset_months=11)
    before = dates_of(deadline)
    assert before == [(1, day("2017-11-12")), (2, day("2018-11-12"))]
    with pytest.raises(ValidationError, match="date number 2"):
        save(deadline, every_months=None, last_on=None)
    resolution = Resolution.objects.get(pk=deadline.provision.resolution_id)
    resolution.adopted_on = None
    with pytest.raises(ValidationError, match="date number 2"):
        actions.save(resolution, by=make.make_user(Role.ADMINISTRATOR))
    deadline.refresh_from_db()
    assert dates_of(deadline) == before
    with pytest.raises(actions.Held) as refusal:
        actions.delete(deadline, by=make.make_user(Role.ADMINISTRATOR))
    assert refusal.value.holders == [held]
    assert Change.objects.of(deadline).count() == 2


def test_a_deleted_deadline_takes_its_dates_along():
    deadline = make.make_deadline(**MONTHLY)
    pk = deadline.pk
    assert actions.delete(deadline, by=make.make_user(Role.ADMINISTRATOR)) == 1
    assert not DueDate.objects.filter(deadline=pk).exists()


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"kind": "fixed", "fixed_on": day("9999-12-31"), "every_months": 1}, "fixed_on"),
        ({"kind": "event", "event_on": day("9999-12-31"), "offset_months": 1}, "event_on"),
        ({**MONTHLY, "last_on": day("9999-12-31")}, "last_on"),
        ({**MONTHLY, "last_on": day("2019-12-31")}, "last_on"),
        ({**MONTHLY, "every_months": 0}, "every_months"),
        ({"kind": "fixed", "fixed_on": DUE, "last_on": day("2021-01-01")}, "last_on"),
    ],
)
def test_a_series_beyond_the_calendar_or_without_a_date_is_refused_by_its_field(fields, named):
    with pytest.raises(ValidationError) as refusal:
        save(Deadline(provision=make.make_provision(), label="Report", **fields))
    assert list(refusal.value.message_dict) == [named]

"""What is kept of each commitment is, after any act, what follows from the register anew."""

import datetime
import random
from collections import Counter, defaultdict

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from tests.recount import as_tuples, recount
from tests.thorough import examples
from tracker import actions
from tracker.actions import dated, known, tallies
from tracker.models import (
    Assessment,
    Body,
    Citation,
    Commitment,
    Deadline,
    Delivery,
    DueDate,
    Evidence,
    Extension,
    Known,
    Region,
    Report,
    Theme,
)
from tracker.reports.tallied import Tallied
from tracker.vocabulary import Position, Result, Role

pytestmark = pytest.mark.django_db


def every():
    return Commitment.objects.order_by().values_list("pk", flat=True)


def test_the_demonstration_is_kept_right():
    assert Known.objects.count() > Commitment.objects.count()
    assert known.wrong(every()) == []


def test_every_day_is_covered_once_for_all_eyes():
    for eyes in ("open", "whole"):
        rows = Known.objects.filter(eyes__in=("all", eyes)).order_by("commitment", "from_on")
        ends = {}
        for commitment, from_on, until_on in rows.values_list("commitment", "from_on", "until_on"):
            assert ends.get(commitment, datetime.date.min) == from_on
            ends[commitment] = until_on
        assert set(ends.values()) == {datetime.date.max}
        assert len(ends) == Commitment.objects.count()


def test_a_row_that_was_changed_past_the_actions_is_found_and_mended():
    row = Known.objects.filter(result="fully_implemented").first()
    Known.objects.filter(pk=row.pk).update(result="not_implemented")
    assert known.wrong(every()) == [row.commitment_id]
    assert known.refresh([row.commitment_id]) == 2
    assert known.wrong(every()) == []


def test_nothing_is_written_where_nothing_changed(django_assert_max_num_queries):
    commitment = make.make_assessment().commitment
    with django_assert_max_num_queries(8):
        assert known.refresh([commitment.pk]) == 0


class Story:
    """Random acts on two commitments of one provision, through the actions, by a command."""

    def __init__(self, chance):
        self.chance = chance
        self.provision = make.make_provision()
        self.commitments = [make.make_commitment(self.provision) for _ in range(2)]
        self.commitments.append(make.make_commitment(self.provision, role="supporting"))
        self.themes = [make.make_theme(), make.make_theme()]
        self.themes.append(make.make_theme(parent=self.themes[0]))

    def day(self):
        return datetime.date(2018, 1, self.chance.randint(1, 9))

    def act(self):
        """Do something at random; what the register does not allow is left out."""
        name = self.chance.choice([each for each in dir(self) if each.startswith("do_")])
        try:
            with transaction.atomic():
                getattr(self, name)(self.chance.choice(self.commitments))
        except (ValidationError, actions.Held, Deadline.DoesNotExist, IndexError):
            pass

    def save(self, obj):
        actions.save(obj, by=None)
        return obj

    def classified(self):
        return self.chance.choice(["public", "internal", "restricted"])

    def do_report(self, commitment):
        day = self.chance.choice([None, self.day()])
        key, position = f"r{self.chance.random()}", self.chance.choice(Position.values)
        report = Report(key=key, commitment=commitment, position=position, submitted_on=day)
        report.classification = self.classified()
        self.save(report)

    def do_assess(self, commitment):
        assessment = Assessment(
            key=f"a{self.chance.random()}",
            commitment=commitment,
            step="adopted",
            adopted_on=self.day(),
            result=self.chance.choice(Result.values),
            basis="desk_review",
            rationale="Because.",
            classification=self.classified(),
        )
        self.save(assessment)

    def do_cite(self, commitment):
        citing = list(commitment.reports.all()) + list(commitment.assessments.all())
        row = self.chance.choice(citing)
        name = "report" if isinstance(row, Report) else "assessment"
        self.save(Citation(evidence=self.evidence(), **{name: row}))

    def evidence(self):
        held = list(Evidence.objects.filter(key__startswith="story-"))
        if held and self.chance.random() < 0.5:
            return self.chance.choice(held)
        bodies = [None, *(each.body for each in self.commitments)]
        evidence = Evidence(key=f"story-{self.chance.random()}", title="A law", kind="legislation")
        evidence.independence, evidence.body = "body_itself", self.chance.choice(bodies)
        evidence.classification = self.classified()
        return self.save(evidence)

    def do_classify_evidence(self, commitment):
        evidence = self.evidence()
        evidence.classification = self.classified()
        self.save(evidence)

    def do_discard(self, commitment):
        drafts = list(commitment.reports.filter(submitted_on=None))
        actions.delete(self.chance.choice(drafts), by=None)

    def do_set_date(self, commitment):
        deadline = Deadline(provision=self.provision, label=f"D{self.chance.random()}")
        deadline.kind, deadline.fixed_on = "fixed", self.day()
        deadline.every_months = self.chance.choice([None, 1])
        deadline.last_on = datetime.date(2018, 4, 1) if deadline.every_months else None
        self.save(deadline)

    def do_move_date(self, commitment):
        deadline = self.chance.choice(list(self.provision.deadlines.all()))
        deadline.fixed_on = self.day()
        self.save(deadline)

    def do_drop_date(self, commitment):
        actions.delete(self.chance.choice(list(self.provision.deadlines.all())), by=None)

    def date(self):
        return self.chance.choice(list(DueDate.objects.filter(deadline__provision=self.provision)))

    def do_deliver(self, commitment):
        date = self.date()
        delivery = Delivery(commitment=commitment, deadline=date.deadline, number=date.number)
        delivery.delivered_on = self.day()
        self.save(delivery)

    def do_extend(self, commitment):
        date = self.date()
        extension = Extension(commitment=commitment, deadline=date.deadline, number=date.number)
        extension.granted_on, extension.until_on = self.day(), self.day()
        extension.why = "More time."
        self.save(extension)

    def do_take_back(self, commitment):
        rows = [*commitment.deliveries.all(), *commitment.extensions.all()]
        actions.delete(self.chance.choice(rows), by=None)

    def do_carry_themes(self, commitment):
        provision = type(self.provision).objects.get(pk=self.provision.pk)
        provision.summary = f"Summary {self.chance.random()}."
        themes = self.chance.sample(self.themes, self.chance.randint(0, 2))
        actions.save(provision, by=None, relations={"themes": themes})

    def do_change_region(self, commitment):
        body = Body.objects.get(pk=commitment.body_id)
        body.region = self.chance.choice([None, *Region.objects.order_by("pk")[:3]])
        self.save(body)

    def do_end(self, commitment):
        commitment.refresh_from_db()
        commitment.ends_on = self.chance.choice([None, datetime.date(2018, 1, 8)])
        self.save(commitment)

    def do_change_role(self, commitment):
        commitment.role = self.chance.choice(["addressee", "supporting"])
        commitment.refresh_from_db(fields=["version"])
        self.save(commitment)


@settings(
    max_examples=examples(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32), day=st.integers(1, 10))
def test_after_any_acts_the_facts_of_any_day_equal_a_recount(seed, day):
    story, on = Story(random.Random(seed)), datetime.date(2018, 1, day)
    for _act in range(25):
        story.act()
    assert known.wrong(each.pk for each in story.commitments) == []
    assert_tallied()
    bodies = [story.commitments[0].body]
    for role in (Role.VIEWER, Role.FOCAL_POINT, Role.ASSESSOR):
        viewer = make.make_user(role, bodies=bodies)
        assert Tallied(viewer).by_theme_and_region(on) == counted_one_by_one(on, viewer)
        rows = Commitment.objects.filter(provision=story.provision).as_of(on)
        kept = as_tuples(rows.with_facts(on=on, viewer=viewer))
        assert kept == recount(on=on, viewer=viewer, provision=story.provision)


def assert_tallied():
    """Both kinds of tallies equal a recount."""
    assert tallies.kept() == tallies.recount()
    assert dated.kept() == dated.recount()


def counted_one_by_one(on, viewer):
    """What ``Tallied`` tells, from the rows that a list of that day counts."""
    rows = Commitment.objects.for_counting(on=on, viewer=viewer)
    themes = dict(Theme.objects.values_list("path", "pk"))
    found = defaultdict(Counter)
    for row in rows.select_related("body").prefetch_related("provision__themes"):
        paths = {each.path for each in row.provision.themes.all()}
        under = {pk for at, pk in themes.items() if any(path.startswith(at) for path in paths)}
        for theme in {0, *under}:
            found[theme, row.body.region_id or 0][row.result] += 1
    return dict(found)


def test_the_facts_of_the_demonstration_equal_a_recount():
    for role in (Role.VIEWER, Role.FOCAL_POINT, Role.AUDITOR):
        viewer = make.make_user(role, bodies=Body.objects.filter(code__in=("XAA", "XAB")))
        for on in (datetime.date(2019, 6, 30), datetime.date(2026, 11, 1)):
            rows = Commitment.objects.as_of(on).with_facts(on=on, viewer=viewer)
            assert as_tuples(rows) == recount(on=on, viewer=viewer)


def test_the_tallies_of_the_demonstration_equal_a_recount():
    assert len(tallies.kept()) > 500
    assert len(dated.kept()) > 500
    assert_tallied()
    for role in (Role.VIEWER, Role.FOCAL_POINT, Role.AUDITOR):
        viewer = make.make_user(role, bodies=Body.objects.filter(code__in=("XAA", "XAB")))
        for on in (datetime.date(2019, 6, 30), datetime.date(2026, 11, 1)):
            assert Tallied(viewer).by_theme_and_region(on) == counted_one_by_one(on, viewer)


def test_tallies_follow_commitments_that_end_go_and_change_their_role():
    provision = make.make_provision(themes=[make.make_theme()])
    commitments = [make.make_commitment(provision) for _ in range(3)]
    commitments[0].ends_on = datetime.date(2020, 1, 1)
    commitments[1].role = "supporting"
    for each in commitments[:2]:
        actions.save(each, by=None)
        assert_tallied()
    actions.delete(commitments[2], by=None)
    assert_tallied()


def test_tallies_follow_the_themes_of_a_provision_and_where_a_theme_stands():
    outer, inner, other = make.make_theme(), make.make_theme(), make.make_theme()
    provision = make.make_provision(themes=[inner])
    make.make_assessment(make.make_commitment(provision))
    inner.parent = outer
    actions.save(inner, by=None)
    assert_tallied()
    actions.save(provision, by=None, relations={"themes": [other, outer]})
    assert_tallied()
    provision.summary = "Another."
    actions.save(provision, by=None, relations={"themes": []})
    assert_tallied()


def test_tallies_follow_the_region_that_a_body_lies_in():
    north = make.make_region("972", make.make_region("971"), 1, "North")
    commitment = make.make_assessment().commitment
    for region in (north, None):
        body = Body.objects.get(pk=commitment.body_id)
        body.region = region
        actions.save(body, by=None)
        assert_tallied()


def test_a_month_of_many_days_far_away_is_counted_as_any_other():
    """Before the first and after the last day at which counts are kept ready."""
    provision, viewer = make.make_provision(), make.make_user()
    for year in (1946, 1949, 1950, 2059, 2060, 2075):
        commitment = make.make_commitment(provision, starts_on=datetime.date(year, 7, 9))
        make.make_assessment(commitment, adopted_on=datetime.date(year, 7, 20))
    assert_tallied()
    for year in (1945, 1946, 1949, 1950, 1955, 2059, 2060, 2070, 2080):
        for day in (8, 9, 20, 31):
            on = datetime.date(year, 7, day)
            assert Tallied(viewer).by_theme_and_region(on) == counted_one_by_one(on, viewer)

"""Random acts by random people: no illegal step, and what was adopted never changes."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests import make
from tests.thorough import THOROUGH
from tracker import actions
from tracker.models import Assessment, Commitment
from tracker.vocabulary import Result, Role

pytestmark = pytest.mark.django_db
FIRST = datetime.date(2020, 2, 28)

#: The law as the issue tells it: act → (from where, to where, by whom).
DESK, OWN, REVIEWERS = {"assessor", "reviewer"}, {"own focal point"}, {"reviewer"}
LAW = {
    "send": ({"draft", "returned"}, "sent_to_body", DESK),
    "comment": ({"sent_to_body", "comments_received"}, "comments_received", OWN),
    "review": ({"sent_to_body", "comments_received"}, "under_review", DESK),
    "return": ({"under_review"}, "returned", REVIEWERS),
    "adopt": ({"under_review"}, "adopted", REVIEWERS),
    "withdraw": (
        {"draft", "returned", "sent_to_body", "comments_received", "under_review"},
        "withdrawn",
        DESK,
    ),
}
#: The way to adoption: step → act, and two who may mostly take it.
ON = {
    "draft": ("send", ("assessor", "reviewer")),
    "returned": ("send", ("assessor", "reviewer")),
    "sent_to_body": ("comment", ("focal_point", "focal_point")),
    "comments_received": ("review", ("assessor 2", "reviewer")),
    "under_review": ("adopt", ("reviewer", "reviewer 2")),
}
PEOPLE = [*Role.values, "assessor 2", "reviewer 2", "foreign focal point"]
#: What is forged by hand on a row before an act gets it.
FORGERIES = {
    "step": st.sampled_from(["draft", "sent_to_body", "under_review", "adopted", "withdrawn"]),
    "adopted_on": st.just(FIRST),
    "comments_due_on": st.just(FIRST),
    "follow_up_on": st.just(FIRST),
    "drafted_by": st.sampled_from(PEOPLE),
    "adopted_by": st.sampled_from(PEOPLE),
    "body_comment": st.just("Forged."),
    "follows": st.none(),
}
forgeries = st.one_of(
    st.just({}),
    st.sampled_from(sorted(FORGERIES)).flatmap(
        lambda name: st.fixed_dictionaries({name: FORGERIES[name]})
    ),
)
acts, people, which = st.sampled_from(sorted(LAW)), st.sampled_from(PEOPLE), st.integers(0, 1)
days = st.sampled_from([0, 1, 29, 30, 31, 366])


class Model:
    """One assessment as the law has it, kept without looking at the database."""

    def __init__(self, follows, writer):
        self.step, self.follows, self.writers = "draft", follows, {writer}
        self.comments_due_on = self.adopted_on = self.adopted_by = None


class Life(RuleBasedStateMachine):
    """Two commitments of one body, and everybody who might touch them."""

    #: How often something was adopted, in all stories together.
    adoptions = 0

    def __init__(self):
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.today = FIRST
        body = make.make_body()
        self.commitments = [make.make_commitment(body=body) for _each in range(2)]
        self.people = {name: self.person(name, body) for name in PEOPLE}
        self.models: dict[int, Model] = {}
        self.latest: list[int | None] = [None, None]
        self.open: list[int | None] = [None, None]
        self.adopted: dict[int, dict] = {}

    def person(self, name, body):
        if name == "foreign focal point":
            return make.make_user(Role.FOCAL_POINT, bodies=[make.make_body()])
        role = Role(name.removesuffix(" 2"))
        return make.make_user(role, bodies=[body] if role == Role.FOCAL_POINT else [])

    def teardown(self):
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    def part(self, name):
        """What somebody is to the assessments of this body."""
        return {"focal_point": "own focal point"}.get(name, name.removesuffix(" 2"))

    @rule(number=days)
    def time_passes(self, number):
        self.today += datetime.timedelta(days=number)

    @rule(place=which, name=people, result=st.sampled_from(Result.values))
    def draft(self, place, name, result):
        allowed = self.part(name) in DESK and self.open[place] is None
        made = self.attempt(
            actions.draft_assessment,
            self.commitments[place],
            by=self.people[name],
            result=result,
            basis="visit",
            rationale="Because.",
        )
        assert (made is not None) == allowed
        if made:
            self.models[made.pk] = Model(self.latest[place], name)
            self.open[place] = made.pk

    @rule(place=which, name=people, forged=forgeries, text=st.sampled_from(["One.", "Two."]))
    def write(self, place, name, forged, text):
        """Change the text, perhaps with something set by hand that only a step may set."""
        row = self.row(place)
        if row is None:
            return
        model, before = self.models[row.pk], row.rationale
        changed = self.forge(row, forged)
        row.rationale = text
        self.attempt(actions.save_assessment, row, by=self.people[name])
        held = Assessment.objects.get(pk=row.pk).rationale
        allowed = self.part(name) in DESK and model.step in ("draft", "returned") and not changed
        assert held == (text if allowed else before)
        if allowed and text != before:
            model.writers.add(name)

    @rule(place=which, name=people, act=acts, forged=forgeries, text=st.sampled_from(["", "So."]))
    def move(self, place, name, act, forged, text):
        """Take one step; what was set by hand on the row must count for nothing."""
        row = self.row(place)
        if row is None:
            return
        self.forge(row, forged)
        allowed = self.is_legal(self.models[row.pk], place, name, act, text)
        done = self.attempt(self.step(act), row, by=self.people[name], **self.given(act, text))
        assert (done is not None) == allowed, (act, name, self.models[row.pk].step)
        if allowed:
            self.follow(row.pk, place, name, act)

    @rule(place=which, one=st.integers(0, 1), times=st.sampled_from([1, 2, 5, 5, 5]))
    def go_on(self, place, one, times):
        """Go some steps towards adoption, mostly by who may, so that stories get there."""
        for _step in range(times):
            key = self.open[place]
            if key is None:
                self.draft(place, "assessor", "not_implemented")
            else:
                act, names = ON[self.models[key].step]
                self.move(place, names[one], act, {}, "So.")

    def row(self, place):
        """The one under way, else the latest adopted one, which must resist."""
        key = self.open[place] or self.latest[place]
        return Assessment.objects.get(pk=key) if key else None

    def forge(self, row, forged):
        before = {name: getattr(row, name) for name in forged}
        for name, value in forged.items():
            setattr(row, name, self.people[value] if name.endswith("_by") else value)
        return any(getattr(row, name) != value for name, value in before.items())

    def step(self, act):
        return actions.return_to_draft if act == "return" else getattr(actions, act)

    def given(self, act, text):
        return {
            "comment": {"on": self.today, "text": text},
            "return": {"reason": text},
            "withdraw": {"reason": text},
        }.get(act, {"on": self.today})

    def is_legal(self, model, place, name, act, text):
        sources, _target, parts = LAW[act]
        legal = model.step in sources and self.part(name) in parts
        if act in ("adopt", "return"):
            legal = legal and name not in model.writers
        if act in ("comment", "return", "withdraw"):
            legal = legal and text != ""
        if act == "review" and model.step == "sent_to_body":
            legal = legal and self.today > model.comments_due_on
        return legal

    def follow(self, key, place, name, act):
        model = self.models[key]
        model.step = LAW[act][1]
        if act == "send":
            model.comments_due_on = self.today + datetime.timedelta(days=30)
        if act in ("adopt", "withdraw"):
            self.open[place] = None
        if act == "adopt":
            model.adopted_on, model.adopted_by = self.today, name
            self.latest[place] = key
            Life.adoptions += 1
            self.adopted[key] = Assessment.objects.filter(pk=key).values().get()

    def attempt(self, act, *args, **kwargs):
        """What the act returns (something true), or None when it was refused."""
        try:
            with transaction.atomic():
                return act(*args, **kwargs) or True
        except (actions.Refused, actions.Conflict, ValidationError):
            return None

    @rule(place=which, verb=st.sampled_from(["UPDATE {} SET rationale = 'x'", "DELETE FROM {}"]))
    def raw_statement_on_what_was_adopted(self, place, verb):
        if self.latest[place] is None:
            return
        statement = verb.format("tracker_assessment") + " WHERE id = %s"
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, [self.latest[place]])

    @invariant()
    def the_database_agrees_with_the_law(self):
        rows = Assessment.objects.filter(commitment__in=self.commitments).values()
        assert {row["id"] for row in rows} == set(self.models)
        for row in rows:
            model = self.models[row["id"]]
            assert (row["step"], row["follows_id"]) == (model.step, model.follows)
            assert row["adopted_on"] == model.adopted_on
            if model.adopted_on:
                assert row == self.adopted[row["id"]]
                assert row["follow_up_on"] == a_year_after(model.adopted_on)
                assert row["adopted_by_id"] == self.people[model.adopted_by].pk
                assert model.adopted_by not in model.writers

    @invariant()
    def the_commitment_shows_what_was_adopted_last(self):
        viewer = self.people["auditor"]
        shown = Commitment.objects.with_facts(on=self.today, viewer=viewer)
        results = dict(
            shown.filter(pk__in=[c.pk for c in self.commitments]).values_list("pk", "result")
        )
        for commitment, key in zip(self.commitments, self.latest, strict=True):
            expected = self.adopted[key]["result"] if key else "not_assessed"
            assert results[commitment.pk] == expected


def a_year_after(day):
    """The same day of the next year; after a leap day the last of February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def test_random_acts_by_random_people_take_no_illegal_step():
    stories = 8 if THOROUGH else 3
    run_state_machine_as_test(
        Life, settings=settings(max_examples=stories, stateful_step_count=30, deadline=None)
    )
    # A few stories may all end before that.
    assert Life.adoptions or not THOROUGH

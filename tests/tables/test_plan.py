"""A file against the register: the dry run is the result, twice is once, and all goes back."""

import datetime
import sys

import pytest
from django.core.exceptions import ValidationError

from tests import REFERENCE_DAY, make
from tests.exports.test_lists import HARD, PAYLOADS
from tests.tables.files import exported, text, workbook
from tracker import actions
from tracker.actions import Refused
from tracker.exports.sheets import SHEETS
from tracker.models import Body, Change, Commitment, Membership, Report
from tracker.tables import plan as plans
from tracker.tables.errors import Unread
from tracker.tables.mapping import guessed, mapped
from tracker.tables.plan import NOUNS, NotApplied, apply, examine
from tracker.tables.values import exact
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db
# The package shows the function of that name.
undo = sys.modules["tracker.actions.undo"]
DAY = datetime.date(2026, 6, 30)


@pytest.fixture
def keeper():
    return make.make_user(Role.ADMINISTRATOR)


@pytest.fixture
def own():
    """A commitment of the body that ``focal`` speaks for."""
    return make.make_commitment()


@pytest.fixture
def focal(own):
    return make.make_user(Role.FOCAL_POINT, bodies=[own.body])


def counts(plan):
    return tuple(plan.counts[name] for name in ("new", "changed", "same", "refused"))


def problems(plan):
    return [(each.line, *problem) for each in plan.refused for problem in each.problems]


def everything():
    nouns = (Body, Membership, Commitment, Report, Change)
    return [list(noun.objects.order_by("pk").values()) for noun in nouns]


BODIES = (
    "code,name,kind,parent,region,founded_on,fictional",
    "TT-A,One,other,TT-B,Europe,2001-02-03,true",
    "TT-B,Two,Other body,,150,03.02.2001,no",
    "CTED,Changed,,,,,",
    "tt-c,Three,other,,,,no",
    "TT-D,Four,planet,TT-X,,tomorrow,maybe",
    "TT-E,Five,other,TT-X,,,no",
    "TT-A,Again,other,,,,no",
)


def test_the_dry_run_says_what_applying_does_and_leaves_no_trace(keeper):
    before = everything()
    plan = examine("bodies", text(*BODIES), by=keeper)
    assert everything() == before
    assert counts(plan) == (2, 0, 0, 5)
    assert [(line, column) for line, column, _why in problems(plan)] == [
        (4, "fictional"), (5, "code"), (6, "kind"), (6, "founded_on"), (6, "fictional"),
        (7, "parent"), (8, "code"),
    ]  # fmt: skip
    done = apply("bodies", text(*BODIES), by=keeper, reason="Because", skip_refused=True,
                 expected=plan.fingerprint)  # fmt: skip
    assert done.outcomes == plan.outcomes
    one = Body.objects.get(code="TT-A")
    assert (one.parent.code, one.region.name, one.founded_on, one.is_fictional) == (
        "TT-B", "Europe", datetime.date(2001, 2, 3), True,
    )  # fmt: skip
    written = Change.objects.filter(batch=done.batch)
    assert {(each.object_key, each.verb, each.reason, each.by) for each in written} == {
        (code, "created", "Because", keeper) for code in ("TT-A", "TT-B")
    }
    again = apply("bodies", text(*BODIES), by=keeper, reason="Again", skip_refused=True)
    assert counts(again) == (0, 0, 2, 5)
    assert not Change.objects.filter(batch=again.batch).exists()


def test_nothing_is_written_while_a_row_is_refused_or_the_register_moves(keeper):
    before = everything()
    with pytest.raises(NotApplied, match="Rows are refused") as refused:
        apply("bodies", text(*BODIES), by=keeper, reason="Because")
    assert counts(refused.value.plan) == (2, 0, 0, 5)
    assert everything() == before
    file = "code,name", "CTED,Another"
    plan = examine("bodies", text(*file), by=keeper)
    actions.save(_named("CTED", "Otherwise"), by=keeper)
    before = everything()
    with pytest.raises(NotApplied, match="in the meantime"):
        apply("bodies", text(*file), by=keeper, reason="Because", expected=plan.fingerprint)
    with pytest.raises(ValidationError):
        apply("bodies", text(*file), by=keeper, reason=" ")
    assert everything() == before


def _named(code, name):
    body = Body.objects.get(code=code)
    body.name = name
    return body


def test_columns_that_are_not_in_the_file_stay_and_an_empty_cell_clears(keeper):
    make.make_body("TT-A", kind="other", name="One", source="Book", founded_on=DAY)
    apply("bodies", text("code,source", "TT-A,"), by=keeper, reason="Because")
    body = Body.objects.get(code="TT-A")
    assert (body.name, body.source, body.founded_on) == ("One", "", DAY)


def test_all_of_an_import_goes_back_at_once(keeper):
    rows = text("code,name,kind,parent", "TT-A,One,other,TT-B", "TT-B,Two,other,", "CTED,New,,")
    with pytest.raises(NotApplied):
        apply("bodies", rows, by=keeper, reason="Because")
    before = everything()[:-1]
    rows = text("code,name", "TT-A,One", "CTED,New")
    with pytest.raises(NotApplied):  # TT-A has no kind
        apply("bodies", rows, by=keeper, reason="Because")
    rows = text("code,name,kind", "TT-A,One,other", "CTED,New,un_entity")
    done = apply("bodies", rows, by=keeper, reason="Because")
    assert counts(done) == (1, 1, 0, 0)
    actions.undo_batch(done.batch, by=keeper, reason="Wrong file")
    after = everything()[:-1]
    for rows in (*before, *after):
        for row in rows:
            del row["version"]
    assert after == before


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("noun", NOUNS)
def test_what_was_exported_is_the_same_when_it_is_read_again(noun, form, keeper):
    kind = NOUNS[noun]
    viewer = make.make_user(Role.AUDITOR)
    rows = kind.model.objects.visible_to(viewer).for_listing(on=REFERENCE_DAY, viewer=viewer)
    rows = list(rows.order_by("pk")[:300])
    plan = _as_command(examine, noun, exported(kind.model, rows, form))
    assert counts(plan) == (0, 0, len(rows), 0), problems(plan)[:3]
    assert not plan.mapped.unknown and len(rows) > 3


def _as_command(do, *args, **more):
    return do(*args, by=None, **more)


TEXTS = {
    "bodies": lambda words: make.make_body(name=words[:200] or "x", source=words),
    "memberships": lambda words: make.make_membership(source=words),
    "reports": lambda words: make.make_report(text=words, submitted_on=None),
}


def test_every_column_of_text_is_tried():
    tried = {("bodies", "name"), ("bodies", "source"), ("memberships", "source"),
             ("reports", "text")}  # fmt: skip
    read = {
        (name, field.name) for name, kind in NOUNS.items() for field in kind.fields
        if field.read is exact
    }  # fmt: skip
    assert read == tried


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("noun", TEXTS)
def test_texts_that_look_like_formulas_come_back_letter_by_letter(noun, form):
    """Exported, cleared in the register, imported: the same texts as before."""
    kind = NOUNS[noun]
    made = [TEXTS[noun](words) for words in HARD]
    assert set(PAYLOADS) < set(HARD) and len(PAYLOADS) == 11
    keys = [each.pk for each in made]
    viewer = make.make_user(Role.AUDITOR)
    rows = kind.model.objects.filter(pk__in=keys).for_listing(on=REFERENCE_DAY, viewer=viewer)
    file = exported(kind.model, list(rows), form)
    columns = [each.attribute for each in kind.fields if each.read is exact]
    said = list(kind.model.objects.filter(pk__in=keys).order_by("pk").values(*columns))
    kind.model.objects.filter(pk__in=keys).update(**dict.fromkeys(columns, "gone"))
    done = _as_command(apply, noun, file, reason="Back")
    assert counts(done)[0] == counts(done)[3] == 0
    assert list(kind.model.objects.filter(pk__in=keys).order_by("pk").values(*columns)) == said


def test_an_edited_export_updates_the_same_rows(keeper):
    body = make.make_body("TT-A", kind="other", name="One")
    rows = Body.objects.filter(pk=body.pk).for_listing(on=REFERENCE_DAY, viewer=keeper)
    edited = exported(Body, rows, "csv").read().replace(b'"One"', b'"Two"')
    plan = apply("bodies", text(edited.decode().rstrip()), by=keeper, reason="Because")
    assert counts(plan) == (0, 1, 0, 0)
    assert plan.outcomes[0].differences == {"name": ("One", "Two")}
    assert Body.objects.get(pk=body.pk).name == "Two"


def test_a_report_without_a_key_is_a_new_draft_once(own, focal):
    file = "commitment,position,text", f"{own.public_key},under_way,A law is before parliament."
    assert counts(apply("reports", text(*file), by=focal, reason="Because")) == (1, 0, 0, 0)
    assert counts(apply("reports", text(*file), by=focal, reason="Because")) == (0, 0, 1, 0)
    report = Report.objects.get(commitment=own)
    assert (report.author, report.submitted_on) == (focal, None)
    file = "key,text", f"{report.key},Another text."
    assert counts(apply("reports", text(*file), by=focal, reason="Because")) == (0, 1, 0, 0)
    actions.submit_report(Report.objects.get(pk=report.pk), by=focal, on=DAY)
    assert counts(apply("reports", text(*file), by=focal, reason="Because")) == (0, 0, 1, 0)
    plan = examine("reports", text("key,text", f"{report.key},More."), by=focal)
    assert "stays as it is" in problems(plan)[0][2]


def test_the_same_report_in_other_letters_is_the_same(own, focal):
    row = f"{own.public_key},planned,A law."
    other = f"{own.provision.key}/{own.body.code.lower()},planned,A law."
    plan = apply(
        "reports", text("commitment,position,text", row, other), by=focal, reason="Because"
    )
    assert counts(plan) == (1, 0, 1, 0)
    # What the first is refused for, the second is refused for, too.
    empty = (f"{each.rpartition(',planned')[0]},,A law." for each in (row, other))
    plan = examine("reports", text("commitment,position,text", *empty), by=focal)
    assert problems(plan) == [(2, "position", *problems(plan)[0][2:]), (3, *problems(plan)[0][1:])]


def test_reports_are_drafts_until_they_are_submitted_by_their_own_step(own, focal):
    file = "commitment,position,text,submitted_on", f"{own.public_key},planned,x,2026-06-30"
    assert problems(examine("reports", text(*file), by=focal))[0][:2] == (2, "submitted_on")


def test_what_is_of_another_body_is_refused_as_if_there_were_none(own, focal):
    other = make.make_report(submitted_on=None)
    open_ = make.make_report(classification="public")
    absent = own.public_key.replace(own.body.code, "NOBODY")
    for theirs, nothing in [
        ({"commitment": other.commitment.public_key}, {"commitment": absent}),
        ({"key": other.key}, {"key": "R-nothing"}),
        ({"key": open_.key}, {"key": "R-nothing"}),
    ]:
        said = []
        for which in (theirs, nothing):
            row = {"key": "", "commitment": "", "position": "planned", "text": "x", **which}
            plan = examine("reports", text(",".join(row), ",".join(row.values())), by=focal)
            assert counts(plan) == (0, 0, 0, 1)
            said.append(problems(plan))
        assert said[0] == said[1]


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("role", Role)
def test_the_table_of_rights_says_who_imports_what(noun, role):
    person, file = make.make_user(role), ["key,commitment,position,code,organization,member", "x"]
    allowed = {Role.FOCAL_POINT: {"reports"}, Role.ADMINISTRATOR: set(NOUNS) - {"reports"}}
    if noun in allowed.get(role, ()):
        assert counts(examine(noun, text(*file), by=person)) == (0, 0, 0, 1)
    else:
        with pytest.raises(Refused):
            examine(noun, text(*file), by=person)


def test_memberships_are_known_by_their_key_or_by_who_is_what_from_when(keeper):
    network, state = make.make_body(kind="network"), make.make_body()
    head, row = "organization,member,role,from_on", f"{network.code},{state.code},member,2020-01-01"
    assert counts(apply("memberships", text(head, row), by=keeper, reason="Because")) == (
        1,
        0,
        0,
        0,
    )
    assert counts(apply("memberships", text(head, row), by=keeper, reason="Because")) == (
        0,
        0,
        1,
        0,
    )
    held = Membership.objects.get(organization=network)
    file = "key,member,until_on", f"{held.key},{state.code},2021-01-01"
    assert counts(apply("memberships", text(*file), by=keeper, reason="Because")) == (0, 1, 0, 0)
    file = "key,member", f"{held.key},CTED"
    assert problems(examine("memberships", text(*file), by=keeper))[0][:2] == (2, "member")
    file = "organization,member", f"{network.code},{network.code}"
    assert problems(examine("memberships", text(*file), by=keeper))[0][:2] == (2, "member")


def test_of_commitments_only_the_days_are_read_and_none_is_added(keeper):
    commitment = make.make_commitment()
    file = "key,ends_on,role", f"{commitment.public_key},2026-06-30,supporting"
    plan = apply("commitments", text(*file), by=keeper, reason="Because")
    assert (counts(plan), plan.mapped.derived) == ((0, 1, 0, 0), ("role",))
    commitment.refresh_from_db()
    assert (commitment.ends_on, commitment.role) == (DAY, "addressee")
    plan = examine("commitments", text("key,ends_on", "S/RES/9/1/XXX,"), by=keeper)
    assert problems(plan)[0][:2] == (2, "key")


def test_a_cycle_is_refused_although_each_row_alone_makes_none(keeper):
    for code in ("TT-A", "TT-B", "TT-C"):
        make.make_body(code, kind="other")
    rows = text("code,parent", "TT-A,TT-B", "TT-B,TT-C", "TT-C,TT-A")
    assert problems(examine("bodies", rows, by=keeper))[0][:2] == (4, "parent")


def test_who_waits_may_change_so_many_rows_and_a_command_any(keeper, monkeypatch):
    assert plans.MOST_WRITES == undo.LARGEST_BATCH
    monkeypatch.setattr(plans, "MOST_WRITES", 2)
    monkeypatch.setattr(undo, "LARGEST_BATCH", 2)
    rows = ["code,name,kind", *(f"TT-{n},x,other" for n in range(3))]
    with pytest.raises(Unread, match="More than 2 rows"):
        examine("bodies", text(*rows), by=keeper)
    done = _as_command(apply, "bodies", text(*rows), reason="Because")
    with pytest.raises(ValidationError, match="too large"):
        actions.undo_batch(done.batch, by=keeper, reason="Because")
    assert len(actions.undo_batch(done.batch, by=None, reason="Because")) == 3


def test_spreadsheets_take_the_noughts_from_codes(keeper):
    make.make_body("TT-A", m49="004")
    plan = examine("bodies", workbook(["code", "m49"], ["TT-A", 4]), by=keeper)
    assert counts(plan) == (0, 0, 1, 0)


def test_days_that_could_be_two_are_refused(keeper):
    for written in ("06/07/2026", "46203", "2026-02-30", "2026-06-30 12:00"):
        plan = examine("bodies", text("code,founded_on", f"CTED,{written}"), by=keeper)
        assert problems(plan)[0][:2] == (2, "founded_on")


@pytest.mark.parametrize("noun", NOUNS)
def test_every_column_of_the_export_is_read_or_said_to_follow(noun):
    kind = NOUNS[noun]
    names = [field.name for field in kind.fields]
    assert sorted([*names, *kind.derived]) == sorted(SHEETS[kind.model].names)


def test_columns_are_guessed_by_name_and_label_and_can_be_chosen():
    bodies = NOUNS["bodies"]
    header = ["Code", "Name", "ISO alpha-3", "Part of", "Remark", "Members"]
    assert guessed(bodies, header) == {
        "Code": "code", "Name": "name", "ISO alpha-3": "iso3", "Part of": "parent",
        "Members": "members",
    }  # fmt: skip
    found = mapped(bodies, header, {"Remark": "source", "Name": ""})
    assert [each.name for each in found.fields.values()] == ["code", "iso3", "parent", "source"]
    assert (found.derived, found.unknown) == (("Members",), ("Name",))
    for chosen, words in [
        ({"Nothing": "name"}, "has no column “Nothing”"),
        ({"Remark": "members"}, "is no column to read"),
        ({"Remark": "name"}, "Two columns"),
        ({"Code": ""}, "needs the columns code"),
    ]:
        with pytest.raises(Unread, match=words):
            mapped(bodies, header, chosen)

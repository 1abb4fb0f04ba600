"""Taking changes back: what stands afterwards, who may, and what stands in the way."""

import datetime
import uuid

import pytest
from django.core.exceptions import ValidationError

from tests import make
from tracker import actions
from tracker.actions.changes import snapshot
from tracker.actions.undo import why_not
from tracker.models import Body, Change, Designation, Provision, Report, Theme
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 1, 10)


@pytest.fixture
def administrator():
    return make.make_user(Role.ADMINISTRATOR)


def last(obj) -> Change:
    return Change.objects.of(obj).first()


def back(change, by, reason="In error"):
    return actions.undo(change, by=by, reason=reason)


def test_an_edit_is_taken_back_and_repeated(administrator):
    """Relations, dates and links to other records as well; each undo is a Change of its own."""
    themes = [make.make_theme(), make.make_theme()]
    provision = make.make_provision(themes=themes[:1])
    before = snapshot(provision)
    provision.summary, provision.force = "Other.", "urges"
    provision.lifecycle, provision.lifecycle_from = "expired", DAY
    done = actions.save(provision, by=administrator, relations={"themes": themes[1:]})
    after = snapshot(Provision.objects.get(pk=provision.pk))
    undone = back(done, administrator)
    assert snapshot(Provision.objects.get(pk=provision.pk)) == before
    assert (undone.undoes, undone.verb, undone.reason) == (done.sequence, "updated", "In error")
    again = back(undone, administrator)
    assert snapshot(Provision.objects.get(pk=provision.pk)) == after
    assert again.undoes == undone.sequence
    assert Provision.objects.get(pk=provision.pk).version == 4


def test_a_link_to_another_record_is_set_back(administrator):
    old, new = make.make_body(kind="un_organ"), make.make_body(kind="un_organ")
    deadline = make.make_deadline()
    rows = [(make.make_body(kind="un_entity", parent=old), "parent", new)]
    rows.append((make.make_document(resolution=deadline.provision.resolution), "resolution", None))
    for row, name, other in rows:
        before = getattr(row, name)
        setattr(row, name, other)
        back(actions.save(row, by=administrator), administrator)
        assert getattr(type(row).objects.get(pk=row.pk), name) == before


def test_what_was_created_goes_and_comes_back_as_it_was(administrator):
    body = Body(code="UNDONE", kind="network", name="Undone", founded_on=DAY)
    made = actions.save(body, by=administrator)
    held, pk = snapshot(body), body.pk
    gone = back(made, administrator)
    assert not Body.objects.filter(code="UNDONE").exists()
    assert (gone.verb, gone.undoes) == ("deleted", made.sequence)
    here = back(gone, administrator)
    body = Body.objects.get(code="UNDONE")
    assert (snapshot(body), body.pk) == (held, pk)
    assert body.version > 1
    assert [each.sequence for each in Change.objects.of(body)] == [
        here.sequence,
        gone.sequence,
        made.sequence,
    ]


def test_only_the_latest_change_is_taken_back_then_the_one_before(administrator):
    theme = make.make_theme(name="First")
    changes = []
    for name in ("Second", "Third"):
        theme.name = name
        changes.append(actions.save(theme, by=administrator))
    with pytest.raises(ValidationError, match="changed again since"):
        back(changes[0], administrator)
    back(changes[1], administrator)
    back(changes[0], administrator)
    assert Theme.objects.get(pk=theme.pk).name == "First"
    with pytest.raises(ValidationError, match="changed again since"):
        back(changes[1], administrator)


def test_what_others_refer_to_by_now_is_held(administrator):
    resolution = make.make_resolution()
    provision = Provision(resolution=resolution, number="1", force="urges", summary="Do.")
    made = actions.save(provision, by=administrator)
    addressee = make.make_addressee(provision)
    with pytest.raises(actions.Held) as held:
        back(made, administrator)
    assert held.value.holders == [addressee]
    addressee.delete()
    make.make_commitment(provision)
    with pytest.raises(actions.Held):
        back(made, administrator)
    assert Provision.objects.filter(pk=provision.pk).exists()


def test_a_deletion_with_its_parts_comes_back_whole(administrator):
    office = make.make_designation()
    for function in ("extradition", "electronic_evidence"):
        make.make_competence(office, function)
    before = snapshot(office)
    actions.delete(office, by=administrator, reason="Twice")
    batch = Change.objects.order_by("-sequence").first().batch
    changes = actions.undo_batch(batch, by=administrator, reason="Not twice")
    office = Designation.objects.get(key=before["key"])
    assert snapshot(office) == before
    assert sorted(each.function for each in office.competences.all()) == [
        "electronic_evidence",
        "extradition",
    ]
    [again] = {each.batch for each in changes}
    actions.undo_batch(again, by=administrator, reason="Twice after all")
    assert not Designation.objects.filter(key=before["key"]).exists()


def test_a_batch_is_taken_back_as_a_whole_or_not_at_all(administrator):
    batch = uuid.uuid4()
    themes = [Theme(slug=f"bulk-{n}", name=f"Bulk {n}") for n in range(3)]
    actions.create_many(themes, by=administrator, batch=batch)
    child = make.make_theme(parent=themes[1])
    before = Change.objects.count()
    with pytest.raises(actions.Held):
        actions.undo_batch(batch, by=administrator, reason="In error")
    assert Theme.objects.filter(slug__startswith="bulk-").count() == 3
    assert Change.objects.count() == before
    child.delete()
    assert len(actions.undo_batch(batch, by=administrator, reason="In error")) == 3
    assert not Theme.objects.filter(slug__startswith="bulk-").exists()
    with pytest.raises(ValidationError, match="No bulk change"):
        actions.undo_batch(uuid.uuid4(), by=administrator, reason="x")


def test_a_person_that_was_masked_cannot_be_restored(administrator):
    office = make.make_designation(person_name="Canary")
    office.person_name = "Somebody else"
    changed = actions.save(office, by=administrator)
    with pytest.raises(ValidationError, match="does not keep"):
        back(changed, administrator)
    office.person_name = ""
    actions.save(office, by=administrator)
    office.channel, office.person_name = "Mail", "New"
    back(actions.save(office, by=administrator), administrator)
    office.refresh_from_db()
    assert (office.channel, office.person_name) == ("", "")


def test_a_reason_is_needed_and_steps_are_not_edits(administrator):
    focal = make.make_user(Role.FOCAL_POINT, bodies=[make.make_body()])
    commitment = make.make_commitment(body=focal.bodies.get())
    report = actions.draft_report(commitment, by=focal, position="planned", text="Soon.")
    with pytest.raises(ValidationError, match="Say why"):
        actions.undo(last(report), by=focal, reason=" ")
    submitted = actions.submit_report(report, by=focal, on=DAY)
    with pytest.raises(ValidationError, match="step|draft"):
        back(submitted, focal)
    assert "step" in why_not(submitted)
    with pytest.raises(ValidationError):
        back(Change.objects.of(report).last(), focal)
    assert Report.objects.get(pk=report.pk).submitted_on == DAY


def test_what_one_may_write_but_not_see_is_not_taken_back(administrator):
    office = Designation(body=make.make_body(), kind="central_authority", office="Office")
    office.classification = "restricted"
    made = actions.save(office, by=None)
    with pytest.raises(actions.Refused):
        back(made, administrator)
    assert Designation.objects.filter(pk=office.pk).exists()


def test_a_report_that_was_submitted_past_the_actions_stays():
    body = make.make_body()
    focal = make.make_user(Role.FOCAL_POINT, bodies=[body])
    report = actions.draft_report(make.make_commitment(body=body), by=focal, position="planned")
    Report.objects.filter(pk=report.pk).update(submitted_on=DAY)
    with pytest.raises(ValidationError, match="Only a draft"):
        back(last(report), focal)


def test_the_writers_of_a_noun_and_nobody_else_take_its_changes_back(administrator):
    commitment = make.make_commitment()
    focal = make.make_user(Role.FOCAL_POINT, bodies=[commitment.body])
    desk = make.make_user(Role.ASSESSOR)
    deadline = make.make_deadline(commitment.provision)
    law = make.make_evidence(body=commitment.body)
    report = actions.draft_report(commitment, by=focal, position="planned")
    judged = actions.draft_assessment(
        commitment, by=desk, result="not_implemented", basis="desk_review"
    )
    theme = Theme(slug="undone", name="Undone")
    actions.save(theme, by=administrator)
    writers = {
        actions.cite(law, by=focal, report=report): {focal},
        actions.cite(law, by=desk, assessment=judged): {desk},
        report: {focal},
        judged: {desk},
        actions.record_delivery(commitment, deadline, by=desk, delivered_on=DAY): {desk},
        theme: {administrator},
    }
    people = [make.make_user(role) for role in Role] + [focal, desk, administrator]
    for obj, allowed in writers.items():
        change = last(obj)
        for person in people:
            may = person in allowed or any(
                person.role == each.role and each is not focal for each in allowed
            ) or (person.role == Role.REVIEWER and desk in allowed)  # fmt: skip
            if not may:
                with pytest.raises(actions.Refused):
                    back(change, person)
        back(change, next(iter(allowed)))
        assert not type(obj).objects.filter(pk=obj.pk).exists()


def test_an_account_is_not_taken_back(administrator):
    person = make.make_user()
    person.role = Role.ADMINISTRATOR
    changed = actions.save(person, by=administrator)
    with pytest.raises(ValidationError, match="Accounts"):
        back(changed, administrator)

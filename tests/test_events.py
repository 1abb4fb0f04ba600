"""Events = writes: whatever door a write comes in by, each row that differs has one Change.

Every row of every table is compared before and after; nothing is missing, nothing is doubled.
"""

import datetime
from collections import Counter

import pytest
from django.apps import apps
from django.core.management import call_command

from tests import make
from tests.admin.pages import add_row, change_of, submit
from tests.api.people import signed_in
from tracker import actions
from tracker.actions.changes import is_recorded
from tracker.importers.load import load_rows
from tracker.models import Change, Delivery, Designation, Evidence, Provision, Report, Theme
from tracker.vocabulary import Door, Role

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 1, 10)
#: What moves on without a Change: the count of versions, and when somebody signed in.
SILENT = {"version", "last_login"}


def every_row() -> dict:
    """(noun, id) → its values, with those of its many-to-many fields."""
    rows = {}
    for model in apps.get_app_config("tracker").get_models():
        if model is Change or not is_recorded(model):
            continue
        noun = model._meta.model_name
        names = [f.attname for f in model._meta.concrete_fields if f.name not in SILENT]
        for values in model._base_manager.values_list("pk", *names):
            rows[noun, values[0]] = {"": values}
        for field in model._meta.many_to_many:
            through = field.remote_field.through
            if through._meta.auto_created and through._meta.app_label == "tracker":
                links = through._base_manager.values_list(
                    f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
                )
                for owner, other in links:
                    rows.get((noun, owner), {})[field.name, other] = True
    return rows


class Watch:
    """Compares what a step wrote with the Changes it made."""

    def __init__(self):
        self.rows, self.sequence = every_row(), self.last()

    def last(self):
        return Change.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0

    def changes(self) -> list[Change]:
        """The Changes since the last look; every row that differs has one, and no other row."""
        before, self.rows = self.rows, every_row()
        made = list(Change.objects.filter(sequence__gt=self.sequence).order_by("sequence"))
        self.sequence = self.last()
        written = {
            key for key in before.keys() | self.rows.keys() if before.get(key) != self.rows.get(key)
        }
        recorded = Counter((each.noun, each.object_id, each.verb) for each in made)
        assert written, "the step wrote nothing, so it shows nothing"
        # A look at a contact writes nothing but its own Change.
        silent = {(each.noun, each.object_id) for each in made if each.verb == "revealed"}
        assert {key[:2] for key in recorded} - silent == written - silent
        assert max(recorded.values()) == 1, recorded
        return made


@pytest.fixture
def administrator():
    return make.make_user(Role.ADMINISTRATOR, username="anna", is_superuser=False)


def came_in(made, door, person, response) -> bool:
    """Whether each change names its door, its person and its request."""
    wanted = (door, person.pk, response.headers["X-Request-ID"])
    return {(each.door, each.by_id, each.request_id) for each in made} == {wanted}


def test_every_write_of_the_admin(client, administrator):
    client.force_login(administrator)
    resolution = make.make_resolution()
    provision = make.make_provision(resolution)
    make.make_deadline(provision)
    parent, child = make.make_theme(), make.make_theme()
    child.parent = parent
    child.derive()
    child.save()
    body, held = make.make_body(), make.make_addressee(make.make_provision())
    person, office = make.make_user(), make.make_competence().designation
    chosen = [str(make.make_theme().pk) for _each in range(3)]
    gone = {"post": "yes", "reason": "Because of the test"}
    password = {"new_password1": "long-enough-1", "new_password2": "long-enough-1", "reason": "x"}
    new = {"slug": "watched", "name": "Watched", "description": "", "parent": "", "reason": "x"}
    other = make.make_theme()
    steps = {
        "add": lambda: client.post("/admin/tracker/theme/add/", new),
        "change": lambda: submit(client, change_of(body), name="Other"),
        "dates that follow": lambda: submit(client, change_of(resolution), adopted_on="2016-12-20"),
        "paths that follow": lambda: submit(client, change_of(parent), parent=str(other.pk)),
        "rows and relations": lambda: submit(
            client,
            change_of(provision),
            themes=[str(parent.pk)],
            **add_row("addressees", 0, kind="states", role="addressee"),
        ),
        "a row changed": lambda: submit(
            client, change_of(held.provision), **{"addressees-0-kind": "states"}
        ),
        "a row deleted": lambda: submit(
            client, change_of(held.provision), **{"addressees-0-DELETE": "on"}
        ),
        "a person": lambda: submit(client, change_of(person), role="assessor"),
        "a password": lambda: client.post(f"/admin/tracker/user/{person.pk}/password/", password),
        "delete with its parts": lambda: client.post(
            f"/admin/tracker/designation/{office.pk}/delete/", gone
        ),
        "delete several": lambda: client.post(
            "/admin/tracker/theme/",
            {"action": "delete_selected", "_selected_action": chosen, **gone},
        ),
    }
    watch = Watch()
    for name, step in steps.items():
        response = step()
        assert response.status_code == 302, name
        assert came_in(watch.changes(), Door.ADMIN, administrator, response), name


def test_every_write_of_the_api(administrator):
    client = signed_in(administrator)
    theme = {"slug": "watched", "name": "Watched"}
    provision = {
        "resolution": "S/RES/2322(2016)",
        "number": "99",
        "summary": "Do it.",
        "themes": ["extradition"],
        "addressees": [{"kind": "all_states"}],
    }
    at = "/api/v1/provisions/S/RES/2322(2016)/99/"
    steps = {
        "post": lambda: client.post("/api/v1/themes/", theme),
        "put": lambda: client.put("/api/v1/themes/watched/", {**theme, "name": "Other"}),
        "patch": lambda: client.patch("/api/v1/themes/watched/", {"description": "Longer"}),
        "delete": lambda: client.delete("/api/v1/themes/watched/?reason=Gone"),
        "post with rows": lambda: client.post("/api/v1/provisions/", provision),
        "patch rows": lambda: client.patch(
            at, {"addressees": [{"kind": "states"}], "themes": [], "force": "urges"}
        ),
        "expand": lambda: client.act(at, "expand", {"reason": "x"}),
        "undo": lambda: client.post(
            f"/api/v1/batches/{Change.objects.first().batch}/undo/", {"reason": "x"}
        ),
    }
    watch = Watch()
    for name, step in steps.items():
        response = step()
        assert response.status_code < 300, (name, response.json())
        assert came_in(watch.changes(), Door.API, administrator, response), name


def test_every_write_of_the_dashboard(client):
    commitment = make.make_commitment()
    focal = make.make_user(Role.FOCAL_POINT, bodies=[commitment.body])
    desk = make.make_user(Role.ASSESSOR)
    page, draft = f"/commitments/{commitment.public_key}/report/", {"text": "Done.", "version": ""}
    draft |= {"position": "planned", "classification": "internal"}
    judged = {"result": "not_implemented", "basis": "visit", "classification": "internal"}
    judged |= {"rationale": "Seen.", "effect": "", "version": "", "act": "save"}
    make.make_deadline(commitment.provision)
    at, dated = f"/commitments/{commitment.public_key}", {"date": "1/Report"}
    put_off = {**dated, "act": "extend", "until_on": "2026-12-01", "why": "Elections"}
    met = {**dated, "act": "deliver", "delivered_on": "2026-01-09", "source": ""}

    def take_back():
        which = Delivery.objects.get(commitment=commitment).public_key
        data = {"act": "take-back", "which": which, "reason": "In error"}
        return client.post(f"{at}/dates/", data)

    def cite_new():
        draft = commitment.reports.filter(submitted_on=None).first()
        law = {"title": "A law", "kind": "legislation", "independence": "body_itself"}
        law |= {"body": commitment.body.code, "classification": "internal"}
        return client.post(f"/evidence/new/?report={draft.key}", law)

    def undo():
        change = Change.objects.filter(noun="assessment").first()
        return client.post(f"/changes/{change.sequence}/", {"reason": "In error"})

    steps = {
        "draft": (focal, lambda: client.post(page, {**draft, "act": "save"})),
        "submit": (focal, lambda: client.post(page, {**draft, "act": "submit"})),
        "copy": (focal, lambda: client.post(f"{page}copy/", {})),
        "add evidence and cite it": (focal, cite_new),
        "extend": (desk, lambda: client.post(f"{at}/extend/", put_off)),
        "deliver": (desk, lambda: client.post(f"{at}/deliver/", met)),
        "take back": (desk, take_back),
        "assess": (desk, lambda: client.post(page.replace("/report/", "/assess/"), judged)),
        "undo": (desk, undo),
    }
    watch = Watch()
    for name, (person, step) in steps.items():
        client.force_login(person)
        response = step()
        assert response.status_code == 302, name
        assert came_in(watch.changes(), Door.DASHBOARD, person, response), name


def test_every_action(administrator):
    commitment = make.make_commitment()
    deadline = make.make_deadline(commitment.provision)
    focal = make.make_user(Role.FOCAL_POINT, bodies=[commitment.body])
    desk, chief = make.make_user(Role.ASSESSOR), make.make_user(Role.REVIEWER)
    office = make.make_designation(commitment.body, person_name="Somebody")
    later = DAY + datetime.timedelta(days=40)
    held = {}

    def keep(name, obj):
        held[name] = obj

    def change(name, by, save, **values):
        obj = held[name]
        obj.refresh_from_db()
        for field, value in values.items():
            setattr(obj, field, value)
        save(obj, by=by)

    law = {"title": "A law", "kind": "legislation", "independence": "body_itself"}
    report = {"position": "planned", "text": "Soon."}
    steps = [
        lambda: (
            keep("law", Evidence(body=commitment.body, **law)),
            actions.save_evidence(held["law"], by=focal),
        ),
        lambda: change("law", focal, actions.save_evidence, note="Noted"),
        lambda: keep("report", actions.draft_report(commitment, by=focal, **report)),
        lambda: change("report", focal, actions.save_report, text="Now."),
        lambda: keep("cited", actions.cite(held["law"], by=focal, report=held["report"])),
        lambda: actions.uncite(held["cited"], by=focal),
        lambda: actions.cite(held["law"], by=focal, report=held["report"]),
        lambda: actions.submit_report(held["report"], by=focal, on=DAY),
        lambda: keep("copy", actions.copy_last_report(commitment, by=focal)),
        lambda: actions.discard_report(held["copy"], by=focal),
        lambda: keep(
            "judged",
            actions.draft_assessment(commitment, by=desk, result="not_implemented", basis="visit"),
        ),
        lambda: change("judged", desk, actions.save_assessment, rationale="Seen."),
        lambda: actions.cite(held["law"], by=desk, assessment=held["judged"]),
        lambda: actions.send(held["judged"], by=desk, on=DAY),
        lambda: actions.comment(held["judged"], by=focal, on=DAY, text="No."),
        lambda: actions.review(held["judged"], by=desk, on=DAY),
        lambda: actions.return_to_draft(held["judged"], by=chief, reason="Look again"),
        lambda: actions.send(held["judged"], by=desk, on=DAY),
        lambda: actions.review(held["judged"], by=desk, on=later),
        lambda: actions.adopt(held["judged"], by=chief, on=later),
        lambda: keep(
            "other",
            actions.draft_assessment(commitment, by=desk, result="not_implemented", basis="visit"),
        ),
        lambda: actions.withdraw(held["other"], by=desk, reason="Too early"),
        lambda: keep(
            "met", actions.record_delivery(commitment, deadline, by=desk, delivered_on=DAY)
        ),
        lambda: actions.take_back(held["met"], by=desk, reason="In error"),
        lambda: actions.extend(
            commitment, deadline, by=desk, on=DAY, until_on=later, why="Asked for"
        ),
        lambda: actions.confirm_designation(office, by=focal, on=DAY),
        lambda: (
            actions.reveal_contact(office, by=desk, reason="Urgent"),
            actions.save(Theme(slug="watched", name="W"), by=administrator),
        ),
        lambda: actions.undo(Change.objects.first(), by=administrator, reason="In error"),
    ]
    watch = Watch()
    for step in steps:
        step()
        assert {each.door for each in watch.changes()} == {Door.COMMAND}
    assert Report.objects.get(pk=held["report"].pk).submitted_on == DAY
    assert Designation.objects.get(pk=office.pk).last_confirmed_on == DAY


def test_every_command():
    rows = [
        {"model": "tracker.theme", "fields": {"slug": "watched", "name": "Watched"}},
        {"model": "tracker.theme", "fields": {"slug": "extradition", "name": "Renamed"}},
    ]
    watch = Watch()
    load_rows(rows, by=None, reason="Loaded")
    assert len(watch.changes()) == 2
    call_command("load_register", register="demonstration")  # Sets the renamed one back.
    assert {each.door for each in watch.changes()} == {Door.COMMAND}
    call_command("first_account")
    [made] = watch.changes()
    assert (made.noun, made.object_key, made.by) == ("user", "admin", None)


def test_a_record_that_others_name_is_not_deleted_behind_their_back(administrator):
    """Deleting a theme would change its paragraphs, and no Change of theirs would say so."""
    theme = make.make_theme()
    provision = make.make_provision(themes=[theme])
    with pytest.raises(actions.Held) as held:
        actions.delete(theme, by=administrator)
    assert held.value.holders == [provision]
    assert list(Provision.objects.get(pk=provision.pk).themes.all()) == [theme]

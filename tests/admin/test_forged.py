"""Posts that no page of ours would send: refused, or without effect."""

import pytest

from tests.admin.pages import add_row, change_of, form_of, list_of, submit
from tests.make import (
    make_addressee,
    make_assessment,
    make_designation,
    make_document,
    make_evidence,
    make_provision,
    make_report,
    make_resolution,
    make_theme,
    make_user,
)
from tracker.admin.rows import MOST_ROWS
from tracker.models import Addressee, Change, Document, Theme
from tracker.rights import Act, Reach, reach
from tracker.vocabulary import Classification, Role

pytestmark = pytest.mark.django_db


def test_a_row_of_another_record_is_not_taken_over(desk):
    mine, other = make_addressee(), make_addressee()
    answer = submit(
        desk,
        change_of(mine.provision),
        **{"addressees-0-id": str(other.pk), "addressees-0-kind": "states"},
    )
    assert answer.status_code in (200, 302)
    for addressee in (mine, other):
        kept = Addressee.objects.get(pk=addressee.pk)
        assert (kept.kind, kept.provision) == ("all_states", addressee.provision)
    assert not Change.objects.filter(door="admin").exists()


def test_a_row_is_not_moved_under_another_record(desk):
    mine, other = make_addressee(), make_provision()
    submit(
        desk,
        change_of(mine.provision),
        **{"addressees-0-provision": str(other.pk), "addressees-0-kind": "states"},
    )
    assert not other.addressees.exists()
    assert Addressee.objects.get(pk=mine.pk).provision == mine.provision


def test_more_rows_than_said_change_nothing(desk):
    resolution = make_resolution()
    row = add_row("documents", 0, slug="forged", kind="report", title="Forged")
    row["documents-TOTAL_FORMS"] = "0"
    submit(desk, change_of(resolution), **row)
    assert not Document.objects.filter(slug="forged").exists()


@pytest.mark.parametrize("count", ["-1", "x", "", "999999"])
def test_a_wrong_count_of_rows_is_no_server_error(desk, count):
    designation = make_designation()
    answer = submit(desk, change_of(designation), **{"competences-TOTAL_FORMS": count})
    assert answer.status_code in (200, 302)
    assert not designation.competences.exists()
    if answer.status_code == 200:
        [rows] = answer.context["inline_admin_formsets"]
        assert len(rows.formset.forms) <= MOST_ROWS


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.VIEWER, Role.REVIEWER])
def test_rows_are_not_added_without_the_right(client, desk, role):
    resolution = make_resolution()
    data = form_of(desk.get(change_of(resolution)), "resolution")
    data |= add_row("documents", 0, slug="forged", kind="report", title="Forged")
    client.force_login(make_user(role, is_staff=True))
    answer = client.post(change_of(resolution), {**data, "reason": "Forged"})
    assert answer.status_code in (302, 403)
    assert not Document.objects.filter(slug="forged").exists()
    assert not Change.objects.filter(door="admin").exists()


@pytest.mark.parametrize("address", ["/admin/tracker/theme/add/", list_of("theme")])
@pytest.mark.parametrize("field", ["password", "id__startswith", "pk__in", "people"])
def test_a_forged_to_field_is_refused(desk, address, field):
    assert desk.get(f"{address}?_popup=1&_to_field={field}").status_code == 400
    data = {"_popup": "1", "_to_field": field, "slug": "forged", "name": "x", "reason": "x"}
    if address.endswith("add/"):
        assert desk.post(address, data).status_code == 400
    assert not Theme.objects.filter(slug="forged").exists()


def test_a_popup_asks_for_a_reason_too(desk):
    data = {"_popup": "1", "slug": "from-popup", "name": "x"}
    assert desk.post("/admin/tracker/theme/add/?_popup=1", data).status_code == 200
    assert not Theme.objects.filter(slug="from-popup").exists()
    assert (
        desk.post("/admin/tracker/theme/add/?_popup=1", {**data, "reason": "x"}).status_code == 200
    )
    assert Theme.objects.filter(slug="from-popup").exists()


def test_a_list_edits_nothing(desk):
    theme = make_theme()
    data = {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "1",
        "form-0-id": str(theme.pk),
        "form-0-name": "Forged",
        "_save": "Save",
        "reason": "Forged",
    }
    desk.post(list_of("theme"), data)
    theme.refresh_from_db()
    assert theme.name != "Forged"


def test_an_action_reaches_only_what_the_list_shows(desk):
    inside, outside = make_theme("within-it"), make_theme("outside-it")
    data = {
        "action": "delete_selected",
        "_selected_action": [str(inside.pk), str(outside.pk), "999999"],
        "post": "yes",
        "reason": "Forged",
    }
    desk.post(list_of("theme", "within=within-it"), data)
    assert not Theme.objects.filter(pk=inside.pk).exists()
    assert Theme.objects.filter(pk=outside.pk).exists()


@pytest.mark.parametrize("chosen", ["x", "-1", "9" * 40])
def test_an_action_on_what_is_no_key_is_no_server_error(desk, chosen):
    before = Theme.objects.count()
    data = {"action": "delete_selected", "_selected_action": chosen, "post": "yes", "reason": "x"}
    assert desk.post(list_of("theme"), data).status_code in (200, 302, 400)
    assert Theme.objects.count() == before


def test_an_unknown_action_does_nothing(desk):
    before = Theme.objects.count()
    desk.post(list_of("theme"), {"action": "drop_all", "_selected_action": "1", "index": "0"})
    assert Theme.objects.count() == before


def test_saving_as_new_is_not_offered(desk):
    document = make_document()
    before = Document.objects.count()
    submit(desk, change_of(document), _saveasnew="1", slug="forged-copy")
    assert Document.objects.count() <= before + 1


@pytest.mark.parametrize(
    "query",
    [
        "",
        "app_label=tracker",
        "app_label=tracker&model_name=provision&field_name=nothing",
        "app_label=tracker&model_name=nothing&field_name=body",
        "app_label=auth&model_name=permission&field_name=content_type",
        "app_label=tracker&model_name=user&field_name=groups",
    ],
)
def test_a_forged_search_box_is_refused(desk, query):
    assert desk.get(f"/admin/autocomplete/?term=x&{query}").status_code == 403


def test_a_search_box_finds_no_accounts_for_an_auditor(client, auditor):
    client.force_login(auditor)
    query = "app_label=tracker&model_name=report&field_name=author&term="
    assert client.get(f"/admin/autocomplete/?{query}").status_code == 403


def test_restricted_offices_follow_the_scope_of_every_door(client, auditor):
    secret = make_designation(classification=Classification.RESTRICTED)
    client.force_login(auditor)
    assert reach(auditor, Act.READ_RESTRICTED) == Reach.ALL
    assert client.get(change_of(secret)).status_code == 200


@pytest.mark.parametrize("make", [make_report, make_assessment, make_evidence])
def test_the_address_of_a_record_that_is_not_open_leads_to_nothing(desk, make):
    """An administrator keeps the register, and does not read what is restricted."""
    shown, hidden = make(), make(classification=Classification.RESTRICTED)
    assert desk.get(change_of(shown)).status_code == 200
    assert desk.get(change_of(hidden)).status_code != 200

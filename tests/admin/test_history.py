"""The history of a record, and the record of changes."""

import pytest

from tests.admin.pages import change_of, list_of, rows_of, submit
from tests.make import make_addressee, make_provision, make_theme, make_user
from tracker.models import Change
from tracker.reports.differences import compare, differences

pytestmark = pytest.mark.django_db


def test_the_history_says_who_when_why_and_what(desk):
    theme = make_theme(name="Before")
    submit(desk, change_of(theme), name="After", reason="Spelling")
    page = desk.get(f"/admin/tracker/theme/{theme.pk}/history/").content.decode()
    for words in ("anna", "Admin", "Spelling", "Updated"):
        assert words in page
    assert "<del>− Before</del>" in page
    assert "<ins>+ After</ins>" in page


def test_a_long_text_is_compared_word_by_word():
    before = "Consider laws and mechanisms for the widest cooperation, police channels included."
    after = before.replace("widest", "closest")
    assert compare(before, after) == [
        ("=", "Consider laws and mechanisms for the "),
        ("-", "widest "),
        ("+", "closest "),
        ("=", "cooperation, police channels included."),
    ]


def test_keys_are_shown_in_words(desk):
    provision = make_provision(force="urges", softened=False)
    submit(desk, change_of(provision), force="requests", softened="on")
    shown = {each.label: each.words for each in differences(Change.objects.of(provision).get())}
    assert shown == {
        "Force": [("-", "Urges"), ("+", "Requests")],
        "Softened": [("-", "No"), ("+", "Yes")],
    }


def test_markup_in_a_record_stays_text(desk):
    theme = make_theme()
    submit(desk, change_of(theme), name="<script>alert(1)</script>", reason="<b>bold</b>")
    change = Change.objects.of(theme).get()
    for address in (f"/admin/tracker/theme/{theme.pk}/history/", change_of(change), "/admin/"):
        page = desk.get(address).content
        assert b"<script>alert" not in page
        assert b"<b>bold" not in page


def test_the_history_of_nothing_is_no_fault(desk):
    assert (
        b"Nothing has been recorded"
        in desk.get(f"/admin/tracker/theme/{make_theme().pk}/history/").content
    )
    assert desk.get("/admin/tracker/theme/999999/history/").status_code == 302


def test_the_history_takes_the_same_queries_for_many_changes(desk, django_assert_num_queries):
    theme = make_theme()
    for number in range(60):
        submit(desk, change_of(theme), name=f"Name {number}")
    with django_assert_num_queries(6):
        page = desk.get(f"/admin/tracker/theme/{theme.pk}/history/")
    assert len(page.context["entries"]) == 50
    assert len(desk.get(page.request["PATH_INFO"] + "?page=2").context["entries"]) == 10


def test_the_rows_of_a_record_are_found_with_it(desk):
    addressee = make_addressee()
    provision = addressee.provision
    submit(desk, change_of(provision), summary="Other", **{"addressees-0-role": "supporting"})
    page = desk.get(list_of("change", f"record={provision.key}"))
    assert {change.noun for change in page.context["cl"].result_list} == {
        "provision",
        "addressee",
    }


@pytest.mark.parametrize(
    "query",
    ["noun=theme", "verb=updated", "door=admin", "by=anna", "q=Spelling", "at_after=2020-01-01"],
)
def test_changes_are_found_by_what_they_say(desk, query):
    theme = make_theme()
    submit(desk, change_of(theme), name="After", reason="Spelling")
    assert rows_of(desk.get(list_of("change", query)))[0] == Change.objects.of(theme).get().pk


def test_a_change_links_to_its_record_unless_it_is_gone(desk):
    theme = make_theme()
    submit(desk, change_of(theme), name="After")
    link = f'<a href="/admin/tracker/theme/{theme.pk}/change/">{theme.slug}</a>'
    assert link in desk.get(list_of("change")).content.decode()
    desk.post(f"/admin/tracker/theme/{theme.pk}/delete/", {"post": "yes", "reason": "Twice"})
    top = desk.get(list_of("change", "verb=deleted")).content.decode()
    assert link not in top
    assert theme.slug in top


def test_the_history_of_a_person_never_holds_the_password(desk):
    person = make_user()
    desk.post(
        f"/admin/tracker/user/{person.pk}/password/",
        {
            "new_password1": "canary-canary-1",
            "new_password2": "canary-canary-1",
            "reason": "Forgotten",
        },
    )
    person.refresh_from_db()
    page = desk.get(f"/admin/tracker/user/{person.pk}/history/").content.decode()
    assert "Forgotten" in page
    assert person.check_password("canary-canary-1")
    assert "canary" not in page
    assert person.password not in page

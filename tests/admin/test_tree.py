"""The provisions edited under their resolution, in official order."""

import pytest

from tests.admin.pages import add_row, change_of, submit
from tests.make import make_commitment, make_provision, make_resolution
from tracker.admin.numbering import next_paragraph, next_part
from tracker.models import Change, Provision, Resolution

pytestmark = pytest.mark.django_db


@pytest.fixture
def resolution(db):
    return Resolution.objects.get(key="S/RES/2322(2016)")


def tree_of(page):
    return page.context["inline_admin_formsets"][0].formset


def test_the_tree_stands_in_official_order(desk, resolution):
    rows = tree_of(desk.get(change_of(resolution))).forms
    numbers = [form.instance.number for form in rows]
    assert len(numbers) == 38
    assert numbers == list(resolution.provisions.order_by("path").values_list("number", flat=True))
    assert numbers.index("9") < numbers.index("9(a)") < numbers.index("10")


def test_depth_is_seen_and_numbers_are_text(desk, resolution):
    page = desk.get(change_of(resolution)).content.decode()
    assert '<span class="place depth-2">13(e)</span>' in page
    assert 'name="provisions-0-number"' not in page


def test_several_paragraphs_are_edited_at_once(desk, resolution):
    answer = submit(
        desk,
        change_of(resolution),
        **{"provisions-0-force": "urges", "provisions-3-summary": "In other words."},
    )
    assert answer.status_code == 302
    changes = list(Change.objects.filter(door="admin").order_by("sequence"))
    assert [change.object_key for change in changes] == [
        "S/RES/2322(2016)/1",
        "S/RES/2322(2016)/4",
    ]
    assert changes[0].differences == {"force": ["calls_upon", "urges"]}


def test_a_paragraph_is_added_in_the_tree(desk, resolution):
    row = add_row("provisions", 38, number="13 (i)", force="urges", summary="A ninth letter.")
    assert submit(desk, change_of(resolution), **row).status_code == 302
    added = Provision.objects.get(key="S/RES/2322(2016)/13(i)")
    assert added.parent.number == "13"
    assert added.eid == "para_13__list_1__point_i"


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("13(e)", "has a provision with this number already"),
        ("99(a)", "99(a) needs paragraph 99"),
        ("abc", "write it like 13 or 13(e)"),
    ],
)
def test_a_wrong_number_is_said_at_its_row(desk, resolution, number, message):
    row = add_row("provisions", 38, number=number, summary="Words.")
    page = submit(desk, change_of(resolution), **row)
    assert page.status_code == 200
    assert message in str(tree_of(page).forms[38].errors)
    assert not Change.objects.filter(door="admin").exists()


def test_the_number_of_a_paragraph_that_is_there_stays(desk, resolution):
    submit(desk, change_of(resolution), **{"provisions-0-number": "77"})
    assert not resolution.provisions.filter(number="77").exists()


def test_links_lead_to_the_form_and_back_to_the_tree(desk, resolution):
    page = desk.get(change_of(resolution)).content.decode()
    assert "number=13%28i%29&amp;component=main&amp;tree=1" in page
    assert "number=23&amp;component=main&amp;tree=1" in page
    provision = resolution.provisions.get(number="5")
    answer = submit(desk, f"{change_of(provision)}?tree=1", summary="Other words.")
    assert answer.headers["Location"] == f"{change_of(resolution)}#provisions-group"


def test_the_form_for_a_letter_is_filled_in(desk, resolution):
    address = f"/admin/tracker/provision/add/?resolution={resolution.pk}&number=13(i)&tree=1"
    page = desk.get(address)
    form = page.context["adminform"].form
    assert form["number"].value() == "13(i)"
    assert (
        f'<option value="{resolution.pk}" selected>S/RES/2322 (2016)</option>'
        in page.content.decode()
    )


def test_an_auditor_reads_the_tree(client, auditor, resolution):
    client.force_login(auditor)
    page = client.get(change_of(resolution)).content.decode()
    assert '<span class="place depth-2">13(e)</span>' in page
    assert "<textarea" not in page
    assert "/admin/tracker/provision/add/" not in page
    assert change_of(resolution.provisions.first()) in page


def test_the_page_takes_the_same_queries_for_many_rows(desk, django_assert_max_num_queries):
    counted = []
    for number in (3, 100):
        resolution = make_resolution()
        for each in range(1, number + 1):
            make_commitment(make_provision(resolution, str(each)))
        with django_assert_max_num_queries(12) as captured:
            desk.get(change_of(resolution))
        counted.append(len(captured))
    assert len(set(counted)) == 1


def test_a_long_resolution_is_saved_in_one_form(desk, django_assert_max_num_queries):
    resolution = make_resolution()
    for number in range(1, 181):
        make_provision(resolution, str(number))
    with django_assert_max_num_queries(90):  # opening and sending together; none for a row
        answer = submit(desk, change_of(resolution), **{"provisions-179-summary": "The last one."})
    assert answer.status_code == 302
    assert resolution.provisions.get(number="180").summary == "The last one."


@pytest.mark.parametrize(("last", "following"), [(None, "1"), ("22", "23"), ("9(b)", "10")])
def test_the_next_paragraph(last, following):
    assert next_paragraph(last) == following


@pytest.mark.parametrize(
    ("number", "last", "following"),
    [
        ("13", None, "13(a)"),
        ("13", "13(e)", "13(f)"),
        ("13", "13(z)", ""),
        ("13(e)", None, "13(e)(i)"),
        ("13(e)", "13(e)(iii)", "13(e)(iv)"),
        ("13(e)(i)", None, ""),
        ("13", "13.1", ""),
    ],
)
def test_the_next_part(number, last, following):
    assert next_part(number, last) == following

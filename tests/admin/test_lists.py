"""The lists: the FilterSets of every door, with messages, links and a fixed number of queries."""

import datetime
import itertools

import pytest
from django.http import QueryDict
from django.urls import reverse

from tests.admin.pages import list_of, rows_of
from tests.files.corpus import pdf
from tests.files.keeping import upload
from tests.make import (
    make_addressee,
    make_assessment,
    make_body,
    make_body_name,
    make_commitment,
    make_deadline,
    make_designation,
    make_document,
    make_evidence,
    make_membership,
    make_provision,
    make_region,
    make_report,
    make_resolution,
    make_theme,
    make_user,
)
from tracker import actions
from tracker.actions import changes
from tracker.filters import (
    BodyFilter,
    CommitmentFilter,
    DesignationFilter,
    DocumentFilter,
    MembershipFilter,
    ProvisionFilter,
    ResolutionFilter,
    ThemeFilter,
)
from tracker.listings import listing
from tracker.models import Evidence, Provision, Region, Resolution, Theme

pytestmark = pytest.mark.django_db

FILTERS = {
    "resolution": ResolutionFilter,
    "provision": ProvisionFilter,
    "body": BodyFilter,
    "membership": MembershipFilter,
    "designation": DesignationFilter,
    "theme": ThemeFilter,
    "document": DocumentFilter,
    "commitment": CommitmentFilter,
}
QUERIES = [
    ("resolution", ""),
    ("resolution", "q=2322"),
    ("resolution", "q=S/RES/2322 (2016)"),
    ("resolution", "year=2016&year=2017&sort=-adopted"),
    ("resolution", "chapter_vii=unconfirmed"),
    ("resolution", "provisions=held&sort=-provisions"),
    ("resolution", "theme=mutual-legal-assistance"),
    ("resolution", "on=2016-12-31"),
    ("provision", ""),
    ("provision", "q=2322"),
    ("provision", "q=2322 13(e)"),
    ("provision", "q=2322 13e"),
    ("provision", "q=S/RES/2322 (2016)"),
    ("provision", "force=calls_upon&force=urges&sort=-commitments"),
    ("provision", "softened=yes&addressee=all_states"),
    ("provision", "theme=extradition&deadline=without"),
    ("provision", "deadline=with&on=2016-12-31"),
    ("provision", "commitments=none&sort=-symbol"),
    ("body", ""),
    ("body", "kind=network&kind=un_entity&sort=-members"),
    ("body", "region=002&sort=-commitments"),
    ("body", "q=interpol"),
    ("body", "standing=existing&designation=some"),
    ("membership", "role=member&role=founder&sort=-from"),
    ("designation", "kind=central_authority&sort=confirmed"),
    ("designation", "function=extradition"),
    ("theme", "sort=-provisions"),
    ("document", "resolution=S/RES/2322(2016)&sort=-dated"),
    ("commitment", ""),
    ("commitment", "q=2322 13(e)"),
    ("commitment", "result=not_assessed&timing=overdue"),
    ("commitment", "result=fully_implemented&result=largely_implemented&sort=-assessed"),
    ("commitment", "region=150&force=calls_upon&position=completed"),
    ("commitment", "theme=mutual-legal-assistance&evidence=some&sort=-evidence"),
    ("commitment", "provision=S/RES/2322(2016)/13&sort=body"),
    ("commitment", "due_before=2018-12-31&on=2020-01-01"),
    ("commitment", "follow_up_after=2026-01-01&sort=follow_up&page=2"),
    ("commitment", "page_size=10&page=3&sort=-reported"),
]


@pytest.mark.parametrize(("noun", "query"), QUERIES, ids=[f"{n}?{q}" for n, q in QUERIES])
def test_a_list_shows_what_the_filters_of_every_door_give(desk, administrator, noun, query):
    data = QueryDict(query)
    found = listing(FILTERS[noun], data, viewer=administrator, today=datetime.date.today())
    assert found.is_valid(), found.errors
    size, page = int(data.get("page_size", 50)), int(data.get("page", 1))
    wanted = [row.pk for row in found.qs][size * (page - 1) : size * page]
    answer = desk.get(list_of(noun, query))
    assert rows_of(answer) == wanted
    assert answer.context["cl"].result_count == found.qs.count()


WRONG = [
    ("commitment", "timing=never", "timing", "overdue"),
    ("commitment", "nonsense=1", "nonsense", "timing"),
    ("commitment", "body__name=x", "body__name", "body"),
    ("commitment", "on=yesterday", "on", "2026-06-30"),
    ("commitment", "sort=-nothing", "sort", "due"),
    ("commitment", "page=999", "page", "the last one is"),
    ("commitment", "page=minus one", "page", "1 or more"),
    ("commitment", "page_size=5000", "page_size", "200"),
    ("commitment", "format=json", "format", "pages only"),
    ("provision", "resolution=2322", "resolution", "S/RES/2322(2016)"),
    ("provision", "e=1", "e", "force"),
    ("provision", "o=-1", "o", "sort"),
    ("provision", "all=", "all", "force"),
    ("provision", "p=2", "p", "page"),
    ("resolution", "adopted_on__year=2016", "adopted_on__year", "year"),
    ("body", "region=999", "region", "No region has the M49 code"),
    ("theme", "q=x", "q", "within"),
    ("change", "on=2020-01-01", "on", "door"),
    ("change", "batch=bulk", "batch", "Enter a valid UUID"),
    ("user", "password__startswith=pbkdf2", "password__startswith", "role"),
    ("report", "commitment=x", "commitment", "S/RES/2322(2016)/13(e)"),
    ("assessment", "result=good", "result", "fully_implemented"),
    ("evidence", "body=NOBODY", "body", "No body has the code"),
    ("region", "level=9", "level", "0, 1, 2, 3"),
]


@pytest.mark.parametrize(("noun", "query", "name", "allowed"), WRONG, ids=[w[1] for w in WRONG])
def test_a_wrong_parameter_is_named_with_what_is_allowed(desk, noun, query, name, allowed):
    answer = desk.get(list_of(noun, query))
    assert answer.status_code == 200
    assert rows_of(answer) == []
    problems = answer.context["cl"].problems
    assert list(problems) == [name]
    assert allowed in " ".join(problems[name])
    assert f"<strong>{name}</strong>".encode() in answer.content


@pytest.mark.parametrize("noun", ["provision", "theme"])
def test_an_action_on_a_wrong_list_does_nothing(desk, noun):
    model = {"provision": Provision, "theme": Theme}[noun]
    before = model.objects.count()
    chosen = [str(pk) for pk in model.objects.values_list("pk", flat=True)[:3]]
    data = {"action": "delete_selected", "_selected_action": chosen, "post": "yes", "reason": "x"}
    desk.post(list_of(noun, "nonsense=1"), data)
    assert model.objects.count() == before


# How many queries


def some_resolutions(n):
    for _ in range(n):
        make_document(resolution=make_provision().resolution)


def some_provisions(n):
    resolution, theme, state = make_resolution(), make_theme(), make_body()
    for number in range(1, n + 1):
        provision = make_provision(resolution, str(number), themes=[theme])
        make_addressee(provision)
        make_addressee(provision, kind="body", body=state, role="supporting")
        make_deadline(provision)
        make_commitment(provision, state)


def some_bodies(n):
    region = Region.objects.first()
    for _ in range(n):
        body = make_body(region=region)
        make_body_name(body)
        make_membership(member=body)
        make_commitment(body=body)


def some_facts(n):
    for _ in range(n):
        commitment = make_commitment()
        make_report(commitment)
        make_assessment(commitment)


def some_changes(n):
    people = [make_user() for _ in range(n)]
    for person in people:
        changes.record([changes.created(person)], by=person, reason="Test")


codes = itertools.count()
#: Noun → what makes rows for its list, and how many queries its list takes.
BUDGETS = {
    "resolution": (some_resolutions, 9),
    "provision": (some_provisions, 11),
    "theme": (lambda n: [make_theme() for _ in range(n)], 7),
    "document": (lambda n: [make_document(resolution=make_resolution()) for _ in range(n)], 6),
    "body": (some_bodies, 7),
    "membership": (lambda n: [make_membership() for _ in range(n)], 7),
    "designation": (lambda n: [make_designation() for _ in range(n)], 8),
    "region": (lambda n: [make_region(code=f"X{next(codes):02}") for _ in range(n)], 6),
    "commitment": (some_facts, 10),
    "report": (some_facts, 6),
    "assessment": (some_facts, 6),
    "evidence": (lambda n: [make_evidence(body=make_body()) for _ in range(n)], 6),
    "change": (some_changes, 6),
    "user": (lambda n: [make_user(bodies=[make_body()]) for _ in range(n)], 7),
}


@pytest.mark.parametrize("noun", BUDGETS)
def test_a_list_takes_the_same_queries_for_many_rows(desk, noun, django_assert_max_num_queries):
    make, budget = BUDGETS[noun]
    counted = []
    for number in (3, 40):
        make(number)
        with django_assert_max_num_queries(budget) as captured:
            page = desk.get(list_of(noun, "page_size=200"))
        assert page.context["cl"].result_list
        counted.append(len(captured))
    assert len(set(counted)) == 1


# Links


def test_every_count_leads_to_the_list_behind_it(desk):
    for noun in ("resolution", "provision", "body", "theme"):
        page = desk.get(list_of(noun, "page_size=200"))
        columns = page.context["cl"].list_display
        for row in page.context["cl"].result_list[:15]:
            for column in columns:
                cell = str(getattr(page.context["cl"].model_admin, column, lambda _row: "")(row))
                if cell.startswith('<a href="'):
                    address, number = cell[9:].removesuffix("</a>").split('">')
                    behind = desk.get(address.replace("&amp;", "&"))
                    assert behind.context["cl"].result_count == int(number), (row, column)


def test_a_count_of_another_day_leads_to_the_list_of_that_day(desk):
    page = desk.get(list_of("resolution", "on=2018-01-01&q=2322"))
    assert b"commitment/?resolution=S/RES/2322(2016)&amp;on=2018-01-01" in page.content


def test_a_filter_keeps_the_others_and_the_order(desk):
    page = desk.get(list_of("provision", "force=urges&sort=-commitments&q=2322&page=1"))
    links = [
        choice["query_string"]
        for spec in page.context["cl"].filter_specs
        for choice in spec.choices(page.context["cl"])
        if spec.name == "force" and choice["display"] == "Requests"
    ]
    assert links == ["?force=urges&force=requests&q=2322&sort=-commitments"]


def test_a_chip_removes_its_own_value_only(desk):
    page = desk.get(list_of("provision", "force=urges&force=requests&q=2322"))
    assert ("Force", "Urges", "?force=requests&q=2322") in page.context["cl"].chips


def test_a_search_keeps_the_filters(desk):
    page = desk.get(list_of("provision", "force=urges&force=requests&q=2322&page=1"))
    pairs = page.context["cl"].hidden_pairs
    assert pairs == [("force", "urges"), ("force", "requests")]


def test_a_column_head_sorts_by_the_name_that_all_doors_use(desk):
    page = desk.get(list_of("resolution", "sort=adopted")).content
    assert b"?sort=-adopted" in page
    assert b"?sort=provisions" in page
    assert b"?o=" not in page


def test_years_stand_above_the_resolutions(desk):
    page = desk.get(list_of("resolution", "year=2016"))
    years = [each["display"] for each in page.context["cl"].timeline if each["selected"]]
    assert years == ["2016"]
    assert {row.year for row in page.context["cl"].result_list} == {2016}


def test_what_does_not_stand_today_can_still_be_reached(desk):
    ended = make_membership(until_on=datetime.date(2020, 1, 1))
    page = desk.get(list_of("membership"))
    assert ended.pk not in rows_of(page)
    assert reverse("admin:tracker_membership_change", args=[ended.pk]).encode() in page.content
    undated = make_resolution(year=datetime.date.today().year, adopted_on=None)
    assert Resolution.objects.filter(pk=undated.pk).exists()
    assert undated in desk.get(list_of("resolution")).context["cl"].outside


def test_an_empty_list_says_so(desk):
    assert b"Nothing matches" in desk.get(list_of("body", "q=zzzzzz")).content


def test_a_piece_of_evidence_shows_what_its_file_is_and_not_where_it_lies(desk, folder):
    row = Evidence(title="With a file", kind="case", independence="independent")
    actions.save_evidence(row, by=None, upload=upload(pdf(), "Act.pdf"))
    for path in (f"/admin/tracker/evidence/{row.pk}/change/", list_of("evidence", "q=with a file")):
        shown = desk.get(path).content.decode()
        assert row.file.name not in shown and row.file.name[3:] not in shown
    page = desk.get(f"/admin/tracker/evidence/{row.pk}/change/").content.decode()
    assert row.checksum in page and "Act.pdf" in page and "application/pdf" in page
    history = desk.get(f"/admin/tracker/evidence/{row.pk}/history/")
    assert row.file.name not in history.content.decode()

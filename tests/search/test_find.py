"""Hits are the same on both databases: the table of queries says which, whatever the database."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from tests.make import (
    make_body,
    make_body_name,
    make_document,
    make_evidence,
    make_provision,
    make_report,
    make_resolution,
    make_theme,
    make_user,
)
from tracker.models import Provision, Resolution, SearchEntry
from tracker.search import find as searching
from tracker.search import index
from tracker.search.hits import hits_of
from tracker.vocabulary import BodyKind, SearchGroup

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 1)

#: What somebody types, and the records found, the best first.
QUERIES = [
    ("zylophone", ["Zylophone law", "Zylophones of Quuxland", "para"]),
    ("ZYLOPH", ["Zylophone law", "Zylophones of Quuxland", "para"]),
    ("zylophone law", ["Zylophone law"]),
    ("law zylophone", ["Zylophone law"]),
    ("zylophonist", []),
    ("coopération zylophone", ["para"]),
    ("Quuxland", ["Quuxland", "Zylophones of Quuxland", "Quuxlandia"]),
    ("quux", ["Quuxland", "Quuxlandia", "Zylophones of Quuxland"]),
    ("كوكسلاند", ["Quuxland"]),
    ("الجمهوريه", ["Quuxland"]),
    ("جمهورية كوكس", ["Quuxland"]),
    ("夸克斯", ["Quuxland"]),
    ("夸", ["Quuxland"]),
    ("克斯共和国", ["Quuxland"]),
    ("克共", []),
    ("Кукслэнд", ["Quuxland"]),
    ("кукслэнд", ["Quuxland"]),
    ("Couxlande", ["Quuxland"]),
    ("Cóuxlandia", ["Quuxland"]),
    ("9777", ["S/RES/9777 (2016)", "para"]),
    ("9777 7", ["para"]),
    ("977", []),
    ("'); DROP TABLE x; --", []),
    ('" OR zylophone*', []),
    ("NEAR(zylophone law)", []),
    ("zylophone & !law", ["Zylophone law"]),
    ("!!! ()", []),
]


@pytest.fixture
def shelf():
    """A few records with words that stand nowhere else."""
    resolution = make_resolution(9777)
    make_provision(resolution, "7", summary="Coopération on zylophones, 引渡请求.")
    land = make_body("QUUX", name="Quuxland")
    for language, text in (
        ("ar", "جمهورية كُوكسلاند"),
        ("zh", "夸克斯共和国"),
        ("ru", "Кукслэнд"),
        ("fr", "Couxlande"),
        ("es", "Couxlándia"),
    ):
        make_body_name(land, text=text, language=language)
    make_body("QUUXIA", name="Quuxlandia", description="A longer text about another land.")
    make_document("zylo-law", title="Zylophone law")
    make_evidence(key="ZYLO-1", title="Zylophones of Quuxland", note="A note of some words.")


def titles(text, viewer=None, **options):
    viewer = viewer or make_user()
    entries = searching.find(text, viewer=viewer, on=TODAY, **options)
    hits = hits_of(entries, text, viewer=viewer)
    return ["para" if hit.group == "provision" else hit.name for hit in hits]


@pytest.mark.parametrize(("text", "expected"), QUERIES)
def test_the_same_is_found_on_both_databases(shelf, text, expected):
    assert titles(text) == expected


def test_a_name_as_it_stands_comes_before_a_longer_one(shelf):
    make_body("NIGIA", name="Nigia")
    make_body("NIG", name="Nig", description="Many words " * 9)
    assert titles("nig")[0] == "Nig"


def test_networks_stand_apart_from_other_bodies(shelf):
    make_body("ZYLONET", kind=BodyKind.NETWORK, name="Zylophone network")
    entries = searching.find("zylophone", viewer=make_user(), on=TODAY)
    assert searching.counts(entries) == {
        "provision": 1,
        "network": 1,
        "document": 1,
        "evidence": 1,
    }
    assert titles("zylophone", groups=[SearchGroup.BODY]) == []


def test_the_overview_counts_what_the_groups_hold(shelf):
    for number in range(8):
        make_theme(f"zylo-{number}", name=f"Zylophone {number}")
    entries = searching.find("zylophone", viewer=make_user(), on=TODAY)
    found = searching.overview(entries, first=5)
    assert [(each.group, each.count, len(each.entries)) for each in found] == [
        ("provision", 1, 1),
        ("theme", 8, 5),
        ("document", 1, 1),
        ("evidence", 1, 1),
    ]
    assert {each.group: each.count for each in found} == searching.counts(entries)
    themes = searching.find("zylophone", viewer=make_user(), on=TODAY, groups=["theme"])
    assert [e.pk for e in found[1].entries] == [e.pk for e in themes[:5]]


def test_what_was_not_there_on_a_day_is_not_found_for_it(shelf):
    later = datetime.date(2016, 1, 1)
    entries = searching.find("9777", viewer=make_user(), on=later)
    assert not entries.exists()


def test_the_words_of_a_hit_are_marked_in_its_text(shelf):
    viewer = make_user()
    entries = searching.find("引渡 cooperation", viewer=viewer, on=TODAY)
    [hit] = hits_of(entries, "引渡 cooperation", viewer=viewer)
    assert [piece.text for piece in hit.text if piece.hit] == ["Coopération", "引渡"]


def test_a_name_in_another_language_shows_why_it_was_found(shelf):
    viewer = make_user()
    [hit] = hits_of(searching.find("кукслэнд", viewer=viewer, on=TODAY), "кукслэнд", viewer=viewer)
    assert [piece.text for piece in hit.text] == ["Кукслэнд"]


def test_the_search_reads_the_index(shelf):
    """On a table that is large enough for a database to care."""
    index.put(
        SearchEntry(noun="theme", object_id=10_000 + n, title=f"filler{n}", others="word", size=2)
        for n in range(3000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    plan = searching.find("zylophone", viewer=make_user(), on=TODAY).explain()
    if connection.vendor == "postgresql":
        assert "search_all_words" in plan
    else:
        assert "tracker_searchwords VIRTUAL TABLE INDEX" in plan
    assert "Seq Scan on tracker_searchentry" not in plan
    assert "SCAN tracker_searchentry" not in plan


def test_a_report_is_found_under_its_own_words_alone():
    make_report(text="Wuggish progress")
    [entry] = searching.find("wuggish", viewer=make_user(), on=TODAY)
    assert searching.group_of(entry) == "report"


@pytest.mark.parametrize("day", ["2015-12-31", "2016-12-31", "2026-12-31", "2027-01-01"])
def test_what_may_be_seen_on_a_day_is_what_its_lists_show(shelf, day):
    """Whether all resolutions were adopted by then, some of them, or one has no day yet."""
    on, viewer = datetime.date.fromisoformat(day), make_user()
    make_provision(make_resolution(9888, 2026, None), "1", summary="Of no day yet.")
    for group, model in (("provision", Provision), ("resolution", Resolution)):
        entries = searching.open_entries(viewer=viewer, on=on, groups=[group])
        listed = model.objects.visible_to(viewer).as_of(on)
        assert set(entries.values_list("object_id", flat=True)) == {row.pk for row in listed}
    nobody = searching.open_entries(viewer=AnonymousUser(), on=on, groups=["provision"])
    assert not nobody.exists()

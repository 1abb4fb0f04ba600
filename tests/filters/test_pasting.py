"""Pasted lists: symbols as people write them, what is not understood is named with its line."""

import pytest

from tests import make
from tracker.filters.fields import written_out
from tracker.filters.finders import find_body, find_provision, find_resolution, find_theme
from tracker.filters.pasting import read_pasted

pytestmark = pytest.mark.django_db

E13 = "S/RES/2322(2016)/13(e)"


@pytest.mark.parametrize(
    "text",
    [
        "S/RES/2322 (2016) ¶13(e)",
        "S/RES/2322(2016)/13(e)",
        "2322 13e",
        "2322 13(e)",
        "S/RES/2322 OP13(e)",
        "  s/res/2322 (2016)   OP 13 (e) ",
    ],
)
def test_a_paragraph_is_understood_as_it_is_usually_written(text):
    assert read_pasted(text, find_provision).keys == [E13]


@pytest.mark.parametrize("mark", ["\n", ",", "\t", "; ", " ", "\r\n", ",\n"])
def test_entries_stand_on_lines_or_between_marks_or_spaces(mark):
    found = read_pasted(mark.join(["2322 13e", "2322 14", "2322 13e"]), find_provision)
    assert (found.keys, found.wrong) == ([E13, "S/RES/2322(2016)/14"], [])
    assert read_pasted(mark.join(["xaa", "CTED"]), find_body).keys == ["XAA", "CTED"]


def test_what_is_not_understood_is_named_with_its_line_and_the_rest_is_kept():
    found = read_pasted("2322 13e\n\n2322 99z, 2322 14\nhello world\n", find_provision)
    assert found.keys == [E13, "S/RES/2322(2016)/14"]
    assert found.wrong == [(3, "2322 99z"), (4, "hello world")]


def test_a_year_that_is_not_the_year_of_the_number_is_no_symbol():
    assert read_pasted("S/RES/2322 (2017)", find_resolution).wrong == [(1, "S/RES/2322 (2017)")]
    assert read_pasted("2322 S/RES/1373 (2001)", find_resolution).keys == [
        "S/RES/2322(2016)",
        "S/RES/1373(2001)",
    ]


def test_bodies_and_themes_are_known_by_name_too():
    make.make_body("TWO-WORDS", name="Two Words")
    assert read_pasted("Two Words\nCTED", find_body).keys == ["TWO-WORDS", "CTED"]
    assert read_pasted("Mutual legal assistance", find_theme).keys == ["mutual-legal-assistance"]


def test_two_hundred_symbols_take_two_queries(django_assert_max_num_queries):
    resolution = make.make_resolution(9322)
    numbers = [make.make_provision(resolution, f"{n}").number for n in range(1, 201)]
    with django_assert_max_num_queries(2):
        found = read_pasted("\n".join(f"9322 {number}" for number in numbers), find_provision)
    assert (len(found.keys), found.wrong) == (200, [])


def test_a_kept_set_stands_for_its_keys_and_a_set_that_is_not_there_is_refused():
    make.make_kept_keys(["A", "B"], slug="ab")
    assert written_out(["C", "@ab", "A"]) == ["C", "A", "B"]
    with pytest.raises(ValueError, match="@none"):
        written_out(["@none"])

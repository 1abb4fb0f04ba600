"""Symbols and paragraph numbers: what is accepted, and the one spelling that comes out."""

import pytest

from tracker import symbols


@pytest.mark.parametrize("text", ["S/RES/2322(2016)", "S/RES/2322 (2016)", " s/res/2322  (2016) "])
def test_a_symbol_has_one_key_however_it_is_spaced(text):
    assert symbols.resolution_key(text) == "S/RES/2322(2016)"


@pytest.mark.parametrize("text", ["", "2322", "S/RES/2322", "A/RES/71/291", "S/RES/x(2016)"])
def test_a_malformed_symbol_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match=r"S/RES/2322\(2016\)"):
        symbols.resolution_key(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [("13", "13"), ("13(e)", "13(e)"), ("13 (e)", "13(e)"), ("13E", "13(e)"), ("3.2", "3.2")],
)
def test_a_number_has_one_spelling(text, number):
    assert symbols.provision_number(text) == number


@pytest.mark.parametrize("text", ["", "e", "13(", "13(e", "13((e))", "13;drop", "13(É)", "١٣"])
def test_a_malformed_number_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match=r"13\(e\)"):
        symbols.provision_number(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2322", symbols.Reference(2322)),
        ("S/RES/2322", symbols.Reference(2322)),
        ("S/RES/2322 (2016)", symbols.Reference(2322, 2016)),
        ("2322 13(e)", symbols.Reference(2322, None, "13(e)")),
        ("2322 13e", symbols.Reference(2322, None, "13(e)")),
        ("resolution 2322 (2016) para 13 (e)", symbols.Reference(2322, 2016, "13(e)")),
        ("S/RES/2322(2016)/13(e)", symbols.Reference(2322, 2016, "13(e)")),
        ("2322 OP13", symbols.Reference(2322, None, "13")),
        ("2322 ¶13(e)", symbols.Reference(2322, None, "13(e)")),
    ],
)
def test_what_people_type_is_read_as_a_reference(text, expected):
    assert symbols.parse_reference(text) == expected


@pytest.mark.parametrize("text", ["", "Central Authorities", "13(e)", "2322 extradition", "22"])
def test_plain_text_is_not_taken_for_a_symbol(text):
    assert symbols.parse_reference(text) is None


def test_keys_of_provisions_round_trip():
    for component, number in [("main", "13(e)"), ("annex_1", "3"), ("annex_12", "3.2")]:
        key = symbols.provision_key("S/RES/2368(2017)", number, component)
        assert symbols.split_provision_key(key) == ("S/RES/2368(2017)", component, number)


@pytest.mark.parametrize("key", ["", "S/RES/2322(2016)", "S/RES/2322(2016)/", "x/13(e)"])
def test_a_malformed_provision_key_is_refused(key):
    with pytest.raises(ValueError, match="S/RES/2322"):
        symbols.split_provision_key(key)


def test_eids_follow_akn4un():
    assert symbols.eid("13") == "para_13"
    assert symbols.eid("13(e)") == "para_13__list_1__point_e"


def test_paths_sort_in_official_order():
    official = [
        "1",
        "2",
        "9",
        "9(a)",
        "9(b)",
        "10",
        "13",
        "13(h)",
        "13(h)(i)",
        "13(h)(v)",
        "13(h)(ix)",
        "14",
    ]
    assert sorted(official, key=symbols.sort_path) == official
    assert symbols.sort_path("99") < symbols.sort_path("1", "annex_1")


def test_the_parent_is_one_level_up():
    assert symbols.parent_number("13(e)(ii)") == "13(e)"
    assert symbols.parent_number("13(e)") == "13"
    assert symbols.parent_number("13") is None

"""Words of six languages, folded and cut the same way for what is held and what is looked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.search.text import fold, marked, snippet, terms_of, words_of

#: How people spell, and how the text spells.
SAME = [
    ("EXTRADITION", "extradition"),
    ("cooperation", "Coopération"),
    ("extradition", "l’extradition"),
    ("Turkiye", "Türkiye"),
    ("Cote d'Ivoire", "Côte d’Ivoire"),
    ("résolution", "re\u0301solution"),
    ("Espana", "España"),
    ("еще", "ещё"),
    ("ВЫДАЧА", "выдача"),
    # Alef with hamza, final yaa, taa marbuta, short vowels, tatweel, the article.
    ("الارهاب", "الإرهاب"),
    ("ارهاب", "الإرهاب"),
    ("مساعدة", "المُساعَدَةِ"),
    ("المتحده", "المتحدة"),
    ("قضائى", "قضائي"),
    ("دولـــة", "دولة"),
    ("2322", "٢٣٢٢"),
    ("引渡", "关于引渡的请求"),
    ("国", "中国"),
    ("司法协助", "国际司法协助"),
    ("２３２２号", "第2322号决议"),
    ("efﬁcient", "efficient"),
    ("Strasse", "Straße"),
    ("Lodz", "Łódź"),
]
APART = [
    ("extradition", "tradition"),
    ("国际法", "国内法"),
    ("引渡", "渡引"),
    ("الدول", "القانون"),
    ("23", "2322"),
    ("UN", "under"),
]


def finds(query: str, text: str) -> bool:
    words = [word.text for word in words_of(text)]
    return all(any(term.meets(word) for word in words) for term in terms_of(query))


@pytest.mark.parametrize(("query", "text"), SAME)
def test_what_is_spelled_in_two_ways_is_found_both_ways(query, text):
    assert finds(query, text)


@pytest.mark.parametrize(("query", "text"), APART)
def test_other_words_are_not_found(query, text):
    assert not finds(query, text)


def test_a_symbol_is_found_by_its_parts():
    assert finds("S/RES/2322 (2016)", "S/RES/2322(2016)/13(e)")
    assert finds("2322 13(e)", "S/RES/2322(2016)/13(e)")
    assert not finds("2322 13(f)", "S/RES/2322(2016)/13(e)")


def test_a_beginning_finds_longer_words():
    assert finds("extradit", "Extraditions")
    assert not finds("extraditions", "extradition")


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_words_hold_letters_and_digits_alone(text):
    for word in words_of(text):
        assert word.text and len(word.text) <= 40
        assert word.text.isalnum() and "'" not in word.text and '"' not in word.text
        assert 0 <= word.start < word.end <= len(text)


@given(st.text())
def test_a_text_finds_itself(text):
    assert finds(text, text)


@given(st.text(), st.text(min_size=1, max_size=5))
def test_marking_and_cutting_lose_no_character(text, query):
    pieces = marked(text, terms_of(query))
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)


@given(st.text(alphabet="ab 引渡é<&", max_size=400), st.text(alphabet="ab 引渡é", max_size=5))
def test_a_snippet_shows_a_hit_where_there_is_one(text, query):
    terms = terms_of(query)
    hit = any(term.meets(word.text) for term in terms for word in words_of(text))
    assert any(piece.hit for piece in snippet(text, terms)) == hit


def test_a_hit_is_marked_where_it_stands():
    text = "Coopération: l’extradition, Extraditions et 引渡请求."
    pieces = marked(text, terms_of("extradition 引渡请"))
    assert [piece.text for piece in pieces if piece.hit] == [
        "extradition",
        "Extraditions",
        "引渡请",
    ]


def test_a_long_text_is_cut_around_the_hit():
    text = "before " * 60 + "extradition " + "after " * 90
    pieces = snippet(text, terms_of("extradition"))
    assert pieces[0].text == "… " and pieces[-1].text == " …"
    assert sum(len(piece.text) for piece in pieces) < 420

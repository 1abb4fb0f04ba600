"""Lints over templates and styles: translated, flowing in either direction, nothing inline."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
OWN = [
    "base.html",
    "400.html",
    "403.html",
    "404.html",
    "429.html",
    "500.html",
    "503.html",
    "_fault.html",
    "registration",
    "dashboard",
]
TEMPLATES = sorted(
    path
    for name in OWN
    for path in ([ROOT / "templates" / name] + list((ROOT / "templates" / name).rglob("*.html")))
    if path.is_file()
)
FOLDER = ROOT / "tracker" / "static" / "tracker"
STYLE = FOLDER / "tracker.css"
STYLES = sorted(FOLDER.glob("*.css"))
#: Four measures of which the second and the fourth differ, such as ``0 1rem 0 0``.
PART = r"[^\s;}]+"
ONE_SIDED = rf"(?:margin|padding|inset):\s*{PART} ({PART}) {PART} (?!\1[;}}\s]){PART}\s*[;}}]"

#: What may stand between tags without being translated.
UNTRANSLATED = {
    "400",
    "403",
    "404",
    "429",
    "500",
    "503",
    "ISO",
    "M49",
    "docs.un.org",
    "JSON",
    "SHA",
}
#: A header as it is sent, and how every token begins.
UNTRANSLATED |= {"Authorization", "Bearer", "ct"}


def name_of(path):
    return str(path.relative_to(ROOT / "templates"))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_text_of_a_template_can_be_translated(path):
    text = path.read_text()
    text = re.sub(r"\{#.*?#\}", "", text)
    text = re.sub(r"\{% block table_class %\}.*?\{% endblock %\}", "", text)
    text = re.sub(r"\{% blocktranslate.*?%\}.*?\{% endblocktranslate %\}", "", text, flags=re.S)
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.S)
    text = re.sub(r"<code[^>]*>.*?</code>", "", text)
    for attribute in ("aria-label", "placeholder", "title", "alt"):
        for value in re.findall(rf'{attribute}="([^"]*)"', text):
            assert not re.search(r"[A-Za-z]{2}", value), f"{attribute}: {value}"
    between = re.sub(r"<[^>]*>", "\n", re.sub(r"\s+", " ", text))
    words = set(re.findall(r"[A-Za-z][A-Za-z0-9.]+", between)) - UNTRANSLATED
    assert not words, words


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_the_words_of_a_template_are_neutral(path):
    text = path.read_text().lower()
    for word in ("fail", "delinquent", "complian", "regime", "violat", "refuse to", "nation "):
        assert word not in text


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_has_no_style_or_script_within(path):
    text = path.read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|hx-on|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_asks_no_questions_of_its_own(path):
    assert not re.search(r"\.objects|_set\.|\.filter|\.count\b(?!\|| )", path.read_text())


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_the_style_knows_no_left_and_no_right(path):
    style = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
    physical = re.findall(
        r"[^-\w](?:left|right)\b|(?:margin|padding|border)-(?:top|bottom|left|right)"
        r"|(?:^|[;{\s])(?:width|height|min-width|min-height|max-height|top|bottom)\s*:",
        style,
    )
    assert physical == []
    assert not re.search(ONE_SIDED, style)


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_the_style_fetches_nothing(path):
    assert "url(" not in path.read_text()
    assert "@import" not in path.read_text()


def test_the_style_stays_small():
    assert STYLE.stat().st_size < 30_000

"""The catalogues are complete, keep what the texts are filled with, and are what is compiled."""

import gettext
import os
import re
import shutil

import polib
import pytest
from django.conf import settings
from django.core.management import call_command

TRANSLATED = [code for code, _name in settings.LANGUAGES if code != "en"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|</?\w+[^>]*>")


def folder(language):
    return settings.LOCALE_PATHS[0] / language / "LC_MESSAGES"


def catalogue(language):
    return polib.pofile(str(folder(language) / "django.po"))


def sayings(entry):
    """Each translated form of an entry with the original that it stands for."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [(entry.msgid_plural, text) for text in entry.msgstr_plural.values()]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated(language):
    entries = [each for each in catalogue(language) if not each.obsolete]
    assert len(entries) > 1000
    assert [each.msgid for each in entries if each.fuzzy or not each.translated()] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_is_filled_with_the_same_things(language):
    wrong = []
    for entry in catalogue(language):
        for original, translated in sayings(entry):
            wanted, found = (set(PLACEHOLDER.findall(text)) for text in (original, translated))
            # A form for one or two may say the number in words.
            if not found <= wanted or (not entry.msgid_plural and found != wanted):
                wrong.append((original, translated))
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_compiled_is_what_was_translated(language):
    with (folder(language) / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for entry in catalogue(language).translated_entries():
        if not entry.msgid_plural:
            said = compiled.pgettext(entry.msgctxt, entry.msgid) if entry.msgctxt else None
            assert (said or compiled.gettext(entry.msgid)) == entry.msgstr


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    """The texts of code and templates, as gettext finds them in a copy: the catalogues stay."""
    if shutil.which("xgettext") is None:
        assert not os.environ.get("REQUIRE_GETTEXT"), "REQUIRE_GETTEXT is set, gettext is missing"
        pytest.skip("gettext is not installed (Debian: apt-get install gettext)")
    copy = tmp_path_factory.mktemp("code")
    for name in ("config", "templates", "tracker"):
        unread = shutil.ignore_patterns("__pycache__", "static")
        shutil.copytree(settings.BASE_DIR / name, copy / name, ignore=unread)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "LOCALE_PATHS", [copy / "locale"])
        patch.chdir(copy)
        call_command("makemessages", locale=["en"], verbosity=0)
    entries = polib.pofile(str(copy / "locale" / "en" / "LC_MESSAGES" / "django.po"))
    return [(each.msgctxt, each.msgid, each.msgid_plural) for each in entries]


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_holds_every_text_of_the_code(language, texts):
    held = {
        (each.msgctxt, each.msgid, each.msgid_plural)
        for each in catalogue(language)
        if not each.obsolete
    }
    assert len(texts) > 1000
    assert [text for text in texts if text not in held] == []

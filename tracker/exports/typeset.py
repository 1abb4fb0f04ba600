"""A paper as PDF for everybody (tagged, PDF/UA-1), typeset by Typst.

What is printed goes in as data, never as code. Typst reads the template and the fonts of this
folder and nothing else: no files beside them, no system fonts, no packages, no network.
"""

import dataclasses
import datetime
import functools
import json
from pathlib import Path

import typst
from django.utils.translation import gettext as _

from tracker.exports.letters import FONTS, printable
from tracker.exports.paper import Paper, Words

ASSETS = Path(__file__).parent / "assets"
STANDARD = "ua-1"


@dataclasses.dataclass(frozen=True)
class Printed:
    """A file and how many pages it has."""

    data: bytes
    pages: int


def printed(paper: Paper, *, language: str) -> Printed:
    """``paper`` as PDF; the same paper gives the same bytes.

    Its date is the day that it is about, since the moment of printing says nothing.
    """
    compiler = typst.Compiler(
        input=str(ASSETS / "paper.typ"),
        root=str(ASSETS),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(_data(paper, language), ensure_ascii=False)},
        # Nothing is imported; should a template ever try, it finds an empty place.
        package_path=str(ASSETS / "fonts"),
        package_cache_path=str(ASSETS / "fonts"),
    )
    on = paper.about.on
    day = datetime.datetime(on.year, on.month, on.day, tzinfo=datetime.UTC)
    data = compiler.compile(format="pdf", pdf_standards=[STANDARD], timestamp=day)
    return Printed(data, int(compiler.query("<pages>", field="value", one=True)))


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


def _data(paper: Paper, language: str) -> dict:
    about = paper.about
    on = about.on
    return {
        **_plain(dataclasses.replace(paper, about=None)),
        "language": language,
        "day": [on.year, on.month, on.day],
        "level": printable(about.level),
        "as_of": printable(about.as_of),
        "source": printable(about.source),
        "page": printable(_("Page {page} of {pages}")),
        "file": printable(f"{paper.title} · {about.as_of}"),
    }


def _plain(value):
    """Dataclasses as dicts, with only letters that can be printed."""
    if isinstance(value, Words):
        return {
            "text": printable(value.text),
            "href": value.href,
            "language": value.language,
            "direction": value.direction,
        }
    if dataclasses.is_dataclass(value):
        fields = dataclasses.fields(value)
        return {each.name: _plain(getattr(value, each.name)) for each in fields}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return printable(value) if isinstance(value, str) else value

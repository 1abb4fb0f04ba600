"""A list or the matrix as a file, the same by every door: ``?format=csv`` and so on.

The rows are those of the FilterSet, so a file holds exactly what its list counts.
"""

import datetime
import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tracker import downloads
from tracker.downloads import HEADERS
from tracker.exports.about import About, sentence
from tracker.exports.fitting import BRIEFS
from tracker.exports.forms import Form, TooMany
from tracker.exports.package import MEDIA_TYPE, Part, package
from tracker.exports.pictures import MATRIX, PROFILE, cell_rows, theme_rows
from tracker.exports.pictures import MOST as MOST_CELLS
from tracker.exports.sheets import SHEETS
from tracker.filters import (
    AssessmentFilter,
    BodyFilter,
    CommitmentFilter,
    CrosswalkFilter,
    DeadlineFilter,
    DesignationFilter,
    DocumentFilter,
    EvidenceFilter,
    MembershipFilter,
    ProvisionFilter,
    ReportFilter,
    ResolutionFilter,
    StrictFilterSet,
    ThemeFilter,
)
from tracker.filters.pictures import MatrixFilter
from tracker.listings import NOUNS, counted, listing, on_day
from tracker.models import Body, User
from tracker.reports.brief import brief
from tracker.reports.levels import highest, highest_level, level_of
from tracker.reports.matrix import matrix, read_question, told
from tracker.reports.profile import Profile

#: Rows that are held at a time.
CHUNK = 500
#: Parameters that cut a list into pages; a file holds all of it.
PAGES = ("page", "page_size")


#: Is told, row by row, how many are written and of how many; what it raises ends the file.
Watch = Callable[[int, int], None]


def unwatched(done: int, total: int) -> None:
    """Nobody looks."""


@dataclass(frozen=True)
class Made:
    """A file as it is about to be written: what is said of it, and its bytes, piece by piece."""

    name: str
    media_type: str
    about: About
    pieces: Iterator[bytes]


def handed(
    form: Form, filterset: StrictFilterSet, *, stem: str, title: str, address: str, noun: type
) -> HttpResponseBase:
    """The rows of a valid ``filterset`` as an answer; raises ``TooMany`` for its form.

    ``address`` is where the same list is found again, with its day.
    """
    named = {"stem": stem, "title": title, "address": address, "noun": noun}
    return _sent(list_file(form, filterset, patient=False, **named))


def list_file(
    form: Form,
    filterset: StrictFilterSet,
    *,
    stem: str,
    title: str,
    address: str,
    noun: type,
    watch: Watch = unwatched,
    patient: bool = True,
) -> Made:
    """The rows of a valid ``filterset`` as a file; raises ``TooMany`` for its form.

    For who is ``patient``, however many rows the form can hold at all.
    """
    rows, number = filterset.qs, filterset.count()
    form.refuse_too_many(number, patient=patient)
    about = About(
        on=filterset.on,
        classification=level_of(noun, rows, viewer=filterset.viewer, on=filterset.on),
        address=address,
        title=str(title),
        filters=sentence(filterset.active),
        rows=number,
    )
    sheet = SHEETS[noun]
    return _file(form, sheet, _one_by_one(sheet, rows, watch, number), about, stem)


def pictured(form: Form, filterset: MatrixFilter, *, address: str) -> HttpResponseBase:
    """All rows of the matrix that a valid ``filterset`` asks for, cell by cell, as a file.

    Raises ``TooMany`` where the form, or any form, does not take so many cells.
    """
    chosen, against = filterset.form.cleaned_data, filterset.chosen("against")
    before = on_day(filterset, against) if against else None
    tallies = told(filterset, filterset.on, against)
    first = matrix(filterset.qs, read_question(chosen), before=before, told=tallies)
    if first.total * len(first.columns) > MOST_CELLS:
        raise TooMany(_("These are too many cells for a file: narrow the picture."))
    more = (
        matrix(filterset.qs, read_question(chosen, number), before=before, told=tallies)
        for number in range(2, first.pages + 1)
    )
    rows = list(cell_rows(chain([first], more), filterset.on, against))
    form.refuse_too_many(len(rows))
    about = About(
        on=filterset.on,
        classification=highest_level(
            filterset.qs, viewer=filterset.viewer, on=filterset.on, many=tallies is not None
        ),
        address=address,
        title=_("Matrix"),
        filters=sentence(filterset.active),
        rows=len(rows),
    )
    return _sent(_file(form, MATRIX, rows, about, "matrix"))


def profiled(form: Form, found: Profile, *, address: str) -> HttpResponseBase:
    """What is asked of a body by theme, as a file."""
    asked = counted(found.viewer, on=found.on).filter(body=found.body)
    rows = theme_rows(found)
    about = About(
        on=found.on,
        classification=highest_level(asked, viewer=found.viewer, on=found.on),
        address=address,
        title=_("Profile: %(body)s") % {"body": found.body.name},
        filters=sentence([]),
        rows=len(rows),
    )
    return _sent(_file(form, PROFILE, rows, about, f"profile-{found.body.code}"))


def _file(form, sheet, rows, about, stem) -> Made:
    return Made(form.name(stem, about), form.media_type, about, form.write(sheet, rows, about))


def _sent(made: Made) -> HttpResponseBase:
    """The answer that streams the file."""
    response = StreamingHttpResponse(made.pieces, content_type=made.media_type, headers=HEADERS)
    response["Content-Disposition"] = content_disposition_header(True, made.name)
    _describe(response, made.about, made.about.address)
    return response


#: The lists of the data package, by the names of its files.
PACKAGED = {
    "resolutions": ResolutionFilter,
    "provisions": ProvisionFilter,
    "crosswalk": CrosswalkFilter,
    "themes": ThemeFilter,
    "documents": DocumentFilter,
    "bodies": BodyFilter,
    "memberships": MembershipFilter,
    "designations": DesignationFilter,
    "commitments": CommitmentFilter,
    "deadlines": DeadlineFilter,
    "reports": ReportFilter,
    "evidence": EvidenceFilter,
    "assessments": AssessmentFilter,
}


def packaged(*, viewer, on: datetime.date, address: str) -> HttpResponseBase:
    """Everything that ``viewer`` may see of the register on that day, as an answer."""
    made = package_file(viewer=viewer, on=on, address=address)
    response = StreamingHttpResponse(made.pieces, content_type=made.media_type, headers=HEADERS)
    response["Content-Disposition"] = content_disposition_header(True, made.name)
    response["X-As-Of"] = on.isoformat()
    response["X-Classification"] = made.about.classification
    return response


def package_file(*, viewer, on: datetime.date, address: str, watch: Watch | None = None) -> Made:
    """Everything that ``viewer`` may see of the register on that day, as a data package.

    Somebody has to wait for the rows to be counted where they are watched.
    """
    parts, levels = [], []
    counted = _counted_over(viewer, on, watch) if watch else unwatched
    for name, filterset in PACKAGED.items():
        found = listing(filterset, {"on": on.isoformat()}, viewer=viewer, today=on)
        noun = NOUNS[filterset]
        levels.append(level_of(noun, found.qs, viewer=viewer, on=on))
        title = str(capfirst(noun._meta.verbose_name_plural))
        sheet = SHEETS[noun]
        parts.append(Part(name, title, sheet, _one_by_one(sheet, found.qs, counted)))
    title = _("Commitment tracker: the register")
    about = About(on=on, classification=highest(levels), address=address, title=title)
    name = about.file_name("register", "datapackage.zip")
    return Made(name, MEDIA_TYPE, about, package(parts, about))


def _counted_over(viewer, on, watch: Watch) -> Watch:
    """What tells ``watch`` of the rows of all lists as of one."""
    data = {"on": on.isoformat()}
    lists = (listing(each, data, viewer=viewer, today=on) for each in PACKAGED.values())
    total, number = sum(each.qs.count() for each in lists), itertools.count(1)
    return lambda _done, _total: watch(next(number), total)


def _one_by_one(sheet, rows, watch: Watch, total: int = 0) -> Iterable:
    """The rows as the database gives them, a few at a time; asked for when the file is written."""
    for number, row in enumerate(sheet.read(rows, CHUNK), 1):
        watch(number, total)
        yield row


def _describe(response, about, address):
    """What CSV and JSON Lines have no place for."""
    mark = "&" if "?" in address else "?"
    response["Link"] = f'<{address}{mark}format=about>; rel="describedby"; type="application/json"'
    response["X-As-Of"] = about.on.isoformat()
    response["X-Classification"] = about.classification
    response["X-Row-Count"] = str(about.rows)


def permanent_address(request, on: datetime.date | None) -> str:
    """The address of the list that ``request`` asks for, with the day that it is shown for.

    ``on`` is None for a list that is the same on any day.
    """
    dropped = ("format", *PAGES, "on")
    query = [(name, values) for name, values in request.GET.lists() if name not in dropped]
    if on:
        query.append(("on", [on.isoformat()]))
    text = urlencode(query, doseq=True, safe="/()")
    return request.build_absolute_uri(request.path) + (f"?{text}" if text else "")


def whole_address(request, on: datetime.date, page: str, *keys: str, **query) -> str:
    """The address of a page of the dashboard with its host and its day, to stand in a file."""
    wanted = {name: value for name, value in query.items() if value not in (None, "", [])}
    text = urlencode({**wanted, "on": on.isoformat()}, doseq=True, safe="/()")
    return request.build_absolute_uri(f"{reverse(f'dashboard:{page}', args=keys)}?{text}")


def briefed(form: str, body: Body, *, request, viewer: User, on: datetime.date) -> HttpResponse:
    """The brief on ``body`` in one of ``BRIEFS``.

    Its links lead to pages and name their day, so that it is the same by every door and
    whenever it is made.
    """
    found = brief(body, viewer=viewer, on=on)
    whole = partial(whole_address, request, on)
    about = About(on, found.classification, whole("brief", body.code))
    wanted = BRIEFS[form]
    made = wanted.write(found, about, whole, get_language() or "en")
    name = about.file_name(f"brief-{body.code}", form)
    response = downloads.made(made, name, wanted.media_type)
    # CSV and JSON Lines have no place for it.
    response["X-As-Of"], response["X-Classification"] = on.isoformat(), about.classification
    return response

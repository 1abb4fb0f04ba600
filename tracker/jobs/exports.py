"""Lists, and the whole register, as files that are prepared: what is asked, and how it is made."""

import datetime
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tracker import actions
from tracker.exports.forms import Form, TooMany, forms_of
from tracker.handouts import Made, list_file, package_file
from tracker.listings import LISTS, NOUNS, listing
from tracker.models import Job, Token, User
from tracker.vocabulary import JobKind, JobStage

#: What is prepared besides lists, and parameters that are none of a list's own.
PACKAGE = "datapackage"
DROPPED = ("page", "page_size", "cols", "view", "format", "on")
#: Rows from which on a list is offered as a file that is prepared.
LONG = 2_000
#: Forms that are no file to keep.
AT_ONCE = ("about",)


def path_to(name: str, data: QueryDict, on: datetime.date, form: str = "") -> str:
    """The path of a list with its filters and its day, to be read again by ``read``."""
    kept = [
        (key, value)
        for key, values in data.lists()
        for value in values
        if value and key not in DROPPED
    ]
    kept += [("on", on.isoformat())] + ([("format", form)] if form else [])
    return f"/{name}/?{urlencode(kept, safe='/()')}"


def read(asked: str) -> tuple[str, QueryDict]:
    """The name of a list and its parameters; raises ``ValidationError`` for any other path."""
    try:
        parts = urlsplit(asked)
        data = QueryDict(parts.query)
    except (ValueError, ValidationError) as error:
        raise ValidationError({"asked": _("This is no address of a list.")}) from error
    name = parts.path.strip("/")
    if parts.scheme or parts.netloc or name not in (*LISTS, PACKAGE):
        raise ValidationError({"asked": _("This is no address of a list.")})
    return name, data


def ask_file(
    asked: str, *, by: User, address: str, at: datetime.datetime, token: Token | None = None
) -> Job:
    """Have the list at a path prepared; ``address`` is where the file says it is found.

    Raises ``ValidationError`` by parameter: for what the list does not take, for a form that it
    does not have or that cannot hold it, and when too much waits already.
    """
    name, data = read(asked)
    if name != PACKAGE:
        form, found = _listed(name, data, by, at.date())
        try:
            form.refuse_too_many(found.count(), patient=True)
        except TooMany as error:
            raise ValidationError({"format": str(error)}) from error
    told = {"address": address}
    return actions.ask_job(JobKind.EXPORT, asked, by=by, at=at, told=told, token=token)


def prepare(job: Job, owner: User, progress: Callable, *, today: datetime.date) -> Made:
    """What was asked for, of what ``owner`` may see now. Raises what ``ask_file`` raises."""
    name, data = read(job.asked)

    def watch(done, total):
        progress(JobStage.PREPARING, done, total)

    address = job.told["address"]
    if name == PACKAGE:
        on = datetime.date.fromisoformat(data.get("on") or today.isoformat())
        return package_file(viewer=owner, on=on, address=address, watch=watch)
    form, found = _listed(name, data, owner, today)
    noun = NOUNS[LISTS[name]]
    title = str(capfirst(noun._meta.verbose_name_plural))
    return list_file(form, found, stem=name, title=title, address=address, noun=noun, watch=watch)


def _listed(name, data, viewer, today) -> tuple[Form, object]:
    """The form asked for and the list; raises ``ValidationError`` by parameter."""
    asked = data.copy()
    key = (asked.pop("format", None) or [""])[-1]
    found = listing(LISTS[name], asked, viewer=viewer, today=today)
    forms = forms_of(NOUNS[LISTS[name]])
    wrong = {field: list(errors) for field, errors in found.errors.items()}
    if key not in forms or key in AT_ONCE:
        allowed = ", ".join(each for each in forms if each not in AT_ONCE)
        message = _("“%(value)s” is not one of: %(allowed)s.")
        wrong["format"] = [message % {"value": key, "allowed": allowed}]
    if wrong:
        raise ValidationError(wrong)
    return forms[key], found

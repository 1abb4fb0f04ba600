"""What stands beside every list: its saved views, its columns, and the same rows over the API."""

from dataclasses import dataclass
from shlex import quote

from django.db.models.functions import Lower
from django.http import QueryDict
from django.urls import reverse

from tracker.dashboard.addresses import READABLE, address
from tracker.dashboard.results import Results
from tracker.jobs.exports import path_to
from tracker.models import SavedView, User
from tracker.saved_views import kept_query

#: How many saved views are named beside a list.
NAMED = 12


@dataclass(frozen=True)
class Tools:
    """Of one list as it is shown: its views, the page that saves one, and the API call."""

    view: SavedView | None
    views: list[SavedView]
    save_href: str
    api_address: str
    #: The same rows as a job is asked for them.
    asked: str

    @property
    def curl(self) -> str:
        """The same as a command; TOKEN stands for one of the reader."""
        return f"curl -H 'Authorization: Bearer TOKEN' {quote(self.api_address)}"


def make_tools(
    results: Results, whole: str, narrowed: dict[str, str], *, viewer: User, root: str
) -> Tools | None:
    """The tools of the list ``whole``, shown narrowed to the parameters ``narrowed``.

    ``root`` is the address of this installation. None where the rows shown are those of no
    address of the whole list.
    """
    data = results.data.copy()
    if not whole or results.problems or not _narrow(data, narrowed):
        return None
    # A list that is narrowed already has no views of its own.
    found = SavedView.objects.visible_to(viewer).filter(list_name=whole)
    columns = data.getlist("cols")
    save = {"list": whole, "query": kept_query(data), "columns": columns}
    return Tools(
        results.filterset.view,
        [] if narrowed else list(found.order_by(Lower("name"), "slug")[: NAMED + 1]),
        address("new-view", **save),
        root + reverse(f"api:{whole}") + _api_query(data),
        path_to(whole, data, results.filterset.on),
    )


def _narrow(data: QueryDict, narrowed) -> bool:
    """Say in ``data`` what the list is narrowed to; whether that could be said."""
    for name, value in narrowed.items():
        if data.getlist(name, [value]) != [value]:
            return False
        data[name] = value
    return True


def _api_query(data: QueryDict) -> str:
    """What the API is asked: the same, without columns, which it does not choose."""
    asked = data.copy()
    asked.pop("cols", None)
    for name, values in list(asked.lists()):
        kept = [value for value in values if value]
        asked.setlist(name, kept)
    text = asked.urlencode(safe=READABLE)
    return f"?{text}" if text else ""

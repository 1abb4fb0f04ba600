"""What the pages of pictures share: a strict address, chips, and a panel of filters."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from tracker.dashboard.addresses import changed
from tracker.dashboard.base import DashboardView
from tracker.dashboard.panels import make_panel
from tracker.dashboard.results import Chip, Problem
from tracker.dashboard.suggesting import taken_out
from tracker.filters.pictures import SUBJECTS, PictureFilter
from tracker.filters.strict import read_on
from tracker.listings import counting


class Picture:
    """A picture as it was asked for: its filters, its chips, and what is wrong with its address."""

    def __init__(self, filterset: PictureFilter, data: QueryDict, path: str, doors=()):
        self.filterset, self.data, self.path = filterset, data, path
        self.problems = [
            Problem(name, message, "" if name in filterset.form.fields else self.to(**{name: None}))
            for name, messages in filterset.errors.items()
            for message in messages
        ]
        for name in {"page", "page_size", "format"} - set(doors):
            if name in data:
                self.refuse(name, _no_such(name))

    def refuse(self, name: str, message: str) -> None:
        """Say what is wrong with a parameter; the link leads to the address without it."""
        self.problems.append(Problem(name, message, self.to(**{name: None})))

    def to(self, **changes) -> str:
        """The address of this picture with some parameters changed."""
        return changed(self.path, self.data, **changes)

    def without(self, name: str, value: str) -> str:
        """The address of this picture without one value of a parameter."""
        return changed(self.path, self.data, without=(name, value))

    def adding(self, name: str, value: str) -> str:
        """The address of this picture with one more value of a parameter."""
        data = self.data.copy()
        data.appendlist(name, value)
        return changed(self.path, data)

    @property
    def chips(self) -> list[Chip]:
        """What narrows the picture, each with the address that drops it."""
        found = self._names()
        return [
            Chip(name, str(label), found.get((name, value), words), self.without(name, value))
            for name, value, label, words in self.filterset.active
            if name in SUBJECTS
        ]

    def _names(self) -> dict[tuple[str, str], str]:
        """The names of the records that are asked for by key."""
        names = {}
        for name, rows in self.filterset.form.cleaned_data.items():
            keys = [key for key in self.data.getlist(name) if key.strip()]
            named = isinstance(rows, list) and rows and not isinstance(rows[0], str)
            if named and len(rows) == len(keys):
                names |= {(name, key): str(row) for key, row in zip(keys, rows, strict=True)}
        return names

    @property
    def clear_href(self) -> str:
        """The address without any filter; what the picture looks like stays."""
        return self.to(**{name: None for name in SUBJECTS})


def _no_such(name):
    return _("A picture has no “%(name)s”; it is one page.") % {"name": name}


class PictureView(DashboardView):
    """A picture: filters in the address, a table that refreshes, 400 for what cannot be read."""

    family: str
    filterset: type[PictureFilter]
    #: Which of the parameters that doors read themselves this picture takes.
    doors: tuple[str, ...] = ()
    #: Filters offered in the panel; the others work in the address.
    panel: tuple[str, ...] = ("theme", "resolution", "provision", "region", "body", "kind", "force")

    def get(self, request):
        suggest = taken_out(request)
        self.on = read_on(request.GET, self.today)
        filterset = counting(self.filterset, request.GET, viewer=self.viewer, today=self.today)
        picture = Picture(filterset, request.GET, request.path, self.doors)
        response = self.file(picture) if not picture.problems else None
        if response is not None:
            return response
        context = {} if picture.problems else self.context(picture)
        context |= {"picture": picture, "results": picture}
        if not self.is_refresh():
            context["panel"] = make_panel(
                filterset, request.GET, self.panel, viewer=self.viewer, suggest=suggest
            )
        template = "_picture" if self.is_refresh() else "page"
        return self.render(
            f"dashboard/{self.family}/{template}.html",
            context,
            status=400 if picture.problems else 200,
        )

    def file(self, picture: Picture):
        """The picture as a file, where it can be had as one and is asked for so."""
        return None

    def is_refresh(self) -> bool:
        """Whether only the part that changes is asked for."""
        return bool(self.request.htmx) and not self.request.htmx.history_restore_request

    def context(self, picture: Picture) -> dict:
        """What the templates need when the address can be read; may add to its problems."""
        raise NotImplementedError

    def link(self, picture: Picture, **more) -> dict:
        """The query of the list behind a number: the same filters, narrowed by ``more``."""
        return {**picture.filterset.subjects, **more}

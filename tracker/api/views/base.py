"""A list and a record of any noun: read for a day, written through the actions."""

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from rest_framework import mixins, status
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.response import Response

from tracker import actions
from tracker.api.asynchronous import accepted, is_wished, token_of
from tracker.api.formats import FILES, File, RefusesInJson
from tracker.api.parameters import read_number, read_reason, refuse_unknown
from tracker.api.preconditions import etag_of, require_match
from tracker.api.views.door import DoorView
from tracker.exports.forms import TooMany, forms_of
from tracker.exports.sheets import SHEETS
from tracker.filters import StrictFilterSet
from tracker.handouts import PAGES, handed, permanent_address
from tracker.jobs.exports import ask_file, path_to
from tracker.listings import LISTS, listing
from tracker.models import Commitment
from tracker.models.base import Noun
from tracker.reports.bars import Bar, bars_by
from tracker.reports.since import PARTS as FOLLOWED
from tracker.reports.since import TooLong, changed, gone, latest
from tracker.rights import Act


class NounView(RefusesInJson, DoorView):
    """What the list and the record of one noun share.

    ``rows_serializer`` shows a row of a list, ``serializer_class`` reads and shows one record;
    ``sent_class`` reads what is sent where that is something else.
    """

    noun: type[Noun]
    sent_class = None
    #: The right that it takes to write here.
    act: str = Act.EDIT_REGISTER
    lookup_url_kwarg = "key"
    may_choose = True
    #: The column of a commitment that leads to this noun, where bars are shown.
    bar_column = ""

    def get_view_name(self):
        return capfirst(self.noun._meta.verbose_name)

    def get_serializer_context(self):
        return {**super().get_serializer_context(), "on": self.on}

    def body_of(self, noun):
        """The body that the right to write must reach; None where it reaches all or none."""
        return None

    def read(self, noun=None, *, partial=False):
        """The serializer with what was sent; raises 400 by field."""
        reader = self.sent_class or self.serializer_class
        context = self.get_serializer_context()
        serializer = reader(noun, data=self.request.data, partial=partial, context=context)
        serializer.is_valid(raise_exception=True)
        return serializer

    def stored(self):
        """The rows as they are stored, without a day."""
        return self.noun.objects.visible_to(self.request.user)

    def lookup(self, key: str) -> dict:
        """The conditions that find the record; raises ``ValueError`` for what is no key."""
        return {"key": key}

    def find(self, rows, key):
        """The one of ``rows`` with this key, or 404 with what would be one."""
        try:
            row = None if "\x00" in key else rows.filter(**self.lookup(key)).first()
        except ValueError as error:
            raise NotFound(str(error)) from error
        if row is None:
            raise NotFound(
                _("Nothing is held here as “%(key)s” on %(on)s.") % {"key": key, "on": self.on}
            )
        return row

    def rows(self):
        """The rows of the day, with what a list shows of them."""
        viewer = self.request.user
        return self.noun.objects.visible_to(viewer).for_listing(on=self.on, viewer=viewer)

    def detailed(self, rows):
        """``rows`` with what only the record itself shows."""
        return rows

    def with_bars(self, rows: list) -> list:
        """Give each row its ``bar``, all in one query."""
        if self.bar_column and rows:
            viewer = self.request.user
            commitments = Commitment.objects.visible_to(viewer).for_counting(
                on=self.on, viewer=viewer
            )
            wanted = {f"{self.bar_column}__in": [row.pk for row in rows]}
            bars = bars_by(commitments.filter(**wanted), self.bar_column)
            for row in rows:
                row.bar = bars.get(row.pk, Bar())
        return rows

    def shown(self, noun) -> Response:
        """How a record looks now that it was written, whatever the days it stands for."""
        self.about = noun
        row = self.detailed(self.rows()).filter(pk=noun.pk).first()
        if row is None:
            row = self.noun._base_manager.get(pk=noun.pk)
        return self.answer(row)

    def made(self, noun) -> Response:
        """The answer to a request that made a record: how it looks, and where it is."""
        response = self.shown(noun)
        response.status_code = status.HTTP_201_CREATED
        response.headers["Location"] = response.data["url"]
        return response

    def answer(self, row) -> Response:
        """One record, with the entity tag that a change of it has to name."""
        [row] = self.with_bars([row])
        return Response(self.get_serializer(row).data, headers={"ETag": etag_of(row)})


class ListView(mixins.ListModelMixin, NounView):
    """The rows of the day that the parameters name, in pages."""

    filterset: type[StrictFilterSet]
    rows_serializer = None
    #: A function of the rows that this list is about, where these are not all of its noun.
    narrow = None
    #: What is told beside the rows.
    told: dict = {}
    #: Whether a row of the list shows what otherwise only the record itself does.
    is_detailed = False
    http_method_names = ["get", "head", "options"]

    def get_view_name(self):
        return capfirst(self.noun._meta.verbose_name_plural)

    def get(self, request):
        if isinstance(request.accepted_renderer, File):
            return self.hand_out(forms_of(self.noun)[request.accepted_renderer.format])
        return self.list(request)

    def get_renderers(self):
        """Also the files that a list can be had as."""
        written = getattr(self.request, "method", "GET") not in ("GET", "HEAD")
        if written or self.noun not in SHEETS:
            return super().get_renderers()
        forms = forms_of(self.noun)
        return [*super().get_renderers(), *(each() for each in FILES if each.format in forms)]

    def hand_out(self, form):
        """All rows as a file; raises 400 when its form does not take so many."""
        found = self.found()
        cut = [name for name in PAGES if name in self.request.query_params]
        cut += [name for name, text in self.taken.items() if text is not None]
        if cut:
            message = _("A file holds all rows; leave this out.")
            raise ValidationError({name: [message] for name in cut})
        dated = found.on if "on" in found.filters else None
        if is_wished(self.request) and self.may_be_job:
            return self.ask(form, found, permanent_address(self.request._request, dated))
        try:
            return handed(
                form,
                found,
                stem=self.request.resolver_match.url_name,
                title=self.get_view_name(),
                address=permanent_address(self.request._request, dated),
                noun=self.noun,
            )
        except TooMany as error:
            raise ValidationError({"format": [str(error)]}) from error

    @property
    def may_be_job(self):
        """Whether a job can prepare this list: the whole of one that has a name everywhere."""
        return self.narrow is None and self.request.resolver_match.url_name in LISTS

    def ask(self, form, found, address):
        """Have the rows prepared by a job; raises 400 by parameter."""
        name = self.request.resolver_match.url_name
        asked = path_to(name, found.data, found.on, form.key)
        by, token = self.request.user, token_of(self.request)
        job = ask_file(asked, by=by, address=address, at=timezone.now(), token=token)
        return accepted(job, self.request)

    def get_serializer_class(self):
        if self.request.method in ("GET", "HEAD"):
            return self.rows_serializer or self.serializer_class
        return self.serializer_class

    def door_parameters(self):
        """A list can also be read by cursor, and what has changed in it."""
        followed = ("changed_since",) if self.noun in FOLLOWED else ()
        return (*super().door_parameters(), "cursor", *followed)

    def get_queryset(self):
        """The rows in their order; raises 400 naming every parameter that is wrong."""
        found = self.found()
        text = self.taken.get("changed_since")
        if text is None and not self.is_detailed:
            # A list can tell its count and its pages by itself; other rows it cannot.
            return found
        rows = found.qs if text is None else self.changed(found.qs, text)
        return self.detailed(rows) if self.is_detailed else rows

    def changed(self, rows, text):
        """Those of ``rows`` that were written to since; what is gone is told beside them."""
        number = read_number(text)
        self.told = {"changed_until": latest()}
        try:
            self.told["gone"] = gone(self.noun, number, rows, viewer=self.request.user)
        except TooLong as error:
            told = _("Too much has changed since; read the whole list anew.")
            raise ValidationError({"changed_since": [told]}) from error
        return rows.filter(changed(self.noun, number))

    def get_paginated_response(self, data):
        response = super().get_paginated_response(data)
        response.data.update(self.told)
        return response

    def found(self) -> StrictFilterSet:
        """The FilterSet over the rows; raises 400 naming every parameter that is wrong."""
        found = listing(
            self.filterset,
            self.request.query_params,
            viewer=self.request.user,
            today=timezone.localdate(),
            narrow=self.narrow,
        )
        if not found.is_valid():
            raise ValidationError(found.errors)
        return found

    def page_of(self, found: StrictFilterSet, start: int, stop: int) -> list:
        """The rows from ``start`` to before ``stop``, as the serializer shows them."""
        return found.page(start, stop)

    def paginate_queryset(self, queryset):
        return self.with_bars(super().paginate_queryset(queryset))


class WritableListView(ListView):
    """A list that takes new records."""

    http_method_names = [*ListView.http_method_names, "post"]

    def post(self, request):
        """Create a record; 400 says which field to mend, and then nothing was written."""
        refuse_unknown(request.query_params)
        return self.made(self.read().write(by=request.user))


class RecordView(NounView):
    """One record, as it stood on the day that ``on`` names."""

    http_method_names = ["get", "head", "options"]

    def get(self, request, key):
        refuse_unknown(request.query_params, {"on"})
        return self.answer(self.find(self.detailed(self.rows()), key))

    def current(self, key):
        """The record as it is stored, to be changed by who may, and has read this version.

        Raises 404, 403, 428 without ``If-Match``, 412 when somebody else was faster.
        """
        noun = self.find(self.stored(), key)
        self.check_object_permissions(self.request, noun)
        require_match(self.request, noun)
        return noun


class WritableRecordView(RecordView):
    """A record that can be changed and deleted, on whatever day it stands."""

    http_method_names = [*RecordView.http_method_names, "put", "patch", "delete"]

    def put(self, request, key):
        """Change a record; required fields must be there, what is left out stays as it is."""
        return self.write(request, key, partial=False)

    def patch(self, request, key):
        """Change the fields sent; lists that are sent replace those that are there."""
        return self.write(request, key, partial=True)

    def write(self, request, key, *, partial):
        """Validate, save through the actions, and show the record as it is now."""
        refuse_unknown(request.query_params)
        serializer = self.read(self.current(key), partial=partial)
        return self.shown(serializer.write(by=request.user))

    def delete(self, request, key):
        """Delete a record and what is part of it; 409 names what still refers to it."""
        refuse_unknown(request.query_params, {"reason"})
        reason = read_reason(request.query_params)
        self.remove(self.current(key), reason=reason)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def remove(self, noun, *, reason):
        """Delete ``noun`` by the action that does it."""
        actions.delete(noun, by=self.request.user, reason=reason)


class ActView(RecordView):
    """One step that a record takes: what it needs is sent, the record as it is now is shown."""

    http_method_names = ["post", "options"]
    success_status = 200
    needs_version = True

    def post(self, request, key):
        refuse_unknown(request.query_params)
        noun = self.current(key)
        self.take(noun, by=request.user, **self.read().validated_data)
        return self.shown(noun)

    def take(self, noun, *, by, **sent):
        """Take the step, by the action that does it."""
        raise NotImplementedError


class UnderView(NounView):
    """Rows under the address of another record, their owner; ``lookup`` finds the owner."""

    owners: type[Noun]

    def owner(self, key):
        """The record that the rows belong to, or 404."""
        return self.find(self.owners.objects.visible_to(self.request.user), key)

    def rows_of(self, owner):
        """The rows under ``owner`` that may be seen."""
        raise NotImplementedError

    def shown(self, noun):
        return self.answer(noun)


class UnderListView(mixins.ListModelMixin, UnderView):
    """The rows under one record, in pages; new ones are added here."""

    http_method_names = ["get", "head", "options", "post"]

    def door_parameters(self):
        """A list can also be read by cursor."""
        return (*super().door_parameters(), "cursor")

    def get_view_name(self):
        return capfirst(self.noun._meta.verbose_name_plural)

    def get(self, request, key):
        refuse_unknown(request.query_params, {"page", "page_size"})
        self.queryset = self.rows_of(self.owner(key))
        return self.list(request)

    def post(self, request, key):
        """Add a row; 400 says which field to mend, and then nothing was written."""
        refuse_unknown(request.query_params)
        owner = self.owner(key)
        self.check_object_permissions(request, owner)
        return self.made(self.add(owner, by=request.user, **self.read().validated_data))

    def add(self, owner, *, by, **sent):
        """Add a row by the action that does it, and return it."""
        raise NotImplementedError


class UnderRecordView(UnderView):
    """One row under a record: shown, and taken away."""

    http_method_names = ["get", "head", "options", "delete"]
    #: The field that tells the rows of one owner apart.
    row_field = "pk"

    def get(self, request, key, row):
        refuse_unknown(request.query_params)
        _owner, found = self.both(key, row)
        return self.answer(found)

    def delete(self, request, key, row):
        """Take the row away, as it was read."""
        refuse_unknown(request.query_params, {"reason"})
        reason = read_reason(request.query_params)
        owner, found = self.both(key, row)
        self.check_object_permissions(request, owner)
        require_match(request, found)
        self.remove(found, by=request.user, reason=reason)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def both(self, key, row):
        """The owner and the row, or 404."""
        owner = self.owner(key)
        found = self.rows_of(owner).filter(**{self.row_field: row}).first()
        if found is None:
            raise NotFound(_("Nothing is held here as “%(key)s”.") % {"key": row})
        return owner, found

    def remove(self, noun, *, by, reason):
        """Take the row away by the action that does it."""
        raise NotImplementedError

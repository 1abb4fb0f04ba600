"""The OpenAPI description: parameters from the FilterSets, and how refusals look."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import (
    OpenApiAuthenticationExtension,
    OpenApiSerializerFieldExtension,
)
from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from tracker.api import examples
from tracker.api.asynchronous import HEADER as PREFER
from tracker.api.asynchronous import WISH
from tracker.api.fields import Ref, Refs
from tracker.api.formats import FILES
from tracker.api.once import HEADER
from tracker.api.problems import MEDIA_TYPE
from tracker.api.serializers.jobs import JobSerializer
from tracker.api.serializers.problems import (
    HeldSerializer,
    InvalidSerializer,
    ProblemSerializer,
    StaleSerializer,
)
from tracker.api.views.door import DoorView
from tracker.filters.fields import AsOfDay, Day, Keys, ManyChoices, NamedConditions, Search, Sort
from tracker.filters.opposites import Not
from tracker.filters.pictures import MatrixFilter, One, OtherDay
from tracker.listings import LISTS
from tracker.vocabulary import RESULTS

TEXT = {"type": "string"}
DAY = {"type": "string", "format": "date"}
PAGE = {"type": "integer", "minimum": 1, "default": 1}
COUNTS = {
    "type": "object",
    "properties": {key: {"type": "integer"} for key, _label in RESULTS},
    "required": [key for key, _label in RESULTS],
}


class RefSerializer(serializers.Serializer):
    """Another record: its key, what it is called, and where it is."""

    key = serializers.CharField()
    name = serializers.CharField()
    url = serializers.URLField()


class RegionSerializer(serializers.Serializer):
    """A region of M49."""

    key = serializers.CharField()
    name = serializers.CharField()


class FileSerializer(serializers.Serializer):
    """What a file is, and where it is handed out."""

    name = serializers.CharField()
    type = serializers.CharField()
    size = serializers.IntegerField()
    checksum = serializers.CharField()
    url = serializers.URLField()


#: How a key is written, by the list it belongs to.
KEYS = {
    "assessments": _("The key of an assessment, as its list shows it."),
    "batches": _("The id of a bulk change, as its changes show it."),
    "bodies": _("The code of a body, such as CTED or FRA."),
    "changes": _("The number of a change."),
    "checks": _("The key of a check, as checks/ lists it."),
    "jobs": _("The key of a job, as its list shows it."),
    "networks": _("The code of a network, such as COE-24-7."),
    "commitments": _("A provision and a body, such as S/RES/2322(2016)/13(e)/FRA."),
    "designations": _("The key of a designation, as its list shows it."),
    "documents": _("The key of a document, as its list shows it."),
    "evidence": _("The key of a piece of evidence, as its list shows it."),
    "memberships": _("The key of a membership, as its list shows it."),
    "problems": _("The code of a refusal, as problems/ lists it."),
    "provisions": _("A provision, such as S/RES/2322(2016)/13(e)."),
    "reports": _("The key of a report, as its list shows it."),
    "resolutions": _("The symbol of a resolution, such as S/RES/2322(2016)."),
    "themes": _("The key of a theme, as its list shows it."),
    "views": _("The key of a saved view, as its list shows it."),
    "tokens": _("The public part of a token, as its list shows it."),
    "webhooks": _("The key of a webhook, as its list shows it."),
}
ROW = _("The key or number that ends the address of the row in its list.")
#: How other keys are written than those of the records themselves.
WRITTEN = {"region": _("By M49 code, such as 150; none for no region."), "year": _("Such as 2016.")}
IF_MATCH = _("The ETag of the record as you read it; another version is not overwritten.")
PAGE_OF_ROWS = _("Which of the pages of rows.")
FORMAT = _("In which form: all rows as a file, or pages of them as json.")
FILE_TYPES = {each.media_type for each in FILES} - {"application/json"}
#: What ``format=about`` gives: a file in JSON.
ABOUT = {"type": "object", "required": ["as_of", "classification", "address", "schema"]}
FIELDS = _("Only these fields, with commas between them.")
EXPAND = _("Show these records themselves, as their own list does, where you may see them.")
COMMAS = {"style": "form", "explode": False}
KEY = {"type": "string", "minLength": 1, "maxLength": 200}
DRY_RUN = _("true: answer what would be, and write nothing.")
ONE_EFFECT = _("Send the same key with a repetition: it has one effect, and gets the same answer.")
SINCE = _(
    "Only what was written to since a number of the record of changes, or since a moment. The "
    "answer has “gone”, the keys of what is not in the list any more, and “changed_until”, the "
    "number to ask with next time."
)
NO_WAITING = _("Have a job do it: 202, with its address in Location. Of a list, for its files.")
AS_OF = _("Show the register as it stood on that day; today when left out.")


class Description(AutoSchema):
    """Reads the FilterSet of a list, and adds the refusals that every address may answer with."""

    def get_override_parameters(self):
        parameters = list(getattr(self.view, "parameters", ()))
        if "{key}" in self.path:
            parameters += self._key_parameters()
        filterset = getattr(self.view, "filterset", None)
        if filterset and self.method == "GET":
            parameters += filter_parameters(filterset)
        if issubclass(filterset or object, MatrixFilter):
            parameters.append(OpenApiParameter("page", PAGE, description=str(PAGE_OF_ROWS)))
        if self._is_list_view() or getattr(self.view, "has_files", False):
            parameters += self._format_parameter()
        if self._shows_a_record():
            parameters.append(OpenApiParameter("on", DAY, description=str(AS_OF)))
        parameters += self._door_parameters()
        if self._may_be_job():
            wish = {"type": "string", "enum": [WISH]}
            header = OpenApiParameter.HEADER
            parameters.append(OpenApiParameter(PREFER, wish, header, description=str(NO_WAITING)))
        if self.method == "DELETE":
            text = str(_("Why: kept in the record of changes."))
            parameters.append(OpenApiParameter("reason", TEXT, description=text))
        if self._changes_a_record():
            header = OpenApiParameter.HEADER
            parameters.append(
                OpenApiParameter("If-Match", TEXT, header, required=True, description=str(IF_MATCH))
            )
        return parameters

    def _door_parameters(self):
        """What the door itself takes: which fields, whether to try, which key."""
        if self.method == "GET":
            return self._choice() if getattr(self.view, "may_choose", False) else []
        if not isinstance(self.view, DoorView) or self.view.is_secret:
            return []
        header = OpenApiParameter.HEADER
        return [
            OpenApiParameter("dry_run", {"type": "boolean"}, description=str(DRY_RUN)),
            OpenApiParameter(HEADER, KEY, header, description=str(ONE_EFFECT)),
        ]

    def _may_be_job(self):
        """Whether it can be had with ``Prefer: respond-async``."""
        path = self._tokenize_path()
        if self.method == "POST":
            return path[0] == "imports"
        whole = self.method == "GET" and len(path) == 1 and "{" not in self.path
        return whole and path[0] in LISTS

    def _choice(self):
        """Which fields there are, and which of them are other records."""
        shown = self._get_serializer()
        row = getattr(shown, "child", shown)
        there = {name: each for name, each in row.fields.items() if not each.write_only}
        others = [name for name, each in there.items() if isinstance(each, Ref | Refs)]
        found = [OpenApiParameter("fields", _several(there), description=str(FIELDS), **COMMAS)]
        if others:
            expand = OpenApiParameter("expand", _several(others), description=str(EXPAND), **COMMAS)
            found.append(expand)
        if "changed_since" in self.view.door_parameters():
            found.append(OpenApiParameter("changed_since", TEXT, description=str(SINCE)))
        return found

    def _shows_a_record(self):
        """Whether this is one record as of a day."""
        one = "{key}" in self.path and "{row}" not in self.path
        return self.method == "GET" and one and not self._is_list_view()

    def _format_parameter(self):
        """The forms of what can be had as a file, as lists can."""
        renderers = self.view.get_renderers()
        if not any(isinstance(each, tuple(FILES)) for each in renderers):
            return []
        named = [each.format for each in renderers if each.format != "api"]
        forms = {"type": "string", "enum": named}
        return [OpenApiParameter("format", forms, description=str(FORMAT))]

    def _get_response_for_code(self, serializer, status_code, *args, **kwargs):
        described = super()._get_response_for_code(serializer, status_code, *args, **kwargs)
        content = described.get("content", {})
        if int(status_code) >= 400 and content:
            [schema] = {str(each): each for each in content.values()}.values()
            described["content"] = {MEDIA_TYPE: schema}
            return described
        for name in FILE_TYPES & set(content):
            # All rows in one file.
            content[name] = {"schema": {"type": "string", "format": "binary"}}
        if issubclass(getattr(self.view, "filterset", None) or object, MatrixFilter) and content:
            told = content["application/json"]
            told["schema"] = {"anyOf": [told["schema"], ABOUT]}
        return described

    def _changes_a_record(self):
        """Whether the request must name a version: it changes a record that is there."""
        if getattr(self.view, "needs_no_version", False):
            return False
        return self.method in ("PUT", "PATCH", "DELETE") or (
            self.method == "POST" and getattr(self.view, "needs_version", False)
        )

    def _key_parameters(self):
        [noun, *_rest] = self._tokenize_path()
        keys = {"key": KEYS[noun]}
        if "{row}" in self.path:
            keys["row"] = ROW
        path = OpenApiParameter.PATH
        return [
            OpenApiParameter(
                name,
                TEXT,
                path,
                required=True,
                description=str(text),
                examples=examples.of_key(noun) if name == "key" else [],
            )
            for name, text in keys.items()
        ]

    def get_response_serializers(self):
        """What is answered, with every refusal; a made record may show more than a read one."""
        success = getattr(self.view, "success_status", None)
        if self.method == "DELETE":
            answers = {204: None}
        else:
            usual = 201 if self.method == "POST" else 200
            made = getattr(self.view, "shown_class", None) if self.method == "POST" else None
            shown = made or self._get_serializer()
            if getattr(self.view, "is_many", False):
                shown = self.view.get_serializer_class()(many=True)
            answers = {success or usual: shown}
        if self._may_be_job():
            told = str(_("The job that does it."))
            # One job, also where the usual answer is a page of rows.
            one = forced_singular_serializer(JobSerializer)
            answers[202] = OpenApiResponse(one, description=told)
        if getattr(self.view, "files_at", ""):
            told = str(_("Where the same is found as a file."))
            answers[302] = OpenApiResponse(None, description=told)
        types = getattr(self.view, "file_types", ())
        if types:
            answers = {(200, *types): OpenApiTypes.BINARY}
        return answers | self._refusals()

    def get_examples(self):
        """What may be sent to make a record on the demonstration register."""
        return examples.of_body(self._tokenize_path()) if self.method == "POST" else []

    def get_request_serializer(self):
        """What is sent, where that is something else than what is shown."""
        sent = getattr(self.view, "sent_class", None)
        return sent(context=self.view.get_serializer_context()) if sent else self._get_serializer()

    def _refusals(self):
        """Every refusal that this address may answer with, by status."""
        found = {
            400: _refusal(InvalidSerializer, _("What is wrong, by name.")),
            401: _refusal(ProblemSerializer, _("Nobody is signed in.")),
            403: _refusal(ProblemSerializer, _("You may not do this.")),
            406: _refusal(ProblemSerializer, _("There is no such form of this answer.")),
            429: _refusal(ProblemSerializer, _("Too many requests; Retry-After says when.")),
            503: _refusal(ProblemSerializer, _("The database is busy; Retry-After says when.")),
        }
        if "{key}" in self.path:
            text = _("There is no such record on that day, or this is no key.")
            found[404] = _refusal(ProblemSerializer, text)
            # A key can spell the end of another address, at which this is not served.
            found[405] = _refusal(ProblemSerializer, _("This method is not served there."))
        if self.method != "GET":
            found[415] = _refusal(ProblemSerializer, _("Not JSON."))
            found[413] = _refusal(ProblemSerializer, _("Too large."))
        if self.method == "GET":
            found[304] = OpenApiResponse(None, description=str(_("What If-None-Match names.")))
        else:
            found[422] = _refusal(ProblemSerializer, _("The key belongs to another request."))
            found[409] = _refusal(HeldSerializer, _("Something stands in the way."))
        if self._changes_a_record():
            text = _("Somebody else was faster; the ETag names the version that stands.")
            found[412] = _refusal(StaleSerializer, text)
            found[428] = _refusal(ProblemSerializer, _("If-Match is missing."))
        return dict(sorted(found.items()))


def _refusal(serializer, text):
    return OpenApiResponse(serializer, description=str(text))


def _several(names):
    return {"type": "array", "items": {"type": "string", "enum": list(names)}, "minItems": 1}


def filter_parameters(filterset) -> list[OpenApiParameter]:
    """One parameter for each filter of the FilterSet, with what it may be."""
    return [
        OpenApiParameter(name, _schema_of(item), description=_description_of(item))
        for name, item in filterset.base_filters.items()
    ]


def _schema_of(item):
    item = item.turned if isinstance(item, Not) else item
    choices = [str(key) for key, _label in item.extra.get("choices", [])]
    if isinstance(item, ManyChoices | NamedConditions):
        return {"type": "array", "items": {"type": "string", "enum": choices}}
    if isinstance(item, Sort | One):
        return {"type": "string", "enum": choices}
    if isinstance(item, Keys):
        return {"type": "array", "items": TEXT}
    if isinstance(item, Search):
        return {**TEXT, "maxLength": item.extra["max_length"]}
    if isinstance(item, Day | AsOfDay | OtherDay):
        return DAY
    return TEXT


def _description_of(item):
    if isinstance(item, AsOfDay):
        return str(AS_OF)
    words = [f"{item.label}."]
    item = item.turned if isinstance(item, Not) else item
    if isinstance(item, ManyChoices | NamedConditions | One):
        words += [f"`{key}`: {label}." for key, label in item.extra["choices"]]
    if isinstance(item, Keys):
        words.append(str(WRITTEN.get(item.field_name, _("By key, as in the record’s address."))))
    if isinstance(item, ManyChoices | NamedConditions | Keys):
        words.append(str(_("Repeat for “or”.")))
    if isinstance(item, Sort):
        words.append(str(_("A leading minus turns the order round.")))
    return " ".join(words)


class SessionScheme(OpenApiAuthenticationExtension):
    """Our session authentication is DRF's, with another refusal."""

    target_class = "tracker.api.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema):
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


class TokenScheme(OpenApiAuthenticationExtension):
    """Programs send a token."""

    target_class = "tracker.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema):
        return {"type": "http", "scheme": "bearer", "bearerFormat": "ct_<public part>_<secret>"}


class RefField(OpenApiSerializerFieldExtension):
    """A record is shown with its name and written as its key."""

    target_class = "tracker.api.fields.Ref"

    def map_serializer_field(self, auto_schema, direction):
        if direction == "request":
            return dict(TEXT)
        return auto_schema.resolve_serializer(RefSerializer, direction).ref


class RegionFieldScheme(OpenApiSerializerFieldExtension):
    """A region is shown with its name and written as its code."""

    target_class = "tracker.api.serializers.bodies.RegionField"

    def map_serializer_field(self, auto_schema, direction):
        if direction == "request":
            return dict(TEXT)
        return auto_schema.resolve_serializer(RegionSerializer, direction).ref


class UploadedFileField(OpenApiSerializerFieldExtension):
    """A file is sent as its bytes and shown as what it is."""

    target_class = "tracker.api.serializers.evidence.UploadedFile"

    def map_serializer_field(self, auto_schema, direction):
        if direction == "request":
            return {"type": "string", "format": "binary"}
        ref = auto_schema.resolve_serializer(FileSerializer, direction).ref
        return {"allOf": [ref], "nullable": True}


class AddressField(OpenApiSerializerFieldExtension):
    """The address of the record itself."""

    target_class = "tracker.api.fields.Address"
    match_subclasses = True

    def map_serializer_field(self, auto_schema, direction):
        return {"type": "string", "format": "uri"}


class ResultsField(OpenApiSerializerFieldExtension):
    """Counts by result."""

    target_class = "tracker.api.fields.Results"

    def map_serializer_field(self, auto_schema, direction):
        return COUNTS

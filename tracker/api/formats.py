"""What goes in and out: JSON, and the pages that show it to a person."""

import json

from django.utils.translation import gettext as _
from rest_framework import exceptions, metadata, negotiation, parsers, renderers

from tracker.api.notation import JsonAnswer
from tracker.api.serializers.base import as_input
from tracker.exports import statements
from tracker.exports.fitting import BRIEFS
from tracker.exports.forms import FEEDS, FORMS


class Json(parsers.JSONParser):
    """JSON, refused with 400 also where Python reads it and nothing after that could."""

    def parse(self, stream, media_type=None, parser_context=None):
        try:
            data = super().parse(stream, media_type, parser_context)
            # Half a surrogate pair can be escaped in JSON, and be neither stored nor shown.
            json.dumps(data, ensure_ascii=False).encode()
        except RecursionError as error:
            raise exceptions.ParseError(_("The JSON nests too deeply.")) from error
        except UnicodeEncodeError as error:
            raise exceptions.ParseError(_("The JSON holds text that is not Unicode.")) from error
        return data


class Negotiation(negotiation.DefaultContentNegotiation):
    """Names the formats there are when ``format`` asks for another."""

    def filter_renderers(self, renderers, format):
        found = [renderer for renderer in renderers if renderer.format == format]
        if found:
            return found
        allowed = ", ".join(renderer.format for renderer in renderers)
        raise exceptions.ValidationError(
            {
                "format": _("“%(value)s” is not one of: %(allowed)s.")
                % {"value": format, "allowed": allowed}
            }
        )


class Methods(metadata.SimpleMetadata):
    """What ``OPTIONS`` tells: methods and formats. The fields stand in the schema.

    No record is looked up for it, so the answer is the same whether there is one or not.
    """

    def determine_actions(self, request, view):
        return {}


class BrowsablePages(renderers.BrowsableAPIRenderer):
    """The browsable API: what a script gets, on a page, with a text box for what may be sent."""

    def get_filter_form(self, data, view, request):
        return None

    def get_raw_data_form(self, data, view, method, request):
        """The text to begin with, None where this person may not send any."""
        form = super().get_raw_data_form(data, view, method, request)
        # What stood on another day is not offered as something to send today.
        if not form or "on" in request.query_params:
            return None
        text = form.fields["_content"].initial
        shown = getattr(data, "serializer", None)
        if method == "POST" or shown is None:
            return text
        return json.dumps(as_input(shown, json.loads(text)), indent=4, ensure_ascii=False)


class File(renderers.BaseRenderer):
    """A list as a file. It is written where its rows are; this only stands for its name."""

    charset = None
    render_style = "binary"

    def render(self, data, accepted_media_type=None, renderer_context=None):
        raise NotImplementedError("files are streamed by the list itself")


class ErrorFile(File):
    """The refused rows of a table as CSV, which the view has as a text."""

    format, media_type = "csv", "text/csv"

    def render(self, data, accepted_media_type=None, renderer_context=None):
        return data.encode()


class RefusesInJson:
    """For views that also answer with files."""

    def handle_exception(self, exc):
        # A refusal is told in JSON, whatever form the rows were asked for in.
        if isinstance(getattr(self.request, "accepted_renderer", None), File):
            self.request.accepted_renderer = JsonAnswer()
            self.request.accepted_media_type = JsonAnswer.media_type
        return super().handle_exception(exc)


def _stands_for(key: str, media_type: str) -> type[File]:
    named = {"format": key, "media_type": media_type.partition(";")[0]}
    return type(f"File{key.title()}", (File,), named)


#: Every form of a list but JSON, which the API has its own pages of.
FILES = [
    _stands_for(form.key, form.media_type)
    for form in (*FORMS.values(), *FEEDS.values())
    if form.key != "json"
]
#: The forms of a resolution.
STATEMENTS = [_stands_for(key, form.media_type) for key, form in statements.FORMS.items()]
#: The forms of a brief but JSON.
BRIEF_FILES = [_stands_for(key, form.media_type) for key, form in BRIEFS.items() if key != "json"]

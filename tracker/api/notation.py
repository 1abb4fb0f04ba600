"""JSON as it is sent: written by a fast library, spelled as REST framework spells it."""

import orjson
from rest_framework.renderers import JSONRenderer
from rest_framework.utils.encoders import JSONEncoder

#: Days and times are spelled by ``JSONEncoder``; keys may be numbers.
OPTIONS = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_NON_STR_KEYS
_plain = JSONEncoder().default


class JsonAnswer(JSONRenderer):
    """What REST framework would write, ten times as fast; with an indent, as it writes it."""

    def render(self, data, accepted_media_type=None, renderer_context=None):
        if data is None or self.get_indent(accepted_media_type, renderer_context or {}):
            return super().render(data, accepted_media_type, renderer_context)
        return orjson.dumps(data, default=_plain, option=OPTIONS)

"""Full-text search over everything that the reader may see."""

from django.core.exceptions import ValidationError as FormError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins
from rest_framework.exceptions import ValidationError

from tracker.api.pages import Listed, Pages
from tracker.api.parameters import refuse_unknown
from tracker.api.schema import AS_OF, DAY, TEXT
from tracker.api.serializers.search import HitSerializer
from tracker.api.views.door import DoorView
from tracker.search.find import counts, find
from tracker.search.hits import hits_of
from tracker.vocabulary import SearchGroup

LONGEST = 200
KNOWN = {"q", "noun", "on", "page", "page_size"}


class HitPages(Pages):
    """Pages that also tell how many hits each kind of record has."""

    def get_schema_operation_parameters(self, view):
        """Hits are ranked, so they are read by page."""
        return super().get_schema_operation_parameters(view)[:2]

    def get_paginated_response(self, data):
        response = super().get_paginated_response(data)
        response.data["nouns"] = self.nouns
        return response

    def get_paginated_response_schema(self, schema):
        described = super().get_paginated_response_schema(schema)
        described["properties"]["nouns"] = {
            "type": "object",
            "additionalProperties": {"type": "integer"},
            "description": _("How many hits each kind of record has."),
        }
        described["required"].append("nouns")
        return described


class Search(mixins.ListModelMixin, DoorView):
    """Records that hold all the words of ``q``, the best first."""

    serializer_class = HitSerializer
    limit = "search"
    pagination_class = HitPages
    http_method_names = ["get", "head", "options"]

    def get_view_name(self):
        return _("Search")

    @extend_schema(
        parameters=[
            OpenApiParameter("q", {**TEXT, "maxLength": LONGEST}, description="Words or a symbol."),
            OpenApiParameter(
                "noun",
                {**TEXT, "enum": SearchGroup.values},
                description="One kind of record only.",
            ),
            OpenApiParameter("on", DAY, description=str(AS_OF)),
        ]
    )
    def get(self, request):
        """What is found on one page; 400 names the parameter to mend."""
        refuse_unknown(request.query_params, KNOWN)
        words, groups = self.words(), self.groups()
        entries = find(words, viewer=request.user, on=self.on, groups=groups)
        nouns = counts(entries)
        page = self.paginate_queryset(
            Listed(lambda: sum(nouns.values()), lambda start, stop: entries[start:stop])
        )
        self.paginator.nouns = nouns
        hits = hits_of(page, words, viewer=request.user)
        return self.get_paginated_response(self.get_serializer(hits, many=True).data)

    def words(self) -> str:
        """What is looked for; raises 400 when it is too long."""
        words = self.request.query_params.get("q", "").strip()
        if len(words) > LONGEST:
            message = _("Give at most %(most)d characters.") % {"most": LONGEST}
            raise ValidationError({"q": [message]})
        try:
            ProhibitNullCharactersValidator()(words)
        except FormError as error:
            raise ValidationError({"q": error.messages}) from error
        return words

    def groups(self) -> list[str]:
        """The kinds of record that are asked for; raises 400 when there is no such kind."""
        noun = self.request.query_params.get("noun", "")
        if noun and noun not in SearchGroup.values:
            message = _("“%(value)s” is not one of: %(allowed)s.")
            message %= {"value": noun, "allowed": ", ".join(SearchGroup.values)}
            raise ValidationError({"noun": [message]})
        return [noun] if noun else list(SearchGroup.values)

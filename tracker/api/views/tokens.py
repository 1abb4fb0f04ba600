"""One's own tokens: listed, issued once, revoked at once."""

from django.utils import timezone
from rest_framework import mixins, status
from rest_framework.response import Response

from tracker import actions
from tracker.api.parameters import read_reason, refuse_unknown
from tracker.api.serializers.tokens import IssuedSerializer, NewTokenSerializer, TokenSerializer
from tracker.api.views.base import NounView
from tracker.models import Token
from tracker.rights import Act


class Tokens(NounView):
    """What the list and the record of tokens share."""

    noun = Token
    act = Act.READ_REGISTER
    serializer_class = TokenSerializer


class TokenList(mixins.ListModelMixin, Tokens):
    """One's own tokens, the latest first; a new one is shown with its secret this once.

    Tokens are made by somebody who is signed in, and not by a program with a token.
    """

    http_method_names = ["get", "head", "options", "post"]
    sent_class = NewTokenSerializer
    limit = "token"
    is_secret = True
    limited_methods = ("POST",)
    shown_class = IssuedSerializer

    def door_parameters(self):
        """A list can also be read by cursor."""
        return (*super().door_parameters(), "cursor")

    def get(self, request):
        refuse_unknown(request.query_params, {"page", "page_size"})
        self.queryset = self.rows()
        return self.list(request)

    def post(self, request):
        """Issue a token; its text stands in this answer and nowhere else."""
        refuse_unknown(request.query_params)
        sent = self.read().validated_data
        token, text = actions.issue_token(**sent, by=request.user, at=timezone.now())
        token.token = text
        shown = IssuedSerializer(token, context=self.get_serializer_context()).data
        headers = {"Location": shown["url"]}
        return Response(shown, status=status.HTTP_201_CREATED, headers=headers)


class TokenRecord(Tokens):
    """One token; deleting it revokes it at once, and its line stays."""

    http_method_names = ["get", "head", "options", "delete"]
    needs_no_version = True

    def get(self, request, key):
        refuse_unknown(request.query_params)
        return Response(self.get_serializer(self.find(self.rows(), key)).data)

    def delete(self, request, key):
        """Revoke it: whoever sends it from now on is nobody."""
        refuse_unknown(request.query_params, {"reason"})
        reason = read_reason(request.query_params)
        token = self.find(self.stored(), key)
        actions.revoke_token(token, by=request.user, at=timezone.now(), reason=reason)
        return Response(status=status.HTTP_204_NO_CONTENT)

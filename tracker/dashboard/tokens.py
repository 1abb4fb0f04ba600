"""``/me/tokens/``: what programs of one's own come in with."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker import actions
from tracker.actions.tokens import LONGEST, USUAL
from tracker.dashboard.addresses import address
from tracker.dashboard.base import DashboardView, NotHeld
from tracker.dashboard.limited import Limited
from tracker.models import Token
from tracker.rights import SCOPES, Act, Reach, reach
from tracker.vocabulary import Scope


class TokenForm(forms.Form):
    """What it is for, what it may do, and for how long."""

    name = forms.CharField(
        label=gettext_lazy("What it is for"),
        max_length=80,
        help_text=gettext_lazy("Such as: weekly table for the committee."),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Never more than you may do yourself."),
    )
    days = forms.IntegerField(
        label=gettext_lazy("Ends after so many days"), min_value=1, max_value=LONGEST, initial=USUAL
    )


class Tokens(Limited, DashboardView):
    """One's own tokens, and the form for another; its text is shown in the answer, once."""

    http_method_names = ["get", "head", "options", "post"]
    limit = "token"
    limited_methods = ("POST",)

    @property
    def day(self):
        """None: tokens have no day."""
        return None

    def get(self, request):
        wrong = {name: [_("There is no such parameter.")] for name in request.GET}
        if wrong:
            return self.render("dashboard/refused.html", {"errors": wrong}, status=400)
        return self.shown(TokenForm(initial={"days": USUAL, "scopes": [Scope.READ]}))

    def post(self, request):
        form = TokenForm(request.POST)
        if not form.is_valid():
            return self.shown(form, status=400)
        try:
            token, text = actions.issue_token(
                **form.cleaned_data, by=self.viewer, at=timezone.now()
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.shown(form, status=400)
        return self.shown(TokenForm(initial={"days": USUAL}), made=token, text=text, status=201)

    def shown(self, form, *, status=200, **made):
        """The page; ``made`` is the token that was just issued, with its text."""
        now = timezone.now()
        rows = list(Token.objects.visible_to(self.viewer).for_listing(on=self.on, viewer=None))
        for row in rows:
            row.state_now = row.state(now)
        context = {"form": form, "rows": rows, "scopes": scopes_of(self.viewer), **made}
        return self.render("dashboard/tokens.html", context, status=status)


class RevokeToken(DashboardView):
    """The button that ends a token at once."""

    http_method_names = ["post", "options"]

    def post(self, request, key):
        token = Token.objects.visible_to(self.viewer).filter(key=key).first()
        if token is None:
            raise NotHeld(_("You have no such token."))
        actions.revoke_token(token, by=self.viewer, at=timezone.now())
        return HttpResponseRedirect(address("tokens"))


def scopes_of(person) -> list[tuple[str, str, list[str]]]:
    """Each scope with the acts that it leaves to ``person``, besides reading."""
    return [
        (scope.value, scope.label, [act.label for act in Act if _left(act, scope, person)])
        for scope in Scope
    ]


def _left(act, scope, person):
    mine = act in SCOPES[scope] and act not in SCOPES[Scope.READ]
    return mine and reach(person, act) != Reach.NONE

"""What every answer of the API has in common: limits, trials, one effect for a key, entity tags."""

from functools import cached_property, partial

from django.utils import timezone
from rest_framework.exceptions import Throttled
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response

from tracker import limits
from tracker.api.choice import Choice
from tracker.api.once import TRIAL, read_trial, written
from tracker.api.parameters import take
from tracker.api.preconditions import conditional
from tracker.filters.strict import read_on

WRITING = ("POST", "PUT", "PATCH", "DELETE")
READING = ("GET", "HEAD")


class DoorView(GenericAPIView):
    """A view of the API. ``fields`` and ``expand`` choose what of a record is shown."""

    #: Whether ``fields`` and ``expand`` are taken.
    may_choose = False
    is_trial = False
    #: What is answered is shown once: never kept, never tried.
    is_secret = False
    choice = None

    #: The limit that stands here besides those of every address, and for which methods.
    limit = ""
    limited_methods = ("GET", "POST")
    left = None
    #: The record that a write has shown.
    about = None

    @cached_property
    def on(self):
        """The day as of which the register is shown."""
        return read_on(self.request.query_params, timezone.localdate())

    def initial(self, request, *args, **kwargs):
        self.count("address", limits.address_of(request))
        super().initial(request, *args, **kwargs)
        if request.method in WRITING:
            self.is_trial = read_trial(take(request, TRIAL))
            name = request.method.lower()
            if name in self.http_method_names and hasattr(self, name):
                setattr(self, name, partial(written, self, getattr(self, name)))
        elif request.method in READING and self.may_choose:
            self.taken = {name: take(request, name) for name in self.door_parameters()}
            self.choice = Choice(self.taken["fields"], self.taken["expand"])

    def check_throttles(self, request):
        """Count the request; raises 429 with the seconds to wait."""
        self.count("api", f"person {request.user.pk}")
        if self.limit and request.method in self.limited_methods:
            self.count(self.limit, f"person {request.user.pk}")

    def count(self, name, who):
        """Count one request against a limit; what is told is the limit with the least left."""
        left = limits.count(name, who)
        if left is None:
            return
        if self.left is None or left.remaining <= self.left.remaining:
            self.left = left
        if left.is_exceeded:
            raise Throttled(left.reset)

    def door_parameters(self) -> tuple[str, ...]:
        """What is taken here besides the filters of the list."""
        return ("fields", "expand")

    def get_serializer(self, *args, **kwargs):
        """As DRF makes it, with the fields alone that were asked for."""
        serializer = super().get_serializer(*args, **kwargs)
        # The pages for people also ask for what may be sent: that is always everything.
        reading = self.request.method in READING
        return self.choice.narrow(serializer) if self.choice and reading else serializer

    def finalize_response(self, request, response, *args, **kwargs):
        if self.choice and isinstance(response, Response) and response.status_code == 200:
            self.choice.expand(response.data, request, self.on)
        response = super().finalize_response(request, response, *args, **kwargs)
        answer = conditional(request, response)
        for name in ("limit", "remaining", "reset") if self.left else ():
            answer.headers[f"RateLimit-{name.title()}"] = str(getattr(self.left, name))
        return answer

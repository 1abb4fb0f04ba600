"""Pages that are answered only so often: search, contacts, tokens, signing in."""

from django.shortcuts import render

from tracker import limits


class Limited:
    """A page with a ``limit`` of the settings, counted for each person, or address before."""

    limit: str
    limited_methods = ("GET", "POST")

    def dispatch(self, request, *args, **kwargs):
        if request.method in self.limited_methods:
            for who in self.counted_as(request):
                left = limits.count(self.limit, who)
                if left and left.is_exceeded:
                    return too_many(request, left)
        return super().dispatch(request, *args, **kwargs)

    def counted_as(self, request) -> list[str]:
        """Whose requests are counted together."""
        if request.user.is_authenticated:
            return [f"person {request.user.pk}"]
        return [f"address {limits.address_of(request)}"]


def too_many(request, left):
    """429, and when to come again."""
    page = render(request, "429.html", {"seconds": left.reset}, status=429)
    page.headers["Retry-After"] = str(left.reset)
    return page

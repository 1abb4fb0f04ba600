"""What every template may ask for."""

from django.utils.functional import SimpleLazyObject

from tracker.models import Body


def register(request) -> dict:
    """``fictional_register``: whether invented bodies are held; asked for only where shown."""
    return {"fictional_register": SimpleLazyObject(_holds_fiction)}


def _holds_fiction() -> bool:
    return Body.objects.filter(is_fictional=True).exists()

"""States as they are shown everywhere: a small picture, the word, the day that it dates from."""

import datetime
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from tracker.dashboard.words import LABELS
from tracker.exports.about import day_words


def mark(key: str) -> SafeString:
    """The small picture of a state; its name always stands beside it."""
    return format_html(
        '<svg class="mark is-{0}" aria-hidden="true"><use href="#mark-{0}"/></svg>', key
    )


def fact(vocabulary: str, key: str) -> SafeString:
    """One of the four facts: picture and word."""
    return format_html(
        '<span class="fact">{}<span>{}</span></span>', mark(key), LABELS[vocabulary][key]
    )


def when(on: datetime.date) -> SafeString:
    """The day that a fact dates from."""
    return _when(on, get_language())


@lru_cache(4096)
def _when(on, _language):
    # Formatting days is most of what a row would cost.
    return format_html('<time class="when" datetime="{}">{}</time>', on.isoformat(), day_words(on))

"""The index on SQLite: an FTS5 table over the entries, kept by triggers.

The ``ascii`` tokenizer takes every other letter as it is and cuts at spaces: the words stay
those of ``text.py``.
"""

from django.db.models import BooleanField, Func, Value

from tracker.search.text import Term


class Match(Func):
    """Whether an entry is among those that the index finds for a query."""

    template = (
        '"tracker_searchentry"."id" IN (SELECT rowid FROM tracker_searchwords'
        " WHERE tracker_searchwords MATCH %(expressions)s)"
    )
    output_field = BooleanField()


def match(terms: list[Term], *, title: bool = False) -> Match:
    """Condition for the entries that hold all ``terms``, in their title where that is asked."""
    # A word holds letters and digits alone, so a quoted one cannot end early.
    query = " ".join(f'"{term.text}"{"*" if term.beginning else ""}' for term in terms)
    return Match(Value(f"{{title}} : ({query})" if title else query))

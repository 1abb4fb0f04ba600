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
    query = _spelled(terms)
    return Match(Value(f"{{title}} : ({query})" if title else query))


def holding(entries, terms: list[Term]):
    """Those of ``entries`` that hold all ``terms``, read in the order in which they are found.

    A join: the condition above would first gather all that is found, tens of thousands of keys.
    """
    return entries.extra(
        tables=["tracker_searchwords"],
        where=[
            'tracker_searchwords.rowid = "tracker_searchentry"."id"',
            "tracker_searchwords MATCH %s",
        ],
        params=[_spelled(terms)],
    )


def _spelled(terms):
    # A word holds letters and digits alone, so a quoted one cannot end early.
    return " ".join(f'"{term.text}"{"*" if term.beginning else ""}' for term in terms)

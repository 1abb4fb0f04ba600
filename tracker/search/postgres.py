"""The index on PostgreSQL: columns of words that the database derives, with a GIN index.

No text search configuration takes part: the words are those of ``text.py``.
"""

from django.db.models import BooleanField, Func, Value

from tracker.search.text import Term


class Match(Func):
    """Whether one of the columns of words meets a query."""

    template = '"tracker_searchentry"."%(column)s" @@ (%(expressions)s)::tsquery'
    output_field = BooleanField()


def match(terms: list[Term], *, title: bool = False) -> Match:
    """Condition for the entries that hold all ``terms``, in their title where that is asked."""
    # A word holds letters and digits alone, so a quoted one cannot end early.
    query = " & ".join(f"'{term.text}'{':*' if term.beginning else ''}" for term in terms)
    return Match(Value(query), column="title_words" if title else "all_words")


def holding(entries, terms: list[Term]):
    """Those of ``entries`` that hold all ``terms``."""
    return entries.filter(match(terms))

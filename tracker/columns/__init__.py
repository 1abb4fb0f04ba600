"""What is known of every commitment today, as columns in memory: which rows a list shows.

A database finds rows fast by what it has an index for. Lists are asked for by any of twenty
filters at once, in any order, with an exact count; columns answer that for a million commitments
in a few thousandths of a second. The rows themselves are read from the database, by their keys.

``load`` reads the columns, ``held`` keeps them up to date in each process, ``table`` is what they
are, ``asking`` narrows and orders them as a list is asked for, ``rows`` reads the rows of a page.
"""

from tracker.columns.asking import Found, find
from tracker.columns.held import current

__all__ = ["Found", "current", "find"]

"""The questions, each answered from the table that was made for it."""

from bench.limit.store import POSTGRESQL, number, rows

CARD = "c.key, c.provision_key, c.body_code, c.body_name, c.position, c.reported_on, \
c.evidence_count, c.result, c.assessed_on, c.follow_up_on, c.due"
WORLD = "'002', '003', '004', '005', '006', 'none'"
LATE = "SELECT due, card FROM late WHERE body = ? AND due < ? ORDER BY due, card LIMIT 50"
if POSTGRESQL:
    FOUND = "SELECT count(*) FROM words WHERE found @@ plainto_tsquery('simple', ?)"
    SEARCH = """SELECT key, ts_headline('simple', text, q, 'MaxWords=20, MinWords=10') AS text
FROM (SELECT key, text, q FROM words, plainto_tsquery('simple', ?) q WHERE found @@ q
ORDER BY ts_rank(found, q) DESC LIMIT 20) best"""
else:
    FOUND = "SELECT count(*) FROM words WHERE words MATCH ?"
    SEARCH = """SELECT key, snippet(words, 1, '<b>', '</b>', '…', 20) AS text
FROM words WHERE words MATCH ? ORDER BY rank LIMIT 20"""
#: Filter → condition on cards, for any combination of them.
FILTERS = {
    "theme": "c.provision IN (SELECT l.provision FROM carries l JOIN theme t ON t.id = l.theme "
    "WHERE t.slug = ?)",
    "region": "c.region IN (SELECT region FROM place WHERE code = ?)",
    "body": "c.body_code = ?",
    "result": "c.result = ?",
    "position": "c.position = ?",
    "force": "c.force = ?",
    "due_after": "c.due >= ?",
    "due_before": "c.due <= ?",
}


def listed(asked: dict) -> dict:
    """Commitments under a theme, in a region, with a result: fifty by date, and how many."""
    theme = number("SELECT id FROM theme WHERE slug = ?", asked["theme"][0])
    place = (theme, asked["region"][0], asked["result"][0])
    which = "theme = ? AND region = ? AND result = ?"
    found = rows(
        f"SELECT {CARD} FROM (SELECT card FROM facet WHERE {which} ORDER BY due, card LIMIT 50) f "
        "JOIN card c ON c.id = f.card ORDER BY c.due, c.id",
        *place,
    )
    return {"count": number(f"SELECT n FROM total WHERE {which}", *place), "results": found}


def any_of(asked: dict) -> dict:
    """Commitments by any filters: what the planner makes of ordinary indexes."""
    which = " AND ".join(FILTERS[name] for name in asked)
    values = [each for [each] in asked.values()]
    found = rows(f"SELECT {CARD} FROM card c WHERE {which} ORDER BY c.due, c.id LIMIT 50", *values)
    return {
        "count": number(f"SELECT count(*) FROM card c WHERE {which}", *values),
        "results": found,
    }


def matrix(asked: dict) -> dict:
    """Themes by regions of the world by result."""
    cells = f"SELECT theme, region, result, n FROM total WHERE n > 0 AND region IN ({WORLD})"
    return {"themes": rows("SELECT id, slug, name FROM theme"), "cells": rows(cells)}


def profile(asked: dict) -> dict:
    """One body by theme."""
    statement = "SELECT t.slug, p.result, p.n FROM profile p JOIN theme t ON t.id = p.theme"
    return {"themes": rows(f"{statement} WHERE p.body = ?", asked["body"][0])}


def overdue(asked: dict) -> dict:
    """The fifty longest overdue of some bodies, and how many there are."""
    bodies, day = asked["body"], asked["today"][0]
    values = [value for body in bodies for value in (body, day)]
    marks = ", ".join("?" * len(bodies))
    several = " UNION ALL ".join([f"SELECT * FROM ({LATE}) AS one"] * len(bodies))
    counted = f"SELECT count(*) FROM late WHERE body IN ({marks}) AND due < ?"
    found = rows(
        f"SELECT {CARD} FROM ({several}) f JOIN card c ON c.id = f.card "
        "ORDER BY f.due, f.card LIMIT 50",
        *values,
    )
    return {"count": number(counted, *bodies, day), "results": found}


def search(asked: dict) -> dict:
    """Paragraphs that hold all words, the best twenty with what stands around them."""
    words = asked["q"][0]
    return {"count": number(FOUND, words), "results": rows(SEARCH, words)}

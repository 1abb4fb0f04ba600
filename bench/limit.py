"""The limit: the same answers by hand-written SQL over tables made for them, and a fast JSON dump.

No framework, no rights, no day but today: ``LIMIT_FILE`` names the file that ``rivals`` filled.
"""

import os
import sqlite3
import threading
from urllib.parse import parse_qs

import orjson

LOCAL = threading.local()
CARD = "c.key, c.provision_key, c.body_code, c.body_name, c.position, c.reported_on, \
c.evidence_count, c.result, c.assessed_on, c.follow_up_on, c.due"
WORLD = "'002', '003', '004', '005', '006', 'none'"
LATE = "SELECT due, card FROM late WHERE body = ? AND due < ? ORDER BY due, card LIMIT 50"
SEARCH = """SELECT key, snippet(words, 1, '<b>', '</b>', '…', 20) AS text
FROM words WHERE words MATCH ? ORDER BY rank LIMIT 20"""


def database() -> sqlite3.Connection:
    """The connection of this thread."""
    if not hasattr(LOCAL, "connection"):
        LOCAL.connection = sqlite3.connect(os.environ["LIMIT_FILE"])
        LOCAL.connection.row_factory = _as_dict
    return LOCAL.connection


def _as_dict(cursor, row):
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}


def rows(statement: str, *values) -> list[dict]:
    """What a statement gives."""
    return database().execute(statement, values).fetchall()


def listed(asked: dict) -> dict:
    """Commitments under a theme, in a region, with a result: fifty by date, and how many."""
    [theme] = rows("SELECT id FROM theme WHERE slug = ?", asked["theme"][0])
    place = (theme["id"], asked["region"][0], asked["result"][0])
    which = "theme = ? AND region = ? AND result = ?"
    counted = rows(f"SELECT n FROM total WHERE {which}", *place)
    found = rows(
        f"SELECT {CARD} FROM (SELECT card FROM facet WHERE {which} ORDER BY due, card LIMIT 50) f "
        "JOIN card c ON c.id = f.card ORDER BY c.due, c.id",
        *place,
    )
    return {"count": counted[0]["n"] if counted else 0, "results": found}


def matrix(asked: dict) -> dict:
    """Themes by regions of the world by result."""
    cells = f"SELECT theme, region, result, n FROM total WHERE region IN ({WORLD})"
    return {"themes": rows("SELECT id, slug, name FROM theme"), "cells": rows(cells)}


def profile(asked: dict) -> dict:
    """One body by theme."""
    statement = "SELECT t.slug, p.result, p.n FROM profile p JOIN theme t ON t.id = p.theme"
    return {"themes": rows(f"{statement} WHERE p.body = ?", asked["body"][0])}


def overdue(asked: dict) -> dict:
    """The fifty longest overdue of some bodies, and how many there are."""
    bodies, day = asked["body"], asked["today"][0]
    one = f"SELECT * FROM ({LATE})"
    values = [value for body in bodies for value in (body, day)]
    marks = ", ".join("?" * len(bodies))
    [counted] = rows(
        f"SELECT count(*) AS n FROM late WHERE body IN ({marks}) AND due < ?", *bodies, day
    )
    found = rows(
        f"SELECT {CARD} FROM ({' UNION ALL '.join([one] * len(bodies))}) f "
        "JOIN card c ON c.id = f.card ORDER BY f.due, f.card LIMIT 50",
        *values,
    )
    return {"count": counted["n"], "results": found}


def search(asked: dict) -> dict:
    """Paragraphs that hold all words, the best twenty with what stands around them."""
    words = asked["q"][0]
    [counted] = rows("SELECT count(*) AS n FROM words WHERE words MATCH ?", words)
    return {"count": counted["n"], "results": rows(SEARCH, words)}


QUESTIONS = {
    "/list": listed,
    "/matrix": matrix,
    "/profile": profile,
    "/overdue": overdue,
    "/search": search,
}


def application(environ, start_response):
    """Answer one question."""
    answer = QUESTIONS[environ["PATH_INFO"]](parse_qs(environ["QUERY_STRING"]))
    body = orjson.dumps(answer)
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    start_response("200 OK", headers)
    return [body]

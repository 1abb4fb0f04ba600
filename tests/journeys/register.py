"""The register of the running site, read by SQL alone: what a page must say, found without it."""

import datetime
import re
import sqlite3
from pathlib import Path

#: What stands adopted last of each commitment: for who sees all, and for who sees what is open.
VIEWS = """
CREATE TEMP VIEW resolution AS SELECT *, replace(key, '(', ' (') AS symbol FROM tracker_resolution;
CREATE TEMP VIEW adopted AS SELECT * FROM tracker_assessment WHERE step = 'adopted';
CREATE TEMP VIEW latest_all AS SELECT * FROM (
    SELECT *, row_number() OVER (PARTITION BY commitment_id ORDER BY adopted_on DESC, id DESC)
    AS place FROM adopted) WHERE place = 1;
CREATE TEMP VIEW latest_open AS SELECT * FROM (
    SELECT *, row_number() OVER (PARTITION BY commitment_id ORDER BY adopted_on DESC, id DESC)
    AS place FROM adopted WHERE classification <> 'restricted') WHERE place = 1;
CREATE TEMP VIEW asked AS SELECT c.id, c.role, b.code, b.name AS body, b.kind AS body_kind,
    b.region_id, p.id AS provision_id, p.key AS provision, p.number, r.symbol, c.body_id
    FROM tracker_commitment c JOIN tracker_body b ON b.id = c.body_id
    JOIN tracker_provision p ON p.id = c.provision_id
    JOIN resolution r ON r.id = p.resolution_id;
CREATE TEMP VIEW themed AS SELECT DISTINCT pt.provision_id, above.slug
    FROM tracker_provision_themes pt JOIN tracker_theme own ON own.id = pt.theme_id
    JOIN tracker_theme above ON own.path = above.path OR own.path LIKE above.path || '%';
"""


class Register:
    """The SQLite file of the site, opened to be read only."""

    def __init__(self, file: Path):
        self.rows = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        self.rows.executescript(VIEWS)
        self.today = datetime.date.today()

    def words(self, sql: str, form: str, *, person: str) -> str:
        """``form`` filled with the first row that ``sql`` finds, as pages spell numbers and days.

        ``:me`` stands for the name of the person, ``:today`` and ``:in30`` … for days.
        """
        names = {"me": person, "today": self.today.isoformat()}
        for days in (30, 90):
            names[f"in{days}"] = (self.today + datetime.timedelta(days=days)).isoformat()
        row = self.rows.execute(sql, names).fetchone()
        if row is None:
            raise LookupError(f"nothing found by {sql}")
        return form.format(*map(spelled, row))


def spelled(value) -> str:
    """A number or a day as an English page writes it."""
    if isinstance(value, int):
        return f"{value:,}"
    if re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)):
        day = datetime.date.fromisoformat(value)
        return f"{day.day} {day:%B %Y}"
    return str(value)

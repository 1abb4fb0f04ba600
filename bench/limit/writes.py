"""One commitment with another result, and its history; all counts follow in the transaction."""

import datetime
from collections.abc import Iterable

from bench.limit.store import POSTGRESQL, number, run, run_many, transaction

THEMES = "SELECT theme FROM carries WHERE provision = ?"
PLACES = "SELECT code FROM place WHERE region = ?"
FACETS = f"""UPDATE facet SET result = ? WHERE theme IN ({THEMES}) AND region IN ({PLACES})
AND result = ? AND due = ? AND card = ?"""
TAKE = f"""UPDATE total SET n = n - 1
WHERE theme IN ({THEMES}) AND region IN ({PLACES}) AND result = ?"""
ADD = """INSERT INTO total SELECT l.theme, p.code, ?, 1 FROM carries l, place p
WHERE l.provision = ? AND p.region = ?
ON CONFLICT (theme, region, result) DO UPDATE SET n = total.n + 1"""
TAKE_PROFILE = f"UPDATE profile SET n = n - 1 WHERE body = ? AND theme IN ({THEMES}) AND result = ?"
ADD_PROFILE = """INSERT INTO profile SELECT ?, theme, ?, 1 FROM carries WHERE provision = ?
ON CONFLICT (body, theme, result) DO UPDATE SET n = profile.n + 1"""
HELD = "SELECT provision, region, body_code, result, due FROM card WHERE id = ? AND version = ?"
#: Cells by which what is kept and a recount differ.
WRONG = """SELECT count(*) FROM
(SELECT theme, region, result, count(*) AS n FROM facet GROUP BY 1, 2, 3) f
FULL JOIN (SELECT * FROM total WHERE n <> 0) t
ON t.theme = f.theme AND t.region = f.region AND t.result = f.result
WHERE f.n IS DISTINCT FROM t.n"""


def change(card: int, version: int, result: str) -> bool:
    """Give a card another result; False where somebody was faster."""
    today = datetime.date.today().isoformat()
    with transaction():
        held = run(HELD + (" FOR UPDATE" if POSTGRESQL else ""), card, version).fetchone()
        if held is None:
            return False
        provision, region, body, before, due = held
        run(
            "UPDATE card SET result = ?, assessed_on = ?, version = version + 1 WHERE id = ?",
            *(result, today, card),
        )
        at = datetime.datetime.now().isoformat()
        run("INSERT INTO history VALUES (?, ?, ?, ?, ?)", card, version, at, before, result)
        if POSTGRESQL:
            # Two that add to the same counts in another order would wait for each other.
            run("SELECT pg_advisory_xact_lock(1)")
        run(FACETS, result, provision, region, before, due, card)
        run(TAKE, provision, region, before)
        run(ADD, result, provision, region)
        run(TAKE_PROFILE, body, provision, before)
        run(ADD_PROFILE, body, result, provision)
    return True


def differences() -> int:
    """How many counts differ from a recount."""
    if POSTGRESQL:
        return number(WRONG)
    # Older SQLite has no FULL JOIN.
    kept = set(run("SELECT theme, region, result, n FROM total WHERE n <> 0").fetchall())
    counted = run("SELECT theme, region, result, count(*) FROM facet GROUP BY 1, 2, 3")
    return len(kept ^ set(counted.fetchall()))


def take_reports(rows: Iterable[dict], positions: set[str]) -> tuple[int, list[int]]:
    """Write reports, all or nothing; how many, and the lines that are refused."""
    cards = dict(run("SELECT key, id FROM card").fetchall())
    good, refused = [], []
    for line, row in enumerate(rows, 2):
        if row["commitment"] in cards and row["position"] in positions:
            good.append((cards[row["commitment"]], row["position"], row["text"]))
        else:
            refused.append(line)
    with transaction():
        run_many("INSERT INTO report VALUES (?, ?, ?)", good)
    return len(good), refused

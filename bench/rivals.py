"""What else could answer: tables made from a generated register, each in the shape its rival wants.

The limit keeps one row for each answer it may be asked, and ordinary indexes for questions that
nobody foresaw; the tutorial has the tables that plain models make. Both are filled from the SQLite
file of the register; what PostgreSQL holds is copied from there.
"""

import sqlite3
import zlib
from pathlib import Path

#: Of a viewer: what everybody sees, and what is seen where something restricted is left out.
EYES = "('all', 'open')"
#: Each filter of any combination, with the date that sorts.
INDEXES = "".join(
    f"CREATE INDEX card_{name} ON card ({name}, due);"
    for name in ("provision", "body_code", "region", "result", "position", "force")
)

LIMIT = f"""
CREATE TABLE place AS SELECT r.id AS region, a.code AS code
  FROM source.tracker_region r JOIN source.tracker_region a ON r.path LIKE a.path || '%'
  UNION ALL SELECT 0, 'none';
CREATE TABLE theme (id INTEGER PRIMARY KEY, slug TEXT, name TEXT);
INSERT INTO theme SELECT id, slug, name FROM source.tracker_theme;
CREATE TABLE carries (theme INTEGER, provision INTEGER, PRIMARY KEY (theme, provision))
  WITHOUT ROWID;
INSERT INTO carries SELECT theme_id, provision_id FROM source.tracker_provision_themes;
CREATE INDEX carries_provision ON carries (provision);
CREATE TABLE paragraph (id INTEGER PRIMARY KEY, key TEXT, resolution TEXT, summary TEXT);
INSERT INTO paragraph SELECT p.id, p.key, s.key, p.summary
  FROM source.tracker_provision p JOIN source.tracker_resolution s ON s.id = p.resolution_id;
CREATE TABLE card (id INTEGER PRIMARY KEY, key TEXT, provision INTEGER, provision_key TEXT,
  body_code TEXT, body_name TEXT, body_kind TEXT, region INTEGER, force TEXT, position TEXT,
  reported_on TEXT, evidence_count INTEGER, result TEXT, assessed_on TEXT, follow_up_on TEXT,
  next_due_on TEXT, due TEXT, version INTEGER);
INSERT INTO card SELECT
  row_number() OVER (ORDER BY s.year, s.number, p.path, b.name, b.code) AS id,
  p.key || '/' || b.code AS key, p.id AS provision, p.key AS provision_key, b.code AS body_code,
  b.name AS body_name, b.kind AS body_kind, coalesce(b.region_id, 0) AS region, p.force,
  k.position, k.reported_on, k.evidence_count, k.result, k.assessed_on, k.follow_up_on,
  k.next_due_on, coalesce(k.due_on, '9999-12-31') AS due, 1
  FROM source.tracker_known k JOIN source.tracker_provision p ON p.id = k.provision_id
  JOIN source.tracker_resolution s ON s.id = p.resolution_id
  JOIN source.tracker_body b ON b.id = k.body_id
  WHERE k.current AND k.eyes IN {EYES};
{INDEXES}
CREATE TABLE facet (theme INTEGER, region TEXT, result TEXT, due TEXT, card INTEGER,
  PRIMARY KEY (theme, region, result, due, card)) WITHOUT ROWID;
INSERT INTO facet SELECT t.theme, l.code, c.result, c.due, c.id
  FROM card c JOIN carries t ON t.provision = c.provision JOIN place l ON l.region = c.region
  ORDER BY 1, 2, 3, 4, 5;
CREATE TABLE total (theme INTEGER, region TEXT, result TEXT, n INTEGER,
  PRIMARY KEY (theme, region, result)) WITHOUT ROWID;
INSERT INTO total SELECT theme, region, result, count(*) FROM facet GROUP BY 1, 2, 3;
CREATE TABLE profile (body TEXT, theme INTEGER, result TEXT, n INTEGER,
  PRIMARY KEY (body, theme, result)) WITHOUT ROWID;
INSERT INTO profile SELECT c.body_code, t.theme, c.result, count(*)
  FROM card c JOIN carries t ON t.provision = c.provision GROUP BY 1, 2, 3;
CREATE TABLE late (body TEXT, due TEXT, card INTEGER, PRIMARY KEY (body, due, card)) WITHOUT ROWID;
INSERT INTO late SELECT body_code, next_due_on, id FROM card WHERE next_due_on IS NOT NULL
  ORDER BY 1, 2, 3;
CREATE TABLE history (card INTEGER, version INTEGER, at TEXT, before TEXT, after TEXT,
  PRIMARY KEY (card, version)) WITHOUT ROWID;
CREATE TABLE report (card INTEGER, position TEXT, text TEXT);
CREATE VIRTUAL TABLE words USING fts5(key UNINDEXED, text, tokenize = 'ascii');
INSERT INTO words (rowid, key, text) SELECT id, key, summary FROM paragraph;
ANALYZE;
"""

TUTORIAL = f"""
INSERT INTO tutorial_theme (id, slug, name) SELECT id, slug, name FROM source.tracker_theme;
INSERT INTO tutorial_region (id, code, name, parent_id)
  SELECT id, code, name, parent_id FROM source.tracker_region;
INSERT INTO tutorial_body (id, code, name, region_id)
  SELECT id, code, name, region_id FROM source.tracker_body;
INSERT INTO tutorial_resolution (id, symbol, year, number)
  SELECT id, key, year, number FROM source.tracker_resolution;
INSERT INTO tutorial_provision (id, key, path, text, resolution_id)
  SELECT id, key, path, summary, resolution_id FROM source.tracker_provision;
INSERT INTO tutorial_provision_themes (provision_id, theme_id)
  SELECT provision_id, theme_id FROM source.tracker_provision_themes;
INSERT INTO tutorial_commitment
  (id, provision_id, body_id, result, position, due_on, next_due_on, assessed_on)
  SELECT commitment_id, provision_id, body_id, result, position, due_on, next_due_on, assessed_on
  FROM source.tracker_known WHERE current AND eyes IN {EYES};
"""

#: The paragraphs of the limit with their words, as PostgreSQL finds them.
POSTGRES_WORDS = """
CREATE TABLE words AS SELECT key, summary AS text, to_tsvector('simple', summary) AS found
  FROM paragraph;
CREATE INDEX words_found ON words USING gin (found)
"""


def mark_of(*scripts: str) -> int:
    """A number that another script does not have: what was made by an older one is made anew."""
    return zlib.crc32("".join(scripts).encode()) & 0x7FFFFFFF


def is_made(target: Path, script: str) -> bool:
    """Whether the file holds what ``script`` makes."""
    if not target.exists():
        return False
    database = sqlite3.connect(target)
    [mark] = database.execute("PRAGMA user_version").fetchone()
    database.close()
    return mark == mark_of(script)


def fill(source: Path, target: Path, script: str) -> None:
    """Run ``script`` on ``target`` with the register attached as ``source``."""
    with sqlite3.connect(target) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = OFF")
        database.execute("PRAGMA cache_size = -1000000")
        database.execute("ATTACH ? AS source", (str(source),))
        database.executescript(f"BEGIN; {script} COMMIT; PRAGMA user_version = {mark_of(script)}")
    database.close()

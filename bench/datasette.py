"""The questions as SQL over our own tables, as Datasette is asked them."""

from urllib.parse import urlencode

KNOWN = """FROM tracker_known k JOIN tracker_provision p ON p.id = k.provision_id
JOIN tracker_body b ON b.id = k.body_id WHERE k.current AND k.eyes IN ('all', 'open')"""
CARRYING = """k.provision_id IN (SELECT l.provision_id FROM tracker_provision_themes l
JOIN tracker_theme t ON t.id = l.theme_id WHERE t.slug = :theme)"""
SHOWN = "p.key || '/' || b.code AS key, k.due_on, k.result, k.position, count(*) OVER () AS n"
LIST = f"""SELECT {SHOWN} {KNOWN} AND {CARRYING} AND k.result = :result
AND b.region_id = (SELECT id FROM tracker_region WHERE code = :region)
ORDER BY k.due_on IS NULL, k.due_on, p.path, b.name LIMIT 50"""
MATRIX = """SELECT t.slug, w.code, k.result, count(*) AS n FROM tracker_known k
JOIN tracker_provision_themes l ON l.provision_id = k.provision_id
JOIN tracker_theme t ON t.id = l.theme_id JOIN tracker_body b ON b.id = k.body_id
LEFT JOIN tracker_region r ON r.id = b.region_id LEFT JOIN tracker_region w ON w.id = r.parent_id
WHERE k.current AND k.eyes IN ('all', 'open') GROUP BY 1, 2, 3"""
PROFILE = """SELECT t.slug, k.result, count(*) AS n FROM tracker_known k
JOIN tracker_body b ON b.id = k.body_id
JOIN tracker_provision_themes l ON l.provision_id = k.provision_id
JOIN tracker_theme t ON t.id = l.theme_id
WHERE k.current AND k.eyes IN ('all', 'open') AND b.code = :body GROUP BY 1, 2"""
OVERDUE = f"""SELECT {SHOWN} {KNOWN} AND k.next_due_on < :today
AND b.code IN (SELECT value FROM json_each(:bodies)) ORDER BY k.due_on LIMIT 50"""
SEARCH = """SELECT e.noun, e.object_id, e.title, count(*) OVER () AS n FROM tracker_searchentry e
WHERE e.noun = 'provision' AND e.id IN
(SELECT rowid FROM tracker_searchwords WHERE tracker_searchwords MATCH :q) LIMIT 20"""


def path_of(statement: str, **values) -> str:
    """The address at which Datasette answers a statement."""
    return f"/register.json?{urlencode({'sql': statement, '_shape': 'array', **values})}"

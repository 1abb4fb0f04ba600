"""The arrows between the rooms: who may import whom (see ``tracker/README.md``)."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TRACKER = ROOT / "tracker"

RING = {
    "files",
    "permissions",
    "kept",
    "filters",
    "columns",
    "listings",
    "saved_views",
    "reports",
    "search",
    "exports",
    "actions",
    "importers",
    "tables",
    "webhooks",
    "outside",
    "demonstration",
    "jobs",
}
DOORS = {"admin", "api", "dashboard", "management"}

#: What each room may import from the others. A door may import everything in the ring.
ALLOWED = {
    "vocabulary": set(),
    "symbols": set(),
    "rights": {"vocabulary"},
    "known": {"vocabulary"},
    "marks": {"known"},
    "models": {"vocabulary", "symbols", "rights"},
    "files": {"vocabulary"},
    "permissions": {"models", "vocabulary", "rights"},
    "kept": {"models"},
    "filters": {"models", "vocabulary", "symbols"},
    "columns": {"kept", "models", "filters", "rights", "symbols", "vocabulary"},
    "listings": {"models", "filters", "columns", "kept", "vocabulary"},
    "saved_views": {"models", "filters", "listings", "vocabulary"},
    "reports": {"models", "marks", "vocabulary", "symbols", "rights"},
    "search": {"models", "vocabulary"},
    "actions": {
        "models",
        "permissions",
        "files",
        "known",
        "marks",
        "search",
        "vocabulary",
        "symbols",
        "rights",
        "outside",
    },
    "outside": set(),
    "webhooks": {"models", "actions", "outside", "vocabulary"},
    "exports": {"models", "reports", "vocabulary", "symbols"},
    "importers": {"models", "actions", "vocabulary", "symbols"},
    "tables": {
        "models",
        "actions",
        "exports",
        "files",
        "permissions",
        "rights",
        "vocabulary",
    },
    "jobs": {
        "models",
        "actions",
        "exports",
        "files",
        "filters",
        "handouts",
        "listings",
        "permissions",
        "reports",
        "rights",
        "tables",
        "vocabulary",
    },
    "demonstration": {"models", "actions", "importers", "vocabulary", "symbols"},
    "middleware": {"actions", "vocabulary"},
    "downloads": {"models"},
    "busy": set(),
    "limits": set(),
    "sessions": set(),
    "counting_cache": set(),
    "handouts": {"downloads", "exports", "filters", "listings", "models", "reports"},
    **{
        door: {
            "models",
            "vocabulary",
            "symbols",
            "rights",
            "middleware",
            "downloads",
            "handouts",
            "busy",
            "limits",
        }
        | RING
        for door in DOORS
    },
}

#: What the inner rooms never touch, whatever they do.
OUTSIDE = {
    "vocabulary": {"django.http", "django.forms", "rest_framework", "django_filters"},
    "models": {"django.http", "django.forms", "rest_framework", "django_filters"},
    "files": {"django.http", "django.forms", "django.db", "rest_framework", "django_filters"},
    "permissions": {"django.http", "django.forms", "rest_framework", "django_filters"},
    "actions": {"django.http", "django.forms", "rest_framework", "django_filters"},
    "filters": {"django.http", "django.template", "rest_framework"},
    "reports": {"django.http", "django.template", "django.forms", "rest_framework"},
    "search": {"django.http", "django.template", "django.forms", "rest_framework"},
    "exports": {"django.http", "django.template", "django.forms", "rest_framework"},
    "tables": {"django.http", "django.template", "django.forms", "rest_framework"},
    "outside": {"django.http", "django.forms", "django.db", "rest_framework"},
    "webhooks": {"django.http", "django.template", "django.forms", "rest_framework"},
}

#: The order of the nouns: each model module may import those before it.
NOUNS = [
    "base",
    "people",
    "tokens",
    "webhooks",
    "answers",
    "bodies",
    "designations",
    "resolutions",
    "provisions",
    "deadlines",
    "evidence",
    "assessments",
    "known",
    "commitments",
    "dates",
    "changes",
    "work",
    "jobs",
    "search",
    "views",
]


def modules():
    for path in sorted(TRACKER.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path.relative_to(ROOT)


def imports(path: Path) -> set[str]:
    """Every module that ``path`` names in an import, with the names taken from a package."""
    found = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write imports in full"
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def room_of(dotted: str) -> str | None:
    parts = dotted.split(".")
    return parts[1] if parts[0] == "tracker" and len(parts) > 1 else None


def room_of_path(path: Path) -> str:
    return path.parts[1].removesuffix(".py")


@pytest.mark.parametrize("path", list(modules()), ids=str)
def test_a_room_imports_only_what_it_may(path):
    room = room_of_path(path)
    if room in ("__init__", "apps", "guards"):
        return
    assert room in ALLOWED, f"{path}: a new room; say in ALLOWED what it may import"
    for dotted in imports(path):
        other = room_of(dotted)
        if other and other != room and other in ALLOWED:
            assert other in ALLOWED[room], f"{path} may not import {dotted}"
        for outside in OUTSIDE.get(room, ()):
            assert not dotted.startswith(outside), f"{path} may not import {dotted}"


@pytest.mark.parametrize("path", [p for p in modules() if p.parts[1] == "models"], ids=str)
def test_a_noun_imports_only_the_nouns_before_it(path):
    noun = path.stem
    if noun == "__init__":
        return
    before = NOUNS[: NOUNS.index(noun)]
    for dotted in imports(path):
        if dotted.startswith("tracker.models."):
            assert dotted.split(".")[2] in before, f"{path} may not import {dotted}"


@pytest.mark.parametrize("path", [p for p in modules() if p.parts[1] == "models"], ids=str)
def test_the_nouns_do_not_ask_what_day_it_is(path):
    text = (ROOT / path).read_text()
    for asking in ("date.today", "timezone.now", "localdate", "datetime.now", "auto_now"):
        assert asking not in text, f"{path} asks what day it is ({asking})"


@pytest.mark.parametrize("path", [p for p in modules() if room_of_path(p) in DOORS], ids=str)
def test_a_door_writes_nouns_through_actions_only(path):
    """No ``.create()``, ``.update()``, ``.save()`` and so on in a door, but on actions.*."""
    writing = {"create", "bulk_create", "bulk_update", "update_or_create", "get_or_create"}
    own_words = {"save", "delete", "update"}
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        called, owner = node.func.attr, ast.unparse(node.func.value)
        if owner in ("actions", "super()") or called not in writing | own_words:
            continue
        assert called not in writing, f"{path}:{node.lineno} writes by {owner}.{called}()"
        assert not owner.endswith(("objects", "all()", "instance", "obj", "queryset")), (
            f"{path}:{node.lineno} writes by {owner}.{called}()"
        )

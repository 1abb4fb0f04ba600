"""What the READMEs name is there: files, targets of make, addresses."""

import re
from pathlib import Path

import pytest
from django.urls import resolve

ROOT = Path(__file__).resolve().parent.parent
PAGES = ["README.md", "tracker/README.md", "fixtures/README.md", "CONTRIBUTING.md", "docs/api.md"]


def text(page):
    return (ROOT / page).read_text()


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_files(page):
    for target in re.findall(r"\]\(([^)#]+)\)", text(page)):
        if not target.startswith("http"):
            assert ((ROOT / page).parent / target).exists(), target


@pytest.mark.parametrize("page", ["README.md", "tracker/README.md"])
def test_tests_that_are_named_exist(page):
    for name in re.findall(r"tests/[a-z_/]+\.py", text(page)):
        assert (ROOT / name).exists(), name


def test_commands_are_targets_of_make():
    targets = set(re.findall(r"^([a-z0-9]+):", text("Makefile"), re.MULTILINE))
    for page in PAGES:
        named = set(re.findall(r"(?:^ {4}|`)make ([a-z0-9]+)", text(page), re.MULTILINE))
        assert named <= targets, f"{page} names {named - targets}"


def test_addresses_lead_to_pages():
    for address in re.findall(r"`(/[a-zA-Z0-9/()._-]*/)`", text("README.md")):
        resolve(address)


def test_every_room_is_on_the_map():
    rooms = {path.name for path in (ROOT / "tracker").iterdir() if path.name[0] != "_"}
    unmapped = {"README.md", "migrations", "static", "apps.py", "guards.py"}
    for room in rooms - unmapped:
        assert room in text("tracker/README.md"), room

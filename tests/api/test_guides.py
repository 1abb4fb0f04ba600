"""The guides run as they stand, against the demonstration register on a real server."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.site import ROOT, running_site

pytestmark = pytest.mark.django_db
GUIDES = ROOT / "docs/guides"
PERSON = """
from django.utils import timezone
from tests.make import make_token
from tracker.models import User
from tracker.models.tokens import digest_of
person = User.objects.create_user("guide", role="administrator")
make_token(person, key="guide", digest=digest_of("secret"), scopes=["administer"])
"""


@pytest.fixture(scope="module")
def environment(django_db_setup, tmp_path_factory):
    """A server with the demonstration, and a token for it as the guides name it."""
    folder = tmp_path_factory.mktemp("guides")
    with running_site(folder) as site:
        database = f"sqlite:///{folder}/register.sqlite3"
        around = {**os.environ, "ENVIRONMENT": "development", "DATABASE_URL": database}
        around["DJANGO_SETTINGS_MODULE"] = "config.settings"
        words = [sys.executable, "manage.py", "shell", "--no-imports", "-c", PERSON]
        subprocess.run(words, cwd=ROOT, env=around, check=True, capture_output=True)
        yield {**os.environ, "API": f"{site.address}/api/v1", "TOKEN": "ct_guide_secret"}


def code_of(name: str, language: str) -> str:
    """All code of a guide, one block after the other; without what sets the environment."""
    page = (GUIDES / name).read_text()
    blocks = "\n".join(re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL))
    return re.sub(r"^export (API|TOKEN)=.*\n", "", blocks, flags=re.MULTILINE)


def run(words, environment, folder, code) -> str:
    done = subprocess.run(
        words, input=code, cwd=folder, env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_the_guide_with_curl(environment, tmp_path):
    told = run(["bash", "-euo", "pipefail"], environment, tmp_path, code_of("curl.md", "sh"))
    assert '"username":"guide"' in told
    assert "304\n" in told
    assert told.count('"slug":"from-a-guide"') == 3
    assert len((Path(tmp_path) / "commitments.csv").read_text().splitlines()) > 2


def test_the_guide_with_python(environment, tmp_path):
    told = run([sys.executable, "-"], environment, tmp_path, code_of("python.md", "python"))
    first, second, third = told.splitlines()
    assert int(first.split()[0]) > 200 and "'not_assessed'" in first
    assert second == "[] []"
    assert third.isdigit()


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed")
def test_the_guide_with_r(environment, tmp_path):
    told = run(["Rscript", "-"], environment, tmp_path, code_of("r.md", "r"))
    assert "not_assessed" in told

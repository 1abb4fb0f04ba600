"""A real server with the demonstration register, and the browser that looks at it."""

import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests import prepared
from tests.conftest import chromium

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 120  # seconds that a first start may take on a slow machine
VIEWER, FOCAL_POINT = "viewer", "focal-point"
#: The State of the focal point: little waits for it, so that a test can do all of it.
FOCAL_STATE = "XAE"

ADD_PEOPLE = """
from tracker.models import Body, User
User.objects.create_user({viewer!r}, password={password!r})
person = User.objects.create_user({focal!r}, password={password!r}, role="focal_point")
person.bodies.set(Body.objects.filter(code={state!r}))
"""


@dataclass
class Site:
    """A running tracker: its address, and the passwords of its people and of the demonstration."""

    address: str
    passwords: dict[str, str]
    demonstration: dict[str, str]
    #: The file that its database is.
    register: Path | None = None


@contextmanager
def running_site(folder: Path):
    """The demonstration register as ``manage.py start`` serves it, in a file in ``folder``.

    A register that another test has filled is taken; else the first start loads it.
    """
    prepared.place(folder, "register.sqlite3")
    port, log = free_port(), folder / "start.log"
    environment = {
        **os.environ,
        "WEBHOOKS": "on",
        "ENVIRONMENT": "development",
        "DATABASE_URL": f"sqlite:///{folder}/register.sqlite3",
        "EVIDENCE_FOLDER": f"{folder}/evidence",
        "JOBS_FOLDER": f"{folder}/jobs",
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    command = [sys.executable, "manage.py", "start", "--port", str(port)]
    with log.open("w") as output:
        server = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(server, f"{address}/healthz", log)
        password = re.search(r"Password:\s+(\S+)", log.read_text())
        shared = secrets.token_urlsafe()
        add_people(environment, shared)
        demonstration = dict(re.findall(r"^(demo-\S+)\s+(\S+)", log.read_text(), re.MULTILINE))
        own = {"admin": password[1], VIEWER: shared, FOCAL_POINT: shared}
        yield Site(address, own, demonstration, folder / "register.sqlite3")
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=20)


@contextmanager
def running_browser():
    """Chromium of the distribution, headless."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=SWITCHES)
        yield launched
        launched.close()


#: A root user needs the first; the others keep the browser from calling home.
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def sign_in(browser, site: Site, name: str) -> dict:
    """The cookies of a person after signing in through the form."""
    context = browser.new_context(base_url=site.address)
    page = context.new_page()
    page.goto("/login/")
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", (site.passwords | site.demonstration)[name])
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{site.address}/")
    state = context.storage_state()
    context.close()
    return state


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(url: str) -> bool:
    """Whether a server answers there, whatever it says."""
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def wait_for(server, url, log):
    """Wait for the first answer; raises with the server's words when none comes."""
    began = time.monotonic()
    while not answers(url):
        if server.poll() is not None or time.monotonic() - began > PATIENCE:
            raise RuntimeError(f"the server did not start:\n{log.read_text()}")
        time.sleep(0.2)


def add_people(environment, password):
    """Add somebody who may only read, and somebody who speaks for one State."""
    code = ADD_PEOPLE.format(viewer=VIEWER, focal=FOCAL_POINT, state=FOCAL_STATE, password=password)
    subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", code],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
    )

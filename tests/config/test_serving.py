"""``make serve``: a real server answers pages and static files; a copy is read where it may be."""

import contextlib
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.signals import got_request_exception
from django.db import OperationalError, connections
from django.http import HttpResponse
from django.test import RequestFactory

from config import replica
from config.replica import COOKIE, ReplicaMiddleware, Router, reading
from tests import prepared
from tests.config.test_settings import SAFE
from tracker.models import Body

ROOT = Path(__file__).resolve().parents[2]


def environment(folder, **more):
    """Production over an SQLite file of its own, behind a proxy that ends TLS."""
    return {
        "PATH": os.environ["PATH"],
        **SAFE,
        "ALLOWED_HOSTS": "localhost",
        "BEHIND_PROXY": "on",
        "DEBUG": "off",
        "DATABASE_URL": f"sqlite:///{folder}/register.sqlite3",
        "DATABASE_REPLICA_URL": "",
        "EVIDENCE_FOLDER": f"{folder}/evidence",
        "JOBS_FOLDER": f"{folder}/jobs",
        "STATIC_ROOT": f"{folder}/static",
        "WEB_WORKERS": "1",
        **more,
    }


def manage(environ, *arguments):
    subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environ,
        check=True,
        capture_output=True,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def served(environ):
    """The address of a server that runs as long as the block does."""
    port = free_port()
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    server = subprocess.Popen(
        command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        await_answer(server, f"http://localhost:{port}/healthz")
        yield f"http://localhost:{port}", server
    finally:
        server.terminate()
        server.wait(60)
        server.stdout.close()


def await_answer(server, address):
    for _attempt in range(600):
        if server.poll() is not None:
            pytest.fail(server.stdout.read())
        with contextlib.suppress(OSError):
            return urllib.request.urlopen(address, timeout=5)
        time.sleep(0.2)
    pytest.fail("The server does not answer.")


class Visitor:
    """Somebody behind the proxy, with cookies; redirects are not followed."""

    def __init__(self, base):
        self.base, self.cookies = base, {}
        opener = urllib.request.build_opener(Stay)
        self.open = opener.open

    def ask(self, path, data=None, **headers):
        shown = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        referer = self.base.replace("http:", "https:") + "/"
        headers |= {"X-Forwarded-Proto": "https", "Cookie": shown, "Referer": referer}
        request = urllib.request.Request(self.base + path, data=data, headers=headers)
        with self.open(request, timeout=60) as answer:
            for each in answer.headers.get_all("Set-Cookie") or []:
                name, _sep, value = each.partition(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, dict(answer.headers), answer.read()

    def sign_in(self):
        page = self.ask("/login/")[2].decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        form = f"csrfmiddlewaretoken={token}&username=reader&password=a-long-word-of-mine"
        return self.ask("/login/", form.encode())


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None

    def http_error_302(self, request, answer, *rest):
        return answer


MAKE = """
from tracker.models import Body, User
User.objects.create_user("reader", password="a-long-word-of-mine")
Body.objects.create(code="XSV", name="In the database", kind="network")
"""


@pytest.fixture(scope="module")
def register(django_db_setup, tmp_path_factory):
    """A small register, and a copy of it that tells another name."""
    folder = tmp_path_factory.mktemp("served")
    environ = environment(folder)
    if not prepared.place(folder, "register.sqlite3", filled=False):
        manage(environ, "migrate", "-v0")
    manage(environ, "shell", "-v0", "-c", MAKE)
    copy = folder / "copy.sqlite3"
    shutil.copy(folder / "register.sqlite3", copy)
    with contextlib.closing(sqlite3.connect(copy)) as held, held:
        held.execute("UPDATE tracker_body SET name = 'In the copy'")
    return environ | {"DATABASE_REPLICA_URL": f"sqlite:///{copy}"}


@pytest.mark.django_db
def test_it_serves_pages_and_static_files_and_stops(register):
    with served(register | {"DATABASE_REPLICA_URL": ""}) as (base, server):
        visitor = Visitor(base)
        status, headers, page = visitor.ask("/login/")
        assert status == 200
        assert "no-store" in headers["cache-control"]
        style = re.search(rb'href="(/static/tracker/tracker\.[0-9a-f]+\.css)"', page)[1].decode()
        status, headers, body = visitor.ask(style, **{"Accept-Encoding": "gzip"})
        assert (status, headers["content-encoding"]) == (200, "gzip")
        assert "immutable" in headers["cache-control"]
        assert body[:2] == b"\x1f\x8b"
        assert visitor.sign_in()[0] == 302
        assert b"In the database" in visitor.ask("/bodies/XSV/")[2]
    assert server.returncode == 0


@pytest.mark.django_db
def test_pages_are_read_from_the_copy_except_right_after_ones_own_write(register):
    with served(register) as (base, _server):
        visitor = Visitor(base)
        assert visitor.sign_in()[0] == 302
        assert COOKIE in visitor.cookies
        assert b"In the database" in visitor.ask("/bodies/XSV/")[2]
        # Ten seconds later the browser has forgotten that it wrote; a copy has the session by then.
        copy_sessions(register)
        del visitor.cookies[COOKIE]
        assert b"In the copy" in visitor.ask("/bodies/XSV/")[2]


@pytest.mark.django_db
def test_while_a_copy_does_not_answer_the_database_does(register, tmp_path):
    """An empty file has no tables; a copy that cannot be reached fails in the same way."""
    (tmp_path / "empty.sqlite3").touch()
    broken = register | {"DATABASE_REPLICA_URL": f"sqlite:///{tmp_path}/empty.sqlite3"}
    with served(broken) as (base, _server):
        visitor = Visitor(base)
        assert visitor.sign_in()[0] == 302
        del visitor.cookies[COOKIE]
        assert b"In the database" in visitor.ask("/bodies/XSV/")[2]
        assert b"In the database" in visitor.ask("/api/v1/bodies/XSV/")[2]


def copy_sessions(environ):
    source = environ["DATABASE_URL"].removeprefix("sqlite:///")
    copy = environ["DATABASE_REPLICA_URL"].removeprefix("sqlite:///")
    with sqlite3.connect(copy) as database:
        database.execute("ATTACH ? AS source", (source,))
        database.execute("INSERT INTO django_session SELECT * FROM source.django_session")
    database.close()


def asked(method="get", *, cookie=False, **more):
    """From where a request of this kind reads, at first and after a write."""
    seen = []

    def view(request):
        router = Router()
        seen.append(router.db_for_read(Body))
        router.db_for_write(Body)
        seen.append(router.db_for_read(Body))
        return HttpResponse()

    request = getattr(RequestFactory(), method)("/", **more)
    if cookie:
        request.COOKIES[COOKIE] = "1"
    response = ReplicaMiddleware(view)(request)
    return seen, COOKIE in response.cookies


def test_only_who_looks_reads_the_copy_and_only_until_something_is_written():
    assert asked("get") == (["replica", "default"], False)
    assert asked("head") == (["replica", "default"], False)
    assert asked("post") == (["default", "default"], True)
    assert asked("get", headers={"Authorization": "Basic x"}) == (["default", "default"], False)
    assert asked("get", cookie=True) == (["default", "default"], False)
    assert reading.get() == "default"


def failing(request):
    """As Django answers an exception: with a page, after a signal."""
    try:
        if reading.get() == "replica":
            raise OperationalError("the server closed the connection")
        return HttpResponse("from the database")
    except OperationalError:
        got_request_exception.send(sender=None, request=request)
        return HttpResponse(status=500)


def test_a_copy_that_failed_is_left_alone_for_a_while(monkeypatch):
    now, asked = [1000.0], []
    monkeypatch.setattr(replica.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(replica, "connections", {"replica": connections["default"]})

    def view(request):
        asked.append(reading.get())
        return failing(request)

    middleware = ReplicaMiddleware(view)
    for seconds in (0, 1, 8, 2):
        now[0] += seconds
        assert middleware(RequestFactory().get("/")).content == b"from the database"
    assert asked == ["replica", "default", "default", "default", "replica", "default"]


def test_a_fault_of_our_own_is_not_asked_twice():
    seen = []

    def view(request):
        seen.append(reading.get())
        try:
            raise ValueError
        except ValueError:
            got_request_exception.send(sender=None, request=request)
        return HttpResponse(status=500)

    assert ReplicaMiddleware(view)(RequestFactory().get("/")).status_code == 500
    assert seen == ["replica"]


def test_without_a_copy_nothing_is_routed():
    assert not settings.DATABASE_ROUTERS
    assert "config.replica.ReplicaMiddleware" not in settings.MIDDLEWARE


def test_what_servers_share_is_named_in_the_environment(tmp_path):
    read = (
        "from django.conf import settings as s; "
        "print(s.CACHES['default']['BACKEND'], s.SESSION_ENGINE, sorted(s.DATABASES))"
    )
    environ = environment(
        tmp_path,
        CACHE_URL="redis://127.0.0.1:6379/0",
        DATABASE_REPLICA_URL="postgres://copy/tracker",
        DJANGO_SETTINGS_MODULE="config.settings",
    )
    told = subprocess.run(
        [sys.executable, "-c", read], cwd=ROOT, env=environ, check=True, capture_output=True
    )
    words = told.stdout.decode()
    assert "redis.RedisCache" in words
    assert "cached_db" in words
    assert "['default', 'replica']" in words


def test_development_is_not_served_this_way():
    with pytest.raises(CommandError, match="ENVIRONMENT=production"):
        call_command("serve")

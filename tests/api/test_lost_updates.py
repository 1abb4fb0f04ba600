"""Many processes change the same few records over HTTP: nothing that was acknowledged is lost.

``LOST_UPDATES=8x200`` says how many processes make how many changes each; few when left out.
The servers are processes of their own, on a database of their own: a file with the settings of
production, or a new database beside the one that ``DATABASE_URL`` names on PostgreSQL.
"""

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from urllib.parse import quote

import pytest

from tests.journeys.site import free_port, wait_for
from tests.prepared import empty_database
from tests.standing import ROOT, Standing

pytestmark = pytest.mark.django_db
PROCESSES, CHANGES = map(int, os.environ.get("LOST_UPDATES", "4x25").split("x"))
SERVERS = 2

#: Two drafts of each kind and two themes, and the people who may change them.
PREPARE = """
from tests import make
from tracker.models.tokens import digest_of
from tracker.vocabulary import Role, Scope
body = make.make_body("TESTLAND")
people = {}
for name, role in (("own", "focal_point"), ("desk", "assessor"), ("admin", "administrator")):
    person = make.make_user(Role(role), [body], username=name)
    make.make_token(person, key=name, digest=digest_of(name), scopes=Scope.values)
for number in (1, 2):
    commitment = make.make_commitment(body=body)
    make.make_report(commitment, submitted_on=None, key=f"R-{number}")
    make.make_assessment(commitment, adopted_on=None, key=f"A-{number}")
    make.make_theme(f"theme-{number}")
"""
#: What the database holds afterwards: the version of each record, and what each change wrote.
RECOUNT = """
import json
from tracker.models import Assessment, Change, Report, Theme
rows = [*Report.objects.all(), *Assessment.objects.all(), *Theme.objects.all()]
print(json.dumps({
    "versions": {row.public_key: row.version for row in rows},
    "written": [
        [change.object_key, next(iter(change.differences.values()))[1]]
        for change in Change.objects.filter(verb="updated", door="api").order_by("sequence")
    ],
}))
"""
RECORDS = {
    **{f"reports/R-{n}": ("own", "text") for n in (1, 2)},
    **{f"assessments/A-{n}": ("desk", "rationale") for n in (1, 2)},
    **{f"themes/theme-{n}": ("admin", "description") for n in (1, 2)},
}


def change(ports: list[int], changes: int, seed: int) -> tuple[list, Counter]:
    """One process: reads a record and changes it, again when somebody else was faster.

    Returns what was acknowledged, as (key, text), and how many answers had which status.
    """
    chance = random.Random(seed)
    clients = [http.client.HTTPConnection("127.0.0.1", port, timeout=60) for port in ports]
    done, statuses = [], Counter()
    for number in range(changes):
        address, (person, field) = chance.choice(list(RECORDS.items()))
        text, status = f"{seed}-{number}", 412
        while status == 412:
            client = chance.choice(clients)
            tag = ask(client, "GET", address, person)[1]
            status = ask(client, "PATCH", address, person, {field: text}, tag)[0]
            statuses[status] += 1
        if status == 200:
            done.append((address.partition("/")[2], text))
    return done, statuses


def ask(client, method, address, person, sent=None, tag=None, more=()) -> tuple[int, str]:
    """One request: its status, and the ETag of the answer."""
    token = f"ct_{person}_{person}"
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    headers |= dict(more)
    if tag:
        headers["If-Match"] = tag
    body = json.dumps(sent) if sent else None
    client.request(method, f"/api/v1/{quote(address)}/", body, headers)
    answer = client.getresponse()
    answer.read()
    return answer.status, answer.headers.get("ETag")


@contextmanager
def serving(environment, folder):
    """The ports of servers that share one database."""
    ports, servers = [free_port() for _server in range(SERVERS)], []
    try:
        for port in ports:
            log = folder / f"{port}.log"
            with log.open("w") as output:
                words = ["manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
                servers.append(
                    subprocess.Popen(
                        [sys.executable, *words],
                        cwd=ROOT,
                        env=environment,
                        stdout=output,
                        stderr=output,
                        start_new_session=True,
                    )
                )
            wait_for(servers[-1], f"http://127.0.0.1:{port}/healthz", log)
        yield ports
    finally:
        for server in servers:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=20)


@contextmanager
def prepared(folder):
    """A process that stands ready, and the ports of servers over a database of their own."""
    with empty_database(folder) as address:
        environment = {
            **os.environ,
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        with Standing(environment) as standing:
            standing.run(PREPARE)
            with serving(environment, folder) as ports:
                yield standing, ports


@pytest.mark.exhaustive
def test_no_acknowledged_change_is_lost(tmp_path):
    with prepared(tmp_path) as (standing, ports):
        began = time.monotonic()
        with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
            each = [pool.submit(change, ports, CHANGES, seed) for seed in range(PROCESSES)]
            answers = [future.result() for future in each]
        seconds = time.monotonic() - began
        held = json.loads(standing.run(RECOUNT))
    acknowledged = [pair for done, _statuses in answers for pair in done]
    statuses = sum((statuses for _done, statuses in answers), Counter())
    print(f"{PROCESSES}x{CHANGES}: {dict(statuses)} in {seconds:.1f} s")
    assert set(statuses) <= {200, 412}
    assert len(acknowledged) == statuses[200] == PROCESSES * CHANGES
    assert sorted(map(tuple, held["written"])) == sorted(acknowledged)
    counted = Counter(key for key, _text in acknowledged)
    assert held["versions"] == {
        key.partition("/")[2]: 1 + counted[key.partition("/")[2]] for key in RECORDS
    }


#: How many send the same at once, with a key and without.
TOGETHER = 16
COUNT = """
from tracker.models import Change, Theme
found = [Theme.objects.filter(slug=slug).count() for slug in ("keyed", "bare")]
print(found, Change.objects.filter(noun="theme", object_key__in=("keyed", "bare")).count())
"""


def test_what_is_sent_together_is_made_once(tmp_path):
    """The same with the same key is one effect; the same without is made once and refused then."""
    with prepared(tmp_path) as (standing, ports):
        told = {
            slug: send_together(ports, slug, key) for slug, key in (("keyed", "k"), ("bare", ""))
        }
        counted = standing.run(COUNT).strip()
    assert set(told["keyed"]) <= {201, 409} and told["keyed"][201] >= 1
    assert told["bare"] == {201: 1, 400: TOGETHER - 1}
    assert counted == "[1, 1] 2"


def send_together(ports, slug, with_key) -> Counter:
    """How many of the requests that begin at one moment were answered with which status."""
    barrier = threading.Barrier(TOGETHER)

    def send(number):
        client = http.client.HTTPConnection("127.0.0.1", ports[number % len(ports)], timeout=60)
        headers = {"Idempotency-Key": "once"} if with_key else {}
        sent = {"slug": slug, "name": slug}
        barrier.wait()
        status = ask(client, "POST", "themes", "admin", sent, None, headers)[0]
        client.close()
        return status

    with ThreadPoolExecutor(TOGETHER) as pool:
        return Counter(pool.map(send, range(TOGETHER)))

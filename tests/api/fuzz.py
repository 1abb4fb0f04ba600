"""Any request that the schema allows, and many that it does not, by three people: no faults.

``python -m tests.api.fuzz --cases 10000`` asks until so many requests were made, and exits 1 when
one was answered by a fault of the server or by something that the schema does not say.
"""

import argparse
import logging
import os
import sys
from collections import Counter
from itertools import cycle
from pathlib import Path

PEOPLE = ("viewer", "focal_point", "administrator")


def prepare() -> list[str]:
    """The text of a token for each person; the database is filled before."""
    from tests import load_demonstration, make
    from tracker.models import Body
    from tracker.models.tokens import digest_of
    from tracker.vocabulary import Scope

    load_demonstration()
    own = [Body.objects.get(code="XAE")]
    for place, role in enumerate(PEOPLE):
        person = make.make_user(role, own if role == "focal_point" else [], username=f"fuzz-{role}")
        make.make_token(person, key=f"k{place}", digest=digest_of(role), scopes=Scope.values)
    return [f"ct_k{place}_{role}" for place, role in enumerate(PEOPLE)]


def ask_all(cases: int, seed: int, tokens: list[str]) -> tuple[Counter, list[str]]:
    """Make so many requests; returns how many were answered with which status, and what was wrong.

    Each request is taken back, so that the register stays what the schema's examples speak of.
    """
    import schemathesis
    from django.core.signals import request_finished, request_started
    from django.core.wsgi import get_wsgi_application
    from django.db import close_old_connections, transaction
    from hypothesis import HealthCheck, Phase, Verbosity, given, settings
    from hypothesis import seed as seeded
    from schemathesis.checks import not_a_server_error
    from schemathesis.core.failures import FailureGroup
    from schemathesis.specs.openapi import checks

    tokens = cycle(tokens)
    application = get_wsgi_application()
    # Everything is asked inside one transaction, which ends with its connection.
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    # What was refused is counted; a fault is told with its cause.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", application, headers={
        "Authorization": f"Bearer {next(tokens)}"
    })  # fmt: skip
    chosen = [
        not_a_server_error,
        checks.status_code_conformance,
        checks.content_type_conformance,
        checks.response_schema_conformance,
    ]
    statuses, wrong = Counter(), []
    operations = [each.ok() for each in schema.get_all_operations()]
    each_gets = -(-cases // len(operations))

    def ask(case):
        token = next(tokens)
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {token}"}
        point = transaction.savepoint()
        try:
            response = case.call()
            statuses[response.status_code] += 1
            case.validate_response(response, checks=chosen)
        except FailureGroup as error:
            wrong.extend(told(case, each) for each in error.exceptions)
        except Exception as error:  # a fault that no answer was made of
            wrong.append(told(case, error))
        finally:
            transaction.savepoint_rollback(point)

    few = settings(
        max_examples=each_gets,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
    )
    for operation in operations:
        seeded(seed)(few(given(case=operation.as_strategy())(ask)))()
    return statuses, wrong


def told(case, error) -> str:
    """One line of the report."""
    words = " ".join(f"{type(error).__name__}: {getattr(error, 'message', '') or error}".split())
    return f"{case.method} {case.operation.path} {words[:300]}"


def main():
    """Ask, tell what came back, and exit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=500)
    parser.add_argument("--seed", type=int, default=2322)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    import django

    django.setup()
    from django.db import transaction
    from django.test.utils import (
        setup_databases,
        setup_test_environment,
        teardown_databases,
    )

    setup_test_environment()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        tokens = prepare()
        around = transaction.atomic()
        # As Django's own tests: what must be outermost in production may stand inside here.
        around._from_testcase = True
        with around:
            statuses, wrong = ask_all(asked.cases, asked.seed, tokens)
            transaction.set_rollback(True)
    finally:
        teardown_databases(made, verbosity=0)
    print(f"{sum(statuses.values())} requests, seed {asked.seed}: {dict(sorted(statuses.items()))}")
    for each, times in Counter(wrong).most_common(60):
        print(f"{times}× {each}", file=sys.stderr)
    print(f"{len(wrong)} wrong")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()

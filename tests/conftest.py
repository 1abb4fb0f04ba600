"""What every test may rely on, and when the browser tests stand aside."""

import gc
import importlib.util
import os
import shutil

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import connection, transaction

from tests import load_demonstration, load_real_states, prepared
from tests.thorough import THOROUGH

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def chromium() -> str | None:
    """Return the path of an installed Chromium, or of the one that ``CHROMIUM`` names."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def missing_for_journeys() -> str:
    """Return what the browser tests lack on this machine; empty when they can run."""
    if importlib.util.find_spec("playwright") is None:
        return "Playwright is not installed; run them with: make e2e"
    if chromium() is None:
        return "no Chromium found; install it (Debian: apt-get install chromium) or set CHROMIUM"
    return ""


def pytest_configure(config):
    # Tests leave little that refers to itself: ten times rarer collections spare a twelfth of all.
    gc.set_threshold(10_000, 10, 10)
    # Where every test is expected to run, a missing browser or database is a failure.
    if os.environ.get("REQUIRE_BROWSER") and missing_for_journeys():
        raise pytest.UsageError(f"REQUIRE_BROWSER is set, but {missing_for_journeys()}")
    if os.environ.get("REQUIRE_POSTGRES") and connection.vendor != "postgresql":
        raise pytest.UsageError("REQUIRE_POSTGRES is set, but DATABASE_URL names no PostgreSQL")


def pytest_collection_modifyitems(config, items):
    if not THOROUGH:
        left = {item for item in items if item.get_closest_marker("thorough")}
        config.hook.pytest_deselected(items=[*left])
        items[:] = [item for item in items if item not in left]
    missing = missing_for_journeys()
    if missing:
        skip = pytest.mark.skip(reason=missing)
        for item in items:
            if item.get_closest_marker("journey"):
                item.add_marker(skip)


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_blocker):
    """Load the demonstration once; each test runs in a transaction over it."""
    ready = prepared.for_this_run(reused=request.config.getvalue("reuse_db"))
    if ready is None:
        fill_test_database(request, django_db_blocker)
    else:
        with ready.alone(), django_db_blocker.unblock():
            if ready.is_complete():
                with ready.instead_of_migrating():
                    request.getfixturevalue("django_db_setup")
                ready.copy_evidence(os.environ["EVIDENCE_FOLDER"])
            else:
                fill_test_database(request, django_db_blocker, ready)
    # What is loaded by now stays: the collector need not look at it again and again.
    gc.freeze()


def fill_test_database(request, blocker, ready=None):
    """Migrate and load, and let ``ready`` keep both; nothing where no test asks for a database."""
    from tracker.models import Body

    usual = connection.settings_dict["NAME"]
    request.getfixturevalue("django_db_setup")
    if connection.settings_dict["NAME"] == usual:
        return
    with blocker.unblock():
        if ready:
            ready.keep(ready.empty)
        # A database that was made before (``--reuse-db``) has it already.
        if not Body.objects.exists():
            load_demonstration()
        if ready:
            ready.keep_filled(os.environ["EVIDENCE_FOLDER"])


@pytest.fixture(scope="module")
def un_register(django_db_setup, django_db_blocker):
    """Load the real register beside the demonstration, for one module."""
    loading = transaction.atomic()
    with django_db_blocker.unblock():
        loading.__enter__()
        load_real_states()
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        loading.__exit__(None, None, None)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where the files of evidence lie in this test."""
    from tracker.models import Evidence

    field = Evidence._meta.get_field("file")
    monkeypatch.setattr(field, "storage", FileSystemStorage(tmp_path / "evidence"))
    return tmp_path / "evidence"

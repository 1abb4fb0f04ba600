"""The settings of development, with quick password hashes."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("ENVIRONMENT", "development")
# Never the files of this checkout; the demonstration's lie there, and go with the process.
os.environ["EVIDENCE_FOLDER"] = f"{tempfile.gettempdir()}/tracker-tests-{os.getpid()}"
os.environ["JOBS_FOLDER"] = f"{os.environ['EVIDENCE_FOLDER']}-jobs"
for folder in ("EVIDENCE_FOLDER", "JOBS_FOLDER"):
    atexit.register(shutil.rmtree, os.environ[folder], ignore_errors=True)

from config.settings import *
from config.settings import DATABASES

# Tests ask faster than people; those of the limits bring their own.
RATE_LIMITS = {}
# On, so that their pages and addresses are tried; off is tried by tests of its own.
WEBHOOKS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if file := os.environ.get("TEST_DATABASE"):
    # A file that was made before, for many runs of a few tests (``tests/bite.py``).
    DATABASES["default"]["TEST"] = {"NAME": file}

if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # PostgreSQL compiles queries that it expects to be long; here that can cost more than it saves.
    # Nor need a commit wait for the disk: what a test wrote is lost with the test anyway.
    options = DATABASES["default"]["OPTIONS"]
    spared = "-c jit=off -c synchronous_commit=off"
    options["options"] = f"{options.get('options', '')} {spared}".strip()

# Lists ask the database, as they do of small registers. COLUMNS_FROM=0 has them all answered from
# columns; these are read where they are asked for: a thread would not see what a test has written.
COLUMNS_FROM, COLUMNS_ASIDE = int(os.environ.get("COLUMNS_FROM", 10**9)), False

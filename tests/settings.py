"""The settings of development, with quick password hashes."""

import os

os.environ.setdefault("ENVIRONMENT", "development")

from config.settings import *
from config.settings import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # PostgreSQL compiles queries that it expects to be long; here that can cost more than it saves.
    options = DATABASES["default"]["OPTIONS"]
    options["options"] = f"{options.get('options', '')} -c jit=off".strip()

"""The settings of development, with quick password hashes."""

import os

os.environ.setdefault("ENVIRONMENT", "development")

from config.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

"""Measuring: a register of any size, the questions asked of it, and what else could answer them."""

import os

os.environ.setdefault("ENVIRONMENT", "development")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

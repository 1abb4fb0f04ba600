"""The same register as a tutorial of Django REST Framework would have it.

Plain models with their default indexes, nested serializers, django-filter, page numbers; no
history but a row for each change, no rights, no day but today. ``TUTORIAL_DATABASE`` names its
database.
"""

import os
import sys

import django
from django.conf import settings
from environ import Env

DATABASE = Env.db_url_config(os.environ["TUTORIAL_DATABASE"])
if DATABASE["ENGINE"].endswith("sqlite3"):
    # Without it most of eight writers are told that the database is locked.
    DATABASE["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20}
settings.configure(
    ALLOWED_HOSTS=["*"],
    DATABASES={"default": DATABASE},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "rest_framework",
        "bench.tutorial",
    ],
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    REST_FRAMEWORK={
        "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
        "DEFAULT_FILTER_BACKENDS": [
            "django_filters.rest_framework.DjangoFilterBackend",
            "rest_framework.filters.OrderingFilter",
            "rest_framework.filters.SearchFilter",
        ],
        "PAGE_SIZE": 50,
    },
    ROOT_URLCONF="bench.tutorial.urls",
    SECRET_KEY="only-for-measuring",
    USE_TZ=True,
)
django.setup()

from django.core.wsgi import get_wsgi_application
from django.db import connection

from bench.tutorial import models

application = get_wsgi_application()


def make_tables() -> None:
    """Create the tables in an empty database."""
    with connection.schema_editor() as editor:
        for name in ("Theme", "Region", "Body", "Resolution", "Provision", "Commitment"):
            editor.create_model(getattr(models, name))
        editor.create_model(models.History)
        editor.create_model(models.Report)


if __name__ == "__main__":
    if "tables" in sys.argv:
        make_tables()
    else:
        print(models.History.objects.count())

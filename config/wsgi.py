"""What a WSGI server loads; the settings are those of production, unless told otherwise."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("ENVIRONMENT", "production")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

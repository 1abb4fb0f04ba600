"""Puts our admin site in the place of Django's."""

from importlib import import_module

from django.contrib.admin.apps import AdminConfig

#: The modules that register the nouns.
STORIES = (
    "resolutions",
    "provisions",
    "bodies",
    "authorities",
    "implementation",
    "changes",
    "people",
)


class TrackerAdminConfig(AdminConfig):
    """Django's admin with our site; the nouns register once the models are there."""

    default_site = "tracker.admin.site.TrackerAdminSite"

    def ready(self):
        super().ready()
        for story in STORIES:
            import_module(f"tracker.admin.{story}")
        self._without_groups()

    def _without_groups(self):
        """What a person may do follows from the role, so Django's groups mean nothing here."""
        from django.contrib.admin import site
        from django.contrib.auth.models import Group

        site.unregister(Group)

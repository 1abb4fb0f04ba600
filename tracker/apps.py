from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class TrackerConfig(AppConfig):
    """The one application of the project; its rooms are described in ``README.md``."""

    name = "tracker"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Commitment tracker")

    def ready(self):
        from tracker.actions.known import fill_gaps
        from tracker.guards import install_guards
        from tracker.search.install import install_search

        post_migrate.connect(install_guards, sender=self)
        post_migrate.connect(install_search, sender=self)
        post_migrate.connect(fill_gaps, sender=self)

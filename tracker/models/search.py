"""The words under which a record is found: derived from it, never typed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchEntry(models.Model):
    """The words of one record, folded; written by ``tracker.search.index`` with the record."""

    noun = models.CharField(_("kind of record"), max_length=30)
    object_id = models.PositiveBigIntegerField(_("record"))
    title = models.TextField(_("words of its title"))
    others = models.TextField(_("other words"))
    size = models.PositiveIntegerField(_("number of words"))

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = [
            models.UniqueConstraint(fields=["noun", "object_id"], name="search_entry_once"),
        ]

    def __str__(self):
        return f"{self.noun} {self.object_id}"

"""Lists that somebody keeps under a name, and sets of keys that are too long for an address.

Like the other rows of work they are no facts of the register and in no record of changes: what
somebody looks for is nobody else's business once it is deleted.
"""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.models.base import one_of
from tracker.models.people import User
from tracker.vocabulary import ListName, Visibility


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own views, and those shared with the team."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        return self.filter(Q(owner=user.pk) | Q(visibility=Visibility.TEAM))

    def for_listing(self, *, on, viewer):
        """What a row of a list shows; a view is the same on any day."""
        return self.select_related("owner")

    def search(self, text):
        """Views whose name or description holds ``text``."""
        return self.filter(Q(name__icontains=text) | Q(description__icontains=text))


def _list_of_words(value):
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValidationError(_("Give a list of names of columns."))


class SavedView(models.Model):
    """Filters, order and columns of one list under a name; it runs with the reader's rights."""

    slug = models.CharField(
        _("key"),
        max_length=60,
        unique=True,
        editable=False,
        validators=[RegexValidator(r"^[a-z0-9-]+\Z")],
    )
    owner = models.ForeignKey(User, models.CASCADE, related_name="views", verbose_name=_("owner"))
    list_name = models.CharField(_("list"), max_length=20, choices=ListName)
    name = models.CharField(_("name"), max_length=100)
    description = models.TextField(_("description"), blank=True, max_length=1000)
    query = models.TextField(
        _("filters and order"),
        blank=True,
        max_length=8000,
        help_text=_("As in the address of the list: result=not_assessed&sort=-due."),
    )
    columns = models.JSONField(_("columns"), default=list, blank=True, validators=[_list_of_words])
    visibility = models.CharField(
        _("who finds it"), max_length=10, choices=Visibility, default=Visibility.PRIVATE
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "slug"]
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [
            models.CheckConstraint(condition=one_of("list_name", ListName), name="view_list_known"),
            models.CheckConstraint(
                condition=one_of("visibility", Visibility), name="view_visibility_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="view_named"),
        ]

    def __str__(self):
        return self.name

    @property
    def public_key(self) -> str:
        """The name of the view in addresses."""
        return self.slug


class KeptKeys(models.Model):
    """A set of keys that stands in addresses as ``@`` and its slug, which follows from the keys."""

    slug = models.CharField(_("key"), max_length=16, unique=True)
    keys = models.JSONField(_("keys"))
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["-at", "pk"]
        verbose_name = _("kept set of keys")
        verbose_name_plural = _("kept sets of keys")

    def __str__(self):
        return self.slug

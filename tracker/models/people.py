"""The people who use the tracker."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.models.base import one_of
from tracker.vocabulary import Role


class User(AbstractUser):
    """A person with one role; a focal point speaks for one or more bodies."""

    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.VIEWER)
    bodies = models.ManyToManyField(
        "tracker.Body",
        verbose_name=_("bodies"),
        blank=True,
        related_name="people",
        help_text=_("The bodies this person belongs to or speaks for."),
    )

    #: What the token narrows that a program came in with; None for a person who is signed in.
    scopes: frozenset[str] | None = None

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(condition=one_of("role", Role), name="user_role_known"),
        ]

    @property
    def public_key(self) -> str:
        """The name by which the record of changes knows this person."""
        return self.username

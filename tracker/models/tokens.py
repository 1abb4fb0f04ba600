"""What programs come in with: tokens of a person, of which only a digest is kept."""

import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.models.base import Noun, NounQuerySet
from tracker.models.people import User
from tracker.vocabulary import Scope


class TokenQuerySet(NounQuerySet):
    def visible_to(self, user):
        """One's own; nobody sees those of somebody else."""
        return super().visible_to(user).filter(owner=user.pk)

    def for_listing(self, *, on, viewer):
        """What a row of a list shows; the latest first."""
        return self.order_by("-created_at", "key")

    def get_by_natural_key(self, key):
        """The token with this public part."""
        return self.get(key=key)

    def usable(self, at):
        """Those that still open something: not ended, not revoked, of somebody who may sign in."""
        return self.filter(
            revoked_at__isnull=True, expires_at__gt=at, owner__is_active=True
        ).select_related("owner")


class Token(Noun):
    """The right of a program to act for its owner, within scopes, for a time."""

    key = models.CharField(_("public part"), max_length=12, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    owner = models.ForeignKey(User, models.CASCADE, related_name="tokens", verbose_name=_("owner"))
    name = models.CharField(_("name"), max_length=80, help_text=_("What it is for."))
    scopes = models.JSONField(_("scopes"))
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("ends"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "key"]
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")),
                name="token_ends_after_it_was_made",
                violation_error_code="expires_at",
            ),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.key,)

    def state(self, at) -> str:
        """“revoked”, “ended” or “open” at that moment."""
        if self.revoked_at:
            return "revoked"
        return "open" if self.expires_at > at else "ended"

    @property
    def scope_names(self) -> list[str]:
        """The scopes in words."""
        return [str(Scope(each).label) for each in self.scopes]


def digest_of(secret: str) -> str:
    """What is kept of a secret of 256 bits: nobody can find it by trying."""
    return hashlib.sha256(secret.encode()).hexdigest()

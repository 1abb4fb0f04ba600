"""Tables that somebody brought: kept between the steps, so that no error loses them."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.actions.errors import Refused
from tracker.models import TableImport, User

#: How many tables of one person wait to be applied.
MOST_WAITING = 10


def keep_table(noun: str, name: str, content: bytes, *, by: User) -> TableImport:
    """Keep a table until it is applied or dropped. ``ValidationError`` when too many wait."""
    if TableImport.objects.filter(by=by, batch=None, outcome={}).count() >= MOST_WAITING:
        raise ValidationError(
            _("%(most)d tables of yours wait already; apply or drop one of them.")
            % {"most": MOST_WAITING}
        )
    # PostgreSQL keeps no null character.
    shown = name.replace("\0", "")[:150]
    return TableImport.objects.create(
        by=by, noun=noun, name=shown, content=content, at=timezone.now()
    )


def choose_columns(kept: TableImport, columns: Mapping[str, str], *, by: User) -> None:
    """Keep which column of the file is which of ours."""
    _require_own(kept, by)
    kept.columns, kept.trial, kept.errors = dict(columns), {}, ""
    kept.save(update_fields=["columns", "trial", "errors"])


def note_trial(kept: TableImport, trial: Mapping[str, Any], *, by: User, errors: str) -> None:
    """Keep what a job found, unless other columns were chosen or it was applied meanwhile."""
    _require_own(kept, by)
    asked = TableImport.objects.filter(pk=kept.pk, columns=kept.columns, outcome={})
    asked.update(trial=dict(trial), errors=errors)


def drop_table(kept: TableImport, *, by: User) -> None:
    """Forget a table that was not applied; what was applied stays as a receipt."""
    _require_own(kept, by)
    TableImport.objects.filter(pk=kept.pk, outcome={}).delete()


def note_applied(
    kept: TableImport, *, by: User, batch: uuid.UUID, outcome: Mapping[str, Any], errors: str
) -> None:
    """Note what came of a table, in the transaction that wrote it, and forget its bytes.

    ``errors`` are the rows that were left out, as a file.
    """
    _require_own(kept, by)
    kept.batch, kept.outcome, kept.content, kept.errors = batch, dict(outcome), b"", errors
    kept.save(update_fields=["batch", "outcome", "content", "errors"])


def _require_own(kept, by):
    if kept.by_id != by.pk:
        raise Refused(_("Everybody applies the own tables."))

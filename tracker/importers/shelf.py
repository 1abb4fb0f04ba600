"""The rows of the register by natural key, each kind read once."""

from django.db import models


def key_of(obj: models.Model) -> tuple[str, ...]:
    """Return the natural key of ``obj``."""
    return tuple(obj.natural_key())


class Shelf:
    """Finds rows without a query for each; what is about to be written can be found too."""

    def __init__(self):
        self._rows: dict[type, dict[tuple, models.Model]] = {}

    def get(self, model: type[models.Model], key: tuple) -> models.Model | None:
        """Return the row with that natural key, or None."""
        return self._of(model).get(key)

    def put(self, obj: models.Model) -> None:
        """Make a new row findable."""
        self._of(type(obj))[key_of(obj)] = obj

    def forget(self, model: type[models.Model]) -> None:
        """Read this kind again when it is next asked for."""
        self._rows.pop(model, None)

    def _of(self, model):
        if model not in self._rows:
            self._rows[model] = {key_of(obj): obj for obj in _every(model)}
        return self._rows[model]


def _every(model):
    meta = model._meta
    single = [field.name for field in meta.concrete_fields if field.is_relation]
    several = [
        field.name for field in meta.many_to_many if field.remote_field.through._meta.auto_created
    ]
    return model._base_manager.select_related(*single).prefetch_related(*several)

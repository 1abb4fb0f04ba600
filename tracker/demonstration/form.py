"""The form of a fixture row."""


def row(model: str, **fields) -> dict:
    """Return one row of ``model`` in the form of Django's fixtures, with natural keys."""
    return {"model": f"tracker.{model}", "fields": fields}

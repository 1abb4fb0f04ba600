"""The values that stand beside a list: themes and regions as trees, years."""

from tracker.models import Region, Resolution, Theme


def themes() -> list[tuple[str, str]]:
    """Every theme, indented under what it is nested in."""
    rows = Theme.objects.order_by("path").values_list("slug", "name", "path")
    return [(slug, _indented(name, path.count("/") - 1)) for slug, name, path in rows]


def regions() -> list[tuple[str, str]]:
    """Every region, indented under the one it lies in."""
    rows = Region.objects.order_by("path").values_list("code", "name", "path")
    return [(code, _indented(name, path.count("/"))) for code, name, path in rows]


def years() -> list[tuple[str, str]]:
    """The years of the resolutions held."""
    held = Resolution.objects.order_by("year").values_list("year", flat=True).distinct()
    return [(str(year), str(year)) for year in held]


def _indented(name, depth):
    return f"{'– ' * depth}{name}"

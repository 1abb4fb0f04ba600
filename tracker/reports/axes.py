"""The heads of the matrix: its rows and columns, as far as they are opened."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import or_

from django.db.models import Q

from tracker.models import Body, Provision, Region, Resolution, Theme
from tracker.reports.tally import HeadId, Side, chains, themes_of_provisions, themes_with_provisions
from tracker.vocabulary import RegionLevel

#: How bodies that lie in no region are asked for.
NO_REGION = "none"


@dataclass(frozen=True)
class Head:
    """One row or column: what it is, how it is asked for, and whether its parts are shown."""

    kind: str
    pk: int | None
    key: str
    name: str
    note: str = ""
    depth: int = 1
    openable: bool = False
    open: bool = False
    #: The region that a body's column is drawn under.
    block: str = ""

    @property
    def id(self) -> HeadId:
        """The head as cells know it."""
        return (self.kind, self.pk)


@dataclass
class Axis:
    """One side of the matrix: how to count it, and how to draw it once it is counted.

    ``heads(seen)`` gives the heads, the parts of an open one under it; ``seen`` is the ids
    of the groups that were found in any count.
    """

    side: Side
    heads: Callable[[set], list[list[Head]]]


@dataclass
class Chosen:
    """What was asked for: the heads to begin with (all of them when empty), and those opened."""

    themes: list[Theme] = field(default_factory=list)
    regions: list = field(default_factory=list)
    opened: set[tuple[str, str]] = field(default_factory=set)

    def is_open(self, kind: str, key: str) -> bool:
        """Whether the parts of that head are shown."""
        return (kind, key) in self.opened


def row_axis(kind: str, chosen: Chosen) -> Axis:
    """The rows: themes, resolutions or provisions."""
    return {"theme": ThemeRows, "resolution": ResolutionRows, "provision": ProvisionRows}[kind](
        chosen
    ).axis()


class ProvisionRows:
    """Provisions in official order; one counts the letters under it, as its filter does."""

    def __init__(self, chosen: Chosen):
        self.chosen = chosen
        self.provisions = self.find()
        self.above = chains(self.provisions)

    def find(self) -> list[Provision]:
        """Every provision, in official order."""
        return list(Provision.objects.select_related("resolution").in_order())

    def axis(self) -> Axis:
        """How these rows are counted and drawn."""
        return Axis(Side("provision", self.heads_of), self.heads)

    def heads_of(self, provision) -> list[HeadId]:
        """The heads that count a provision."""
        return [("provision", pk) for pk in self.above.get(provision, ())]

    def heads(self, seen) -> list[list[Head]]:
        """A group of rows for each head at the top."""
        return [[self.head(each)] for each in self.provisions if each.pk in seen]

    def head(self, provision, depth=1) -> Head:
        """The row of one provision."""
        name = f"{provision.resolution.symbol} ¶{provision.number}"
        return Head("provision", provision.pk, provision.key, name, provision.summary, depth)


class ThemeRows(ProvisionRows):
    """Themes, with those nested in an open one and the provisions that carry it."""

    def __init__(self, chosen):
        super().__init__(chosen)
        self.themes, self.pairs = themes_with_provisions()
        self.carried = themes_of_provisions(self.themes, self.pairs)

    def find(self):
        """The provisions, where any can be shown."""
        return super().find() if any(kind == "theme" for kind, _key in self.chosen.opened) else []

    def heads_of(self, provision):
        themes = [("theme", pk) for pk in self.carried.get(provision, ())]
        return themes + super().heads_of(provision)

    def heads(self, seen):
        shown = {theme for provision in seen for theme in self.carried.get(provision, ())}
        first = outermost(self.chosen.themes) or [
            each for each in self.themes if not each.parent_id
        ]
        return [self.branch(each, seen, shown) for each in first if each.pk in shown]

    def branch(self, theme, seen, shown, depth=1) -> list[Head]:
        """A theme and, when it is open, its parts."""
        is_open = self.chosen.is_open("theme", theme.slug)
        rows = [theme_head(theme, depth, is_open)]
        if is_open:
            for nested in self.themes:
                if nested.parent_id == theme.pk and nested.pk in shown:
                    rows += self.branch(nested, seen, shown, depth + 1)
            carriers = {provision for provision, each in self.pairs if each == theme.pk} & seen
            rows += [self.head(p, depth + 1) for p in self.provisions if p.pk in carriers]
        return rows


class ThemesAlone:
    """Themes with none of them opened, as tallies count them: each with those nested in it."""

    def __init__(self, chosen: Chosen):
        self.chosen = chosen
        self.themes = list(Theme.objects.order_by("path"))

    def axis(self) -> Axis:
        """How these rows are counted and drawn."""
        return Axis(Side("theme", lambda pk: [("theme", pk)]), self.heads)

    def heads(self, seen) -> list[list[Head]]:
        """One row for each theme at the top that counts anything."""
        first = outermost(self.chosen.themes) or [
            each for each in self.themes if not each.parent_id
        ]
        return [[theme_head(each)] for each in first if each.pk in seen]


class ResolutionRows(ProvisionRows):
    """Resolutions in official order, with the provisions of an open one."""

    def __init__(self, chosen):
        super().__init__(chosen)
        self.of = {each.pk: each.resolution_id for each in self.provisions}

    def heads_of(self, provision):
        return [("resolution", self.of.get(provision)), *super().heads_of(provision)]

    def heads(self, seen):
        groups: dict[int, list[Provision]] = {}
        for provision in self.provisions:
            if provision.pk in seen:
                groups.setdefault(provision.resolution_id, []).append(provision)
        return [self.branch(group[0].resolution, group) for group in groups.values()]

    def branch(self, resolution: Resolution, provisions) -> list[Head]:
        """A resolution and, when it is open, its provisions."""
        key, is_open = resolution.key, self.chosen.is_open("resolution", resolution.key)
        title = resolution.short_title
        rows = [Head("resolution", resolution.pk, key, resolution.symbol, title, 1, True, is_open)]
        return rows + ([self.head(each, 2) for each in provisions] if is_open else [])


class RegionColumns:
    """Regions by name, with the subregions or the bodies of an open one; last, no region."""

    def __init__(self, chosen: Chosen):
        self.chosen = chosen
        self.regions = list(Region.objects.order_by("name", "code"))
        self.around = chains(self.regions)
        self.by_pk = {each.pk: each for each in self.regions}

    def side(self) -> Side:
        """How the regions are counted."""
        return Side("body__region", lambda pk: [("region", each) for each in self.chain(pk)])

    def chain(self, region) -> list[int | None]:
        """The region and those around it; no region lies in nothing."""
        return self.around.get(region, [None])

    def within(self, seen: set) -> Q | None:
        """The bodies that stand in columns of their own, of the regions ``seen``; None for none."""
        wanted = [Q(body__region=pk) for pk in seen if pk is not None and self.shows_bodies(pk)]
        if None in seen and self.chosen.is_open("region", NO_REGION):
            wanted.append(Q(body__region=None))
        return reduce(or_, wanted) if wanted else None

    def opens_bodies(self) -> bool:
        """Whether something is open that has no regions inside it, so that bodies are its parts."""
        around = {each.parent_id for each in self.regions}
        within = [each.code for each in self.regions if each.pk not in around]
        return any(self.chosen.is_open("region", code) for code in (*within, NO_REGION))

    def shows_bodies(self, region: int) -> bool:
        """Whether the bodies of that region have columns: it, or its subregion, is open."""
        around = [self.by_pk[pk] for pk in self.chain(region)]
        last = [each for each in around if each.level >= RegionLevel.SUBREGION]
        return any(self.chosen.is_open("region", each.code) for each in last or around[:1])

    def heads(self, seen: set, bodies: Iterable[Body] = ()) -> list[Head]:
        """The columns, in their order."""
        self.seen = {pk for region in seen for pk in self.chain(region)}
        self.bodies = list(bodies)
        columns = [head for top in self.tops(seen) for head in self.branch(top)]
        if None in seen:
            columns += self.without_region()
        return columns

    def tops(self, seen) -> list[Region]:
        """The regions to begin with: those asked for, else the regions of the world."""
        asked = [each for each in self.chosen.regions if isinstance(each, Region)]
        if self.chosen.regions:
            return outermost(asked)
        worlds = [each for each in self.regions if each.pk in seen and not each.level]
        level = [each for each in self.regions if each.level == RegionLevel.REGION]
        rest = [each for each in level if not set(self.chain(each.pk)) & {w.pk for w in worlds}]
        return worlds + rest

    def branch(self, region, depth=1) -> list[Head]:
        """A region and, when it is open, its parts."""
        if region.pk not in self.seen:
            return []
        is_open = self.chosen.is_open("region", region.code)
        head = Head("region", region.pk, region.code, region.name, "", depth, True, is_open)
        return [head, *(self.parts(region, depth + 1) if is_open else [])]

    def parts(self, region, depth):
        """What an open region shows: its subregions, or else its bodies."""
        if region.level >= RegionLevel.SUBREGION:
            inside = [b for b in self.bodies if region.pk in self.chain(b.region_id)]
            return [replace(body_head(each), depth=depth) for each in inside]
        nested = [each for each in self.regions if each.parent_id == region.pk]
        direct = [each for each in self.bodies if each.region_id == region.pk]
        heads = [head for each in nested for head in self.branch(each, depth)]
        return heads + [replace(body_head(each), depth=depth) for each in direct]

    def without_region(self) -> list[Head]:
        """The column of the bodies that lie in no region and, when it is open, theirs."""
        is_open = self.chosen.is_open("region", NO_REGION)
        head = Head("region", None, NO_REGION, "", "", 1, True, is_open)
        inside = [each for each in self.bodies if each.region_id is None] if is_open else []
        return [head, *(replace(body_head(each), depth=2) for each in inside)]

    def block_of(self, body: Body) -> str:
        """The name of the region of the world that a body lies in, empty for none."""
        chain = [self.by_pk[pk] for pk in self.chain(body.region_id) if pk in self.by_pk]
        names = [each.name for each in chain if each.level == RegionLevel.REGION]
        return names[0] if names else (chain[-1].name if chain else "")


def theme_head(theme: Theme, depth: int = 1, is_open: bool = False) -> Head:
    """The row of one theme."""
    return Head("theme", theme.pk, theme.slug, theme.name, "", depth, True, is_open)


#: How bodies are counted, each for itself.
BODIES = Side("body", lambda pk: [("body", pk)])


def body_head(body: Body) -> Head:
    """The column of one body."""
    return Head("body", body.pk, body.code, body.name)


def outermost(nodes: Iterable) -> list:
    """Those of ``nodes`` that lie in no other of them, each once."""
    paths = {node.path: node for node in nodes}
    return [
        node
        for path, node in paths.items()
        if not any(path.startswith(other) and path != other for other in paths)
    ]

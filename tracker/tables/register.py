"""The tables of the register itself: bodies, memberships, and the days of commitments."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tracker import actions
from tracker.models import Body, Commitment, Membership, Region
from tracker.models.commitments import split_commitment_key
from tracker.rights import Act
from tracker.tables import values as read
from tracker.tables.errors import Missing, Wrong
from tracker.tables.nouns import Field, TableNoun
from tracker.vocabulary import BodyKind, MembershipRole


class _OfRegister(TableNoun):
    """Rows that those write who edit the register."""

    act = Act.EDIT_REGISTER

    def write(self, rows, told):
        return actions.save_each(rows, **told)

    def body(self, column, code):
        """The id of a body, None for no code; raises ``Missing``."""
        if not code:
            return None
        if code not in self.codes:
            raise Missing(column, _("No body has the code “%(code)s”.") % {"code": code})
        return self.codes[code]

    def prepare(self, rows):
        self.codes = dict(Body.objects.order_by().values_list("code", "pk"))

    def shown(self, attribute, value):
        if attribute in self.references and value is not None:
            return next((code for code, pk in self.codes.items() if pk == value), "")
        return super().shown(attribute, value)

    references: tuple[str, ...] = ()


class Bodies(_OfRegister):
    """States, organs, organizations, networks and authorities, by their code."""

    name, model, key = "bodies", Body, "code"
    fields = (
        Field("code", read.word, "code", fixed=True),
        Field("name", read.exact, "name"),
        Field("kind", read.one_of(BodyKind), "kind"),
        Field("region", read.word, "region_id"),
        Field("parent", read.word, "parent_id"),
        Field("state", read.word, "state_id"),
        Field("iso3", read.word, "iso3"),
        Field("m49", read.m49, "m49"),
        Field("founded_on", read.day, "founded_on"),
        Field("dissolved_on", read.day, "dissolved_on"),
        Field("fictional", read.yes_no, "is_fictional"),
        Field("source", read.exact, "source"),
    )
    derived = ("standing", "members", "designations", "commitments")
    needs = (("code",),)
    references = ("parent_id", "state_id")

    def prepare(self, rows):
        super().prepare(rows)
        codes = [values.get("code") for values in rows]
        self.held = {body.code: body for body in Body.objects.filter(code__in=codes)}
        self.regions, self.names = {}, {}
        for region in Region.objects.all():
            self.names[region.pk] = region.name
            self.regions[region.code] = region.pk
            # A name that two regions share says nothing.
            same = region.name.casefold()
            self.regions[same] = None if same in self.regions else region.pk

    def find(self, values):
        if not values["code"]:
            raise Wrong("code", _("Give the code of the body."))
        return self.held.get(values["code"])

    def wanted(self, values, held):
        found = super().wanted(values, held)
        for column in ("parent", "state"):
            if column in values:
                found[f"{column}_id"] = self.body(column, values[column])
        if "region" in values:
            found["region_id"] = self.region(values["region"])
        return found

    def region(self, name):
        """The id of a region by its name or its M49 code."""
        if name and self.regions.get(name.casefold()) is None:
            raise Wrong(
                "region", _("No region, or not one alone, is called “%(name)s”.") % {"name": name}
            )
        return self.regions[name.casefold()] if name else None

    def took(self, row):
        self.codes[row.code], self.held[row.code] = row.pk, row

    def shown(self, attribute, value):
        if attribute == "region_id":
            return self.names.get(value, "")
        return super().shown(attribute, value)


class Memberships(_OfRegister):
    """Who belongs to a network or an organization, from when and in which role."""

    name, model, key = "memberships", Membership, "key"
    fields = (
        Field("key", read.word, "key", fixed=True),
        Field("organization", read.word, "organization_id", fixed=True),
        Field("member", read.word, "member_id", fixed=True),
        Field("role", read.one_of(MembershipRole), "role"),
        Field("from_on", read.day, "from_on"),
        Field("until_on", read.day, "until_on"),
        Field("source", read.exact, "source"),
    )
    derived = ("organization_name", "member_name")
    needs = (("key",), ("organization", "member"))
    references = ("organization_id", "member_id")

    def prepare(self, rows):
        super().prepare(rows)
        keys = [self.identity(values) for values in rows]
        self.held = {each.key: each for each in Membership.objects.filter(key__in=keys)}

    def identity(self, values):
        """The key or, where none is given, the one that such a membership gets."""
        if values.get("key"):
            return values["key"]
        start = values.get("from_on")
        role = values.get("role") or MembershipRole.MEMBER
        parts = [values.get("organization", ""), values.get("member", ""), role]
        return ".".join([*parts, *([start.isoformat()] if start else [])])

    def find(self, values):
        key = self.identity(values)
        if values.get("key") and key not in self.held:
            raise Wrong(
                "key", _("No membership is held under this key; leave it empty to add one.")
            )
        return self.held.get(key)

    def wanted(self, values, held):
        found = super().wanted(values, held)
        found.pop("key", None)
        for column in ("organization", "member"):
            if column in values:
                found[f"{column}_id"] = self.body(column, values[column])
                if found[f"{column}_id"] is None:
                    raise Wrong(column, _("Give the code of the body."))
        if held is None and not found.get("role"):
            found["role"] = MembershipRole.MEMBER
        return found

    def took(self, row):
        self.held[row.key] = row


class Commitments(_OfRegister):
    """From when and until when commitments stand; which there are follows from the addressees."""

    name, model, key = "commitments", Commitment, "key"
    fields = (
        Field("key", read.word),
        Field("starts_on", read.day, "starts_on"),
        Field("ends_on", read.day, "ends_on"),
    )
    derived = (
        "resolution", "provision", "paragraph", "summary", "force", "body", "body_name", "kind",
        "region", "role", "position", "reported_on", "evidence", "result", "effect",
        "assessed_on", "follow_up_on", "timing", "due_on", "delivered_on",
    )  # fmt: skip
    needs = (("key",),)

    def prepare(self, rows):
        self.held = held_commitments(values.get("key", "") for values in rows)

    def find(self, values):
        found = self.held.get(values["key"])
        if found is None:
            raise Wrong(
                "key",
                _(
                    "No commitment is held under this key; which there are follows from whom a "
                    "paragraph addresses."
                ),
            )
        return found


def held_commitments(
    keys: Iterable[str], rows: QuerySet[Commitment] | None = None
) -> dict[str, Commitment]:
    """The commitments under these keys, as far as they are among ``rows``."""
    rows = Commitment.objects.all() if rows is None else rows
    wanted = {}
    for key in keys:
        try:
            wanted[key] = split_commitment_key(key)
        except ValueError:
            continue
    provisions = {provision for provision, _code in wanted.values()}
    codes = {code for _provision, code in wanted.values()}
    found = {
        (each.provision.key, each.body.code): each
        for each in rows.filter(provision__key__in=provisions, body__code__in=codes).select_related(
            "provision__resolution", "body"
        )
    }
    return {key: found[pair] for key, pair in wanted.items() if pair in found}

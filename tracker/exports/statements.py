"""A resolution with its paragraphs as Akoma Ntoso (AKN4UN names) and as schema.org JSON-LD.

What the paragraphs say stands there in our own words; the official text is that of the UN.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from lxml import etree

from tracker.exports.about import CAVEAT, About
from tracker.exports.cells import without_controls
from tracker.models import Provision, Resolution
from tracker.symbols import MAIN, number_levels

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "https://commitment-tracker.example/ns"
AUTHOR, US = "un-sc", "tracker"


@dataclass(frozen=True)
class Statement:
    """A resolution, its paragraphs in official order, and addresses (``address(page, key)``)."""

    resolution: Resolution
    provisions: list[Provision]
    about: About
    address: Callable[..., str]


def akn(statement: Statement) -> bytes:
    """The resolution as ``<statement name="resolution">``."""
    root = etree.Element(f"{{{AKN}}}akomaNtoso", nsmap={None: AKN, "ct": OWN})
    made = _add(root, "statement", name="resolution", contains="singleVersion")
    _add_meta(made, statement)
    _add_preface(made, statement)
    body = _add(made, "mainBody")
    for component, provisions in _by_component(statement.provisions):
        home = body
        if component != MAIN:
            home = _add(body, "hcontainer", name="annex", eId=component)
        _add_paragraphs(home, provisions)
    if not statement.provisions:
        _add(body, "p", _("No paragraph of it is held here."))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _add_meta(made, statement):
    resolution, about = statement.resolution, statement.about
    adopted = (resolution.adopted_on or about.on).isoformat()
    work = f"/akn/un/statement/deliberation/{AUTHOR}/{adopted}/{resolution.number}"
    meta = _add(made, "meta")
    identified = _add(meta, "identification", source=f"#{US}")
    for level, uri, day in (
        ("Work", work, adopted),
        ("Expression", f"{work}/eng@", adopted),
        ("Manifestation", f"{work}/eng@.xml", about.on.isoformat()),
    ):
        part = _add(identified, f"FRBR{level}")
        _add(part, "FRBRthis", value=f"{uri}/!main" if level != "Manifestation" else uri)
        _add(part, "FRBRuri", value=uri)
        _add(part, "FRBRdate", date=day, name="adoption" if level == "Work" else "as-of")
        _add(part, "FRBRauthor", href=f"#{AUTHOR if level == 'Work' else US}")
        if level == "Work":
            _add(part, "FRBRcountry", value="un")
            _add(part, "FRBRnumber", value=resolution.symbol)
        if level == "Expression":
            _add(part, "FRBRauthoritative", value="false")
            _add(part, "FRBRlanguage", language="eng")
    references = _add(meta, "references", source=f"#{US}")
    organizations = ((AUTHOR, "United Nations Security Council"), (US, "Commitment tracker"))
    for key, name in organizations:
        _add(
            references,
            "TLCOrganization",
            eId=key,
            href=f"/ontology/organization/{key}",
            showAs=name,
        )
    _add_facts(meta, statement)


def _add_facts(meta, statement):
    """What every file of ours says about itself, in a place that the standard leaves for it."""
    about = statement.about
    own = _add(meta, "proprietary", source=f"#{US}")
    facts = {
        "asOf": about.on.isoformat(),
        "classification": about.classification,
        "address": about.address,
        "note": str(CAVEAT),
    }
    for name, text in facts.items():
        etree.SubElement(own, f"{{{OWN}}}{name}").text = text


def _add_preface(made, statement):
    preface = _add(made, "preface")
    line = _add(preface, "p")
    _add(line, "docNumber", statement.resolution.symbol)
    if statement.resolution.short_title:
        _add(_add(preface, "p"), "docTitle", statement.resolution.short_title)
    _add(_add(preface, "p"), "remark", str(CAVEAT), status="editorial")


def _by_component(provisions) -> Iterable[tuple[str, list[Provision]]]:
    found: dict[str, list[Provision]] = {}
    for provision in provisions:
        found.setdefault(provision.component, []).append(provision)
    return found.items()


def _add_paragraphs(home, provisions):
    """The paragraphs, each letter in the list of the paragraph above it."""
    children: dict[int | None, list[Provision]] = {}
    for each in provisions:
        children.setdefault(each.parent_id, []).append(each)
    for each in children.get(None, []):
        _add_provision(_add(home, "paragraph", eId=each.eid), each, children)


def _add_provision(element, provision, children):
    *above, last = number_levels(provision.number)
    _add(element, "num", f"({last})" if above else f"{last}.")
    letters = children.get(provision.pk)
    if not letters:
        _add(_add(element, "content"), "p", provision.summary)
        return
    listed = _add(element, "list", eId=f"{provision.eid}__list_1")
    opening = _add(listed, "intro", eId=f"{provision.eid}__list_1__intro")
    _add(opening, "p", provision.summary)
    for letter in letters:
        _add_provision(_add(listed, "point", eId=letter.eid), letter, children)


def _add(parent, tag, text="", **attributes):
    child = etree.SubElement(parent, f"{{{AKN}}}{tag}", attributes)
    child.text = without_controls(text) or None
    return child


def jsonld(statement: Statement) -> bytes:
    """The resolution as schema.org ``Legislation``, its paragraphs as parts of it."""
    resolution, about = statement.resolution, statement.about
    told = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": statement.address("resolution", resolution.key),
        "legislationIdentifier": resolution.symbol,
        "name": resolution.short_title or resolution.symbol,
        "legislationType": "resolution",
        "legislationPassedBy": {"@type": "Organization", "name": "United Nations Security Council"},
        "legislationDate": resolution.adopted_on and resolution.adopted_on.isoformat(),
        "temporalCoverage": about.on.isoformat(),
        "conditionsOfAccess": about.classification,
        "usageInfo": about.address,
        "disambiguatingDescription": str(CAVEAT),
        "hasPart": [_part(each, statement) for each in statement.provisions],
    }
    shown = {name: value for name, value in told.items() if value is not None}
    return (json.dumps(shown, ensure_ascii=False, indent=1) + "\n").encode()


def _part(provision, statement) -> dict:
    part = {
        "@type": "Legislation",
        "@id": statement.address("provision", provision.key),
        "legislationIdentifier": provision.key,
        "name": str(provision),
        "abstract": provision.summary,
        "creativeWorkStatus": provision.lifecycle_on(statement.about.on),
    }
    if provision.parent_id:
        part["isPartOf"] = {"@id": statement.address("provision", provision.parent.key)}
    return part


@dataclass(frozen=True)
class Form:
    """One form of a resolution: its type, the ending of its name, and how it is written."""

    media_type: str
    ending: str
    write: Callable[[Statement], bytes]


FORMS = {
    "akn": Form("application/akn+xml", "akn.xml", akn),
    "jsonld": Form("application/ld+json", "jsonld", jsonld),
}

"""Symbols of documents and numbers of provisions: pure functions, no database.

A resolution is written ``S/RES/2322 (2016)`` and keyed ``S/RES/2322(2016)``; a provision is
keyed ``S/RES/2322(2016)/13(e)``, or ``S/RES/2368(2017)/annex_1/3`` outside the main body.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

MAIN = "main"

SYMBOL = r"S/RES/[0-9]{1,4}\([0-9]{4}\)"
COMPONENT = r"annex_[1-9][0-9]?"
NUMBER = r"[0-9]{1,3}(?:\.[0-9]{1,3}){0,2}(?:\([a-z]{1,4}\)){0,3}"

_SYMBOL = re.compile(r"S/RES/([0-9]{1,4})\s*\(([0-9]{4})\)", re.IGNORECASE)
_NUMBER = re.compile(NUMBER)
_LOOSE_PROVISION = re.compile(
    r"""^\s*(?:S/RES/|res(?:olution)?\.?\s+)?(?P<number>[0-9]{3,4})\s*(?:\(\s*(?P<year>[0-9]{4})\s*\))?
    (?:[\s,/]*(?:OP|para(?:graph)?\.?|¶)?\s*(?P<provision>[0-9]{1,3}(?:\s*\(?[a-z]{1,4}\)?){0,2}))?\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


@dataclass(frozen=True)
class Reference:
    """What a person typed into a search box, read as a symbol: any part may be missing."""

    number: int
    year: int | None = None
    provision: str = ""


def resolution_key(text: str) -> str:
    """Return the key ``S/RES/2322(2016)`` of a symbol written with or without a space.

    Raises ``ValueError`` with a sentence for the user when ``text`` is no such symbol.
    """
    match = _SYMBOL.fullmatch(text.strip())
    if not match:
        raise ValueError(
            _("“%(text)s” is not a resolution symbol; write it like S/RES/2322(2016).")
            % {"text": text}
        )
    return f"S/RES/{match[1]}({match[2]})"


def resolution_symbol(number: int, year: int) -> str:
    """Return the symbol as the UN writes it: ``S/RES/2322 (2016)``."""
    return f"S/RES/{number} ({year})"


def provision_name(number: int, year: int, provision: str) -> str:
    """Return how the UN cites a provision of that resolution: ``S/RES/2322 (2016) ¶13(e)``."""
    return f"{resolution_symbol(number, year)} ¶{provision}"


def commitment_key(provision: str, body: str) -> str:
    """Return the key of a commitment: ``S/RES/2322(2016)/13(e)/FRA``.

    ``provision`` is a provision's key, ``body`` a body's code.
    """
    return f"{provision}/{body}"


def provision_number(text: str) -> str:
    """Return the number in its one spelling: ``13 (e)`` and ``13e`` become ``13(e)``.

    Raises ``ValueError`` with a sentence for the user when ``text`` is no such number.
    """
    compact = re.sub(r"\s+", "", text).lower()
    compact = re.sub(r"^([0-9]{1,3})([a-z]{1,4})$", r"\1(\2)", compact)
    if not _NUMBER.fullmatch(compact):
        raise ValueError(
            _("“%(text)s” is not a paragraph number; write it like 13 or 13(e).") % {"text": text}
        )
    return compact


def parse_reference(text: str) -> Reference | None:
    """Read ``2322``, ``S/RES/2322 (2016)`` or ``2322 13(e)``; None when it is plain text."""
    match = _LOOSE_PROVISION.match(text)
    if not match:
        return None
    provision = match["provision"] or ""
    if provision:
        try:
            provision = provision_number(provision)
        except ValueError:
            return None
    return Reference(int(match["number"]), int(match["year"]) if match["year"] else None, provision)


def provision_key(resolution: str, number: str, component: str = MAIN) -> str:
    """Return the public key of a provision; ``resolution`` is a resolution's key."""
    middle = "" if component == MAIN else f"{component}/"
    return f"{resolution}/{middle}{number}"


def split_provision_key(key: str) -> tuple[str, str, str]:
    """Split a provision's key into resolution key, component and number.

    Raises ``ValueError`` with a sentence for the user when ``key`` is not one.
    """
    match = re.fullmatch(
        rf"(?P<symbol>S/RES/[0-9]{{1,4}}\s*\([0-9]{{4}}\))/(?:(?P<component>{COMPONENT})/)?(?P<number>.+)",
        key.strip(),
        re.IGNORECASE,
    )
    if not match:
        raise ValueError(
            _("“%(key)s” is not a provision; write it like S/RES/2322(2016)/13(e).") % {"key": key}
        )
    return (
        resolution_key(match["symbol"]),
        (match["component"] or MAIN).lower(),
        provision_number(match["number"]),
    )


def is_component(text: str) -> bool:
    """Whether ``text`` names a part of a resolution: ``main`` or an annex."""
    return text == MAIN or re.fullmatch(COMPONENT, text) is not None


def number_levels(number: str) -> list[str]:
    """Split a number into its levels: ``13(e)(ii)`` → ``["13", "e", "ii"]``."""
    return re.findall(r"[0-9]+|[a-z]+", number)


def parent_number(number: str) -> str | None:
    """Return the number one level up, None at the top: ``13(e)`` → ``13``."""
    head, _sep, _tail = number.rpartition("(") if "(" in number else number.rpartition(".")
    return head or None


def eid(number: str, component: str = MAIN) -> str:
    """Return the AKN4UN element id: ``13(e)`` → ``para_13__list_1__point_e``."""
    first, *rest = number_levels(number)
    parts = [f"para_{first}"] + [f"list_1__point_{level}" for level in rest]
    prefix = "" if component == MAIN else f"{component}__"
    return prefix + "__".join(parts)


def sort_path(number: str, component: str = MAIN) -> str:
    """Return digits that sort in official order: four for the component, four a level.

    Digits only, since some collations ignore punctuation: ``13(e)`` → ``000000130005``.
    """
    ordinal = 0 if component == MAIN else int(component.removeprefix("annex_"))
    ranks = [_rank(level, depth) for depth, level in enumerate(number_levels(number))]
    return "".join(f"{rank:04d}" for rank in (ordinal, *ranks))


def _rank(level: str, depth: int) -> int:
    if level.isdigit():
        return int(level)
    if depth >= 2 and level in _ROMAN:
        return _ROMAN.index(level) + 1
    rank = 0
    for letter in level:
        rank = rank * 26 + ord(letter) - ord("a") + 1
    return min(rank, 9999)

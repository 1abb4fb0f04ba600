"""Invented evidence of fictional bodies, and where it is cited."""

from collections.abc import Iterator

from tracker.demonstration.chance import chance_of, day_between, days_after, pick
from tracker.demonstration.form import row

#: Title → kind, where it comes from.
PIECES = {
    "Act on mutual assistance of {name}": ("legislation", "body_itself"),
    "Statistics on requests, {name}": ("statistics", "body_itself"),
    "Annual report of the Central Authority of {name}": ("document", "body_itself"),
    "Training of prosecutors in {name}": ("meeting", "other_official"),
    "Judgement in an extradition case, {name}": ("case", "other_official"),
    "Study on cooperation in {name}": ("web_page", "independent"),
}
CLASSIFICATIONS = {"public": 5, "internal": 3, "restricted": 2}
PINPOINTS = ("Article 4", "Section 2", "Page 12", "Table 3", "")
#: How many pieces a report or an assessment cites.
CITED = {"0": 3, "1": 4, "2": 2}


def evidence_rows(names: dict[str, str]) -> Iterator[dict]:
    """Yield the pieces of evidence of each body, given by code and name."""
    for code, name in sorted(names.items()):
        for place, (title, (kind, independence)) in enumerate(PIECES.items(), start=1):
            chance = chance_of("evidence", code, kind)
            published = day_between(chance, 2017, 2026)
            yield row(
                "evidence",
                key=f"DEMO-{code}-E{place}",
                title=f"Demonstration: {title.format(name=name)}",
                kind=kind,
                independence=independence,
                body=[code],
                event_on=days_after(published, -20) if kind in ("meeting", "case") else None,
                published_on=published,
                valid_until=days_after(published, 1460) if kind == "statistics" else None,
                language="en",
                note="Invented for demonstration.",
                classification=pick(chance, CLASSIFICATIONS),
                source="Invented for demonstration",
            )


def citation_rows(
    evidence: list[dict], reports: list[dict], assessments: list[dict]
) -> Iterator[dict]:
    """Yield citations of a body's evidence by its own reports and assessments."""
    pieces: dict[str, list[str]] = {}
    for each in evidence:
        pieces.setdefault(each["fields"]["body"][0], []).append(each["fields"]["key"])
    for kind, citing in (("report", reports), ("assessment", assessments)):
        for each in citing:
            yield from _cited_by(kind, each["fields"], pieces)


def _cited_by(kind, fields, pieces):
    chance = chance_of("citation", fields["key"])
    code = fields["commitment"][1]
    for piece in chance.sample(pieces[code], int(pick(chance, CITED))):
        yield row(
            "citation",
            key=f"{fields['key']}.{piece}",
            evidence=[piece],
            commitment=fields["commitment"],
            pinpoint=chance.choice(PINPOINTS),
            **{kind: [fields["key"]]},
        )

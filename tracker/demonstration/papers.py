"""Evidence with files, for the States that the demonstration's focal points speak for."""

import io
from collections import Counter

from tracker import actions
from tracker.demonstration import files
from tracker.demonstration.chance import chance_of
from tracker.demonstration.members import REASON, STATES
from tracker.demonstration.people import FOCAL_POINTS
from tracker.models import Body, Evidence, User

NOTE = "Demonstration: invented, and made by the tracker itself."


def add_papers(*, by: User | None) -> Counter:
    """Add what is not there; each comes in with its file, which is never set afterwards."""
    wanted = [paper for code in sorted(FOCAL_POINTS.values()) for paper in papers_of(code)]
    held = set(
        Evidence.objects.filter(key__in=[key for key, *_ in wanted]).values_list("key", flat=True)
    )
    counts = Counter(new=0, changed=0, same=0)
    for key, title, kind, name, content in wanted:
        if key in held:
            counts["same"] += 1
            continue
        _add(key, title, kind, name, content, by)
        counts["new"] += 1
    return counts


def papers_of(code: str) -> list[tuple[str, str, str, str, bytes]]:
    """(key, title, kind, name of the file, content) of one State."""
    name, chance = STATES[code], chance_of("papers", code)
    numbers = [chance.randint(20, 90) for _year in range(6)]
    act = ["Demonstration: Act on mutual assistance", name, "", "Article 4. Requests are answered."]
    minutes = ["Demonstration: minutes of a meeting on cooperation", name, "Three points agreed."]
    made = (
        ("Text of the Act on mutual assistance", "legislation", "act.pdf", files.pdf(act)),
        ("Requests by year", "statistics", "requests.csv", files.csv(name, numbers)),
        ("Minutes of a meeting on cooperation", "meeting", "minutes.txt", files.txt(minutes)),
        ("Chart of requests", "statistics", "chart.png", files.png(chance.randint(0, 200))),
    )
    return [
        (
            f"DEMO-{code}-F{place}",
            f"Demonstration: {title} of {name}",
            kind,
            f"{code}-{file}",
            content,
        )
        for place, (title, kind, file, content) in enumerate(made, start=1)
    ]


def _add(key, title, kind, name, content, by):
    upload = io.BytesIO(content)
    upload.name = name
    body = Body.objects.get(code=key.split("-")[1])
    row = Evidence(
        key=key,
        title=title,
        kind=kind,
        independence="body_itself",
        body=body,
        language="en",
        note=NOTE,
        source=REASON,
    )
    actions.save_evidence(row, by=by, reason=REASON, upload=upload, again=True)

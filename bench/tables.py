"""What was measured as tables, and their place in the README."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from bench import goals
from bench.questions import QUESTIONS
from bench.registers import POSTGRESQL, SQLITE

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
SYSTEMS = ("ours", "limit", "tutorial", "datasette")
RIVALS = ("ours", "limit", "tutorial")
NONE = "–"


def table(head: str, rows: Iterable[Iterable[str]]) -> list[str]:
    """A table in Markdown; ``head`` names its columns, those of numbers after ``>``."""
    names = [name.strip() for name in head.split("|")]
    aligned = ["--:" if name.startswith(">") else "---" for name in names]
    lines = [[name.removeprefix(">") for name in names], aligned, *rows]
    return ["", *(f"| {' | '.join(line)} |" for line in lines), ""]


def ms(value: float | None) -> str:
    """Milliseconds."""
    return NONE if value is None else f"{value:.1f}"


def times(value: float | None, by: float | None) -> str:
    """How many times as much."""
    return f"{value / by:.1f}×" if value is not None and by else NONE


def whole(value: float) -> str:
    """A number without its fraction; a small one with some of it."""
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"


def _p50(had: dict, system: str) -> float | None:
    return had[system]["p50"] if system in had else None


def one_client(found: list[dict]) -> list[str]:
    """Every question, at every size, on either database."""
    head = (
        "commitments | database | question | >ours | >limit | >tutorial | >Datasette | >ours p95"
        " | >ours ÷ limit | >tutorial ÷ ours | >Datasette ÷ ours | >goals | >rounds"
    )
    return ["### One client: medians in ms", *table(head, _one_client(found))]


def _one_client(found) -> Iterator[list[str]]:
    for each in found:
        for question in QUESTIONS:
            had = each["questions"][question.name]
            mine = had["ours"]["p50"]
            fewest = min(one["rounds"] for one in had.values())
            yield [
                f"{each['size']:,}",
                each["database"],
                f"**{question.name}** {question.title}",
                *(ms(_p50(had, system)) for system in SYSTEMS),
                ms(had["ours"]["p95"]),
                times(mine, _p50(had, "limit")),
                *(
                    times(_p50(had, name) or 0, mine) if name in had else NONE
                    for name in SYSTEMS[2:]
                ),
                question.goal,
                f"{had['ours']['rounds']} / {fewest}",
            ]


def growth(found: list[dict]) -> list[str]:
    """Our medians from size to size."""
    sizes = sorted({each["size"] for each in found})
    if len(sizes) < 2:
        return []
    shown = " | ".join(f">{size:,}" for size in sizes)
    rows = []
    for question in QUESTIONS:
        for kind in (SQLITE, POSTGRESQL):
            mine = {
                each["size"]: each["questions"][question.name]["ours"]["p50"]
                for each in found
                if each["database"] == kind
            }
            if len(mine) > 1:
                grown = times(mine[max(mine)], mine[min(mine)])
                rows.append(
                    [question.name, kind, *(ms(mine.get(size)) for size in sizes), grown, "1.3×"]
                )
    head = f"question | database | {shown} | >largest ÷ smallest | >goal"
    return ["### Ours from size to size: medians in ms", *table(head, rows)]


def any_filters(found: list[dict]) -> list[str]:
    """Any combination of filters, a deep page, and the page for people."""
    rows = []
    for each in found:
        had = each["questions"]["Q1 any"]
        ours, limit = had["ours"], had["limit"]
        shown = [*_pair(ours, "p95", "p50"), *_pair(limit, "p95", "p50")]
        shown += [times(ours["p95"], ours["p50"]), times(limit["p95"], ours["p95"])]
        rows.append([f"{each['size']:,}", each["database"], *shown])
    head = (
        "commitments | database | >ours p50 | >ours p95 | >planner p50 | >planner p95"
        " | >ours p95 ÷ p50 | >planner p95 ÷ ours p95"
    )
    return ["### Q1 any: 1 to 5 of 7 filters, in ms", *table(head, rows)]


def _pair(had, second, first) -> list[str]:
    return [ms(had[first]), ms(had[second])]


def pages(found: list[dict]) -> list[str]:
    """The page for people against its JSON, and page 1,000 against page 1."""
    rows = []
    for each in found:
        page, deep = each.get("page"), each.get("deep")
        shown = [NONE] * 5
        if page:
            json, html = page["json"]["p50"], page["page"]["p50"]
            sizes = [f"{page[name] / 1000:.1f}" for name in ("bytes", "gzip")]
            shown = [ms(json), ms(html), times(html, json), *sizes]
        further = [NONE] * 3
        if deep:
            first, last = deep["first"]["p50"], deep["deep"]["p50"]
            further = [ms(first), ms(last), times(last, first)]
        rows.append([f"{each['size']:,}", each["database"], *shown, *further])
    head = (
        "commitments | database | >JSON | >page | >page ÷ JSON | >page kB | >gzip kB"
        " | >cursor, page 1 | >page 1,000 | >1,000 ÷ 1"
    )
    return ["### The page for people, and a deep page: medians in ms", *table(head, rows)]


def eight(found: list[dict]) -> list[str]:
    """Eight clients at once."""
    rows = [
        [
            f"{each['size']:,}",
            each["database"],
            *(whole(had[name]["rate"]) for name in RIVALS),
            *(ms(had[name]["p99"]) for name in RIVALS),
            times(had["limit"]["rate"], had["ours"]["rate"]),
            times(had["ours"]["rate"], had["tutorial"]["rate"]),
        ]
        for each in found
        if (had := each.get("eight"))
    ]
    head = (
        "commitments | database | >ours a second | >limit | >tutorial | >ours p99 ms | >limit"
        " | >tutorial | >limit ÷ ours | >ours ÷ tutorial"
    )
    return ["### Q1, eight clients at once", *table(head, rows)] if rows else []


def mixed(found: list[dict]) -> list[str]:
    """A list while files are sent."""
    rows = [
        [f"{each['size']:,}", each["database"], name, ms(had["idle"]), ms(had["busy"])]
        + [times(had["busy"], had["idle"]), "3.0×"]
        for each in found
        for name, had in each.get("mixed", {}).items()
    ]
    head = "commitments | database | system | >idle | >two exports | >times | >goal"
    return (
        ["### Q1 while two exports run: p99 in ms, one client", *table(head, rows)] if rows else []
    )


def exports(found: list[dict]) -> list[str]:
    """Everything as a file."""
    rows = []
    for each in found:
        for form, had in each.get("exports", {}).items():
            rates = {name: had[name]["rate"] for name in RIVALS}
            rows.append(
                [f"{each['size']:,}", each["database"], form]
                + [whole(rates[name]) for name in RIVALS]
                + [f"{had[name]['grown']:.0f}" for name in RIVALS]
                + [
                    f"{rates['ours'] / rates['limit']:.2f}×",
                    f"{rates['ours'] / rates['tutorial']:.2f}×",
                ]
            )
    head = (
        "commitments | database | form | >ours rows/s | >limit | >tutorial | >ours grew by MB"
        " | >limit | >tutorial | >ours ÷ limit | >ours ÷ tutorial"
    )
    return ["### Q6: everything as a file, over HTTP", *table(head, rows)] if rows else []


def imports(found: list[dict]) -> list[str]:
    """Rows taken in."""
    rows = []
    for each in found:
        if had := each.get("imports"):
            rates = {name: had[name]["rate"] for name in RIVALS}
            rows.append(
                [f"{each['size']:,}", each["database"]]
                + [f"{whole(rates[name])} ({had[name]['rows']:,})" for name in RIVALS]
                + [times(rates["limit"], rates["ours"])]
                + [f"{rates['ours'] / rates['tutorial']:.2f}×"]
            )
    head = (
        "commitments | database | >ours rows/s (rows) | >limit | >tutorial"
        " | >limit ÷ ours | >ours ÷ tutorial"
    )
    return ["### Q7: reports from a table, 1 % bad", *table(head, rows)] if rows else []


def writes(found: list[dict]) -> list[str]:
    """Eight writers at once."""
    rows = []
    for each in found:
        for name, had in each.get("writes", {}).items():
            shown = [f"{each['size']:,}", each["database"], name, whole(had["rate"])]
            shown += [ms(had["p50"]), ms(had["p99"]), ms(had["max"])]
            rows.append([*shown, times(had["p99"], had["p50"]), f"{had['writes']:,}", "0"])
    head = (
        "commitments | database | system | >writes/s | >p50 ms | >p99 | >max | >p99 ÷ p50"
        " | >writes | >errors"
    )
    return (
        ["### Q8: another result with its history, eight writers", *table(head, rows)]
        if rows
        else []
    )


def reached(found: list[dict]) -> list[str]:
    """The goals, and how far they are."""
    head = "question | goal | >aim (on PostgreSQL) | >SQLite | >PostgreSQL"
    return ["### The goals; what is reached is bold", *table(head, goals.rows(found))]


SECTIONS = (reached, one_client, growth, any_filters, pages, eight, mixed, exports, imports, writes)


def write(about: str, found: list[dict]) -> None:
    """Put the tables between their marks in the README."""
    text = README.read_text()
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    body = "\n".join([about, "", *(line for section in SECTIONS for line in section(found))])
    README.write_text(f"{before}{BEGIN}\n\n{body.strip()}\n\n{END}{after}")

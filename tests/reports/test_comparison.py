"""Bodies side by side: every fact as its list has it, differences named, nothing ranked."""

import pytest

from tests import REFERENCE_DAY, make
from tests.dashboard.pages import figures, read

pytestmark = pytest.mark.django_db

QUERIES = [
    "body=XAA&body=XAB",
    "body=XAA&body=XAB&body=XAC&body=XAD&theme=mutual-legal-assistance",
    "body=CTED&body=CTC&resolution=S/RES/2322(2016)&on=2018-06-30",
    "body=XAB&body=XAA&provision=S/RES/2322(2016)/13&sort=-symbol",
    "body=XAA&body=xaa&body=CTED",
    "body=XAA",
    "",
]


@pytest.fixture
def reader(client, time_machine):
    time_machine.move_to(REFERENCE_DAY)
    client.force_login(make.make_user())
    return client


def facts(commitment):
    return (
        commitment.position,
        commitment.evidence_count,
        commitment.result,
        commitment.timing,
    )


@pytest.mark.parametrize("query", QUERIES)
def test_the_doors_show_the_same_cells_and_differences(reader, query):
    shown = reader.get(f"/compare/?{query}").context["results"]
    told = reader.get(f"/api/v1/compare/?{query}").json()
    assert told["count"] == shown.total
    assert len(told["results"]) == len(shown.rows)
    for row, answer in zip(shown.rows, told["results"], strict=True):
        assert answer["provision"]["key"] == row.provision.key
        assert answer["differs"] == row.differs
        assert [cell["body"]["key"] for cell in answer["cells"]] == [c.body.code for c in row.cells]
        keys = [cell["commitment"] and cell["commitment"]["key"] for cell in answer["cells"]]
        assert keys == [c.commitment and c.commitment.public_key for c in row.cells]


def test_the_cells_are_those_of_the_list_and_the_differences_a_recount(reader):
    rows = reader.get("/compare/?body=XAA&body=XAB&page_size=200").context["results"].rows
    listed = {
        row.public_key: facts(row)
        for code in ("XAA", "XAB")
        for row in reader.get(f"/commitments/?body={code}&page_size=200").context["results"].rows
    }
    seen = {}
    for row in rows:
        held = [cell.commitment for cell in row.cells if cell.commitment]
        seen |= {each.public_key: facts(each) for each in held}
        if len(held) == 2 and held[0].role == held[1].role == "addressee":
            first, second = ((f[0], f[1] > 0, f[2], f[3]) for f in (facts(each) for each in held))
            names = ("reported", "evidence", "assessment", "timing")
            pairs = zip(names, first, second, strict=True)
            assert row.differs == [name for name, one, other in pairs if one != other]
    assert seen == listed


def test_differences_are_said_in_words_and_by_a_sign(reader):
    page = reader.get("/compare/?body=XAA&body=XAB")
    text = " ".join("".join(part.text for part in read(page).all("main")).split())
    assert "≠ They differ" in text and "= The same" in text and "≠ differs" in text


def test_five_bodies_are_refused_at_both_doors(reader):
    query = "body=XAA&body=XAB&body=XAC&body=XAD&body=XAE"
    page = reader.get(f"/compare/?{query}")
    assert page.status_code == 400
    assert "names 5, so leave some out" in page.content.decode()
    told = reader.get(f"/api/v1/compare/?{query}")
    assert (told.status_code, list(told.json()["errors"])) == (400, ["body"])


@pytest.mark.parametrize("query", ["body=NOBODY", "body=XAA&colour=red", "theme=none", "on=soon"])
def test_what_is_not_known_is_refused_at_both_doors(reader, query):
    name = query.split("&")[-1].partition("=")[0]
    assert reader.get(f"/compare/?{query}").status_code == 400
    told = reader.get(f"/api/v1/compare/?{query}")
    assert (told.status_code, list(told.json()["errors"])) == (400, [name])


@pytest.mark.parametrize("door", ["", "/api/v1"])
def test_the_file_of_a_comparison_is_that_of_the_commitments_compared(reader, door):
    query = "body=XAA&body=XAB&theme=biometrics"
    answer = reader.get(f"{door}/compare/?{query}&format=csv&sort=symbol", follow=True)
    rows = b"".join(answer.streaming_content).decode().splitlines()
    listed = reader.get(f"/commitments/?{query}").context["results"].total
    assert len(rows) == listed + 1 > 1


def test_an_empty_comparison_says_what_to_do(reader):
    assert "Name two to four bodies" in reader.get("/compare/").content.decode()
    assert "add a second one" in reader.get("/compare/?body=XAA").content.decode()


def test_numbers_lead_to_the_lists_of_each_body(reader):
    led = figures(reader.get("/compare/?body=XAA&body=CTED&theme=reporting&on=2020-01-01"))
    behind = {href: number for number, href in led if href.startswith("/commitments/")}
    assert len(behind) == 2
    for href, number in behind.items():
        assert reader.get(href).context["results"].total == number

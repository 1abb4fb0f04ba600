"""Two hundred symbols are pasted into a filter, and the list has exactly those."""

import pytest

from tests.dashboard.pages import links, read
from tests.make import make_body
from tracker.models import Body, KeptKeys

pytestmark = pytest.mark.django_db


def test_what_is_understood_fills_the_filter_and_the_rest_of_the_address_stays(viewer):
    answer = viewer.post(
        "/paste/commitments/provision/?timing=no_date&page=3", {"text": "2322 13e\n2322 14"}
    )
    assert answer.url == (
        "/commitments/?timing=no_date&provision=S/RES/2322(2016)/13(e)&provision=S/RES/2322(2016)/14"
    )
    assert viewer.get(answer.url).status_code == 200


def test_lines_that_are_not_understood_are_named_and_the_rest_can_go_on(viewer):
    answer = viewer.post("/paste/commitments/body/", {"text": "CTED\nNOBODY\nXAA, ???"})
    text = answer.content.decode()
    assert "2 entries were not understood" in text
    assert "Line 2: <bdi>NOBODY</bdi>" in text and "Line 3: <bdi>???</bdi>" in text
    assert links(read(answer))["Go on with the 2 that were understood"] == (
        "/commitments/?body=CTED&body=XAA"
    )
    assert "CTED\nNOBODY" in text


def test_two_hundred_keys_stand_in_the_address_under_a_short_name(viewer):
    codes = [make_body(f"PASTED-{n:03}").code for n in range(210)]
    answer = viewer.post("/paste/commitments/not_body/?sort=body", {"text": "\t".join(codes)})
    assert len(answer.url) < 100
    kept = KeptKeys.objects.get()
    assert answer.url == f"/commitments/?sort=body&not_body=@{kept.slug}"
    assert viewer.get(answer.url).status_code == 200


def test_a_kept_set_gives_the_same_rows_at_the_api(viewer):
    codes = list(Body.objects.values_list("code", flat=True)[:30])
    viewer.post("/paste/commitments/body/", {"text": " ".join(codes)})
    long = "&".join(f"body={code}" for code in codes)
    kept = KeptKeys.objects.create(slug="abc", keys=codes, at="2026-01-01T00:00Z")
    assert (
        viewer.get(f"/api/v1/commitments/?body=@{kept.slug}").json()["count"]
        == viewer.get(f"/api/v1/commitments/?{long}").json()["count"]
        == viewer.get(f"/commitments/?body=@{kept.slug}").context["results"].total
    )
    assert viewer.get("/commitments/?body=@nothing").status_code == 400


@pytest.mark.parametrize(
    "path",
    ["/paste/colours/body/", "/paste/commitments/colour/", "/paste/commitments/result/",
     "/paste/resolutions/year/", "/paste/commitments/not_colour/"],
)  # fmt: skip
def test_there_is_no_page_for_a_filter_that_takes_no_keys(viewer, path):
    assert viewer.get(path).status_code == viewer.post(path, {"text": "x"}).status_code == 404


def test_nothing_pasted_and_too_much_are_refused(viewer, monkeypatch):
    assert viewer.post("/paste/commitments/body/", {"text": " "}).status_code == 400
    assert viewer.post("/paste/commitments/body/", {"text": "x" * 20_001}).status_code == 400
    monkeypatch.setattr("tracker.dashboard.pasting.MOST", 1)
    answer = viewer.post("/paste/commitments/body/", {"text": "CTED XAA"})
    assert answer.status_code == 400 and "1 at most" in answer.content.decode()


def test_each_filter_of_keys_leads_to_its_page(viewer):
    found = links(read(viewer.get("/commitments/?timing=overdue")))
    assert found["Paste a list: Body"] == "/paste/commitments/body/?timing=overdue"
    assert viewer.get(found["Paste a list: Body"]).status_code == 200

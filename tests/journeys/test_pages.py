"""Every page in a real browser: wide and narrow, with and without JavaScript, for everybody."""

import pytest

pytestmark = pytest.mark.journey

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# To describe what passed, too, takes a good quarter of the time.
WANTED = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
WIDTHS = (1280, 320)

DASHBOARD = [
    "/",
    "/resolutions/",
    "/resolutions/S/RES/2322(2016)/",
    "/resolutions/S/RES/1373(2001)/",
    "/provisions/",
    "/provisions/S/RES/2322(2016)/13/",
    "/provisions/S/RES/2322(2016)/13(e)/",
    "/provisions/S/RES/2322(2016)/21/",
    "/bodies/",
    "/bodies/CTED/",
    "/bodies/CTITF/",
    "/bodies/XAA/",
    "/crosswalk/",
    "/compare/?body=XAA&body=XAB&theme=mutual-legal-assistance",
    "/provisions/S/RES/2396(2017)/24/",
    "/networks/",
    "/commitments/",
    "/commitments/S/RES/2322(2016)/13(e)/XAA/",
    "/designations/",
    "/documents/",
    "/themes/",
    "/search/?q=central",
    # a day in the past, an empty list, a wrong filter, a page that is not there
    "/commitments/?on=2019-06-30",
    "/commitments/?timing=due_soon&result=fully_implemented",
    "/commitments/?timing=late",
    "/commitments/?page=999",
    "/resolutions/S/RES/22x/",
]

ADMIN = [
    "/admin/",
    "/admin/tracker/resolution/",
    "/admin/tracker/provision/",
    "/admin/tracker/body/",
    "/admin/tracker/commitment/?timing=overdue",
    "/admin/tracker/change/",
    "/admin/tracker/resolution/add/",
    "/admin/tracker/membership/add/",
]

API = ["/api/v1/", "/api/v1/commitments/", "/api/v1/bodies/CTED/", "/api/v1/docs/"]

#: Pages that answer with an error on purpose; the browser reports their status as one.
ERRORS = ("timing=late", "page=999", "22x")


def audit(page) -> list[str]:
    """What axe finds against WCAG 2.2 AA, one line a fault."""
    from axe_playwright_python.base import AXE_SCRIPT

    if page.evaluate("window.axe === undefined"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("options => axe.run(document, options)", WANTED)
    return [
        f"{fault['id']}: {node['html'][:160]}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


def told(watched, path):
    """Complaints of the console, without the one about the status that was asked for."""
    expected = "Failed to load resource" if any(each in path for each in ERRORS) else None
    return [line for line in watched.complaints if not (expected and expected in line)]


def resize(page, width):
    page.set_viewport_size({"width": width, "height": 900})


def too_wide(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


@pytest.mark.parametrize("path", DASHBOARD)
def test_a_page_of_the_dashboard(open_page, path):
    watched = open_page()
    watched.page.goto(path)
    assert watched.page.locator("main h1").count() == 1
    for width in WIDTHS:
        resize(watched.page, width)
        assert audit(watched.page) == [], f"{width} pixels"
        assert not too_wide(watched.page), f"the page is wider than {width} pixels"
    assert told(watched, path) == []
    assert watched.foreign == []


@pytest.mark.parametrize("path", DASHBOARD)
def test_a_page_of_the_dashboard_without_javascript(open_page, path):
    watched = open_page(javascript=False)
    watched.page.goto(path)
    assert watched.page.locator("main h1").count() == 1
    for width in WIDTHS:
        resize(watched.page, width)
        assert watched.page.locator("main").inner_text().strip()
    assert watched.foreign == []


@pytest.mark.parametrize("path", [*ADMIN, *API])
def test_a_page_of_the_admin_and_of_the_api(open_page, path):
    watched = open_page("admin")
    response = watched.page.goto(path)
    if path == "/api/v1/docs/":  # It asks for the schema once it is there.
        watched.page.wait_for_load_state("networkidle")
    resize(watched.page, WIDTHS[1])
    assert response.status == 200
    assert "script-src" in response.headers["content-security-policy"]
    assert watched.complaints == []
    assert watched.foreign == []


@pytest.mark.parametrize("path", ADMIN)
def test_a_page_of_the_admin_is_accessible(open_page, path):
    watched = open_page("admin")
    watched.page.goto(path)
    assert audit(watched.page) == []


@pytest.mark.parametrize("javascript", [True, False])
def test_signing_in(open_page, javascript):
    watched = open_page(None, javascript=javascript)
    watched.page.goto("/commitments/")
    assert "/login/" in watched.page.url
    watched.page.fill("input[name=username]", "nobody")
    watched.page.fill("input[name=password]", "wrong")
    with watched.page.expect_navigation():
        watched.page.press("input[name=password]", "Enter")
    assert watched.page.locator("[role=alert]").is_visible()
    if javascript:
        assert audit(watched.page) == []

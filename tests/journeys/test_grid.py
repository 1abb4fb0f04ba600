"""Every screen, full, empty and refused, in two languages, light and dark, wide and narrow.

axe finds no fault against WCAG 2.2 AA, and nothing is wider than the window. ``make test`` takes
the combination that differs most from what ``test_pages.py`` looks at; the rest is exhaustive.
"""

import pytest
from django.conf import settings

from tests.journeys.site import FOCAL_POINT
from tests.journeys.test_pages import audit, too_wide
from tests.journeys.work import ASSESSOR, REVIEWER

pytestmark = pytest.mark.journey

WIDTHS = (1280, 320)
#: A day on which nothing was asked of anybody yet.
BEFORE = "on=1999-01-01"
PARAGRAPH = "S/RES/2322(2016)/13(e)"

#: Screen → who looks, and its address when it is full, when it is empty, and when it refuses.
SCREENS = {
    "home": (ASSESSOR, "/", f"/?{BEFORE}", "/?on=soon"),
    "inbox": (ASSESSOR, "/inbox/", None, None),
    "inbox of a viewer": ("demo-viewer", None, "/inbox/", None),
    "resolutions": (ASSESSOR, "/resolutions/", "/resolutions/?q=nothing+at+all",
                    "/resolutions/?adopted=1"),
    "resolution": (ASSESSOR, "/resolutions/S/RES/2322(2016)/", "/resolutions/S/RES/1267(1999)/",
                   "/resolutions/S/RES/22x/"),
    "paragraph": (ASSESSOR, f"/provisions/{PARAGRAPH}/", "/provisions/S/RES/2322(2016)/2/",
                  f"/provisions/{PARAGRAPH}/?timing=late"),
    "body": (ASSESSOR, "/bodies/XAA/", "/bodies/DEMO-ORGANIZATION/", "/bodies/NOBODY/"),
    "brief": (ASSESSOR, "/bodies/XAA/brief/", f"/bodies/XAA/brief/?{BEFORE}",
              "/bodies/XAA/brief/?format=doc"),
    "commitments": (ASSESSOR, "/commitments/?result=not_assessed",
                    "/commitments/?timing=due_soon&result=fully_implemented",
                    "/commitments/?timing=late"),
    "commitment": (ASSESSOR, f"/commitments/{PARAGRAPH}/XAA/", f"/commitments/{PARAGRAPH}/XAK/",
                   f"/commitments/{PARAGRAPH}/NOBODY/"),
    "report form": ("demo-focal-point-1", f"/commitments/{PARAGRAPH}/XAA/report/", None, None),
    "assessment": (ASSESSOR, "/assessments/DEMO-XAA-13e-3/", None, "/assessments/NOTHING/"),
    "review": (REVIEWER, "/review/", "/review/?q=nothing+at+all", "/review/?claimed=perhaps"),
    "evidence": (ASSESSOR, "/evidence/", "/evidence/?q=nothing+at+all", "/evidence/?kind=tea"),
    "piece of evidence": (ASSESSOR, "/evidence/DEMO-XAA-E2/", "/evidence/DEMO-XAA-F1/",
                          "/evidence/NOTHING/"),
    "deadlines": (ASSESSOR, "/deadlines/", f"/deadlines/?{BEFORE}",
                  "/deadlines/?drawn=poem&month=2026-13"),
    "calendar": (ASSESSOR, "/deadlines/?drawn=calendar&month=2017-10",
                 "/deadlines/?drawn=calendar&month=2017-09", None),
    "matrix": (ASSESSOR, "/matrix/?open_row=judicial-cooperation&against=2024-06-30",
               f"/matrix/?{BEFORE}", "/matrix/?rows=planets"),
    "trends": (ASSESSOR, "/trends/?step=year", "/trends/?to=2010-01-01",
               "/trends/?from=2020-01-01&to=2019-01-01"),
    "compare": (ASSESSOR, "/compare/?body=XAA&body=XAB&theme=mutual-legal-assistance", "/compare/",
                "/compare/?body=XAA&body=XAB&body=XAC&body=XAD&body=XAE"),
    "crosswalk": (ASSESSOR, "/crosswalk/", "/crosswalk/?q=nothing+at+all", "/crosswalk/?kind=tea"),
    "themes": (ASSESSOR, "/themes/", None, "/themes/nothing/"),
    "theme": (ASSESSOR, "/themes/mutual-legal-assistance/", "/themes/accountability/",
              "/themes/extradition/?on=soon"),
    "networks": (ASSESSOR, "/networks/", "/networks/?q=nothing+at+all",
                 "/networks/?region=nowhere"),
    "network": (ASSESSOR, "/networks/DEMO-24-7/", "/networks/IBERRED/", "/networks/NOTHING/"),
    "channel": (FOCAL_POINT,
                "/networks/channel/?from=XAA&to=XAB&purpose=mutual_legal_assistance&urgent=yes",
                "/networks/channel/", "/networks/channel/?from=XAA&to=XAA&purpose=tea"),
    "gaps": (ASSESSOR, "/networks/gaps/", f"/networks/gaps/?{BEFORE}", None),
    "designations": (ASSESSOR, "/designations/", f"/designations/?{BEFORE}",
                     "/designations/?kind=tea"),
    "checks": (ASSESSOR, "/checks/", "/checks/evidence-older-than-resolution/",
               "/checks/nothing/"),
    "changes": ("demo-auditor", "/changes/", "/changes/?q=nothing+at+all", "/changes/?verb=tea"),
    "search": (ASSESSOR, "/search/?q=extradition", "/search/?q=nothing+at+all",
               "/search/?q=law&page=2"),
    "views": (ASSESSOR, "/views/new/?list=commitments&query=timing%3Doverdue", "/views/",
              "/commitments/?view=nothing-here"),
    "jobs": (ASSESSOR, None, "/jobs/", "/jobs/?page=2"),
    "settings": (ASSESSOR, "/me/", None, None),
    "webhooks": (ASSESSOR, "/me/webhooks/", None, None),
    "keys": (ASSESSOR, "/shortcuts/", None, None),
}  # fmt: skip

#: Language and scheme: the first is looked at each time, the others by hand.
LOOKS = [
    ("ar", "dark"),
    pytest.param("ar", "light", marks=pytest.mark.exhaustive),
    pytest.param("en", "dark", marks=pytest.mark.exhaustive),
    pytest.param("en", "light", marks=pytest.mark.exhaustive),
]
STATES = ("full", "empty", "error")
#: Who looks at which address, and in which state it is; only what is full is looked at each time.
CASES = [
    pytest.param(
        person, path, state, id=f"{screen}, {state}",
        marks=[] if state == "full" else pytest.mark.exhaustive,
    )
    for screen, (person, *paths) in SCREENS.items()
    for state, path in zip(STATES, paths, strict=True)
    if path
]  # fmt: skip


@pytest.fixture(scope="module")
def windows(site, browser, signed_in):
    """One page for each person, language and scheme."""
    opened = {}

    def window(person, language, scheme):
        key = (person, language, scheme)
        if key not in opened:
            context = browser.new_context(
                base_url=site.address, storage_state=signed_in[person], color_scheme=scheme
            )
            name = settings.LANGUAGE_COOKIE_NAME
            context.add_cookies([{"name": name, "value": language, "url": site.address}])
            opened[key] = context.new_page()
        return opened[key]

    yield window
    for page in opened.values():
        page.context.close()


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
@pytest.mark.parametrize(("person", "path", "state"), CASES)
def test_a_screen_is_accessible_and_fits(windows, person, path, state, language, scheme):
    page = windows(person, language, scheme)
    answer = page.goto(path)
    assert (answer.status >= 400) == (state == "error"), answer.status
    assert page.locator("html").get_attribute("lang") == language
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert audit(page) == [], f"{width} pixels"
        assert not too_wide(page), f"wider than {width} pixels"

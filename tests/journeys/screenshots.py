"""Pictures of every screen, wide and narrow, for the documentation: ``make screenshots``."""

import tempfile
from pathlib import Path

from tests.journeys.site import ROOT, VIEWER, running_browser, running_site, sign_in
from tests.journeys.work import ASSESSOR, FOCAL, REVIEWER

FOLDER = ROOT / "docs" / "screens"
WIDTHS = {"wide": 1280, "narrow": 390}

SCREENS = {
    "home": "/",
    "resolutions": "/resolutions/",
    "resolution": "/resolutions/S/RES/2322(2016)/",
    "provision": "/provisions/S/RES/2322(2016)/13(e)/",
    "bodies": "/bodies/",
    "body": "/bodies/XAA/",
    "body-committee": "/bodies/CTED/",
    "provision-repeats": "/provisions/S/RES/2396(2017)/24/",
    "crosswalk": "/crosswalk/",
    "compare": "/compare/?body=XAA&body=XAB&body=XAC&theme=mutual-legal-assistance",
    "compare-empty": "/compare/",
    "compare-error": "/compare/?body=XAA&body=XAB&body=XAC&body=XAD&body=XAE",
    "networks": "/networks/",
    "network": "/networks/DEMO-24-7/",
    "channel": "/networks/channel/?from=XAB&to=XAA&purpose=extradition&urgent=yes",
    "gaps": "/networks/gaps/",
    "deadlines": "/deadlines/",
    "calendar": "/deadlines/?drawn=calendar",
    "commitments": "/commitments/",
    "commitment": "/commitments/S/RES/2322(2016)/13(e)/XAA/",
    "past": "/commitments/?on=2019-06-30&result=fully_implemented",
    "empty": "/commitments/?timing=due_soon&result=fully_implemented",
    "error": "/commitments/?timing=late",
    "columns": "/commitments/?not_result=not_assessed&cols=timing&cols=body&cols=force",
    "views-empty": "/views/",
    "view-form": "/views/new/?list=commitments&query=timing%3Doverdue%26sort%3D-due",
    "view-error": "/commitments/?view=nothing-here",
    "paste": "/paste/commitments/provision/",
    "settings": "/me/",
    "tokens": "/me/tokens/",
    "webhooks": "/me/webhooks/",
    "search": "/search/?q=extradition",
    "brief": "/bodies/XAA/brief/",
    "themes": "/themes/",
    "evidence": "/evidence/",
    "matrix": "/matrix/",
    "matrix-bodies": "/matrix/?rows=provision&columns=body",
    "matrix-two-days": "/matrix/?open_row=judicial-cooperation&against=2024-06-30",
    "trends": "/trends/",
    "admin-resolution": "/admin/tracker/resolution/?q=2322",
    "api": "/api/v1/bodies/CTED/",
}


DATED = "/commitments/S/RES/2322(2016)/21/CTED/"
DRAFT = "/assessments/DEMO-XAB-12-1/"

#: The pages on which people work: who looks at which.
WORK = {
    "inbox": (FOCAL, "/inbox/"),
    "report-form": (FOCAL, "/commitments/S/RES/2322(2016)/13(e)/XAA/report/"),
    "report-draft": (FOCAL, "/reports/DEMO-XAA-3-R2/"),
    "comment-form": (FOCAL, "/assessments/DEMO-XAA-13h-2/"),
    "assessment-form": (ASSESSOR, DRAFT),
    "evidence-form": (ASSESSOR, "/evidence/new/"),
    "evidence-file": (ASSESSOR, "/evidence/DEMO-XAA-F1/"),
    "dates": (ASSESSOR, f"{DATED}dates/"),
    "delivery-form": (ASSESSOR, f"{DATED}deliver/"),
    "extension-form": (ASSESSOR, f"{DATED}extend/"),
    "checks": (ASSESSOR, "/checks/"),
    "imports": (FOCAL, "/imports/"),
    "conflict": (ASSESSOR, DRAFT),
    "bulk": (ASSESSOR, "/assessments/?step=draft"),
    "review": (REVIEWER, "/review/"),
    "history": (REVIEWER, "/history/commitment/S/RES/2322(2016)/13(e)/XAA/"),
    "work-error": (FOCAL, "/commitments/S/RES/2322(2016)/13(e)/XAA/report/"),
}


def conflict(page):
    """Save a draft with the version of yesterday, so that both texts are shown."""
    page.evaluate("document.querySelector('#form-assessment [name=version]').value = 9999")
    page.get_by_role("textbox", name="Rationale").fill("Demonstration: another text of the draft.")
    page.get_by_role("button", name="Save the draft").click()
    page.locator("#problems").wait_for()


def bulk(page):
    """Choose a few rows and look at the effect."""
    for place in range(3):
        page.locator("input[name=row]").nth(place).check()
    page.locator(".bulk button").first.click()
    page.get_by_label("Reason").fill("The drafts are ready")
    page.get_by_role("button", name="Show the effect").click()
    page.locator("section.effect").wait_for()


def submit_nothing(page):
    """Submit a report without a word."""
    page.get_by_role("button", name="Submit", exact=True).click()
    page.locator("#problems").wait_for()


#: What is done on a page before the picture is taken.
STEPS = {"conflict": conflict, "bulk": bulk, "work-error": submit_nothing}


def screens() -> dict[str, tuple[str, str]]:
    """Each screen by name: who looks at it, and its path."""
    shown = {
        name: ("admin" if path.startswith("/admin/") else VIEWER, path)
        for name, path in SCREENS.items()
    }
    return shown | WORK


def main():
    """Start a tracker, open each screen and save its upper part."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_site(Path(folder)) as site,
        running_browser() as browser,
    ):
        people = {person for person, _path in screens().values()}
        states = {name: sign_in(browser, site, name) for name in people}
        for word, width in WIDTHS.items():
            for name, (person, path) in screens().items():
                context = browser.new_context(
                    base_url=site.address,
                    storage_state=states[person],
                    viewport={"width": width, "height": 900},
                    timezone_id="UTC",
                    locale="en-GB",
                )
                page = context.new_page()
                page.goto(path)
                STEPS.get(name, lambda page: None)(page)
                page.screenshot(path=FOLDER / f"{name}-{word}.png")
                context.close()


if __name__ == "__main__":
    main()

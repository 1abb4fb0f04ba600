"""Pictures of every screen, wide and narrow, for the documentation: ``make screenshots``."""

import tempfile
from pathlib import Path

from tests.journeys.site import ROOT, VIEWER, running_browser, running_site, sign_in

FOLDER = ROOT / "docs" / "screens"
WIDTHS = {"wide": 1280, "narrow": 390}

SCREENS = {
    "home": "/",
    "resolutions": "/resolutions/",
    "resolution": "/resolutions/S/RES/2322(2016)/",
    "provision": "/provisions/S/RES/2322(2016)/13(e)/",
    "bodies": "/bodies/",
    "body": "/bodies/XAA/",
    "networks": "/networks/",
    "network": "/networks/DEMO-24-7/",
    "channel": "/networks/channel/?from=XAB&to=XAA&purpose=extradition&urgent=yes",
    "gaps": "/networks/gaps/",
    "deadlines": "/deadlines/",
    "calendar": "/deadlines/?view=calendar",
    "commitments": "/commitments/",
    "commitment": "/commitments/S/RES/2322(2016)/13(e)/XAA/",
    "past": "/commitments/?on=2019-06-30&result=fully_implemented",
    "empty": "/commitments/?timing=due_soon&result=fully_implemented",
    "error": "/commitments/?timing=late",
    "admin-resolution": "/admin/tracker/resolution/?q=2322",
    "api": "/api/v1/bodies/CTED/",
}


def main():
    """Start a tracker, open each screen and save its upper part."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_site(Path(folder)) as site,
        running_browser() as browser,
    ):
        states = {name: sign_in(browser, site, name) for name in ("admin", VIEWER)}
        for word, width in WIDTHS.items():
            for name, path in SCREENS.items():
                person = "admin" if path.startswith("/admin/") else VIEWER
                context = browser.new_context(
                    base_url=site.address,
                    storage_state=states[person],
                    viewport={"width": width, "height": 900},
                    timezone_id="UTC",
                    locale="en-GB",
                )
                page = context.new_page()
                page.goto(path)
                page.screenshot(path=FOLDER / f"{name}-{word}.png")
                context.close()


if __name__ == "__main__":
    main()

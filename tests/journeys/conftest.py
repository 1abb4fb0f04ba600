"""What the browser tests share: a server, a browser, and pages that are listened to."""

import pytest

from tests.journeys.site import VIEWER, running_browser, running_site, sign_in


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """A running tracker with the demonstration register."""
    with running_site(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture(scope="session")
def browser():
    """A real browser."""
    with running_browser() as launched:
        yield launched


@pytest.fixture(scope="session")
def signed_in(site, browser):
    """The cookies of each person, who signs in when first asked for."""
    return SignedIn(browser, site)


@pytest.fixture
def open_page(site, browser, signed_in):
    """Open pages as somebody, at a width, with or without JavaScript; see ``Watched``."""
    contexts = []

    def opener(person=VIEWER, *, width=1280, javascript=True, **options):
        context = browser.new_context(
            base_url=site.address,
            storage_state=signed_in[person] if person else None,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            **options,
        )
        contexts.append(context)
        return Watched(context.new_page(), site.address)

    yield opener
    for context in contexts:
        context.close()


class SignedIn(dict):
    """Name → cookies after the form of the sign-in."""

    def __init__(self, browser, site):
        super().__init__()
        self.browser, self.site = browser, site

    def __missing__(self, name):
        self[name] = sign_in(self.browser, self.site, name)
        return self[name]


class Watched:
    """A page whose requests and complaints are kept."""

    def __init__(self, page, address):
        self.page = page
        self.complaints: list[str] = []
        self.foreign: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self._see(request.url, address))

    def _hear(self, message):
        if message.type == "error":
            self.complaints.append(message.text)

    def _see(self, url, address):
        if not url.startswith((address, "data:", "blob:", "about:")):
            self.foreign.append(url)

"""The pages of the dashboard, and how a test reads one."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

LISTS = [
    "/resolutions/",
    "/provisions/",
    "/bodies/",
    "/networks/",
    "/memberships/",
    "/commitments/",
    "/deadlines/",
    "/designations/",
    "/documents/",
    "/evidence/",
    "/reports/",
    "/assessments/",
    "/crosswalk/",
    "/provisions/S/RES/2322(2016)/13(e)/",
]
PAGES = [
    "/",
    "/inbox/",
    "/review/",
    "/checks/",
    "/checks/report-and-assessment-differ/",
    "/checks/designations-not-confirmed/",
    "/designations/XAA.central_authority.2018-08-19/",
    "/resolutions/S/RES/2322(2016)/",
    "/resolutions/S/RES/1373(2001)/",
    "/provisions/S/RES/2322(2016)/13/",
    "/provisions/S/RES/2322(2016)/21/",
    "/provisions/S/RES/2396(2017)/24/",
    "/provisions/S/RES/2761(2024)/1/",
    "/bodies/CTED/",
    "/bodies/CTITF/",
    "/bodies/COE-24-7/",
    "/bodies/UN/",
    "/bodies/XAA/",
    "/bodies/CTC/",
    "/bodies/INTERPOL/",
    "/networks/DEMO-24-7/",
    "/networks/gaps/",
    "/deadlines/?drawn=calendar",
    "/deadlines/?drawn=calendar&month=2017-10",
    "/networks/channel/",
    "/networks/channel/?from=XAA&to=XAB&purpose=mutual_legal_assistance&urgent=yes",
    "/networks/channel/?from=XAA&to=XAC&purpose=transfer_of_proceedings",
    "/bodies/XAA/brief/",
    "/bodies/CTED/brief/",
    "/commitments/S/RES/2322(2016)/13(e)/XAA/",
    "/commitments/S/RES/2322(2016)/21/CTED/dates/",
    "/commitments/S/RES/2322(2016)/21/CTED/",
    "/evidence/DEMO-XAA-E2/",
    "/matrix/",
    "/matrix/?rows=provision&columns=body",
    "/matrix/?rows=resolution&open_row=S/RES/2322(2016)&against=2024-06-30&region=150",
    "/trends/?step=year",
    "/trends/?theme=extradition&from=2030-01-01&to=2030-01-01&on=2030-01-02",
    "/themes/",
    "/themes/mutual-legal-assistance/",
    "/compare/",
    "/compare/?body=XAA&body=CTED",
    "/compare/?body=XAA&body=XAB&body=XAC&theme=mutual-legal-assistance",
    "/views/",
    "/imports/",
    "/jobs/",
    "/me/",
    "/search/",
    "/search/?q=extradition",
    "/search/?q=nothing+at+all",
    "/search/?q=law&noun=provision",
    "/shortcuts/",
    "/me/tokens/",
    "/me/webhooks/",
]
ERRORS = [
    ("/commitments/?timing=late", 400),
    ("/bodies/CTED/?on=soon", 400),
    ("/matrix/?rows=planets&against=2999-01-01", 400),
    ("/trends/?from=2020-01-01&to=2019-01-01", 400),
    ("/deadlines/?drawn=poem&month=2026-13", 400),
    ("/networks/channel/?from=XAA&to=XAA&purpose=tea", 400),
    ("/bodies/CTED/brief/?format=doc", 400),
    ("/bodies/NOBODY/brief/", 404),
    ("/compare/?body=XAA&body=XAB&body=XAC&body=XAD&body=XAE", 400),
    ("/resolutions/S/RES/22x/", 404),
]


@dataclass
class Element:
    """A start tag with its attributes, the text within it, and the link that it stands in."""

    tag: str
    attributes: dict[str, str]
    link: str = ""
    text: str = ""


@dataclass
class Html(HTMLParser):
    """The elements of a page, in order, each with its text."""

    elements: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)

    def __post_init__(self):
        super().__init__()

    def handle_starttag(self, tag, attrs):
        element = self.add(tag, attrs)
        if tag not in ("meta", "link", "input", "br"):
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.add(tag, attrs)

    def add(self, tag, attrs) -> Element:
        """Keep one more element."""
        element = Element(tag, {name: value or "" for name, value in attrs})
        around = [each for each in self.open if each.tag == "a"] + [element]
        element.link = around[0].attributes.get("href", "")
        self.elements.append(element)
        return element

    def handle_endtag(self, tag):
        while self.open:
            if self.open.pop().tag == tag:
                break

    def handle_data(self, data):
        for element in self.open:
            element.text += data

    def all(self, tag: str) -> list[Element]:
        """The elements of one kind."""
        return [element for element in self.elements if element.tag == tag]


def read(response) -> Html:
    """What a page shows; read once, however often it is looked at."""
    if not hasattr(response, "as_read"):
        response.as_read = Html()
        response.as_read.feed(response.content.decode())
    return response.as_read


def links(page: Html) -> dict[str, str]:
    """Where each link leads, by its text."""
    return {
        " ".join(link.text.split()): link.attributes["href"]
        for link in page.all("a")
        if "href" in link.attributes
    }


def figures(response) -> list[tuple[int, str]]:
    """Every number that a page shows, with the address of the list behind it.

    A number that is no link counts the rows of its own page.
    """
    own = response.request["PATH_INFO"] + "?" + response.request["QUERY_STRING"]
    return [
        (int(element.attributes["data-count"]), element.link or own)
        for element in read(response).elements
        if "data-count" in element.attributes
    ]

"""What a browser would send from the forms of a page, and what addresses mean."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import QueryDict

State = dict[str, list[str]]


@dataclass
class Forms(HTMLParser):
    """The forms of a page in order: their attributes, and the pairs that each would send."""

    found: list[tuple[dict, list[tuple[str, str]]]] = field(default_factory=list)
    selects: list[str] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)

    def __post_init__(self):
        super().__init__()

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append((attributes, []))
        elif tag == "select":
            self.selects.append(attributes.get("name", ""))
        elif tag == "option" and "selected" in attributes and self.selects:
            self.send(self.selects[-1], attributes.get("value", ""))
        elif tag == "input" and "name" in attributes:
            ticked = attributes.get("type") not in ("checkbox", "radio") or "checked" in attributes
            if ticked:
                self.send(attributes["name"], attributes.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "select":
            self.selects.pop()

    def send(self, name, value):
        """Keep one pair, for the form that is open."""
        if self.found:
            self.found[-1][1].append((name, value))


def forms(response) -> list[tuple[dict, list[tuple[str, str]]]]:
    """The forms of a page."""
    parser = Forms()
    parser.feed(response.content.decode())
    return parser.found


def sent_by(response, which) -> State:
    """What the form with the id or class ``which`` sends, without what is empty."""
    [pairs] = [
        pairs
        for attributes, pairs in forms(response)
        if which in (attributes.get("id"), attributes.get("class"))
    ]
    state: State = {}
    for name, value in pairs:
        if value:
            state.setdefault(name, []).append(value)
    return state


def meant_by(address: str) -> State:
    """The parameters of an address, without what is empty."""
    data = QueryDict(address.partition("?")[2])
    kept = {name: [value for value in values if value] for name, values in data.lists()}
    return {name: values for name, values in kept.items() if values}

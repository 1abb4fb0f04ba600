"""The admin as a browser sees it: reads the form of a page and sends it back."""

from html.parser import HTMLParser


class _Form(HTMLParser):
    """Collects what a browser would send from the main form of a page."""

    def __init__(self, form_id):
        super().__init__()
        self.form_id, self.inside = form_id, False
        self.data: dict[str, list[str]] = {}
        self.select = self.text = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.inside = attrs.get("id") == self.form_id
        if not self.inside:
            return
        name = attrs.get("name")
        if tag == "input" and name and attrs.get("type") not in ("submit", "button"):
            box = attrs.get("type") in ("checkbox", "radio")
            if not box or "checked" in attrs:
                self.data.setdefault(name, []).append(attrs.get("value", "on" if box else ""))
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in attrs:
            self.data.setdefault(self.select, []).append(attrs.get("value", ""))
        elif tag == "textarea":
            self.text = name
            self.data[name] = [""]

    def handle_data(self, data):
        if self.text:
            self.data[self.text][0] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        if tag == "select":
            self.select = None
        if tag == "textarea" and self.text:
            self.data[self.text] = [self.data[self.text][0].removeprefix("\n")]
            self.text = None


def form_of(response, noun: str) -> dict[str, list[str]]:
    """What the form of a noun's page would send, nothing changed."""
    reader = _Form(f"{noun}_form")
    reader.feed(response.content.decode())
    return reader.data


def submit(client, address: str, **changes):
    """Open a form of the admin, change some fields, give a reason and send it."""
    noun = address.split("/")[3]
    data = form_of(client.get(address), noun)
    data["reason"] = ["Because of the test"]
    for name, value in changes.items():
        data[name] = value if isinstance(value, list) else [value]
    return client.post(address, {name: value for name, value in data.items() if value != [None]})


def add_row(prefix: str, position: int, **fields) -> dict:
    """The fields of a new row under a record, as the browser's script would add them."""
    row = {f"{prefix}-{position}-{name}": value for name, value in fields.items()}
    return {**row, f"{prefix}-TOTAL_FORMS": str(position + 1)}


def change_of(obj) -> str:
    """The address of a record's page."""
    return f"/admin/tracker/{obj._meta.model_name}/{obj.pk}/change/"


def list_of(noun: str, query: str = "") -> str:
    """The address of a noun's list."""
    return f"/admin/tracker/{noun}/{'?' if query else ''}{query}"


def errors_of(response) -> dict[str, list[str]]:
    """The errors of the record's own form, by field."""
    return {
        name: list(errors) for name, errors in response.context["adminform"].form.errors.items()
    }


def rows_of(response) -> list:
    """The records that a list shows, in order."""
    return [row.pk for row in response.context["cl"].result_list]


def said(response) -> str:
    """What the page says of what was done."""
    return " ".join(str(message) for message in response.context["messages"])

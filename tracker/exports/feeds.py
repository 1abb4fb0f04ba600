"""Lists to subscribe to: deadlines as a calendar (ICS), changes as a feed (Atom)."""

import datetime
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import urljoin

from django.utils.translation import gettext as _
from icalendar import Calendar, Event
from lxml import etree

from tracker.exports.about import CAVEAT, SOURCE, About, labelled
from tracker.exports.cells import without_controls
from tracker.exports.sheets import Sheet
from tracker.vocabulary import Timing, Verb

#: Dates that a calendar takes, and changes that a feed shows: the newest.
MOST_DATES, NEWEST = 10_000, 100


def ics(sheet: Sheet, rows: Iterable, about: About) -> Iterator[bytes]:
    """A calendar with a day for each date of each body, as extended by the day of ``about``."""
    calendar = _calendar(about)
    first, _end, last = calendar.to_ical().partition(b"END:VCALENDAR")
    yield first
    for row in rows:
        yield _event(row, about).to_ical()
    yield _end + last


def _calendar(about) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Commitment tracker//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{SOURCE}: {about.title}")
    said = " · ".join(labelled(name, words) for name, words in about.lines[1:])
    calendar.add("x-wr-caldesc", without_controls(said))
    calendar.add("url", about.address)
    return calendar


def _event(row, about) -> Event:
    provision = row.deadline.provision
    event = Event()
    event.add("uid", f"{row.public_key}@commitment-tracker")
    # When it was made says nothing, and would make each fetch look like a change.
    event.add("dtstamp", datetime.datetime.combine(about.on, datetime.time(), datetime.UTC))
    event.add("dtstart", row.until_on)
    event.add("dtend", row.until_on + datetime.timedelta(days=1))
    event.add("summary", without_controls(f"{provision}: {row.deadline.label} – {row.body_name}"))
    said = [str(Timing(row.timing).label), provision.summary, about.as_of, str(CAVEAT)]
    event.add("description", without_controls("\n".join(said)))
    event.add("class", "PUBLIC" if about.classification == "public" else "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event


ATOM = "http://www.w3.org/2005/Atom"
#: Where the page of a change stands.
PAGE = "/changes/{sequence}/"


def atom(sheet: Sheet, rows: Iterable, about: About) -> Iterator[bytes]:
    """The newest changes of the list: what was done with which record, by whom, and why."""
    newest = list(islice(rows, NEWEST))
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    _add(feed, "id", about.address)
    _add(feed, "title", f"{SOURCE}: {about.title}")
    _add(feed, "subtitle", f"{about.filters} {about.level}. {CAVEAT}")
    first = (
        newest[0].at
        if newest
        else datetime.datetime.combine(about.on, datetime.time(), datetime.UTC)
    )
    _add(feed, "updated", first.isoformat())
    _add(feed, "link", "", rel="alternate", href=about.address)
    _add(_add(feed, "author", ""), "name", str(SOURCE))
    for change in newest:
        _add_entry(feed, change, about)
    yield etree.tostring(feed, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _add_entry(feed, change, about):
    where = urljoin(about.address, PAGE.format(sequence=change.sequence))
    entry = _add(feed, "entry", "")
    _add(entry, "id", where)
    _add(entry, "title", f"{change.object_key}: {Verb(change.verb).label}")
    _add(entry, "updated", change.at.isoformat())
    _add(entry, "link", "", rel="alternate", href=where)
    who = change.by.username if change.by else _("the tracker")
    _add(_add(entry, "author", ""), "name", who)
    _add(entry, "summary", change.reason or _("No reason was given."))


def _add(parent, name, text, **attributes):
    child = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    child.text = without_controls(str(text)) or None
    return child

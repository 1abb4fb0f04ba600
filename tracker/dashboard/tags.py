"""Template tags of the dashboard: addresses, days, numbers, marks and bars."""

import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tracker.dashboard import shortcuts, states
from tracker.dashboard.addresses import address as make_address
from tracker.dashboard.addresses import changed
from tracker.dashboard.bars import draw
from tracker.dashboard.commitments import FACTS, PROVISION
from tracker.dashboard.found import address_of_hit, draw_marked
from tracker.dashboard.navigation import at_hand, groups
from tracker.dashboard.row_cells import cell, cells
from tracker.dashboard.rows import Rows, RowsOfBody, RowsOfParagraph
from tracker.dashboard.words import BACKWARDS, LABELS
from tracker.dashboard.work.authors import signed
from tracker.exports.about import day_words
from tracker.reports.names import named
from tracker.vocabulary import CommitmentRole, DatePrecision

register = template.Library()
register.tag(cells)
register.tag(cell)
register.filter(named)

FORMATS = {DatePrecision.MONTH: "F Y", DatePrecision.YEAR: "Y"}


@register.simple_tag(takes_context=True)
def address(context, name, *args, **query):
    """The address of a page, on the day shown: ``{% address "body" body.code %}``."""
    return make_address(name, *args, day=context.get("day"), **query)


@register.simple_tag(takes_context=True)
def this_page(context, **changes):
    """The address of this page with some parameters changed, or left out with None."""
    request = context["request"]
    return changed(request.path, request.GET, **changes)


@register.simple_tag(takes_context=True)
def navigation(context):
    """The links of the navigation; ``beneath``: the label of the page under "More" shown now."""
    request, day = context["request"], context.get("day")
    here = request.resolver_match.url_name if request.resolver_match else ""
    more = groups(request.user, here, day)
    current = [link.label for _title, links in more for link in links if link.current]
    return {
        "at_hand": at_hand(request.user, here, day),
        "groups": more,
        "beneath": current[0] if current else "",
    }


@register.simple_tag(takes_context=True)
def author(context):
    """Who types into the forms of this page, signed."""
    return signed(context["request"].user)


@register.simple_tag(takes_context=True)
def kept(context, *dropped):
    """The parameters of this page as pairs, for the hidden fields of a form."""
    data = context["request"].GET
    return [
        (name, value)
        for name, values in data.lists()
        if name not in dropped
        for value in values
        if value
    ]


@register.filter
def day(value, precision=DatePrecision.DAY):
    """A date as the UN writes it, as far as it is known: 12 December 2016, March 2004, 1994."""
    if precision == DatePrecision.DAY:
        return day_words(value)
    return date_format(value, FORMATS[precision]) if value else ""


@register.filter
def iso(value):
    """A date for machines."""
    return value.isoformat() if isinstance(value, datetime.date) else ""


@register.filter
def number(value):
    """A whole number with its thousands apart."""
    return number_format(value, force_grouping=True)


@register.filter
def words(key, vocabulary):
    """The label of a computed key: ``{{ row.result|words:"result" }}``."""
    return LABELS[vocabulary].get(key, key)


@register.filter
def backwards(kind):
    """A relation as its target sees it: repeats → repeated by."""
    return BACKWARDS.get(kind, kind)


@register.filter
def counted(sentence, value):
    """A sentence with its number put in."""
    return sentence % {"n": number(value)}


@register.simple_tag
def figure(value, href):
    """A number that leads to the list behind it."""
    return format_html('<a href="{}" data-count="{}">{}</a>', href, value, number(value))


@register.simple_tag
def inbox_figure(value, page, query):
    """A number that leads to the list ``page`` under ``query``."""
    return figure(value, make_address(page, **query))


@register.simple_tag
def age(since):
    """How long ago a day was."""
    days = (timezone.localdate() - since).days
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


@register.simple_tag
def mark(key):
    """The small picture of a state; its name always stands beside it."""
    return states.mark(key)


@register.simple_tag
def fact(vocabulary, key, on=None):
    """One of the four facts: picture, word, and the day it dates from."""
    drawn = states.fact(vocabulary, key)
    return format_html("{} {}", drawn, states.when(on)) if on else drawn


@register.simple_tag
def column_options(columns, chosen):
    """The options of one place for a column; a dozen places have a dozen each."""
    return SafeString(
        "".join(
            f'<option value="{escape(each.name)}"{" selected" * (each.name == chosen)}>'
            f"{escape(each.label)}</option>"
            for each in columns
        )
    )


@register.simple_tag(takes_context=True)
def commitment_rows(context):
    """The rows of the list of commitments that is shown, in its columns."""
    return _rows(context, Rows)


@register.simple_tag(takes_context=True)
def rows_of_paragraph(context):
    """The same under one paragraph."""
    return _rows(context, RowsOfParagraph)


def _rows(context, kind):
    results = context["results"]
    drawer = kind(
        results.shown,
        context.get("day"),
        changed=context["changed"],
        selectable=bool(context.get("bulk")),
    )
    return drawer.draw(results.rows)


@register.simple_tag(takes_context=True)
def rows_of_body(context, commitments):
    """Commitments of one body, each with its four facts."""
    return RowsOfBody((PROVISION, *FACTS), context.get("day")).draw(commitments)


@register.inclusion_tag("dashboard/_bar.html", takes_context=True)
def bar(context, counts, **query):
    """The bar with its finding and its legend; every number leads to its list."""
    query = {**query, "role": CommitmentRole.ADDRESSEE}
    return {"drawn": draw(counts, day=context.get("day"), query=query), "day": context.get("day")}


@register.inclusion_tag("dashboard/_small_bar.html", takes_context=True)
def small_bar(context, counts, **query):
    """The bar of one row, with “x of y assessed” beside it."""
    query = {**query, "role": CommitmentRole.ADDRESSEE}
    return {"drawn": draw(counts, day=context.get("day"), query=query)}


@register.filter
def direction(language):
    """The direction in which a language is written, from its code."""
    return "rtl" if language == "ar" else "ltr"


@register.filter
def english(text):
    """A text that the register holds in English, marked where the page is in another language.

    The name of a body is given in that language instead, where the register holds it.
    """
    if not text or (get_language() or "en").startswith("en"):
        return text
    name = named(text)
    if name is not text:
        return format_html("<bdi>{}</bdi>", name)
    return format_html('<bdi lang="en">{}</bdi>', text)


@register.filter
def value_of(data, name):
    """What ``data`` holds under a name that a template cannot spell."""
    return data.get(name, "")


@register.filter
def or_none(value):
    """The value, or that nothing is known of it."""
    return value if value not in (None, "") else _("not confirmed")


@register.filter
def unlocalized(value):
    """A number for machines, with a point whatever the language."""
    return str(value)


@register.simple_tag(takes_context=True)
def kept_value(context, name):
    """The value of one parameter of this page."""
    return context["request"].GET.get(name, "")


@register.simple_tag
def refresh(href, show=False):
    """The attributes of a link that refreshes the table part, or loads the page without script."""
    swap = "outerHTML show:#results:top" if show else "outerHTML"
    return format_html(
        'href="{0}" hx-get="{0}" hx-target="#results" hx-swap="{1}" hx-push-url="true"', href, swap
    )


@register.simple_tag
def marked(pieces):
    """The text of a hit with what was looked for marked."""
    return draw_marked(pieces)


@register.simple_tag(takes_context=True)
def hit_address(context, hit):
    """The page of a hit, on the day shown."""
    return address_of_hit(hit, context.get("day"))


@register.simple_tag(takes_context=True)
def shortcut_lists(context):
    """The keys by what they do, as (title, shortcuts)."""
    return [
        (_("On every page"), [*shortcuts.ALWAYS, *shortcuts.SINGLE]),
        (_("Go to"), shortcuts.places(context.get("day"))),
    ]

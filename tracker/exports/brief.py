"""The brief on a body as a paper: two pages when printed, the same for the same day and record."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.exports.about import CAVEAT, NAMES, About, day_words, labelled
from tracker.exports.paper import Paper, Quote, Section, Table, Words, shortened
from tracker.models import Designation, Membership
from tracker.reports.bars import Bar
from tracker.reports.brief import Brief
from tracker.reports.deadlines import DueRow
from tracker.vocabulary import NOT_ASSESSED, BodyKind, CommitmentRole, Step


@dataclass(frozen=True)
class Size:
    """How much a brief tells: rows of each table, quotations, letters of each text."""

    rows: int
    quotes: int
    letters: int


#: From the fullest to the shortest; a printed brief takes the first that fits on its pages.
SIZES = (
    Size(36, 8, 900),
    Size(24, 6, 800),
    Size(16, 6, 700),
    Size(12, 5, 700),
    Size(10, 4, 450),
    Size(8, 3, 320),
    Size(6, 3, 200),
    Size(5, 2, 140),
    Size(4, 2, 100),
    Size(3, 1, 80),
    Size(2, 1, 60),
)
PAGES = 2
#: The language of what the register itself says, whatever that of the paper is.
HELD_IN = "en"


@dataclass(frozen=True)
class Writer:
    """Writes the sections of one brief; ``address(page, *keys, **query)`` gives addresses."""

    brief: Brief
    address: Callable[..., str]
    size: Size = SIZES[0]

    def paper(self, about: About) -> Paper:
        """The whole brief."""
        body = self.brief.body
        return Paper(
            title=_("Brief: %(body)s") % {"body": body.name},
            kicker=f"{body.get_kind_display()} · {body.code}",
            about=about,
            lead=self.lead(),
            sections=[
                self.asked(),
                self.dates(),
                self.reports(),
                self.assessments(),
                self.requests(),
                self.networks(),
                self.offices(),
            ],
            closing=self.closing(),
        )

    def lead(self) -> list[Words]:
        """The names of the body, in every language that is held."""
        names = [
            Words(each.text, language=each.language) for each in self.brief.names[: self.size.rows]
        ]
        fictional = [Words(_("Fictional, invented for demonstration"))]
        return names + (fictional if self.brief.body.is_fictional else [])

    def asked(self) -> Section:
        """What is asked, by theme, with how much of it is assessed."""
        bar, code = self.brief.profile.bar, self.brief.body.code
        query = {"body": code, "role": CommitmentRole.ADDRESSEE}
        themes = self.brief.profile.themes
        rows = [
            [
                Words(branch.node.name, self.address("theme", branch.node.slug), HELD_IN),
                self.number(branch.bar.total, theme=branch.node.slug, **query),
                Words(assessed_words(branch.bar)),
                Words(results_words(branch.bar)),
            ]
            for branch in themes[: self.size.rows]
        ]
        section = Section(
            _("What is asked"), "asked", self.number(bar.total, **query), lines=[Words(said(bar))]
        )
        head = [_("Theme"), _("Asked"), _("Assessed"), _("Concluded")]
        return self.filled(
            section, head, rows, (5, 1, 2, 6), len(themes), "body", code, empty=said(bar)
        )

    def dates(self) -> Section:
        """The dates that paragraphs set, past ones first."""
        code = self.brief.body.code
        rows = [
            [
                Words(_paragraph(row.provision), self.commitment_address(row.provision.key)),
                Words(shortened(row.what, 90), language=HELD_IN),
                Words(day_words(row.due_on)),
                Words(str(row.label)),
            ]
            for row in self.chosen(self.brief.dates)
        ]
        head = [_("Paragraph"), _("What"), _("Date"), _("Timing")]
        return self.filled(
            Section(_("Dates"), "dates"),
            head,
            rows,
            (4, 5, 3, 3),
            len(self.brief.dates),
            "commitments",
            body=code,
            sort="due",
            empty=_("No date is set for what is asked."),
        )

    def chosen(self, dates: list[DueRow]) -> list[DueRow]:
        """Past and open dates before delivered ones, in the order of the days."""
        wanted = sorted(dates, key=lambda row: (row.open == 0, row.due_on))[: self.size.rows]
        return sorted(wanted, key=lambda row: row.due_on)

    def reports(self) -> Section:
        """The latest reports in the body's own words."""
        brief, query = self.brief, {"body": self.brief.body.code, "state": "submitted"}
        shown = brief.reports[: self.size.quotes]
        quotes = [
            Quote(
                [
                    Words(_paragraph(each.commitment.provision), self.address("report", each.key)),
                    Words(each.get_position_display()),
                    Words(day_words(each.submitted_on)),
                    Words(each.get_classification_display()),
                ],
                Words(shortened(each.text, self.size.letters) or _("No text was given.")),
            )
            for each in shown
        ]
        return Section(
            _("Latest reports, in the body’s own words"),
            "reports",
            self.list_number(brief.report_count, "reports", **query),
            quotes=quotes,
            lines=[] if quotes else [Words(_("No information received."))],
            more=self.more(brief.report_count - len(shown), "reports", **query),
        )

    def assessments(self) -> Section:
        """The latest conclusions."""
        brief, query = self.brief, {"body": self.brief.body.code, "step": Step.ADOPTED}
        rows = [
            [
                Words(_paragraph(each.commitment.provision), self.address("assessment", each.key)),
                Words(each.get_result_display()),
                Words(shortened(each.rationale, self.size.letters // 3)),
                Words(f"{day_words(each.adopted_on)} · {each.get_basis_display()}"),
                Words(day_words(each.follow_up_on) or "–"),
            ]
            for each in brief.assessments[: self.size.rows]
        ]
        head = [_("Paragraph"), _("Concluded"), _("Why"), _("Adopted"), _("Follow-up")]
        return self.filled(
            Section(
                _("Assessments"),
                "assessments",
                self.list_number(brief.assessment_count, "assessments", **query),
            ),
            head,
            rows,
            (3, 3, 5, 3, 2),
            brief.assessment_count,
            "assessments",
            **query,
            empty=_("Nothing is assessed yet; that says nothing about implementation."),
        )

    def requests(self) -> Section:
        """What the body has been asked and has not answered."""
        rows = [
            [
                Words(_paragraph(each.commitment.provision), self.address("assessment", each.key)),
                Words(_("Comments on an assessment")),
                Words(day_words(each.sent_on)),
                Words(day_words(each.comments_due_on) or "–"),
            ]
            for each in self.brief.requests[: self.size.rows]
        ]
        head = [_("Paragraph"), _("Asked for"), _("Sent"), _("Comments due")]
        return self.filled(
            Section(_("Open requests"), "requests"),
            head,
            rows,
            (4, 5, 3, 3),
            len(self.brief.requests),
            "assessments",
            body=self.brief.body.code,
            step=Step.SENT_TO_BODY,
            empty=_("No request to the body is open."),
        )

    def networks(self) -> Section:
        """What the body belongs to, networks first; of a network, who belongs to it."""
        code, profile = self.brief.body.code, self.brief.profile
        networks = sorted(
            profile.belongs_to, key=lambda each: each.organization.kind != BodyKind.NETWORK
        )
        rows = [self.membership(each) for each in networks[: self.size.rows]]
        section = Section(
            _("Networks and organizations"),
            "networks",
            self.list_number(len(networks), "memberships", member=code),
        )
        if profile.members:
            counted = ngettext(
                "%(n)d member is held", "%(n)d members are held", len(profile.members)
            )
            href = self.address("memberships", organization=code)
            section.lines.append(Words(counted % {"n": len(profile.members)}, href))
        return self.filled(
            section,
            [_("Network or organization"), _("Role"), _("From")],
            rows,
            (8, 3, 3),
            len(networks),
            "memberships",
            member=code,
            empty=_("No membership is held."),
        )

    def membership(self, each: Membership) -> list[Words]:
        """One row of the networks."""
        return [
            Words(
                shortened(each.organization.name, 120),
                self.address("body", each.organization.code),
                HELD_IN,
            ),
            Words(each.get_role_display()),
            Words(day_words(each.from_on) or "–"),
        ]

    def offices(self) -> Section:
        """The designated offices and their channels; never who works there."""
        body, offices = self.brief.body, self.brief.profile.designations
        query = {"network" if body.kind == BodyKind.NETWORK else "body": body.code}
        rows = [self.office(each) for each in offices[: self.size.rows]]
        head = [_("Office"), _("For"), _("Channel, languages"), _("Last confirmed")]
        return self.filled(
            Section(
                _("Designations"),
                "designations",
                self.list_number(len(offices), "designations", **query),
            ),
            head,
            rows,
            (5, 4, 4, 3),
            len(offices),
            "designations",
            **query,
            empty=_("No office is named."),
        )

    def office(self, each: Designation) -> list[Words]:
        """One row of the designations."""
        functions = [str(one.get_function_display()) for one in each.competences.all()]
        how = " · ".join(filter(None, [each.channel, each.languages]))
        named = labelled(each.get_kind_display(), each.office)
        if each.body_id != self.brief.body.pk:
            named = f"{each.body.name}, {named}"
        return [
            Words(shortened(named, 140), self.address("designation", each.key)),
            Words(", ".join(functions) or "–"),
            Words(shortened(how, 120) or "–"),
            Words(day_words(each.last_confirmed_on) or _("not confirmed")),
        ]

    def closing(self) -> list[Words]:
        """Where it comes from, and what it is not."""
        symbols = ", ".join(each.symbol for each in self.brief.resolutions[:12])
        texts = Truncator(self.brief.body.source).chars(160)
        sources = [
            _("Paragraphs: %(symbols)s.") % {"symbols": symbols} if symbols else "",
            _("Reports: the body itself. Assessments: as adopted, each with its basis."),
            _("Names and dates of the body: %(source)s.") % {"source": texts.rstrip(".")}
            if texts
            else "",
        ]
        return [
            Words(_("Sources. %(all)s") % {"all": " ".join(filter(None, sources))}),
            Words(str(CAVEAT)),
            Words(str(NAMES)),
        ]

    def filled(self, section, head, rows, widths, total, page, *keys, empty, **query) -> Section:
        """``section`` with its table, or with the sentence that it is ``empty``."""
        if rows:
            section.tables.append(Table(section.title, head, rows, widths))
        elif not section.lines:
            section.lines.append(Words(empty))
        section.more = self.more(total - len(rows), page, *keys, **query)
        return section

    def more(self, number: int, page: str, *keys, **query) -> Words | None:
        """How many rows are not shown here, and where they stand."""
        if number < 1:
            return None
        sentence = ngettext("%(n)d more in the tracker", "%(n)d more in the tracker", number)
        return Words(sentence % {"n": number}, self.address(page, *keys, **query))

    def number(self, value: int, **query) -> Words:
        """A number of commitments, with the list that it counts."""
        return self.list_number(value, "commitments", **query)

    def list_number(self, value: int, page: str, **query) -> Words:
        """A number, with the list that it counts."""
        return Words(str(value), self.address(page, **query), counted=value)

    def commitment_address(self, provision: str) -> str:
        """Where the body's part in a paragraph stands."""
        return self.address("commitment", f"{provision}/{self.brief.body.code}")


def assessed_words(bar: Bar) -> str:
    """``3 of 12``."""
    return _("%(some)d of %(all)d") % {"some": bar.assessed, "all": bar.total}


def results_words(bar: Bar) -> str:
    """Each result that occurs, with its number, in the fixed order; not assessed last."""
    parts = [labelled(each.label, each.count) for each in bar.segments if each.count]
    return " · ".join(parts)


def said(bar: Bar) -> str:
    """How much of all that is asked is assessed, as a sentence."""
    if not bar.total:
        return _("No paragraph is addressed to it.")
    sentence = ngettext(
        "%(some)d of %(all)d commitment is assessed; %(rest)d not assessed.",
        "%(some)d of %(all)d commitments are assessed; %(rest)d not assessed.",
        bar.total,
    )
    return sentence % {
        "some": bar.assessed,
        "all": bar.total,
        "rest": bar.counts[NOT_ASSESSED],
    }


def _paragraph(provision) -> str:
    return f"{provision.resolution.symbol} ¶{provision.number}"

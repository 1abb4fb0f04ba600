"""What each screen must answer: who asks, what is done (three interactions at most), what is seen.

An answer is a place on the page and the words that must stand there; their figures and names
come from the register by SQL that shares nothing with the pages. ``docs/questions.md`` is this
table for people.
"""

from dataclasses import dataclass

from tests.journeys.visits import Choose, Follow, Key, Press, Search, Step, Type, Unfold

DESK, FOCAL, REVIEWER, MANAGER = "desk officer", "focal point", "reviewer", "manager"
PROSECUTOR, AUDITOR, ADMINISTRATOR = "prosecutor’s office", "auditor", "administrator"
#: Who asks → the account of the demonstration that does.
PEOPLE = {
    DESK: "demo-assessor-2",
    FOCAL: "demo-focal-point-2",
    REVIEWER: "demo-reviewer-2",
    MANAGER: "demo-viewer",
    PROSECUTOR: "demo-focal-point-3",
    AUDITOR: "demo-auditor",
    ADMINISTRATOR: "admin",
}
#: The State of the focal point, and its commitment that many questions are about.
STATE, NAME = "XAB", "Brindovar"
PARAGRAPH = "S/RES/2322(2016)/13(e)"
LISTED = "#results table.list"
MINE = f"code = '{STATE}' AND provision = '{PARAGRAPH}'"


@dataclass(frozen=True)
class Seen:
    """Words that must stand at a place: ``form`` filled with the first row of ``sql``."""

    place: str
    form: str
    sql: str = "SELECT 1"


@dataclass(frozen=True)
class Question:
    """One question of one role, how it is asked of the pages, and the answer."""

    screen: str
    role: str
    asks: str
    steps: tuple[Step, ...]
    answer: tuple[Seen, ...]
    start: str = "/"


#: What the paragraph asks, in the words of the register.
SUMMARY = Seen(
    "main .lead", "{}", f"SELECT summary FROM tracker_provision WHERE key = '{PARAGRAPH}'"
)


def number(place: str, sql: str, form: str = "{}") -> Seen:
    """A count: ``sql`` is what stands after SELECT count(*) FROM."""
    return Seen(place, form, f"SELECT count(*) FROM {sql}")


def section(title: str) -> str:
    """The smallest part of a page with this heading."""
    return f"main section:has(h2:has-text('{title}'))"


def waits(title: str) -> str:
    """The heading in the inbox of one kind of what waits."""
    return f"section[aria-labelledby=waits] h3:has-text('{title}')"


def row(words: str) -> str:
    """The rows of a table that hold these words."""
    return f"main table tr:has-text('{words}')"


INBOX, MORE = Follow("Inbox", ".site-nav"), Unfold("More", ".site-nav")
TO_PARAGRAPH, TO_ONES_OWN = Search("2322 13e"), Follow(NAME, "#results tbody")
MY_PAGE = (Follow("Demonstration focal point 2", "header"), Follow(NAME, "main"))
TO_BODY = (Search(NAME), Follow(NAME, "main section:has(h2:has-text('Bodies'))"))
ON_13E = (TO_PARAGRAPH, TO_ONES_OWN)
CHECKS, REVIEW = (MORE, Follow("Checks", ".site-nav")), (MORE, Follow("Review", ".site-nav"))
CHANGES = (MORE, Follow("Changes", ".site-nav"))
BY_ME = "drafted_by_id = (SELECT id FROM tracker_user WHERE username = :me)"
OPEN_REPORTS = "(SELECT * FROM tracker_report WHERE submitted_on IS NOT NULL)"
OPEN = "classification <> 'restricted'"
NO_OFFICE = (
    "tracker_body b WHERE b.kind IN ('state', 'observer_state') AND NOT EXISTS (SELECT 1 FROM"
    " tracker_designation d WHERE d.body_id = b.id AND d.kind = 'central_authority' AND"
    " coalesce(d.from_on, '') <= :today"
    " AND coalesce(d.until_on, '9') >= :today)"
)
STALE = (
    "tracker_designation d WHERE coalesce(d.from_on, '') <= :today AND"
    " coalesce(d.until_on, '9') >= :today AND"
    " coalesce(d.last_confirmed_on, '') <= date(:today, '-1 year')"
)

HOME = (
    Question("Home", FOCAL, "What waits for a comment of ours?", (INBOX,), (
        number(waits("Sent to the body for comments"), "tracker_assessment a JOIN asked c"
               f" ON c.id = a.commitment_id WHERE a.step = 'sent_to_body' AND c.code = '{STATE}'"),
    )),
    Question("Home", REVIEWER, "What waits for me?", (INBOX,), (
        number(waits("Under review"), f"tracker_assessment a WHERE step = 'under_review'"
               f" AND NOT {BY_ME} AND NOT EXISTS (SELECT 1 FROM tracker_claim k JOIN tracker_user u"
               " ON u.id = k.by_id WHERE k.assessment_id = a.id AND u.username <> :me)"),
    )),
    Question("Home", DESK, "Which bodies have commented?", (INBOX,), (
        number(waits("The body has commented"),
               f"tracker_assessment WHERE step = 'comments_received' AND {BY_ME}"),
    )),
    Question("Home", DESK, "Who let the time for comments pass?", (INBOX,), (
        number(waits("The date for comments has passed"), "tracker_assessment WHERE"
               f" step = 'sent_to_body' AND comments_due_on < :today AND {BY_ME}"),
    )),
    Question("Home", DESK, "Which of my drafts are not sent?", (INBOX,), (
        number(waits("Your draft"), f"tracker_assessment WHERE step = 'draft' AND {BY_ME}"),
    )),
    Question("Home", FOCAL, "What changed with us since my last visit?", (INBOX,), (
        Seen("section[aria-labelledby=changed] li", "{}", f"SELECT '{NAME}'"),
        Seen("section[aria-labelledby=changed] h3", "{} ¶{}", "SELECT c.symbol, c.number FROM"
             " tracker_change h JOIN tracker_report r ON r.id = h.object_id JOIN asked c ON"
             " c.id = r.commitment_id WHERE h.noun = 'report' AND c.code = 'XAB'"
             " ORDER BY h.sequence DESC LIMIT 1"),
    )),
    Question("Home", DESK, "Which follow-ups fall due in 30 and in 90 days?", (), (
        number("section[aria-labelledby=due] li", "latest_all WHERE follow_up_on BETWEEN :today"
               " AND :in30", "{} within 30 days"),
        number("section[aria-labelledby=due] li", "latest_all WHERE follow_up_on BETWEEN :today"
               " AND :in90", "{} within 90 days"),
    )),
    Question("Home", AUDITOR, "How fresh are the data, and who wrote last?", CHANGES, (
        Seen(f"{LISTED} tbody tr:first-child", "{}",
             "SELECT sequence FROM tracker_change ORDER BY sequence DESC LIMIT 1"),
        number("#count", "tracker_change", "{} changes"),
    )),
)  # fmt: skip

ALL, ASSESSED = (
    "(SELECT count(*) FROM asked WHERE role = 'addressee')",
    (
        "(SELECT count(*) FROM latest_open l JOIN asked c ON c.id = l.commitment_id"
        " WHERE c.role = 'addressee')"
    ),
)
OVERVIEW = (
    Question("Overview", MANAGER, "How much is assessed at all?", (), (
        Seen("section[aria-labelledby=state] figcaption", "{} of {} assessed",
             f"SELECT {ASSESSED}, {ALL}"),
    )),
    Question("Overview", MANAGER, "How much is simply not known?", (), (
        Seen("section[aria-labelledby=state] .legend li", "Not assessed {}",
             f"SELECT {ALL} - {ASSESSED}"),
    )),
    Question("Overview", MANAGER, "How does one theme stand?", (Follow("Extradition"),), (
        Seen("main figcaption", "{} of {} assessed",
             "SELECT count(l.id), count(*) FROM asked c JOIN themed t ON"
             " t.provision_id = c.provision_id LEFT JOIN latest_open l ON l.commitment_id = c.id"
             " WHERE c.role = 'addressee' AND t.slug = 'extradition'"),
    )),
    Question("Overview", MANAGER, "Is more assessed than a year ago?", (Follow("Over time"),), (
        number("h2.finding", "(SELECT DISTINCT a.commitment_id FROM adopted a JOIN asked c"
               f" ON c.id = a.commitment_id WHERE c.role = 'addressee' AND {OPEN})",
               "{} of"),
        number("section:has(h2.finding) p", "(SELECT DISTINCT a.commitment_id FROM adopted a JOIN"
               f" asked c ON c.id = a.commitment_id WHERE c.role = 'addressee' AND {OPEN}"
               " AND a.adopted_on <= date(:today, '-1 year'))", "{} of"),
    )),
    Question("Overview", DESK, "Where is a result without evidence?", CHECKS, (
        number(row("Implemented, without evidence"), "latest_all l JOIN asked c ON"
               " c.id = l.commitment_id WHERE result IN ('fully_implemented',"
               " 'largely_implemented') AND NOT EXISTS (SELECT 1 FROM tracker_citation x WHERE"
               " x.commitment_id = l.commitment_id AND (x.assessment_id IN (SELECT id FROM adopted)"
               " OR x.report_id IN (SELECT id FROM tracker_report WHERE submitted_on"
               " <= :today)))"),
    )),
    Question("Overview", MANAGER, "Which dates are past?", (Follow("all of them", "main"),), (
        number("#count", "tracker_duedate", "{} dates"),
        Seen(f"{LISTED} tbody tr", "{} Report to the Counter-Terrorism Committee",
             "SELECT due_on FROM tracker_deadline WHERE label LIKE 'Report to%'"),
    )),
    Question("Overview", MANAGER, "Which commitments does a figure stand for?", (
        Follow("", "section[aria-labelledby=state] .legend li:has-text('Not implemented')",
               "the number beside “Not implemented”"),), (
        number("#count", "latest_open l JOIN asked c ON c.id = l.commitment_id WHERE"
               " c.role = 'addressee' AND result = 'not_implemented'", "{} commitments"),
    )),
    Question("Overview", MANAGER, "How does a region stand?", (Follow("As a matrix"),), (
        Seen("main table.grid", "{} of {} assessed",
             "SELECT count(l.id), count(*) FROM asked c JOIN tracker_region g ON g.id = c.region_id"
             " JOIN themed t ON t.provision_id = c.provision_id AND t.slug = 'judicial-cooperation'"
             " LEFT JOIN latest_open l ON l.commitment_id = c.id WHERE c.role = 'addressee'"
             " AND g.path LIKE '001/002%'"),
    )),
    Question("Overview", MANAGER, "How did it stand on a day in the past?", (
        Choose("As of", "2022-06-30"), Press("Show")), (
        Seen(".band.past", "As it stood on 30 June 2022"),
        number("section[aria-labelledby=state] figcaption", "(SELECT DISTINCT a.commitment_id FROM"
               " adopted a JOIN asked c ON c.id = a.commitment_id WHERE c.role = 'addressee'"
               f" AND {OPEN} AND a.adopted_on <= '2022-06-30')", "{} of"),
    )),
    Question("Overview", DESK, "Which assessments have no follow-up ahead?", CHECKS, (
        number(row("Assessed, and no follow-up ahead"), "latest_all l WHERE"
               " coalesce(follow_up_on, '') < :today AND NOT EXISTS (SELECT 1 FROM"
               " tracker_assessment n WHERE n.commitment_id = l.commitment_id AND n.id > l.id AND"
               " n.step NOT IN ('adopted', 'withdrawn'))"),
    )),
)  # fmt: skip

RESOLUTION = (
    Question("Resolution", DESK, "What is asked, of whom, in which verb?", (Search("2322"),), (
        Seen(row("13(e)"), "{} {}", "SELECT leading_verb, summary FROM tracker_provision"
             f" WHERE key = '{PARAGRAPH}'"),
        Seen(row("13(e)"), "All States"),
    )),
    Question("Resolution", REVIEWER, "Which paragraphs carry commitments, which none?",
             (Search("2322"),), (
        number(section("Operative paragraphs"), "tracker_provision WHERE key LIKE"
               " 'S/RES/2322(2016)/%'", "Operative paragraphs {}"),
        Seen(f"tr:has(th:has-text('{2}'))", "–", "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM asked"
             " WHERE provision = 'S/RES/2322(2016)/2')"),
    )),
    Question("Resolution", MANAGER, "Which later resolutions recall it?", (Search("2322"),), (
        Seen(section("Other resolutions"), "Recalled by {}", "SELECT group_concat(symbol, ' ') FROM"
             " (SELECT o.symbol FROM tracker_resolutionlink l JOIN resolution o ON"
             " o.id = l.origin_id JOIN resolution t ON t.id = l.target_id WHERE"
             " l.kind = 'recalls' AND t.key = 'S/RES/2322(2016)' ORDER BY o.adopted_on)"),
    )),
    Question("Resolution", FOCAL, "Where is the official text, in our language?",
             (Search("2322"),), (
        Seen("main a[rel~=external][href*='docs.un.org']", "docs.un.org/{}",
             "SELECT key FROM tracker_resolution WHERE key = 'S/RES/2322(2016)'"),
    )),
    Question("Resolution", DESK, "Which later paragraphs repeat or extend others?", (
        MORE, Follow("Crosswalk")), (
        number("#count", "tracker_provisionlink", "{} relations"),
    )),
    Question("Resolution", MANAGER, "Which papers belong to it?", (Search("2322"),), (
        number(section("Documents"), "tracker_document d JOIN resolution r ON"
               " r.id = d.resolution_id WHERE r.key = 'S/RES/2322(2016)'", "Documents {}"),
    )),
    Question("Resolution", MANAGER, "When was it adopted, and by which vote?",
             (Search("2322"),), (
        Seen("section[aria-labelledby=card-title] div", "Adopted {}",
             "SELECT adopted_on FROM tracker_resolution WHERE key = 'S/RES/2322(2016)'"),
        Seen("section[aria-labelledby=card-title] div", "Vote {}–{}–{}", "SELECT votes_for,"
             " votes_against, abstentions FROM tracker_resolution WHERE key = 'S/RES/2322(2016)'"),
    )),
)  # fmt: skip

PROVISION = (
    Question("Paragraph", FOCAL, "Who must do what by when?", (Search("2322 21"),), (
        Seen("section[aria-labelledby=asked-title] div", "Dates {}: {}",
             "SELECT d.label, d.due_on FROM tracker_deadline d JOIN tracker_provision p ON"
             " p.id = d.provision_id WHERE p.key = 'S/RES/2322(2016)/21'"),
    )),
    Question("Paragraph", MANAGER, "How many have reported?", (TO_PARAGRAPH,), (
        Seen("main p.reported", "{} of {} have reported", "SELECT count(DISTINCT r.commitment_id),"
             " count(DISTINCT c.id) FROM asked c LEFT JOIN tracker_report r ON r.commitment_id ="
             f" c.id AND r.submitted_on <= :today AND r.{OPEN} WHERE c.role = 'addressee' AND"
             f" c.provision = '{PARAGRAPH}'"),
    )),
    Question("Paragraph", DESK, "What did a body report, and what was concluded?",
             (TO_PARAGRAPH,), (
        Seen(f"{LISTED} tbody tr:has-text('Farrowmere')", "Partially implemented {}",
             "SELECT adopted_on FROM latest_all l JOIN asked c ON c.id = l.commitment_id WHERE"
             f" c.code = 'XAF' AND c.provision = '{PARAGRAPH}' AND result ="
             " 'partially_implemented'"),
        Seen(f"{LISTED} tbody tr:has-text('Farrowmere')", "Not reported", "SELECT 1 WHERE NOT"
             " EXISTS (SELECT 1 FROM tracker_report r JOIN asked c ON c.id = r.commitment_id WHERE"
             f" c.code = 'XAF' AND c.provision = '{PARAGRAPH}' AND r.submitted_on IS NOT NULL)"),
    )),
    Question("Paragraph", DESK, "Which bodies share it?", (TO_PARAGRAPH,), (
        number("#count", f"asked WHERE provision = '{PARAGRAPH}'", "{} commitments"),
    )),
    Question("Paragraph", REVIEWER, "What is the wording, and where is it from?",
             (TO_PARAGRAPH,), (
        SUMMARY,
        Seen("section[aria-labelledby=asked-title]", "Source: {}",
             f"SELECT source FROM tracker_provision WHERE key = '{PARAGRAPH}'"),
    )),
    Question("Paragraph", DESK, "What took it up later?", (TO_PARAGRAPH,), (
        Seen(section("Elsewhere"), "Extended by {} ¶{}", "SELECT r.symbol, o.number FROM"
             " tracker_provisionlink l JOIN tracker_provision o ON o.id = l.origin_id JOIN"
             " resolution r ON r.id = o.resolution_id JOIN tracker_provision t ON"
             f" t.id = l.target_id WHERE t.key = '{PARAGRAPH}' AND l.kind = 'extends'"
             " ORDER BY r.adopted_on LIMIT 1"),
    )),
    Question("Paragraph", MANAGER, "How does my region stand on it?", (TO_PARAGRAPH,), (
        number(".tile-region h4", "asked c JOIN tracker_region g ON g.id = c.region_id WHERE"
               f" c.provision = '{PARAGRAPH}' AND g.path LIKE '001/002%'", "Africa {}"),
    )),
)  # fmt: skip

BODY = (
    Question("Body", FOCAL, "What is asked of us in all, and how much is assessed?", MY_PAGE, (
        Seen(section("What is asked of it"), "{} of {} assessed", "SELECT count(l.id), count(*)"
             " FROM asked c LEFT JOIN latest_all l ON l.commitment_id = c.id WHERE"
             f" c.role = 'addressee' AND c.code = '{STATE}'"),
    )),
    Question("Body", FOCAL, "On what have we not reported?", MY_PAGE, (
        number(".now-figures li", f"asked c WHERE c.role = 'addressee' AND c.code = '{STATE}'"
               f" AND NOT EXISTS (SELECT 1 FROM {OPEN_REPORTS} r WHERE r.commitment_id = c.id)",
               "{} no information received"),
    )),
    Question("Body", DESK, "What is past its date?", TO_BODY, (
        number(".now-figures li", f"asked c JOIN tracker_deadline d ON d.provision_id ="
               f" c.provision_id WHERE c.code = '{STATE}' AND d.due_on < :today",
               "{} past the date"),
    )),
    Question("Body", MANAGER, "What has it reported so far?", TO_BODY, (
        number("main", f"{OPEN_REPORTS} r JOIN asked c ON c.id = r.commitment_id WHERE"
               f" c.code = '{STATE}' AND r.{OPEN}", "{} reports"),
    )),
    Question("Body", MANAGER, "What may I take into a meeting tomorrow?", (
        *TO_BODY, Follow("Brief for a meeting")), (
        Seen("main", "{} of {} commitments are assessed", "SELECT count(l.id), count(*) FROM asked"
             " c LEFT JOIN latest_open l ON l.commitment_id = c.id WHERE c.role = 'addressee' AND"
             f" c.code = '{STATE}'"),
        Seen("main", "INTERNAL"),
    )),
    Question("Body", DESK, "Which office is in charge?", TO_BODY, (
        Seen(section("Designations"), "{}", "SELECT office FROM tracker_designation d JOIN"
             f" tracker_body b ON b.id = d.body_id WHERE b.code = '{STATE}' AND"
             " d.kind = 'central_authority' AND d.until_on IS NULL"),
    )),
    Question("Body", DESK, "Which assessments are under way, and whose turn is it?", TO_BODY, (
        number(section("Open now"), "tracker_assessment a JOIN asked c ON c.id = a.commitment_id"
               f" WHERE c.code = '{STATE}' AND a.step NOT IN ('adopted', 'withdrawn')",
               "Assessments under way {}"),
        Seen(section("Open now"), "Turn:"),
    )),
    Question("Body", MANAGER, "Which networks does it belong to?", TO_BODY, (
        number(section("Belongs to"), "tracker_membership m JOIN tracker_body b ON"
               f" b.id = m.member_id WHERE b.code = '{STATE}' AND coalesce(m.until_on, '9')"
               " >= :today", "Belongs to {}"),
    )),
    Question("Body", MANAGER, "What is its name in each official language?", TO_BODY, (
        Seen(".names-table", "{}", "SELECT n.text FROM tracker_bodyname n JOIN tracker_body b ON"
             f" b.id = n.body_id WHERE b.code = '{STATE}' AND n.form = 'formal'"),
    )),
)  # fmt: skip

COMMITMENT = (
    Question("Commitment", FOCAL, "What did we undertake?", ON_13E, (
        SUMMARY,
        Seen("main h1", f"{NAME} under"),
    )),
    Question("Commitment", FOCAL, "What did we report, and when?", ON_13E, (
        Seen("section[aria-labelledby=fact-1]", "Reported as completed {}", "SELECT"
             " max(submitted_on) FROM tracker_report r JOIN asked c ON c.id = r.commitment_id"
             f" WHERE {MINE} AND position = 'completed'"),
    )),
    Question("Commitment", FOCAL, "On which evidence?", ON_13E, (
        number("section[aria-labelledby=fact-2]", "(SELECT DISTINCT x.evidence_id FROM"
               f" tracker_citation x JOIN asked c ON c.id = x.commitment_id WHERE {MINE} AND"
               " (x.assessment_id IN (SELECT id FROM adopted) OR x.report_id IN (SELECT id FROM"
               " tracker_report WHERE submitted_on IS NOT NULL)))", "{} records"),
    )),
    Question("Commitment", REVIEWER, "What was concluded, when and why?", ON_13E, (
        Seen("section[aria-labelledby=fact-3]", "Fully implemented {}", "SELECT adopted_on FROM"
             f" latest_all l JOIN asked c ON c.id = l.commitment_id WHERE {MINE} AND"
             " result = 'fully_implemented'"),
        Seen(".timeline", "{}", "SELECT rationale FROM latest_all l JOIN asked c ON"
             f" c.id = l.commitment_id WHERE {MINE}"),
    )),
    Question("Commitment", AUDITOR, "Who changed what, when and why?", (
        *ON_13E, Follow("History of this commitment")), (
        Seen(f"{LISTED} tbody tr:first-child", "{}", "SELECT h.sequence FROM tracker_change h WHERE"
             f" (h.noun = 'assessment' AND h.object_id IN (SELECT a.id FROM tracker_assessment a"
             f" JOIN asked c ON c.id = a.commitment_id WHERE {MINE})) OR (h.noun = 'citation' AND"
             f" h.object_id IN (SELECT x.id FROM tracker_citation x JOIN asked c ON"
             f" c.id = x.commitment_id WHERE {MINE})) ORDER BY h.sequence DESC LIMIT 1"),
    )),
    Question("Commitment", FOCAL, "Whose turn is it?", ON_13E, (
        Seen("main .turn", "Turn: {}", "SELECT CASE step WHEN 'draft' THEN 'Assessors' WHEN"
             " 'comments_received' THEN 'Assessors' WHEN 'under_review' THEN 'Reviewers' ELSE"
             " 'Assessors' END FROM (SELECT max(a.id), a.step FROM tracker_assessment a JOIN asked"
             f" c ON c.id = a.commitment_id WHERE {MINE})"),
    )),
    Question("Commitment", FOCAL, "Where do I report anew?", (*ON_13E, Follow("New report")), (
        Seen("main h1", f"What {NAME} reports"),
        Seen("#form-report", "In your own words"),
    )),
)  # fmt: skip

WAITING_LONGEST = (
    "SELECT c.symbol, c.number FROM tracker_assessment a JOIN asked c ON c.id = a.commitment_id"
    " WHERE a.step = 'under_review' ORDER BY coalesce((SELECT max(date(h.at)) FROM tracker_change h"
    " WHERE h.noun = 'assessment' AND h.verb = 'reviewed' AND h.object_id = a.id), a.comments_on,"
    " a.sent_on) LIMIT 1"
)
FILE = Search("DEMO-XAA-F1"), Follow("Text of the Act on mutual assistance of Ambrel", "main")
QUEUE = (
    Question("Review", REVIEWER, "How much is under review, what is the oldest?", REVIEW, (
        number("#count", "tracker_assessment WHERE step = 'under_review'", "{} under review"),
        Seen(f"{LISTED} tbody tr:first-child th", "{} ¶{}", WAITING_LONGEST),
    )),
    Question("Review", REVIEWER, "What is this file: type, size, fingerprint, level?", FILE, (
        Seen(section("File"), "{}",
             "SELECT file_type FROM tracker_evidence WHERE key = 'DEMO-XAA-F1'"),
        Seen(section("File"), "{} bytes",
             "SELECT file_size FROM tracker_evidence WHERE key = 'DEMO-XAA-F1'"),
        Seen(section("File"), "{}",
             "SELECT checksum FROM tracker_evidence WHERE key = 'DEMO-XAA-F1'"),
        Seen("main", "Internal"),
    )),
    Question("Review", REVIEWER, "Which commitments does a piece of evidence support?", (
        Search("DEMO-XAA-E2"), Follow("Statistics on requests, Ambrel", "main")), (
        number(section("Where it is cited"), "tracker_citation x JOIN tracker_evidence e ON"
               " e.id = x.evidence_id WHERE e.key = 'DEMO-XAA-E2' AND (x.assessment_id IN (SELECT"
               " id FROM adopted) OR x.report_id IN (SELECT id FROM tracker_report WHERE"
               " submitted_on IS NOT NULL))", "{} citations"),
    )),
    Question("Review", REVIEWER, "What was said in like cases?", (TO_PARAGRAPH,), (
        number(".legend li", "latest_all l JOIN asked c ON c.id = l.commitment_id WHERE"
               f" c.role = 'addressee' AND c.provision = '{PARAGRAPH}' AND"
               " result = 'partially_implemented'", "Partially implemented {}"),
    )),
    Question("Review", DESK, "Which evidence is past its validity?", CHECKS, (
        number(row("Evidence past its validity"), "(SELECT DISTINCT x.commitment_id FROM"
               " tracker_citation x JOIN tracker_evidence e ON e.id = x.evidence_id WHERE"
               " e.valid_until < :today AND (x.assessment_id IN (SELECT id FROM adopted) OR"
               " x.report_id IN (SELECT id FROM tracker_report WHERE submitted_on <= :today)))"),
    )),
    Question("Review", DESK, "Where do a report and an assessment say different things?", CHECKS, (
        number(row("Report and assessment say different things"), "latest_all l JOIN (SELECT *,"
               " row_number() OVER (PARTITION BY commitment_id ORDER BY submitted_on DESC, id DESC)"
               " AS place FROM tracker_report WHERE submitted_on <= :today) r ON"
               " r.commitment_id = l.commitment_id AND r.place = 1 WHERE (r.position = 'completed'"
               " AND l.result = 'not_implemented') OR (r.position = 'not_applicable' AND"
               " l.result NOT IN ('not_applicable', 'insufficient_information')) OR"
               " (r.position IN ('planned', 'under_way', 'completed') AND"
               " l.result = 'not_applicable') OR"
               " (r.position = 'planned' AND l.result = 'fully_implemented')"),
    )),
)  # fmt: skip

LIST = Follow("Commitments", ".site-nav")
EXPLORER = (
    Question("Lists", MANAGER, "How many commitments are there?", (LIST,), (
        number("#count", "asked", "{} commitments"),
    )),
    Question("Lists", DESK, "How do I get this list by program?", (
        LIST, Unfold("Copy as API call")), (
        Seen("details.tool[open]", "Address"),
        Seen("#api-address[value$='/api/v1/commitments/']", ""),
    )),
    Question("Lists", DESK, "Which other columns are there?", (LIST, Unfold("Columns")), (
        Seen("details.tool[open] form.columns", "Column 1"),
    )),
    Question("Lists", DESK, "Can I keep it under a name?", (
        LIST, Unfold("Saved views"), Follow("Save this view")), (
        Seen("main h1", "Save"),
    )),
    Question("Lists", MANAGER, "Where are words found in any text?", (Search("extradition"),), (
        number("main h2", "tracker_theme WHERE lower(name || ' ' || description) LIKE"
               " '%extradition%'", "Themes {}"),
    )),
    Question("Lists", FOCAL, "How do I go to a paragraph without a mouse?", (
        Key("/"), Type("2322 13e")), (
        SUMMARY,
    )),
)  # fmt: skip

FILES = (
    Question("Files", DESK, "How do I get a list as a file?", (LIST, Unfold("Download as")), (
        Seen(".downloads a[href*='format=csv']", "CSV"),
        Seen(".downloads a[href*='format=pdf']", "PDF"),
    )),
    Question("Files", FOCAL, "Can I bring reports in as a table, and is it written at once?", (
        MORE, Follow("Import tables", ".site-nav")), (
        Seen("main form", "Reports"),
        Seen("main .lead", "A trial shows every row before anything is written."),
    )),
    Question("Files", MANAGER, "Can I have the whole register as a file?", (), (
        Seen("footer a[href*=datapackage]", "The register as a data package"),
    )),
)  # fmt: skip

TO_XAA = (Choose("Requested State", "Ambrel"), Choose("Purpose", "Extradition"))
CONTACTS = (
    Question("Channels", PROSECUTOR, "Which office takes our request, and by which channel?",
             (*TO_XAA, Press("Find the channel")), (
        Seen("section.answer", "{}", "SELECT office FROM tracker_designation d JOIN tracker_body b"
             " ON b.id = d.body_id JOIN tracker_designationcompetence x ON x.designation_id = d.id"
             " WHERE b.code = 'XAA' AND d.kind = 'central_authority' AND"
             " x.function = 'extradition'"),
        Seen("section.answer", "Channel {}", "SELECT channel FROM tracker_designation d JOIN"
             " tracker_body b ON b.id = d.body_id WHERE b.code = 'XAA' AND"
             " d.kind = 'central_authority'"),
    ), start="/networks/channel/"),
    Question("Channels", PROSECUTOR, "In which languages?",
             (*TO_XAA, Press("Find the channel")), (
        Seen("section.answer", "Languages {}", "SELECT languages FROM tracker_designation d JOIN"
             " tracker_body b ON b.id = d.body_id WHERE b.code = 'XAA' AND"
             " d.kind = 'central_authority'"),
    ), start="/networks/channel/"),
    Question("Channels", PROSECUTOR, "Is the office confirmed, and when?",
             (*TO_XAA, Press("Find the channel")), (
        Seen("section.answer", "Last confirmed {}", "SELECT last_confirmed_on FROM"
             " tracker_designation d JOIN tracker_body b ON b.id = d.body_id WHERE"
             " b.code = 'XAA' AND"
             " d.kind = 'central_authority'"),
    ), start="/networks/channel/"),
    Question("Channels", FOCAL, "Which of our offices must we confirm?", (INBOX,), (
        number(waits("Not confirmed for a year"), f"{STALE} AND d.body_id = (SELECT id FROM"
               f" tracker_body WHERE code = '{STATE}')"),
    )),
    Question("Channels", DESK, "For how many States is no Central Authority recorded?", (
        MORE, Follow("What is not recorded", ".site-nav")), (
        number("table.gaps tbody tr:first-child td:nth-of-type(1)", "tracker_body WHERE kind IN"
               " ('state', 'observer_state')"),
        number("table.gaps tbody tr:first-child td:nth-of-type(2)", NO_OFFICE),
    )),
    Question("Channels", MANAGER, "Who belongs to a network?", (
        Follow("Networks", ".site-nav"), Follow("Demonstration 24/7 Contact Network", "main")), (
        number(section("Members by region"), "tracker_membership m JOIN tracker_body o ON"
               " o.id = m.organization_id WHERE o.code = 'DEMO-24-7' AND coalesce(m.until_on, '9')"
               " >= :today", "Members by region {}"),
    )),
    Question("Channels", DESK, "Which designations were not confirmed for a year?", CHECKS, (
        number(row("Designations not confirmed"), STALE),
    )),
)  # fmt: skip

TO_ADMIN = Follow("Administration", "footer")
ADMINISTRATION = (
    Question("Administration", ADMINISTRATOR, "Who may do what?", (
        TO_ADMIN, Follow("Who may do what")), (
        Seen(row("Report"), "Own bodies"),
    )),
    Question("Administration", ADMINISTRATOR, "Who has an account, in which role?", (
        TO_ADMIN, Follow("Users", "#content")), (
        number("#changelist", "tracker_user", "{} users"),
        Seen("#changelist tr:has-text('demo-auditor')", "Auditor"),
    )),
    Question("Administration", AUDITOR, "What happened to a record?", (
        TO_PARAGRAPH, Follow("History", "section[aria-labelledby=asked-title]")), (
        Seen(f"{LISTED} tbody tr", "{}", "SELECT max(sequence) FROM tracker_change WHERE"
             f" noun = 'provision' AND object_key = '{PARAGRAPH}'"),
    )),
    Question("Administration", AUDITOR, "From which file did a record come?", (
        TO_PARAGRAPH, Follow("History", "section[aria-labelledby=asked-title]")), (
        Seen(f"{LISTED} tbody tr", "{}", "SELECT reason FROM tracker_change WHERE"
             f" noun = 'provision' AND object_key = '{PARAGRAPH}'"),
    )),
    Question("Administration", AUDITOR, "Who wrote one change, why, and under which hash?", (
        *CHANGES, Follow("", f"{LISTED} tbody tr:first-child th", "the first number")), (
        Seen("section[aria-labelledby=who-title]", "Hash {}",
             "SELECT hash FROM tracker_change ORDER BY sequence DESC LIMIT 1"),
        Seen("section[aria-labelledby=who-title]", "Reason {}",
             "SELECT CASE reason WHEN '' THEN '–' ELSE reason END FROM tracker_change"
             " ORDER BY sequence DESC LIMIT 1"),
    )),
    Question("For programs", DESK, "What may a token do, and which do I have?", (
        Follow("Tokens", "footer"),), (
        Seen("main", "Assess, adopt, keep dates"),
        number("section[aria-labelledby=yours] h2", "tracker_token t JOIN tracker_user u ON"
               " u.id = t.owner_id WHERE u.username = :me", "Your tokens {}"),
    )),
    Question("For programs", DESK, "How do I begin with the API?", (Follow("API", "footer"),), (
        Seen("body", "Commitment tracker"),
    )),
)  # fmt: skip

QUESTIONS = (
    *HOME, *OVERVIEW, *RESOLUTION, *PROVISION, *BODY, *COMMITMENT, *QUEUE, *EXPLORER, *FILES,
    *CONTACTS, *ADMINISTRATION,
)  # fmt: skip

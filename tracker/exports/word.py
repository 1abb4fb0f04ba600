"""A paper as a Word document; what every page says stands in its header and footer."""

import datetime
import io

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tracker.exports.cells import without_controls
from tracker.exports.paper import Paper, Section, Table, Words


def document(paper: Paper) -> bytes:
    """``paper`` as DOCX; its dates are the day that it is about."""
    made = Document()
    _set_up(made, paper)
    made.add_paragraph(_text(paper.kicker))
    made.add_heading(_text(paper.title), level=1)
    if paper.lead:
        made.add_paragraph(" · ".join(map(_words, paper.lead)))
    for section in paper.sections:
        _add_section(made, section)
    for each in paper.closing:
        made.add_paragraph(_words(each), style="Small")
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _set_up(made, paper):
    about, part = paper.about, made.sections[0]
    part.page_width, part.page_height = Mm(210), Mm(297)
    part.left_margin = part.right_margin = Mm(16)
    made.styles["Normal"].font.size = Pt(9)
    made.styles.add_style("Small", WD_STYLE_TYPE.PARAGRAPH).font.size = Pt(8)
    part.header.paragraphs[0].text = _text(f"{about.level} · {paper.title} · {about.as_of}")
    part.footer.paragraphs[0].text = _text(f"{about.level} · {about.as_of} · {about.source}")
    day = datetime.datetime.combine(about.on, datetime.time())
    core = made.core_properties
    core.title, core.author, core.comments = _text(paper.title), "Commitment tracker", ""
    core.created = core.modified = day
    core.last_modified_by, core.revision = "Commitment tracker", 1


def _add_section(made, section: Section):
    number = f" ({section.number.text})" if section.number else ""
    made.add_heading(_text(section.title + number), level=2)
    for line in section.lines:
        made.add_paragraph(_words(line))
    for table in section.tables:
        _add_table(made, table)
    for quote in section.quotes:
        made.add_paragraph(" · ".join(map(_words, quote.lead)), style="Small")
        made.add_paragraph(_words(quote.said), style="Quote")
    if section.more:
        made.add_paragraph(_words(section.more))


def _add_table(made, table: Table):
    """Cells are written as they come: asking for each by its place takes far longer."""
    drawn = made.add_table(rows=1, cols=len(table.head), style="Table Grid")
    for cell, name in zip(drawn.rows[0].cells, table.head, strict=True):
        cell.paragraphs[0].add_run(_text(name)).bold = True
    repeated = OxmlElement("w:tblHeader")
    drawn.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in table.rows:
        drawn._tbl.append(_row([_words(each) for each in row]))


def _row(texts):
    row = OxmlElement("w:tr")
    for text in texts:
        cell, paragraph = OxmlElement("w:tc"), OxmlElement("w:p")
        run, held = OxmlElement("w:r"), OxmlElement("w:t")
        held.text = text
        held.set(qn("xml:space"), "preserve")
        run.append(held)
        paragraph.append(run)
        cell.append(paragraph)
        row.append(cell)
    return row


def _words(each: Words) -> str:
    return _text(each.text)


def _text(text: str) -> str:
    """``text`` as XML can hold it."""
    return without_controls(text)

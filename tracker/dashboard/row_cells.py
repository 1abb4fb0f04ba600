"""Template tags for the cells of a row: ``{% cells %}`` shows the columns chosen, in their order.

A table writes each ``{% cell "name" %}…{% endcell %}`` once; outside ``{% cells %}`` a cell simply
stands where it is written.
"""

from django import template

#: Where the cells of the row at hand wait, by name.
WAITING = "_cells"


class Cells(template.Node):
    """One row: its cells are drawn where they are written, and stand as ``results`` says."""

    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        waiting = dict.fromkeys(column.name for column in context["results"].shown)
        with context.push(**{WAITING: waiting}):
            self.nodelist.render(context)
        return "".join(cell for cell in waiting.values() if cell)


class Cell(template.Node):
    """One cell; drawn only where its column is shown."""

    def __init__(self, name, nodelist):
        self.name, self.nodelist = name, nodelist

    def render(self, context):
        waiting = context.get(WAITING)
        if waiting is None:
            return self.nodelist.render(context)
        if self.name in waiting:
            waiting[self.name] = self.nodelist.render(context)
        return ""


def cells(parser, token):
    """``{% cells %}…{% endcells %}``: the cells of one row."""
    nodelist = parser.parse(("endcells",))
    parser.delete_first_token()
    return Cells(nodelist)


def cell(parser, token):
    """``{% cell "name" %}…{% endcell %}``: one cell of a row."""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endcell",))
    parser.delete_first_token()
    return Cell(name.strip("\"'"), nodelist)

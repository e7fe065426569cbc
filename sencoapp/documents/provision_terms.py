"""A provision beside itself over terms on paper: a chart for each figure, the numbers as a table, and what may not be concluded."""

from sencoapp.documents.content import Block, Bullets, Chart, Column, Content, Grid, Heading, Paragraph, Part, Row, Title, strong
from sencoapp.documents.phrases import joined
from sencoapp.domain.dates import full_date
from sencoapp.domain.over_terms import FigureOverTerms, ProvisionOverTerms
from sencoapp.reference import say

_WIDTHS = {"effect": 0.27, "dose": 0.21, "attendance": 0.22}


def provision_terms_content(found: ProvisionOverTerms) -> Content:
    """The document."""
    foot = say("provision_terms.foot", school=found.school, day=full_date(found.made_on))
    title = say("provision_terms.title_of", title=found.title)
    return Content(
        title=title,
        author=joined((found.made_by, found.school)),
        subject=say("provision_terms.title"),
        head=found.school,
        foot=say("documents.demo_foot", foot=foot) if found.demo else foot,
        made_on=found.made_on,
        parts=(Part(say("provision_terms.title"), [Title(title, found.school), *_blocks(found)]),),
    )


def _blocks(found: ProvisionOverTerms) -> list[Block]:
    if not found.terms:
        return [Paragraph(each) for each in found.honest]
    charts = [block for each in found.figures for block in _figure(each)]
    return [_table(found), Bullets(list(found.honest)), *charts, Paragraph(say("provision_terms.key"), small=True)]


def _figure(figure: FigureOverTerms) -> list[Block]:
    if figure.chart is None:
        return [Heading(figure.name), Paragraph(figure.shows)]
    chart = figure.chart
    drawn = Chart(
        figure.name,
        figure.shows,
        [(each.role, each.x, each.y, each.words) for each in chart.spots],
        None,
        [(each.place, each.words) for each in chart.up],
        [(each.place, each.words) for each in chart.across],
        [],
        apart=True,
    )
    return [drawn, Paragraph(figure.shows, small=True)]


def _table(found: ProvisionOverTerms) -> Grid:
    columns = (
        Column(say("provision_terms.column_term"), 0.21),
        Column(say("provision_terms.column_pupils"), 0.09, number=True),
        *(Column(say(f"provision_terms.column_{each.figure}"), _WIDTHS[each.figure]) for each in found.figures),
    )
    rows = [
        Row((strong(each.term), str(each.pupils), *(figure.cells[number] for figure in found.figures)))
        for number, each in enumerate(found.terms)
    ]
    return Grid(columns, rows, say("provision_terms.table"))

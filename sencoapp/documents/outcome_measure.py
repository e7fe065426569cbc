"""An outcome's measure on paper: its chart, what it shows in a sentence, and its numbers as a table."""

from sencoapp.documents.content import Block, Chart, Column, Grid, Heading, Paragraph, Row
from sencoapp.documents.phrases import day_of
from sencoapp.domain.snapshot import ChartContent, MeasureContent, OutcomeContent
from sencoapp.reference import say


def measure_blocks(outcome: OutcomeContent, *, draw_a_start: bool = True) -> list[Block]:
    """Nothing for an outcome without a measure, and for one from before there were measures.

    ``draw_a_start``: whether there is a chart while nothing was measured after the baseline; a pack says it in a sentence.
    """
    measure = outcome.get("measure_taken")
    if not measure:
        return []
    blocks: list[Block] = [Heading(say("documents.measure_of", number=outcome["number"], name=outcome["text"]))]
    if measure["chart"] is not None and (draw_a_start or measure["values"]):
        blocks += [_chart(measure, measure["chart"]), Paragraph(say("documents.measure_key"), small=True)]
    blocks.append(Paragraph(measure["shows"], keep=bool(measure["values"])))
    if measure["values"]:
        blocks.append(_table(measure))
    return blocks


def _chart(measure: MeasureContent, chart: ChartContent) -> Chart:
    aim = chart["aim"]
    return Chart(
        measure["name"],
        say("documents.measure_chart", shows=measure["shows"]),
        [(role, x, y, words) for role, x, y, _, words in chart["spots"]],
        (aim[0], aim[1], aim[2], aim[3]) if aim else None,
        [(place, words) for place, words in chart["up"]],
        [(place, words) for place, words in chart["across"]],
        [(place, words) for place, words in chart["phases"]],
    )


def _table(measure: MeasureContent) -> Grid:
    columns = (
        Column(say("documents.when"), 0.26),
        Column(say("documents.who"), 0.34),
        Column(say("documents.measure_value"), 0.2, number=True),
        Column(say("documents.measure_aim"), 0.2, number=True),
    )
    rows = [Row((day_of(each["on"]), each["who"], each["value"], each["aim"])) for each in measure["values"]]
    return Grid(columns, rows, say("documents.measure_values"))

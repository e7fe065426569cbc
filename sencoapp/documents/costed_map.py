"""The individual costed map on paper: the rows, the sum behind each, the split by elements, and what does not match."""

from datetime import date

from sencoapp.documents.content import Block, Bullets, Column, Content, Grid, Heading, Notice, Paragraph, Part, Row, Title, quiet, strong
from sencoapp.documents.phrases import hours, joined, money, period
from sencoapp.domain.costed_map import CostedMap, CostedRow
from sencoapp.domain.dates import full_date
from sencoapp.reference import say


def costed_map_content(content: CostedMap) -> Content:
    """The document; cost stands on it, so that it is made only for who sees cost (``services.costed_map``)."""
    made_on = date.fromisoformat(content["made_on"])
    title = say("costing.title_of", name=content["name"], year=content["year_name"])
    foot = say("costing.foot", school=content["school"], day=full_date(made_on))
    return Content(
        title=title,
        author=joined((content["made_by"], content["school"])),
        subject=say("costing.title"),
        head=content["name"],
        foot=say("documents.demo_foot", foot=foot) if content["demo"] else foot,
        made_on=made_on,
        parts=(Part(say("costing.title"), _blocks(content, title)),),
        landscape=True,
    )


def _blocks(content: CostedMap, title: str) -> list[Block]:
    blocks: list[Block] = [Title(title, joined((content["about"], content["school"]), " · "))]
    if not content["rows"]:
        return [*blocks, Paragraph(quiet(say("costing.empty")))]
    columns = (
        Column(say("costing.column_provision"), 0.27),
        Column(say("costing.column_who"), 0.15),
        Column(say("costing.column_group"), 0.06, number=True),
        Column(say("costing.column_planned"), 0.12, number=True),
        Column(say("costing.column_delivered"), 0.12, number=True),
        Column(say("costing.column_own"), 0.1, number=True),
        Column(say("costing.column_to_date"), 0.08, number=True),
        Column(say("costing.column_council"), 0.1, number=True),
    )
    total = (
        say("costing.total"),
        "",
        "",
        hours(content["planned_minutes"]),
        hours(content["delivered_minutes"]),
        money(content["planned_pence"]),
        money(content["to_date_pence"]),
        _or_none(content["council_pence"]),
    )
    blocks.append(Grid(columns, [_row(each) for each in content["rows"]], say("costing.rows_summary"), total))
    if content["added_pence"]:
        blocks.append(Paragraph(quiet(say("costing.added", cost=money(content["added_pence"]))), small=True))
    if content["warnings"]:
        blocks.append(Notice(say("costing.does_not_match"), content["warnings"]))
    elif content["checked"]:
        blocks.append(Paragraph(quiet(say("costing.matches")), small=True))
    blocks += [
        Heading(say("costing.how")),
        Paragraph(say("costing.own_words", method=content["own_method"])),
        Paragraph(joined((say("costing.council_words", method=content["council_method"]), content["council_source"]), " ")),
    ]
    for each in content["rows"]:
        blocks += [
            Paragraph((strong(each["title"]),), fine=True, keep=True),
            Paragraph(say("costing.by_school", formula=each["formula"]), fine=True, keep=True),
            Paragraph(say("costing.by_council", formula=each["council_formula"]), fine=True),
        ]
        if each["notes"]:
            blocks.append(Bullets(each["notes"]))
    return [*blocks, *_elements(content)]


def _row(row: CostedRow) -> Row:
    when = period(row["first"] or None, row["last"] or None)
    below = joined((row["aim"], row["dose"]), "\n")
    return Row(
        (
            (strong(row["title"]), f"\n{below}", quiet(f"\n{when}" if when else "")),
            row["given_by"],
            str(row["group"]),
            hours(row["planned_minutes"]),
            hours(row["delivered_minutes"]),
            money(row["planned_pence"]),
            money(row["to_date_pence"]),
            _or_none(row["council_pence"]),
        )
    )


def _elements(content: CostedMap) -> list[Block]:
    columns = (Column(say("costing.column_what"), 0.6), Column(say("costing.column_cost"), 0.4, number=True))
    rows = [
        Row((say("costing.element_1"), money(content["core_pence"]))),
        Row((say("costing.element_2"), money(content["element_2_pence"]))),
        Row((say("costing.element_3"), money(content["shortfall_pence"]))),
    ]
    words = say(
        "costing.shortfall_words",
        additional=money(content["additional_pence"]),
        guide=money(content["guide_pence"]),
        shortfall=money(content["shortfall_pence"]),
    )
    total = (say("costing.total"), money(content["planned_pence"]))
    return [Heading(say("costing.elements")), Grid(columns, rows, say("costing.elements_summary"), total), Paragraph(words)]


def _or_none(pence: int | None) -> str:
    return say("costing.no_figure") if pence is None else money(pence)

"""What a provision map says: who gets what from whom, what it costs, and the sum behind each cost (domain.md 5)."""

from collections.abc import Sequence
from datetime import date

from sencoapp.documents.content import (
    Block,
    Column,
    Content,
    CostBar,
    Grid,
    Heading,
    Paragraph,
    Part,
    Row,
    Text,
    Title,
    Words,
    quiet,
    strong,
)
from sencoapp.documents.phrases import hours, joined, money, paid_wholly, pattern, period, weeks, year_name
from sencoapp.domain.dates import full_date
from sencoapp.domain.snapshot import MapContent, ProvisionRow
from sencoapp.reference import say


def cost_blocks(rows: Sequence[ProvisionRow], total_pence: int, notional_pence: int) -> list[Block]:
    """One pupil's costed provision: the table, the sum behind each cost, and the national guide figure, which is no condition."""
    if not rows:
        return [Paragraph(quiet(say("documents.no_provision")))]
    ordered = _oldest_first(rows)
    columns = (
        Column(say("documents.provision_and_aim"), 0.255),
        Column(say("documents.who_and_when"), 0.21),
        Column(say("documents.each_week"), 0.125),
        Column(say("documents.group"), 0.085, number=True),
        Column(say("documents.weeks"), 0.095, number=True),
        Column(say("documents.planned"), 0.105, number=True),
        Column(say("documents.cost"), 0.125, number=True),
    )
    made = [
        Row(
            (
                _named(each),
                (_given_by(each), *_when(each)),
                pattern(each),
                str(each["group_size"]),
                weeks(each),
                hours(each["planned_minutes"]),
                money(each["cost_pence"]),
            )
        )
        for each in ordered
    ]
    total = (say("documents.total"), "", "", "", "", hours(sum(each["planned_minutes"] for each in rows)), money(total_pence))
    sums = dict.fromkeys((each["title"], each["formula"]) for each in ordered)
    formulas = [Paragraph((strong(f"{title}: "), formula), fine=True) for title, formula in sums]
    return [
        Paragraph(quiet(say("documents.additional_only", period=_span(rows))), keep=True),
        Grid(columns, made, say("documents.cost_summary"), total),
        Heading(say("documents.how_cost_is_worked_out")),
        Paragraph(say("documents.formula_words")),
        *formulas,
        Heading(say("documents.beside_the_guide")),
        CostBar(
            total_pence,
            notional_pence,
            say("documents.spent", cost=money(total_pence)),
            say("documents.guide", guide=_whole_pounds(notional_pence)),
        ),
        Paragraph(
            joined(
                (
                    say("documents.guide_words", guide=_whole_pounds(notional_pence)),
                    say("documents.guide_span", cost=money(total_pence), period=_span(rows)),
                ),
                " ",
            )
        ),
    ]


def _oldest_first(rows: Sequence[ProvisionRow]) -> list[ProvisionRow]:
    return sorted(rows, key=lambda each: (each["starts_on"], each["title"]))


def _named(row: ProvisionRow) -> Text:
    below = joined((row["aim"], paid_wholly(row)), "\n")
    return (strong(row["title"]), f"\n{below}" if below else "")


def _when(row: ProvisionRow) -> Sequence[Words]:
    """The same provision may be given twice in a year: the days tell one line from the other."""
    return (quiet(f"\n{period(row['starts_on'], row['ends_on'])}"),)


def _given_by(row: ProvisionRow) -> str:
    return joined((row["delivered_by"], row["staff_role"] if row["staff_role"] != row["delivered_by"] else None))


def _span(rows: Sequence[ProvisionRow]) -> str:
    ends = [each["ends_on"] for each in rows if each["ends_on"]]
    return period(min(each["starts_on"] for each in rows), max(ends) if ends else None)


def _whole_pounds(pence: int) -> str:
    return f"£{pence // 100:,}" if pence % 100 == 0 else money(pence)


def provision_map_content(content: MapContent) -> Content:
    """A pupil's map as a document: upright, with the sum behind each cost."""
    made_on = date.fromisoformat(content["made_on"])
    pupil = content["pupil"]
    note = joined((year_name(pupil["year"]), pupil["reg_group"], content["school"]), " · ")
    foot = say("documents.map_foot", school=content["school"], day=full_date(made_on))
    blocks = [Title(content["title"], note), *cost_blocks(pupil["rows"], pupil["total_pence"], content["notional_pence"])]
    return Content(
        title=content["title"],
        author=joined((content["made_by"], content["school"])),
        subject=say("documents.map_subject"),
        head=pupil["name"],
        foot=say("documents.demo_foot", foot=foot) if content["demo"] else foot,
        made_on=made_on,
        parts=(Part(say("documents.map_subject"), blocks),),
    )

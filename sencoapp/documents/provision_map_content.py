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
    Pairs,
    Paragraph,
    Part,
    Row,
    Text,
    Title,
    Words,
    quiet,
    runs,
    strong,
)
from sencoapp.documents.phrases import hours, joined, money, paid_wholly, pattern, period, weeks, year_name
from sencoapp.domain.dates import full_date
from sencoapp.domain.snapshot import MapContent, MapPupil, ProvisionRow
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
    """A map as a document: one pupil's upright with its sums, a school's lying and grouped by pupil."""
    made_on = date.fromisoformat(content["made_on"])
    alone = len(content["pupils"]) == 1
    foot = say("documents.map_foot", school=content["school"], day=full_date(made_on))
    blocks = _of_pupil(content) if alone else _of_school(content)
    return Content(
        title=content["title"],
        author=joined((content["made_by"], content["school"])),
        subject=say("documents.map_subject"),
        head=content["pupils"][0]["name"] if alone else content["school"],
        foot=say("documents.demo_foot", foot=foot) if content["demo"] else foot,
        made_on=made_on,
        parts=(Part(say("documents.map_subject"), blocks),),
        landscape=not alone,
    )


def _of_pupil(content: MapContent) -> list[Block]:
    pupil = content["pupils"][0]
    note = joined((year_name(pupil["year"]), pupil["reg_group"], content["school"]), " · ")
    return [Title(content["title"], note), *cost_blocks(pupil["rows"], content["total_pence"], content["notional_pence"])]


def _of_school(content: MapContent) -> list[Block]:
    title = Title(
        content["title"], say("documents.map_note", day=full_date(date.fromisoformat(content["made_on"])), name=content["made_by"])
    )
    if not content["pupils"]:
        return [title, Paragraph(quiet(say("documents.no_provision")))]
    columns = (
        Column(say("documents.provision_and_aim"), 0.3),
        Column(say("documents.who"), 0.17),
        Column(say("documents.each_week"), 0.1),
        Column(say("documents.group"), 0.07, number=True),
        Column(say("documents.weeks"), 0.07, number=True),
        Column(say("documents.planned"), 0.1, number=True),
        Column(say("documents.rate"), 0.09, number=True),
        Column(say("documents.cost"), 0.1, number=True),
    )
    rows = [row for pupil in content["pupils"] for row in _pupil_rows(pupil)]
    planned = sum(each["planned_minutes"] for pupil in content["pupils"] for each in pupil["rows"])
    total = (say("documents.total_of_school"), "", "", "", "", hours(planned), "", money(content["total_pence"]))
    counts = [
        (say("documents.pupils_with_provision"), f"{len(content['pupils']):,}"),
        (say("documents.places"), f"{sum(len(each['rows']) for each in content['pupils']):,}"),
        (say("documents.total_of_school"), money(content["total_pence"])),
    ]
    return [
        title,
        Pairs(counts),
        Heading(say("documents.pupil_by_pupil")),
        Grid(columns, rows, say("documents.map_summary"), total),
        Heading(say("documents.how_cost_is_worked_out")),
        Paragraph(say("documents.formula_words")),
        Paragraph(say("documents.guide_words", guide=_whole_pounds(content["notional_pence"]))),
    ]


def _pupil_rows(pupil: MapPupil) -> list[Row]:
    name = joined((pupil["name"], year_name(pupil["year"]), pupil["reg_group"]))
    rows = [Row((name, *[""] * 7), group=True)]
    for each in _oldest_first(pupil["rows"]):
        rows.append(
            Row(
                (
                    (*runs(_named(each)), *_when(each)),
                    _given_by(each),
                    pattern(each),
                    str(each["group_size"]),
                    weeks(each),
                    hours(each["planned_minutes"]),
                    money(each["pence_per_hour"]),
                    money(each["cost_pence"]),
                )
            )
        )
    planned = sum(each["planned_minutes"] for each in pupil["rows"])
    rows.append(
        Row((say("documents.total_of", name=pupil["name"]), "", "", "", "", hours(planned), "", money(pupil["total_pence"])), subtotal=True)
    )
    return rows

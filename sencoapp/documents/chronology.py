"""A pupil's chronology on paper: oldest first, by half term, as it was filtered."""

from datetime import date
from itertools import groupby

from sencoapp.documents.content import Cell, Column, Content, Grid, Pairs, Paragraph, Part, Row, Title, quiet, strong
from sencoapp.documents.phrases import joined
from sencoapp.domain.dates import full_date, short_date
from sencoapp.domain.snapshot import ChronologyContent, ChronologyLine
from sencoapp.reference import say


def chronology_content(content: ChronologyContent) -> Content:
    """The document. Of what is confidential it says that it is there, and no more: the words are not in ``content``."""
    made_on = date.fromisoformat(content["made_on"])
    title = say("chronology.title", name=content["pupil"])
    foot = say("chronology.foot", school=content["school"], day=full_date(made_on))
    lines = content["lines"]
    rows = [
        (say("chronology.from_to"), say("documents.period", start=_day(lines[0]), end=_day(lines[-1]))),
        (say("chronology.entries"), f"{len(lines):,}"),
        (say("chronology.shown"), content["filter"] or say("chronology.everything")),
        (say("chronology.made_by"), content["made_by"]),
    ]
    columns = (
        Column(say("chronology.column_day"), 0.19),
        Column(say("chronology.column_what"), 0.24),
        Column(say("chronology.column_words"), 0.57),
    )
    made = [
        row
        for half_term, group in groupby(lines, key=lambda each: each["half_term"])
        for row in (Row((half_term, "", ""), group=True), *map(_row, group))
    ]
    return Content(
        title=title,
        author=joined((content["made_by"], content["school"])),
        subject=title,
        head=content["pupil"],
        foot=say("documents.demo_foot", foot=foot) if content["demo"] else foot,
        made_on=made_on,
        parts=(
            Part(
                title,
                (
                    Title(title, content["school"]),
                    Pairs(rows),
                    Grid(columns, made, say("chronology.summary")),
                    Paragraph(quiet(say("chronology.confidential_left_out")), small=True),
                ),
            ),
        ),
    )


def _row(line: ChronologyLine) -> Row:
    day = date.fromisoformat(line["day"])
    area = say(f"documents.area_{line['area']}") if line["area"] else None
    below = joined((line["who"], area), "\n")
    what: Cell = (strong(line["head"]), quiet(f"\n{below}")) if below else strong(line["head"])
    return Row((f"{short_date(day)} {day.year}", what, line["words"]))


def _day(line: ChronologyLine) -> str:
    return full_date(date.fromisoformat(line["day"]))

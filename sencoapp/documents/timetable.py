"""A week of provision on paper: the days side by side, each lesson with its time, who gives it and who is in it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sencoapp.documents.content import (
    Block,
    Bullets,
    Cell,
    Column,
    Content,
    Grid,
    Heading,
    Paragraph,
    Part,
    Row,
    Title,
    Words,
    quiet,
    strong,
)
from sencoapp.domain.dates import full_date
from sencoapp.reference import say


def timetable_content(content: Mapping[str, Any]) -> Content:
    """``content`` is that of ``services.timetable.week_content``. Rows are the hours in which something begins."""
    foot = say("timetable.foot", school=content["school"], day=full_date(date.fromisoformat(content["made_on"])))
    days: list[str] = content["days"]
    columns = [Column(say("timetable.time"), 0.1), *(Column(each, 0.18) for each in days)]
    hours = sorted({each["start"][:2] for each in content["lessons"]})
    rows = [Row((f"{hour}:00", *(_cell(content, number, hour) for number in range(1, len(days) + 1)))) for hour in hours]
    week = Grid(columns, rows, say("timetable.grid")) if rows else Paragraph(quiet(say("timetable.empty_week")))
    blocks: list[Block] = [Title(content["title"], content["school"]), week]
    if content["warnings"]:
        blocks += [Heading(say("timetable.two_places")), Bullets(content["warnings"])]
    return Content(
        title=content["title"],
        author=content["made_by"],
        subject=say("timetable.title"),
        head=content["school"],
        foot=say("documents.demo_foot", foot=foot) if content["demo"] else foot,
        made_on=date.fromisoformat(content["made_on"]),
        parts=(Part(say("timetable.title"), blocks),),
        landscape=True,
    )


def _cell(content: Mapping[str, Any], weekday: int, hour: str) -> Cell:
    runs: list[str | Words] = []
    for each in content["lessons"]:
        if (each["weekday"], each["start"][:2]) == (weekday, hour):
            below = "\n".join(part for part in (each["given_by"], each["pupils"], each["room"]) if part)
            runs += [strong(("\n\n" if runs else "") + each["title"]), f"\n{each['when']}", quiet(f"\n{below}" if below else "")]
    return tuple(runs) or ""

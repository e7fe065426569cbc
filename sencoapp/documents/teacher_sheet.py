"""One side for those who teach a pupil: what reports say, in a table whose second column names the report and the page."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sencoapp.documents.content import Block, Column, Content, Grid, Paragraph, Part, Row, Title, quiet
from sencoapp.domain.dates import full_date
from sencoapp.reference import say


def teacher_sheet_content(content: Mapping[str, Any]) -> Content:
    """A ``TeacherSheet``'s content on paper."""
    made_on = date.fromisoformat(content["made_on"])
    title = say("marks.sheet_title", name=content["pupil"])
    columns = (Column(say("marks.sheet_what"), 0.68), Column(say("marks.sheet_where"), 0.32))
    rows: list[Row] = []
    for part in content["parts"]:
        rows.append(Row((part["heading"], ""), group=True))
        rows += [Row((each["words"], quiet(each["source"]))) for each in part["lines"]]
    blocks: list[Block] = [Title(title, content["place"]), Grid(columns, rows, title), Paragraph(say("marks.sheet_note"), small=True)]
    foot = say("marks.sheet_foot", school=content["school"], by=content["made_by"], day=full_date(made_on))
    return Content(
        title=title,
        author=content["made_by"],
        subject=title,
        head=content["school"],
        foot=say("documents.demo_foot", foot=foot) if content["demo"] else foot,
        made_on=made_on,
        parts=(Part(title, blocks),),
    )

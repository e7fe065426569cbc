"""What staff answered about a pupil on paper: each question with the answers of everybody below it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sencoapp.documents.content import Block, Content, Heading, Paragraph, Part, Title, quiet, strong
from sencoapp.domain.dates import full_date
from sencoapp.reference import say


def answers_content(content: Mapping[str, Any]) -> Content:
    """``content`` is that of ``services.round_robins.answers_content``."""
    title = say("round_robins.answers_about", title=content["title"], pupil=content["pupil"])
    blocks: list[Block] = [Title(title, content["school"]), Paragraph(quiet(content["asked"]))]
    for question in content["questions"]:
        blocks.append(Heading(question["text"]))
        for each in question["answers"]:
            blocks.append(Paragraph(strong(each["name"]), keep=True))
            blocks.append(Paragraph(each["text"] or quiet(say("round_robins.answers_none"))))
        if not question["answers"]:
            blocks.append(Paragraph(quiet(say("round_robins.answers_none"))))
    if content["waiting"]:
        blocks.append(Paragraph(quiet(say("round_robins.answers_waiting", names=", ".join(content["waiting"])))))
    made_on = date.fromisoformat(content["made_on"])
    foot = say("round_robins.answers_foot", school=content["school"], day=full_date(made_on))
    return Content(
        title=title,
        author=content["made_by"],
        subject=say("round_robins.answers_title"),
        head=content["school"],
        foot=say("documents.demo_foot", foot=foot) if content["demo"] else foot,
        made_on=made_on,
        parts=(Part(say("round_robins.answers_title"), blocks),),
    )

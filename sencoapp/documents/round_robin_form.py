"""The questions to one member of staff as a PDF form: readable, with a name on every field.

Its fields: ``answer_0`` and so on, then ``token`` and ``pupil``, which cannot be changed. ``round_robin_return`` reads them back.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sencoapp.documents.content import AnswerField, Block, Content, Paragraph, Part, Stretch, Title, quiet, strong
from sencoapp.documents.pdf.press import printed
from sencoapp.reference import say

_LINES = 6


def round_robin_pdf(content: Mapping[str, Any]) -> bytes:
    """The same content gives the same bytes."""
    return printed(form_content(content))


def form_content(content: Mapping[str, Any]) -> Content:
    """``content`` is that of ``services.round_robin_returns.form_content``."""
    title = say("round_robins.form_heading", title=content["title"], pupil=content["pupil"])
    foot = say("round_robins.form_code", token=content["token"])
    blocks: list[Block] = [
        Title(title, say("round_robins.form_for", name=content["name"])),
        Paragraph(say("round_robins.form_about", sender=content["sender"], pupil=content["pupil"])),
        Paragraph(strong(say("round_robins.form_how_pdf", due=content["due"]))),
    ]
    if any(each["required"] for each in content["questions"]):
        blocks.append(Paragraph(say("round_robins.form_required"), small=True))
    for number, question in enumerate(content["questions"]):
        blocks += _question(number, question)
    blocks += [
        Stretch(8),
        Paragraph(quiet(say("round_robins.form_codes")), small=True, keep=True),
        AnswerField("token", say("round_robins.form_token"), value=content["token"], fixed=True, share=0.5),
        AnswerField("pupil", say("round_robins.form_pupil"), value=content["pupil_code"], fixed=True, share=0.5),
    ]
    return Content(
        title=title,
        author=content["sender"],
        subject=say("round_robins.form_title"),
        head=content["school"],
        foot=say("documents.demo_foot", foot=foot) if content["demo"] else foot,
        made_on=date.fromisoformat(content["made_on"]),
        parts=(Part(say("round_robins.form_private", sender=content["sender"]), blocks),),
    )


def _question(number: int, question: Mapping[str, Any]) -> list[Block]:
    words = f"{number + 1}. {question['text']}{' *' if question['required'] else ''}"
    asked: list[Block] = [Stretch(8), Paragraph(strong(words), keep=True)]
    name, required = f"answer_{number}", question["required"]
    if question["scale"]:
        choose = say("round_robins.form_choose")
        choices = (choose, *question["scale"])
        return [*asked, AnswerField(name, words, choices=choices, value=choose, required=required, share=0.5)]
    return [*asked, AnswerField(name, words, lines=_LINES, required=required)]

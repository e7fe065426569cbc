"""The letter that goes with a pupil's record to the next school, with the receipt to sign and send back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sencoapp.documents.content import Block, Bullets, Content, Heading, Notice, Pairs, Paragraph, Part, SignatureLines, Title
from sencoapp.documents.phrases import day_of, known
from sencoapp.domain.dates import full_date
from sencoapp.reference import say


def hand_over_receipt_content(content: Mapping[str, Any]) -> Content:
    """A page that says what comes and how it is opened, and one to sign and send back. The code is on neither."""
    made_on = date.fromisoformat(content["made_on"])
    title = say("leaving.receipt_title")
    apart = say("leaving.receipt_apart", day=day_of(content["apart_due"]) or say("leaving.receipt_apart_5"))
    blocks: tuple[Block, ...] = (
        Title(title, say("leaving.receipt_note", school=content["school"], to=content["to"]), large=True),
        Pairs(
            (
                (say("leaving.receipt_pupil"), content["pupil"]),
                (say("leaving.receipt_born"), known(day_of(content["birth_date"]))),
                (say("leaving.receipt_upn"), known(content["upn"])),
                (say("leaving.receipt_left"), day_of(content["left_on"])),
                (say("leaving.receipt_due"), f"{day_of(content['due']) or say('access.due_unknown')}\n{content['citation']}"),
                (say("leaving.receipt_fingerprint"), content["fingerprint"]),
            )
        ),
        Heading(say("leaving.receipt_how")),
        Bullets([say(f"leaving.receipt_how_{each}") for each in (1, 2, 3)]),
        Notice(
            say("leaving.receipt_not_in_it"), [apart, say("leaving.receipt_left_out", count=content["left_out"])], content["apart_citation"]
        ),
    )
    receipt: tuple[Block, ...] = (
        Title(say("leaving.receipt_heading")),
        Paragraph(say("leaving.receipt_words", to=content["to"], pupil=content["pupil"], school=content["school"]), keep=True),
        SignatureLines([(say(f"leaving.receipt_line_{each}"), each == "signed") for each in ("name", "role", "signed", "day")]),
        Paragraph(say("leaving.receipt_sha", sha256=content["sha256"]), small=True),
    )
    foot = say("leaving.receipt_foot", school=content["school"], day=full_date(made_on))
    return Content(
        title=title,
        author=content["made_by"],
        subject=say("leaving.receipt_note", school=content["school"], to=content["to"]),
        head=content["school"],
        foot=say("documents.demo_foot", foot=foot) if content["demo"] else foot,
        made_on=made_on,
        parts=(Part(title, blocks), Part(say("leaving.receipt_heading"), receipt)),
    )

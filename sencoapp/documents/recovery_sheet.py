"""The printed way back into a profile: one page, a large code, and what to do with it. Holds no pupil's data."""

import re
from datetime import date

from sencoapp.documents.content import Bullets, Code, Content, Heading, Notice, Pairs, Paragraph, Part, Title
from sencoapp.domain.dates import full_date
from sencoapp.domain.snapshot import RecoveryContent
from sencoapp.reference import say

_LONGEST = 90


def recovery_content(content: RecoveryContent) -> Content:
    """The sheet's words."""
    made_on = date.fromisoformat(content["made_on"])
    title = say("documents.recovery_title")
    blocks = (
        Title(title, say("documents.recovery_note"), large=True),
        Pairs(
            (
                (say("documents.recovery_school"), _brief(content["school"])),
                (say("documents.recovery_person"), _brief(content["person"])),
                (say("documents.recovery_profile"), _brief(content["profile"])),
                (say("documents.recovery_made"), full_date(made_on)),
            )
        ),
        Heading(say("documents.recovery_code")),
        Code(groups_of_four(content["code"])),
        Paragraph(say("documents.recovery_letters"), small=True),
        Heading(say("documents.recovery_how")),
        Bullets([say(f"documents.recovery_how_{each}") for each in (1, 2, 3)]),
        Heading(say("documents.recovery_where")),
        Bullets([say(f"documents.recovery_where_{each}") for each in (1, 2)]),
        Notice(say("documents.recovery_warning"), (say("documents.recovery_warning_words"),)),
    )
    return Content(
        title=title,
        author=content["person"],
        subject=say("documents.recovery_note"),
        head=content["school"],
        foot=say("documents.recovery_foot", day=full_date(made_on)),
        made_on=made_on,
        parts=(Part(say("documents.recovery_title"), blocks),),
        numbered=False,
    )


def _brief(text: str) -> str:
    """At most two lines, so that the sheet stays one page."""
    return text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + "…"


def groups_of_four(code: str) -> list[str]:
    """ "7K4M-2X9P" or "7k4m2x9p" as 7K4M, 2X9P."""
    letters = re.sub(r"[^0-9A-Z]", "", code.upper())
    return [letters[start : start + 4] for start in range(0, len(letters), 4)]

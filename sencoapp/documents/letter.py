"""A letter about a pupil to one person: the school's head, one name and address, and the words that were typed."""

from datetime import date

from sencoapp.documents.content import Block, Content, Heading, Paragraph, Part, Stretch, Title
from sencoapp.documents.crest import crest_in
from sencoapp.domain.dates import full_date
from sencoapp.domain.snapshot import LetterContent
from sencoapp.reference import say


def letter_content(letter: LetterContent) -> Content:
    """The letter's words. No other person's name or address is in it but what was typed."""
    made_on = date.fromisoformat(letter["made_on"])
    subject = say("documents.letter_about", name=letter["about"], subject=letter["subject"])
    blocks: tuple[Block, ...] = (
        Title(letter["school"], " · ".join(letter["school_lines"]), crest=crest_in(letter, letter["school"])),
        Stretch(10),
        Paragraph("\n".join((letter["recipient"], *letter["address"]))),
        Paragraph(full_date(made_on)),
        Stretch(6),
        Paragraph(letter["salutation"]),
        Heading(subject),
        Paragraph(letter["text"]),
        Stretch(8),
        Paragraph(say("documents.letter_close"), keep=True),
        Stretch(34),
        Paragraph("\n".join((letter["signed_by"], letter["signed_role"]))),
    )
    foot = say("documents.letter_foot", school=letter["school"])
    if letter["large_print"]:  # it would not fit below the page
        blocks, foot = (*blocks, Stretch(8), Paragraph(foot)), ""
    return Content(
        title=subject,
        author=letter["signed_by"],
        subject=subject,
        head="",
        foot=say("documents.demo_foot", foot=foot) if letter["demo"] else foot,
        made_on=made_on,
        parts=(Part(subject, blocks),),
        large_print=letter["large_print"],
    )

"""The pages at the end of a filled PDF form: answers that have no room in their boxes, whole."""

from collections.abc import Sequence
from datetime import date

from sencoapp.documents.content import Block, Content, Heading, Paragraph, Part, Title
from sencoapp.documents.pdf.press import printed
from sencoapp.reference import say


def more_pages(answers: Sequence[tuple[str, str]]) -> bytes:
    """A PDF of labels with their whole answers. The same answers give the same bytes."""
    title = say("documents.own_form_more")
    blocks: list[Block] = [Title(title, say("documents.own_form_more_note"))]
    for label, words in answers:
        blocks += [Heading(label), Paragraph(words)]
    return printed(Content(title, "", title, "", "", date(2000, 1, 1), (Part(title, tuple(blocks)),), numbered=False))

"""A drawing of our own as a picture: laid out once, by the hand that lays it out on paper."""

from io import BytesIO
from typing import Any

from sencoapp.documents.content import Block, Part
from sencoapp.documents.pdf.blocks import strips_of
from sencoapp.documents.pdf.ink import Ink
from sencoapp.documents.pdf.tags import written
from sencoapp.documents.pdf.type import LEFT, RIGHT

_SHARP = 3.0
"""Dots for each point: 216 an inch."""


def picture_of(block: Block, width: float) -> tuple[bytes, float]:
    """A PNG of a block that is ``width`` points wide, and its height in points. The same block gives the same bytes."""
    import pypdfium2

    strips = strips_of(Part("", (block,)), width)
    high = sum(each.height for each in strips) + 2
    ink = Ink((LEFT + width + RIGHT, high))
    down = 1.0
    for each in strips:
        each.draw(ink, down)
        down += each.height
    library: Any = pypdfium2
    document = library.PdfDocument(written(ink)[0])
    try:
        page = document[0].render(scale=_SHARP, crop=(LEFT, 0, RIGHT, 0), grayscale=True).to_pil()
    finally:
        document.close()
    out = BytesIO()
    page.save(out, "PNG", optimize=True)
    return out.getvalue(), high

"""From content to a finished PDF, for documents without evidence."""

from io import BytesIO

from pikepdf import Pdf

from sencoapp.documents.content import Content
from sencoapp.documents.pdf.finish import fasten, whole
from sencoapp.documents.pdf.flow import draw, lay_out


def printed(content: Content) -> bytes:
    """A PDF of the content. The same content gives the same bytes."""
    drawn = draw(content, lay_out(content))
    with Pdf.open(BytesIO(drawn.pdf)) as pdf:
        fasten(pdf, content, drawn)
        return whole(pdf, drawn.pdf)

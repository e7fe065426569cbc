"""Pages as a scanner sees them, as good and as bad as a test wants them."""

import io

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from sencoapp import reference

FONT = str(reference.path_of("fonts", "AtkinsonHyperlegibleNext-Regular.ttf"))


def scan(dots: int, ink: int = 20, paper: int = 250, *, lines: int = 40, side: bool = False) -> Image.Image:
    """A page of typed lines as a scanner sees it."""
    wide, tall = round(8.27 * dots), round(11.69 * dots)
    picture = Image.new("L", (wide, tall), paper)
    pen, font = ImageDraw.Draw(picture), ImageFont.truetype(FONT, max(6, dots // 6))
    for line in range(lines):
        pen.text((dots * 0.8, dots * (1 + line * 0.24)), f"Line {line}: he joined the group for ten minutes.", fill=ink, font=font)
    return picture.rotate(90, expand=True) if side else picture


def pdf_of(*pictures: Image.Image | str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for each in pictures:
        if isinstance(each, str):
            canvas.drawString(72, 700, each)
        else:
            canvas.drawImage(ImageReader(each), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return out.getvalue()

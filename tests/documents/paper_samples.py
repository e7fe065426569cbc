"""Papers as they come from outside: reports of another program, a telephone's photos, scanned drawings. All invented."""

import io

import pikepdf
from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas


def report(pages: int, title: str, *, size: tuple[float, float] = A4, rotate: int = 0) -> bytes:
    """A report as another program would print it, with words right down to the foot of its pages."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    for page in range(1, pages + 1):
        canvas.setFont("Times-Bold", 16)
        canvas.drawString(72, size[1] - 80, title)
        canvas.setFont("Times-Roman", 11)
        for line in range(int((size[1] - 140) / 15)):
            canvas.drawString(
                72, size[1] - 110 - 15 * line, f"Page {page}, line {line + 1}. He looks carefully and remembers what he has seen."
            )
        canvas.drawRightString(size[0] - 20, 14, f"Very last words of page {page}")
        canvas.showPage()
    canvas.save()
    return turned(out.getvalue(), rotate) if rotate else out.getvalue()


def turned(content: bytes, degrees: int) -> bytes:
    """The same pages, to be looked at turned."""
    out = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            page.obj.Rotate = degrees
        pdf.save(out)
    return out.getvalue()


def photo(width: int = 2400, height: int = 1800, *, orientation: int | None = 6, gps: bool = True) -> bytes:
    """A photo that a telephone took lying on its side, red at its own left edge, with the place where it was taken."""
    image = Image.new("RGB", (width, height), (236, 228, 210))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 10, height), fill=(200, 30, 30))
    for y in range(height // 6, height, height // 12):
        draw.line((width // 6, y, width - width // 8, y), fill=(60, 70, 110), width=8)
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    if gps:
        exif[0x010F] = "SecretCamera"
        exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 38.0, 0.0), 3: "W", 4: (1.0, 8.0, 0.0)})
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80, exif=exif)
    return out.getvalue()


def drawing(mode: str = "RGBA", size: tuple[int, int] = (900, 1200)) -> bytes:
    image = Image.new(mode, size, (255, 255, 255, 0) if mode == "RGBA" else 255)
    draw = ImageDraw.Draw(image)
    for place in range(6):
        ink = (40, 60 + 30 * place, 120, 255) if mode == "RGBA" else 0
        draw.ellipse((60 + 70 * place, 120 * (place + 1), 300 + 70 * place, 120 * (place + 1) + 180), outline=ink, width=8)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()

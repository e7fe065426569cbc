"""What every document says and how its pages look, kept beside the tests.

After a change that is meant: ``python -m tests.documents.golden`` writes them anew, then look at ``git diff`` and at the
pictures before you commit. Words are compared as they are. Pictures are small and grey, all pages of a document below each
other, and compared with patience for another computer's rounding: what moves by a line or more is told.
"""

import sys
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from tests.documents.every_document import USUAL, paper

FOLDER = Path(__file__).parent / "golden"
SCALE = 0.3
"""Of 72 dots an inch: headings and tables can be made out, words cannot."""
_STEP = 17
"""Between two of sixteen shades, of 255: four bits a dot."""
_DARKER = 40
"""Of 255 shades: a difference that is one."""
MOST = 0.002
"""The share of the picture that may differ."""


def place_of(method: str, variant: str, ending: str) -> Path:
    return FOLDER / f"{method}, {variant}.{ending}".replace(", usual.", ".").replace(" ", "_")


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]
    finally:
        document.close()
    lines = "\n\f\n".join(pages).split("\n")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def look_of(pdf: bytes) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.render(scale=SCALE, grayscale=True).to_pil().convert("L") for page in document]
    finally:
        document.close()
    whole = Image.new("L", (max(each.width for each in pages), sum(each.height + 2 for each in pages)), 128)
    down = 0
    for each in pages:
        whole.paste(each, (0, down))
        down += each.height + 2
    return whole


def difference(one: Image.Image, other: Image.Image) -> float:
    """The share of a picture in which the two clearly differ, after both were blurred a little; 1 where their sizes do."""
    if one.size != other.size:
        return 1.0
    soft = (each.filter(ImageFilter.GaussianBlur(0.7)) for each in (one, other))
    shades = ImageChops.difference(*soft).histogram()
    return sum(shades[_DARKER:]) / (one.width * one.height)


def write() -> None:
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    for method, variant in USUAL:
        made = paper(method, variant)
        place_of(method, variant, "txt").write_text(words_of(made), "utf-8")
        sixteen = look_of(made).point(lambda shade: round(shade / _STEP) * _STEP)
        sixteen.quantize(16).save(place_of(method, variant, "png"), optimize=True)


if __name__ == "__main__":
    write()
    sys.stdout.write(f"Written to {FOLDER}. Look at the difference before you commit it.\n")

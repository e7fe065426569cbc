"""Draws what is written into the boxes of a PDF form, with our own fonts in the file, so that every viewer shows the same letters."""

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from sencoapp.documents.own_forms.pdf_fields import Field, Widget
from sencoapp.documents.pdf.text import Line, lacks_letters, lines, printable, shortened
from sencoapp.documents.pdf.type import REGULAR, Style, font, width_of

_LARGEST, _SMALLEST, _SMALLEST_LINE = 12.0, 8.0, 7.0
_PAD = 2.0
_LEADING = 1.2
_SIZE = re.compile(r"([\d.]+)\s+Tf")


@dataclass
class Drawing:
    """The words of one field as they stand in its boxes. ``goes_on``: they have no room, and stand whole on another page."""

    name: str
    field: Field
    whole: str
    shown: str
    goes_on: bool
    lacks_letters: bool
    size: float
    drawn: list[Line] = dataclasses.field(default_factory=list)

    @classmethod
    def of(cls, each: Field, words: str, *, goes_on: str) -> "Drawing":
        """Lays the words out in the first box of the field. ``goes_on`` is what is written at the end of what has no room."""
        plain = printable(words.strip())
        lacking = lacks_letters(words)
        width, height = _inner(each.widgets[0])
        if each.is_comb:
            assert each.most is not None
            letters = " ".join(plain.split())
            return cls(each.name, each, plain, letters[: each.most], len(letters) > each.most, lacking, min(_LARGEST, height * 0.75))
        if each.is_multiline:
            return cls._in_lines(each, plain, goes_on, lacking, width, height)
        line = "; ".join(filter(None, (part.strip() for part in plain.split("\n"))))
        most = line if each.most is None else line[: each.most]
        size = _fitting_size(each, most, width, height)
        shown = most if width_of(most, REGULAR, size) <= width else shortened(most, REGULAR, size, width)
        return cls(each.name, each, plain, shown, shown != line, lacking, size)

    @classmethod
    def _in_lines(cls, each: Field, plain: str, goes_on: str, lacking: bool, width: float, height: float) -> "Drawing":
        room = plain if each.most is None or len(plain) <= each.most else ""
        asked = _asked_size(each) or _LARGEST
        size, drawn = _fitting_lines(room, asked, width, height)
        if room and drawn:
            return cls(each.name, each, plain, plain, False, lacking, size, drawn)
        style = Style(_SMALLEST + 1, (_SMALLEST + 1) * _LEADING)
        most = max(1, int(height / style.leading))
        low, high = 0, len(plain) if each.most is None else max(0, min(len(plain), each.most - len(goes_on) - 3))
        while low < high:
            middle = (low + high + 1) // 2
            if len(lines(_begun(plain, middle, goes_on), style, width)) <= most:
                low = middle
            else:
                high = middle - 1
        shown = _begun(plain, low, goes_on)
        size, drawn = _fitting_lines(shown, asked, width, height)
        return cls(each.name, each, plain, shown, True, lacking, size, drawn or lines(shown, style, width)[:most])


def _fitting_lines(words: str, asked: float, width: float, height: float) -> tuple[float, list[Line]]:
    """The largest size in which the words have room, with their lines; none where even the smallest is too large."""
    size = asked
    while words:
        drawn = lines(words, Style(size, size * _LEADING), width)
        if len(drawn) * size * _LEADING <= height + 0.5:
            return size, drawn
        if size <= _SMALLEST:
            break
        size = max(_SMALLEST, size - 0.5)
    return size, []


def _begun(words: str, most: int, goes_on: str) -> str:
    """The first whole words, and where they go on."""
    begun = words[:most]
    if most < len(words) and " " in begun.strip():
        begun = begun.rsplit(None, 1)[0]
    return f"{begun.rstrip()} … {goes_on}".strip()


def draw_all(pdf: Any, drawings: Sequence[Drawing]) -> None:
    """Gives every box of every drawn field its look. The fonts are put into the file once."""
    import pikepdf

    boxes = [(drawing, widget) for drawing in drawings for widget in drawing.field.widgets]
    if not boxes:
        return
    with pikepdf.Pdf.open(BytesIO(_sheets(boxes))) as drawn:
        for page, (_, widget) in zip(drawn.pages, boxes, strict=True):
            look = pdf.copy_foreign(page.as_form_xobject())
            look.write(b"/Tx BMC q " + look.read_bytes() + b" Q EMC")
            width, height = widget.box[2] - widget.box[0], widget.box[3] - widget.box[1]
            turned = _turned(widget)
            if turned:
                look.Matrix = pikepdf.Array(_MATRICES[turned](width, height))
            if not isinstance(widget.annotation.get("/AP"), pikepdf.Dictionary):
                widget.annotation["/AP"] = pikepdf.Dictionary()
            widget.annotation.AP["/N"] = look


_MATRICES: Mapping[int, Callable[[float, float], list[float]]] = {
    90: lambda width, _height: [0, 1, -1, 0, width, 0],
    180: lambda width, height: [-1, 0, 0, -1, width, height],
    270: lambda _width, height: [0, -1, 1, 0, 0, height],
}


def _turned(widget: Widget) -> int:
    marks = widget.annotation.get("/MK")
    return int(marks.get("/R", 0)) % 360 if marks is not None else 0


def _sheets(boxes: Sequence[tuple[Drawing, Widget]]) -> bytes:
    """A page for each box, as large as the box, with its words on it."""
    from reportlab.pdfgen import canvas

    library: Any = canvas
    font(REGULAR)
    out = BytesIO()
    sheets: Any = library.Canvas(out, invariant=1)
    for drawing, widget in boxes:
        width, height = _size(widget)
        sheets.setPageSize((width, height))
        _ground(sheets, widget, width, height)
        sheets.setFillColorRGB(0, 0, 0)
        _words(sheets, drawing, width, height)
        sheets.showPage()
    sheets.save()
    return out.getvalue()


def _ground(sheets: Any, widget: Widget, width: float, height: float) -> None:
    """The ground and the border that the form gives the box."""
    marks = widget.annotation.get("/MK")
    ground = _colour(marks.get("/BG")) if marks is not None else None
    border = _colour(marks.get("/BC")) if marks is not None else None
    if ground is not None:
        sheets.setFillColorRGB(*ground)
        sheets.rect(0, 0, width, height, stroke=0, fill=1)
    if border is not None:
        style = widget.annotation.get("/BS")
        thick = float(style.get("/W", 1)) if style is not None else 1.0
        if thick > 0:
            sheets.setStrokeColorRGB(*border)
            sheets.setLineWidth(thick)
            sheets.rect(thick / 2, thick / 2, width - thick, height - thick, stroke=1, fill=0)


def _words(sheets: Any, drawing: Drawing, width: float, height: float) -> None:
    size = drawing.size
    sheets.setFont(REGULAR, size)
    if drawing.field.is_comb:
        step = width / (drawing.field.most or 1)
        for number, each in enumerate(drawing.shown):
            sheets.drawCentredString(step * (number + 0.5), (height - size * 0.7) / 2, each)
        return
    if drawing.field.is_multiline:
        y = height - _PAD - size
        for line in drawing.drawn:
            _line(sheets, line.text, drawing.field.align, width, y)
            y -= size * _LEADING
        return
    _line(sheets, drawing.shown, drawing.field.align, width, (height - size * 0.7) / 2)


def _line(sheets: Any, words: str, align: int, width: float, y: float) -> None:
    if align == 1:
        sheets.drawCentredString(width / 2, y, words)
    elif align == 2:
        sheets.drawRightString(width - _PAD, y, words)
    else:
        sheets.drawString(_PAD, y, words)


def _fitting_size(each: Field, words: str, width: float, height: float) -> float:
    size = _asked_size(each) or max(_SMALLEST_LINE, min(_LARGEST, height * 0.72))
    while size > _SMALLEST_LINE and width_of(words, REGULAR, size) > width:
        size = max(_SMALLEST_LINE, size - 0.5)
    return size


def _asked_size(each: Field) -> float:
    """The size that the form asks for; 0 where it leaves it open."""
    found = _SIZE.search(each.look)
    return float(found.group(1)) if found and found.group(1).count(".") <= 1 and found.group(1) != "." else 0.0


def _size(widget: Widget) -> tuple[float, float]:
    """Width and height of a box as its words run."""
    width, height = max(1.0, widget.box[2] - widget.box[0]), max(1.0, widget.box[3] - widget.box[1])
    return (height, width) if _turned(widget) in (90, 270) else (width, height)


def _inner(widget: Widget) -> tuple[float, float]:
    width, height = _size(widget)
    return max(1.0, width - 2 * _PAD), max(1.0, height - 2 * _PAD)


def _colour(numbers: Any) -> tuple[float, float, float] | None:
    """A colour of one, three or four parts as red, green and blue; None for a box without one."""
    if numbers is None:
        return None
    parts = [min(1.0, max(0.0, float(each))) for each in numbers]
    if len(parts) == 1:
        return parts[0], parts[0], parts[0]
    if len(parts) == 3:
        return parts[0], parts[1], parts[2]
    if len(parts) == 4:
        cyan, magenta, yellow, black = parts
        return (1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black)
    return None

"""Places to write in on the screen (ISO 32000-1, 12.7): each with a look of its own, so that no reader has to invent one.

PDF/A-2 asks for that, for fonts that are embedded, for no actions, and for no hidden field (ISO 19005-2, 6.2.11, 6.3 and 6.4).
"""

from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, String

from sencoapp.documents.content import AnswerField
from sencoapp.documents.pdf import type as look
from sencoapp.documents.pdf.ink import FieldBox
from sencoapp.documents.pdf.text import printable
from sencoapp.reference import path_of

FIELD_PAD = 4.0
_FIXED, _REQUIRED, _MULTILINE, _COMBO = 1 << 0, 1 << 1, 1 << 12, 1 << 17
_PRINTED = 1 << 2
_FIRST, _LAST = 32, 255
_NONSYMBOLIC = 1 << 5


class Fields:
    """The form of one PDF. Its font is whole, not cut down: what will be typed is not known yet."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._font = pdf.make_indirect(_whole_font(pdf))
        self._form = pdf.make_indirect(
            Dictionary(Fields=Array([]), DR=Dictionary(Font=Dictionary(Answer=self._font)), DA=String(_appearance()))
        )
        pdf.Root.AcroForm = self._form

    def add(self, made: FieldBox, page: Any, key: int) -> Any:
        """The field on its page; ``key`` is its place in the tree of tags."""
        field = made.field
        flags = (_FIXED if field.fixed else 0) | (_REQUIRED if field.required else 0)
        widget = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            T=String(field.name),
            TU=String(printable(field.label)),
            Rect=Array([round(each, 2) for each in made.box]),
            F=_PRINTED,
            P=page,
            DA=String(_appearance()),
            BS=Dictionary(W=0.8, S=Name.S),
            MK=Dictionary(BC=Array(list(look.LINE)), BG=Array(list(look.PAPER))),
            AP=Dictionary(N=self._look(field, made.box)),
            V=String(field.value),
            StructParent=key,
        )
        if field.choices:
            widget.FT, widget.Opt = Name.Ch, Array([String(each) for each in field.choices])
            flags |= _COMBO
        else:
            widget.FT, widget.MaxLen = Name.Tx, field.most
            flags |= _MULTILINE if field.lines > 1 else 0
        widget.Ff = flags
        made_field = self._pdf.make_indirect(widget)
        self._form.Fields.append(made_field)
        return made_field

    def _look(self, field: AnswerField, box: tuple[float, float, float, float]) -> Any:
        wide, high = box[2] - box[0], box[3] - box[1]
        edge, paper = (" ".join(f"{each:.3f}" for each in colour) for colour in (look.LINE, look.PAPER))
        shown = field.value.encode("cp1252", "replace").hex()
        words = f"BT {_appearance()} {FIELD_PAD:g} {high / 2 - look.FIELD.size * 0.34:.2f} Td <{shown}> Tj ET" if shown else ""
        return self._pdf.make_stream(
            f"q {paper} rg 0 0 {wide:.2f} {high:.2f} re f {edge} RG 0.8 w 0.4 0.4 {wide - 0.8:.2f} {high - 0.8:.2f} re S Q\n"
            f"/Tx BMC q {words} Q EMC".encode("ascii"),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, round(wide, 2), round(high, 2)]),
            Resources=Dictionary(Font=Dictionary(Answer=self._font)),
        )


def _appearance() -> str:
    return f"/Answer {look.FIELD.size:g} Tf {' '.join(f'{each:.3f}' for each in look.INK)} rg"


def _whole_font(pdf: Pdf) -> Dictionary:
    face = look.font(look.REGULAR).face
    content = path_of("fonts", look.file_of(look.REGULAR)).read_bytes()
    letters = [bytes([code]).decode("cp1252", "replace") for code in range(_FIRST, _LAST + 1)]
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=Name("/AtkinsonHyperlegibleNext-Regular"),
        Encoding=Name.WinAnsiEncoding,
        FirstChar=_FIRST,
        LastChar=_LAST,
        Widths=Array([round(face.charWidths.get(ord(each), face.defaultWidth)) for each in letters]),
        FontDescriptor=pdf.make_indirect(
            Dictionary(
                Type=Name.FontDescriptor,
                FontName=Name("/AtkinsonHyperlegibleNext-Regular"),
                Flags=_NONSYMBOLIC,
                FontBBox=Array([round(each) for each in face.bbox]),
                ItalicAngle=round(face.italicAngle),
                Ascent=round(face.ascent),
                Descent=round(face.descent),
                CapHeight=round(face.capHeight),
                StemV=round(face.stemV),
                FontFile2=pdf.make_stream(content, Length1=len(content)),
            )
        ),
    )

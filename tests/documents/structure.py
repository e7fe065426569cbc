"""Reads a tagged PDF as a screen reader does: the tree of tags with the words, sizes and colours of what each tag holds."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name


@dataclass
class Piece:
    """What is drawn inside one mark: its words, and the size and colour of each letter of them."""

    text: str = ""
    sizes: list[float] = field(default_factory=list)
    colours: list[tuple[float, ...]] = field(default_factory=list)


@dataclass
class Element:
    name: str
    source: Any
    kids: list["Element"] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    """Page and number of each mark."""
    pieces: list[Piece] = field(default_factory=list)
    objects: int = 0
    """How many links and fields belong to it."""

    def walk(self) -> Iterator["Element"]:
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def all(self, *names: str) -> list["Element"]:
        return [each for each in self.walk() if each.name in names]

    @property
    def text(self) -> str:
        return " ".join(" ".join(piece.text for each in self.walk() for piece in each.pieces).split())

    def attribute(self, name: str) -> Any:
        attributes = self.source.get("/A")
        return attributes.get(name) if isinstance(attributes, Dictionary) else None


@dataclass
class Read:
    root: Element
    marks: dict[tuple[int, int], Piece]
    loose: list[Piece]
    """What is drawn neither in a tag nor as an artifact. Nothing should be."""


def read(pdf: bytes) -> Read:
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as opened:
        pages = {page.obj.objgen: number for number, page in enumerate(opened.pages)}
        marks: dict[tuple[int, int], Piece] = {}
        loose: list[Piece] = []
        for number, page in enumerate(opened.pages):
            _read_page(page, number, marks, loose)
        root = _element(opened.Root.StructTreeRoot.K, pages, marks, None)
        return Read(root, marks, loose)


def _element(source: Any, pages: dict[Any, int], marks: dict[tuple[int, int], Piece], page: int | None) -> Element:
    made = Element(str(source.S)[1:], Dictionary({key: value for key, value in source.items() if key in ("/A", "/Alt")}))
    page = pages[source.Pg.objgen] if "/Pg" in source else page
    kids = source.get("/K", Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR:
            made.objects += 1
        elif isinstance(kid, Dictionary) and kid.get("/Type") == Name.MCR:
            made.marks.append((pages[kid.Pg.objgen], int(kid.MCID)))
        elif isinstance(kid, Dictionary):
            made.kids.append(_element(kid, pages, marks, page))
        else:
            assert page is not None
            made.marks.append((page, int(kid)))
    made.pieces = [marks[each] for each in made.marks]
    return made


def _read_page(page: Any, number: int, marks: dict[tuple[int, int], Piece], loose: list[Piece]) -> None:
    tables = {name: _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
    stack: list[Piece | None] = []
    inside: Piece | None = None
    instead: str | None = None
    table: dict[int, str] = {}
    size, colour = 0.0, (0.0,)
    for operands, operator in pikepdf.parse_content_stream(page):
        kind = str(operator)
        if kind in ("BDC", "BMC"):
            stack.append(inside)
            properties = operands[1] if kind == "BDC" else None
            if isinstance(properties, Dictionary) and "/MCID" in properties:
                inside = marks[number, int(properties.MCID)] = Piece()
            elif isinstance(properties, Dictionary) and "/ActualText" in properties:
                instead = str(properties.ActualText)
                if inside is not None:
                    inside.text += instead
            elif str(operands[0]) == "/Artifact":
                inside = Piece()
        elif kind == "EMC":
            inside, instead = stack.pop(), None
            if inside is not None and not inside.text.endswith(" ") and len(stack) == 0:
                inside.text += " "
        elif kind == "Tf":
            table, size = tables[str(operands[0])], float(operands[1])
        elif kind in ("rg", "g"):
            colour = tuple(float(each) for each in operands)
        elif kind == "Tj":
            words = "".join(table[each] for each in bytes(operands[0]))
            if inside is None:
                loose.append(Piece(words))
                continue
            inside.text += "" if instead is not None else words
            inside.sizes += [size] * len(words)
            inside.colours += [colour] * len(words)
        elif kind in ("f", "S", "B", "b", "s") and inside is None:
            loose.append(Piece(f"<{kind}>"))


def _letters(font: Any) -> dict[int, str]:
    """Letters by their codes in a font of one byte each."""
    found: dict[int, str] = {}
    table = font.ToUnicode.read_bytes().decode("ascii")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.S):
        found |= {int(code, 16): _text(value) for code, value in re.findall(r"<(\w+)>\s*<(\w+)>", block)}
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.S):
        for first, _, values in re.findall(r"<(\w+)>\s*<(\w+)>\s*\[(.*?)\]", block, re.S):
            found |= {int(first, 16) + at: _text(value) for at, value in enumerate(re.findall(r"<(\w+)>", values))}
        for first, last, value in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            found |= {code: chr(int(value, 16) + code - int(first, 16)) for code in range(int(first, 16), int(last, 16) + 1)}
    return found


def _text(value: str) -> str:
    return bytes.fromhex(value).decode("utf-16-be")

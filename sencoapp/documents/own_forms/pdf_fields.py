"""The fields of a PDF form as they can be filled: what each is called, of what kind it is, and where its boxes lie."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

Box = tuple[float, float, float, float]

_READ_ONLY, _MULTILINE, _PASSWORD, _RADIO, _PUSH, _COMB = 1, 1 << 12, 1 << 13, 1 << 15, 1 << 16, 1 << 24
_HIDDEN, _NO_VIEW = 1 << 1, 1 << 5
_MOST_FIELDS, _DEEPEST = 5000, 24


@dataclass(frozen=True)
class Widget:
    """One box of a field on a page: ``box`` is left, bottom, right, top in points."""

    annotation: Any
    page: int
    box: Box

    def on_state(self) -> str:
        """The name of the state that is not Off; empty where it has no look of its own."""
        import pikepdf

        looks = self.annotation.get("/AP")
        normal = looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None
        if not isinstance(normal, pikepdf.Dictionary) or isinstance(normal, pikepdf.Stream):
            return ""
        return next((str(name) for name in normal.keys() if str(name) != "/Off"), "")  # noqa: SIM118


@dataclass(frozen=True)
class Field:
    """``field`` is the dictionary that holds the value. ``switches``: a choice among boxes of which one is on."""

    name: str
    kind: Literal["text", "tick", "choice", "signature"]
    field: Any
    widgets: tuple[Widget, ...]
    tip: str
    flags: int
    most: int | None
    listed: tuple[tuple[str, str], ...] = ()
    """What is written for a choice of a list, and what is shown."""
    switches: bool = False
    look: str = ""
    """The default appearance string (``/DA``)."""
    align: int = 0
    is_signed: bool = False

    @property
    def is_multiline(self) -> bool:
        return bool(self.flags & _MULTILINE)

    @property
    def is_comb(self) -> bool:
        return bool(self.flags & _COMB) and bool(self.most) and not self.flags & (_MULTILINE | _PASSWORD)

    def exported(self, shown: str) -> str:
        """What stands for a choice in the file."""
        return next((export for export, each in self.listed if each == shown), shown)

    def switch_on(self) -> None:
        """Ticks the box."""
        self.choose(0)

    def choose(self, number: int) -> None:
        """Switches on one of the boxes, and every other one off."""
        import pikepdf

        wanted = self.widgets[number].on_state() or "/Yes"
        for place, each in enumerate(self.widgets):
            alike = place == number or each.on_state() == wanted
            each.annotation["/AS"] = pikepdf.Name(wanted if alike else "/Off")
        self.field["/V"] = pikepdf.Name(wanted)


def fields_of(pdf: Any) -> list[Field]:
    """The fields that a person can fill, in the order of pages and from top to bottom."""
    import pikepdf

    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary) or not isinstance(form.get("/Fields"), pikepdf.Array):
        return []
    pages = {}
    for number, page in enumerate(pdf.pages):
        for each in page.obj.get("/Annots", []):
            if isinstance(each, pikepdf.Dictionary):
                pages[each.objgen] = number
    found: dict[str, Field] = {}
    for field, widgets, known, name in _ends(list(form.Fields), {"/DA": form.get("/DA"), "/Q": form.get("/Q")}, "", set(), 0):
        made = _field(field, widgets, known, name, pages)
        if made is not None and made.name not in found and len(found) < _MOST_FIELDS:
            found[made.name] = made
    return sorted(found.values(), key=lambda each: (each.widgets[0].page, -round(each.widgets[0].box[3] / 6), each.widgets[0].box[0]))


def _ends(
    fields: list[Any], above: dict[str, Any], name: str, seen: set[tuple[int, int]], depth: int
) -> Iterator[tuple[Any, list[Any], dict[str, Any], str]]:
    """The fields that hold a value, each with what it inherits (12.7.3.2)."""
    import pikepdf

    for each in fields:
        if not isinstance(each, pikepdf.Dictionary) or depth > _DEEPEST or len(seen) > 2 * _MOST_FIELDS:
            continue
        if each.is_indirect:
            if each.objgen in seen:
                continue
            seen.add(each.objgen)
        known = {key: each.get(key, above.get(key)) for key in ("/FT", "/Ff", "/MaxLen", "/Opt", "/DA", "/Q", "/V", "/TU")}
        own = f"{name}.{each.T}" if name and "/T" in each else str(each.get("/T", name))
        kids = [kid for kid in each.get("/Kids", []) if isinstance(kid, pikepdf.Dictionary)]
        if any("/T" in kid for kid in kids):
            yield from _ends(kids, known, own, seen, depth + 1)
        else:
            yield each, kids or [each], known, own


def _field(field: Any, widgets: list[Any], known: dict[str, Any], name: str, pages: dict[Any, int]) -> Field | None:
    kind, flags = str(known["/FT"] or ""), int(known["/Ff"] or 0)
    boxes = tuple(
        Widget(each, pages[each.objgen], _box(each.Rect))
        for each in widgets
        if each.objgen in pages and "/Rect" in each and not int(each.get("/F", 0)) & (_HIDDEN | _NO_VIEW)
    )
    if not boxes or not name or flags & _READ_ONLY or (kind == "/Btn" and flags & _PUSH):
        return None
    rest: dict[str, Any] = {"field": field, "widgets": boxes, "tip": str(known["/TU"] or ""), "flags": flags}
    rest |= {"look": str(known["/DA"] or ""), "align": int(known["/Q"] or 0), "most": int(known["/MaxLen"] or 0) or None}
    if kind == "/Tx":
        return Field(name, "text", **rest)
    if kind == "/Ch":
        return Field(name, "choice", listed=_listed(known["/Opt"]), **rest)
    if kind == "/Sig":
        return Field(name, "signature", is_signed=known["/V"] is not None, **rest)
    if kind == "/Btn":
        several = len({each.on_state() for each in boxes}) > 1 or bool(flags & _RADIO)
        return Field(name, "choice" if several else "tick", switches=several, **rest)
    return None


def _listed(options: Any) -> tuple[tuple[str, str], ...]:
    import pikepdf

    found = []
    for each in options if isinstance(options, pikepdf.Array) else ():
        export, shown = (each[0], each[1]) if isinstance(each, pikepdf.Array) and len(each) == 2 else (each, each)
        if str(shown).strip():
            found.append((str(export), str(shown)))
    return tuple(found)


def _box(rectangle: Any) -> Box:
    left, bottom, right, top = (float(each) for each in rectangle)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)

"""The tree of tags (ISO 32000-1, 14.7 and 14.8), with the links and fields that belong to its elements."""

from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, String

from sencoapp.documents.pdf.fields import Fields
from sencoapp.documents.pdf.ink import FieldBox, Ink, Link, Tag
from sencoapp.documents.pdf.text import printable


def fasten_tags(pdf: Pdf, ink: Ink, pages: list[Any]) -> None:
    """Everything that was drawn with a tag becomes an element, and each of its marks leads back to it."""
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    tree = _Tree(pdf, pages)
    root.K = tree.element(ink.root, root)
    numbers: list[Any] = []
    for page, marks in sorted(tree.owners.items()):
        pages[page].StructParents = page
        pages[page].Tabs = Name.S
        numbers += [page, pdf.make_indirect(Array([marks[each] for each in range(len(marks))]))]
    key = len(pages)
    form = Fields(pdf) if ink.fields else None
    boxes: list[Link | FieldBox] = [*ink.links, *ink.fields]
    for each in boxes:
        page = pages[each.page]
        if isinstance(each, Link):
            made = _link(pdf, each, pages[ink.places[each.place]], key)
        else:
            assert form is not None
            made = form.add(each, page, key)
        page.Annots = Array([*page.get("/Annots", []), made])
        page.Tabs = Name.S
        owner = tree.elements[each.tag]
        owner.K.append(Dictionary(Type=Name.OBJR, Obj=made, Pg=page))
        numbers += [key, owner]
        key += 1
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    root.ParentTreeNextKey = key
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _link(pdf: Pdf, link: Link, target: Any, key: int) -> Any:
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([round(each, 2) for each in link.box]),
            Border=Array([0, 0, 0]),
            Dest=Array([target, Name.XYZ, None, None, None]),
            Contents=String(printable(link.words)),
            F=4,
            StructParent=key,
        )
    )


class _Tree:
    def __init__(self, pdf: Pdf, pages: list[Any]) -> None:
        self._pdf = pdf
        self._pages = pages
        self.owners: dict[int, dict[int, Any]] = {}
        """For each page the element of each mark on it."""
        self.elements: dict[Tag, Any] = {}

    def element(self, tag: Tag, parent: Any) -> Any:
        element = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + tag.name), P=parent))
        self.elements[tag] = element
        if tag.words and tag.name != "Table":
            element[Name.Alt] = String(printable(tag.words))
        attributes = _attributes(tag)
        if attributes is not None:
            element.A = attributes
        kids: list[Any] = []
        here = {kid[0] for kid in tag.kids if not isinstance(kid, Tag)}
        if len(here) == 1:
            element.Pg = self._pages[next(iter(here))]
        for kid in tag.kids:
            if isinstance(kid, Tag):
                kids.append(self.element(kid, element))
            else:
                page, mark = kid
                kids.append(mark if len(here) == 1 else Dictionary(Type=Name.MCR, Pg=self._pages[page], MCID=mark))
                self.owners.setdefault(page, {})[mark] = element
        element.K = Array(kids)
        return element


def _attributes(tag: Tag) -> Dictionary | None:
    """What an element says beside its kind (ISO 32000-1, 14.8.5): of a cell what it heads, of a table what it shows."""
    if tag.name in ("TH", "TD"):
        return _cell_attributes(tag)
    if tag.name == "Table" and tag.words:
        return Dictionary(O=Name.Table, Summary=String(printable(tag.words)))
    if tag.name == "L":
        return Dictionary(O=Name.List, ListNumbering=Name.Disc)
    if tag.box is not None:
        return Dictionary(O=Name.Layout, Placement=Name.Block, BBox=Array([round(each, 2) for each in tag.box]))
    return None


def _cell_attributes(tag: Tag) -> Dictionary:
    made = Dictionary(O=Name.Table)
    if tag.name == "TH":
        row = tag.parent
        first = row is not None and row.kids and row.kids[0] is tag
        alone = row is not None and any(isinstance(each, Tag) and each.name == "TD" for each in row.kids)
        made.Scope = Name.Row if (first and alone) or tag.span > 1 else Name.Column
    if tag.span > 1:
        made.ColSpan = tag.span
    return made

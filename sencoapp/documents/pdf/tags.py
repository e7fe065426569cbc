"""The pages with their tree of tags (ISO 32000-1, 14.7 and 14.8), and the links and fields that belong to its elements."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, String

from sencoapp.documents.pdf.behind import Behind, refers
from sencoapp.documents.pdf.fields import Fields
from sencoapp.documents.pdf.ink import FieldBox, Ink, Link, Tag
from sencoapp.documents.pdf.text import printable


def written(ink: Ink) -> tuple[bytes, Mapping[Tag, int]]:
    """All that was drawn as a PDF, and the numbers of the objects that its tags are. Links and fields are not in it yet."""
    begun, fonts = ink.fonts()
    file = Behind(begun)
    root, leaves, tags, owners = file.number(), file.number(), file.number(), file.number()
    pages = [file.number() for _ in ink.pages]
    tree = _Tree(file, pages)
    top = tree.element(ink.root, tags)
    listed = []
    pictures: dict[bytes, int] = {}
    for number, (drawn, page) in enumerate(zip(ink.pages, pages, strict=True)):
        wide, high = drawn.size
        content = file.add_stream("\n".join(drawn.code).encode("latin-1"))
        says = ""
        marks = tree.owners.get(number)
        if marks:
            of_page = file.number()
            file.add(of_page, f"[{' '.join(refers(marks[each]) for each in range(len(marks)))}]")
            listed.append(f"{number} {refers(of_page)}")
            says = f"/StructParents {number}/Tabs/S"
        file.add(
            page,
            f"<</Type/Page/Parent {refers(leaves)}/MediaBox[0 0 {wide:.3f} {high:.3f}]"
            f"/Resources<</Font {refers(fonts)}{_shown(file, drawn.pictures, pictures)}>>/Contents {refers(content)}{says}>>",
        )
    file.add(leaves, f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(map(refers, pages))}]>>")
    file.add(owners, f"<</Nums[{' '.join(listed)}]>>")
    file.add(tags, f"<</Type/StructTreeRoot/K {refers(top)}/ParentTree {refers(owners)}/ParentTreeNextKey {len(pages)}>>")
    file.add(root, f"<</Type/Catalog/Pages {refers(leaves)}/StructTreeRoot {refers(tags)}/MarkInfo<</Marked true>>>>")
    return file.whole(root), tree.elements


def _shown(file: Behind, on_page: Sequence[bytes], written: dict[bytes, int]) -> str:
    """The entry of a page's resources for its pictures; each of them is in the file once."""
    if not on_page:
        return ""
    from PIL import Image

    for each in on_page:
        if each not in written:
            with Image.open(BytesIO(each)) as picture:
                about = f"/Type/XObject/Subtype/Image/Width {picture.width}/Height {picture.height}/ColorSpace/DeviceRGB/BitsPerComponent 8"
                written[each] = file.add_stream(picture.convert("RGB").tobytes(), about)
    named = "".join(f"/Picture{number} {refers(written[each])}" for number, each in enumerate(on_page))
    return f"/XObject<<{named}>>"


def fasten_tags(pdf: Pdf, ink: Ink, elements: Mapping[Tag, int], pages: list[Any]) -> None:
    """Adds the links and the fields, each as a part of its element."""
    root = pdf.Root.StructTreeRoot
    key = int(root.ParentTreeNextKey)
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
        owner = pdf.get_object(elements[each.tag], 0)
        owner.K.append(Dictionary(Type=Name.OBJR, Obj=made, Pg=page))
        root.ParentTree.Nums.append(key)
        root.ParentTree.Nums.append(owner)
        key += 1
    root.ParentTreeNextKey = key


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
    def __init__(self, file: Behind, pages: list[int]) -> None:
        self._file = file
        self._pages = pages
        self.owners: dict[int, dict[int, int]] = {}
        """For each page the element of each mark on it."""
        self.elements: dict[Tag, int] = {}

    def element(self, tag: Tag, parent: int) -> int:
        """Everything that was drawn with a tag becomes an element, and each of its marks leads back to it."""
        number = self.elements[tag] = self._file.number()
        here = {kid[0] for kid in tag.kids if not isinstance(kid, Tag)}
        one = self._pages[next(iter(here))] if len(here) == 1 else None
        kids: list[str] = []
        for kid in tag.kids:
            if isinstance(kid, Tag):
                kids.append(refers(self.element(kid, number)))
            else:
                page, mark = kid
                kids.append(str(mark) if one else f"<</Type/MCR/Pg {refers(self._pages[page])}/MCID {mark}>>")
                self.owners.setdefault(page, {})[mark] = number
        where = f"/Pg {refers(one)}" if one else ""
        words = f"/Alt {_string(tag.words)}" if tag.words and tag.name != "Table" else ""
        self._file.add(number, f"<</Type/StructElem/S/{tag.name}/P {refers(parent)}{where}{words}{_attributes(tag)}/K[{' '.join(kids)}]>>")
        return number


def _string(words: str) -> str:
    return String(printable(words)).unparse().decode("latin-1")


def _attributes(tag: Tag) -> str:
    """What an element says beside its kind (ISO 32000-1, 14.8.5): of a cell what it heads, of a table what it shows."""
    if tag.name in ("TH", "TD"):
        return _cell_attributes(tag)
    if tag.name == "Table" and tag.words:
        return f"/A<</O/Table/Summary {_string(tag.words)}>>"
    if tag.name == "L":
        return "/A<</O/List/ListNumbering/Disc>>"
    if tag.box is not None:
        return f"/A<</O/Layout/Placement/Block/BBox[{' '.join(f'{each:.2f}' for each in tag.box)}]>>"
    return ""


def _cell_attributes(tag: Tag) -> str:
    said = f"/ColSpan {tag.span}" if tag.span > 1 else ""
    if tag.name == "TH":
        row = tag.parent
        first = row is not None and row.kids and row.kids[0] is tag
        alone = row is not None and any(isinstance(each, Tag) and each.name == "TD" for each in row.kids)
        said += "/Scope/Row" if (first and alone) or tag.span > 1 else "/Scope/Column"
    return f"/A<</O/Table{said}>>" if said else ""

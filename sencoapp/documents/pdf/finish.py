"""Fastens to drawn pages what is not drawn: outline, links, page labels, what the file says of itself, and the tree of tags."""

import hashlib
import re
from collections.abc import Iterable
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, OutlineItem, Page, Pdf, String

from sencoapp.documents.content import Content, Mark
from sencoapp.documents.pdf.flow import Drawn
from sencoapp.documents.pdf.ink import Tag
from sencoapp.documents.pdf.text import printable

_FIXED_ID = b"31415926535897932384626433832795"
_TRAILER = 20_000
"""Bytes at the end of a file in which its trailer lies, the cross-reference of the objects included."""
_NO_LETTER = re.compile(rb"<([0-9A-Fa-f]{2,4})>\s*<0000>")
_NO_LETTER_IN_RANGE = re.compile(rb"(\[\s*)<0000>")


def add_stamped_pages(pdf: Pdf, drawn: Drawn) -> None:
    """Adds a page with nothing but its stamp for each page of evidence, after the written pages."""
    fonts = pdf.pages[0].obj.Resources.Font
    for (wide, high), operators in drawn.stamps:
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, round(wide, 3), round(high, 3)]),
            Resources=Dictionary(Font=fonts),
            Contents=pdf.make_stream(operators),
        )
        pdf.pages.append(Page(page))


def fasten(pdf: Pdf, content: Content, drawn: Drawn) -> None:
    """Adds outline, links, labels, metadata and tags to the open PDF of these drawn pages."""
    _outline(pdf, content, drawn.ink.places)
    pages = [page.obj for page in pdf.pages]
    _tags(pdf, drawn, pages)
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
    pdf.Root.Lang = String("en-GB")
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    if content.parts and len(pages) > 3:
        pdf.Root.PageMode = Name.UseOutlines
    _name_unknown_letters(pdf)
    _describe(pdf, content, accessible=not content.evidence)


def whole(pdf: Pdf, identity: bytes) -> bytes:
    """The file's bytes. The same content gives the same bytes; ``identity`` is what the file's identifier is made from.

    qpdf's own way to a repeatable identifier reads the whole file once more, which for a pack of photos takes as long as
    writing it. So it writes its fixed one, and that is replaced here.
    """
    out = BytesIO()
    pdf.save(out, object_stream_mode=ObjectStreamMode.generate, compress_streams=True, static_id=True, min_version="1.7")
    own = hashlib.sha256(identity).hexdigest()[:32].encode()
    made = out.getbuffer()
    tail = bytes(made[-_TRAILER:])
    for place in re.finditer(_FIXED_ID, tail):
        start = len(made) - len(tail) + place.start()
        made[start : start + len(own)] = own
    made.release()
    return out.getvalue()


def marks_of(content: Content) -> Iterable[Mark]:
    for part in content.parts:
        for block in part.blocks:
            if isinstance(block, Mark) and block.bookmark:
                yield block


def _outline(pdf: Pdf, content: Content, places: dict[str, int]) -> None:
    marks = [*marks_of(content), *(Mark(page.place, page.bookmark) for page in content.evidence if page.bookmark)]
    with pdf.open_outline() as outline:
        above: list[OutlineItem] = []
        for mark in marks:
            item = OutlineItem(printable(mark.bookmark), places[mark.place])
            del above[mark.level :]
            (above[-1].children if above else outline.root).append(item)
            above.append(item)


def _describe(pdf: Pdf, content: Content, *, accessible: bool) -> None:
    made = datetime.combine(content.made_on, time(12)).strftime("%Y%m%d%H%M%S")
    pdf.docinfo = pdf.make_indirect(
        Dictionary(
            Title=String(printable(content.title)),
            Author=String(printable(content.author)),
            Subject=String(printable(content.subject)),
            Creator=String("SENCO app"),
            CreationDate=String(f"D:{made}Z"),
            ModDate=String(f"D:{made}Z"),
        )
    )
    pdf.Root.Metadata = pdf.make_stream(_xmp(content, accessible).encode(), Type=Name.Metadata, Subtype=Name.XML)


def _xmp(content: Content, accessible: bool) -> str:
    title, author, subject = (_xml(printable(each)) for each in (content.title, content.author, content.subject))
    claim = (
        '<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>'
    )
    made = _iso(content.made_on)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
        f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>"
        f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>'
        "<dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language>"
        f"<xmp:CreatorTool>SENCO app</xmp:CreatorTool><xmp:CreateDate>{made}</xmp:CreateDate><xmp:ModifyDate>{made}</xmp:ModifyDate>"
        f"</rdf:Description>{claim if accessible else ''}</rdf:RDF></x:xmpmeta>"
        '<?xpacket end="w"?>'
    )


def _iso(day: date) -> str:
    return f"{day.isoformat()}T12:00:00Z"


def _xml(text: str) -> str:
    return text.replace("\n", " ").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _tags(pdf: Pdf, drawn: Drawn, pages: list[Any]) -> None:
    """The structure tree and the links, each with its parent tree entry (ISO 32000-1, 14.7 and 14.8)."""
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    owners: dict[int, dict[int, Any]] = {}
    elements: dict[Tag, Any] = {}
    root.K = _element(pdf, drawn.ink.root, root, pages, owners, elements)
    numbers: list[Any] = []
    for page, marks in sorted(owners.items()):
        pages[page].StructParents = page
        pages[page].Tabs = Name.S
        numbers += [page, pdf.make_indirect(Array([marks[each] for each in range(len(marks))]))]
    key = len(pages)
    for link in drawn.ink.links:
        target = pages[drawn.ink.places[link.place]]
        made = pdf.make_indirect(
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
        page = pages[link.page]
        page.Annots = Array([*page.get("/Annots", []), made])
        owner = elements[link.tag]
        owner.K.append(Dictionary(Type=Name.OBJR, Obj=made, Pg=page))
        numbers += [key, owner]
        key += 1
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    root.ParentTreeNextKey = key
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _element(pdf: Pdf, tag: Tag, parent: Any, pages: list[Any], owners: dict[int, dict[int, Any]], elements: dict[Tag, Any]) -> Any:
    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + tag.name), P=parent))
    elements[tag] = element
    if tag.words:
        element[Name.Alt] = String(printable(tag.words))
    if tag.name in ("TH", "TD"):
        element.A = _cell_attributes(tag)
    kids: list[Any] = []
    here = {kid[0] for kid in tag.kids if not isinstance(kid, Tag)}
    if len(here) == 1:
        element.Pg = pages[next(iter(here))]
    for kid in tag.kids:
        if isinstance(kid, Tag):
            kids.append(_element(pdf, kid, element, pages, owners, elements))
        else:
            page, mark = kid
            kids.append(mark if len(here) == 1 else Dictionary(Type=Name.MCR, Pg=pages[page], MCID=mark))
            owners.setdefault(page, {})[mark] = element
    element.K = Array(kids)
    return element


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


def _name_unknown_letters(pdf: Pdf) -> None:
    """ReportLab maps unused letters of a font to U+0000, which PDF/UA forbids (stack.md 3)."""
    for each in pdf.pages[0].obj.Resources.Font.values():
        if "/ToUnicode" in each:
            table = each.ToUnicode.read_bytes()
            named = _NO_LETTER_IN_RANGE.sub(rb"\1<FFFD>", _NO_LETTER.sub(rb"<\1> <FFFD>", table))
            if named != table:
                each.ToUnicode.write(named)


def sized(page: Page) -> tuple[float, float]:
    """Width and height of a page as it is looked at, in points: cropped and turned."""
    box = [float(each) for each in page.cropbox]
    wide, high = abs(box[2] - box[0]), abs(box[3] - box[1])
    return (high, wide) if int(page.obj.get("/Rotate", 0) or 0) % 180 else (wide, high)

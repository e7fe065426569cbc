"""Fastens to drawn pages what is not drawn: outline, page labels, what the file says of itself (``claims``), and the tree of ``tags``."""

import hashlib
import re
from collections.abc import Iterable
from io import BytesIO
from typing import BinaryIO
from zlib import adler32

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, OutlineItem, Page, Pdf, Stream, String

from sencoapp.documents.content import Content, Mark
from sencoapp.documents.handed_on import HandedOn, Takes
from sencoapp.documents.pdf.claims import claims_archive, describe
from sencoapp.documents.pdf.flow import Drawn
from sencoapp.documents.pdf.ink import Tag
from sencoapp.documents.pdf.tags import fasten_tags
from sencoapp.documents.pdf.text import printable

_FIXED_ID = b"31415926535897932384626433832795"
_ENDS_ASKEW = b"\r\nendstream"
_MOVED = ("/MarkInfo", "/PageLabels", "/OutputIntents", "/ViewerPreferences", "/Lang")
_LONGEST_WITHOUT = 3
"""Pages that a document may have before it opens with its bookmarks beside it."""
_TRAILER = 20_000
"""Bytes at the end of a file in which its trailer lies, the cross-reference of the objects included."""
_NO_LETTER = re.compile(rb"<([0-9A-Fa-f]{2,4})>\s*<0000>")
_NO_LETTER_IN_RANGE = re.compile(rb"(\[\s*)<0000>")


def fasten(pdf: Pdf, content: Content, drawn: Drawn) -> None:
    """Adds outline, links, labels, metadata and tags to the open PDF of these drawn pages."""
    _outline(pdf, content, drawn)
    pages = [page.obj for page in pdf.pages]
    fasten_tags(pdf, drawn.ink, drawn.elements, pages)
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
    pdf.Root.Lang = String("en-GB")
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    if content.parts and len(pages) > _LONGEST_WITHOUT:
        pdf.Root.PageMode = Name.UseOutlines
    _name_unknown_letters(pdf)
    describe(pdf, content, ours=not content.evidence)


def whole(pdf: Pdf, identity: bytes) -> bytes:
    """The file's bytes. The same content gives the same bytes; ``identity`` is what the file's identifier is made from."""
    out = BytesIO()
    written(pdf, identity, out)
    return out.getvalue()


def written(pdf: Pdf, identity: bytes, to: Takes) -> HandedOn:
    """Writes a file bit by bit; what is returned tells its size and hash. Only one that claims to be an archive is in memory meanwhile.

    qpdf's own way to a repeatable identifier reads the whole file once more, which for a pack of photos takes as long as
    writing it. So it writes its fixed one, and that is replaced here.
    """
    out = HandedOn(to, _TRAILER)
    if claims_archive(pdf):
        out.write(_straight(pdf))
    else:
        with out.gathered() as gathered:
            _save(pdf, gathered)
    out.finish((_FIXED_ID, hashlib.sha256(identity).hexdigest()[:32].encode()))
    return out


def _straight(pdf: Pdf) -> bytes:
    """An archive's bytes, in which no stream ends askew."""
    _end_straight(pdf)
    for entry in (None, *_MOVED):
        if entry:  # A list of objects ends so. Each entry of the catalogue that becomes an object moves those that follow by one.
            pdf.Root[entry] = pdf.make_indirect(pdf.Root[entry])
        out = BytesIO()
        _save(pdf, out)
        if _ENDS_ASKEW not in out.getvalue():
            break
    return out.getvalue()


def _save(pdf: Pdf, out: BinaryIO) -> None:
    # What the file says of itself is written as it is to stay: no fix_metadata_version.
    pdf.save(
        out,
        object_stream_mode=ObjectStreamMode.generate,
        compress_streams=True,
        static_id=True,
        fix_metadata_version=False,
        min_version="1.7",
    )


def _end_straight(pdf: Pdf) -> None:
    """Sees to it that no packed stream ends in a carriage return: whoever counts its bytes cannot tell that from the end of the
    line, and PDF/A wants the count to be right (ISO 19005-2, 6.1.7.1). What ends it is a sum over its bytes (RFC 1950, 2.2)."""
    for each in pdf.objects:
        if isinstance(each, Stream):
            content = each.read_bytes()
            if adler32(content) & 0xFF == ord("\r"):
                if "/Length1" in each:
                    each.Length1 = len(content) + 1
                each.write(content + b"\n")


def marks_of(content: Content) -> Iterable[Mark]:
    for part in content.parts:
        for block in part.blocks:
            if isinstance(block, Mark) and block.bookmark:
                yield block


def _evidence_marks(content: Content) -> Iterable[Mark]:
    depth = int(any(page.above for page in content.evidence))
    for page in content.evidence:
        if page.above:
            yield Mark(page.place, page.above)
        if page.bookmark:
            yield Mark(page.place, page.bookmark, depth)


def _outline(pdf: Pdf, content: Content, drawn: Drawn) -> None:
    """Bookmarks at the places that the content names; where it names none and is long, at its headings."""
    marks = [*marks_of(content), *_evidence_marks(content)]
    found = [(mark.bookmark, drawn.ink.places[mark.place], mark.level) for mark in marks]
    if not found and drawn.pages > _LONGEST_WITHOUT:
        found = [(tag.heading, page, 0 if tag.name == "H1" else 1) for tag, page in _headings(drawn.ink.root)]
    with pdf.open_outline() as outline:
        above: list[OutlineItem] = []
        for words, page, level in found:
            item = OutlineItem(printable(words), page)
            del above[level:]
            (above[-1].children if above else outline.root).append(item)
            above.append(item)


def _headings(root: Tag) -> Iterable[tuple[Tag, int]]:
    for tag in root.kids:
        if isinstance(tag, Tag) and tag.name in ("H1", "H2") and tag.heading:
            yield tag, next(mark[0] for mark in tag.kids if not isinstance(mark, Tag))


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

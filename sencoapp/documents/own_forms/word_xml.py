"""The parts of a Word file as XML (ECMA-376 Part 1, transitional): read safely, written back with nothing else changed."""

import io
import re
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from defusedxml.ElementTree import fromstring as safely
from lxml import etree

from sencoapp.domain.xml_letters import writable

Element = Any

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_XML = "http://www.w3.org/XML/1998/namespace"
_PARTS = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_MOST_PART = 32 * 1024 * 1024
_MOST_ELEMENTS = 400_000
_PLACEHOLDER_STYLES = ("PlaceholderText", "Placeholder Text")
_TRACKED = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange")


def w(name: str) -> str:
    """A name of WordprocessingML."""
    return f"{{{_W}}}{name}"


def w14(name: str) -> str:
    return f"{{{_W14}}}{name}"


def value_of(element: Element, name: str) -> str:
    """The ``w:val`` of a child, empty where there is none."""
    child = element.find(w(name)) if element is not None else None
    return "" if child is None else str(child.get(w("val"), ""))


def parts_of(content: bytes) -> dict[str, Element]:
    """The document, its headers and its footers, the document first. zipfile, expat and libxml2 raise whatever damage trips them."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [each for each in archive.namelist() if _PARTS.fullmatch(each)]
        names.sort(key=lambda each: (each != "word/document.xml", each))
        return {name: _parsed(archive, name) for name in names}


def _parsed(archive: zipfile.ZipFile, name: str) -> Element:
    if archive.getinfo(name).file_size > _MOST_PART:
        raise ValueError("a part that is longer than a form can be")
    content = archive.read(name)
    safely(content, forbid_dtd=True)  # no document types and no entities, before libxml2 sees it
    found = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False))
    if found.tag not in (w("document"), w("hdr"), w("ftr")) or sum(1 for _ in found.iter()) > _MOST_ELEMENTS:
        raise ValueError("no part of a Word document")
    return found


def with_parts(content: bytes, parts: dict[str, Element]) -> bytes:
    """The same file with these parts in place of its own; every other part byte for byte as it was."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.infolist():
            part = parts.get(each.filename)
            data = old.read(each) if part is None else etree.tostring(part, xml_declaration=True, encoding="UTF-8", standalone=True)
            new.writestr(each, data, zipfile.ZIP_DEFLATED if each.compress_type else zipfile.ZIP_STORED)
    return out.getvalue()


# ---- reading -------------------------------------------------------------------------------------------------------------
def is_in_fallback(element: Element) -> bool:
    """Whether it is the copy that old readers see of what stands elsewhere (``mc:Fallback``)."""
    return any(etree.QName(each).localname == "Fallback" for each in element.iterancestors())


def text_of(element: Element) -> str:
    """The words in an element, in one line."""
    found = []
    for each in element.iter(w("t"), w("tab"), w("br"), w("cr"), w("noBreakHyphen")):
        found.append((each.text or "") if each.tag == w("t") else "-" if each.tag == w("noBreakHyphen") else " ")
    return " ".join("".join(found).split())


# ---- writing -------------------------------------------------------------------------------------------------------------
def clean(words: str) -> str:
    """Words without what XML cannot hold, with one kind of line break."""
    return writable(words.replace("\r\n", "\n").replace("\r", "\n"))


def run_with(words: str, look: Element | None) -> Element:
    """A run with these words in a given look (``w:rPr``); a line break stays one within the paragraph."""
    run = etree.Element(w("r"))
    if look is not None:
        run.append(_own_look(look))
    for number, line in enumerate(clean(words).split("\n")):
        if number:
            etree.SubElement(run, w("br"))
        for place, piece in enumerate(line.split("\t")):
            if place:
                etree.SubElement(run, w("tab"))
            if piece:
                text = etree.SubElement(run, w("t"))
                text.text = piece
                text.set(f"{{{_XML}}}space", "preserve")
    return run


def _own_look(look: Element) -> Element:
    """The look of what a person types there: not that of a grey placeholder, and no tracked change."""
    own = deepcopy(look)
    for each in list(own):
        name = etree.QName(each).localname
        if name in _TRACKED or (name == "rStyle" and each.get(w("val")) in _PLACEHOLDER_STYLES):
            own.remove(each)
    return own


def look_of(paragraph: Element) -> Element | None:
    """The look of what is typed into a paragraph: of its first run, else of its mark."""
    run = next((each for each in paragraph.iter(w("r")) if each.find(w("rPr")) is not None), None)
    return run.find(w("rPr")) if run is not None else paragraph.find(f"{w('pPr')}/{w('rPr')}")


def paragraph_like(paragraph: Element, words: str) -> Element:
    """A paragraph with the settings of another one and these words."""
    made = etree.Element(w("p"))
    settings = paragraph.find(w("pPr"))
    if settings is not None:
        own = deepcopy(settings)
        for each in own.findall(w("sectPr")):
            own.remove(each)
        made.append(own)
    if words:
        made.append(run_with(words, look_of(paragraph)))
    return made


def without_identity(element: Element) -> Element:
    """A copy that can stand beside the original: no ids that have to be its own, no bookmarks."""
    copy = deepcopy(element)
    for each in list(copy.iter()):
        for name in ("paraId", "textId"):
            each.attrib.pop(w14(name), None)
        if each.tag in (w("bookmarkStart"), w("bookmarkEnd")) or (each.tag == w("id") and each.getparent().tag == w("sdtPr")):
            each.getparent().remove(each)
    return copy


def children(element: Element) -> Iterator[Element]:
    """Its children, those of wrappers that only say something of them (tracked insertions, smart tags) in their place."""
    for each in element:
        if each.tag in (w("ins"), w("moveTo"), w("smartTag"), w("customXml"), w("hyperlink"), w("dir"), w("bdo")):
            yield from children(each)
        else:
            yield each

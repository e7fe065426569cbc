"""Reads documents as a person's viewer would, not with the library that wrote them."""

import io
from collections.abc import Iterator

import pikepdf
import pypdfium2


def page_texts(pdf: bytes) -> list[str]:
    """The words of each page, in the order that a viewer gives them, line breaks as blanks."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(document[number].get_textpage().get_text_bounded().split()) for number in range(len(document))]
    finally:
        document.close()


def outline(pdf: bytes) -> list[tuple[int, str, int]]:
    """Depth, title and page number (from 1) of each bookmark."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [(each.level, each.get_title(), (each.get_dest().get_index() or 0) + 1) for each in document.get_toc()]
    finally:
        document.close()


def links(pdf: bytes, page: int) -> Iterator[tuple[str, int]]:
    """What each link of a page (from 1) says, and the page number it leads to."""
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as document:
        numbers = {each.obj.objgen: number for number, each in enumerate(document.pages, 1)}
        for link in document.pages[page - 1].obj.get("/Annots", []):
            yield str(link.Contents), numbers[link.Dest[0].objgen]


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [(round(wide), round(high)) for wide, high in (document.get_page_size(number) for number in range(len(document)))]
    finally:
        document.close()


def picture_of(pdf: bytes, page: int, scale: float = 1.0):
    """A page (from 1) as a picture."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[page - 1].render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()

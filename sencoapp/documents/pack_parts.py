"""Which pages of a finished pack each of its parts has, as its own bookmarks say."""

from io import BytesIO
from typing import Any


def pack_parts(pdf: bytes) -> list[tuple[str, int, int]]:
    """Title, first and last page (from 1) of each part, in the order of the pages."""
    from pikepdf import Pdf

    with Pdf.open(BytesIO(pdf)) as opened, opened.open_outline() as outline:
        numbers = {page.obj.objgen: number for number, page in enumerate(opened.pages, 1)}
        starts = [(str(each.title), numbers[_page_of(each).objgen]) for each in outline.root]
        ends = [following for _, following in starts[1:]] + [len(opened.pages) + 1]
    return [(title, start, max(start, end - 1)) for (title, start), end in zip(starts, ends, strict=True)]


def _page_of(item: Any) -> Any:
    return item.destination[0]

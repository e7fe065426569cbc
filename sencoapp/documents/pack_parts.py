"""Which pages of a finished pack each of its parts has, as its own bookmarks say."""

from collections.abc import Collection, Iterable
from io import BytesIO
from typing import Any


def pack_parts(pdf: bytes, files: Collection[str] = ()) -> list[tuple[str, int, int]]:
    """Title, first and last page (from 1) of each part, in the order of the pages; and below a part, of those that ``files`` names."""
    from pikepdf import Pdf

    with Pdf.open(BytesIO(pdf)) as opened, opened.open_outline() as outline:
        numbers = {page.obj.objgen: number for number, page in enumerate(opened.pages, 1)}
        found = [(str(each.title), numbers[each.destination[0].objgen], depth) for each, depth in _walked(outline.root)]
        last = len(opened.pages)
    parts = []
    for place, (title, first, depth) in enumerate(found):
        if depth and title not in files:
            continue
        following = next((start for _, start, other in found[place + 1 :] if other <= depth), last + 1)
        parts.append((title, first, max(first, following - 1)))
    return parts


def _walked(items: Iterable[Any], depth: int = 0) -> Iterable[tuple[Any, int]]:
    for each in items:
        yield each, depth
        yield from _walked(each.children, depth + 1)

"""What the boxes of a PDF form are called: by the words that its maker gave them, else by those printed beside or above them."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from sencoapp.documents.own_forms.labels import label_of, label_of_name
from sencoapp.documents.own_forms.pdf_fields import Field, Widget
from sencoapp.reference import say

_MACHINE = re.compile(r"(?i)(text|check|box|field|undefined|untitled|fill|button|group|row|radio|drop|list|combo|form)?[\s_.\-]*\d*")
_BESIDE, _ABOVE = 260.0, 30.0
_LARGEST_BOX = 40.0
"""Points: what is wider is written into, not ticked."""


def labelled(content: bytes, fields: Sequence[Field]) -> dict[str, tuple[str, str, tuple[str, ...]]]:
    """For each field its label, the page that it is on in words, and the words for its choices."""
    import pypdfium2

    library: Any = pypdfium2
    document = library.PdfDocument(content)
    try:
        pages: dict[int, _Words] = {}
        for number in sorted({widget.page for each in fields for widget in each.widgets}):
            page = document[number]
            boxes = [widget for each in fields for widget in each.widgets if widget.page == number]
            pages[number] = _Words(page.get_textpage(), boxes)
        return {each.name: _words_of(each, pages) for each in fields}
    finally:
        document.close()


def _words_of(each: Field, pages: dict[int, "_Words"]) -> tuple[str, str, tuple[str, ...]]:
    first = each.widgets[0]
    words = pages[first.page]
    section = say("documents.own_form_page", page=first.page + 1)
    options: tuple[str, ...] = ()
    if each.switches:
        options = tuple(_told_apart(pages[one.page].of_box(one) or label_of(one.on_state().lstrip("/")) for one in each.widgets))
        near = words.before(first) or words.above(first)
        near = words.above(first) or near if near == options[0] else near
    elif each.kind == "tick":
        near = words.of_box(first)
    else:
        options = tuple(shown for _, shown in each.listed)
        near = words.before(first) or words.above(first)
    return _said(each.tip) or near or label_of_name(each.name.rpartition(".")[2]), section, options


def _said(tip: str) -> str:
    """What the maker of the form called it, unless a program did."""
    words = label_of(tip)
    return "" if _MACHINE.fullmatch(words) else words


def _told_apart(options: Iterable[str]) -> list[str]:
    """Choices of which no two are called the same."""
    found: list[str] = []
    for each in options:
        number, name = 2, each or say("documents.own_form_choice")
        while name in found:
            name, number = f"{each} ({number})", number + 1
        found.append(name)
    return found


class _Words:
    """The printed words of one page around its boxes."""

    def __init__(self, page: Any, boxes: Sequence[Widget]) -> None:
        self._page = page
        self._boxes = boxes

    def of_box(self, widget: Widget) -> str:
        """The words of a box to tick: behind it as a rule; before it where this line has them so ("Yes ☐ No ☐")."""
        _, bottom, _, top = widget.box
        line = [each for each in self._boxes if _overlap(each.box, bottom, top) and each.box[2] - each.box[0] <= _LARGEST_BOX]
        line = line or [widget]
        first, last = min(line, key=lambda each: each.box[0]), max(line, key=lambda each: each.box[0])
        if not self.behind(last) and self.before(first):
            return self.before(widget)
        return self.behind(widget) or self.before(widget)

    def before(self, widget: Widget) -> str:
        """In the same line at the left, as far as the next box."""
        left, bottom, _, top = widget.box
        low, high = self._line(bottom, top)
        others = [each.box[2] for each in self._boxes if each is not widget and each.box[2] <= left + 1 and _overlap(each.box, low, high)]
        return label_of(self._within(max([left - _BESIDE, 0.0, *others]), low, left, high))

    def behind(self, widget: Widget) -> str:
        """In the same line at the right, as far as the next box."""
        _, bottom, right, top = widget.box
        low, high = self._line(bottom, top)
        others = [each.box[0] for each in self._boxes if each is not widget and each.box[0] >= right - 1 and _overlap(each.box, low, high)]
        return label_of(self._within(right, low, min([right + _BESIDE, *others]), high))

    def above(self, widget: Widget) -> str:
        """The line above the box."""
        left, _, right, top = widget.box
        lines = self._within(left - 4, top, max(right, left + 120), top + _ABOVE).splitlines()
        return label_of(next((each for each in reversed(lines) if each.strip()), ""))

    def _line(self, bottom: float, top: float) -> tuple[float, float]:
        """The height of the label's line: of a tall box the upper end."""
        return (bottom - 1, top + 1) if top - bottom <= 30 else (top - 18, top + 1)

    def _within(self, left: float, bottom: float, right: float, top: float) -> str:
        if right <= left:
            return ""
        return str(self._page.get_text_bounded(left=left, bottom=bottom, right=right, top=top))


def _overlap(box: tuple[float, float, float, float], low: float, high: float) -> bool:
    return box[1] < high and box[3] > low

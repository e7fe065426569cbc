"""The kinds of places in a Word form, each of which knows how to write into itself (ECMA-376 Part 1, 17.5.2, 17.16; MS-DOCX 2.5)."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from sencoapp.documents.own_forms.word_xml import (
    Element,
    clean,
    look_of,
    paragraph_like,
    run_with,
    value_of,
    w,
    w14,
    without_identity,
)

EMPTY_BOXES = "☐□❏❑⬜"
TICKED = "☒"
_SYMBOL_BOXES = {"F0A8": "F0FD", "F06F": "F0FD", "F0A3": "F053", "F071": "F0FD"}
"""Empty boxes of Wingdings and Wingdings 2, and the crossed one of the same font."""


def is_symbol_box(symbol: Element) -> bool:
    return str(symbol.get(w("char"), "")).upper() in _SYMBOL_BOXES and "Wingdings" in str(symbol.get(w("font"), ""))


@dataclass
class Spot(ABC):
    """One place: what it is called, and how it is written into. ``write`` gets words, True, or rows of cells."""

    kind: str
    label: str
    section: str
    options: tuple[str, ...] = ()
    most: int | None = None

    @abstractmethod
    def write(self, value: Any) -> None:
        """Puts the value into the form."""


@dataclass
class CellSpot(Spot):
    """An empty cell, a content control that holds paragraphs, or the empty paragraphs below a label in its own cell."""

    home: Element = None
    empties: list[Element] = field(default_factory=list)
    control: Element | None = None

    def write(self, value: Any) -> None:
        lines = clean(str(value)).split("\n")
        first = self.empties[0] if self.empties else None
        if first is None:
            first = etree.SubElement(self.home, w("p"))
        self._fill(first, lines[0])
        last = first
        spare = self.empties[1:]
        for line in lines[1:]:
            if spare:  # the blank lines that the form has there are used up first
                last = spare.pop(0)
                self._fill(last, line, like=first)
            else:
                made = paragraph_like(first, line)
                last.addnext(made)
                last = made
        show_as_filled(self.control)

    def _fill(self, paragraph: Element, words: str, like: Element | None = None) -> None:
        look = look_of(like if like is not None else paragraph)
        for each in list(paragraph):
            if each.tag in (w("r"), w("sdt"), w("proofErr")):
                paragraph.remove(each)
        if words:
            paragraph.append(run_with(words, look))


@dataclass
class RunsSpot(Spot):
    """Words within a paragraph: ``runs`` are taken out and the new words put in place of the first, or after ``after``."""

    runs: list[Element] = field(default_factory=list)
    after: Element | None = None
    control: Element | None = None

    def write(self, value: Any) -> None:
        look = next((each.find(w("rPr")) for each in self.runs if each.find(w("rPr")) is not None), None)
        if look is None and self.after is not None:
            look = _look_near(self.after)
        run = run_with(str(value), look)
        if self.after is not None:
            self.after.addnext(run)
        else:
            self.runs[0].addprevious(run)
        for each in self.runs:
            each.getparent().remove(each)
        show_as_filled(self.control)


@dataclass
class ControlSpot(Spot):
    """A content control within a paragraph."""

    control: Element = None

    def write(self, value: Any) -> None:
        content = self.control.find(w("sdtContent"))
        look = next((each.find(w("rPr")) for each in content.iter(w("r")) if each.find(w("rPr")) is not None), None)
        own = self.control.find(f"{w('sdtPr')}/{w('rPr')}")
        for each in list(content):
            content.remove(each)
        content.append(run_with(str(value), own if own is not None else look))
        plain = self.control.find(f"{w('sdtPr')}/{w('text')}")
        if plain is not None and "\n" in str(value):
            plain.set(w("multiLine"), "1")
        show_as_filled(self.control)


@dataclass
class LineSpot(Spot):
    """A run of underscores or dots within a piece of text."""

    text: Element = None
    begin: int = 0
    end: int = 0

    def write(self, value: Any) -> None:
        words = self.text.text or ""
        run = self.text.getparent()
        before, behind = words[: self.begin], words[self.end :]
        new = run_with(str(value), None)
        self.text.text = before
        self.text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        last = self.text
        for each in list(new):
            last.addnext(each)
            last = each
        if behind:
            rest = etree.Element(w("t"))
            rest.text = behind
            rest.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            last.addnext(rest)
        assert run is not None


@dataclass
class TickSpot(Spot):
    """A box that is ticked or left as it is."""

    def write(self, value: Any) -> None:
        if value:
            self.tick()

    @abstractmethod
    def tick(self) -> None:
        """Crosses the box."""


@dataclass
class BoxSpot(TickSpot):
    """A box drawn as a letter (☐), in a piece of text or as a symbol of Wingdings."""

    text: Element = None
    at: int = 0

    def tick(self) -> None:
        if self.text.tag == w("sym"):
            self.text.set(w("char"), _SYMBOL_BOXES[str(self.text.get(w("char"))).upper()])
            return
        words = self.text.text or ""
        self.text.text = words[: self.at] + TICKED + words[self.at + 1 :]


@dataclass
class TickControlSpot(TickSpot):
    """A content control that is a check box."""

    control: Element = None

    def tick(self) -> None:
        box = self.control.find(f"{w('sdtPr')}/{w14('checkbox')}")
        checked = box.find(w14("checked"))
        if checked is None:
            checked = etree.SubElement(box, w14("checked"))
            box.insert(0, checked)
        checked.set(w14("val"), "1")
        state = box.find(w14("checkedState"))
        sign, fount = TICKED, ""
        if state is not None:
            sign, fount = chr(int(str(state.get(w14("val"), "2612")), 16)), str(state.get(w14("font"), ""))
        for symbol in self.control.iter(w("sym")):
            symbol.set(w("char"), f"{ord(sign):04X}")
        texts = list(self.control.iter(w("t")))
        for each in texts:
            each.text = sign if each is texts[0] else ""
            if fount:
                _in_font(each.getparent(), fount)


def _in_font(run: Element, fount: str) -> None:
    look = run.find(w("rPr"))
    if look is None:
        look = etree.Element(w("rPr"))
        run.insert(0, look)
    fonts = look.find(w("rFonts"))
    if fonts is None:
        fonts = etree.Element(w("rFonts"))
        look.insert(1 if look.find(w("rStyle")) is not None else 0, fonts)
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(w(name), fount)


@dataclass
class LegacyTickSpot(TickSpot):
    """A check box of a form field (FORMCHECKBOX)."""

    box: Element = None

    def tick(self) -> None:
        checked = self.box.find(w("checked"))
        if checked is None:
            checked = etree.SubElement(self.box, w("checked"))
        checked.set(w("val"), "1")


@dataclass
class LegacyChoiceSpot(Spot):
    """A drop-down list of a form field (FORMDROPDOWN): the choice by its number."""

    choices: Element = None

    def write(self, value: Any) -> None:
        result = self.choices.find(w("result"))
        if result is None:
            result = etree.Element(w("result"))
            self.choices.insert(0, result)
        result.set(w("val"), str(self.options.index(str(value))))


@dataclass
class RowsSpot(Spot):
    """Rows of a table below their headings. ``numbered``: the first cell of each counts the rows and is the form's own."""

    rows: list[Element] = field(default_factory=list)
    numbered: bool = False

    def write(self, value: Any) -> None:
        pattern = without_identity(self.rows[-1])
        last = self.rows[-1]
        rows = list(self.rows)
        while len(rows) < len(value):
            made = without_identity(pattern)
            last.addnext(made)
            rows.append(made)
            last = made
        for number, (row, cells) in enumerate(zip(rows, value, strict=False), start=1):
            there = cells_of(row)
            if self.numbered:
                _count(there[0], number)
                there = there[1:]
            for cell, words in zip(there, cells, strict=False):
                if words:
                    CellSpot("text", "", "", home=cell, empties=cell.findall(w("p"))).write(words)


def _count(cell: Element, number: int) -> None:
    texts = [each for each in cell.iter(w("t")) if (each.text or "").strip()]
    if texts:
        figure = "".join(each for each in texts[0].text if each.isdigit())
        texts[0].text = texts[0].text.replace(figure, str(number)) if figure else texts[0].text


def cells_of(row: Element) -> list[Element]:
    """The cells of a row, those within content controls too."""
    found = []
    for each in row:
        if each.tag == w("tc"):
            found.append(each)
        elif each.tag in (w("sdt"), w("customXml"), w("ins")):
            content = each.find(w("sdtContent")) if each.tag == w("sdt") else each
            found += cells_of(content) if content is not None else []
    return found


def show_as_filled(control: Element | None) -> None:
    """A content control is filled: no placeholder any more, and nothing that would put other words in its place when Word opens it."""
    settings = control.find(w("sdtPr")) if control is not None else None
    if settings is None:
        return
    for name in ("showingPlcHdr", "dataBinding"):
        for each in settings.findall(w(name)):
            settings.remove(each)
    day = settings.find(w("date"))
    if day is not None:
        day.attrib.pop(w("fullDate"), None)


def _look_near(element: Element) -> Element | None:
    paragraph = next((each for each in element.iterancestors(w("p"))), None)
    return look_of(paragraph) if paragraph is not None else None


def choices_of(settings: Element) -> tuple[str, ...]:
    """The choices of a list, without the one that only asks to choose."""
    for name in ("dropDownList", "comboBox"):
        found = settings.find(w(name))
        if found is not None:
            items = found.findall(w("listItem"))
            shown = [str(each.get(w("displayText")) or each.get(w("value")) or "") for each in items]
            return tuple(each for each, item in zip(shown, items, strict=True) if each and item.get(w("value")) != "")
    return ()


def legacy_choices(choices: Element) -> tuple[str, ...]:
    return tuple(str(each.get(w("val"), "")) for each in choices.findall(w("listEntry")))


def legacy_length(field_text: Element) -> int | None:
    """How much a text form field takes."""
    length = value_of(field_text, "maxLength")
    return int(length) if length.isdigit() and int(length) > 0 else None

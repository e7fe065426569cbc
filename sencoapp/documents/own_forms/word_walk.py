"""Walks through a Word document as a person reads it, and finds the places where something is to be written."""

import re
from dataclasses import dataclass

from sencoapp.documents.own_forms.labels import label_of, label_of_name
from sencoapp.documents.own_forms.word_spots import (
    EMPTY_BOXES,
    BoxSpot,
    CellSpot,
    ControlSpot,
    LegacyChoiceSpot,
    LegacyTickSpot,
    LineSpot,
    RunsSpot,
    Spot,
    TickControlSpot,
    choices_of,
    is_symbol_box,
    legacy_choices,
    legacy_length,
)
from sencoapp.documents.own_forms.word_tables import read_grid
from sencoapp.documents.own_forms.word_xml import Element, children, is_in_fallback, text_of, value_of, w, w14

_LINE = re.compile(r"_{4,}|\.{6,}|…{2,}")
_NOT_FOR_WORDS = ("picture", "docPartObj", "docPartList", "citation", "bibliography", "equation", "group")
_LONGEST_HEADING = 140


@dataclass
class _Token:
    """A piece of a paragraph: words, or a place with how it is written into. A ``box`` is labelled by what follows it."""

    words: str = ""
    spot: Spot | None = None
    box: bool = False


class Walk:
    """``spots`` are the places that were found, in order."""

    def __init__(self) -> None:
        self.spots: list[Spot] = []
        self._section = ""
        self._last = ""
        """The words that were read last, for a place that has no label of its own."""

    def through(self, container: Element, beside: str = "") -> None:
        """Through the paragraphs, tables and content controls of the body, a cell or a control. ``beside``: the label at its side."""
        for each in children(container):
            if each.tag == w("p"):
                self._paragraph(each, beside)
            elif each.tag == w("tbl"):
                self._table(each)
            elif each.tag == w("sdt"):
                self._block_control(each, beside)

    # ---- content controls around paragraphs -------------------------------------------------------------------------
    def _block_control(self, control: Element, beside: str) -> None:
        content = control.find(w("sdtContent"))
        settings = control.find(w("sdtPr"))
        if content is None:
            return
        label = beside or self._name_of(settings) or self._last
        spot = self._control_spot(control, label)
        if spot is not None and not content.findall(w("tbl")):
            if isinstance(spot, ControlSpot) and content.findall(w("p")):
                spot = CellSpot(spot.kind, label, self._section, home=content, empties=content.findall(w("p")), control=control)
            self.spots.append(spot)
        else:
            self.through(content, beside)

    def _control_spot(self, control: Element, label: str) -> Spot | None:
        """The place that a content control is; None for one that only holds the form's own words or other places."""
        settings, content = control.find(w("sdtPr")), control.find(w("sdtContent"))
        if settings is None or content is None:
            return None
        if any(settings.find(w(each)) is not None for each in _NOT_FOR_WORDS) or value_of(settings, "lock").lower() == "contentlocked":
            return None
        if settings.find(w14("checkbox")) is not None:
            return TickControlSpot("tick", label, self._section, control=control)
        if any(each is not None for each in (content.find(f".//{w('sdt')}"), content.find(f".//{w('fldChar')}"))):
            return None
        choices = choices_of(settings)
        if choices:
            return ControlSpot("choice", label, self._section, choices, control=control)
        is_placeholder = settings.find(w("showingPlcHdr")) is not None or not text_of(content)
        for_words = any(settings.find(w(each)) is not None for each in ("text", "date", "comboBox", "dropDownList"))
        return ControlSpot("text", label, self._section, control=control) if is_placeholder or for_words else None

    def _name_of(self, settings: Element) -> str:
        return label_of_name(value_of(settings, "alias") or value_of(settings, "tag"))

    # ---- paragraphs -------------------------------------------------------------------------------------------------
    def _paragraph(self, paragraph: Element, beside: str) -> None:
        tokens = self._tokens(paragraph)
        for each in paragraph.iter(w("txbxContent")):
            if not is_in_fallback(each) and next(each.iterancestors(w("p"))) is paragraph:
                self.through(each)
        words = label_of("".join(each.words for each in tokens))
        if any(each.spot for each in tokens):
            self._label(tokens, beside)
        elif words and _is_heading(paragraph, words) and not beside:
            self._section = words
        if words:
            self._last = words

    def _label(self, tokens: list[_Token], beside: str) -> None:
        """Gives each place the words before it; boxes the words on the side on which this line has them ("☐ Yes", "Yes ☐")."""
        behind = _words_behind(tokens)
        question, before, boxed = beside, "", False
        for number, each in enumerate(tokens):
            if each.spot is None:
                before += each.words
                continue
            spot, own = each.spot, label_of(before)
            if each.box:
                option = label_of(_words_up_to_next(tokens[number + 1 :])) if behind else own
                asked = own if behind else ""
                if not behind and not boxed:
                    asked, option = _question_and_option(before)
                if not boxed and asked and asked != beside:
                    question = ": ".join(filter(None, (beside, asked)))
                between = " " if question.endswith("?") else ": "
                spot.label = between.join(filter(None, (question, option))) or self._last
            else:
                spot.label = (f"{beside}: {own}" if beside and own and beside != own else own or beside) or spot.label or self._last
            boxed, before = each.box, ""
            spot.section = self._section
            if not (isinstance(spot, LineSpot) and not label_of(tokens[0].words if tokens else "") and self._goes_on(spot)):
                self.spots.append(spot)

    def _goes_on(self, spot: LineSpot) -> bool:
        """A line of dots that only gives the one above it more room."""
        last = self.spots[-1] if self.spots else None
        return isinstance(last, LineSpot) and spot.label in ("", self._last) and not label_of(spot.text.text or "")

    def _tokens(self, paragraph: Element) -> list[_Token]:
        tokens: list[_Token] = []
        field = _Field()
        for each in children(paragraph):
            if each.tag == w("r"):
                if field.takes(each):
                    if field.is_whole():
                        tokens.append(self._field_token(field))
                        field = _Field()
                    continue
                tokens += self._run_tokens(each)
            elif field.begun:
                field.other(each)
            elif each.tag == w("sdt"):
                tokens.append(self._inline_control(each))
            elif each.tag == w("fldSimple"):
                tokens.append(self._simple_field(each))
            elif each.tag == w("bookmarkStart"):
                tokens += self._bookmark(each)
        return tokens

    def _run_tokens(self, run: Element) -> list[_Token]:
        tokens: list[_Token] = []
        for each in run:
            if each.tag == w("t"):
                tokens += self._text_tokens(each)
            elif each.tag in (w("tab"), w("br"), w("cr")):
                tokens.append(_Token(" "))
            elif each.tag == w("sym") and is_symbol_box(each):
                tokens.append(_Token(spot=BoxSpot("tick", "", "", text=each), box=True))
        return tokens

    def _text_tokens(self, text: Element) -> list[_Token]:
        words, tokens, at = text.text or "", [], 0
        marks = [(found.start(), found.end()) for found in _LINE.finditer(words)]
        marks += [(number, number + 1) for number, each in enumerate(words) if each in EMPTY_BOXES]
        for begin, end in sorted(marks):
            tokens.append(_Token(words[at:begin]))
            if words[begin] in EMPTY_BOXES:
                tokens.append(_Token(spot=BoxSpot("tick", "", "", text=text, at=begin), box=True))
            else:
                tokens.append(_Token(spot=LineSpot("text", "", "", text=text, begin=begin, end=end)))
            at = end
        return [*tokens, _Token(words[at:])]

    def _inline_control(self, control: Element) -> _Token:
        settings = control.find(w("sdtPr"))
        spot = self._control_spot(control, self._name_of(settings) if settings is not None else "")
        return _Token(text_of(control)) if spot is None else _Token(spot=spot, box=spot.kind == "tick")

    def _simple_field(self, field: Element) -> _Token:
        name = _merge_name(str(field.get(w("instr"), "")))
        return _Token(spot=RunsSpot("text", name, "", runs=[field])) if name else _Token(text_of(field))

    def _field_token(self, field: "_Field") -> _Token:
        """A form field or a merge field as a place; any other field as the words that it shows."""
        data = field.runs[0].find(f"{w('fldChar')}/{w('ffData')}")
        name = _merge_name(field.code)
        if data is not None:
            box, choices, text = data.find(w("checkBox")), data.find(w("ddList")), data.find(w("textInput"))
            known = label_of_name(value_of(data, "name"))
            if box is not None:
                return _Token(spot=LegacyTickSpot("tick", known, "", box=box), box=True)
            if choices is not None and legacy_choices(choices):
                return _Token(spot=LegacyChoiceSpot("choice", known, "", legacy_choices(choices), choices=choices))
            if text is not None and field.after() is not None:
                return _Token(spot=RunsSpot("text", known, "", most=legacy_length(text), runs=field.shown, after=field.after()))
        if name:
            look = next((each for each in field.shown if each.find(w("rPr")) is not None), None)
            runs = field.runs if look is None else [look, *(each for each in field.runs if each is not look)]
            return _Token(spot=RunsSpot("text", name, "", runs=runs))
        return _Token("".join(map(text_of, field.shown)))

    def _bookmark(self, start: Element) -> list[_Token]:
        """An empty bookmark of the form's own at the end of a label, or in a paragraph of its own."""
        name, following = str(start.get(w("name"), "")), start.getnext()
        paragraph = start.getparent()
        is_empty = following is not None and following.tag == w("bookmarkEnd") and following.get(w("id")) == start.get(w("id"))
        if not is_empty or name.startswith("_") or paragraph.find(f".//{w('fldChar')}") is not None:
            return []
        words = text_of(paragraph)
        if words and not words.endswith(":"):
            return []
        return [_Token(spot=RunsSpot("text", label_of_name(name), "", after=start))]

    # ---- tables -----------------------------------------------------------------------------------------------------
    def _table(self, table: Element) -> None:
        grid = read_grid(table)
        if grid.is_banner():
            self._section = grid.rows[0][0].words
        for place in grid.places(self._last, self._section):
            if place.spot is not None:
                self._add_cell(place.spot)
            elif place.cell is not None:
                if place.heads:
                    self._section = self._last = label_of(place.cell.words) or self._section
                before = len(self.spots)
                self.through(place.cell.home, place.beside)
                if len(self.spots) == before and place.tail is not None:
                    self._add_cell(place.tail)

    def _add_cell(self, spot: Spot) -> None:
        spot.section = self._section
        spot.label = spot.label or self._last
        self.spots.append(spot)


def _words_behind(tokens: list[_Token]) -> bool:
    """Whether boxes have their words behind them: as a rule, unless nothing follows the last and something leads to the first."""
    boxes = [number for number, each in enumerate(tokens) if each.box]
    if not boxes or label_of(_words_up_to_next(tokens[boxes[-1] + 1 :])):
        return True
    return not label_of("".join(each.words for each in tokens[: boxes[0]]))


def _words_up_to_next(tokens: list[_Token]) -> str:
    words = ""
    for each in tokens:
        if each.spot is not None:
            break
        words += each.words
    return words


def _question_and_option(words: str) -> tuple[str, str]:
    """ "Are the parents aware? Yes" before a box: what is asked, and what the box stands for."""
    found = re.match(r"(.*[?:])\s*([^?:]+)$", words.strip(), re.DOTALL)
    return (label_of(found.group(1)), label_of(found.group(2))) if found else ("", label_of(words))


class _Field:
    """A field that spans runs: begin, its code, perhaps what it shows, end. One within another is part of the outer one."""

    def __init__(self) -> None:
        self.runs: list[Element] = []
        self.shown: list[Element] = []
        self.code = ""
        self.begun = 0
        self._separate: Element | None = None
        self._code_end: Element | None = None
        self._ended = False

    def takes(self, run: Element) -> bool:
        """Whether the run is part of a field."""
        kinds = [str(each.get(w("fldCharType"), "")) for each in run.findall(w("fldChar"))]
        if not self.begun and "begin" not in kinds:
            return False
        self.runs.append(run)
        showing = self._separate is not None
        for kind in kinds:
            self.begun += {"begin": 1, "end": -1}.get(kind, 0)
            if kind == "separate" and self.begun == 1:
                self._separate = run
            self._ended = kind == "end" and self.begun == 0
        if showing and not kinds:
            self.shown.append(run)
        if self._separate is None and self.begun == 1:
            self.code += "".join(each.text or "" for each in run.findall(w("instrText")))
            self._code_end = run
        return True

    def other(self, element: Element) -> None:
        """Something between its runs that is no run."""
        if element.tag == w("sdt") and self._separate is not None:
            self.shown.append(element)

    def is_whole(self) -> bool:
        return self._ended

    def after(self) -> Element | None:
        """Behind which run what it shows begins. One that shows nothing yet is given the mark that parts the two."""
        if self._separate is None and self._code_end is not None:
            from lxml import etree

            run = etree.Element(w("r"))
            etree.SubElement(run, w("fldChar")).set(w("fldCharType"), "separate")
            self._code_end.addnext(run)
            self._separate = run
        return self._separate


def _merge_name(code: str) -> str:
    found = re.match(r"\s*MERGEFIELD\s+(\"[^\"]+\"|\S+)", code)
    return label_of_name(found.group(1).strip('"')) if found else ""


def _is_heading(paragraph: Element, words: str) -> bool:
    if len(words) > _LONGEST_HEADING:
        return False
    settings = paragraph.find(w("pPr"))
    style = value_of(settings, "pStyle").lower() if settings is not None else ""
    if style.startswith(("heading", "title", "subtitle")) or (settings is not None and settings.find(w("outlineLvl")) is not None):
        return True
    runs = [each for each in paragraph.iter(w("r")) if text_of(each)]
    return bool(runs) and all(_is_bold(each) for each in runs)


def _is_bold(run: Element) -> bool:
    bold = run.find(f"{w('rPr')}/{w('b')}")
    return bold is not None and str(bold.get(w("val"), "1")) not in ("0", "false")

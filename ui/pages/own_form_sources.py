"""Choosing what of the record goes into one place of the council's form: typed to find, by the keys or the mouse."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from sencoapp.domain.own_form import BY_HAND, LEFT_EMPTY, UNDECIDED, FormPlace, Mapped
from sencoapp.domain.own_form_suggest import columns_for
from sencoapp.domain.words import folded
from sencoapp.reference import say
from sencoapp.services.own_forms import MappingPage, catalogue, source_words
from ui.widgets import Cell, Choice, Column, Field, GroupRow, RecordTable, SearchField, TableRow, Text, clear, col, holder, note

_GROUPS = ("pupil", "parent", "second_parent", "school", "requester", "cost", "council")


def groups_for(place: FormPlace, page: MappingPage) -> list[tuple[str, list[tuple[str, str]]]]:
    """What can go into a place of this kind, in groups: what is likely first, then by hand and empty, then the rest."""
    without = [(each, say(f"own_form.source_{each}")) for each in (BY_HAND, LEFT_EMPTY)]
    groups: list[tuple[str, list[tuple[str, str]]]] = []
    likely = page.suggested[place.key].source
    if likely:
        groups.append((say("own_form.likely"), [(likely, source_words(likely, page.questions))]))
    groups.append((say("own_form.without"), without))
    if place.kind == "tick":
        groups.append((say("own_form.group_ticks"), [(f"tick:{each['id']}", str(each["label"])) for each in catalogue()["ticks"]]))
    elif place.kind == "rows":
        groups.append((say("own_form.group_rows"), [(f"rows:{each['id']}", str(each["label"])) for each in catalogue()["rows"]]))
    elif place.kind != "signature":
        for about in _GROUPS:
            facts = [(f"fact:{each['id']}", str(each["label"])) for each in catalogue()["facts"] if each["about"] == about]
            groups.append((say(f"own_form.group_{about}"), facts))
        groups.insert(-2, (say("own_form.group_questions"), [(f"question:{id}", words) for id, words in page.questions.items()]))
    return groups


class SourceChooser(QWidget):
    """``chosen`` carries a ``Mapped`` whenever something is chosen for the place in sight."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._page: MappingPage | None = None
        self._place: FormPlace | None = None
        self._mapped = Mapped("", UNDECIDED)
        self._label = Text("", "heading", wrap=True)
        self._about = note("", wrap=True)
        self.search = SearchField(say("own_form.find"))
        self.search.searched.connect(lambda _: self._show())
        self.search.returnPressed.connect(self._take_first)
        self.list = RecordTable(say("own_form.what_goes"), (Column(""),), compact=True, headings=False, lead=12)
        self.list.opened.connect(self._choose)
        self.list.clicked.connect(lambda _: self._choose(self.list.current_key()))
        self._columns = col(gap=8)
        self._columns_place = holder(self._columns)
        self.setLayout(col(self._label, self._about, self.search, (self.list, 1), self._columns_place, gap=8, margins=(16, 12, 16, 12)))
        self.setFocusProxy(self.search)

    def show_place(self, page: MappingPage, place: FormPlace, mapped: Mapped) -> None:
        """Shows what can go into a place, and what was chosen."""
        another = self._place is None or self._place.key != place.key
        self._page, self._place, self._mapped = page, place, mapped
        self._label.setText(place.label)
        self._about.setText(about_place(place))
        if another:
            self.search.blockSignals(True)
            self.search.clear()
            self.search.blockSignals(False)
        self._show()
        self._show_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes from the search into what it found; the search itself lets this key through."""
        if event.key() == Qt.Key.Key_Down:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            if not self.list.current_key():
                self.list.choose_first()
            return
        super().keyPressEvent(event)

    def _take_first(self) -> None:
        self.list.choose_first()
        self._choose(self.list.current_key())

    def _show(self) -> None:
        if self._page is None or self._place is None:
            return
        typed = folded(self.search.text()).split()
        rows: list[TableRow | GroupRow] = []
        seen: set[str] = set()
        for words, sources in groups_for(self._place, self._page):
            found = [(source, label) for source, label in sources if source not in seen and _matches(f"{words} {label}", typed)]
            seen |= {source for source, _ in found}
            if found:
                rows.append(GroupRow(words))
                rows += [self._row(source, label) for source, label in found]
        self.list.blockSignals(True)
        self.list.show_rows(rows)
        if self._mapped.source:
            self.list.choose(self._mapped.source)
        self.list.blockSignals(False)

    def _row(self, source: str, label: str) -> TableRow:
        here = source == self._mapped.source
        return TableRow(source, (Cell(label, bold=here, icon="check" if here else ""),))

    def _choose(self, source: str) -> None:
        place = self._place
        if place is None or not source:
            return
        columns: tuple[str, ...] = ()
        if source.startswith("rows:"):
            known = _columns_of(source)
            likely = self._page.suggested[place.key] if self._page else None
            columns = likely.columns if likely and likely.source == source else columns_for(place.options, known)
        self._mapped = Mapped(place.key, source, columns)
        self._show()
        self._show_columns()
        self.chosen.emit(self._mapped)

    def _show_columns(self) -> None:
        """For rows: what goes into each column."""
        clear(self._columns)
        place, mapped = self._place, self._mapped
        shown = place is not None and mapped.source.startswith("rows:")
        self._columns_place.setVisible(shown)
        if place is None or not shown:
            return
        options = [("", say("own_form.source_empty")), *((str(each["id"]), str(each["label"])) for each in _columns_of(mapped.source))]
        for number, heading in enumerate(place.options):
            choice = Choice(heading, options, value=mapped.columns[number] if number < len(mapped.columns) else "")
            choice.chosen.connect(partial(self._column_chosen, number))
            self._columns.addWidget(Field(say("own_form.column", heading=heading), choice))

    def _column_chosen(self, number: int, column: str) -> None:
        columns = list(self._mapped.columns)
        columns[number] = column
        self._mapped = Mapped(self._mapped.place, self._mapped.source, tuple(columns))
        self.chosen.emit(self._mapped)


def about_place(place: FormPlace) -> str:
    """What kind of place it is, and how much it takes."""
    words = say(f"own_form.kind_{place.kind}", options=", ".join(place.options))
    room = say("own_form.most", count=place.most_characters) if place.most_characters else ""
    return " ".join(filter(None, (place.section and say("own_form.under", section=place.section), words, room)))


def _columns_of(source: str) -> Sequence[Mapping[str, Any]]:
    name = source.removeprefix("rows:")
    found: Sequence[Mapping[str, Any]] = next((each["columns"] for each in catalogue()["rows"] if each["id"] == name), ())
    return found


def _matches(words: str, typed: Sequence[str]) -> bool:
    own = folded(words).split()
    return all(any(word.strip("(“").startswith(part) for word in own) for part in typed)

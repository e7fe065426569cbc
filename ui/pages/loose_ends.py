"""What hangs loose in the school: a need without provision, an outcome never reviewed; each with one step that mends it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from sencoapp.domain.golden_thread import LOOSE_KINDS
from sencoapp.domain.plan import Cycle
from sencoapp.domain.record import Saved
from sencoapp.domain.words import search_words, typed_words
from sencoapp.services import golden_thread as services
from sencoapp.services.golden_thread import Hanging, loose_words, step_words
from sencoapp.services.permissions import may_save
from sencoapp.services.ports import RegisterQuery
from sencoapp.services.today import place_words
from ui.page import Page
from ui.pages.export_sheet import Export
from ui.pages.thread_mending import mend, wording
from ui.room import Room
from ui.widgets import (
    STRETCH,
    Cell,
    Choice,
    Column,
    EmptyPlace,
    GroupRow,
    RecordTable,
    SearchField,
    Surface,
    TableRow,
    Text,
    col,
    row,
)

TOUCHES = ("cycle", "outcome", "sen_need", "sen_status", "provision", "provision_place", "evidence_link", "observation", "pupil")

PAGE = 100
"""Rows that are made at a time."""


def make_loose_page(room: Room) -> "LoosePage":
    """The page "What hangs loose". It takes no args."""
    return LoosePage(room)


class LoosePage(Page):
    """Groups by what hangs loose. Enter opens the pupil's board, Ctrl+Enter or the button the form that mends it."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._all: dict[str, Hanging] = {}
        self._listed: list[GroupRow | Hanging] = []
        """What the filters let through, under its headings."""
        self._writes = may_save(room.actor, Cycle, "change")
        self.set_heading(wording("loose_page"))
        self.names = SearchField(wording("search"), width=220)
        self.kind = Choice(wording("show"), [("", wording("all_kinds"))])
        columns = (
            Column(wording("column_pupil"), 180),
            Column(wording("column_class"), 130, keep=False),
            Column(wording("column_what"), 0),
            Column(wording("column_step"), 170),
        )
        self.table = RecordTable(wording("loose_page"), columns, lead=24)
        self.export = Export(room, self, ("loose_ends",), RegisterQuery)
        self._nothing = Text(wording("no_match"), "ui", "muted", wrap=True, side="centre")
        self._empty = EmptyPlace(wording("none"), wording("none_back"), icon="circle-check", press=lambda: room.ways.go("plans"))
        bar = Surface("plain", row(self.names, self.kind, STRETCH, self.export.button, gap=12, margins=(24, 10, 24, 10)))
        self._list = Surface("plain", col(bar, (self.table, 1), (self._nothing, 1), gap=0))
        self.setLayout(col((self._list, 1), (self._empty, 1), gap=0))
        self._list.hide()
        self._empty.hide()
        self.names.searched.connect(lambda _: self._fill())
        self.names.went_down.connect(self.table.setFocus)
        self.kind.chosen.connect(lambda _: self._fill())
        self.table.opened.connect(self._open)
        self.table.acted.connect(self._mend)
        self.table.more_wanted.connect(self._add_rows)

    def show_for(self, args: Mapping[str, Any]) -> None:
        self._ask()

    def refresh(self, saved: Saved) -> None:
        if saved.touches(*TOUCHES):
            self._ask()

    def panes(self) -> Sequence[QWidget]:
        return (self.names, self.table)

    def first_focus(self) -> QWidget:
        return self.table

    def search(self) -> QWidget:
        return self.names

    def _ask(self) -> None:
        self._room.ask(self, lambda place: services.hanging_loose(place.session), self._show, replace="loose")

    def _show(self, found: list[Hanging]) -> None:
        self._all = {each.key: each for each in found}
        pupils = len({each.thread.pupil for each in found})
        self.set_heading(wording("loose_page"), " ".join((_counted("counted", len(found)), _counted("of_pupils", pupils))) if found else "")
        kinds = Counter(each.end.kind for each in found)
        options = [(each, f"{wording(f'group_{each}')} ({kinds[each]})") for each in LOOSE_KINDS if kinds[each]]
        self.kind.offer([("", wording("all_kinds")), *options], self.kind.value() if kinds[self.kind.value()] else "")  # type: ignore[index]
        self._list.setVisible(bool(found))
        self._empty.setVisible(not found)
        self._fill()

    def _fill(self) -> None:
        groups: dict[str, list[Hanging]] = {}
        for each in self._wanted():
            groups.setdefault(each.end.kind, []).append(each)
        self._listed = []
        for kind in LOOSE_KINDS:
            if kind in groups:
                self._listed += [GroupRow(f"{wording(f'group_{kind}')} · {len(groups[kind])}"), *groups[kind]]
        chosen = self._all.get(self.table.current_key())
        last = next((number for number, each in enumerate(self._listed) if each is chosen), 0) if chosen else 0
        rows = self._rows(0, last + PAGE)
        self.table.show_rows(rows, more=len(rows) < len(self._listed))
        self.table.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        if rows and not self.table.current_key():
            self.table.choose_first()

    def _add_rows(self, offset: int) -> None:
        """The next page of what is in hand already: a row is made when it is about to be seen."""
        self.table.add_rows(self._rows(offset, offset + PAGE), more=offset + PAGE < len(self._listed))

    def _rows(self, first: int, end: int) -> list[GroupRow | TableRow]:
        return [each if isinstance(each, GroupRow) else self._row(each) for each in self._listed[first:end]]

    def _wanted(self) -> Iterator[Hanging]:
        """What the words and the kind let through."""
        typed, kind = typed_words(self.names.text()), self.kind.value()
        fits: dict[str, bool] = {}
        for each in self._all.values():
            if kind not in ("", each.end.kind):
                continue
            pupil = each.thread.pupil
            if typed and pupil not in fits:
                words = search_words(f"{each.thread.name} {each.thread.reg_group or ''}")
                fits[pupil] = all(any(word.startswith(one) for word in words) for one in typed)
            if not typed or fits[pupil]:
                yield each

    def _row(self, hanging: Hanging) -> TableRow:
        thread = hanging.thread
        return TableRow(
            hanging.key,
            (
                Cell(thread.name, bold=True),
                Cell(place_words(thread.year, thread.reg_group)),
                Cell(loose_words(hanging.end), icon="circle-dashed"),
                Cell(button=step_words(hanging.end)) if self._writes else Cell(""),
            ),
        )

    def _open(self, key: str) -> None:
        found = self._all.get(key)
        if found is not None:
            self._room.ways.go("thread", pupil=found.thread.pupil)

    def _mend(self, key: str) -> None:
        found = self._all.get(key)
        if found is not None and self._writes:
            mend(self._room, self, found)


def _counted(key: str, count: int) -> str:
    return wording(f"{key}_one") if count == 1 else wording(f"{key}_many", count=count)

"""The bank as a sheet over a plan: found by words and area, taken with Enter; and what a school keeps in it itself."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from PySide6.QtCore import Signal

from sencoapp import reference
from sencoapp.domain.bank import BankEntry, BankKind, BankLine
from sencoapp.domain.people import Area
from sencoapp.domain.record import Saved
from sencoapp.services import bank as services
from sencoapp.services.permissions import may_save
from sencoapp.services.ports import Session
from ui.pages.ask_form import Ask, AskRow, chosen_from
from ui.pages.plan_context import PlanContext
from ui.pages.record_sheet import Entry, open_entry
from ui.theme import theme
from ui.widgets import (
    STRETCH,
    Button,
    Cell,
    Choice,
    Column,
    RecordTable,
    SearchField,
    Sheet,
    Surface,
    TableRow,
    Text,
    area_words,
    col,
    row,
)


def wording(key: str, **details: object) -> str:
    """Words of the bank."""
    return reference.say(f"bank.{key}", **details)


class BankSheet(Surface):
    """``taken(line)`` is called with what was chosen; the sheet closes then."""

    done = Signal()

    def __init__(self, context: PlanContext, kind: BankKind, taken: Callable[[BankLine], None]) -> None:
        self._context, self._of, self._taken = context, kind, taken
        self._lines: dict[str, BankLine] = {}
        self._name = context.case.pupil.forename
        self.words = SearchField(wording("search"), width=260)
        areas = [(each, area_words(each)) for each in theme().token("area")]
        self.area = Choice(wording("area"), [("", reference.say("map.any_area")), *areas])
        self.table = RecordTable(
            wording(f"title_{kind}"), (Column(wording("column_text"), 0), Column(wording("column_area"), 150)), two_lines=True
        )
        self.none = Text(wording("none"), "ui", "muted", wrap=True)
        self.whole = Text("", "ui", wrap=True)
        self.use = Button(wording("use"), "primary", icon="check", press=lambda: self._take(self.table.current_key()))
        self.take_out = Button(wording("take_out"), "quiet", icon="x", press=self._take_out)
        top = row((self.words, 1), self.area, gap=12)
        foot = row(self.use, self.take_out, STRETCH, gap=8)
        super().__init__("plain", col(top, (self.table, 1), self.none, self.whole, foot, gap=10))
        self.setFocusProxy(self.words)
        self.area.choose(_area_of(context) or "")
        self.words.searched.connect(lambda _: self.ask())
        self.words.went_down.connect(self.table.setFocus)
        self.words.returnPressed.connect(lambda: self._take(self.table.current_key()))
        self.area.chosen.connect(lambda _: self.ask())
        self.table.opened.connect(self._take)
        self.table.chosen.connect(self._came_to)
        self.ask()

    def restyle(self) -> None:
        super().restyle()
        self.table.setMinimumHeight(round(theme().px(260) / max(1.0, theme().text_size)))

    def ask(self) -> None:
        """Looks in the bank for what was typed and chosen."""
        area: Any = self.area.value() or None
        kind, text = self._of, self.words.text()
        self._context.room.ask(
            self, lambda place: services.bank_lines(place.session.record, kind, area=area, text=text), self._show, replace="bank"
        )

    def _show(self, found: list[BankLine]) -> None:
        self._lines = {each.key: each for each in found}
        self.table.show_rows([self._row(each) for each in found])
        self.table.setVisible(bool(found))
        self.none.setVisible(not found)
        if found and self.table.current_key() not in self._lines:
            self.table.choose_first()
        self._came_to(self.table.current_key())

    def _row(self, line: BankLine) -> TableRow:
        sub = " · ".join(filter(None, (wording("own") if line.own else "", line.measure)))
        chip = (line.area, area_words(line.area, short=True)) if line.area else None
        return TableRow(line.key, (Cell(line.about(self._name), sub), Cell(chip=chip)))

    def _came_to(self, key: str) -> None:
        line = self._lines.get(key)
        self.whole.setText(line.about(self._name) if line else "")
        self.use.setEnabled(line is not None)
        removable = may_save(self._context.room.actor, BankEntry, "remove")
        self.take_out.setVisible(line is not None and line.own and removable)

    def _take(self, key: str) -> None:
        line = self._lines.get(key)
        if line is not None:
            self.done.emit()
            self._taken(line)

    def _take_out(self) -> None:
        line = self._lines.get(self.table.current_key())
        if line is None or not line.own:
            return

        def told(saved: Saved) -> None:
            self._context.room.ways.toast(wording("taken_out"), saved)
            self.ask()

        self._context.room.do(self, lambda place: services.take_out_of_bank(place.session, line.key), told)


def open_bank(context: PlanContext, kind: BankKind, taken: Callable[[BankLine], None]) -> BankSheet:
    """Lays the bank over the page."""
    body = BankSheet(context, kind, taken)
    sheet = Sheet(wording(f"title_{kind}"), body, width=760)
    body.done.connect(sheet.close_sheet)
    context.room.ways.show_sheet(sheet)
    return body


def open_keep(context: PlanContext, kind: BankKind, about: str, text: str, *, area: Area | None = None, measure: str | None = None) -> None:
    """The words as the bank would keep them, without the pupil, to be read and changed before they are kept.

    ``about`` is the id of what they stand in: the draft is named by it.
    """
    found = services.for_the_bank(context.case.pupil, text)

    def save(session: Session, values: Mapping[str, Any]) -> Saved:
        return services.keep_in_bank(session, kind, values["text"] or "", area=values["area"] or None, measure=values.get("measure"))

    areas = chosen_from({each: area_words(each) for each in theme().token("area")})
    asks: list[AskRow] = [
        Text(wording("keep_note"), "ui", wrap=True),
        Ask("text", wording("keep_text"), "words"),
        Ask("area", wording("keep_area"), "choice", options=areas),
    ]
    asks += [Ask("measure", wording("keep_measure"), optional=True)] if kind == "outcome" else []
    entry = Entry(
        title=wording("keep_title"),
        save_words=wording("keep_save"),
        rows=asks,
        values={"text": found.text, "area": area or "", "measure": measure},
        draft=f"bank.{kind}.{about}",
        write=save,
        said=lambda _: wording("kept"),
    )
    open_entry(context.room, context.owner, entry, context.case.today)


def _area_of(context: PlanContext) -> Area | None:
    """The area of the pupil's first need, where it has one."""
    areas = reference.codes("SENtype_area")
    found = next((areas[each.sen_type] for each in context.case.needs if each.sen_type in areas), None)
    return cast(Area | None, found)

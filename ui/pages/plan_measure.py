"""What was measured on the way to one outcome: a chart, its numbers beside it, a sentence that says what they show, and a new value."""

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.dates import full_date
from sencoapp.domain.measure_chart import Chart, Spot, chart_of
from sencoapp.domain.measured import Measured
from sencoapp.domain.plan import DataPoint, Outcome
from sencoapp.services.measure_content import aim_words, measure_name, phase_words, spot_words, value_words
from sencoapp.services.measuring import shows, values_list
from sencoapp.services.permissions import may, may_save, may_save_this
from ui.pages.columns import Columns
from ui.pages.export_sheet import open_list_export
from ui.pages.plan_case import PlanCase
from ui.pages.plan_context import PlanContext
from ui.pages.plan_value_sheet import open_value_sheet
from ui.pages.plan_words import wording
from ui.theme import theme
from ui.widgets import (
    STRETCH,
    Button,
    Cell,
    ChartPicture,
    ChartSpot,
    Column,
    Icon,
    MeasureChart,
    RecordTable,
    Surface,
    TableRow,
    Text,
    clear,
    col,
    flow,
    holder,
    note,
    row,
)

_MOST_ROWS = 6


class MeasurePanel(Surface):
    """An outcome without a measure is a sentence, with a way to choose one for those who write the plan."""

    def __init__(self, context: PlanContext, outcome: Outcome) -> None:
        self._context = context
        self._column = col(gap=10, margins=16)
        super().__init__("panel", self._column)
        self.chart: MeasureChart | None = None
        self.table: RecordTable | None = None
        self.add: Button | None = None
        self.show_outcome(outcome)

    def show_outcome(self, outcome: Outcome) -> None:
        case = self._context.case
        found = case.measured.get(outcome.id)
        clear(self._column)
        self.chart = self.table = self.add = None
        number = wording("outcome_number", number=outcome.number)
        self._column.addWidget(note(number))
        self._column.addWidget(Text(outcome.text, "body", weight=600, wrap=True))
        if found is None:
            self._column.addWidget(Text(wording("no_measure"), "ui", "muted", wrap=True))
        else:
            self._show_measured(found, number)
        buttons = self._buttons(outcome, found, number)
        if found is not None and found.taken and may(self._context.room.actor, "export"):
            words = reference.say("lists.export")
            export = Button(words, "quiet", icon="file-text", name=f"{words}: {wording('values_of', outcome=number)}", tip="Ctrl+E")
            export.clicked.connect(lambda: self._export(found))
            buttons.append(export)
        if buttons:
            self._column.addWidget(flow(*buttons, gap=8))

    # ---- within -----------------------------------------------------------------------------------------------------

    def _show_measured(self, found: Measured, number: str) -> None:
        said = shows(found)
        chart = chart_of(found, self._context.case.today)
        if chart is not None:
            self.chart = MeasureChart(picture_of(found, chart, said))
            parts: list[tuple[QWidget, int]] = [(holder(col(self.chart, note(wording("chart_key"), wrap=True), STRETCH, gap=4)), 3)]
            if found.taken:
                self.table = self._table(found, number)
                parts.append((holder(col(self.table, STRETCH, gap=0)), 2))
            self._column.addWidget(Columns(*parts, gap=16, narrow=640))
        self._column.addLayout(row(Icon("info", "info", 18), (Text(said, "ui", wrap=True), 1), gap=8))
        if found.outcome.measure:
            self._column.addWidget(note(wording("measured_with", tool=found.outcome.measure), wrap=True))
        if found.in_other_units:
            values = ", ".join(f"{each.value} ({full_date(each.measured_on)})" for each in found.in_other_units)
            self._column.addWidget(note(wording("other_units", values=values), wrap=True))

    def _table(self, found: Measured, number: str) -> "ValueTable":
        columns = (
            Column(wording("value_day"), 0),
            Column(wording("value"), 92, right=True),
            Column(wording("value_aim"), 72, right=True),
            Column(wording("value_who"), 112, keep=False),
        )
        table = ValueTable(wording("values_of", outcome=number), columns)
        rows = [
            TableRow(
                each.point.id,
                (
                    Cell(full_date(each.point.measured_on)),
                    Cell(value_words(found, each), bold=True),
                    Cell(aim_words(found, each.aim)),
                    Cell(each.point.author_name),
                ),
            )
            for each in reversed(found.taken)
        ]
        table.show_values(rows)
        table.opened.connect(lambda key: self._open(found, key))
        table.export_wanted.connect(lambda: self._export(found))
        return table

    def _buttons(self, outcome: Outcome, found: Measured | None, number: str) -> list[Button]:
        context, case = self._context, self._context.case
        if case.is_closed:
            return []
        if found is not None:
            if not may_save(context.room.actor, DataPoint):
                return []
            self.add = Button(wording("add_value"), "secondary", icon="plus", name=f"{wording('add_value')}: {number}")
            self.add.clicked.connect(lambda: open_value_sheet(context, found))
            return [self.add]
        if not case.is_written:
            return []
        choose = Button(wording("choose_measure"), "quiet", icon="trending-up", name=f"{wording('choose_measure')}: {number}")
        choose.clicked.connect(lambda: context.change_outcome(outcome))
        return [choose]

    def _export(self, found: Measured) -> None:
        """The values as a spreadsheet or CSV."""
        outcome, pupil = found.outcome.id, self._context.case.pupil.id
        open_list_export(self._context.room, ("values",), lambda place: values_list(place.session, outcome), pupil)

    def _open(self, found: Measured, key: str) -> None:
        point = next((each.point for each in found.taken if each.point.id == key), None)
        case = self._context.case
        if point is not None and not case.is_closed and may_save_this(self._context.room.actor, DataPoint, "change", point.author):
            open_value_sheet(self._context, found, point)


class ValueTable(RecordTable):
    """As high as its rows, up to six; the rest is scrolled to. Ctrl+E in it gives out its own values, and not the plan around it."""

    export_wanted = Signal()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_export(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_export(event):
            self.export_wanted.emit()
            return
        super().keyPressEvent(event)

    def __init__(self, name: str, columns: tuple[Column, ...]) -> None:
        self._count = 0
        super().__init__(name, columns, compact=True, lead=8)

    def show_values(self, rows: list[TableRow]) -> None:
        self._count = min(_MOST_ROWS, len(rows))
        self.show_rows(rows)
        self.restyle()

    def restyle(self) -> None:
        super().restyle()
        self.setFixedHeight(theme().px(36 * self._count + 34))


def _is_export(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_E and event.modifiers() == Qt.KeyboardModifier.ControlModifier


def picture_of(found: Measured, chart: Chart, said: str) -> ChartPicture:
    """The chart in words and places for the widget."""
    return ChartPicture(
        measure_name(found),
        said,
        tuple(ChartSpot(each.role, each.x, each.y, spot_words(each.role, each.words), _said(each)) for each in chart.spots),
        chart.aim,
        tuple((each.place, each.words) for each in chart.up),
        tuple((each.place, each.words) for each in chart.across),
        tuple((each.x, phase_words(each)) for each in chart.phases),
    )


def _said(spot: Spot) -> str:
    off = wording("off_aim") if spot.role == "value_off" else ""
    return ", ".join(filter(None, (spot_words(spot.role, spot.words), full_date(spot.on), off)))


def measured_things(case: PlanCase) -> list[tuple[str, Any]]:
    """Each outcome with what is shown of its measure, as keyed things: one that has not changed stays as it is."""
    outcomes = case.page.outcomes if case.page else ()
    return [(each.id, (each, case.measured.get(each.id), case.is_closed)) for each in outcomes]

"""The table of the record: its model keeps Qt's rules, pages are asked for once, keys do what the mouse does."""

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAccessible
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ui.theme import theme
from ui.widgets import Cell, Column, GroupRow, RecordTable, TableRow
from ui.widgets.table_model import RecordTableModel

from .sample_page import REGISTER_COLUMNS, TodayPage, register_rows


def rows(first: int, count: int) -> list[TableRow]:
    return [TableRow(f"r{number}", (Cell(f"Pupil {number}"), Cell(str(number)))) for number in range(first, first + count)]


def table(qtbot: QtBot, count: int = 50, *, more: bool = False) -> RecordTable:
    made = RecordTable("Pupils", (Column("Name", order="name"), Column("Number", 80, right=True)))
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show_rows(rows(0, count), more=more)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_the_model_keeps_the_rules_of_models(qtmodeltester: ModelTester) -> None:
    model = RecordTableModel(REGISTER_COLUMNS)
    model.show([GroupRow("Year 6 · 2"), *register_rows()], more=True)
    qtmodeltester.check(model)
    model.add(register_rows())
    model.show([])
    qtmodeltester.check(model)


def test_the_next_page_is_asked_for_once_when_the_end_comes_into_view(qtbot: QtBot) -> None:
    made = table(qtbot, 50, more=True)
    asked: list[int] = []
    made.more_wanted.connect(asked.append)
    made.scrollToBottom()
    made.model().fetchMore(QModelIndex())
    assert asked == [50]
    made.add_rows(rows(50, 10))
    assert made.count() == 60
    assert not made.model().canFetchMore(QModelIndex())


def test_enter_opens_control_enter_acts_and_a_double_click_opens(qtbot: QtBot) -> None:
    made = table(qtbot)
    heard: list[tuple[str, str]] = []
    made.opened.connect(lambda key: heard.append(("opened", key)))
    made.acted.connect(lambda key: heard.append(("acted", key)))
    made.choose("r3")
    qtbot.keyClick(made, Qt.Key.Key_Return)
    qtbot.keyClick(made, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    place = made.visualRect(made.model().index(1, 0)).center()
    qtbot.mouseClick(made.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(made.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard == [("opened", "r3"), ("acted", "r3"), ("opened", "r1")]


def test_a_click_on_the_painted_button_acts(qtbot: QtBot) -> None:
    page = TodayPage()
    qtbot.addWidget(page)
    page.resize(1180, 700)
    page.show()
    qtbot.waitExposed(page)
    box = page.table.visualRect(page.table.model().index(1, 3))
    with qtbot.waitSignal(page.table.acted) as heard:
        qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.right() - 40, box.center().y()))
    assert heard.args == ["theo"]


def test_the_keys_step_over_the_rows_that_head_a_group(qtbot: QtBot) -> None:
    made = table(qtbot, 0)
    made.show_rows([GroupRow("One · 1"), *rows(0, 1), GroupRow("Two · 1"), *rows(1, 1)])
    made.choose_first()
    assert made.current_key() == "r0"
    qtbot.keyClick(made, Qt.Key.Key_Down)
    assert made.current_key() == "r1"
    qtbot.keyClick(made, Qt.Key.Key_Up)
    assert made.current_key() == "r0"
    qtbot.keyClick(made, Qt.Key.Key_Up)
    assert made.current_key() == "r0"


def test_rows_are_as_tall_as_before_where_a_heading_stood(qtbot: QtBot) -> None:
    made = table(qtbot, 0)
    usual = made.verticalHeader().defaultSectionSize()
    made.show_rows([GroupRow("One · 1"), *rows(0, 1), GroupRow("Two · 2"), *rows(1, 2)])
    made.show_rows([GroupRow("One · 2"), *rows(0, 2), GroupRow("Two · 2"), *rows(2, 2)])
    assert [made.rowHeight(number) == usual for number in range(6)] == [False, True, True, False, True, True]


def test_the_chosen_row_stays_chosen_when_rows_are_shown_anew(qtbot: QtBot) -> None:
    made = table(qtbot)
    made.choose("r5")
    made.show_rows(list(reversed(rows(0, 20))))
    assert made.current_key() == "r5"
    with qtbot.waitSignal(made.chosen) as heard:
        made.show_rows(rows(30, 3))
    assert heard.args == [""]


def test_a_heading_sorts_and_turns_round_by_mouse_and_by_keys(qtbot: QtBot) -> None:
    made = table(qtbot)
    orders: list[str] = []
    made.order_chosen.connect(orders.append)
    head = made.horizontalHeader()
    for _ in range(2):
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    made.choose("r0")
    qtbot.keyClick(made, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(made, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert orders == ["name", "-name", "name", "-name"]


def test_columns_that_may_go_leave_where_the_room_is_short(qtbot: QtBot) -> None:
    made = RecordTable("Pupils", REGISTER_COLUMNS)
    qtbot.addWidget(made)
    made.show_rows(register_rows())
    made.resize(1100, 400)
    made.show()
    qtbot.waitExposed(made)
    assert not any(made.isColumnHidden(number) for number in range(7))
    theme().use(text_size=2.0)
    made.resize(1100, 500)
    hidden = [column.title for number, column in enumerate(REGISTER_COLUMNS) if made.isColumnHidden(number)]
    assert "Missing" in hidden
    assert not {"Name", "Status", "Next review"} & set(hidden)


@pytest.mark.parametrize(("row", "column", "words"), [(0, 0, "Amir Farouk"), (0, 2, "K · SEN support"), (1, 6, "Parent view")])
def test_a_screen_reader_hears_the_words_of_a_cell(qtbot: QtBot, row: int, column: int, words: str) -> None:
    made = RecordTable("Pupils", REGISTER_COLUMNS)
    qtbot.addWidget(made)
    made.show_rows(register_rows())
    assert made.model().index(row, column).data(Qt.ItemDataRole.AccessibleTextRole) == words
    spoken = QAccessible.queryAccessibleInterface(made)
    assert spoken is not None
    assert spoken.text(QAccessible.Text.Name) == "Pupils"


def test_cells_never_change_once_they_are_shown() -> None:
    with pytest.raises(AttributeError):
        Cell("a").text = "b"  # type: ignore[misc]

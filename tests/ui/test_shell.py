"""The window around the pages: keys, palette, history, narrow windows, and what a screen reader meets."""

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from sencoapp.domain.record import Saved, Touched
from sencoapp.domain.refusals import Refusal
from ui.page import Page, Place
from ui.preferences import Preferences
from ui.shell import Shell
from ui.tasks import Desk
from ui.theme import Scheme, theme
from ui.widgets import LineField, Notice, Suggestion, col

from .gallery import sample_sheet
from .sample_page import FormPage

PAGES = ("today", "pupils", "pupil", "requests")


def within(root: QWidget) -> Iterator[QWidget]:
    return (each for each in root.findChildren(QWidget) if each.isVisibleTo(root))


def name_of(widget: QWidget) -> str:
    spoken = QAccessible.queryAccessibleInterface(widget)
    return spoken.text(QAccessible.Text.Name) if spoken is not None else ""


@pytest.mark.parametrize("page", PAGES)
def test_everything_that_takes_the_focus_has_a_name(shell: Shell, page: str) -> None:
    shell.open(page)
    nameless = [type(each).__name__ for each in within(shell) if each.focusPolicy() & Qt.FocusPolicy.TabFocus and not name_of(each)]
    assert nameless == []


@pytest.mark.parametrize("page", PAGES)
def test_no_two_commands_share_a_shortcut(shell: Shell, page: str) -> None:
    shell.open(page)
    keys = Counter(key.toString() for action in shell.commands() for key in action.shortcuts())
    assert [key for key, count in keys.items() if count > 1] == []
    assert not any("Ctrl+Alt" in key for key in keys)


@pytest.mark.parametrize("page", PAGES)
def test_no_two_controls_share_a_mnemonic(shell: Shell, page: str) -> None:
    shell.open(page)
    words = [each.text() for each in within(shell) if hasattr(each, "text") and isinstance(each.text(), str)]
    letters = Counter(QKeySequence.mnemonic(each).toString() for each in words)
    letters.pop("", None)
    assert [letter for letter, count in letters.items() if count > 1] == []


@pytest.mark.parametrize("page", PAGES)
def test_the_palette_holds_every_command_with_its_shortcut(shell: Shell, page: str) -> None:
    shell.open(page)
    shell.palette_sheet.open()
    model = shell.palette_sheet._list.model()
    listed = [model.index(row, 0).data(Qt.ItemDataRole.UserRole) for row in range(model.rowCount())]
    actions = [*shell.actions(), *(action for each in shell.current_page().findChildren(QWidget) for action in each.actions())]
    for action in actions:
        suggestion = next(each for each in listed if each.carries is action)
        assert suggestion.shortcut == action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        assert not suggestion.shortcut or suggestion.shortcut in action.toolTip()


def test_the_palette_opens_with_the_focus_in_it_and_gives_it_back(qtbot: QtBot, shell: Shell) -> None:
    shell.open("pupils")
    page = shell.current_page()
    assert page is not None
    field = page.search()
    assert field is not None
    field.setFocus()
    qtbot.keyClick(shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    edit = QApplication.focusWidget()
    assert isinstance(edit, LineField)
    assert shell.palette_sheet.isAncestorOf(edit)
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is field
    assert not shell.palette_sheet.isVisible()


def test_the_palette_finds_pupils_then_commands_then_notes(qtbot: QtBot, shell: Shell, desk: Desk) -> None:
    where = Place("pupil", {"pupil": "a"})
    shell.find_with(
        lambda words: [Suggestion("a", f"Pupil {words}", carries=where)], lambda words: [Suggestion("n", f"Note {words}", carries=where)]
    )
    shell.palette_sheet.open()
    edit = QApplication.focusWidget()
    assert isinstance(edit, LineField)
    qtbot.keyClicks(edit, "iep")
    qtbot.waitUntil(lambda: desk.is_idle() and shell.palette_sheet._list.count() == 3)
    model = shell.palette_sheet._list.model()
    assert [model.index(row, 0).data() for row in range(3)] == ["Pupil iep", "Go to Plans", "Note iep"]
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert shell.place() == where


def test_the_palette_says_when_nothing_matches(qtbot: QtBot, shell: Shell) -> None:
    shell.palette_sheet.open("zzzz")
    assert shell.palette_sheet._list.model().index(0, 0).data() == "Nothing matches “zzzz”"


def test_a_command_runs_from_the_palette(qtbot: QtBot, shell: Shell) -> None:
    shell.palette_sheet.open("dark col")
    edit = QApplication.focusWidget()
    assert edit is not None
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert theme().scheme is Scheme.DARK


def test_back_and_forward_go_the_way_that_was_come(qtbot: QtBot, shell: Shell) -> None:
    shell.open("pupils")
    shell.open("pupil", {"pupil": "a"})
    shell.open("pupil", {"pupil": "b"})
    qtbot.keyClick(shell, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert shell.place() == Place("pupil", {"pupil": "a"})
    shell.go_back()
    shell.go_forward()
    assert shell.place() == Place("pupil", {"pupil": "a"})
    shell.open("today")
    shell.go_forward()
    assert shell.place() == Place("today", {})


def test_control_and_a_figure_goes_to_a_place(qtbot: QtBot, shell: Shell) -> None:
    for key, place in ((Qt.Key.Key_2, "pupils"), (Qt.Key.Key_6, "requests"), (Qt.Key.Key_1, "today"), (Qt.Key.Key_Comma, "settings")):
        qtbot.keyClick(shell, key, Qt.KeyboardModifier.ControlModifier)
        assert shell.place() == Place(place, {})


def test_pages_are_built_when_they_are_first_opened(qtbot: QtBot, desk: Desk, preferences: Preferences) -> None:
    built: list[str] = []

    def make(name: str) -> Page:
        built.append(name)
        return Page()

    shell = Shell(desk, preferences, school="S", person="P")
    qtbot.addWidget(shell)
    shell.register("one", "sun", "One", lambda: make("one"))
    shell.register("two", "users", "Two", lambda: make("two"))
    shell.open("one")
    shell.open("one")
    assert built == ["one"]


class Remembering(Page):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Saved] = []
        self.shown: list[object] = []
        self.setLayout(col(LineField("Any")))

    def show_for(self, args: object) -> None:
        self.shown.append(args)

    def refresh(self, saved: Saved) -> None:
        self.heard.append(saved)


def test_a_save_is_told_to_the_page_in_sight_and_to_others_when_they_come_into_sight(
    qtbot: QtBot, desk: Desk, preferences: Preferences
) -> None:
    shell = Shell(desk, preferences, school="S", person="P")
    qtbot.addWidget(shell)
    pages = {name: Remembering() for name in ("one", "two")}
    for name, page in pages.items():
        shell.register(name, "sun", name.title(), lambda page=page: page)
    shell.open("one")
    shell.open("two")
    first, second = Touched("pupil", "a", "a"), Touched("cycle", "c", "a")
    desk.saved.emit(Saved(1, frozenset({first})), None)
    desk.saved.emit(Saved(2, frozenset({second})), None)
    assert pages["two"].heard == [Saved(1, frozenset({first})), Saved(2, frozenset({second}))]
    assert pages["one"].heard == []
    shell.open("one")
    assert pages["one"].heard == [Saved(2, frozenset({first, second}))]


def test_a_refusal_that_no_page_takes_is_shown_above_the_page(qtbot: QtBot, shell: Shell, desk: Desk) -> None:
    def refuse() -> None:
        raise Refusal("no_longer_there")

    desk.change(shell, refuse)
    qtbot.waitUntil(lambda: any(each.isVisible() for each in shell.findChildren(Notice) if each.kind == "danger"))


def test_f6_goes_round_the_panes(qtbot: QtBot, shell: Shell) -> None:
    shell.open("pupils")
    page = shell.current_page()
    assert page is not None
    panes = [shell.rail, shell.header, *page.panes()]
    page.panes()[-1].findChildren(QWidget)
    visited = []
    for _ in panes:
        qtbot.keyClick(shell, Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        visited.append(next(number for number, pane in enumerate(panes) if pane is focus or pane.isAncestorOf(focus)))
    assert sorted(visited) == list(range(len(panes)))


def test_a_narrow_window_or_large_text_folds_the_rail_and_f9_does_so_at_will(qtbot: QtBot, shell: Shell) -> None:
    assert shell.rail.width() == 184
    qtbot.keyClick(shell, Qt.Key.Key_F9)
    assert shell.rail.width() == 56
    qtbot.keyClick(shell, Qt.Key.Key_F9)
    theme().use(text_size=2.0)
    qtbot.waitUntil(lambda: shell.rail.width() == 112)
    assert "Today" in shell.rail.stops()[0].toolTip()


def test_control_plus_and_minus_change_the_text_and_are_remembered(qtbot: QtBot, shell: Shell, preferences: Preferences) -> None:
    qtbot.keyClick(shell, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert theme().text_size == 1.1
    assert preferences.text_size == 1.1
    qtbot.keyClick(shell, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert theme().text_size == 1.0


def test_the_window_comes_back_in_its_size(qtbot: QtBot, shell: Shell, desk: Desk, preferences: Preferences) -> None:
    shell.resize(780, 640)
    shell.close()
    again = Shell(desk, preferences, school="S", person="P")
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (780, 640)


def test_the_title_bar_says_demo_and_never_a_pupils_name(shell: Shell) -> None:
    shell.open("pupil")
    assert shell.windowTitle() == "Demo · Pupil · SENCO app"


def test_new_observation_lock_and_settings_can_be_reached_from_every_page(qtbot: QtBot, shell: Shell) -> None:
    for page in PAGES:
        shell.open(page)
        with qtbot.waitSignal(shell.new_observation_wanted):
            qtbot.keyClick(QApplication.focusWidget() or shell, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        with qtbot.waitSignal(shell.lock_wanted):
            qtbot.keyClick(QApplication.focusWidget() or shell, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def least_size(widget: QWidget) -> QSize:
    """What a widget needs; where words wrap, at the width that it has."""
    need, layout = widget.minimumSizeHint(), widget.layout()
    if layout is not None and layout.hasHeightForWidth():
        return QSize(need.width(), layout.minimumHeightForWidth(widget.width()))
    return need


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("size", [1.0, 2.0])
def test_nothing_is_smaller_than_it_needs_to_be(qtbot: QtBot, shell: Shell, page: str, size: float) -> None:
    theme().use(text_size=size)
    shell.open(page)
    if page == "pupils":
        shell.show_sheet(sample_sheet(shell.desk))
    for _ in range(4):
        QApplication.processEvents()
    assert (shell.width(), shell.height()) == (1366, 768)
    cut = []
    for each in within(shell):
        need = least_size(each)
        scrolls = isinstance(each, QScrollArea) or type(each).__name__ in ("QWidget", "QStackedWidget")
        if not scrolls and (each.width() < need.width() or each.height() < need.height()):
            cut.append((type(each).__name__, name_of(each), (each.width(), each.height()), (need.width(), need.height())))
    assert cut == []


@pytest.mark.parametrize("scheme", [Scheme.DARK, Scheme.HIGH_CONTRAST, Scheme.LIGHT])
def test_themes_change_in_the_open_window(qtbot: QtBot, shell: Shell, scheme: Scheme) -> None:
    shell.open("pupil")
    theme().use(scheme)
    picture = shell.grab().toImage()
    assert picture.pixelColor(5, 400) == theme().colour("sunken")
    assert picture.pixelColor(700, 10) == theme().colour("surface")


def test_the_places_are_one_stop_and_the_arrow_keys_open_the_next(qtbot: QtBot, shell: Shell) -> None:
    shell.open("today")
    first, second = shell.rail.stops()[:2]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert shell.place() == Place("pupils", {})
    assert QApplication.focusWidget() is second


def test_tab_goes_through_the_window_from_the_rail_on_and_is_never_trapped(qtbot: QtBot, shell: Shell) -> None:
    shell.open("pupil")
    start = shell.rail.stops()[1]
    start.setFocus()
    seen: list[QWidget] = []
    for _ in range(60):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None
        if now is start:
            break
        seen.append(now)
    assert QApplication.focusWidget() is start
    sync, _, lock = shell.rail.stops()[-3:]
    assert seen[:4] == [sync, lock, shell.header._back, shell.header.find_button]
    page = shell.current_page()
    assert isinstance(page, FormPage)
    assert page.save in seen

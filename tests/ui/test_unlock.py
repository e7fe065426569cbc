"""Unlocking, the recovery sheet, locking: by hand, when nobody is there, and with something half-written."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sencoapp.app import Workplace
from sencoapp.domain.people import School
from sencoapp.services.beginning import change_school
from tests.places import PASSPHRASE, new_place
from ui.idle import IDLE_SECONDS
from ui.page import Page
from ui.pages.unlock import UnlockPage
from ui.theme import Scheme, theme
from ui.widgets import TextArea, col

from .starting import Program, shown_words


def a_key() -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")


def try_passphrase(program: Program, words: str) -> UnlockPage:
    page = program.door_page()
    assert isinstance(page, UnlockPage)
    page.passphrase.line.setText(words)
    page.button.click()
    program.settle()
    return page


def test_a_wrong_passphrase_gets_one_sentence_and_another_try(program: Program) -> None:
    program.with_record()
    program.start()
    page = try_passphrase(program, "four words that do not")
    assert "That is not the passphrase. Try again, or use the recovery sheet." in shown_words(page)
    assert page.passphrase.line.hasFocus()
    assert page.passphrase.line.selectedText() == page.passphrase.line.text()
    try_passphrase(program, PASSPHRASE)
    assert program.keeper.shell is not None


def test_no_passphrase_is_asked_for(program: Program) -> None:
    program.with_record()
    program.start()
    assert "Enter the passphrase." in shown_words(try_passphrase(program, ""))


def test_at_twice_the_text_size_the_button_is_in_sight_under_the_sentence_about_a_wrong_passphrase(program: Program) -> None:
    program.with_record()
    program.start()
    theme().use(Scheme.LIGHT, 2.0)
    program.settle()
    page = try_passphrase(program, "four words that do not")
    program.qtbot.waitUntil(lambda: page.button.visibleRegion().boundingRect() == page.button.rect())
    assert page.passphrase.line.visibleRegion().boundingRect() == page.passphrase.line.rect()


def test_at_twice_the_text_size_the_button_is_in_sight_where_there_are_several_records(program: Program) -> None:
    program.with_record()
    new_place(program.folder / "profiles" / program.app.new_id(), program.app).close()
    program.start()
    theme().use(Scheme.LIGHT, 2.0)
    program.settle()
    page = program.door_page()
    assert page.records is not None
    program.qtbot.waitUntil(lambda: page.button.visibleRegion().boundingRect() == page.button.rect())
    theme().use(Scheme.LIGHT, 1.0)
    program.settle()
    assert page.button.visibleRegion().boundingRect() == page.button.rect()


def wrong_five_times(program: Program) -> UnlockPage:
    for _ in range(5):
        page = try_passphrase(program, "not this one")
    return page


def test_five_wrong_tries_are_followed_by_a_count_down_and_then_it_works(program: Program, qtbot: QtBot) -> None:
    program.with_record()
    program.start()
    for _ in range(4):
        page = try_passphrase(program, "not this one")
        assert page.button.isEnabled()
    page.wait._now = lambda: program.seconds
    try_passphrase(program, "not this one")
    assert "Try again in 30 s, or choose “I cannot unlock” and use the recovery sheet." in shown_words(page)
    program.seconds += 9
    page.wait.look()
    assert "Try again in 21 s" in shown_words(page)
    program.seconds += 21
    program.up += 30
    with qtbot.waitSignal(page.wait.over):
        page.wait.look()
    assert page.button.isEnabled()
    assert "Try again in" not in shown_words(page)
    try_passphrase(program, PASSPHRASE)
    assert program.keeper.shell is not None


def test_the_count_down_counts_by_itself(program: Program, qtbot: QtBot) -> None:
    program.with_record()
    program.start()
    page = wrong_five_times(program)
    with qtbot.waitSignal(page.wait.ticked, timeout=10_000):
        pass
    page.wait.begin(61)
    assert "Try again in 1 min 1 s" in shown_words(page)


def test_while_it_waits_nothing_is_tried_not_even_after_a_new_start_and_the_sheet_can_be_used(program: Program) -> None:
    program.with_record()
    program.start()
    page = wrong_five_times(program)
    page.passphrase.line.setText(PASSPHRASE)
    page.passphrase.entered.emit()
    program.settle()
    assert program.keeper.shell is None
    program.keeper.door.show_unlock()
    program.settle()
    page = program.door_page()
    assert "Try again in 30 s" in shown_words(page)
    assert not page.button.isEnabled()
    page.sheet_link.click()
    assert page.recovery.button.isEnabled()


def test_the_recovery_sheet_opens_the_record_and_sets_a_new_passphrase(program: Program) -> None:
    from sencoapp.domain.people import School, StaffMember

    school = School("", "Barrowby Primary", "primary", "leicestershire")
    opened = program.gate.begin("a passphrase to forget", school, StaffMember("", "Mrs Ruth Adeyemi", "senco"))
    opened.place.close()
    program.start()
    page = program.door_page()
    page.sheet_link.click()
    form = page.recovery
    form.button.click()
    assert "Enter the code that is printed on the recovery sheet." in shown_words(form)
    form.code.setText("AAAA-BBBB")
    for each in (form.first, form.second):
        each.line.setText(PASSPHRASE)
    form.button.click()
    program.settle()
    assert "The code does not add up. Check it against the sheet, group by group." in shown_words(form)
    form.code.setText(opened.code.lower().replace("-", " "))
    form.button.click()
    program.settle()
    assert program.keeper.shell is not None
    program.keeper.lock()
    program.settle()
    try_passphrase(program, PASSPHRASE)
    assert program.keeper.shell is not None


def test_caps_lock_is_noticed_by_what_is_typed(program: Program, qtbot: QtBot) -> None:
    program.with_record()
    program.start()
    entry = program.door_page().passphrase
    qtbot.keyClick(entry.line, "F")
    assert "Caps Lock seems to be on" in shown_words(entry)
    qtbot.keyClick(entry.line, "F", Qt.KeyboardModifier.ShiftModifier)
    assert "Caps Lock seems to be on" not in shown_words(entry)


def test_what_is_typed_is_hidden_until_show_is_pressed(program: Program) -> None:
    program.with_record()
    program.start()
    entry = program.door_page().passphrase
    entry.line.setText(PASSPHRASE)
    assert entry.line.displayText() != PASSPHRASE
    entry.show_button.click()
    assert entry.line.displayText() == PASSPHRASE
    assert entry.show_button.text() == "Hide"


class NotePage(Page):
    """A page that keeps what is typed, as the pages with text do."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.area = TextArea("Note")
        self.area.settled.connect(lambda words: program.keeper.room.do(self, lambda place: keep(place, words)))  # type: ignore[union-attr]
        self.setLayout(col(self.area))

    def show_for(self, args: Mapping[str, Any]) -> None:
        self.area.setFocus()


def keep(place: Workplace, words: str) -> None:
    place.session.record.keep_draft("note", {"text": words})


def test_what_was_being_typed_is_a_draft_after_locking(program: Program, qtbot: QtBot) -> None:
    shell = program.unlocked()
    shell.register("note", "", "Note", lambda: NotePage(program), rail=False)
    page = program.open("note")
    assert isinstance(page, NotePage)
    shell.activateWindow()
    page.area.setFocus()
    qtbot.keyClicks(page.area, "Stayed for the whole of assembly")
    qtbot.keyClick(shell, "L", Qt.KeyboardModifier.ControlModifier)
    program.settle()
    assert program.keeper.shell is None
    try_passphrase(program, PASSPHRASE)
    assert program.record(lambda place: place.session.record.draft("note")) == {"text": "Stayed for the whole of assembly"}


def test_ten_minutes_without_a_key_lock_the_record_and_a_key_before_that_does_not(program: Program) -> None:
    program.unlocked()
    watch = program.keeper._watch
    assert watch is not None
    program.seconds += IDLE_SECONDS - 1
    watch.look()
    assert program.keeper.shell is not None
    handle = program.shell.windowHandle()
    assert handle is not None
    QApplication.sendEvent(handle, a_key())
    program.seconds += IDLE_SECONDS - 1
    watch.look()
    assert program.keeper.shell is not None
    program.seconds += 1
    watch.look()
    program.settle()
    assert program.keeper.shell is None
    assert isinstance(program.door_page(), UnlockPage)
    assert "The record locked by itself" in shown_words(program.keeper.door)
    try_passphrase(program, PASSPHRASE)
    program.keeper.lock()
    program.settle()
    assert "The record locked by itself" not in shown_words(program.keeper.door)


def test_a_laptop_that_slept_is_locked_before_the_first_key_is_heard(program: Program) -> None:
    program.unlocked()
    program.seconds += 8 * 60 * 60
    handle = program.shell.windowHandle()
    assert handle is not None
    QApplication.sendEvent(handle, a_key())
    program.settle()
    assert program.keeper.shell is None


def test_the_look_is_kept_for_the_next_start(program: Program) -> None:
    program.unlocked()
    theme().use(Scheme.DARK, 1.3)
    assert program.keeper.preferences.scheme is Scheme.DARK
    assert program.keeper.preferences.text_size == 1.3


def test_a_demo_school_that_was_opened_by_its_folder_is_locked_and_unlocked_there(program: Program) -> None:
    def as_demo(place: Workplace) -> None:
        (school,) = place.session.record.find(School)
        change_school(place.session, school, replace(school, demo=True))

    program.unlocked(as_demo)
    assert program.opened.demo
    program.shell.lock_wanted.emit()
    program.settle()
    assert not program.gate.has_demo(), "no demo school was ever made in the usual folder"
    try_passphrase(program, PASSPHRASE)
    assert program.opened.place.profile.folder == program.gate.folder

"""Spelling while one writes: waves, suggestions by keyboard and menu, one's own dictionary, and no library at all."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from sencoapp.services import spelling as services
from tests.ui.test_quick_entry import begin, fill
from ui import spelling
from ui.pages.settings_spelling import SpellingPart
from ui.widgets import TextArea

pytest.importorskip("hunspell", reason="the library for spelling is not installed")
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)


@pytest.fixture
def house(open_house):
    opened = open_house(fill)
    opened.open("pupils")
    spelling.spelling().open(opened.room)
    yield opened
    spelling.spelling().close()


def writing(house, words: str) -> TextArea:
    text = begin(house).form.text
    text.setFocus()
    house.settle()
    house.enter(words)
    house.settle()
    return text


def waved(text: TextArea) -> list[str]:
    """The words with a wave below them."""
    found = []
    block = text.document().begin()
    while block.isValid():
        for each in block.layout().formats():
            if each.format.underlineStyle() == QTextCharFormat.UnderlineStyle.WaveUnderline:
                found.append(block.text()[each.start : each.start + each.length])
        block = block.next()
    return found


def test_british_words_names_and_the_words_of_the_field_are_known_and_the_rest_has_a_wave(house):
    words = "Kian's behaviour organised the colour; recieve color SENCO Makaton dysregulated 2nd www.nhs.uk "
    assert waved(writing(house, words)) == ["recieve", "color"]


def test_the_word_that_is_being_typed_is_left_alone_until_it_is_finished(house):
    text = writing(house, "He recie")
    assert waved(text) == []
    house.enter("ve it")
    assert waved(text) == ["recieve"]


def test_ctrl_and_full_stop_offer_suggestions_and_one_takes_the_place_of_the_word(house):
    text = writing(house, "To recieve it")
    menu = spelling.open_suggestions(text)
    assert menu.actions()[0].text() == "receive"
    assert menu.actions()[-1].text() == "Add “recieve” to my dictionary"
    menu.actions()[0].trigger()
    menu.close()
    assert text.words() == "To receive it"
    assert waved(text) == []
    text.undo()
    assert text.words() == "To recieve it"


def test_the_key_itself_opens_the_menu_and_types_nothing(house):
    text = writing(house, "To recieve it")
    QTest.keyClick(text, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.close()
    assert text.words() == "To recieve it"


def test_a_word_of_ones_own_is_kept_in_the_record_and_known_everywhere(house):
    text = writing(house, "Numiconic bricks ")
    assert waved(text) == ["Numiconic"]
    menu = spelling.open_suggestions(text)
    menu.actions()[-1].trigger()
    menu.close()
    house.settle()
    assert waved(text) == []
    assert house.record(lambda place: services.own_words(place.session)) == ["Numiconic"]
    assert house.sees("“Numiconic” is in your dictionary.")


def test_marking_is_no_writing(house):
    """No draft is kept and nothing saves itself for a wave."""
    text = begin(house).form.text
    house.settle()
    text.set_words("To recieve it ")
    heard = []
    text.textChanged.connect(lambda: heard.append(1))
    text.setFocus()
    house.settle()
    assert waved(text) == ["recieve"]
    spelling.spelling().changed.emit()
    assert heard == []
    assert waved(text) == ["recieve"]


def test_words_of_ones_own_are_added_and_removed_in_settings(house, qtbot):
    page = house.open("settings", section="spelling")
    part = page.findChild(SpellingPart)
    part.word.setText("two words")
    part._add()
    house.settle()
    assert house.sees("Enter one word, without spaces.")
    part.word.setText("Numiconic")
    part._add()
    house.settle()
    assert "Numiconic" in [each.text() for each in part.findChildren(QLabel)]
    house.click("Remove Numiconic from my dictionary")
    assert house.record(lambda place: services.own_words(place.session)) == []


def test_without_the_library_nothing_is_marked_and_settings_says_so(house, monkeypatch):
    monkeypatch.setattr(spelling, "find_spec", lambda name: None)
    text = begin(house).form.text
    text.setFocus()
    house.enter("To recieve it ")
    assert waved(text) == []
    part = SpellingPart(house.room)
    assert any("Spelling is not checked" in each.text() for each in part.findChildren(QLabel))
    part.deleteLater()


def test_locking_lets_go_of_the_names(house):
    writing(house, "Kian ")
    assert spelling.spelling().is_right("Kian")
    spelling.spelling().close()
    assert not spelling.spelling()._known
    assert not spelling.spelling().is_ready()

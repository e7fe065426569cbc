"""The statement of a request in the window: taken over, changed, kept when the record moves on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sencoapp.app import Workplace
from sencoapp.domain.casework import Request
from sencoapp.domain.people import Pupil
from sencoapp.domain.record import Amend, Saved
from sencoapp.domain.statement import StatementSentence
from tests.ui.starting import shown_words
from ui.pages.record_sheet import RecordSheet
from ui.pages.request_statement import StatementPane
from ui.preferences import Preferences

from .request_house import RequestHouse, request_house


@pytest.fixture
def house(qtbot: QtBot, tmp_path: Path, preferences: Preferences) -> Iterator[RequestHouse]:
    with request_house(qtbot, tmp_path / "profile", preferences) as opened:
        yield opened


def statement(house: RequestHouse) -> tuple[Request, StatementPane]:
    request = house.request(strengths="Draws from memory")
    pane = house.builder(request, "statement").statement
    assert pane.isVisible()
    return request, pane


def sentences(house: RequestHouse, request: Request) -> list[StatementSentence]:
    return house.record(lambda place: place.session.record.find(StatementSentence, request=request.id))


def row_with(pane: StatementPane, words: str):
    for part in pane.parts.values():
        for column in (part.kept, part.out, part.new):
            for key in list(column._shown):
                found = column.widget(key)
                if found is not None and words in found._text.text():
                    return found
    raise AssertionError(words)


def strengths(house: RequestHouse, request: Request, words: str) -> None:
    def deed(place: Workplace) -> Saved:
        return place.session.record.save([Amend(Pupil, request.pupil, {"strengths": words})], action="x", actor=place.session.actor)

    house.change(deed)


def sheet_of(house: RequestHouse) -> RecordSheet:
    return next(each for each in house.shell.findChildren(RecordSheet) if each.isVisible())


def test_the_draft_is_shown_with_its_sources_and_becomes_ones_own(house: RequestHouse) -> None:
    request, pane = statement(house)
    words = shown_words(pane)
    assert "This is a draft from the record" in words
    assert "Strengths: Draws from memory." in words
    found = row_with(pane, "Draws from memory")
    house.press(found.source)
    assert house.went[-1] == ("pupil", {"pupil": request.pupil, "tab": "overview"})
    pane = house.builder(request, "statement").statement
    house.press(pane.take)
    assert [each.rests_on for each in sentences(house, request) if "Draws" in each.text] == [f"pupil:{request.pupil}:strengths"]
    assert "Put into words by Mrs Ruth Adeyemi" in shown_words(pane)
    assert not pane.take.isVisible()


def test_a_changed_sentence_stands_and_what_the_record_says_now_is_beside_it(house: RequestHouse) -> None:
    request, pane = statement(house)
    house.press(pane.take)
    house.press(row_with(pane, "Draws from memory").edit)
    sheet = sheet_of(house)
    area = sheet.form.controls["text"]
    area.set_words("He draws whole streets from memory.")
    house.press(sheet.save_button)
    assert "In your words" in shown_words(row_with(pane, "whole streets"))
    strengths(house, request, "Draws and models")
    house.builder(request, "statement")
    found = row_with(pane, "whole streets")
    words = shown_words(found)
    assert "The record has changed since" in words
    assert "The record now says: Strengths: Draws and models." in words
    assert "For one sentence the record says something else by now" in shown_words(pane)
    house.press(found.mine)
    assert "The record has changed since" not in shown_words(row_with(pane, "whole streets"))
    house.press(row_with(pane, "whole streets").leave)
    assert row_with(pane, "whole streets").back.isVisible()
    assert house.shell._toast.press_undo()
    house.settle()
    assert row_with(pane, "whole streets").leave.isVisible()


def test_a_half_written_sentence_is_there_again(house: RequestHouse) -> None:
    request, pane = statement(house)
    house.press(pane.parts["health"].add)
    sheet = sheet_of(house)
    area = sheet.form.controls["text"]
    house.qtbot.keyClicks(area, "He sleeps badly")
    sheet.close_sheet()
    house.settle()
    house.press(pane.parts["health"].add)
    sheet = sheet_of(house)
    assert sheet.form.controls["text"].words() == "He sleeps badly"
    house.qtbot.keyClick(sheet.form.controls["text"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    house.settle()
    assert [each.text for each in sentences(house, request)] == ["He sleeps badly"]


def test_the_gap_leads_to_the_statement(house: RequestHouse) -> None:
    request = house.request()
    builder = house.builder(request)
    house.press(builder.missing.rows()["statement"].fix)
    assert builder.statement.isVisible()

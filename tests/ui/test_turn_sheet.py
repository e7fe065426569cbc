"""Turning the pages of a scan in the window, from the evidence of a request."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sencoapp.domain.casework import Document, Request
from sencoapp.services import documents, requests
from tests.documents.page_scans import pdf_of, scan
from tests.ui.starting import shown_words
from ui.pages.turn_sheet import TurnSheet
from ui.preferences import Preferences

from .request_house import RequestHouse, request_house
from .test_tab_key import passed, stops


@pytest.fixture
def house(qtbot: QtBot, tmp_path: Path, preferences: Preferences) -> Iterator[RequestHouse]:
    with request_house(qtbot, tmp_path / "profile", preferences) as opened:
        yield opened


def opened(house: RequestHouse) -> TurnSheet:
    pupil = house.pupil()
    content = pdf_of(scan(60), scan(60))
    house.change(
        lambda place: documents.add_document(place.session, place.documents, pupil.id, "scan.pdf", content, title="A scan", kind="work")[1]
    )
    request: Request = house.record(lambda place: requests.start_request(place.session, pupil.id)[0])
    pane = house.builder(request, "evidence").evidence
    house.settle()
    pane.chosen.choose_first()
    house.press(pane.turning)
    return next(each for each in house.shell.findChildren(TurnSheet) if each.isVisible())


def kept(house: RequestHouse) -> tuple[str, ...]:
    (document,) = house.record(lambda place: place.session.record.find(Document))
    turns: tuple[str, ...] = document.turns
    return turns


def test_the_keyboard_is_in_the_sheet_of_many_pages_and_comes_to_each_of_its_controls(house: RequestHouse) -> None:
    sheet = opened(house)
    assert QApplication.activeWindow() is house.shell
    assert sheet.right.hasFocus()
    wanted = {each for each in stops(house) if sheet.isAncestorOf(each)}
    assert {sheet.left, sheet.on, sheet.which.chip("all")} <= wanted
    assert wanted <= passed(house, len(stops(house)))


def test_one_page_is_turned_then_all_and_taken_back(house: RequestHouse) -> None:
    sheet = opened(house)
    assert "It lies as the file has it." in shown_words(sheet)
    before = sheet.page.pixmap().size()
    assert before.height() > before.width()
    house.press(sheet.right)
    assert kept(house) == ("1:90",)
    after = sheet.page.pixmap().size()
    assert after.width() > after.height()
    assert "Turned a quarter to the right. You chose that." in shown_words(sheet)
    house.press(sheet.on)
    assert "Page 2 of 2" in shown_words(sheet)
    house.press(sheet.which.chip("all"))
    house.press(sheet.left)
    assert kept(house) == ("1:270", "2:270")
    house.press(sheet.again)
    assert kept(house) == ()
    assert "It lies as the file has it." in shown_words(sheet)


def test_a_page_that_could_not_be_turned_is_shown_as_it_is_kept(house: RequestHouse) -> None:
    sheet = opened(house)
    (document,) = house.record(lambda place: place.session.record.find(Document))
    house.change(lambda place: documents.remove_document(place.session, document.id))
    house.press(sheet.right)
    house.settle()
    assert "It lies as the file has it." in shown_words(sheet)

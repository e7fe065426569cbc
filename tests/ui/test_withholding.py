"""Withholding words of evidence: found and marked with the keys, drawn with the mouse, and gone from the pack."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from sencoapp.domain.casework import Request
from sencoapp.domain.redaction import Redaction
from sencoapp.services import documents, requests
from tests.documents.test_redaction import is_in, written
from tests.places import rendered
from tests.ui.starting import shown_words
from ui.pages.withhold_sheet import WithholdSheet
from ui.preferences import Preferences

from .request_house import RequestHouse, request_house
from .test_tab_key import passed, stops


@pytest.fixture
def house(qtbot: QtBot, tmp_path: Path, preferences: Preferences) -> Iterator[RequestHouse]:
    with request_house(qtbot, tmp_path / "profile", preferences) as opened:
        yield opened


@pytest.fixture
def request_with_report(house: RequestHouse) -> Request:
    pupil = house.pupil()
    report = written("Kian and Zebedee sit together.", "Zebedee's mother was there.", "Kian works well.")
    house.change(lambda place: documents.add_document(place.session, place.documents, pupil.id, "report.pdf", report, title="A report")[1])
    return house.record(lambda place: requests.start_request(place.session, pupil.id)[0])


def opened(house: RequestHouse, request: Request) -> WithholdSheet:
    evidence = house.builder(request, "evidence").evidence
    evidence.chosen.choose_first()
    house.press(evidence.withhold)
    [sheet] = [each for each in house.shell.findChildren(WithholdSheet) if each.isVisible()]
    return sheet


def test_every_field_of_the_sheet_is_come_to_with_the_tab_key(house: RequestHouse, request_with_report: Request) -> None:
    sheet = opened(house, request_with_report)
    wanted = {each for each in stops(house) if sheet.isAncestorOf(each)}
    assert sheet.reason in wanted
    assert wanted <= passed(house, len(stops(house)))


def marks(house: RequestHouse) -> list[Redaction]:
    return house.record(lambda place: place.session.record.find(Redaction))


def pack_of(house: RequestHouse, request: Request) -> bytes:
    draft = house.record(lambda place: requests.draft_pack(place.session, request.id))
    return rendered(house.place, draft)


def test_a_name_is_found_with_the_keys_and_gone_from_the_pack(house: RequestHouse, request_with_report: Request) -> None:
    assert is_in("Zebedee", pack_of(house, request_with_report))
    sheet = opened(house, request_with_report)
    house.type(sheet.words, "zebedee")
    house.qtbot.keyClick(sheet.words, Qt.Key.Key_Return)
    house.settle()
    assert "Found 2 times on page 1." in shown_words(sheet)
    assert sheet.mark_all.hasFocus()
    house.qtbot.keyClick(sheet.mark_all, Qt.Key.Key_Space)
    house.settle()
    assert [each.reason for each in marks(house)] == ["other_child", "other_child"]
    assert [each.words_beneath for each in marks(house)] == ["Zebedee", "Zebedee's"]
    assert sheet.marks.count() == 2
    pdf = pack_of(house, request_with_report)
    assert not is_in("Zebedee", pdf)
    assert is_in("works well", pdf)
    house.press(sheet.find_button)
    assert "marked already" in shown_words(sheet)


def test_a_place_is_marked_with_the_mouse_and_shown_again_by_undo(house: RequestHouse, request_with_report: Request) -> None:
    sheet = opened(house, request_with_report)
    canvas = sheet.canvas
    wide, high = canvas.width(), canvas.height()
    start, end = QPoint(wide // 10, high // 20), QPoint(wide // 2, high // 8)
    house.qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    house.qtbot.mouseMove(canvas, end)
    house.qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)
    house.settle()
    [mark] = marks(house)
    assert abs(mark.left - 1000) < 40
    assert abs(mark.bottom - 1250) < 40
    assert sheet.marks.count() == 1
    house.shell._toast.press_undo()
    house.settle()
    assert marks(house) == []
    assert sheet.marks.count() == 0


def test_a_place_is_marked_with_the_keys_alone(house: RequestHouse, request_with_report: Request) -> None:
    sheet = opened(house, request_with_report)
    sheet.reason.choose("not_needed")
    sheet.canvas.setFocus()
    for key, modifier in (
        (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
    ):
        house.qtbot.keyClick(sheet.canvas, key, modifier)
    house.settle()
    [mark] = marks(house)
    assert (mark.left, mark.top, mark.right, mark.bottom, mark.reason) == (1000, 1150, 3650, 1550, "not_needed")
    sheet.marks.setFocus()
    house.qtbot.keyClick(sheet.marks, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    house.settle()
    assert marks(house) == []


def test_it_is_said_where_else_a_pack_prints_the_words(house: RequestHouse, request_with_report: Request) -> None:
    sheet = opened(house, request_with_report)
    house.type(sheet.words, "Report")
    house.press(sheet.find_button)
    assert "These words also stand in the document's title, its file name." in shown_words(sheet)


def test_words_that_are_not_there_are_told(house: RequestHouse, request_with_report: Request) -> None:
    sheet = opened(house, request_with_report)
    house.type(sheet.words, "Nobody")
    house.press(sheet.find_button)
    assert "do not stand in this document" in shown_words(sheet)
    assert not sheet.mark_all.isVisible()


def test_a_document_is_marked_from_where_it_is_read(house: RequestHouse, request_with_report: Request) -> None:
    from sencoapp.domain.casework import Document
    from ui.pages.document_reader import DocumentReader

    paper = house.record(lambda place: place.session.record.find(Document)[0])
    reader = DocumentReader(house.room)
    house.qtbot.addWidget(reader)
    reader.show()
    reader.show_document(paper, house.record(lambda place: place.session.blobs.read(paper.blob)))
    house.settle()
    house.press(reader.withhold)
    assert [each for each in house.shell.findChildren(WithholdSheet) if each.isVisible()]

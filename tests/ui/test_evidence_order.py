"""Evidence is put in order by dragging a row, and by Alt and the arrows."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from sencoapp.domain.casework import Request
from sencoapp.services import documents, requests
from tests.documents.test_pack_bad_files import word
from tests.documents.test_redaction import written
from tests.ui.starting import shown_words
from ui.pages.request_evidence import EvidencePane
from ui.preferences import Preferences

from .request_house import RequestHouse, request_house


@pytest.fixture
def house(qtbot: QtBot, tmp_path: Path, preferences: Preferences) -> Iterator[RequestHouse]:
    with request_house(qtbot, tmp_path / "profile", preferences) as opened:
        yield opened


@pytest.fixture
def request_with_papers(house: RequestHouse) -> Request:
    pupil = house.pupil()
    for title in ("One", "Two", "Three"):
        content = written(title)
        house.change(
            lambda place, title=title, content=content: documents.add_document(
                place.session, place.documents, pupil.id, f"{title}.pdf", content, title=title
            )[1]
        )
    return house.record(lambda place: requests.start_request(place.session, pupil.id)[0])


def shown(house: RequestHouse, request: Request) -> EvidencePane:
    pane = house.builder(request, "evidence").evidence
    pane.chosen.setFocus()
    return pane


def drag(house: RequestHouse, pane: EvidencePane, row: int, to: int, *, drop: bool = True) -> None:
    table = pane.chosen
    port = table.viewport()

    def middle(number: int) -> int:
        return table.rowViewportPosition(number) + table.rowHeight(number) // 2

    start = QPoint(80, middle(row))
    end = QPoint(80, middle(to) + (10 if to > row else -10))
    house.qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    house.qtbot.mouseMove(port, QPoint(80, (start.y() + end.y()) // 2))
    house.qtbot.mouseMove(port, end)
    if drop:
        house.qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)
    house.settle()


def test_a_row_is_dragged_to_its_place(house: RequestHouse, request_with_papers: Request) -> None:
    one, two, three = house.now(request_with_papers).evidence
    pane = shown(house, request_with_papers)
    drag(house, pane, 0, 2)
    assert house.now(request_with_papers).evidence == (two, three, one)
    assert pane.chosen.current_key() == one
    drag(house, pane, 2, 1)
    assert house.now(request_with_papers).evidence == (two, one, three)


def test_esc_lets_go_of_what_is_dragged(house: RequestHouse, request_with_papers: Request) -> None:
    before = house.now(request_with_papers).evidence
    pane = shown(house, request_with_papers)
    drag(house, pane, 0, 2, drop=False)
    house.qtbot.keyClick(pane.chosen, Qt.Key.Key_Escape)
    house.qtbot.mouseRelease(pane.chosen.viewport(), Qt.MouseButton.LeftButton)
    house.settle()
    assert house.now(request_with_papers).evidence == before


def test_alt_and_the_arrows_move_a_row(house: RequestHouse, request_with_papers: Request) -> None:
    one, two, three = house.now(request_with_papers).evidence
    pane = shown(house, request_with_papers)
    pane.chosen.choose(one)
    house.qtbot.keyClick(pane.chosen, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    house.settle()
    assert house.now(request_with_papers).evidence == (two, one, three)
    house.qtbot.keyClick(pane.chosen, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    house.settle()
    assert house.now(request_with_papers).evidence == (one, two, three)


def test_a_word_file_can_be_evidence_and_it_is_said_what_becomes_of_it(house: RequestHouse, request_with_papers: Request) -> None:
    pupil = request_with_papers.pupil
    log = house.record(
        lambda place: documents.add_document(place.session, place.documents, pupil, "log.docx", word("He was calm."), title="Log")[0]
    )
    pane = shown(house, request_with_papers)
    assert not pane.slips.isVisible()
    pane.add(log.id)
    house.settle()
    assert "These files have no pages that can be put in: Log." in shown_words(pane)
    pane.chosen.choose(log.id)
    assert not pane.withhold.isEnabled()

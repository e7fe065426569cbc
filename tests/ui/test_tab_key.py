"""The Tab key comes to everything that can be reached, however parts pass their focus on, and never goes round in a part of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.preferences import Preferences

from .request_house import RequestHouse, request_house


@pytest.fixture
def house(qtbot: QtBot, tmp_path: Path, preferences: Preferences) -> Iterator[RequestHouse]:
    with request_house(qtbot, tmp_path / "record", preferences) as made:
        yield made


def stops(house: RequestHouse) -> set[QWidget]:
    found = house.shell.findChildren(QWidget)
    return {each for each in found if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus}


def passed(house: RequestHouse, times: int) -> set[QWidget]:
    found: set[QWidget] = set()
    for _ in range(times):
        now = QApplication.focusWidget()
        assert now is not None
        house.qtbot.keyClick(now, Qt.Key.Key_Tab)
        after = QApplication.focusWidget()
        assert after is not None
        found.add(after)
    return found


@pytest.mark.parametrize("step", ["cover_sheet", "people", "statement", "sign_off", "send"])
def test_every_stop_of_a_step_of_a_request_is_come_to(house: RequestHouse, step: str) -> None:
    house.builder(house.request(), step)
    wanted = stops(house)
    names = {each.accessibleName() for each in wanted - passed(house, len(wanted))}
    assert not names

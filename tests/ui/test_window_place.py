"""Where the windows stand, and the mark by which they are known."""

import pytest
from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.emblem import emblem
from ui.theme import Scheme, theme
from ui.window_place import USUAL, has_room, place_window, stand_like


@pytest.mark.parametrize(
    ("available", "room"),
    [
        (QSize(1366, 728), False),  # the laptop that most schools have, with its task bar
        (QSize(1366, 768), False),
        (QSize(1920, 1032), True),
        (QSize(1280, 1024), False),
    ],
)
def test_a_window_with_its_frame_fits_on_the_screen_or_fills_it(available: QSize, room: bool) -> None:
    assert has_room(available) is room


def test_a_window_comes_back_where_it_was_left(qtbot: QtBot) -> None:
    first, second, new = QWidget(), QWidget(), QWidget()
    for each in (first, second, new):
        qtbot.addWidget(each)
    first.setGeometry(10, 20, 700, 500)
    place_window(second, first.saveGeometry())
    assert second.size() == QSize(700, 500)
    place_window(new, QByteArray())
    assert new.size() == USUAL


def test_a_window_that_takes_over_from_one_that_fills_the_screen_fills_it_too(qtbot: QtBot) -> None:
    door, shell = QWidget(), QWidget()
    for each in (door, shell):
        qtbot.addWidget(each)
    door.showMaximized()
    stand_like(shell, door)
    assert shell.isMaximized()


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_the_mark_can_be_seen_on_a_light_bar_and_on_a_dark_one(qtbot: QtBot, scheme: Scheme) -> None:
    before = theme().scheme
    try:
        theme().use(scheme)
        tile = emblem("notebook-pen").pixmap(32, 32).toImage()
    finally:
        theme().use(before)
    colours = {tile.pixelColor(x, y).name() for x in range(32) for y in range(32) if tile.pixelColor(x, y).alpha() == 255}
    light = sorted(QColor(each).lightnessF() for each in colours)
    assert light[-1] - light[0] > 0.4  # the glyph stands out from its own tile, whatever lies below

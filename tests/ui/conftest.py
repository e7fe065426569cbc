"""Every test of the window has the look set up; that nothing is left behind is seen to by ``tests/conftest.py``."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.preferences import Preferences
from ui.shell import Shell
from ui.tasks import Desk
from ui.theme import Scheme, set_up

from .gallery import sample_shell

if TYPE_CHECKING:
    from sencoapp.app import Workplace

    from .plan_house import House
    from .starting import Program


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[None]:
    set_up(qapp, Scheme.LIGHT, 1.0)
    yield
    set_up(qapp, Scheme.LIGHT, 1.0)


@pytest.fixture
def desk(qapp: QApplication) -> Iterator[Desk]:
    made = Desk()
    yield made
    made.shut_down()


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def shell(qtbot: QtBot, desk: Desk, preferences: Preferences) -> Shell:
    made = sample_shell(desk, preferences)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.open("today")
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> "Iterator[Program]":
    """The whole program with nothing begun yet; ``program.start()`` shows its first screen."""

    from .starting import Program

    made = Program(qtbot, tmp_path)
    yield made
    made.leave()


@pytest.fixture
def open_house(qtbot: QtBot, desk: Desk, tmp_path: Path) -> "Iterator[Callable[..., House]]":
    """``open_house(fill)``: the real window over a record that ``fill(place)`` has written into; closed after the test."""
    from .plan_house import House

    opened: list[House] = []

    def make(fill: "Callable[[Workplace], None] | None" = None) -> House:
        opened.append(House(qtbot, desk, tmp_path, fill))
        return opened[-1]

    yield make
    for each in opened:
        each.close()

"""Every test of the window has the look set up; that nothing is left behind is seen to by ``tests/conftest.py``."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.preferences import Preferences
from ui.shell import Shell
from ui.tasks import Desk
from ui.theme import Scheme, set_up

from .gallery import sample_shell


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

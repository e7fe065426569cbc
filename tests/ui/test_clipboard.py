"""What is copied here leaves the clipboard; what is copied elsewhere is left alone."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableWidget, QTableWidgetItem
from pytestqt.qtbot import QtBot

from tests.house.tree import ROOT
from ui.clipboard import MARKS, ClipboardWatch

from .starting import Program


class Owned:
    """Whether the clipboard was last written here: the plugin without a screen does not tell."""

    here = True

    def __call__(self) -> bool:
        return self.here


@pytest.fixture
def owned() -> Owned:
    return Owned()


@pytest.fixture
def watch(qtbot: QtBot, owned: Owned) -> Iterator[ClipboardWatch]:
    made = ClipboardWatch(owns=owned, seconds=0.05)
    yield made
    made.stop()
    QApplication.clipboard().clear()


def copy_from_a_field(qtbot: QtBot, words: str) -> None:
    line = QLineEdit(words)
    qtbot.addWidget(line)
    line.selectAll()
    line.copy()


def test_what_was_copied_from_a_field_is_gone_after_a_while(watch: ClipboardWatch, qtbot: QtBot) -> None:
    copy_from_a_field(qtbot, "Kian Osei")
    assert QApplication.clipboard().text() == "Kian Osei"
    with qtbot.waitSignal(QApplication.clipboard().dataChanged):
        pass
    assert QApplication.clipboard().text() == ""
    assert not watch.is_counting()


def test_what_was_copied_from_a_table_is_too(watch: ClipboardWatch, qtbot: QtBot) -> None:
    table = QTableWidget(1, 1)
    qtbot.addWidget(table)
    table.setItem(0, 0, QTableWidgetItem("Kian Osei"))
    table.setCurrentCell(0, 0)
    qtbot.keySequence(table, "Ctrl+C")
    assert QApplication.clipboard().text() == "Kian Osei"
    with qtbot.waitSignal(QApplication.clipboard().dataChanged):
        pass
    assert QApplication.clipboard().text() == ""


def test_while_it_is_there_histories_and_clouds_are_asked_to_leave_it(watch: ClipboardWatch, qtbot: QtBot) -> None:
    copy_from_a_field(qtbot, "Kian Osei")
    data = QApplication.clipboard().mimeData()
    assert {name: bytes(data.data(name).data()) for name in MARKS} == MARKS
    assert bytes(data.data("x-kde-passwordManagerHint").data()) == b"secret"


def test_what_another_program_copied_since_stays(watch: ClipboardWatch, owned: Owned, qtbot: QtBot) -> None:
    copy_from_a_field(qtbot, "Kian Osei")
    owned.here = False
    QApplication.clipboard().setText("a shopping list")
    assert not watch.is_counting()
    watch.empty()
    assert QApplication.clipboard().text() == "a shopping list"
    assert not QApplication.clipboard().mimeData().hasFormat("x-kde-passwordManagerHint")


def test_locking_and_leaving_empty_it_at_once(program: Program, qtbot: QtBot) -> None:
    program.unlocked()
    program.keeper.clipboard.owns = lambda: True
    copy_from_a_field(qtbot, "Kian Osei")
    program.keeper.lock()
    program.settle()
    assert QApplication.clipboard().text() == ""
    copy_from_a_field(qtbot, "Kian Osei")
    program.leave()
    assert QApplication.clipboard().text() == ""


# ---- two programs on one screen, where a clipboard is a real one ----------------------------------------------------------

ON_A_SCREEN = """
import sys
from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication, QLineEdit
from ui.clipboard import ClipboardWatch

qt = QApplication([])
board, watch = qt.clipboard(), ClipboardWatch()
ear = QSocketNotifier(0, QSocketNotifier.Type.Read)

def obey():
    told, _, words = sys.stdin.readline().strip().partition(" ")
    if told == "copy":
        line = QLineEdit(words)
        line.selectAll()
        line.copy()
    elif told == "empty":
        watch.empty()
    elif told != "read":
        qt.quit()
    said = f"{board.text()}|{board.mimeData().hasFormat('x-kde-passwordManagerHint')}" if told == "read" else told
    print(said, flush=True)

ear.activated.connect(obey)
print("ready", flush=True)
qt.exec()
watch.stop()
"""

BOTH = """
import subprocess, sys

def start():
    made = subprocess.Popen([sys.executable, "-c", sys.argv[1]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert made.stdout.readline() == "ready\\n"
    return made

def tell(program, words):
    program.stdin.write(words + "\\n")
    program.stdin.flush()
    return program.stdout.readline().strip()

ours, other = start(), start()
tell(ours, "copy Kian Osei")
print(tell(other, "read"))
tell(ours, "empty")
print(tell(other, "read"))
tell(ours, "copy Kian Osei")
tell(other, "copy a shopping list")
while not tell(ours, "read").startswith("a shopping list"):
    pass  # the screen has not told us yet that the clipboard is another's
tell(ours, "empty")
print(tell(ours, "read"))
tell(ours, "copy Kian Osei")
tell(ours, "end")
ours.wait()
print(tell(other, "read"))
tell(other, "end")
other.wait()
"""


@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="This needs the program xvfb-run.")
def test_on_a_real_screen_another_program_reads_it_until_it_is_emptied_and_keeps_its_own() -> None:
    given = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "xcb"}
    line = ["xvfb-run", "-a", sys.executable, "-c", BOTH, ON_A_SCREEN]
    ran = subprocess.run(line, env=given, cwd=ROOT, capture_output=True, text=True, timeout=120)
    if "no Qt platform plugin could be initialized" in ran.stderr:
        pytest.skip("The system libraries for X11 are not there.")
    assert ran.stdout.splitlines() == ["Kian Osei|True", "|False", "a shopping list|True", "|False"], ran.stderr

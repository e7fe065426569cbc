"""The program itself: where it hands over to the command line, what it loads when, and what it does when it is at fault."""

import subprocess
import sys
from pathlib import Path

import pytest

from sencoapp.domain.refusals import Fault
from tests.house.tree import ROOT
from tests.places import PASSPHRASE, new_place
from ui import here
from ui.crash import CrashHandler, report

from .starting import Program, shown_words

LATE = [
    "reportlab",
    "pikepdf",
    "pypdfium2",
    "openpyxl",
    "PIL",
    "lxml",
    "requests",
    "urllib3",
    "keyring",
    "fastapi",
    "sqlalchemy",
    "uvicorn",
]
OF_THE_RECORD = ["cryptography", "sqlcipher3", "sqlite_utils"]
LOADED = "print('LOADED', *sorted({each.partition('.')[0] for each in sys.modules}))"


def loaded_by(program: str) -> list[str]:
    """Which libraries a program of its own has loaded when it ends."""
    ran = subprocess.run([sys.executable, "-W", "error", "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    last = next(line for line in reversed(ran.stdout.splitlines()) if line.startswith("LOADED"))
    return last.split()[1:]


def test_the_first_screen_is_there_before_the_libraries_of_the_record() -> None:
    program = f"""
import sys
from PySide6.QtWidgets import QApplication
from ui.application import Application
from ui.gate import Gate
keeper = Application(QApplication([]), Gate())
keeper.door.show_first()
keeper.door.show()
{LOADED}
keeper.leave()
"""
    loaded = loaded_by(program)
    assert [each for each in [*LATE, *OF_THE_RECORD] if each in loaded] == []


def test_opening_the_window_loads_no_library_for_files_networks_or_keyrings(tmp_path: Path) -> None:
    program = f"import sys; from ui.__main__ import main; assert main(['--smoke', '--profile', {str(tmp_path / 'p')!r}]) == 0; {LOADED}"
    loaded = loaded_by(program)
    assert [each for each in LATE if each in loaded] == []
    assert "PySide6" in loaded


def test_an_unlocked_record_with_today_in_sight_loads_none_of_them_either(tmp_path: Path) -> None:
    new_place(tmp_path / "p").close()
    program = f"""
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ui.application import Application
from ui.gate import Gate
qt = QApplication([])
keeper = Application(qt, Gate(Path({str(tmp_path / "p")!r})))
keeper.start()
page = keeper.door.page()
page.passphrase.line.setText({PASSPHRASE!r})
page.button.click()
keeper.desk.became_idle.connect(lambda: qt.quit() if keeper.shell else None)
qt.exec()
assert keeper.shell.windowTitle().startswith("Today"), keeper.shell.windowTitle()
{LOADED}
keeper.leave()
"""
    loaded = loaded_by(program)
    assert [each for each in LATE if each in loaded] == []


def test_a_sub_command_is_handed_over_before_anything_of_qt_is_imported() -> None:
    program = f"""
import sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "shiboken6"):
            raise ImportError(name)
sys.meta_path.insert(0, Blocked())
from ui.__main__ import main
assert main(["deadlines", "--received", "2026-10-27", "--json"]) == 0
{LOADED}
"""
    assert "PySide6" not in loaded_by(program)


def test_where_qt_is_missing_or_a_library_it_needs_one_plain_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "PySide6 is not installed" in here._missing("No module named 'PySide6'")
    assert "the system library libEGL.so.1." in here._missing("libEGL.so.1: cannot open shared object file: No such file or directory")
    assert "the system library libxcb-cursor.so.0." in here._missing("libxcb-cursor.so.0: cannot open shared object file)")
    assert here.why_no_window() == ""


def test_the_version_of_qt_that_ends_the_process_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    import PySide6

    monkeypatch.setattr(PySide6, "__version__", "6.12.0")
    monkeypatch.setattr(sys, "version_info", (3, 11, 7, "final", 0))
    assert here.why_no_window().startswith("PySide6 6.12.0 does not work with Python 3.11.")


def test_a_computer_without_a_screen_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert here.why_no_window().startswith("There is no screen")


def fall_over(pupil: str) -> None:
    """A fault of the program with a name in its words and among its values."""
    secret = f"{pupil} was here"
    try:
        raise KeyError(secret)
    except KeyError as error:
        raise ValueError(f"no such pupil {pupil}") from error


def test_a_report_says_where_it_went_wrong_and_nothing_about_anybody() -> None:
    try:
        fall_over("Kian Osei")
    except ValueError as error:
        words = report(error)
    assert "builtins.ValueError" in words
    assert "builtins.KeyError" in words
    assert f"{__name__}, line" in words
    for each in ("Kian", "Osei", "was here", str(Path.home()), str(ROOT)):
        assert each not in words


def test_a_fault_is_written_down_and_told_once(tmp_path: Path) -> None:
    handler = CrashHandler(tmp_path / "log")
    told: list[Fault] = []
    handler.tell = told.append
    for _ in range(2):
        try:
            fall_over("Kian Osei")
        except ValueError as error:
            handler.take(error)
    assert len(told) == 1
    assert len(list((tmp_path / "log").glob("fault-*.txt"))) == 1


def test_a_fault_while_working_leaves_the_record_open_and_says_one_sentence(program: Program) -> None:
    program.unlocked()
    room = program.keeper.room
    assert room is not None
    room.ask(program.shell, lambda place: fall_over("Kian Osei"), lambda _: None)
    program.settle()
    words = shown_words(program.shell)
    assert "The program met a fault of its own. What was saved is safe." in words
    assert "Kian" not in words
    assert program.record(lambda place: place.session.record.position()) == 1


def test_the_palette_finds_pupils_and_notes_of_the_record(program: Program) -> None:
    from sencoapp.services.observations import record_observation
    from tests.places import add_pupil
    from ui.finding import notes_found, pupils_found

    def fill(place: object) -> None:
        pupil = add_pupil(place)  # type: ignore[arg-type]
        record_observation(place.session, pupils=[pupil.id], text="Stayed for the whole of assembly. " * 4, kind="strength")  # type: ignore[attr-defined]

    program.unlocked(fill)
    [found] = program.record(lambda place: pupils_found(place, "osei"))
    assert (found.words, found.detail.startswith("Year 4 · 4M")) == ("Kian Osei", True)
    assert found.carries.page == "pupil"
    [note] = program.record(lambda place: notes_found(place, "assembly"))
    assert note.words.endswith("…")
    assert note.detail == "Kian Osei · 24 November 2026"

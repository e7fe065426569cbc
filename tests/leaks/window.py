"""The real window in a process of its own, so that it can be killed: ``python -m tests.leaks.window work`` or ``return``.

Where things lie follows from the environment alone, as for a person. It says READY when everything was typed and shown, and then stays.
"""

import logging
import sys
import time
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog

from sencoapp import folders
from sencoapp.app import Workplace
from sencoapp.domain.people import Contact
from sencoapp.domain.record import New
from sencoapp.services import documents, observations, requests
from tests.journeys.keyboard import Keyboard
from tests.leaks.marked import PHONE, TOKEN, UPN, mark, photo_with_marks, report_with_marks
from tests.places import PASSPHRASE, add_pupil, new_app
from tests.ui.starting import Program
from ui.application import Application
from ui.crash import CrashHandler
from ui.gate import Gate
from ui.pages.document_elsewhere import OpenElsewhereSheet
from ui.preferences import Preferences
from ui.theme import prefer_fusion

PUPIL = "Zephyrine"


class Patience:
    """Waits as pytest-qt does, without pytest."""

    def waitUntil(self, until: Callable[[], bool], timeout: int) -> None:
        ends = time.monotonic() + timeout / 1000
        while not until():
            if time.monotonic() > ends:
                raise TimeoutError("the window did not come to rest")
            loop = QEventLoop()
            QTimer.singleShot(5, loop, loop.quit)
            loop.exec()


class UsualProgram(Program):
    """The program where a person has it: profile, settings and reports in their usual places."""

    def __init__(self) -> None:
        qt = QApplication.instance()
        assert isinstance(qt, QApplication)
        self.qtbot = Patience()  # type: ignore[assignment]
        self.folder = folders.default_folder().parent
        self.app = new_app()
        self.seconds = self.up = 1_000.0
        self.gate = Gate(make_app=lambda: self.app)
        self.crashes = CrashHandler(folders.log_folder())
        self.crashes.install()
        self.keeper = Application(qt, self.gate, Preferences(), crashes=self.crashes, now=lambda: self.seconds)


def fill(place: Workplace) -> None:
    """A pupil with everything that a school writes down about one."""
    session, rooms = place.session, place.documents
    pupil = add_pupil(place, TOKEN, PUPIL, upn=UPN, address=mark("address"), strengths=mark("strengths")).id
    contact = Contact(session.ids.new(), pupil, 1, mark("mother"), phone=PHONE, email=f"{TOKEN}@example.org", address=mark("address"))
    session.record.save([New(contact)], action="add_contact", actor=session.actor)
    observations.record_observation(session, pupils=[pupil], text=mark("note"))
    for name, content in ((f"{mark('file')}.jpg", photo_with_marks()), (f"{mark('file')}.pdf", report_with_marks())):
        documents.add_document(session, rooms, pupil, name, content, title=mark("title"), document_on=date(2026, 11, 2))
    request, _ = requests.start_request(session, pupil)
    requests.write_answer(session, request.id, "why_an_assessment", mark("answer"))
    requests.freeze(session, rooms, request.id)


def work(program: UsualProgram) -> None:
    """Looks at everything, types everywhere, finds, locks and unlocks, and comes upon a fault of the program."""
    program.unlocked(fill)
    keys = Keyboard(program)
    program.shell.activateWindow()
    pupil = program.record(lambda place: requests.requests_of(place.session.record)[0].pupil)
    for page in ("today", "pupils", "observations", "plans", "provision", "requests", "settings"):
        program.open(page)
    for tab in ("overview", "timeline", "plan", "provision", "views", "people", "documents", "requests"):
        program.open("pupil", pupil=pupil, tab=tab)
    for document in program.record(lambda place: documents.documents_of(place.session.record, pupil)):
        program.open("pupil", pupil=pupil, tab="documents", document=document.id)
    request = program.record(lambda place: requests.requests_of(place.session.record)[0].id)
    program.open("requests", request=request)
    program.open("pupils")
    keys.press("Ctrl+K")
    keys.type(TOKEN)
    keys.press("Return")
    take_in_from_a_folder(keys, pupil)
    open_elsewhere(program, pupil)
    go_wrong(program)
    keys.press("Ctrl+L")
    keys.wait_for(program.keeper.door.isActiveWindow)
    keys.type(PASSPHRASE)
    keys.press("Return")
    keys.wait_for(lambda: program.keeper.shell is not None and program.shell.isActiveWindow())
    open_elsewhere(program, pupil)
    keys.press("Ctrl+N")
    keys.type(mark("being typed"))


def take_in_from_a_folder(keys: Keyboard, pupil: str) -> None:
    """Chooses a file in the computer's own dialog, in a family's folder beside everything that is searched."""
    folder = Path.home().parent / mark("family")
    folder.mkdir()
    (folder / f"{mark('letter')}.txt").write_text(mark("letter"))
    tab = keys.program.open("pupil", pupil=pupil, tab="documents").tab("documents")  # type: ignore[attr-defined]
    tab.choose_files()
    keys.settle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QFileDialog)
    dialog.setDirectory(str(folder))
    keys.choose_file(folder / f"{mark('letter')}.txt")
    keys.wait_for(lambda: keys.sees("Keep the document"))
    keys.press("Ctrl+Return")


def open_elsewhere(program: UsualProgram, pupil: str) -> None:
    """Opens a readable copy, as for another program; it lies there until the record is locked, or the next start."""
    OpenElsewhereSheet.open_file = staticmethod(lambda _path: True)
    tab = program.open("pupil", pupil=pupil, tab="documents").tab("documents")  # type: ignore[attr-defined]
    tab.details.elsewhere.click()
    program.settle()
    sheet = next(each for each in program.shell.findChildren(OpenElsewhereSheet) if each.isVisible())
    sheet.button.click()
    program.settle()


def go_wrong(program: UsualProgram) -> None:
    """A bug of ours, with everything about a pupil in its message, its cause, its variables and the file's name that it speaks of."""

    def deed(place: Workplace) -> None:
        surname = mark("variable")
        try:
            raise KeyError(surname)
        except KeyError as cause:
            raise OSError(2, mark("message"), f"/home/{mark('path')}.pdf") from cause

    assert program.keeper.room is not None
    program.keeper.room.do(program.shell, deed)
    program.settle()
    assert list(folders.log_folder().glob("fault-*.txt")), "there is a report"


def come_back(program: UsualProgram) -> None:
    """The next start after the program was killed: nothing is opened yet."""
    program.start()


def main(way: str) -> None:
    folders.log_folder().parent.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(level=logging.DEBUG, filename=Path(folders.log_folder().parent) / "debug.log")
    prefer_fusion()
    application = QApplication(sys.argv[:1])
    program = UsualProgram()
    try:
        {"work": work, "return": come_back}[way](program)
    except BaseException:
        traceback.print_exc()  # the program's own report says no more than it says to anybody
        program.leave()
        raise
    sys.stdout.write("READY\n")
    sys.stdout.flush()
    QTimer.singleShot(120_000, application.quit)
    application.exec()


if __name__ == "__main__":
    main(sys.argv[1])

"""The main job of a school's SENCO in the real window, with a keyboard: from the first start to the council's decision."""

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from pytestqt.qtbot import QtBot

from sencoapp.domain.casework import Submission
from sencoapp.domain.dates import weekday_date
from sencoapp.services import requests
from sencoapp.sync.form_browser import signing_in
from tests.council.running import PASSWORD, RunningGateway, officer_at, running
from tests.journeys.keyboard import Keyboard
from tests.leaks.folders import own_folders
from tests.leaks.searching import leaks
from tests.places import PASSPHRASE
from tests.ui.starting import Program

NOTE = "Explained the rules of the game to a new child."
SAID = ("O'Neill", "Adeyemi", "rules of the game", "psychologist", "three terms of support", "I like the cards", "talks about the game")
CTF = "derived/8552001_CTF_8554003_001.xml"


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    made = Program(qtbot, tmp_path / "program")
    yield made
    made.leave()


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[RunningGateway]:
    with running(tmp_path / "gateway") as started:
        yield started


# What the plugin without a screen says when the computer's own dialog offers the names of files.
@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
def test_from_the_first_start_to_the_councils_decision(
    program: Program, gateway: RunningGateway, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    for name, folder in own_folders(home).items():
        monkeypatch.setenv(name, folder)
    monkeypatch.setattr("tempfile.tempdir", None)
    keys = Keyboard(program)
    begin_the_record(keys, tmp_path / "sheet.pdf")
    import_pupils(keys, samples / CTF)
    note_a_strength(keys)
    plan_with_it_as_evidence(keys)
    review_and_close(keys)
    see_what_it_costs(keys)
    attach(keys, one_page(tmp_path / "EP report 2026-11-02.pdf"))
    make_the_request(keys)
    send_it(keys, gateway)
    read_the_decision(keys)
    lock_and_come_back(keys)
    assert all(each.sound for each in program.record(lambda place: place.session.record.verify()))
    assert leaks(SAID, home, program.folder) == []


def begin_the_record(keys: Keyboard, sheet: Path) -> None:
    keys.program.start()
    keys.program.keeper.door.resize(1366, 768)
    keys.program.keeper.door.activateWindow()
    keys.wait_for(keys.program.keeper.door.isActiveWindow)
    keys.picture("01-welcome")
    keys.press("Return")
    keys.write("Your name", "Mrs Ruth Adeyemi")
    keys.write("Name of the school", "Ashby Road Primary School")
    keys.write("URN (optional)", "100001")
    keys.write("DfE number (optional)", "855/2001")
    keys.picture("02-school")
    keys.take("Continue")
    keys.picture("03-terms")
    keys.take("Continue")
    keys.type(PASSPHRASE)
    keys.picture("04-passphrase")
    keys.write("The same passphrase again", PASSPHRASE)
    keys.press("Return")
    # The recovery sheet
    keys.picture("05-sheet")
    assert keys.at() == "Save the recovery sheet"
    keys.press("Space")
    keys.choose_file(sheet)
    assert sheet.read_bytes().startswith(b"%PDF")
    code = keys.program.keeper.door.half_open().code.split("-")
    number = int(keys.at().removeprefix("Type group ").removesuffix(" of the code"))
    keys.type(code[number - 1].lower())
    keys.picture("06-sheet-saved")
    keys.press("Return")


def import_pupils(keys: Keyboard, file: Path) -> None:
    assert keys.at() == "Import pupils"
    keys.picture("07-next")
    keys.press("Return")
    keys.wait_for(lambda: keys.program.keeper.shell is not None and keys.program.shell.isActiveWindow())
    keys.picture("08-import")
    assert keys.at() == "Choose a file"
    keys.press("Space")
    keys.choose_file(file)
    assert keys.at() == "Save import"
    keys.picture("09-preview")
    keys.press("Space")
    assert keys.sees("1 pupil added, 0 changed, 0 left alone.")
    assert keys.at() == "See the pupils"
    keys.press("Space")
    keys.picture("10-pupils")
    keys.press("Ctrl+F")
    keys.type("neill")
    keys.press("Return")
    keys.picture("11-pupil")
    assert keys.sees("Zo O'Neill")


def note_a_strength(keys: Keyboard) -> None:
    keys.press("Ctrl+N")
    keys.picture("12-note")
    keys.type(NOTE)
    keys.press("Alt+1")
    keys.press("Ctrl+Return")
    assert keys.sees("Observation about Zo O'Neill saved")


def plan_with_it_as_evidence(keys: Keyboard) -> None:
    keys.press("Alt+3")
    keys.picture("13-no-plan")
    keys.take("Start the first cycle")
    keys.press("Ctrl+Return")
    keys.write("Summary", "Zo follows a lesson when it is seen as well as heard.")
    keys.picture("14-assess")
    keys.write("Find in notes and documents", "rules of the game")
    note = next(each for each in keys.stops() if NOTE in each)
    keys.tab_to(note)
    keys.press("Space")
    assert keys.sees("1 picked")
    keys.take("Assessment finished")
    keys.take("Add the first outcome")
    keys.type("Joins a game with two other children for ten minutes")
    for name, words in (
        ("Now", "2 minutes"),
        ("Aim", "10 minutes"),
        ("How it is measured", "Counted twice a week"),
        ("By when", "12 2 2027"),
    ):
        keys.write(name, words)
    keys.picture("15-outcome")
    keys.press("Ctrl+Return")
    keys.take("Add provision: Outcome 1")
    keys.type("Talk Boost")
    for name, words in (
        ("Who gives it", "Mrs Lacey"),
        ("An hour costs, £", "17.20"),
        ("Sessions a week", "3"),
        ("Minutes each", "30"),
        ("Weeks", "12"),
        ("Pupils in the group", "4"),
    ):
        keys.write(name, words)
    # The sum is the cost that it will have: over the days until the review, which depend on the day of the test.
    keys.wait_for(lambda: keys.sees("3 sessions × 30 minutes × £17.20 an hour × "))
    keys.picture("16-provision")
    keys.press("Ctrl+Return")
    assert keys.sees("3 sessions × 30 minutes × £17.20 an hour × ")
    keys.write("Agreed with", "Ms O'Neill")
    keys.picture("17-plan")
    keys.take("Plan agreed")
    assert keys.sees("3 sessions a week of 30 minutes with Mrs Lacey, in a group of 4, for 12 weeks")


def review_and_close(keys: Keyboard) -> None:
    keys.picture("18-do")
    keys.take("Start the review")
    keys.tab_to("Outcome 1: How far it was met: Met")
    keys.press("Right")
    keys.press("Space")
    keys.write("Outcome 1: What was reached", "9 minutes")
    keys.take("Outcome 1: What next: Continue")
    keys.write("What the pupil said", "I like the cards.")
    keys.take("Save the pupil's view")
    keys.write("What the parents said", "Zo talks about the game at home.")
    keys.take("Save the parents' view")
    keys.write("What was decided", "The plan goes on.")
    keys.picture("19-review")
    keys.take("Close this cycle")
    assert keys.sees("Outcome 1 carries over")
    assert keys.at() == "Day of the next review"
    keys.picture("20-close")
    keys.take("Close cycle 1 for good")
    assert keys.sees("Cycle 1 is closed. Cycle 2 is open.")
    keys.picture("21-next-cycle")


def see_what_it_costs(keys: Keyboard) -> None:
    keys.press("Ctrl+5")
    assert keys.sees("Talk Boost")  # the map shows this term, and the provision goes on after it
    keys.picture("22-provision-map")
    keys.press("Alt+Left")
    assert keys.sees("Zo O'Neill")


def attach(keys: Keyboard, file: Path) -> None:
    keys.press("Alt+7")
    keys.picture("23-no-documents")
    keys.take("Add a document")
    keys.choose_file(file)
    keys.picture("24-document")
    keys.write("Title", "Report of the educational psychologist")
    keys.press("Ctrl+Return")
    assert keys.sees("“Report of the educational psychologist” added")


def one_page(file: Path) -> Path:
    """A report as it comes from outside, of one page."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(file)
    return file


def make_the_request(keys: Keyboard) -> None:
    keys.press("Alt+8")
    keys.picture("25-no-request")
    keys.take("Start a request")
    assert keys.sees("What's missing")
    assert keys.sees("A plan may be necessary")
    keys.picture("26-request")
    keys.take("Fix: Write why an assessment is asked for")
    assert keys.at() == "Why an EHC needs assessment is asked for"
    keys.type("Zo has had three terms of support and follows less than half of what is said in a lesson.")
    keys.picture("27-why")
    keys.press("Ctrl+Shift+P")
    keys.take("Make the pack")
    keys.wait_for(lambda: keys.sees("Up to date"))
    assert keys.sees("Page 1 of")
    assert keys.at() == "Preview"
    keys.picture("28-pack")


def send_it(keys: Keyboard, gateway: RunningGateway) -> None:
    keys.take("Go on to The council's own form")
    keys.take("Go on to Head teacher's sign-off")
    keys.take("Go on to Check and send")
    keys.builder().send.sending.open_url = signing_in("ashby", PASSWORD)
    keys.write("Address of the council's gateway", gateway.url)
    keys.picture("29-check")
    keys.take("Sign in and send")
    keys.wait_for(lambda: keys.sees("The council received this on"))
    [submission] = keys.program.record(lambda place: place.session.record.find(Submission))
    assert submission.received_at is not None
    six_weeks = requests.request_deadlines(submission.received_at.astimezone().date())[0].due
    assert keys.sees(f"By {weekday_date(six_weeks)}")
    assert keys.at() == "Look for replies"
    keys.picture("30-receipt")
    with officer_at(gateway) as officer:
        page = f"{gateway.url}/officer/submissions/{submission.id}"
        officer.fill(page, "decision", {"decision": "assess", "text": "The evidence meets section 36(8)."})


def read_the_decision(keys: Keyboard) -> None:
    keys.take("Look for replies")
    keys.wait_for(lambda: keys.sees("The council will carry out an EHC needs assessment"))
    assert keys.sees("The evidence meets section 36(8).")
    assert keys.at() == "Look for replies"
    keys.picture("31-decision")


def lock_and_come_back(keys: Keyboard) -> None:
    door = keys.program.keeper.door
    keys.press("Ctrl+L")
    keys.wait_for(door.isActiveWindow)
    assert not keys.sees("O'Neill")
    keys.picture("32-locked")
    keys.type(PASSPHRASE)
    keys.press("Return")
    keys.wait_for(lambda: keys.program.keeper.shell is not None and keys.program.shell.isActiveWindow())
    keys.picture("33-today")
    keys.press("Ctrl+K")
    keys.type("neill")
    keys.press("Return")
    assert keys.sees("Zo O'Neill")
    for tab, name, words in (
        ("2", "Timeline", NOTE),
        ("3", "Plan", "Cycle 2"),
        ("4", "Provision", "10.2 weeks ÷ 4 pupils = £65.79"),  # it ends on the day of the review
        ("5", "Views", "I like the cards."),
        ("7", "Documents", "educational psychologist"),
    ):
        keys.press(f"Alt+{tab}")
        assert keys.at() == name, "the focus goes with the tab"
        assert keys.finds(words), (tab, words)
    keys.press("Alt+8")
    assert keys.finds("Decided")
    keys.picture("34-everything")

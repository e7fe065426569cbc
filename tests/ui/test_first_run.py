"""From the first start to a locked record and back, on a real encrypted record with light keys."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sencoapp.app import Workplace
from sencoapp.domain.people import School, StaffMember
from tests.places import PASSPHRASE, DrawerKeyring, new_app
from ui.pages.begin import BeginPage
from ui.pages.recovery import RecoveryPage
from ui.pages.unlock import UnlockPage
from ui.pages.welcome import WelcomePage
from ui.shell import first_stop

from .starting import Program, shown_words


def begin_record(program: Program, *, passphrase: str = PASSPHRASE, terms: bool = True) -> RecoveryPage:
    """Fills in the first run as far as the recovery sheet."""
    program.start()
    program.door_page().begin_button.click()
    page = program.door_page()
    assert isinstance(page, BeginPage)
    page.school_step.name.setText("Mrs Ruth Adeyemi")
    page.school_step.school.name.setText("Barrowby Primary School")
    page.school_step.school.urn.setText("123 456")
    page.school_step.school.council.choose("leicestershire")
    page.school_step.button.click()
    (page.terms_step.button if terms else page.terms_step.skip_button).click()
    program.settle()
    page.passphrase_step.first.line.setText(passphrase)
    page.passphrase_step.second.line.setText(passphrase)
    page.passphrase_step.button.click()
    program.settle()
    shown = program.door_page()
    assert isinstance(shown, RecoveryPage)
    return shown


def the_school(place: Workplace) -> tuple[School, StaffMember]:
    return place.session.record.find(School)[0], place.session.record.find(StaffMember)[0]


def test_a_new_computer_shows_what_can_be_done_and_nothing_else(program: Program) -> None:
    program.start()
    page = program.door_page()
    assert isinstance(page, WelcomePage)
    assert page.begin_button.hasFocus()
    assert not program.gate.has_record()


def test_a_school_begins_its_record_locks_it_and_unlocks_it_again(program: Program, tmp_path: Path) -> None:
    recovery = begin_record(program)
    sheet = tmp_path / "sheet.pdf"
    proof = recovery.proof
    assert (proof.save_button._kind, proof.go_on_button._kind) == ("primary", "secondary")
    proof.save_button.click()
    program.choose_in_dialog(sheet)
    assert sheet.read_bytes().startswith(b"%PDF")
    assert (proof.save_button._kind, proof.go_on_button._kind) == ("secondary", "primary")
    half_open = program.keeper.door.half_open()
    assert half_open is not None
    code = half_open.code
    recovery.proof.characters.setText(code.split("-")[recovery.proof.asked].lower())
    recovery.proof.go_on_button.click()
    assert recovery.next_step.isVisible()
    recovery.today_button.click()
    program.settle()
    assert program.shell.windowTitle() == "Today · SENCO app"
    school, person = program.record(the_school)
    assert (school.name, school.urn, school.council) == ("Barrowby Primary School", "123456", "leicestershire")
    assert [each.name for each in school.terms] == ["Autumn term 2026", "Spring term 2027", "Summer term 2027"]
    assert (person.name, person.role) == ("Mrs Ruth Adeyemi", "senco")

    place = program.opened.place
    program.shell.lock_wanted.emit()
    program.settle()
    assert program.keeper.shell is None
    page = program.door_page()
    assert isinstance(page, UnlockPage)
    assert "Barrowby" not in shown_words(program.keeper.door)
    assert "Adeyemi" not in shown_words(program.keeper.door)
    with pytest.raises(Exception, match="closed"):
        place.session.record.position()

    page.passphrase.line.setText(PASSPHRASE)
    page.passphrase.entered.emit()
    program.settle()
    assert program.record(the_school)[0].name == "Barrowby Primary School"


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(program: Program) -> None:
    program.start()
    program.door_page().begin_button.click()
    page = program.door_page()
    page.school_step.school.name.setText("Barrowby Primary School")
    page.school_step.school.council.choose("leicestershire")
    page.school_step.button.click()
    assert "Enter your name." in shown_words(page)
    page.school_step.name.setText("Mrs Ruth Adeyemi")
    page.school_step.school.urn.setText("12345")
    page.school_step.button.click()
    assert "The URN has 6 digits. Check “12345”." in shown_words(page)
    assert page.school_step.school.name.text() == "Barrowby Primary School"
    assert page.school_step.isVisible()


def test_a_day_that_is_none_is_named_with_its_term(program: Program) -> None:
    program.start()
    program.door_page().begin_button.click()
    page = program.door_page()
    page.school_step.name.setText("Mrs Ruth Adeyemi")
    page.school_step.school.name.setText("Barrowby Primary School")
    page.school_step.school.council.choose("leicestershire")
    page.school_step.button.click()
    row = page.terms_step.editor._rows[0]
    row.days["ends_on"].edit.setText("31 11 2026")
    page.terms_step.button.click()
    assert "The last day of Autumn term 2026 must be a real date, for example 27 3 2026." in shown_words(page)
    row.days["ends_on"].edit.setText("")
    page.terms_step.button.click()
    assert "Enter the last day of Autumn term 2026, for example 27 3 2026." in shown_words(page)


def test_term_dates_and_the_sheet_can_be_skipped(program: Program) -> None:
    recovery = begin_record(program, terms=False)
    assert "the record is lost for good" in shown_words(recovery)
    recovery.skip_button.click()
    recovery.import_button.click()
    program.settle()
    place = program.shell.place()
    assert place is not None
    assert place.page == "import"
    assert program.record(the_school)[0].terms == ()


def test_two_passphrases_that_differ_or_are_short_are_refused(program: Program) -> None:
    program.start()
    program.door_page().show_begin() if hasattr(program.door_page(), "show_begin") else program.keeper.door.show_begin()
    page = program.door_page()
    page.school_step.name.setText("Mrs Ruth Adeyemi")
    page.school_step.school.name.setText("Barrowby Primary School")
    page.school_step.school.council.choose("leicestershire")
    page.school_step.button.click()
    page.terms_step.button.click()
    program.settle()
    step = page.passphrase_step
    assert "at least 12 characters" in shown_words(step)
    step.first.line.setText(PASSPHRASE)
    step.second.line.setText("four words that rime")
    step.button.click()
    assert "The two passphrases differ. Type the same one twice." in shown_words(step)
    for each in (step.first, step.second):
        each.line.setText("short words")
    step.button.click()
    program.settle()
    assert "Use at least 12 characters" in shown_words(step)
    assert not program.gate.has_record()


def test_a_wrong_group_of_the_code_is_not_taken(program: Program) -> None:
    recovery = begin_record(program)
    recovery.proof.characters.setText("UUUU")
    recovery.proof.go_on_button.click()
    assert f"Those are not the characters of group {recovery.proof.asked + 1}." in shown_words(recovery)
    assert recovery.sheet_step.isVisible()


def test_a_record_that_has_just_begun_is_closed_when_the_window_is(program: Program) -> None:
    begin_record(program)
    half_open = program.keeper.door.half_open()
    assert half_open is not None
    place = half_open.place
    program.leave()
    with pytest.raises(Exception, match="closed"):
        place.session.record.position()


def test_the_keyring_is_named_where_there_is_one(qtbot, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    program = Program(qtbot, tmp_path, new_app(DrawerKeyring()))
    recovery = begin_record(program, passphrase="nine sign")
    recovery.skip_button.click()
    recovery.today_button.click()
    program.settle()
    assert len(program.app.secrets.kept) == 1  # type: ignore[attr-defined]
    program.leave()


def test_the_demo_school_has_a_folder_of_its_own_and_says_so_in_the_title(program: Program) -> None:
    program.start()
    program.door_page().demo_button.click()
    program.settle(120)  # a year is written, which takes its time on a busy computer
    assert program.shell.windowTitle() == "Demo · Today · SENCO app"
    assert program.gate.has_demo()
    assert not program.gate.has_record()
    assert not program.gate.demo_folder.with_name("demo.part").exists()
    program.shell.lock_wanted.emit()
    program.settle()
    page = program.door_page()
    assert "Its passphrase is: the demo school" in shown_words(page)
    page.passphrase.line.setText("the demo school")
    page.button.click()
    program.settle()
    assert program.opened.demo


@pytest.mark.parametrize("show", ["show_first", "show_begin"])
def test_the_first_screens_can_be_walked_with_the_tab_key_and_every_stop_has_a_name(program: Program, show: str) -> None:
    program.start()
    getattr(program.keeper.door, show)()
    page: QWidget = program.door_page()
    stops = [each for each in page.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible()]
    assert first_stop(page) is not None
    assert [type(each).__name__ for each in stops if not (each.accessibleName() or getattr(each, "text", str)())] == []


def test_the_usual_terms_are_those_of_the_coming_year_in_the_summer(program: Program) -> None:
    from sencoapp.services.beginning import usual_terms

    assert usual_terms(date(2026, 7, 1))[0].name == "Autumn term 2025"
    assert usual_terms(date(2026, 8, 20))[0].name == "Autumn term 2026"


def test_no_council_is_chosen_for_anybody_but_the_dfe_number_tells_it(program: Program) -> None:
    program.start()
    program.door_page().begin_button.click()
    page = program.door_page()
    assert isinstance(page, BeginPage)
    school = page.school_step.school
    assert school.council.value() == ""
    program.qtbot.keyClicks(school.dfe_number, "860/2001")
    assert school.council.value() == "staffordshire"
    school.council.choose("nottinghamshire")
    school.dfe_number.clear()
    program.qtbot.keyClicks(school.dfe_number, "855/2001")
    assert school.council.value() == "nottinghamshire", "what a person chose stays"

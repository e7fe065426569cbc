"""Settings: what is chosen applies at once, what is typed stays until it is saved, and the record proves that it is whole."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from sencoapp.app import BackupKey, Workplace
from sencoapp.documents.sample_crest import make_crest
from sencoapp.domain.people import School
from sencoapp.domain.provision import StaffRate
from sencoapp.domain.record import Amend
from sencoapp.domain.refusals import Refusal
from sencoapp.services.crest import crest_of
from sencoapp.services.pupils import pupil_page
from tests.places import PASSPHRASE, add_pupil
from ui.pages.restore import RestorePage
from ui.pages.settings import SECTIONS, SettingsPage
from ui.pages.settings_rates import read_pounds
from ui.theme import theme

from .starting import Program, shown_words


def settings(program: Program, section: str) -> SettingsPage:
    program.unlocked()
    page = program.open("settings", section=section)
    assert isinstance(page, SettingsPage)
    return page


def the_school(place: Workplace) -> School:
    return place.session.record.find(School)[0]


def test_colours_and_text_size_apply_at_once(program: Program) -> None:
    page = settings(program, "appearance")
    page.appearance.scheme.chip("dark").click()
    assert theme().name == "dark"
    page.appearance.larger.click()
    page.appearance.larger.click()
    assert theme().text_size == 1.2
    assert page.appearance.percent.text() == "120 %"
    page.appearance.usual.click()
    assert theme().text_size == 1.0


def test_the_keys_for_the_text_size_are_followed_here(program: Program, qtbot: QtBot) -> None:
    page = settings(program, "appearance")
    program.shell.activateWindow()
    qtbot.keyClick(program.shell, "+", Qt.KeyboardModifier.ControlModifier)
    assert page.appearance.percent.text() == "110 %"
    qtbot.keyClick(program.shell, "0", Qt.KeyboardModifier.ControlModifier)
    assert page.appearance.percent.text() == "100 %"


def test_the_school_is_changed_and_a_wrong_number_is_refused(program: Program) -> None:
    page = settings(program, "school")
    fields = page.school.fields
    assert (fields.name.text(), fields.dfe_number.text()) == ("Barrowby Primary", "855/2001")
    fields.head_teacher.setText("Mr Idris Bowen")
    fields.urn.setText("12")
    page.school.save_button.click()
    program.settle()
    assert "The URN has 6 digits. Check “12”." in shown_words(page)
    assert fields.head_teacher.text() == "Mr Idris Bowen"
    fields.urn.setText("654321")
    page.school.ukprn.setText("2001 2345")
    page.school.save_button.click()
    program.settle()
    assert "The UKPRN has 8 digits and begins with 1. Check “2001 2345”." in shown_words(page)
    page.school.ukprn.setText("1001 2345")
    page.school.save_button.click()
    program.settle()
    school = program.record(the_school)
    assert (school.head_teacher, school.urn, school.ukprn) == ("Mr Idris Bowen", "654321", "10012345")
    assert page.school.saved_state.words().startswith("Saved on this computer")


def test_a_school_with_a_unit_asks_of_each_pupil_with_sen_who_is_in_it(program: Program) -> None:
    kian: list[str] = []
    program.unlocked(lambda place: kian.append(add_pupil(place).id))
    page = program.open("settings", section="school")
    assert program.record(lambda place: pupil_page(place.session.record, kian[0], date(2026, 11, 24)).warnings) == []
    page.school.special.chip("yes").click()  # type: ignore[attr-defined]
    page.school.save_button.click()  # type: ignore[attr-defined]
    program.settle()
    told = program.record(lambda place: pupil_page(place.session.record, kian[0], date(2026, 11, 24)).warnings)
    assert [each.number for each in told] == ["2230", ""]
    shown = shown_words(program.open("pupil", pupil=kian[0]))
    assert "whether this pupil is in the SEN unit" in shown.replace("Whether", "whether")


def test_the_crest_is_chosen_seen_in_black_and_white_too_and_removed(program: Program, tmp_path: Path) -> None:
    page = settings(program, "crest")
    part = page.crest
    assert "No crest yet." in shown_words(part)
    assert not part.remove.isVisibleTo(part)
    file, none = tmp_path / "crest.png", tmp_path / "crest.docx"
    file.write_bytes(make_crest())
    none.write_bytes(b"no picture")
    part.ask_for_file = lambda _owner, _title, _kind, then: then(none)
    part.choose.click()
    program.settle()
    assert "Choose another one." in shown_words(part) or "crest.docx" in shown_words(part)
    assert program.record(lambda place: crest_of(place.session.record)) is None
    part.ask_for_file = lambda _owner, _title, _kind, then: then(file)
    part.choose.click()
    program.settle()
    assert part.picture.has_picture()
    assert part.grey.has_picture()
    assert not part.trouble.isVisibleTo(part)
    assert part.choose.text() == "Choose another picture"
    part.remove.click()
    program.settle()
    assert not part.picture.has_picture()
    assert program.record(lambda place: crest_of(place.session.record)) is None


def test_what_is_being_typed_stays_when_the_record_changes(program: Program) -> None:
    page = settings(program, "school")
    page.school.fields.head_teacher.setText("Mr Idris Bo")
    room = program.keeper.room
    assert room is not None
    room.do(
        program.shell,
        lambda place: place.session.record.save(
            [Amend(School, the_school(place).id, {"phone": "0116 496 0141"})], action="x", actor=place.session.actor
        ),
    )
    program.settle()
    assert page.school.fields.head_teacher.text() == "Mr Idris Bo"


def test_term_dates_are_changed_added_and_removed(program: Program) -> None:
    page = settings(program, "terms")
    editor = page.terms.editor
    assert [each.name.text() for each in editor._rows] == ["Autumn term 2026"]
    editor.add_term()
    editor._rows[1].name.setText("Spring term 2027")
    editor._rows[1].days["starts_on"].edit.setText("4 1 27")
    editor._rows[1].days["ends_on"].edit.setText("25 mar 2027")
    page.terms.save_button.click()
    program.settle()
    assert [(each.name, each.ends_on) for each in program.record(the_school).terms][1] == ("Spring term 2027", date(2027, 3, 25))
    editor._rows[0].removed.emit()
    page.terms.save_button.click()
    program.settle()
    assert [each.name for each in program.record(the_school).terms] == ["Spring term 2027"]


def test_a_term_that_ends_before_it_starts_is_refused(program: Program) -> None:
    page = settings(program, "terms")
    page.terms.editor._rows[0].days["ends_on"].edit.setText("1 8 2026")
    page.terms.save_button.click()
    program.settle()
    assert "Autumn term 2026 ends before it starts. Check its dates." in shown_words(page)


def test_a_rate_holds_from_its_day_and_the_earlier_one_stays(program: Program) -> None:
    page = settings(program, "rates")
    part = page.rates
    for pounds, day in (("17.20", "1 9 2026"), ("£18.05", "1 4 2027")):
        part.role.setText("Teaching assistant")
        part.rate.setText(pounds)
        part.day.edit.setText(day)
        part.save_button.click()
        program.settle()
    rates = program.record(lambda place: place.session.record.find(StaffRate))
    assert [(each.pence_per_hour, each.starts_on) for each in rates] == [(1720, date(2026, 9, 1)), (1805, date(2027, 4, 1))]
    assert part.table.count() == 2
    part.save_button.click()
    assert "Enter the kind of staff, such as Teaching assistant." in shown_words(page)


@pytest.mark.parametrize(("typed", "pence"), [("17.20", 1720), ("£17.2", 1720), ("1,200", 120_000), (" 5 ", 500)])
def test_pounds_are_read_as_people_write_them(typed: str, pence: int) -> None:
    assert read_pounds(typed) == pence


@pytest.mark.parametrize("typed", ["", "abc", "0", "-3", "17.205", "nan", "inf"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        read_pounds(typed)


def test_a_backup_is_written_where_the_person_chooses_and_opens_again(program: Program, tmp_path: Path) -> None:
    page = settings(program, "safety")
    folder = tmp_path / "stick"
    folder.mkdir()
    page.safety.backup_button.click()
    program.choose_in_dialog(folder)
    backup = folder / "SENCO record 2026-11-24.senbackup"
    assert backup.exists()
    assert str(backup) in shown_words(page)
    restored = tmp_path / "restored"
    program.app.restore(backup, restored, BackupKey(PASSPHRASE))
    place = program.app.open(restored, PASSPHRASE)
    assert place.session.record.find(School)[0].name == "Barrowby Primary"
    place.close()


def test_backups_go_to_the_folder_that_is_chosen_and_the_page_says_how_it_stands(program: Program, tmp_path: Path) -> None:
    page = settings(program, "safety")
    own = page.safety.own
    assert "If this laptop is lost or breaks, so do its backups." in shown_words(page)
    folder = tmp_path / "drive"
    folder.mkdir()
    own.folder_button.click()
    program.choose_in_dialog(folder)
    words = shown_words(page)
    for each in (f"Backed up to {folder}", "Today, 10:00", "1 in the folder, 1 on this laptop"):
        assert each in words
    assert len(list(folder.rglob("*.senbackup"))) == 1
    folder.rename(tmp_path / "away")
    program.open("today")
    program.open("settings", section="safety")
    assert f"The backup folder {folder} cannot be reached." in shown_words(page)
    own.none_button.click()
    program.settle()
    assert "None: backups lie on this laptop only" in shown_words(page)


def test_a_folder_that_cannot_be_used_is_told(program: Program) -> None:
    page = settings(program, "safety")
    page.safety.own.use_folder(program.gate.folder)
    program.settle()
    assert "That folder belongs to the record itself." in shown_words(page)
    assert page.safety.own.folder_button.isEnabled()


def test_restoring_locks_the_record_first(program: Program) -> None:
    page = settings(program, "safety")
    page.safety.restore_button.click()
    program.settle()
    assert isinstance(program.door_page(), RestorePage)
    assert program.keeper.opened is None


def test_a_backup_that_cannot_be_written_says_why(program: Program, tmp_path: Path) -> None:
    page = settings(program, "safety")
    page.safety.back_up(tmp_path / "stick")
    program.settle()
    assert f"The folder {tmp_path / 'stick'} is not there. Choose another one." in shown_words(page)
    assert page.safety.backup_button.isEnabled()


def test_the_check_says_of_each_part_that_it_is_whole(program: Program) -> None:
    page = settings(program, "safety")
    page.safety.verify_button.click()
    program.settle()
    words = shown_words(page)
    for each in (
        "The encrypted file is whole.",
        "The one save is unchanged.",
        "What the screens show follows from the saves.",
    ):
        assert each in words


@pytest.mark.parametrize("section", SECTIONS)
def test_every_stop_of_the_tab_key_has_a_name(program: Program, section: str) -> None:
    page = settings(program, section)
    stops = [each for each in page.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible()]
    nameless = [type(each).__name__ for each in stops if not (each.accessibleName() or (hasattr(each, "text") and each.text()))]
    assert nameless == []


@pytest.mark.parametrize(("part", "section"), [("crest", "school"), ("terms", "school"), ("rates", "people")])
def test_a_part_that_shares_its_section_is_led_to_by_its_own_name(program: Program, part: str, section: str) -> None:
    page = settings(program, part)
    assert page.tabs.value() == section
    head = page._heads[part]
    program.qtbot.waitUntil(lambda: not head.visibleRegion().isEmpty())


def test_no_words_of_keeping_records_are_cut(program: Program) -> None:
    page = settings(program, "keeping")
    page.resize(1182, 662)
    program.settle()
    cut = [
        each.text()
        for each in page.findChildren(QLabel)
        if each.isVisible() and each.wordWrap() and each.heightForWidth(each.width()) > each.height()
    ]
    assert cut == []

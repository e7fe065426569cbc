"""Importing pupils in the window: real files in, a preview first, and a record that is touched only by Save."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from sencoapp import reference
from sencoapp.domain.people import Pupil
from sencoapp.exchange import ctf
from tests.exchange.test_ctf import ctf as ctf_file
from tests.exchange.test_ctf import pupil as ctf_pupil
from tests.places import add_pupil
from ui.pages.import_past import UndoBody
from ui.pages.import_pupils import ImportPage
from ui.pages.import_words import column_choices, field_words, value_words
from ui.pages.register import RegisterPage
from ui.tasks import Job
from ui.theme import theme
from ui.widgets import RecordTable, TableRow

from .starting import Program, shown_words

CONTACT_FIELDS = (
    *("order", "title", "surname", "forename", "relationship", "parental_responsibility"),
    *("lives_with_pupil", "phone", "email", "address", "postcode"),
)
CSV = (
    "Surname,Forename,DOB,Year,Reg,Nickname\nOsei,Kian,3 Feb 2018,4,4K,Kiki\nPell,Maisie,1/5/2018,3,3W,Mai\nSwain,Lottie,31/2/2019,1,1K,\n"
)


def import_page(program: Program) -> ImportPage:
    page = program.open("import")
    assert isinstance(page, ImportPage)
    return page


def read(program: Program, page: ImportPage, path: Path) -> None:
    page.read(path)
    program.settle()
    program.settle()


def cells(table: RecordTable) -> list[tuple[str, ...]]:
    rows = [table._rows.row_at(number) for number in range(table._rows.rowCount())]
    return [tuple(cell.text for cell in each.cells) for each in rows if isinstance(each, TableRow)]


def names(program: Program) -> list[str]:
    return sorted(each.name for each in program.record(lambda place: place.session.record.find(Pupil)))


def csv_file(folder: Path, text: str = CSV) -> Path:
    path = folder / "class list.csv"
    path.write_text(text, "utf-8")
    return path


def test_a_file_is_seen_before_it_is_saved_and_changes_nothing_a_second_time(program: Program, tmp_path: Path) -> None:
    program.unlocked(lambda place: add_pupil(place))
    page = import_page(program)
    read(program, page, csv_file(tmp_path))
    assert names(program) == ["Kian Osei"]
    assert ("Maisie Pell", "Year 3 · 3W") in [row[1:3] for row in cells(page.preview.added)]
    assert cells(page.preview.changed)[0][1:5] == ("Kian Osei", "Class", "4M", "4K")
    page.preview.changed_tab.take_all.click()
    page.preview.save_button.click()
    program.settle()
    assert "Maisie Pell" in names(program)
    assert "1 pupil added, 1 changed" in shown_words(page)
    read(program, page, csv_file(tmp_path))
    assert (page.preview.added.count(), page.preview.changed.count()) == (0, 0)
    assert not page.preview.save_button.isEnabled()


def test_what_a_person_typed_stays_until_they_say_otherwise(program: Program, tmp_path: Path) -> None:
    program.unlocked(lambda place: add_pupil(place))
    page = import_page(program)
    read(program, page, csv_file(tmp_path, "Surname,Forename,DOB,Year,Reg\nOsei,Kian,3 Feb 2018,5,5K\n"))
    assert "2 values that were typed here stay" in page.preview.summary.text()
    assert not page.preview.save_button.isEnabled()
    rows = cells(page.preview.changed)
    assert [row[5] for row in rows] == ["Stays as it is here"] * 2
    key = page.preview.changed._rows.row_at(1).key  # type: ignore[union-attr]
    page.preview.changed.acted.emit(key)
    assert cells(page.preview.changed)[1][5] == "Changed to the file’s"
    page.preview.save_button.click()
    program.settle()
    kian = program.record(lambda place: place.session.record.find(Pupil))[0]
    assert (kian.year, kian.reg_group) == ("4", "5K")


def test_a_person_decides_who_a_doubtful_pupil_is(program: Program, tmp_path: Path) -> None:
    program.unlocked(lambda place: add_pupil(place))
    page = import_page(program)
    read(program, page, csv_file(tmp_path, "Surname,Forename,DOB\nOsei,Kai,3 Feb 2018\nOsei,Kiran,3 Feb 2018\nPell,Mo,1/5/2018\n"))
    doubts = page.preview.doubts
    assert [row[:3] for row in cells(doubts.table)] == [("2", "Kai Osei", "Kian Osei"), ("3", "Kiran Osei", "Kian Osei")]
    assert "2 pupils are for you to decide about" in page.preview.summary.text()
    assert "Same date of birth" in shown_words(doubts) or "date of birth is the same" in shown_words(doubts)
    kian = next(iter(doubts.choice._chips))  # type: ignore[union-attr]
    doubts.choice.chip(kian).click()  # type: ignore[union-attr]
    assert cells(doubts.table)[0][3] == "Same as Kian Osei"
    doubts.table.choose("3")
    doubts.choice.chip(kian).click()  # type: ignore[union-attr]
    assert "another row of this file" in doubts.trouble.text()
    doubts.choice.chip("new").click()  # type: ignore[union-attr]
    assert page.preview.added.count() == 2
    assert doubts.open_count() == 0
    page.preview.save_button.click()
    program.settle()
    assert names(program) == ["Kian Osei", "Kiran Osei", "Mo Pell"]


def test_a_saved_import_is_undone_from_where_it_was_saved_and_from_the_list(program: Program, tmp_path: Path) -> None:
    program.unlocked()
    page = import_page(program)
    for undo_from in ("here", "list", "key"):
        read(program, page, csv_file(tmp_path))
        page.preview.save_button.click()
        program.settle()
        assert names(program) == ["Kian Osei", "Maisie Pell"]
        if undo_from == "here":
            page.undo_button.click()
        elif undo_from == "key":
            QTest.keySequence(program.shell, "Ctrl+Z")
        else:
            page.begin_anew()
            program.settle()
            assert page.past.table.count() == 2
            page.past.table.acted.emit(page.past.table._rows.row_at(0).key)  # type: ignore[union-attr]
        program.settle()
        assert "2 pupils who were added will be hidden." in shown_words(program.shell)
        next(each for each in program.shell.findChildren(UndoBody) if each.isVisible()).undo.click()
        program.settle()
        assert names(program) == []
        assert program.shell._toast.words() == "The import of class list.csv is undone."
    assert "Undone by" in cells(page.past.table)[0][4]


def test_whoever_decides_about_a_pupil_keeps_their_place_on_the_keyboard(program: Program, tmp_path: Path) -> None:
    shell = program.unlocked(lambda place: add_pupil(place))
    shell.activateWindow()
    page = import_page(program)
    read(program, page, csv_file(tmp_path, "Surname,Forename,DOB\nOsei,Kai,3 Feb 2018\nOsei,Kiran,3 Feb 2018\n"))
    choice = page.preview.doubts.choice
    assert choice is not None
    new = choice.chip("new")
    new.setFocus()
    QTest.keyClick(new, Qt.Key.Key_Space)
    program.settle()
    assert page.preview.doubts.decisions == {2: "new"}
    assert new.hasFocus()


def test_a_list_of_which_no_row_could_be_read_asks_first_what_its_columns_hold(program: Program, tmp_path: Path) -> None:
    program.unlocked().activateWindow()
    page = import_page(program)
    read(program, page, csv_file(tmp_path, "Surname,First name,Arrived on earth\nOsei,Kian,3 Feb 2018\n"))
    assert page.preview.tabs.value() == "columns"
    assert "No pupil could be read from this list yet." in shown_words(page)
    assert page.preview.columns.choices[0].hasFocus()
    page.preview.columns.choices[2].choose(next(value for value, words in column_choices() if words == "Date of birth"))
    page.preview.columns.read_again.click()
    program.settle()
    assert page.preview.added.count() == 1
    assert page.preview.save_button.hasFocus()


@pytest.mark.parametrize("size", [1.0, 2.0])
def test_what_saves_an_import_is_in_sight_without_scrolling(program: Program, tmp_path: Path, size: float) -> None:
    shell = program.unlocked(lambda place: add_pupil(place))
    shell.resize(1366, 768)
    theme().use(text_size=size)
    page = import_page(program)
    read(program, page, csv_file(tmp_path, "Surname,Forename,DOB\nOsei,Kai,3 Feb 2018\nPell,Mo,1/5/2018\nSwain,Lottie,31/2/2019\n"))
    save = page.preview.save_button
    for tab in ("added", "unchanged", "columns"):
        page.preview.choose(tab)
        program.qtbot.waitUntil(lambda: save.visibleRegion().boundingRect().height() == save.height())


def test_what_was_said_about_columns_is_used_the_next_time_and_can_be_forgotten(program: Program, tmp_path: Path) -> None:
    program.unlocked()
    page = import_page(program)
    welsh = "Dysgwyr\nCyfenw,Enw,Geni\n{}\n"
    read(program, page, csv_file(tmp_path, welsh.format("Hart,Ada,01/05/2015")))
    assert "No row of headings" in page.notice.accessibleName()
    page.say_columns.click()
    program.settle()
    program.settle()
    for number, name in enumerate(("surname", "forename", "personBirthDate")):
        page.preview.columns.choices[number].choose(name)
    page.preview.columns.read_again.click()
    program.settle()
    program.settle()
    page.preview.save_button.click()
    program.settle()
    assert names(program) == ["Ada Hart"]
    read(program, page, csv_file(tmp_path, welsh.format("Lee,Bo,01/06/2015")))
    program.settle()
    assert page.preview.added.count() == 1
    page.preview.choose("columns")
    assert "as Mrs Ruth Adeyemi said on 24 November 2026" in page.preview.columns.remembered.accessibleName()
    page.preview.columns.forget_button.click()
    program.settle()
    program.settle()
    assert "No row of headings" in page.notice.accessibleName()


def test_saving_can_be_stopped_and_nothing_is_saved(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program.unlocked()
    before = program.record(lambda place: place.session.record.position())
    page = import_page(program)
    read(program, page, csv_file(tmp_path))
    monkeypatch.setattr(Job, "cancelled", lambda self: True)
    page.preview.save_button.click()
    program.settle()
    assert program.record(lambda place: place.session.record.position()) == before
    assert page.preview.save_button.isEnabled()
    monkeypatch.undo()
    page.preview.save_button.click()
    program.settle()
    assert names(program) == ["Kian Osei", "Maisie Pell"]


def test_every_problem_names_its_row(program: Program, tmp_path: Path) -> None:
    program.unlocked()
    page = import_page(program)
    read(program, page, csv_file(tmp_path))
    lines = cells(page.preview.problems)
    assert all(row in {"2", "3", "4"} for row, _, _ in lines)
    assert any(row == "4" and "31/2/2019" in why for row, _, why in lines)
    assert page.preview.whole.text() == lines[0][2]
    page.preview.problems.choose("1")
    assert page.preview.whole.text() == lines[1][2]


def test_a_column_that_was_not_understood_is_named_and_read_again(program: Program, tmp_path: Path) -> None:
    program.unlocked()
    page = import_page(program)
    read(program, page, csv_file(tmp_path))
    page.preview.choose("columns")
    choice = page.preview.columns.choices[5]
    assert (choice.accessibleName(), choice.value()) == ("Nickname", "")
    choice.choose("preferredForename")
    page.preview.columns.read_again.click()
    program.settle()
    program.settle()
    assert "Mai Pell" in [row[1] for row in cells(page.preview.added)]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("pupils.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><CTfile>&b;</CTfile>', "contains a document type or entities"),
        ("photo.csv", b"\x89PNG\r\n\x1a\n....", "not a list of pupils"),
        ("empty.csv", b"", "is empty"),
    ],
)
def test_a_file_that_cannot_be_used_gets_one_notice_and_touches_nothing(
    program: Program, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    program.unlocked()
    before = program.record(lambda place: place.session.record.position())
    page = import_page(program)
    path = tmp_path / name
    path.write_bytes(content)
    read(program, page, path)
    assert page.notice.isVisible()
    assert said in page.notice.accessibleName()
    assert page.choose_button.isVisible()
    assert program.record(lambda place: place.session.record.position()) == before


def test_a_file_that_is_not_there_is_named(program: Program, tmp_path: Path) -> None:
    program.unlocked()
    page = import_page(program)
    read(program, page, tmp_path / "gone.csv")
    assert page.notice.accessibleName() == "There is no file gone.csv. Check the name."


def test_a_file_is_chosen_in_the_dialog_or_dropped_on_the_page(program: Program, tmp_path: Path) -> None:
    program.unlocked()
    page = import_page(program)
    page.choose_button.click()
    program.choose_in_dialog(csv_file(tmp_path))
    program.settle()
    assert page.preview.added.count() == 2
    page.preview.other_button.click()
    assert program.shell.focusWidget() is page.choose_button
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(csv_file(tmp_path)))])
    page.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier))
    program.settle()
    program.settle()
    assert page.preview.added.count() == 2


def test_reading_can_be_stopped(program: Program, tmp_path: Path) -> None:
    program.unlocked()
    page = import_page(program)
    page.read(csv_file(tmp_path))
    page.stop()
    program.settle()
    program.settle()
    assert page.choose_button.isVisible()
    assert page._plan is None


def test_real_files_of_other_systems_can_be_read(program: Program, samples: Path) -> None:
    program.unlocked()
    page = import_page(program)
    for path in (samples / "derived" / "8552001_CTF_8554003_001.xml", samples / "mis" / "arbor_sen_status_report.csv"):
        read(program, page, path)
        assert not page.notice.isVisible()
        assert page.preview.added.count() > 0


def test_every_field_that_a_file_can_bring_and_every_column_has_words() -> None:
    columns = reference.data("exchange", "headings.json")["columns"]
    of_tables = {each["pupil_field"] for each in columns.values() if "pupil_field" in each}
    of_ctf = {"looked_after", "care_authority", "attendance_year", *(attribute for _, _, attribute, _, _ in ctf._PLAIN)}
    for name in (*of_tables, *of_ctf, "SENprovision", "SENtype", "SENtypeRank", "need_ends_on", "contact"):
        assert field_words(name)
    for name in CONTACT_FIELDS:
        assert field_words(f"contact {name}").startswith("Contact: ")
    assert {value for value, _ in column_choices()} == {"", *reference.data("exchange", "headings.json")["columns"]}


def test_values_are_read_as_people_read_them() -> None:
    assert value_words("birth_date", "2018-02-03") == "3 February 2018"
    assert value_words("free_school_meals", "True") == "Yes"
    assert value_words("SENprovision", "E") == reference.codes("SENprovision")["E"]
    assert value_words("reg_group", "4M") == "4M"


def test_the_pupil_page_says_quietly_what_came_from_the_mis(program: Program, tmp_path: Path) -> None:
    program.unlocked(lambda place: add_pupil(place))
    page = import_page(program)
    read(program, page, csv_file(tmp_path, "Surname,Forename,DOB,UPN\nOsei,Kian,3 Feb 2018,N855200119042\n"))
    page.preview.save_button.click()
    program.settle()
    kian = program.record(lambda place: place.session.record.find(Pupil))[0]
    words = shown_words(program.open("pupil", pupil=kian.id))
    assert words.count("from the school’s MIS") == 1
    assert "The MIS last filled something in on 24 November 2026." in words


def test_the_pupils_of_an_import_are_seen_whatever_their_status_and_the_others_are_one_press_away(program: Program, tmp_path: Path) -> None:
    program.unlocked(lambda place: add_pupil(place))
    page = import_page(program)
    read(program, page, csv_file(tmp_path, "Surname,Forename,DOB,Year,Reg\nPell,Maisie,1/5/2018,3,3W\n"))
    page.preview.save_button.click()
    program.settle()
    page.see_button.click()
    program.settle()
    register = program.shell.current_page()
    assert isinstance(register, RegisterPage)
    assert [each[0] for each in cells(register.table)] == ["Maisie Pell"]
    assert register.filters.only.isVisible()
    assert register.filters.only.text() == "Only from class list.csv"
    register.filters.only.click()
    program.settle()
    assert [each[0] for each in cells(register.table)] == ["Kian Osei", "Maisie Pell"]
    assert not register.filters.only.isVisible()


def test_what_a_person_must_look_at_comes_first_and_empty_tabs_are_not_there(program: Program, tmp_path: Path) -> None:
    program.unlocked(lambda place: add_pupil(place))
    page = import_page(program)
    read(program, page, csv_file(tmp_path, "Surname,Forename,DOB\nOsei,Kai,3 Feb 2018\nSwain,Lottie,31/2/2019\n"))
    program.shell.resize(1366, 768)
    theme().use(theme().scheme, 2.0)
    program.settle()
    shown = [each.text() for each in page.preview.tabs._group.buttons() if each.isVisible()]
    assert shown[:2] == ["To decide · 1", "To check · 3"]
    save = page.preview.save_button
    assert save.visibleRegion().boundingRect().height() == save.height()
    theme().use(theme().scheme, 1.0)
    plain = tmp_path / "plain.xml"
    plain.write_text(ctf_file(ctf_pupil()), "utf-8")
    read(program, page, plain)
    shown = [each.text() for each in page.preview.tabs._group.buttons() if each.isVisible()]
    assert shown == ["Added · 1", "Changed · 0", "Left alone · 0"]

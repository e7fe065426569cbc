"""Importing pupils in the window: real files in, a preview first, and a record that is touched only by Save."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from sencoapp import reference
from sencoapp.domain.people import Contact, Pupil
from sencoapp.domain.record import field_names
from tests.places import add_pupil
from ui.pages.import_pupils import ImportPage
from ui.pages.import_words import column_choices, field_words, value_words
from ui.widgets import RecordTable, TableRow

from .starting import Program, shown_words

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
    assert cells(page.preview.changed)[0][1:] == ("Kian Osei", "Class", "4M", "4K")
    page.preview.save_button.click()
    program.settle()
    assert "Maisie Pell" in names(program)
    assert "1 pupil added, 1 changed" in shown_words(page)
    read(program, page, csv_file(tmp_path))
    assert (page.preview.added.count(), page.preview.changed.count()) == (0, 0)
    assert not page.preview.save_button.isEnabled()


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
    choice = page.preview._choices[5]
    assert (choice.accessibleName(), choice.value()) == ("Nickname", "")
    choice.choose("preferredForename")
    page.preview._read_again.click()
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


def test_every_field_and_every_column_has_words() -> None:
    for name in (*field_names(Pupil), "SENprovision", "SENtype", "SENtypeRank", "contact"):
        assert field_words(name)
    for name in field_names(Contact):
        if name != "pupil":
            assert field_words(f"contact {name}").startswith("Contact: ")
    assert {value for value, _ in column_choices()} == {"", *reference.data("exchange", "headings.json")["columns"]}


def test_values_are_read_as_people_read_them() -> None:
    assert value_words("birth_date", "2018-02-03") == "3 February 2018"
    assert value_words("free_school_meals", "True") == "Yes"
    assert value_words("SENprovision", "E") == reference.codes("SENprovision")["E"]
    assert value_words("reg_group", "4M") == "4M"

"""Photos and files in the quick note: chosen, dropped or pasted; refused in a sentence; kept in the draft; shown with the note."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication, QImage

from sencoapp.domain.casework import Document
from tests.documents.paper_samples import photo
from tests.ui.test_quick_entry import WORDS, begin, fill, notes, sheet
from ui.pages.quick_entry import QuickEntry


@pytest.fixture
def house(open_house):
    opened = open_house(fill)
    opened.open("pupils")
    return opened


@pytest.fixture
def picture(tmp_path) -> Path:
    path = tmp_path / "tower.jpg"
    path.write_bytes(photo(300, 200))
    return path


def about_kian(house) -> QuickEntry:
    entry = begin(house)
    house.enter("kia")
    house.settle()
    house.shortcut("Return")
    house.enter(WORDS)
    return entry


def papers(house) -> list[Document]:
    return house.record(lambda place: place.session.record.find(Document))


def dropped(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(each)) for each in paths])
    return data


def test_a_chosen_photo_is_saved_with_the_note_and_opens_beside_it(house, picture):
    entry = about_kian(house)
    entry.form.files.ask_which = lambda *args: args[-1]([picture])
    house.shortcut("Alt+9")
    assert house.has_button("Remove tower.jpg")
    house.shortcut("Ctrl+Return")
    (paper,) = papers(house)
    (note,) = notes(house)
    assert (paper.observation, paper.filename) == (note.id, "tower.jpg")
    page = house.open("pupil", pupil=note.pupil, tab="timeline", entry=f"observation:{note.id}")
    assert "1 file" in page.tab("timeline").list._rows.row_at(1).cells[2].text
    house.click("Open tower.jpg")
    assert house.shell.current_page().tabs.value() == "documents"
    house.open("observations")
    assert house.has_button("Open tower.jpg")


def test_a_file_that_is_dropped_on_the_words_is_taken_in_and_not_typed(house, picture):
    entry = about_kian(house)
    entry.form.text.insertFromMimeData(dropped(picture, picture))
    house.settle()
    assert entry.form.text.words() == WORDS
    assert [each.filename for each in entry.form.files.files()] == ["tower.jpg"]


def test_a_picture_on_the_clipboard_is_pasted_and_words_still_are(house):
    entry = about_kian(house)
    picture = QImage(20, 20, QImage.Format.Format_RGB32)
    picture.fill(0x336699)
    QGuiApplication.clipboard().setImage(picture)
    house.shortcut("Ctrl+V")
    assert [each.media_type for each in entry.form.files.files()] == ["image/png"]
    QGuiApplication.clipboard().setText(" And more.")
    house.shortcut("Ctrl+V")
    assert entry.form.text.words() == WORDS + " And more."
    QGuiApplication.clipboard().clear()


def test_a_photo_of_80_mb_is_a_sentence_and_nothing_typed_is_lost(house, picture, tmp_path):
    entry = about_kian(house)
    huge = tmp_path / "huge.jpg"
    with huge.open("wb") as file:
        file.write(picture.read_bytes())
        file.truncate(80 * 1024 * 1024)
    entry.form.files.take_in_files([huge, picture])
    house.settle()
    assert house.sees("huge.jpg is larger than 25 MB. Send it from the phone or camera in a smaller size", entry)
    assert entry.form.text.words() == WORDS
    assert [each.filename for each in entry.form.files.files()] == ["tower.jpg"]
    house.shortcut("Ctrl+Return")
    assert [each.filename for each in papers(house)] == ["tower.jpg"]


def test_saving_waits_for_a_file_that_is_still_looked_at(house, picture, tmp_path):
    entry = about_kian(house)
    entry.form.files.take_in_files([picture])
    entry.save()
    house.settle()
    assert len(papers(house)) == len(notes(house)) == 1
    entry = about_kian(house)
    program = tmp_path / "game.exe"
    program.write_bytes(b"MZ" + bytes(200))
    entry.form.files.take_in_files([program])
    entry.save()
    house.settle()
    assert entry.isVisible()
    assert entry.form.text.words() == WORDS
    assert len(notes(house)) == 1
    house.shortcut("Ctrl+Return")
    assert len(notes(house)) == 2


def test_a_file_waits_in_the_draft_and_can_be_taken_out_again(house, picture):
    entry = about_kian(house)
    entry.form.files.take_in_files([picture])
    house.settle()
    house.shortcut("Esc")
    kept = house.record(lambda place: place.session.record.draft("observation"))
    entry.form.clear()
    assert [each["filename"] for each in kept["files"]] == ["tower.jpg"]
    begin(house)
    assert house.has_button("Remove tower.jpg")
    house.click("Remove tower.jpg")
    assert sheet(house).form.files.files() == ()


def test_more_files_than_a_note_takes_are_refused_by_name(house, tmp_path):
    entry = about_kian(house)
    paths = []
    for number in range(13):
        paths.append(tmp_path / f"page {number}.txt")
        paths[-1].write_text(f"Page {number}")
    entry.form.files.take_in_files(paths)
    house.settle()
    assert len(entry.form.files.files()) == 12
    assert house.sees("A note takes up to 12 files.", entry)


def test_the_files_of_a_confidential_note_are_shown_with_its_words_only(house, picture):
    entry = about_kian(house)
    entry.form.confidential.choose("confidential")
    entry.form.files.take_in_files([picture])
    house.settle()
    house.shortcut("Ctrl+Return")
    (note,) = notes(house)
    house.open("pupil", pupil=note.pupil, tab="timeline", entry=f"observation:{note.id}")
    assert not house.has_button("Open tower.jpg")
    house.click("Read it")
    assert house.has_button("Open tower.jpg")

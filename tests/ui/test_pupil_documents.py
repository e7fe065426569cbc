"""A pupil's documents: taken in, looked at, given out on the record."""

import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from sencoapp.app import Workplace
from sencoapp.domain.casework import Disclosure, Document
from sencoapp.services import documents
from tests.documents.intake import arrivals
from tests.documents.paper_samples import photo
from tests.places import add_pupil
from ui.pages.document_elsewhere import OpenElsewhereSheet
from ui.pages.document_sheets import CopySheet, kind_of, title_of
from ui.pages.preview import PreviewPane
from ui.pages.pupil_documents import DocumentsTab


class Ids:
    pupil = ""


def report(pages: int = 2) -> bytes:
    """An invented report as PDF."""
    from reportlab.pdfgen.canvas import Canvas

    sheet = BytesIO()
    canvas = Canvas(sheet, pagesize=(595, 842))
    for number in range(pages):
        canvas.drawString(72, 760, f"Barrowby Community Health, sheet {number + 1}")
        canvas.showPage()
    canvas.save()
    return sheet.getvalue()


def bare(place: Workplace) -> None:
    Ids.pupil = add_pupil(place, "Brennan", "Ava").id


def fill(place: Workplace) -> None:
    bare(place)
    documents.add_document(place.session, place.documents, Ids.pupil, "slt_report.pdf", report(), title="Language report")


@pytest.fixture
def house(open_house):
    return open_house(fill)


def open_tab(house, **where) -> DocumentsTab:
    tab = house.open("pupil", pupil=Ids.pupil, tab="documents", **where).tab("documents")
    assert isinstance(tab, DocumentsTab)
    return tab


def kept(house) -> list[Document]:
    return house.record(lambda place: documents.documents_of(place.session.record, Ids.pupil))


def drop(house, tab: DocumentsTab, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(each)) for each in paths])
    event = QDropEvent(QPointF(QPoint(50, 50)), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    tab.dropEvent(event)
    house.settle()


def test_an_empty_place_says_how_to_add(open_house):
    house = open_house(bare)
    open_tab(house)
    assert house.sees("No documents yet. Add one, drop it here or paste it.")


def test_a_dropped_file_is_asked_about_and_kept(open_house, tmp_path):
    house = open_house(bare)
    tab = open_tab(house)
    path = tmp_path / "speech-and-language_report.pdf"
    path.write_bytes(report(3))
    drop(house, tab, path)
    assert house.named(QWidget, "Title").text() == "Speech and language report"
    house.write("Date of the document (optional)", "10 9 2026")
    house.write("Written by (optional)", "Ms A. Ellery")
    house.click("Keep the document")
    (document,) = kept(house)
    assert (document.title, document.kind, document.pages, document.author_name) == (
        "Speech and language report",
        "report",
        3,
        "Ms A. Ellery",
    )
    assert document.for_requests
    assert house.sees("Report or advice · 10 September 2026 · Ms A. Ellery", tab.details)


def test_what_was_added_can_be_undone(open_house, tmp_path):
    house = open_house(bare)
    tab = open_tab(house)
    path = tmp_path / "report.pdf"
    path.write_bytes(report())
    drop(house, tab, path)
    house.click("Keep the document")
    house.undo()
    assert kept(house) == []


def test_a_picture_is_pasted(open_house):
    house = open_house(bare)
    tab = open_tab(house)
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkCyan)
    QGuiApplication.clipboard().setImage(picture)
    tab.paste()
    house.settle()
    house.click("Keep the document")
    (document,) = kept(house)
    assert (document.media_type, document.kind) == ("image/png", "work")
    QGuiApplication.clipboard().clear()


def test_a_file_of_another_kind_is_refused_in_words_and_the_next_one_is_asked_about(open_house, tmp_path):
    house = open_house(bare)
    tab = open_tab(house)
    (tmp_path / "notes.pdf").write_bytes(b"MZ\x90 not what it says")
    (tmp_path / "report.pdf").write_bytes(report())
    drop(house, tab, tmp_path / "notes.pdf", tmp_path / "report.pdf")
    assert house.sees("notes.pdf is a program or a script")
    assert kept(house) == []
    house.click("Keep the document")
    assert [each.filename for each in kept(house)] == ["report.pdf"]


def test_a_photo_is_kept_without_its_place_and_the_sheet_says_so(open_house, tmp_path):
    house = open_house(bare)
    tab = open_tab(house)
    (tmp_path / "work.png").write_bytes(photo(64, 48))
    drop(house, tab, tmp_path / "work.png")
    assert house.sees("The photo said where it was taken.")
    house.click("Keep the document")
    (document,) = kept(house)
    assert (document.filename, document.media_type) == ("work.jpg", "image/jpeg")
    content = house.record(lambda place: documents.read_document(place.session, document.id)[1])
    assert b"SecretCamera" not in content
    tab.open_document(document.id)
    house.settle()
    shown = tab.reader.preview._picture
    assert (shown.width(), shown.height()) == (48, 64), "it is looked at upright"


def test_a_word_file_is_kept_and_goes_in_a_request_only_where_it_is_chosen(open_house, tmp_path):
    house = open_house(bare)
    tab = open_tab(house)
    (tmp_path / "plan.docx").write_bytes(arrivals.word())
    drop(house, tab, tmp_path / "plan.docx")
    assert house.sees("A pack binds PDFs, JPEGs and PNGs as they are.")
    assert not house.sees("May it go in a request to the council?")
    house.click("Keep the document")
    (document,) = kept(house)
    assert (document.filename, document.pages, document.for_requests) == ("plan.docx", None, False)


def test_a_file_that_is_gone_is_said(open_house, tmp_path):
    house = open_house(bare)
    tab = open_tab(house)
    drop(house, tab, tmp_path / "gone.pdf")
    assert house.sees("The file “gone.pdf” could not be read.")


def test_two_files_are_asked_about_one_after_the_other(open_house, tmp_path):
    house = open_house(bare)
    tab = open_tab(house)
    for name, pages in (("first.pdf", 1), ("second.pdf", 2)):
        (tmp_path / name).write_bytes(report(pages))
    drop(house, tab, tmp_path / "first.pdf", tmp_path / "second.pdf")
    house.click("Keep the document")
    house.click("Keep the document")
    assert sorted(each.title for each in kept(house)) == ["First", "Second"]


@pytest.mark.parametrize(
    ("file", "title", "kind"),
    [
        ("EP_consultation-2026.pdf", "EP consultation 2026", "report"),
        ("parents letter.png", "Parents letter", "letter"),
        ("signed consent.pdf", "Signed consent", "consent"),
        ("IMG_0042.JPG", "IMG 0042", "work"),
    ],
)
def test_the_name_of_a_file_gives_a_first_guess(file, title, kind):
    assert (title_of(file), kind_of(file)) == (title, kind)


# ---- looking -------------------------------------------------------------------------------------------------------


def test_a_document_is_read_in_the_window_page_by_page(house):
    tab = open_tab(house)
    house.click("Open")
    preview = tab.reader.preview
    assert (preview.number(), preview.pages()) == (1, 2)
    assert house.sees("Page 1 of 2", preview)
    assert not preview._page.pixmap().isNull()
    assert "Barrowby Community Health" in preview._page.accessibleDescription()
    preview.setFocus()
    house.press(Qt.Key.Key_PageDown)
    assert house.sees("Page 2 of 2", preview)
    house.press(Qt.Key.Key_PageDown)
    assert preview.number() == 2
    house.press(Qt.Key.Key_Home)
    assert preview.number() == 1
    house.press(Qt.Key.Key_Escape)
    assert tab.table.isVisible()


def test_zooming_makes_the_page_larger_and_fitting_brings_it_back(house):
    tab = open_tab(house)
    house.click("Open")
    preview = tab.reader.preview
    before = preview._page.pixmap().width()
    house.click("Larger")
    assert preview._page.pixmap().width() > before
    house.click("Fit page")
    assert preview._page.pixmap().height() <= preview.height()


def test_one_document_can_be_gone_to(house):
    (document,) = kept(house)
    tab = open_tab(house, document=document.id)
    assert tab.reader.preview.isVisible()
    assert house.sees("Language report", tab.reader)


def test_a_picture_is_shown(house):
    pane = PreviewPane(house.room)
    house.qtbot.addWidget(pane)
    pane.resize(500, 400)
    pane.show()
    picture = Path(__file__).resolve().parent / "gallery.py"
    pane.show_image(picture.read_bytes(), "Gallery")
    house.settle()
    assert house.sees("“Gallery” cannot be shown here. Save a copy and open it in another program.", pane)
    pane.show_pdf(b"%PDF-1.7 and nothing else", "Broken")
    house.settle()
    assert house.sees("“Broken” cannot be shown here.", pane)
    pane.show_pdf(report(5), "Whole")
    house.settle()
    assert pane.pages() == 5
    with house.qtbot.waitSignal(pane.turned) as turned:
        pane.go_to(4)
    assert turned.args == [4]


# ---- giving out, taking away ---------------------------------------------------------------------------------------


def test_a_copy_leaves_with_the_bytes_and_a_note_of_who_got_it(house, tmp_path):
    open_tab(house)
    house.click("Save a copy")
    sheet = next(each for each in house.shell.findChildren(CopySheet) if each.isVisible())
    house.write("Who is the copy for", "Dr P. Imrie")
    house.write("What is it for", "Consultation")
    sheet.save_to(tmp_path / "copy.pdf")
    house.settle()
    content = (tmp_path / "copy.pdf").read_bytes()
    (disclosure,) = house.record(lambda place: place.session.record.find(Disclosure))
    assert (disclosure.recipient, disclosure.purpose, disclosure.pupil) == ("Dr P. Imrie", "Consultation", Ids.pupil)
    assert disclosure.sha256 == hashlib.sha256(content).hexdigest() == kept(house)[0].sha256
    assert house.sees("Copy saved as copy.pdf")


def test_a_copy_without_a_recipient_goes_nowhere(house):
    open_tab(house)
    house.click("Save a copy")
    house.shortcut("Ctrl+Return")
    assert house.has_button("Enter who the copy is for.")
    assert house.has_button("Enter what the copy is for.")


def test_a_document_is_removed_and_brought_back(house):
    tab = open_tab(house)
    tab.table.setFocus()
    house.press(Qt.Key.Key_Delete)
    assert kept(house) == []
    house.undo()
    assert [each.title for each in kept(house)] == ["Language report"]


# ---- in another program --------------------------------------------------------------------------------------------


@pytest.fixture
def opened(monkeypatch) -> list[Path]:
    """What the system was asked to open; it opens everything."""
    found: list[Path] = []
    monkeypatch.setattr(OpenElsewhereSheet, "open_file", lambda _sheet, path: found.append(path) or True)
    return found


def test_opening_elsewhere_is_warned_of_and_said_until_it_is_wiped(house, opened):
    open_tab(house)
    house.click("Open in another program")
    assert house.sees("A copy that can be read without your passphrase will lie on this computer until the record is locked.")
    assert opened == []
    house.click("Open the copy")
    (path,) = opened
    assert path.read_bytes().startswith(b"%PDF")
    assert house.sees("Open in another program until the record is locked: “Language report”")
    house.click("Wipe it now")
    assert not path.exists()
    assert house.sees("No readable copy is left on this computer.")
    assert not house.sees("Open in another program until the record is locked")


def test_what_another_program_changed_is_asked_about_and_kept(house, opened):
    tab = open_tab(house)
    house.click("Open")
    tab.reader.elsewhere_wanted.emit(tab.reader._id)
    house.settle()
    house.click("Open the copy")
    opened[0].write_bytes(report(5))
    house.press(Qt.Key.Key_Escape)
    tab._close_reader()
    house.click("Wipe it now")
    assert house.sees("“Language report” was changed")
    house.click("Keep what was changed in “Language report” as a new document")
    assert sorted((each.title, each.pages) for each in kept(house)) == [("Language report", 2), ("Language report, changed", 5)]


def test_a_change_is_let_go(house, opened):
    open_tab(house)
    house.click("Open in another program")
    house.shortcut("Ctrl+Return")
    opened[0].write_bytes(report(5))
    house.click("Wipe it now")
    house.click("Let what was changed in “Language report” go")
    assert house.sees("What was changed in “Language report” is gone")
    assert len(kept(house)) == 1


def test_where_no_program_opens_it_the_copy_is_wiped_at_once(house, monkeypatch):
    asked: list[Path] = []
    monkeypatch.setattr(OpenElsewhereSheet, "open_file", lambda _sheet, path: bool(asked.append(path)))
    open_tab(house)
    house.click("Open in another program")
    house.click("Open the copy")
    assert house.sees("No program on this computer opens “Language report”")
    assert not asked[0].exists()

"""A report is marked in the window: by mouse, by keyboard, and where the page is a picture."""

from io import BytesIO

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from sencoapp.app import Workplace
from sencoapp.domain.casework import Disclosure
from sencoapp.domain.professionals import Involvement, Recommendation
from sencoapp.domain.record import Saved
from sencoapp.domain.report_marks import ReportMark
from sencoapp.services import documents, professionals, report_marks
from tests.documents.page_scans import pdf_of, scan
from tests.places import add_pupil
from tests.ui.starting import shown_words
from ui.pages.pupil_documents import DocumentsTab
from ui.pages.record_sheet import RecordSheet


class Ids:
    pupil = ""


LINES = ("Kian follows two words at a time.", "Show him what comes next with a picture.", "Twice a week for twenty minutes.")


def written() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for number in range(2):
        for line, words in enumerate(LINES if number == 0 else ("The second page.",)):
            canvas.drawString(72, 760 - 30 * line, words)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def fill(place: Workplace) -> None:
    Ids.pupil = add_pupil(place, "Osei", "Kian").id
    session = place.session
    paper, _ = documents.add_document(session, place.documents, Ids.pupil, "report.pdf", written(), title="Language report")
    documents.add_document(session, place.documents, Ids.pupil, "old.pdf", pdf_of(scan(100)), title="Old report")
    person, _ = professionals.add_professional(session, {"name": "Mrs Lacey"})
    professionals.involve(session, Ids.pupil, person.id, {})
    (work,) = session.record.find(Involvement, pupil=Ids.pupil)
    professionals.link_report(session, work.id, paper.id)


@pytest.fixture
def house(open_house):
    return open_house(fill)


def marking(house, title: str) -> DocumentsTab:
    papers = house.record(lambda place: documents.documents_of(place.session.record, Ids.pupil))
    paper = next(each for each in papers if each.title == title)
    tab = house.open("pupil", pupil=Ids.pupil, tab="documents", document=paper.id).tab("documents")
    assert isinstance(tab, DocumentsTab)
    house.settle()
    click(house, tab.reader.mark)
    return tab


def marks(house) -> list[ReportMark]:
    return house.record(lambda place: place.session.record.find(ReportMark, pupil=Ids.pupil))


def key(house, tab: DocumentsTab, which: Qt.Key, *, shift: bool = False) -> None:
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    house.qtbot.keyClick(tab.reader.preview.focusProxy(), which, held)
    house.settle()


def click(house, button) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    house.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    house.settle()


def sheet_of(house) -> RecordSheet:
    return next(each for each in house.shell.findChildren(RecordSheet) if each.isVisible())


def drag(house, tab: DocumentsTab, first: QPoint, last: QPoint) -> None:
    page = tab.reader.preview.page
    house.qtbot.mousePress(page, Qt.MouseButton.LeftButton, pos=first)
    house.qtbot.mouseMove(page, last)
    house.qtbot.mouseRelease(page, Qt.MouseButton.LeftButton, pos=last)
    QApplication.processEvents()


def test_words_are_picked_with_the_keyboard_and_become_a_recommendation(house):
    tab = marking(house, "Language report")
    page, pane = tab.reader.preview.page, tab.reader.marks
    assert page.has_words()
    assert not pane.mark.isEnabled()
    key(house, tab, Qt.Key.Key_Down)
    key(house, tab, Qt.Key.Key_Down)
    key(house, tab, Qt.Key.Key_Home)
    key(house, tab, Qt.Key.Key_End, shift=True)
    assert page.quote() == LINES[1]
    assert f"“{LINES[1]}”" in shown_words(pane)
    key(house, tab, Qt.Key.Key_Return)
    sheet = sheet_of(house)
    assert sheet.form.controls["quote"].words() == LINES[1]
    click(house, sheet.save_button)
    (made,) = marks(house)
    assert (made.page, made.quote, made.what, made.typed) == (1, LINES[1], "recommendation", False)
    assert len(made.places) == 1
    (advice,) = house.record(lambda place: place.session.record.find(Recommendation, pupil=Ids.pupil))
    assert (advice.text, advice.id) == (LINES[1], made.recommendation)
    assert "Page 1" in shown_words(pane.list)
    house.undo()
    assert marks(house) == []


def test_words_are_picked_with_the_mouse(house):
    tab = marking(house, "Language report")
    page = tab.reader.preview.page
    first, last = (page._on_screen(page._words[number].box).center().toPoint() for number in (0, len(LINES[0].split()) - 1))
    drag(house, tab, first, last)
    assert page.quote() == LINES[0]
    click(house, tab.reader.marks.mark)
    assert sheet_of(house).form.controls["quote"].words() == LINES[0]


def test_an_area_of_a_picture_is_marked_and_its_words_are_typed(house):
    tab = marking(house, "Old report")
    page, pane = tab.reader.preview.page, tab.reader.marks
    assert not page.has_words()
    assert "This page is a picture" in shown_words(pane)
    middle = page.rect().center()
    drag(house, tab, middle - QPoint(60, 20), middle + QPoint(60, 20))
    (place,) = page.places()
    assert place.left < place.right
    assert place.top < place.bottom
    key(house, tab, Qt.Key.Key_Return)
    sheet = sheet_of(house)
    click(house, sheet.save_button)
    assert "Enter the words" in shown_words(sheet)
    sheet.form.controls["quote"].set_words("He joined the group for ten minutes.")
    click(house, sheet.save_button)
    (made,) = marks(house)
    assert (made.typed, made.quote) == (True, "He joined the group for ten minutes.")


def test_an_area_is_moved_and_sized_with_the_keyboard(house):
    tab = marking(house, "Old report")
    page = tab.reader.preview.page
    key(house, tab, Qt.Key.Key_Down)
    (before,) = page.places()
    key(house, tab, Qt.Key.Key_Down)
    key(house, tab, Qt.Key.Key_Down, shift=True)
    (after,) = page.places()
    assert after.top > before.top
    assert after.bottom - after.top > before.bottom - before.top


def test_the_marks_of_a_page_are_shown_on_it_and_done_leaves_only_reading(house):
    tab = marking(house, "Language report")
    page, pane = tab.reader.preview.page, tab.reader.marks
    key(house, tab, Qt.Key.Key_Down)
    key(house, tab, Qt.Key.Key_Return)
    click(house, sheet_of(house).save_button)
    assert [each.letter for each in page._marks] == ["A"]
    tab.reader.preview.go_to(2)
    house.settle()
    assert page._marks == []
    pane._act("go", marks(house)[0].id)
    house.settle()
    assert tab.reader.preview.number() == 1
    click(house, pane.done)
    assert not pane.isVisible()
    key(house, tab, Qt.Key.Key_Down)
    assert page.places() == ()


def test_the_sheet_for_teachers_is_saved_and_noted(house, tmp_path):
    tab = marking(house, "Language report")
    pane = tab.reader.marks
    assert not pane.sheet.button.isVisible()
    key(house, tab, Qt.Key.Key_Down)
    key(house, tab, Qt.Key.Key_Return)
    click(house, sheet_of(house).save_button)
    path = tmp_path / "sheet.pdf"
    pane.sheet.ask_where = lambda window, title, name, kind, then: then(path)
    click(house, pane.sheet.button)
    house.settle()
    assert path.read_bytes().startswith(b"%PDF")
    (noted,) = house.record(lambda place: place.session.record.find(Disclosure, pupil=Ids.pupil))
    assert noted.what == "What reports say about Kian Osei"


def test_the_sheet_is_offered_beside_the_documents_once_something_is_marked_and_says_when_it_has_two_sides(house, tmp_path):
    tab = house.open("pupil", pupil=Ids.pupil, tab="documents").tab("documents")
    assert not tab.sheet.button.isVisible()

    def forty(place: Workplace) -> Saved:
        paper = documents.documents_of(place.session.record, Ids.pupil)[0]
        for number in range(40):
            quote = f"Sentence {number} of the report, which is long enough to need two lines of the sheet for those who teach."
            _, saved = report_marks.mark(place.session, paper.id, 1, (), {"what": "need", "quote": quote})
        return saved

    house.desk.change(house.shell, lambda: forty(house.room.place), None)
    house.settle()
    assert tab.sheet.button.isVisible()
    tab.sheet.ask_where = lambda window, title, name, kind, then: then(tmp_path / "sheet.pdf")
    click(house, tab.sheet.button)
    house.settle()
    assert "sides: leave some lines off" in shown_words(house.shell)

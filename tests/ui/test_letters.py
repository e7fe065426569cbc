"""A letter that went out is written again with its words, which nobody has to type a second time."""

import pytest

from sencoapp.domain.casework import Document
from sencoapp.domain.people import Contact, Pupil
from sencoapp.domain.record import New
from tests.places import add_pupil
from tests.services.people_of_the_school import a_thing
from ui.pages.letter_sheet import LetterSheet
from ui.theme import theme


class Ids:
    pupil = ""


def fill(place):
    pupil = add_pupil(place)
    Ids.pupil = pupil.id
    mother = a_thing(
        Contact, place, pupil, title="Mrs", surname="Osei", relationship="MTH", parental_responsibility=True, address="1 Mill Lane"
    )
    place.session.record.save([New(mother)], action="test", actor=place.session.actor)


@pytest.fixture
def house(open_house):
    return open_house(fill)


def sheet_of(house) -> LetterSheet:
    (found,) = [each for each in house.shell.findChildren(LetterSheet) if each.isVisible()]
    return found


def send(house, folder) -> None:
    tab = house.open("pupil", pupil=Ids.pupil, tab="contacts").tab("contacts")
    tab.contacts.write_letter()
    house.settle()
    house.write("Subject", "Review meeting")
    house.write("Words of the letter", "We meet on 8 December.")
    house.shortcut("Ctrl+Return")
    house.settle()
    sheet_of(house).save_in(folder)
    house.settle()


def test_a_letter_is_written_again_from_the_documents(house, tmp_path):
    send(house, tmp_path)
    house.open("pupil", pupil=Ids.pupil, tab="documents")
    house.click("Write this letter again")
    house.settle()
    sheet = sheet_of(house)
    assert {name: sheet.form.typed()[name] for name in ("subject", "text")} == {
        "subject": "Review meeting",
        "text": "We meet on 8 December.",
    }
    assert len(sheet.form.typed()["to"]) == 1
    sheet.close_sheet()
    house.settle()
    assert house.record(lambda place: place.session.record.draft(f"letter.{Ids.pupil}")) is None


def test_a_letter_that_was_begun_is_not_lost_to_one_that_is_written_again(house, tmp_path):
    send(house, tmp_path)
    house.record(lambda place: place.session.record.keep_draft(f"letter.{Ids.pupil}", {"subject": "Another", "text": "Half"}))
    house.open("pupil", pupil=Ids.pupil, tab="documents")
    house.click("Write this letter again")
    house.settle()
    assert sheet_of(house).form.typed()["subject"] == "Another"
    assert "A letter was begun" in house.shell._toast.words()


def test_what_is_no_letter_of_ours_is_not_written_again(house):
    def keep(place):
        report = a_thing(Document, place, place.session.record.get(Pupil, Ids.pupil), title="Report")
        place.session.record.save([New(report)], action="test", actor=place.session.actor)

    house.record(keep)
    tab = house.open("pupil", pupil=Ids.pupil, tab="documents").tab("documents")
    assert tab.table.count() == 1
    assert not tab.details.again.isVisible()


def test_a_letter_is_looked_at_as_large_as_the_window_allows_and_its_size_is_said_whole(house):
    tab = house.open("pupil", pupil=Ids.pupil, tab="contacts").tab("contacts")
    tab.contacts.write_letter()
    house.settle()
    house.write("Subject", "Review meeting")
    house.write("Words of the letter", "We meet on 8 December.")
    house.shortcut("Ctrl+Return")
    house.settle()
    pane = sheet_of(house).preview.pane
    assert pane.height() >= 400
    for size in (1.0, 2.0):
        theme().use(text_size=size)
        pane.fit("page")
        house.settle()
        said = pane._percent
        assert said.width() >= said.fontMetrics().horizontalAdvance(said.text())
    assert sheet_of(house).geometry().bottom() <= house.shell.height()

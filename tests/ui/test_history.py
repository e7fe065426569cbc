"""Undo, redo and history in the window, by keyboard."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from sencoapp.app import Workplace
from sencoapp.domain.people import Pupil
from sencoapp.domain.plan import Observation
from sencoapp.domain.record import Actor, Amend
from sencoapp.services import observations, pupils
from tests.places import add_pupil
from ui.pages.history_sheet import HistorySheet
from ui.pages.pupil_removal import RemovePupilSheet

from .plan_house import House

OTHER = Actor("b" * 32, "Mr Tom Bell", "teacher")


class Folder:
    kian = ""


def fill(place: Workplace) -> None:
    kian = add_pupil(place, strengths="Chess")
    Folder.kian = kian.id
    pupils.change_pupil(place.session, kian, replace(kian, strengths="Chess and maths", year="5"))


@pytest.fixture
def house(open_house) -> House:
    opened = open_house(fill)
    opened.shell.activateWindow()
    opened.qtbot.waitUntil(opened.shell.isActiveWindow)
    return opened


def kian(house: House) -> Pupil:
    return house.record(lambda place: place.session.record.get(Pupil, Folder.kian))


def sheet(house: House) -> HistorySheet:
    (found,) = [each for each in house.shell.findChildren(HistorySheet) if each.isVisible()]
    return found


def test_keys_take_back_what_was_saved_last_and_do_it_again(house):
    house.open("pupils")
    house.record(lambda place: observations.record_observation(place.session, pupils=[Folder.kian], text="He read."))
    house.shell.setFocus()
    house.shortcut("Ctrl+Z")
    assert house.record(lambda place: place.session.record.find(Observation)) == []
    assert house.shell._toast.words() == "Undone: Note written"
    house.shortcut("Ctrl+Y")
    assert len(house.record(lambda place: place.session.record.find(Observation))) == 1
    house.shortcut("Ctrl+Z")
    house.click("Redo")
    assert house.shell._toast.words() == "Done again: Note written"


def test_what_was_saved_before_unlocking_is_not_undone_by_key(house):
    house.open("pupils")
    house.shell.setFocus()
    house.shortcut("Ctrl+Z")
    assert kian(house).strengths == "Chess and maths"
    assert house.shell._toast.words() == "Nothing that you saved since you unlocked is left to undo."
    house.shortcut("Ctrl+Y")
    assert house.shell._toast.words() == "There is nothing to redo."


def test_within_a_text_the_key_takes_back_typing(house):
    house.record(lambda place: observations.record_observation(place.session, pupils=[Folder.kian], text="He read."))
    page = house.open("pupil", pupil=Folder.kian)
    area = page.tab("overview").texts["strengths"].area
    area.setFocus()
    area.moveCursor(area.textCursor().MoveOperation.End)
    house.enter(" too")
    house.shortcut("Ctrl+Z")
    assert area.words() == "Chess and maths"
    assert len(house.record(lambda place: place.session.record.find(Observation))) == 1


def test_an_undo_that_left_something_says_what(house):
    def change(place: Workplace) -> None:
        record = place.session.record
        record.save([Amend(Pupil, Folder.kian, {"strengths": "Art", "year": "6"})], action="change_pupil", actor=place.session.actor)
        record.save([Amend(Pupil, Folder.kian, {"strengths": "Art, says Tom"})], action="change_pupil", actor=OTHER)

    house.record(change)
    house.open("pupils")
    house.shell.setFocus()
    house.shortcut("Ctrl+Z")
    assert kian(house).year == "5"
    assert house.shell._toast.words() == "Undone: Pupil's details changed. Left as it is: Strengths: Mr Tom Bell has changed it since"


def test_the_history_is_opened_by_key_and_an_earlier_value_restored(house):
    house.open("pupil", pupil=Folder.kian)
    house.shortcut("Ctrl+Shift+H")
    shown = sheet(house)
    assert house.sees("Chess → Chess and maths", shown)
    restore = house.button("Restore this value of Strengths: Chess", shown)
    restore.setFocus()
    house.press(Qt.Key.Key_Space)
    assert kian(house).strengths == "Chess"
    assert house.sees("An earlier value restored", shown)
    house.press(Qt.Key.Key_Escape)
    assert not shown.isVisible()
    house.shell.setFocus()
    house.shortcut("Ctrl+Z")
    assert kian(house).strengths == "Chess and maths"


def test_the_history_of_one_text_shows_that_text_alone(house):
    house.open("pupil", pupil=Folder.kian)
    house.click("History of Strengths and interests")
    shown = sheet(house)
    assert (shown.fields.value(), len(shown.panels())) == ("strengths", 2)
    shown.fields.setFocus()
    shown.fields.setCurrentIndex(0)
    house.settle()
    assert house.sees("Date of birth", shown)


def test_a_save_is_undone_from_the_history(house):
    house.open("pupil", pupil=Folder.kian)
    house.shortcut("Ctrl+Shift+H")
    (undo,) = [each for each in sheet(house).panels()[0].findChildren(QAbstractButton) if each.text() == "Undo this"]
    undo.setFocus()
    house.press(Qt.Key.Key_Space)
    assert (kian(house).strengths, kian(house).year) == ("Chess", "4")


def test_two_texts_of_the_same_time_are_chosen_between(house):
    def collide(place: Workplace) -> None:
        record, shown = place.session.record, place.session.record.position()
        record.save([Amend(Pupil, Folder.kian, {"what_works": "Works with Ava."})], action="change_pupil", actor=OTHER)
        record.save(
            [Amend(Pupil, Folder.kian, {"what_works": "Likes quiet."})], action="change_pupil", actor=place.session.actor, as_of=shown
        )

    house.record(collide)
    page = house.open("pupil", pupil=Folder.kian)
    assert house.sees("Two people wrote the same field", page)
    house.click("Choose")
    assert house.sees("Two people wrote “What works” at the same time.", sheet(house))
    house.click("Keep both in one text")
    assert kian(house).what_works == "Works with Ava.\n\nLikes quiet."
    assert not house.sees("Two people wrote")
    house.undo()
    assert kian(house).what_works == "Likes quiet."


def test_a_pupil_removed_by_mistake_comes_back_with_all_that_is_theirs(house):
    house.record(lambda place: observations.record_observation(place.session, pupils=[Folder.kian], text="He read."))
    house.open("pupil", pupil=Folder.kian)
    house.click("Remove this pupil")
    assert house.sees("Notes: 1")
    assert house.sees("Remove this pupil?")
    (sheet,) = [each for each in house.shell.findChildren(RemovePupilSheet) if each.isVisible()]
    sheet.remove.setFocus()
    house.press(Qt.Key.Key_Space)
    assert house.record(lambda place: place.session.record.find(Pupil)) == []
    assert house.record(lambda place: place.session.record.find(Observation)) == []
    house.undo()
    assert len(house.record(lambda place: place.session.record.find(Observation))) == 1


def test_what_was_removed_and_what_was_never_saved_are_found_in_the_settings(house):
    def fill_it(place: Workplace) -> None:
        notes, _ = observations.record_observation(place.session, pupils=[Folder.kian], text="He read the page.")
        observations.remove_observations(place.session, notes)
        place.session.record.keep_draft(f"contact.{Folder.kian}", {"surname": "Osei", "phone": "07700 900123"})
        observations.keep_draft(place.session, {"pupils": [[Folder.kian, "Kian Osei", ""]], "text": "He was about to"})

    house.record(fill_it)
    page = house.open("settings", section="drafts")
    assert house.sees("Note: He read the page. (Kian Osei)", page)
    assert house.sees("New contact (Kian Osei)", page)
    assert house.sees("07700 900123", page)
    assert house.sees("He was about to", page)
    house.click("Bring back: Note: He read the page. (Kian Osei)")
    assert len(house.record(lambda place: place.session.record.find(Observation))) == 1
    assert house.sees("Nothing was removed.", page)
    house.click("Discard the draft: New contact (Kian Osei)")
    assert house.record(lambda place: place.session.record.draft(f"contact.{Folder.kian}")) is None
    house.click("Go there: A new note (Kian Osei)")
    assert house.sees("New observation")


@pytest.mark.parametrize(
    ("form", "kept", "field"),
    [
        ("contact.{pupil}", {"surname": "Adjei"}, "Surname"),
        ("status.{pupil}", {"reason": "Adjei"}, "Why (optional)"),
        ("new_pupil", {"1 Surname": "Adjei"}, "Surname"),
    ],
)
def test_a_draft_that_is_gone_to_opens_its_form_with_what_was_typed(house, form, kept, field):
    house.record(lambda place: place.session.record.keep_draft(form.format(pupil=Folder.kian), kept))
    page = house.open("settings", section="drafts")
    house.qtbot.mouseClick(
        next(each for each in page.findChildren(QAbstractButton) if each.text() == "Go there"), Qt.MouseButton.LeftButton
    )
    for _ in range(4):
        house.settle()
    typed = house.named(QWidget, field)
    assert (typed.text() if hasattr(typed, "text") else typed.words()) == "Adjei"

"""One pupil's record as a whole, in the window: a copy, a hand-over, a hold, the end; and a record that arrives."""

import threading
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from sencoapp.app import Workplace
from sencoapp.domain.leaving import AccessRequest, HandOver
from sencoapp.domain.people import Pupil
from sencoapp.services import access, erasing, retention
from sencoapp.services.observations import record_observation
from sencoapp.services.pupils import find_pupils, remove_pupil
from sencoapp.storage.going_out import OutTray
from tests.places import add_pupil, new_app, new_place
from ui.pages import leaving_copy, leaving_erase, leaving_hand_over, receive
from ui.pages.leaving import LeavingPage
from ui.pages.leaving_copy import DecisionSheet
from ui.pages.leaving_erase import EraseSheet
from ui.pages.leaving_hand_over import CodeSheet, HandOverSheet
from ui.pages.receive import SOMEBODY_ELSE, ReceivePage
from ui.pages.settings import SettingsPage


def fill(place: Workplace) -> None:
    kian = add_pupil(place)
    add_pupil(place, "Hale", "Ava")
    add_pupil(place, "Old", "Ned", birth_date=date(1995, 3, 4))
    record_observation(place.session, pupils=[kian.id], text="Pushed by Ava at playtime.", happened_on=date(2026, 11, 9))


@pytest.fixture
def house(open_house):
    return open_house(fill)


@pytest.fixture
def chosen(monkeypatch, tmp_path):
    """Whoever is asked for a folder or a file says this one."""
    folder = tmp_path / "out"
    folder.mkdir()
    for module in (leaving_copy, leaving_hand_over):
        monkeypatch.setattr(module, "ask_where", lambda _owner, _title, then: then(folder))
    monkeypatch.setattr(leaving_erase, "ask_where", lambda _owner, _title, name, _kind, then: then(folder / name))
    return folder


def page_of(house, name="Kian") -> LeavingPage:
    pupil = house.record(lambda place: find_pupils(place.session.record, name)[0].id)
    page = house.open("leaving", pupil=pupil)
    assert isinstance(page, LeavingPage)
    return page


def sheet(house, kind):
    house.settle()
    found = house.shell._sheet
    assert isinstance(found, kind)
    return found


def test_a_copy_is_asked_for_decided_and_saved(house, chosen):
    page = page_of(house)
    assert house.sees("Nobody has asked")
    house.click("Note a request…")
    house.write("Who asks", "Ms Osei")
    house.press(Qt.Key.Key_Return, control=True)
    assert house.sees("Subject access request · Ms Osei")
    assert house.sees("by 24 December 2026")
    assert not house.has_button("Make the copy…: Subject access request · Ms Osei")
    house.click("Decide…: Subject access request · Ms Osei")
    asked = sheet(house, DecisionSheet)
    (group,) = asked.groups
    group.action.choose("black_out")
    house.click("Save the decisions")
    house.click("Make the copy…: Subject access request · Ms Osei")
    assert sorted(each.name for each in chosen.iterdir()) == ["record.json", "record.pdf"]
    text = (chosen / "record.json").read_text()
    assert "Pushed by [blacked out] at playtime." in text
    assert house.sees("given on 24 November 2026")
    (request,) = house.record(lambda place: place.session.record.find(AccessRequest))
    assert request.decisions[0].exemption == "third_party"
    assert page.first_focus() is not None


def test_while_a_slow_drive_takes_the_files_the_record_answers_and_nothing_is_noted_yet(house, chosen, monkeypatch):
    """The same for each of the four: a copy, a hand-over, letters and lists go through ``write_out``."""
    page_of(house)
    started, go_on, real = threading.Event(), threading.Event(), OutTray.write

    def slow(tray, halves, files):
        started.set()
        assert go_on.wait(30)
        real(tray, halves, files)

    monkeypatch.setattr(OutTray, "write", slow)
    house.click("Hand over to another school…")
    house.write("Next school", "Oakfield Academy")
    form = sheet(house, HandOverSheet)
    form.save()
    house.qtbot.waitUntil(started.is_set)
    answers: list[int] = []
    house.desk.query(house.shell, lambda: house.room.place.session.record.count(HandOver), answers.append)
    house.qtbot.waitUntil(lambda: bool(answers))
    assert answers == [0]
    assert list(chosen.iterdir()) == []
    form.close_sheet()  # it goes on all the same
    go_on.set()
    house.settle()
    assert len(list(chosen.iterdir())) == 4
    assert sheet(house, CodeSheet).isVisible()  # without the code nobody could open them
    assert house.record(lambda place: place.session.record.count(HandOver)) == 1


def test_all_that_is_not_chosen_otherwise_is_kept_with_one_press(house, chosen):
    page = page_of(house)
    pupil = page._pupil
    house.record(lambda place: access.begin(place.session, pupil, "subject_access", "Ms Osei", date(2026, 11, 20)))
    page.show_for({"pupil": pupil})
    house.settle()
    house.click("Decide…: Subject access request · Ms Osei")
    house.click("Keep all the rest")
    house.click("Save the decisions")
    page.show_for({"pupil": pupil})
    house.settle()
    assert house.sees("Everything is decided.")


def test_a_pupil_is_handed_over_and_the_code_is_shown_once(house, chosen):
    page_of(house)
    house.click("Hand over to another school…")
    form = sheet(house, HandOverSheet)
    house.click("Choose a folder and make them")
    assert house.sees("Enter the name of the next school.")
    house.write("Next school", "Oakfield Academy")
    house.click("Choose a folder and make them")
    code = sheet(house, CodeSheet)
    assert sorted(each.suffix for each in chosen.iterdir()) == [".pdf", ".pdf", ".senpupil", ".xml"]
    assert house.sees("Write it down now")
    house.press(Qt.Key.Key_Escape)
    assert code.isVisible()
    house.click("I have written it down")
    assert not code.isVisible()
    assert house.sees("Handed over to Oakfield Academy")
    house.click("Receipt came…: Handed over to Oakfield Academy")
    house.write("Who signed", "Ms Lake")
    house.press(Qt.Key.Key_Return, control=True)
    (went,) = house.record(lambda place: place.session.record.find(HandOver))
    assert went.receipt_by == "Ms Lake"
    assert house.record(lambda place: place.session.record.draft(f"hand_over.{went.pupil}")) is None
    assert form is not None


def test_a_hold_keeps_a_record_and_is_lifted(house, chosen):
    page_of(house)
    house.click("Place a hold…")
    house.write("Why", "An appeal")
    house.press(Qt.Key.Key_Return, control=True)
    assert house.sees("An appeal")
    house.click("Erase this record…")
    refused = sheet(house, EraseSheet)
    assert house.sees("A hold stands on Kian Osei")
    assert not refused.next_button.isVisible()
    refused.close_sheet()
    house.click("Lift…: Hold")
    house.write("Why", "It was withdrawn")
    house.press(Qt.Key.Key_Return, control=True)
    assert house.sees("lifted on 24 November 2026: It was withdrawn")
    assert house.focus().accessibleName() == "Place a hold…"  # and not the button that erases, which comes next


def test_a_record_is_erased_in_two_steps(house, chosen):
    page_of(house)
    house.click("Erase this record…")
    erase = sheet(house, EraseSheet)
    assert not erase.erase_button.isVisible()
    house.click("Go on")
    house.write("Why", "He asked for it")
    house.click("Erase for good")
    assert house.sees("That is not the pupil's name.")
    house.write("Type the pupil's name: Kian Osei", "Kian Osei")
    house.click("Erase for good")
    assert house.record(lambda place: find_pupils(place.session.record, "Kian")) == []
    assert (chosen / "Certificate of erasure.pdf").read_bytes().startswith(b"%PDF")
    assert house.sees("K O · 24 November 2026")


def test_settings_show_what_has_come_due_and_set_the_years(house, chosen):
    page = house.open("settings", section="keeping")
    assert isinstance(page, SettingsPage)
    assert house.sees("Ned Old")
    assert house.sees("due since 4 March 2026")
    page.keeping.years["sen_file"].setText("40")
    page.keeping.years["sen_file"].setModified(True)
    page.keeping.save()
    house.settle()
    assert house.record(lambda place: [each.years for each in retention.rules(place.session.record)]) == [0, 40, 25]
    assert not house.sees("Ned Old")
    page.keeping.years["sen_file"].setText("many")
    page.keeping.save()
    house.settle()
    assert house.sees("Enter a number of years from 1 to 99.")
    page.keeping.years["sen_file"].setText("")
    page.keeping.save()
    house.settle()
    house.click("Look at it…: Ned Old")
    assert house.sees("SEN file · kept until 4 March 2026")


def sent(tmp_path: Path, name: str = "Ann") -> tuple[Path, str]:
    """A pupil's record as another school sends it."""
    from sencoapp.services import hand_over

    other = new_place(tmp_path / "other", new_app())
    try:
        pupil = add_pupil(other, "Bare", name)
        made = hand_over.parcel(
            other.session, other.documents, other.pupil_files, other.packs, pupil.id, school_name="Here", left_on=date(2026, 11, 20)
        )
    finally:
        other.close()
    path = tmp_path / "ann.senpupil"
    path.write_bytes(made.pack)
    return path, made.code


def test_a_record_is_received_after_its_code_and_its_preview(house, monkeypatch, tmp_path):
    path, code = sent(tmp_path)
    monkeypatch.setattr(receive, "ask_which", lambda _owner, _title, _kind, then: then(path))
    page = house.open("receive")
    assert isinstance(page, ReceivePage)
    house.click("Choose the file…")
    house.write("Code", "0000-0000-0000-0000-0000")
    house.click("Open")
    assert house.sees("The code does not open this file.")
    house.write("Code", code.lower())
    house.click("Open")
    assert house.sees("Ann Bare · born 3 February 2018")
    assert house.sees("Telephone Barrowby Primary")
    assert house.record(lambda place: find_pupils(place.session.record, "Ann")) == []
    house.click("Take in Ann Bare")
    (found,) = house.record(lambda place: find_pupils(place.session.record, "Ann"))
    assert house.record(lambda place: place.session.record.get(Pupil, found.id).left_on) is None


def test_who_may_be_here_already_is_decided_by_a_person(open_house, monkeypatch, tmp_path):
    house = open_house(lambda place: add_pupil(place, "Bare", "Ann"))
    path, code = sent(tmp_path)
    page = house.open("receive")
    page.use(path)
    house.write("Code", code)
    house.click("Open")
    house.click("Take in Ann Bare")
    assert house.sees("This may be a pupil who is here already: Ann Bare.")
    page.same.choose(SOMEBODY_ELSE)
    house.click("Take in Ann Bare")
    assert len(house.record(lambda place: find_pupils(place.session.record, "Ann"))) == 2


def test_a_pupil_who_was_removed_from_the_lists_is_looked_at_and_erased(house, chosen):
    ned = house.record(lambda place: find_pupils(place.session.record, "Ned")[0].id)
    house.record(lambda place: remove_pupil(place.session, ned))
    house.open("settings", section="keeping")
    assert house.sees("removed from the lists")
    house.click("Look at it…: Ned Old")
    house.settle()
    assert house.sees("This pupil was removed from the lists.")
    house.click("Place a hold…")
    house.write("Why", "A claim")
    house.press(Qt.Key.Key_Return, control=True)
    assert house.sees("A claim")
    house.click("Lift…: Hold")
    house.write("Why", "It was withdrawn")
    house.press(Qt.Key.Key_Return, control=True)
    assert house.sees("lifted on 24 November 2026: It was withdrawn")
    house.click("Erase this record…")
    sheet(house, EraseSheet)
    house.click("Go on")
    house.write("Why", "Past its time.")
    house.write("Type the pupil's name: Ned Old", "Ned Old")
    house.click("Erase for good")
    house.settle()
    assert house.record(lambda place: place.session.record.kept_pupils(ned)) == []


def test_older_copies_kept_aside_go_only_when_a_person_says_so_twice(house, chosen):
    folder = house.record(lambda place: place.profile.folder)
    aside = folder.with_name(f"{folder.name} kept 2026-10-01")
    aside.mkdir()
    (aside / "record.db").write_bytes(b"the record as it was")
    page_of(house)
    house.click("Erase this record…")
    erase = sheet(house, EraseSheet)
    house.click("Go on")
    house.write("Why", "He asked for it")
    house.write("Type the pupil's name: Kian Osei", "Kian Osei")
    house.click(f"Older copies of the whole record lie on this laptop: {aside.name}")
    house.click("Erase for good")
    assert house.sees("Say that the older copies are to be deleted for good, or take the ticks away.")
    assert aside.exists()
    house.click("These copies cannot be brought back either: Delete them for good")
    house.click("Erase for good")
    house.settle()
    assert not aside.exists()
    assert not erase.isVisible()

    def said(place: Workplace) -> tuple[str, ...]:
        return erasing.erasures(place.session.record)[0].backups

    assert house.record(said) == (f"{aside}: kept aside earlier; deleted with this erasure.",)


def test_the_page_of_a_pupil_who_came_back_says_that_an_earlier_record_was_erased(house):
    def leave_and_come_back(place: Workplace) -> str:
        gone = add_pupil(place, "Rowe", "Ida", upn="N855200119042")
        erasing.erase(place.session, gone.id, typed_name=gone.name, rule="request", reason="They asked for it.")
        return add_pupil(place, "Rowe", "Ida", upn="N855200119042").id

    house.open("leaving", pupil=house.record(leave_and_come_back))
    assert house.sees("An earlier record was erased")
    assert house.sees("on 24 November 2026. Nothing of it is in this one.")

"""The home of a teacher: pupils, strategies, what is asked for; a note in a few keys from a pupil's row."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from sencoapp.domain.people import Pupil, StaffMember
from sencoapp.domain.plan import Cycle, Observation
from sencoapp.domain.provision import Provision, ProvisionPlace, ProvisionStaff
from sencoapp.domain.record import Amend
from tests.places import add_pupil
from tests.services.people_of_the_school import TwoClasses
from tests.ui.starting import Program, shown_words
from ui.pages.quick_entry import QuickEntry
from ui.pages.teacher_home import TeacherHomePage


@pytest.fixture
def program(qtbot, tmp_path):
    made = Program(qtbot, tmp_path)
    yield made
    made.leave()


def at_home(program, more=lambda place, school: None) -> TeacherHomePage:
    def fill(place):
        school = TwoClasses(place)
        more(place, school)
        place.profile.record.set_setting("me", school.staff["teacher"].id)

    program.unlocked(fill)
    page = program.shell.current_page()
    assert isinstance(page, TeacherHomePage)
    return page


def a_day(place, school):
    new = place.session.ids.new
    add_pupil(place, "Brennan", "Ava", reg_group="4M")
    phonics = Provision(new(), "Phonics", "targeted", school.staff["teacher"].name, 1500, Decimal(2), 30, 12, 4, date(2026, 9, 7))
    plan = Cycle(new(), school.own.id, 1, date(2026, 9, 1), planned_on=date(2026, 9, 8), strategies="Visual timetable\nMovement break")
    given = ProvisionStaff(new(), phonics.id, school.staff["teacher"].id)
    school.save(phonics, ProvisionPlace(new(), school.own.id, phonics.id), given, plan)


def test_it_shows_the_pupils_of_the_class_the_strategies_and_what_is_asked(program):
    page = at_home(program, a_day)
    assert [page.table._rows.row_at(number).cells[0].text for number in range(page.table.count())] == ["Ava Brennan", "Kian Osei"]
    words = shown_words(page)
    assert "Phonics" in words
    assert program.shell.rail._buttons["today"].accessibleName().endswith("1")
    page.table.choose(next(each for each, pupil in page._pupils.items() if pupil.name == "Kian Osei"))
    program.settle()
    assert {"Visual timetable", "Movement break"} <= set(shown_words(page).splitlines())


def test_a_note_about_the_chosen_pupil_is_two_keys_away(program, qtbot):
    page = at_home(program, a_day)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    program.settle()
    entry = next(each for each in program.shell.findChildren(QuickEntry) if each.isVisible())
    assert [each.name for each in entry.form.pupil.chosen()] == ["Kian Osei"]
    qtbot.keyClicks(QApplication.focusWidget(), "Read to the end of the page.")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    program.settle()
    place = program.opened.place
    assert [each.text for each in program.record(lambda _: place.session.record.find(Observation))] == ["Read to the end of the page."]


def test_tick_leads_to_the_session(program):
    page = at_home(program, a_day)
    button = next(each for each in page.findChildren(type(program.shell.header.new_button)) if each.accessibleName() == "Tick Phonics")
    button.click()
    program.settle()
    assert "Phonics" in program.shell.current_page().tick.accessibleName() or program.shell.current_page().table.current_key()


def test_a_teacher_without_a_class_is_told_where_to_choose_one(program):
    def none(place, school):
        school.record.save(
            [Amend(StaffMember, school.staff["teacher"].id, {"classes": ()})], action="change_staff", actor=school.actor("senco")
        )

    page = at_home(program, none)
    assert "You have no class here yet." in shown_words(page)


def test_a_class_without_pupils_offers_the_import(program):
    def gone(place, school):
        school.record.save([Amend(Pupil, school.own.id, {"reg_group": "9Z"})], action="move", actor=school.actor("senco"))

    page = at_home(program, gone)
    assert "None of the pupils here is in 4M." in shown_words(page)

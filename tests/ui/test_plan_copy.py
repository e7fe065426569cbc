"""Copying a plan to other pupils in the real window."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from sencoapp.app import Workplace
from sencoapp.domain.plan import Cycle, Outcome
from sencoapp.services import plans
from sencoapp.services.ports import RegisterQuery
from tests.places import add_pupil
from ui.pages.plan_copy_sheet import CopySheet
from ui.tasks import Desk
from ui.widgets import Pick

from .plan_house import House


def esme_and_kian(place: Workplace) -> None:
    esme = add_pupil(place, "Abara", "Esme", sex="F")
    add_pupil(place, "Osei", "Kian", sex="M")
    cycle, _ = plans.start_cycle(place.session, esme.id, starts_on=date(2026, 9, 1), review_due_on=date(2026, 12, 10))
    plans.add_outcome(place.session, cycle.id, {"text": "Esme tells her story"})


@pytest.fixture
def house(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Iterator[House]:
    made = House(qtbot, desk, tmp_path, esme_and_kian)
    yield made
    made.close()


def test_the_preview_shows_each_text_as_it_will_stand_and_what_was_changed_in_it_is_saved(house: House) -> None:
    cycle = house.record(lambda place: place.session.record.find(Cycle))[0]
    kian = house.record(lambda place: next(each for each in place.session.record.register(RegisterQuery()) if each.name == "Kian Osei"))
    tab = house.plan(cycle.pupil)
    house.click("Copy to other pupils", tab)
    sheet = house.shell.findChild(CopySheet)
    sheet.picker.choose(Pick(kian.id, kian.name))
    sheet.picker.changed.emit()
    house.settle()
    assert house.sees("Kian Osei: starts a plan", sheet)
    assert house.sees("Read this one: his", sheet)
    house.write("Outcome 1 of Kian Osei", "Kian tells his own story", sheet)
    house.click("Copy to 1 pupil", sheet)
    (copied,) = house.record(lambda place: place.session.record.find(Outcome, pupil=kian.id))
    assert copied.text == "Kian tells his own story"
    house.undo()
    assert house.record(lambda place: place.session.record.find(Outcome, pupil=kian.id)) == []


def test_a_press_twice_copies_once(house: House) -> None:
    cycle = house.record(lambda place: place.session.record.find(Cycle))[0]
    kian = house.record(lambda place: next(each for each in place.session.record.register(RegisterQuery()) if each.name == "Kian Osei"))
    house.click("Copy to other pupils", house.plan(cycle.pupil))
    sheet = house.shell.findChild(CopySheet)
    sheet.picker.choose(Pick(kian.id, kian.name))
    sheet.picker.changed.emit()
    house.settle()
    for _ in range(2):
        QTest.keySequence(house.focus(), "Ctrl+Return")
    house.settle()
    assert len(house.record(lambda place: place.session.record.find(Outcome, pupil=kian.id))) == 1


def test_a_plan_is_not_copied_to_nobody_and_the_form_says_so(house: House) -> None:
    cycle = house.record(lambda place: place.session.record.find(Cycle))[0]
    house.click("Copy to other pupils", house.plan(cycle.pupil))
    sheet = house.shell.findChild(CopySheet)
    house.shortcut("Ctrl+Return")
    assert house.sees("Choose at least one other pupil to copy the plan to.", sheet)

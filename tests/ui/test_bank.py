"""The bank over a plan, by keyboard."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sencoapp.app import Workplace
from sencoapp.domain.bank import BankEntry
from sencoapp.domain.plan import Cycle, Outcome
from sencoapp.services import plans
from tests.places import add_pupil
from ui.pages.bank_sheet import BankSheet
from ui.pages.plan_outcome_sheet import OutcomeForm
from ui.tasks import Desk

from .plan_house import House


def kian(place: Workplace) -> None:
    pupil = add_pupil(place)
    plans.start_cycle(place.session, pupil.id, starts_on=date(2026, 9, 1), review_due_on=date(2026, 12, 10))


@pytest.fixture
def house(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Iterator[House]:
    made = House(qtbot, desk, tmp_path, kian)
    yield made
    made.close()


def test_an_outcome_is_found_and_taken_with_enter_and_kept_again_without_the_name(house: House) -> None:
    pupil = house.record(lambda place: place.session.record.find(Cycle))[0].pupil
    tab = house.plan(pupil, stage="plan")
    house.click("Choose from the bank", tab)
    bank = house.shell.findChild(BankSheet)
    assert bank.area.value() == "ci"
    house.enter("why how")
    house.settle()
    assert bank.table.count() == 1
    house.press(Qt.Key.Key_Return)
    form = house.shell.findChild(OutcomeForm)
    assert form.text.words().startswith("Kian answers “why” and “how” questions")
    house.shortcut("Ctrl+Return")
    (outcome,) = house.record(lambda place: place.session.record.find(Outcome))
    assert (outcome.area, outcome.measure) == ("ci", "five questions about a text, every fortnight")

    house.click("Keep this in our bank: Outcome 1", tab)
    house.write("Words", "{name} answers a question with a reason")
    house.click("Keep it")
    assert [each.text for each in house.record(lambda place: place.session.record.find(BankEntry))] == [
        "{name} answers a question with a reason"
    ]


def test_a_strategy_goes_to_the_end_of_what_is_written(house: House) -> None:
    cycle = house.record(lambda place: place.session.record.find(Cycle))[0]
    tab = house.plan(cycle.pupil, stage="plan")
    for words in ("say name", "ten"):
        house.click("Choose strategies from the bank", tab)
        house.enter(words)
        house.settle()
        house.press(Qt.Key.Key_Return)
    house.settle()
    written = house.record(lambda place: place.session.record.get(Cycle, cycle.id)).strategies
    assert [each.split()[0] for each in written.splitlines()] == ["Say", "Count"]

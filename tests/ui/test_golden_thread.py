"""The board of a pupil's golden thread, and the list of what hangs loose, in the real window."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sencoapp.app import Workplace
from sencoapp.services import golden_thread, observations, plans
from tests.places import add_pupil
from ui.pages.loose_ends import PAGE
from ui.pages.provision_form import ProvisionForm
from ui.pages.thread_board import ThreadPage
from ui.tasks import Desk

from .plan_house import House


def loose_school(place: Workplace) -> None:
    add_pupil(place, "Brennan", "Ava")
    kian = add_pupil(place)
    cycle, _ = plans.start_cycle(place.session, kian.id, starts_on=date(2026, 9, 1), review_due_on=date(2026, 12, 10))
    plans.add_outcome(place.session, cycle.id, {"text": "Says four words together", "area": "ci", "measure": "a speech sample"})
    observations.record_observation(
        place.session, pupils=[kian.id], text="Points rather than speaks", area="ci", happened_on=date(2026, 9, 3)
    )


@pytest.fixture
def house(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Iterator[House]:
    made = House(qtbot, desk, tmp_path, loose_school)
    yield made
    made.close()


def shown(page) -> list[str]:  # type: ignore[no-untyped-def]
    model = page.table.model()
    return [str(model.index(number, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for number in range(model.rowCount())]


def test_what_hangs_loose_is_listed_by_kind_and_found_by_name(house: House) -> None:
    page = house.open("loose")
    assert shown(page) == ["No plan · 1", "Ava Brennan", "Outcome without provision · 1", "Kian Osei"]
    assert page.note == "2 things hang loose for 2 pupils"
    house.write("Find a pupil", "kia", page)
    assert shown(page) == ["Outcome without provision · 1", "Kian Osei"]


def test_a_long_list_is_made_as_one_scrolls_and_what_was_chosen_stays_chosen(house: House) -> None:
    def many(place: Workplace) -> None:
        for number in range(PAGE + 30):
            add_pupil(place, f"Surname{number:03d}", "Sam")

    house.record(many)
    page = house.open("loose")
    assert page.note == f"{PAGE + 32} things hang loose for {PAGE + 32} pupils"
    assert page.table.model().rowCount() == PAGE
    page.table.scrollToBottom()
    house.settle()
    assert page.table.model().rowCount() == PAGE + 34  # with the heads of two groups
    assert page.table.choose(f"no_plan:{page.table.model().row_at(PAGE + 20).key.partition(':')[2]}")
    chosen = page.table.current_key()
    page.show_for({})
    house.settle()
    assert page.table.current_key() == chosen


def test_the_step_opens_the_form_filled_in_and_what_was_mended_leaves_the_list(house: House) -> None:
    page = house.open("loose")
    page.table.choose(next(key for key in page._all if key.startswith("outcome_without_provision")))
    page.table.setFocus()
    house.press(Qt.Key.Key_Return, control=True)
    lines = house.shell.findChild(ProvisionForm).lines
    typed = {"title": "Speech group", "delivered_by": "Mrs Lee", "sessions_per_week": "2", "minutes": "20", "rate": "17.20"}
    for name, words in typed.items():
        lines[name].setFocus()
        lines[name].selectAll()
        house.enter(words)
    house.shortcut("Ctrl+Return")
    assert shown(page) == ["No plan · 1", "Ava Brennan"]
    (end,) = house.record(lambda place: golden_thread.hanging_loose(place.session))
    assert end.thread.name == "Ava Brennan"


def test_the_board_is_walked_by_keys_and_a_missing_link_opens_its_form(house: House) -> None:
    page = house.open("loose")
    page.table.choose(next(key for key in page._all if key.startswith("outcome")))
    page.table.setFocus()
    house.press(Qt.Key.Key_Return)
    board = house.shell.findChild(ThreadPage)
    (line,) = board.board.cards()
    assert [each.accessibleName().partition(":")[0] for each in line] == ["Need", "Evidence", "Outcome", "Provision", "Review"]
    assert line[3].accessibleName() == "Provision: No provision yet, missing"
    line[0].setFocus()
    for _ in range(3):
        house.press(Qt.Key.Key_Right)
    assert line[3].hasFocus()
    house.press(Qt.Key.Key_Return)
    assert house.shell.findChild(ProvisionForm).isVisible()

"""The list of all open plans."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sencoapp.app import Workplace
from sencoapp.services import plans
from sencoapp.services.today import today_page
from sencoapp.storage.stamps import SetClock
from tests.places import add_pupil
from ui.tasks import Desk
from ui.widgets.table_model import CELL

from .plan_house import House

TODAY = date(2026, 11, 24)


def three_plans(place: Workplace) -> None:
    """Ava is late and in the doing, Kian is being assessed, Zoë has agreed a plan and is due next week; Ben has none."""
    for forename, surname, due, planned in (
        ("Ava", "Brennan", TODAY - timedelta(days=5), True),
        ("Kian", "Osei", TODAY + timedelta(days=60), False),
        ("Zoë", "O'Neill", TODAY + timedelta(days=7), True),
    ):
        pupil = add_pupil(place, surname, forename)
        cycle, _ = plans.start_cycle(place.session, pupil.id, starts_on=date(2026, 9, 1), review_due_on=due)
        plans.add_outcome(place.session, cycle.id, {"text": "Reads 70 words a minute"})
        if planned:
            plans.change_cycle(place.session, cycle, replace(cycle, assessed_on=date(2026, 9, 4), planned_on=date(2026, 9, 8)))
    add_pupil(place, "Marlow", "Ben")


@pytest.fixture
def house(qtbot: QtBot, desk: Desk, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[House]:
    made = House(qtbot, desk, tmp_path, getattr(request, "param", three_plans))
    yield made
    made.close()


def shown(page) -> list[str]:  # type: ignore[no-untyped-def]
    model = page.table.model()
    return [str(model.index(number, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for number in range(model.rowCount())]


def test_open_plans_stand_under_their_stage_with_the_earliest_review_first(house: House) -> None:
    page = house.open("plans")
    assert shown(page) == ["Assess · 1 pupil", "Kian Osei", "Do · 2 pupils", "Ava Brennan", "Zoë O'Neill"]
    assert page.note == "3 open cycles · 1 review late"
    review = page.table.model().index(3, 5).data(Qt.ItemDataRole.AccessibleTextRole)
    assert review == "19 November 2026 · 3 school days late"


def test_a_plan_is_found_by_name_without_accents_and_enter_opens_it(house: House) -> None:
    page = house.open("plans")
    house.shortcut("Ctrl+F")
    house.enter("oneill zoe")
    assert shown(page) == ["Do · 1 pupil", "Zoë O'Neill"]
    house.press(Qt.Key.Key_Return)
    place = house.shell.place()
    assert place is not None
    assert (place.page, place.args["tab"]) == ("pupil", "plan")
    assert house.sees("Planned each week")


def test_only_what_is_late_is_shown_when_asked_for_and_the_list_follows_a_change(house: House) -> None:
    page = house.open("plans")
    house.click("Show: Review late", page)
    assert shown(page) == ["Do · 1 pupil", "Ava Brennan"]

    def put_off(place: Workplace) -> object:
        cycle = next(each.cycle for each in plans.open_plans(place.session.record) if each.pupil.name == "Ava Brennan")
        return plans.change_cycle(place.session, cycle, replace(cycle, review_due_on=date(2026, 12, 10)))

    house.room.do(page, put_off)
    house.settle()
    assert shown(page) == []
    assert house.sees("No plan matches.", page)


@pytest.mark.parametrize("house", [None], indirect=True)
def test_without_a_plan_there_is_one_sentence_and_one_way_on(house: House) -> None:
    house.open("plans")
    assert house.sees("No cycle is open.")
    house.click("Go to the pupils")
    place = house.shell.place()
    assert place is not None
    assert place.page == "pupils"


def long_without_a_review(place: Workplace) -> None:
    """Reviews are due in a year, and the plans began before and after the thirteenth school week."""
    for surname, began in (("Brennan", date(2026, 8, 27)), ("Osei", date(2026, 9, 14))):
        pupil = add_pupil(place, surname, "Ava")
        plans.start_cycle(place.session, pupil.id, starts_on=began, review_due_on=date(2027, 7, 1))


@pytest.mark.parametrize("house", [long_without_a_review], indirect=True)
def test_thirteen_school_weeks_without_a_review_are_said_in_the_list_in_today_and_in_the_register(house: House) -> None:
    clock = house.app.clock
    assert isinstance(clock, SetClock)
    clock.set(datetime(2026, 12, 8, 10, 0, tzinfo=UTC))
    page = house.open("plans")
    said = [page.table.model().index(number, 5).data(Qt.ItemDataRole.AccessibleTextRole) for number in (1, 2)]
    assert said == ["1 July 2027 · 13 school weeks without a review", "1 July 2027"]
    house.click("Show: Review late", page)
    assert shown(page) == ["Assess · 1 pupil", "Ava Brennan"]
    tasks = house.record(lambda place: today_page(place.session).tasks)
    assert [(each.pupil_name, each.detail.partition(" · ")[0]) for each in tasks] == [("Ava Brennan", "13 school weeks without a review")]
    register = house.open("pupils")
    marks = {register.table.model().index(row, 0).data(CELL).text: register.table.model().index(row, 5).data(CELL).icon for row in (0, 1)}
    assert marks == {"Ava Brennan": "clock", "Ava Osei": ""}
    assert house.sees("13 school weeks without a review", register)

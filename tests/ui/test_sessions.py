"""Sessions in the window: ticked in two taps, a pupil marked in one more, undone with the one undo."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sencoapp.domain.delivery import SessionMark
from ui.pages.session_ledger import LedgerBody
from ui.pages.sessions import SessionsPage
from ui.tasks import Desk

from .plan_house import House
from .test_provision_pages import School


@pytest.fixture
def house(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Iterator[House]:
    made = House(qtbot, desk, tmp_path, lambda place: School(place) and None)
    yield made
    made.close()


def marks(house: House) -> list[tuple[str, int]]:
    return sorted((each.result, each.minutes) for each in house.record(lambda place: place.session.record.find(SessionMark)))


def the_page(house: House) -> SessionsPage:
    page = house.open("sessions")
    assert isinstance(page, SessionsPage)
    page.table.choose(next(key for key, each in page._sessions.items() if each.provision.title == "Talk Boost"))
    house.settle()
    return page


def test_a_group_is_ticked_a_pupil_marked_and_all_of_it_undone(house: House) -> None:
    page = the_page(house)
    house.click("Ran", page)
    assert marks(house) == [("ran", 30), ("ran", 30)]
    house.click("Pupils: Ava Brennan", page)
    assert marks(house) == [("absent", 0), ("ran", 30)]
    assert house.sees("Talk Boost: Ran, 1 not there throughout", page)
    house.click("Pupils: Ava Brennan: absent", page)
    assert marks(house) == [("ran", 30), ("ran", 30)]
    for _ in range(3):
        house.shortcut("Ctrl+Z")
    assert marks(house) == []


def test_short_and_missed_ask_one_thing_and_save_it(house: House) -> None:
    page = the_page(house)
    house.click("Short", page)
    house.click("How long it lasted: 20 min", page)
    assert marks(house) == [("short", 20), ("short", 20)]
    house.click("Missed", page)
    house.click("Why it was missed: Staff absent", page)
    assert marks(house) == [("missed", 0), ("missed", 0)]
    assert house.sees("Talk Boost: Missed, staff absent", page)


def test_yesterday_can_be_ticked_and_tomorrow_is_not_offered(house: House) -> None:
    page = the_page(house)
    assert not page.later.isEnabled()
    house.click("Day before", page)
    house.shortcut("Ctrl+Return")
    assert {each.happened_on for each in house.record(lambda place: place.session.record.find(SessionMark))} == {date(2026, 11, 23)}


def test_the_ledger_stands_beside_the_plan(house: House) -> None:
    page = the_page(house)
    house.click("Ran", page)
    house.click("Planned and delivered", page)
    body = house.shell.findChild(LedgerBody)
    assert body is not None
    assert body.table.model().rowCount() > 6

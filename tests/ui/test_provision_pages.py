"""Provision in the window: every figure is the services' figure to the penny."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from sencoapp.app import Workplace
from sencoapp.domain.provision import Provision, ProvisionPlace
from sencoapp.services import provision, rates
from tests.places import add_pupil
from ui.pages.provision import ProvisionTab
from ui.pages.provision_empty import EmptyProvisionSheet
from ui.pages.provision_map import ProvisionMapPage
from ui.pages.provision_sheet import ProvisionSheetBody
from ui.tasks import Desk

from .plan_house import House

MONEY = re.compile(r"£([\d,]+\.\d\d)")


def values(**other: object) -> dict[str, Any]:
    return {
        "title": "Talk Boost",
        "wave": "targeted",
        "delivered_by": "Mrs Lacey",
        "staff_role": "Teaching assistant",
        "area": "ci",
        "pence_per_hour": 1720,
        "sessions_per_week": Decimal(3),
        "minutes": 30,
        "weeks": 12,
        "group_size": 4,
        "starts_on": date(2026, 9, 1),
        **other,
    }


class School:
    """Three pupils, three provisions that do not come out even, and what staff cost."""

    def __init__(self, place: Workplace) -> None:
        session = place.session
        rates.set_staff_rate(session, "Teaching assistant", 1720, date(2025, 9, 1))
        rates.set_staff_rate(session, "Teaching assistant", 1750, date(2026, 11, 1))
        rates.set_staff_rate(session, "Teacher", 4150, date(2025, 9, 1))
        self.kian = add_pupil(place).id
        self.ava = add_pupil(place, "Brennan", "Ava", year="2", reg_group="2B").id
        self.zac = add_pupil(place, "Marlow", "Zac", year="2", reg_group="2B").id
        self.group = provision.add_provision(session, values(), [self.kian, self.ava])[0].id
        odd = values(title="Word recall", area="cl", group_size=3, minutes=20, sessions_per_week=Decimal(4))
        self.odd = provision.add_provision(session, odd, [self.ava, self.kian])[0].id
        alone = values(title="Named support", wave="specialist", group_size=1, sessions_per_week=Decimal(6), minutes=60, weeks=36)
        self.alone = provision.add_provision(session, {**alone, "staff_role": None, "area": None}, [self.kian])[0].id


@pytest.fixture
def school() -> list[School]:
    return []


@pytest.fixture
def house(qtbot: QtBot, desk: Desk, tmp_path: Path, school: list[School], request: pytest.FixtureRequest) -> Iterator[House]:
    empty = getattr(request, "param", None) == "empty"
    made = House(qtbot, desk, tmp_path, None if empty else lambda place: school.append(School(place)))
    yield made
    made.close()


def pence(words: str) -> list[int]:
    return [int(each.replace(",", "").replace(".", "")) for each in MONEY.findall(words)]


def rows_of(table: QWidget) -> list[str]:
    model = table.model()  # type: ignore[attr-defined]
    last = model.columnCount() - 1
    found = []
    for number in range(model.rowCount()):
        first, cost = (model.index(number, column).data(Qt.ItemDataRole.AccessibleTextRole) for column in (0, last))
        found.append(f"{first} | {cost}" if cost else str(first))
    return found


def the_map(house: House) -> ProvisionMapPage:
    page = house.open("provision")
    assert isinstance(page, ProvisionMapPage)
    return page


@pytest.mark.parametrize("house", ["empty"], indirect=True)
def test_the_first_provision_is_added_from_the_empty_map(house: House) -> None:
    house.record(lambda place: add_pupil(place, "Osei", "Kian"))
    the_map(house)
    assert house.sees("No provision yet.")
    house.click("Add the first provision")
    house.enter("Talk Boost")
    numbers = (("Sessions a week", "3"), ("Minutes each", "30"), ("Weeks", "12"), ("Pupils in the group", "4"))
    for name, words in (("Who gives it", "Mrs Lacey"), ("An hour costs, £", "17.20"), *numbers):
        house.write(name, words)
    house.shortcut("Ctrl+Return")
    assert house.sees("Enter at least one pupil.")
    (body,) = house.shell.findChildren(ProvisionSheetBody)
    house.named(QLineEdit, "Pupils", body).setFocus()
    house.enter("kia")
    house.settle()
    house.press(Qt.Key.Key_Return)
    house.shortcut("Ctrl+Return")
    assert house.sees("Talk Boost added, £77.40 each pupil")
    assert len(house.record(lambda place: place.session.record.find(ProvisionPlace))) == 1
    house.undo()
    assert house.record(lambda place: place.session.record.find(Provision)) == []
    assert house.sees("No provision yet.")


def test_the_rate_follows_the_kind_of_staff_and_the_cost_what_is_typed(house: House, school: list[School]) -> None:
    page = the_map(house)
    page.add_provision()
    house.settle()
    (body,) = house.shell.findChildren(ProvisionSheetBody)
    fields = body.form
    assert (fields.staff_role.value(), fields.lines["rate"].text()) == ("Teaching assistant", "17.50")
    fields.staff_role.choose("Teacher")
    assert fields.lines["rate"].text() == "41.50"
    for name, words in (("Sessions a week", "0.5"), ("Minutes each", "45"), ("Weeks", "10"), ("Pupils in the group", "7")):
        house.write(name, words)
    house.settle()
    assert body.cost.text() == "0.5 sessions × 45 minutes × £41.50 an hour × 10 weeks ÷ 7 pupils = £22.23"
    house.write("Weeks", "")
    assert "Enter for how many weeks" in body.cost.text()
    house.shortcut("Ctrl+Return")
    assert house.sees("Enter what the provision is.")


def test_a_pupil_sees_costed_rows_their_total_and_the_guide_as_a_guide(house: House, school: list[School]) -> None:
    tab = the_tab(house, school[0].kian)
    costed = house.record(lambda place: provision.pupil_map(place.session, school[0].kian))
    assert sum(sum(pence(each.partition(" | ")[2])) for each in rows_of(tab.table)) == costed["total_pence"] == 388433
    assert house.sees("£3,884.33", tab)
    assert house.sees("£2,115.67 below the £6,000 guide. It is a guide and not a condition for a request.", tab)
    formulas = {each["id"]: each["formula"] for each in costed["rows"]}
    for id, formula in formulas.items():
        tab.table.choose(id)
        assert formula in tab.formula.text()


def test_a_place_ends_on_a_day_and_undo_lets_it_go_on(house: House, school: list[School]) -> None:
    tab = the_tab(house, school[0].ava)
    tab.table.choose(school[0].group)
    house.click("End the place", tab)
    house.write("Last day", "20 11 2026")
    house.shortcut("Ctrl+Return")
    assert "Talk Boost · ended 20 November 2026 | £63.21" in rows_of(tab.table)
    assert not tab.end.isEnabled()
    house.undo()
    assert "Talk Boost | £77.40" in rows_of(tab.table)
    house.click("End the place", tab)
    house.click("It was a mistake: take it away")
    assert not any("Talk Boost" in each for each in rows_of(tab.table))
    house.undo()
    assert "Talk Boost | £77.40" in rows_of(tab.table)


def test_a_pupil_takes_a_place_that_is_free_in_a_group(house: House, school: list[School]) -> None:
    tab = the_tab(house, school[0].zac)
    assert house.sees("No provision yet.", tab)
    tab._join()
    house.settle()
    house.enter("lac talk")
    house.press(Qt.Key.Key_Return)
    assert rows_of(tab.table) == ["Talk Boost | £12.90"]
    assert house.sees("Place taken in Talk Boost")
    house.undo()
    assert house.sees("No provision yet.", tab)


def test_a_provision_is_changed_for_all_who_have_it_and_undo_changes_it_back(house: House, school: list[School]) -> None:
    tab = the_tab(house, school[0].ava)
    tab.table.choose(school[0].group)
    tab.table.setFocus()
    house.press(Qt.Key.Key_Return)
    house.write("Pupils in the group", "2")
    house.shortcut("Ctrl+Return")
    assert "Talk Boost | £154.80" in rows_of(tab.table)
    house.undo()
    assert "Talk Boost | £77.40" in rows_of(tab.table)


def the_tab(house: House, pupil: str) -> ProvisionTab:
    page: Any = house.open("pupil", pupil=pupil, tab="provision")
    tab = page.tab("provision")
    assert isinstance(tab, ProvisionTab)
    return tab


def test_a_provision_that_nobody_is_in_is_found_from_the_map_removed_and_comes_back(house: House, school: list[School]) -> None:
    page = the_map(house)
    assert not page.without_pupils.isVisible()
    made = next(each for each in house.record(lambda place: place.session.record.find(Provision)) if each.title == "Talk Boost")
    page._open_line(next(key for key, line in page._lines.items() if line.provision == made))
    house.settle()
    (body,) = house.shell.findChildren(ProvisionSheetBody)
    assert not body.remove.isVisible()
    house.press(Qt.Key.Key_Escape)
    house.settle()

    def take_all_away(place: Workplace) -> None:
        for pupil in {each.pupil for each in place.session.record.find(ProvisionPlace, provision=made.id)}:
            provision.take_places_away(place.session, pupil, made.id)

    house.record(take_all_away)
    page.show_for({})
    house.settle()
    assert page.without_pupils.text() == "1 without a pupil"
    page.without_pupils.click()
    house.settle()
    (sheet,) = house.shell.findChildren(EmptyProvisionSheet)
    assert rows_of(sheet.table)[0].startswith("Talk Boost")
    sheet._open(made.id)
    house.settle()
    body = [each for each in house.shell.findChildren(ProvisionSheetBody) if each.isVisible()][-1]
    body.remove.click()
    house.settle()
    assert house.sees("Talk Boost removed. Nobody was in it.")
    assert house.record(lambda place: place.session.record.get(Provision, made.id)) is None
    assert not page.without_pupils.isVisible()
    house.undo()
    assert house.record(lambda place: place.session.record.get(Provision, made.id)) == made
    page.open_empty()
    house.settle()
    sheet = [each for each in house.shell.findChildren(EmptyProvisionSheet) if each.isVisible()][-1]
    sheet.take_away(made.id)
    house.settle()
    assert house.sees("There is none: somebody is in every provision.")
    assert house.record(lambda place: place.session.record.get(Provision, made.id)) is None

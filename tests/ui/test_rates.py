"""Rates in the settings: a person's year of pay, the history with its last days, and the council's figure."""

from datetime import date
from decimal import Decimal

import pytest

from sencoapp.domain.costing import CouncilRate
from sencoapp.domain.provision import StaffRate
from sencoapp.services import rates, staff
from ui.pages.record_sheet import RecordSheet

from .plan_house import House


@pytest.fixture
def house(open_house) -> House:
    def fill(place):
        staff.add_staff(place.session, "Mrs Lacey", "teaching_assistant", job_title="Teaching assistant")
        rates.set_staff_rate(place.session, "Teaching assistant", 1650, date(2025, 9, 1))
        rates.set_staff_rate(place.session, "Teaching assistant", 1720, date(2026, 9, 1))

    return open_house(fill)


def texts_of_table(table) -> list[list[str]]:
    model = table.model()
    return [[model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())]


def sheet(house: House) -> RecordSheet:
    house.settle()
    return [each for each in house.shell.findChildren(RecordSheet) if each.isVisible()][-1]


def fill_in(house: House, **typed: str) -> None:
    form = sheet(house)
    form.form.show_typed(typed)
    form.save()
    house.settle()


def test_a_year_of_pay_gives_the_rate_of_one_person(house: House) -> None:
    part = house.open("settings", section="rates").rates
    lacey = next(each.id for each in part._people if each.name == "Mrs Lacey")
    part.add_button.click()
    year = {"salary_pence": "18,200", "insurance_pence": "1,610.40", "pension_pence": "4550", "paid_hours": "1410"}
    fill_in(house, staff_member=lacey, starts_on="1 9 2026", **year)
    found = house.record(lambda place: place.session.record.find(StaffRate, staff_member=lacey))
    assert [(each.pence_per_hour, each.paid_hours, each.staff_role) for each in found] == [(1728, Decimal(1410), "Teaching assistant")]
    assert texts_of_table(part.table)[2][:2] == ["Mrs Lacey · Teaching assistant", "£17.28"]


def test_the_history_says_until_when_a_rate_held_and_one_can_be_corrected_and_removed(house: House) -> None:
    part = house.open("settings", section="rates").rates
    assert [each[3] for each in texts_of_table(part.table)] == ["31 August 2026", "goes on"]
    part.table._choose_row(1)
    part.change_button.click()
    fill_in(house, starts_on="1 10 2026", rate="17.50")
    assert [each[:4] for each in texts_of_table(part.table)] == [
        ["Teaching assistant", "£16.50", "1 September 2025", "30 September 2026"],
        ["Teaching assistant", "£17.50", "1 October 2026", "goes on"],
    ]
    part.change_button.click()
    house.click("Remove", sheet(house))
    assert len(texts_of_table(part.table)) == 1


def test_the_councils_figure_is_entered_with_its_way_of_costing(house: House) -> None:
    part = house.open("settings", section="rates").rates
    assert house.sees("No figure of your council’s yet", part)
    part.council.add.click()
    fill_in(house, method="durham/A", pence="0.285", starts_on="1 4 2026")
    found = house.record(lambda place: place.session.record.find(CouncilRate))
    assert [(each.method, each.box, each.pence) for each in found] == [("durham", "A", Decimal("28.5"))]
    assert texts_of_table(part.council.table)[0][1] == "£0.285"


@pytest.mark.parametrize(("typed", "said"), [("", "Enter the council’s rate"), ("a lot", "Enter the council’s rate")])
def test_what_is_no_figure_is_said_at_the_field(house: House, typed: str, said: str) -> None:
    part = house.open("settings", section="rates").rates
    part.council.add.click()
    fill_in(house, pence=typed)
    assert house.sees(said, sheet(house))
    sheet(house).close_sheet()

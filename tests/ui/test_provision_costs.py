"""Materials, preparation and training in the window: entered at a provision, seen in its cost, and nothing typed is lost."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from sencoapp.domain.added_costs import ProvisionCost
from sencoapp.domain.provision import Provision, ProvisionPlace
from sencoapp.services import provision
from sencoapp.services.costing import cost_if_kept
from tests.places import add_pupil
from tests.services.test_provision import values
from ui.pages.provision import ProvisionTab
from ui.pages.provision_costs import CostsBody
from ui.pages.provision_sheet import ProvisionSheetBody, formula_if_kept

from .plan_house import House
from .test_provision_planning import sheet


class Folder:
    kian = ""
    talk = ""


def fill(place) -> None:
    Folder.kian = add_pupil(place).id
    Folder.talk = provision.add_provision(place.session, values(starts_on=date(2026, 9, 7)), [Folder.kian])[0].id


@pytest.fixture
def house(open_house) -> House:
    return open_house(fill)


def costs(house: House) -> CostsBody:
    house.settle()
    return [each for each in house.shell.findChildren(CostsBody) if each.isVisible()][-1]


def kept(house: House) -> list[ProvisionCost]:
    return house.record(lambda place: place.session.record.find(ProvisionCost))


def test_a_cost_is_entered_stands_in_the_sum_and_is_taken_away(house: House) -> None:
    tab = house.open("pupil", pupil=Folder.kian, tab="provision").findChild(ProvisionTab)
    tab.costs.click()
    assert house.sees("Nothing yet.", costs(house))
    costs(house).add.click()
    house.settle()
    sheet(house).form.show_typed({"what": "Reading books", "pence": "£48.00", "paid_on": "7 September 2026"})
    sheet(house).save()
    house.settle()
    assert costs(house).table.current_key()
    assert tab.formula.text().endswith("+ £48.00 for Reading books ÷ 4 pupils = £89.40")
    costs(house).change_chosen()
    house.settle()
    sheet(house).form.show_typed({"shared": "each"})
    sheet(house).save()
    house.settle()
    assert tab.formula.text().endswith("+ £48.00 for Reading books = £125.40")
    costs(house).change_chosen()
    house.settle()
    house.click("Remove", sheet(house))
    assert kept(house) == []
    assert tab.formula.text().endswith("= £77.40")


def test_the_sum_in_the_form_is_the_one_that_is_saved_with_materials_and_each_pupils_own_days(house: House) -> None:
    tab = house.open("pupil", pupil=Folder.kian, tab="provision").findChild(ProvisionTab)
    tab.costs.click()
    costs(house).add.click()
    house.settle()
    sheet(house).form.show_typed({"what": "Reading books", "pence": "£48.00", "paid_on": "7 September 2026"})
    sheet(house).save()
    house.settle()
    house.press(Qt.Key.Key_Escape)
    house.settle()
    tab.change.click()
    house.settle()
    (body,) = [each for each in house.shell.findChildren(ProvisionSheetBody) if each.isVisible()]
    assert body.cost.text() == tab.formula.text().partition(": ")[2]
    assert body.cost.text().endswith("+ £48.00 for Reading books ÷ 4 pupils = £89.40")
    house.write("Minutes each", "60")
    house.settle()
    live = body.cost.text()
    assert live.endswith("= £166.80")
    house.shortcut("Ctrl+Return")
    house.settle()
    assert tab.formula.text().partition(": ")[2] == live


def test_where_the_places_of_a_group_cost_differently_the_sum_says_whose_it_is(house: House) -> None:
    def joined(place) -> None:
        for surname in ("Abe", "Bell", "Cole"):
            provision.join_provision(place.session, Folder.talk, add_pupil(place, surname, "Jo").id)
        late = place.session.record.find(ProvisionPlace, provision=Folder.talk)[-1]
        provision.change_place(place.session, late.id, starts_on=date(2026, 11, 16), ends_on=None)

    house.record(joined)
    made, costs = house.record(
        lambda place: (made := place.session.record.get(Provision, Folder.talk), cost_if_kept(place.session, made, ()))
    )
    words = house.record(lambda place: formula_if_kept(place.session, made, (), ()))
    kian, abe, _, cole = (provision.money(each.planned_pence) for each in costs.values())
    assert words.endswith(f"own days. Kian Osei: {kian}; Jo Abe, Jo Bell: {abe}; Jo Cole: {cole}.")


def test_an_amount_that_is_none_is_said_and_what_was_typed_stays(house: House) -> None:
    page = house.open("provision")
    page.table.choose(next(key for key, line in page._lines.items() if line.kind == "provision"))
    page.open_costs()
    costs(house).add.click()
    house.settle()
    sheet(house).form.show_typed({"what": "Course", "kind": "training", "pence": "about fifty"})
    sheet(house).save()
    house.settle()
    assert house.sees("Enter the amount in pounds, such as 48 or 48.50.", sheet(house))
    assert sheet(house).form.typed()["pence"] == "about fifty"
    sheet(house).close_sheet()
    page.open_costs()
    costs(house).add.click()
    house.settle()
    assert sheet(house).form.typed()["what"] == "Course"
    assert kept(house) == []


def test_the_form_of_a_provision_leads_to_its_costs(house: House) -> None:
    page = house.open("provision")
    line = next(key for key, line in page._lines.items() if line.kind == "provision")
    page._open_line(line)
    house.settle()
    house.click("Materials, preparation, training", house.shell)
    assert costs(house).isVisible()


def test_no_button_of_the_form_of_a_provision_is_cut(house: House) -> None:
    page = house.open("provision")
    page._open_line(next(key for key, line in page._lines.items() if line.kind == "provision"))
    house.settle()
    body = [each for each in house.shell.findChildren(ProvisionSheetBody) if each.isVisible()][-1]
    buttons = [each for each in body.findChildren(QAbstractButton) if each.isVisible() and each.text()]
    assert {each.text() for each in buttons} >= {"Pupils and their days", "Adults and their days", "Materials, preparation, training"}
    assert [each.text() for each in buttons if each.width() < each.sizeHint().width()] == []

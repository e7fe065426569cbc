"""The timetable, the catalogue and the costed map in the window, by what a person does and sees."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from sencoapp.domain.catalogue import CatalogueEntry
from sencoapp.domain.provision import Provision, ProvisionPlace, ProvisionStaff
from sencoapp.services import provision, rates, staff, staffing, timetable
from sencoapp.services.costed_map import costed_map
from tests.places import add_pupil
from tests.services.test_provision import values
from tests.services.test_timetable import slot
from ui.pages.provision import ProvisionTab
from ui.pages.provision_adults import AdultsBody, open_adults_sheet
from ui.pages.provision_join import offers
from ui.pages.provision_members import open_members_sheet
from ui.pages.provision_sheet import ProvisionSheetBody
from ui.pages.record_sheet import RecordSheet
from ui.widgets import Pick

from .plan_house import House


class Folder:
    kian = ""
    lacey = ""
    talk = ""
    read = ""


def fill(place) -> None:
    rates.set_staff_rate(place.session, "Teaching assistant", 1720, date(2025, 9, 1))
    lacey, _ = staff.add_staff(place.session, "Mrs Lacey", "teaching_assistant", job_title="Teaching assistant")
    Folder.kian, Folder.lacey = add_pupil(place).id, lacey.id
    adults = [ProvisionStaff("", "", lacey.id)]
    until = {"ends_on": date(2026, 12, 18)}
    Folder.talk = provision.add_provision(place.session, values(**until), [Folder.kian], staff=adults)[0].id
    Folder.read = provision.add_provision(place.session, values(title="Reading", **until), [Folder.kian], staff=adults)[0].id
    timetable.set_slots(place.session, Folder.talk, [slot(2, "9:30"), slot(4, "13:00", room="Library")])


@pytest.fixture
def house(open_house) -> House:
    return open_house(fill)


def sheet(house: House) -> RecordSheet:
    house.settle()
    return [each for each in house.shell.findChildren(RecordSheet) if each.isVisible()][-1]


def fill_in(house: House, **typed: object) -> None:
    opened = sheet(house)
    opened.form.show_typed(typed)
    opened.save()
    house.settle()


def test_a_time_is_added_and_two_places_at_once_are_said(house: House) -> None:
    page = house.open("timetable")
    assert [len(column) for column in page._cards] == [0, 1, 0, 1, 0]
    page.add.click()
    fill_in(house, provision=Folder.read, weekday="2", starts_at="9.45", minutes="30")
    assert house.sees("Mrs Lacey is in two places on Tuesdays", page)
    assert house.sees("Kian Osei is in two places on Tuesdays", page)
    assert [len(column) for column in page._cards] == [0, 2, 0, 1, 0]
    page.who.choose(f"adult/{Folder.lacey}")
    house.settle()
    assert house.sees("Mrs Lacey is in two places", page)
    assert not house.sees("Kian Osei is in two places", page)


def test_the_week_is_walked_with_the_arrow_keys_and_opened_with_enter(house: House) -> None:
    page = house.open("timetable", pupil=Folder.kian)
    house.shell.activateWindow()
    house.qtbot.waitUntil(house.shell.isActiveWindow)
    page.first_focus().setFocus()
    house.qtbot.keyClick(page._cards[1][0], Qt.Key.Key_Right)
    assert page._cards[3][0].hasFocus()
    assert "Thursday, 13:00 to 13:30, Talk Boost" in page._cards[3][0].accessibleName()
    house.qtbot.keyClick(page._cards[3][0], Qt.Key.Key_Return)
    house.settle()
    assert sheet(house).form.typed()["room"] == "Library"
    house.click("Remove this time", sheet(house))
    assert [len(column) for column in page._cards] == [0, 1, 0, 0, 0]


def test_the_week_goes_out_on_paper_and_it_is_noted(house: House, tmp_path) -> None:
    page = house.open("timetable")
    page.ask_where = lambda *asked: asked[-1](tmp_path / "week")
    page.save()
    house.settle()
    assert (tmp_path / "week.pdf").read_bytes().startswith(b"%PDF")


def test_an_entry_of_the_catalogue_fills_in_a_provision_with_the_staff_who_give_it(house: House) -> None:
    page = house.open("catalogue")
    page.field.setText("precision")
    house.settle()
    page.table.choose_first()
    assert house.sees("Evidence: source to be confirmed.", page)
    page.use.click()
    house.settle()
    body = [each for each in house.shell.findChildren(ProvisionSheetBody) if each.isVisible()][-1]
    assert (body.form.lines["title"].text(), body.form.lines["minutes"].text()) == ("Precision teaching", "10")
    body.picker.choose(Pick(Folder.kian, "Kian Osei"))
    body.adults.choose(Pick(Folder.lacey, "Mrs Lacey"))
    body.adults.changed.emit()
    house.settle()
    assert (body.form.lines["delivered_by"].text(), body.form.lines["rate"].text()) == ("Mrs Lacey", "17.20")
    body.submit()
    house.settle()
    made = house.record(lambda place: next(each for each in place.session.record.find(Provision) if each.title == "Precision teaching"))
    assert (made.catalogue, made.sessions_per_week) == ("precision_teaching", Decimal(5))
    given = house.record(lambda place: staffing.given_by(place.session.record, Folder.lacey, date(2026, 11, 24)))
    assert made.id in given


def test_the_school_adds_to_the_catalogue_and_hides_what_it_does_not_give(house: House) -> None:
    page = house.open("catalogue")
    page.add.click()
    fill_in(house, title="Gardening club", sessions_per_week="1", minutes="45", weeks="10", group_size="6")
    assert house.record(lambda place: [each.title for each in place.session.record.find(CatalogueEntry)]) == ["Gardening club"]
    page.field.setText("elsa")
    page.table.choose_first()
    page.hide_it.click()
    house.settle()
    assert house.sees("Nothing in the catalogue matches.", page)
    page.with_hidden.click()
    house.settle()
    assert page.table.count() == 1


def test_the_costed_map_shows_what_the_services_say_and_what_does_not_match(house: House, tmp_path) -> None:
    page = house.open("costed", pupil=Folder.kian)
    said = house.record(lambda place: costed_map(place.session, Folder.kian))
    for each in said["rows"]:
        assert house.sees(each["formula"].split(" = ")[1], page)
    assert house.sees("Talk Boost: the provision says 3 a week of 30 minutes, the timetable has 2 a week", page)
    page.ask_where = lambda *asked: asked[-1](tmp_path / "costed")
    page.save()
    house.settle()
    assert (tmp_path / "costed.pdf").read_bytes().startswith(b"%PDF")


def test_the_days_in_a_group_are_changed_from_the_pupils_provision(house: House) -> None:
    tab = house.open("pupil", pupil=Folder.kian, tab="provision").findChild(ProvisionTab)
    tab.table.choose(Folder.talk)
    tab.days.click()
    fill_in(house, starts_on="14 9 2026", ends_on="")
    places = house.record(lambda place: place.session.record.find(ProvisionPlace, provision=Folder.talk))
    assert [each.starts_on for each in places] == [date(2026, 9, 14)]


def test_a_pupil_joins_a_running_group_and_two_places_are_told(house: House) -> None:
    body = open_members_sheet(house.room, house.shell, house.record(lambda place: place.session.record.get(Provision, Folder.read)))
    house.settle()
    ava = house.record(lambda place: add_pupil(place, "Brennan", "Ava").id)
    for provision_id in (Folder.talk, Folder.read):
        house.record(lambda place, it=provision_id: timetable.set_slots(place.session, it, [slot(3, "9:00")]))
    house.record(lambda place: provision.join_provision(place.session, Folder.talk, ava))
    body.picker.choose(Pick(ava, "Ava Brennan"))
    body.picker.changed.emit()
    house.settle()
    assert body.table.count() == 2
    assert house.sees("Ava Brennan is in two places on Wednesdays", body)
    body.table.choose_first()
    body.days.click()
    fill_in(house, starts_on="1 12 2026")
    places = house.record(lambda place: place.session.record.find(ProvisionPlace, provision=Folder.read, pupil=ava))
    assert [each.starts_on for each in places] == [date(2026, 12, 1)]


@pytest.mark.parametrize("page", ["timetable", "catalogue", "costed"])
def test_every_list_goes_out_as_a_spreadsheet(house: House, tmp_path, page: str) -> None:
    shown = house.open(page, **({"pupil": Folder.kian} if page == "costed" else {}))
    body = shown.export.open()
    body.ask_where = lambda *asked: asked[-1](tmp_path / page)
    body.submit()
    house.settle()
    assert (tmp_path / f"{page}.xlsx").stat().st_size > 1000


def test_the_session_offers_as_many_adults_as_give_it(house: House) -> None:
    adults = [ProvisionStaff("", "", Folder.lacey), ProvisionStaff("", "", None, "Teaching assistant")]
    house.record(lambda place: staffing.set_staff(place.session, Folder.talk, adults))
    page = house.open("sessions")
    page.table.choose(f"{Folder.talk}/1")
    house.settle()
    assert page.tick.adults.value() == "2"


def test_an_adult_joins_while_a_provision_runs_and_is_paid_for_their_own_days(house: House) -> None:
    made = house.record(lambda place: place.session.record.get(Provision, Folder.talk))
    open_adults_sheet(house.room, house.shell, made)
    house.settle()
    body = [each for each in house.shell.findChildren(AdultsBody) if each.isVisible()][-1]
    assert body.table.count() == 1
    body.change_chosen()
    fill_in(house, ends_on="16 10 2026")
    body = [each for each in house.shell.findChildren(AdultsBody) if each.isVisible()][-1]
    body.add.click()
    fill_in(house, staff_role="Teacher", starts_on="2 11 2026")
    given = house.record(lambda place: staffing.staff_of_provision(place.session.record, Folder.talk))
    assert [(each.staff_member, each.staff_role, each.starts_on, each.ends_on) for each in given] == [
        (Folder.lacey, None, None, date(2026, 10, 16)),
        (None, "Teacher", date(2026, 11, 2), None),
    ]
    body = [each for each in house.shell.findChildren(AdultsBody) if each.isVisible()][-1]
    body.change_chosen()
    house.settle()
    sheet(house).form.show_typed({"starts_on": "1 11 2026", "ends_on": "1 10 2026"})
    sheet(house).save()
    house.settle()
    assert house.sees("The adult’s last day is before the first. Change one of them.", sheet(house))


def test_one_to_join_shows_what_a_place_from_today_costs(house: House) -> None:
    """Talk Boost: 3 x 30 minutes at £17.20 from today, Tuesday 24 November, by four. Its sixty days end on
    Monday 7 December: ten of them are left, two weeks, £12.90."""
    zac = house.record(lambda place: add_pupil(place, "Yilmaz", "Zac").id)
    offered = house.record(lambda place: offers(place.session, zac))
    assert {each.provision.id: each.cost.planned_pence for each in offered}[Folder.talk] == 1290
    house.record(lambda place: provision.join_provision(place.session, Folder.talk, zac))
    joined = house.record(lambda place: provision.pupil_map(place.session, zac)["total_pence"])
    assert joined == 1290

"""What people type wrong or leave out about plans and provision, in the window: a sentence that helps, and nothing typed is lost.

A review dated before its plan is in ``test_plan``, groups that overlap in ``test_provision_planning``, a photo of 80 MB in
``test_note_files``, a returned form about the wrong pupil in ``test_round_robins``.
"""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from sencoapp.domain.people import Pupil
from sencoapp.domain.plan import Cycle
from sencoapp.domain.provision import ProvisionStaff
from sencoapp.domain.record import Amend
from sencoapp.services import plans, provision, rates, staff
from tests.places import add_pupil
from tests.services.test_provision import values
from ui.pages.plan_close import CloseCycle
from ui.pages.provision import ProvisionTab

from .plan_house import House
from .test_provision_planning import sheet


class Folder:
    kian = ""
    cycle = ""
    talk = ""


def fill(place) -> None:
    session = place.session
    kian = add_pupil(place)
    Folder.kian = kian.id
    cycle, _ = plans.start_cycle(session, kian.id, starts_on=date(2026, 9, 7), review_due_on=date(2026, 12, 3))
    Folder.cycle = cycle.id
    outcome, _ = plans.add_outcome(session, cycle.id, {"text": "Kian reads aloud to a friend"})
    plans.change_outcome(session, outcome, replace(outcome, rating="some", next="continue"))
    plans.change_cycle(session, cycle, replace(cycle, planned_on=date(2026, 9, 9), decision="Go on."))
    plans.record_view(session, kian.id, "pupil", text="It helps.", cycle=cycle.id)
    plans.record_view(session, kian.id, "parents", absent_because="Asked by letter.", cycle=cycle.id)
    shah, _ = staff.add_staff(session, "Mr Shah", "teaching_assistant", job_title="Learning mentor")
    rates.set_staff_rate(session, "Learning mentor", 1800, date(2026, 9, 14))
    adults = [ProvisionStaff("", "", shah.id)]
    Folder.talk = provision.add_provision(session, values(starts_on=date(2026, 9, 7)), [kian.id], staff=adults)[0].id


@pytest.fixture
def house(open_house) -> House:
    return open_house(fill)


def test_an_outcome_without_a_measure_is_named_with_the_step_that_mends_it(house: House) -> None:
    page = house.open("loose")
    page.kind.choose("outcome_without_measure")
    page.kind.chosen.emit("outcome_without_measure")
    house.settle()
    said = [page.table.model().index(number, 2).data() for number in range(page.table.model().rowCount())]
    assert any("“Kian reads aloud to a friend” does not say how it is measured" in str(each) for each in said)


def test_days_without_a_rate_are_said_wherever_the_cost_stands(house: House) -> None:
    words = "No rate for Mr Shah from 7 September 2026 to 11 September 2026. These days are not in the cost."
    page = house.open("costed", pupil=Folder.kian)
    assert house.sees(words, page)
    page = house.open("provision")
    page.table.choose(next(key for key, line in page._lines.items() if line.provision is not None))
    assert words in page.foot.formula()


def test_the_plan_of_a_pupil_who_left_is_closed_and_nothing_follows(house: House) -> None:
    left = {"left_on": date(2026, 11, 13)}
    house.record(lambda place: place.session.record.save([Amend(Pupil, Folder.kian, left)], action="test", actor=place.session.actor))
    tab = house.plan(Folder.kian, stage="review")
    close = tab.findChild(CloseCycle)
    assert close is not None
    close.begin.click()
    house.settle()
    assert not close.next_due.isVisible()
    house.open("costed", pupil=Folder.kian)
    assert house.sees("Kian Osei left the school on 13 November 2026. The place is costed until then.")
    tab = house.open("pupil", pupil=Folder.kian, tab="provision").findChild(ProvisionTab)
    assert tab.table.count() == 1
    assert house.record(lambda place: place.session.record.get(Cycle, Folder.cycle).closed_on) is None


def test_a_review_more_than_a_year_on_is_told_at_its_field_and_what_was_typed_stays(house: House) -> None:
    tab = house.plan(Folder.kian, stage="plan")
    house.write("Day of the review", "1 2 2028", tab)
    house.press(Qt.Key.Key_Tab)
    assert house.sees("Choose a day for the review by 24 November 2027.", tab)
    assert house.record(lambda place: place.session.record.get(Cycle, Folder.cycle).review_due_on) == date(2026, 12, 3)


def test_days_of_a_place_in_the_wrong_order_are_told_and_stay_typed(house: House) -> None:
    tab = house.open("pupil", pupil=Folder.kian, tab="provision").findChild(ProvisionTab)
    tab.table.choose(Folder.talk)
    tab.days.click()
    house.settle()
    sheet(house).form.show_typed({"starts_on": "1 11 2026", "ends_on": "1 10 2026"})
    sheet(house).save()
    house.settle()
    assert sheet(house).form.typed()["starts_on"] == "1 November 2026"
    assert sheet(house).form.summary.isVisible()

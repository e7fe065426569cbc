"""The review meeting in the real window: one pupil, a group, what is typed and kept, and what stands beside a closed plan."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sencoapp.app import Workplace
from sencoapp.domain.plan import Cycle, Outcome
from sencoapp.domain.reviews import Meeting, PlanCopy
from sencoapp.services import plans, provision, reviewing
from tests.places import add_pupil
from ui.pages.review_form import ReviewForm
from ui.tasks import Desk

from .plan_house import House


def two_plans(place: Workplace) -> None:
    ids = []
    for surname, forename in (("Osei", "Kian"), ("Brennan", "Ava")):
        pupil = add_pupil(place, surname, forename)
        cycle, _ = plans.start_cycle(place.session, pupil.id, starts_on=date(2026, 9, 1), review_due_on=date(2026, 12, 10))
        plans.add_outcome(place.session, cycle.id, {"text": f"{forename} says four words together", "area": "ci"})
        ids.append(pupil.id)
    group = {"title": "Speech group", "wave": "targeted", "delivered_by": "Mrs Lee", "pence_per_hour": 1720, "minutes": 20}
    more = {"sessions_per_week": Decimal(2), "weeks": 10, "group_size": 4, "starts_on": date(2026, 9, 7)}
    provision.add_provision(place.session, {**group, **more}, ids)


@pytest.fixture
def house(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Iterator[House]:
    made = House(qtbot, desk, tmp_path, two_plans)
    yield made
    made.close()


def fill_in(form: ReviewForm) -> None:
    """Everything that closing asks for."""
    (outcome,) = form.outcomes.values()
    outcome.rating.choose("some")
    outcome.next.choose("continue")
    for _, area in form.views.values():
        area.set_words("It goes well")
    form.texts["decision"].set_words("Go on")


def test_a_review_is_opened_from_the_plan_saved_and_undone(house: House) -> None:
    kian, cycle = house.record(lambda place: [(each.pupil, each.id) for each in place.session.record.find(Cycle)])[0]
    tab = house.plan(kian, stage="review")
    assert house.sees("Met 0 of 3 this year", tab)
    house.click("Hold the review meeting", tab)
    page = house.shell.findChild(ReviewForm).window().findChild(ReviewForm)
    assert [each.name.text() for each in page.people] == ["Kian Osei", "Mrs Ruth Adeyemi"]
    page._one_more()
    house.enter("Mrs Osei")
    page.people[-1].role.choose("parent")
    fill_in(page)
    house.click("Save the review")
    (meeting,) = house.record(lambda place: place.session.record.find(Meeting))
    assert [(each.name, each.role) for each in meeting.attendees][-1] == ("Mrs Osei", "parent")
    assert house.record(lambda place: reviewing.parents_met(place.session, kian)) == 1
    house.undo()
    assert house.record(lambda place: place.session.record.find(Meeting)) == []
    assert house.record(lambda place: place.session.record.get(Cycle, cycle)).reviewed_on is None


def test_a_group_is_closed_at_once_and_what_is_missing_is_said_at_its_pupil(house: House) -> None:
    page = house.open("review")
    assert house.sees("Choose the pupils whose plans are reviewed, or a group.", page)
    page.group.choose(next(iter(page._groups)))
    page._take_group(page.group.value())
    house.settle()
    assert [each.case.pupil.name for each in page.forms.values()] == ["Ava Brennan", "Kian Osei"]
    first, second = page.forms.values()
    fill_in(first)
    house.click("Save and close 2 plans", page)
    assert page._stack.currentWidget().isAncestorOf(second)
    assert house.sees("This cycle cannot close yet.", second)
    fill_in(second)
    house.click("Save and close 2 plans", page)
    cycles = house.record(lambda place: place.session.record.find(Cycle))
    assert sorted((each.number, each.closed_on is not None) for each in cycles) == [(1, True), (1, True), (2, False), (2, False)]
    assert len(house.record(lambda place: [each for each in place.session.record.find(Outcome) if each.carried_from])) == 2


def test_what_is_typed_in_a_review_is_there_after_the_page_was_left(house: House) -> None:
    kian = house.record(lambda place: place.session.record.find(Cycle))[0].pupil
    house.open("review", pupils=(kian,))
    form = house.shell.findChild(ReviewForm)
    form.texts["decision"].set_words("A sentence nobody wants to lose")
    form._draft.keep()
    house.settle()
    house.open("plans")
    page = house.open("review", pupils=(kian,))
    (again,) = page.forms.values()
    house.settle()
    assert again is not form
    assert again.texts["decision"].words() == "A sentence nobody wants to lose"
    assert again.restored.isVisible()
    house.click("Discard", again)
    assert again.texts["decision"].words() == ""


def test_beside_a_closed_plan_stand_its_corrections_and_the_copies_that_were_given(house: House) -> None:
    def close(place: Workplace) -> object:
        cycle = place.session.record.find(Cycle)[0]
        (outcome,) = place.session.record.find(Outcome, cycle=cycle.id)
        said = reviewing.Said(text="Good")
        review = reviewing.Reviewed(
            cycle.id,
            date(2026, 11, 20),
            views={"pupil": said, "parents": said},
            outcomes={outcome.id: reviewing.OutcomeReviewed("some")},
            decision="Go on",
            close=True,
        )
        return reviewing.save_reviews(place.session, [review])

    house.record(close)
    cycle = house.record(lambda place: place.session.record.find(Cycle))[0]
    tab = house.plan(cycle.pupil, cycle=cycle.id)
    house.click("Correct this plan", tab)
    house.write("What it should say", "It was nearly met")
    house.write("Why", "The sample was of another day")
    house.click("Save the correction")
    assert house.sees("Outcome 1: It was nearly met", tab)
    assert house.sees("Mrs Ruth Adeyemi, 24 November 2026. Reason: The sample was of another day", tab)
    house.click("Note a copy that was given", tab)
    house.write("Given to", "Mrs Osei")
    house.click("Save")
    assert [each.given_to for each in house.record(lambda place: place.session.record.find(PlanCopy))] == ["Mrs Osei"]
    assert house.sees("Mrs Osei, 24 November 2026", tab)

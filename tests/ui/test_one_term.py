"""One term of class 4M in the real window and the real store: notes, a plan, a group that is ticked, what it cost, the review."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from sencoapp.app import Workplace
from sencoapp.domain.delivery import SessionMark
from sencoapp.domain.plan import Cycle, Observation, Outcome
from sencoapp.domain.reviews import Meeting
from sencoapp.services import plans, rates
from sencoapp.services.pupils import find_pupils
from tests.places import add_pupil, set_clock
from ui.pages.quick_entry import QuickEntry
from ui.pages.review_form import ReviewForm
from ui.pages.sessions import SessionsPage
from ui.tasks import Desk

from .plan_house import House

NOTE = "Sat at the edge of the carpet and asked for the picture cards."
GROUP = "Talk Boost"


def class_4m(place: Workplace) -> None:
    """The class in September: two pupils with SEN support, and what an hour of a teaching assistant costs."""
    set_clock(place, at(date(2026, 9, 14)))
    add_pupil(place, "Osei", "Kian")
    add_pupil(place, "Brennan", "Ava")
    rates.set_staff_rate(place.session, "Teaching assistant", 1720, date(2026, 9, 1))


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


@pytest.fixture
def house(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Iterator[House]:
    made = House(qtbot, desk, tmp_path, class_4m)
    yield made
    made.close()


def it_is(house: House, day: date) -> None:
    house.record(lambda place: set_clock(place, at(day)))


def test_one_term_of_one_class(house: House) -> None:
    kian = house.record(lambda place: find_pupils(place.session.record, "osei")[0]).id
    a_teacher_notes_what_happened_to_two_children(house)
    the_senco_makes_a_plan_from_it(house, kian)
    the_group_runs_and_is_ticked(house)
    the_map_says_what_it_cost_so_far(house)
    the_plan_is_reviewed_with_the_parents(house, kian)
    assert all(each.sound for each in house.record(lambda place: place.session.record.verify()))


def a_teacher_notes_what_happened_to_two_children(house: House) -> None:
    house.open("pupils")
    house.shortcut("Ctrl+N")
    form = next(each for each in house.shell.findChildren(QuickEntry) if each.isVisible()).form
    for name in ("kia", "ava"):
        form.pupil.setFocus()
        house.enter(name)
        house.settle()
        house.press(Qt.Key.Key_Return)
    form.text.setFocus()
    house.enter(NOTE)
    house.press(Qt.Key.Key_Return, control=True)
    assert len(house.record(lambda place: place.session.record.find(Observation))) == 2


def the_senco_makes_a_plan_from_it(house: House, kian: str) -> None:
    tab = house.plan(kian)
    house.button("Start the first cycle").setFocus()
    house.press(Qt.Key.Key_Return)
    house.shortcut("Ctrl+Return")
    house.write("Summary", "Kian follows a lesson when it is seen as well as heard.", tab)
    house.named(QLineEdit, "Find in notes and documents", tab).setFocus()
    house.enter("carpet")
    [tick] = [each for each in tab.stage_page("assess").findChildren(QAbstractButton) if NOTE in each.accessibleName()]
    house.qtbot.mouseClick(tick, Qt.MouseButton.LeftButton)
    house.settle()
    house.click("Assessment finished", tab)
    house.click("Add the first outcome", tab)
    house.enter("Joins a game with two other children for ten minutes")
    house.click("Area of need: Communication and interaction")
    house.shortcut("Ctrl+Return")
    house.click("Add provision: Outcome 1", tab)
    house.enter(GROUP)
    for name, words in (("Who gives it", "Mrs Lacey"), ("Sessions a week", "2"), ("Minutes each", "30"), ("Pupils in the group", "1")):
        house.write(name, words)
    house.shortcut("Ctrl+Return")
    house.write("Strategies", "Say the name first.", tab)
    house.click("Plan agreed", tab)
    assert house.sees("2 sessions a week of 30 minutes with Mrs Lacey", tab)


def the_group_runs_and_is_ticked(house: House) -> None:
    """Two weeks: it ran three times, and once the adult was away."""
    for day, press in ((15, "Ran"), (17, "Ran"), (22, "Missed"), (24, "Ran")):
        it_is(house, date(2026, 9, day))
        page = house.open("sessions")
        assert isinstance(page, SessionsPage)
        page.table.choose(next(key for key, each in page._sessions.items() if each.provision.title == GROUP))
        house.settle()
        house.click(press, page)
        if press == "Missed":
            house.click("Why it was missed: Staff absent", page)
    held = [each.minutes for each in house.record(lambda place: place.session.record.find(SessionMark))]
    assert sorted(held) == [0, 30, 30, 30]


def the_map_says_what_it_cost_so_far(house: House) -> None:
    """Three half hours at £17.20 are £25.80."""
    page = house.open("provision")
    words = " ".join(
        str(page.table.model().index(row, column).data() or "")  # type: ignore[attr-defined]
        for row in range(page.table.model().rowCount())  # type: ignore[attr-defined]
        for column in range(page.table.model().columnCount())  # type: ignore[attr-defined]
    )
    assert "£25.80" in words
    assert "3 of" in words


def the_plan_is_reviewed_with_the_parents(house: House, kian: str) -> None:
    it_is(house, date(2026, 12, 3))
    tab = house.plan(kian, stage="review")
    house.click("Hold the review meeting", tab)
    form = house.shell.findChild(ReviewForm)
    form._one_more()
    house.enter("Mrs Osei")
    form.people[-1].role.choose("parent")
    (outcome,) = form.outcomes.values()
    outcome.rating.choose("nearly")
    outcome.next.choose("continue")
    for words, (_, area) in zip(("I like the cards.", "He talks about the game."), form.views.values(), strict=True):
        area.set_words(words)
    form.texts["decision"].set_words("The plan goes on.")
    house.click("Save and close the plan")
    first, second = house.record(lambda place: plans.cycles_of(place.session.record, kian))
    assert (first.closed_on, second.closed_on) == (date(2026, 12, 3), None)
    assert len(house.record(lambda place: place.session.record.find(Meeting))) == 1
    carried = house.record(lambda place: place.session.record.find(Outcome, cycle=second.id))
    assert [each.text for each in carried] == ["Joins a game with two other children for ten minutes"]
    assert house.record(lambda place: place.session.record.get(Cycle, first.id)).decision == "The plan goes on."

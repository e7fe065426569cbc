"""Words of a plan that leave something open are named below the text, while it is typed and when it is shown; nothing is blocked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from sencoapp.app import Workplace
from sencoapp.domain.plan import Cycle, Outcome
from sencoapp.services import plans
from sencoapp.services.history import history_of
from sencoapp.services.request_facts import gather_facts
from sencoapp.services.requests import start_request
from tests.places import add_pupil
from ui.pages.plan_words import wording
from ui.tasks import Desk

from .plan_house import House


@pytest.fixture
def house(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Iterator[House]:
    def fill(place: Workplace) -> None:
        pupil = add_pupil(place).id
        cycle, _ = plans.start_cycle(place.session, pupil)
        plans.add_outcome(place.session, cycle.id, {"text": "Reads 40 of 50 words"})
        pupils.append(pupil)

    pupils: list[str] = []
    made = House(qtbot, desk, tmp_path, fill)
    made.pupil = pupils[0]  # type: ignore[attr-defined]
    yield made
    made.close()


def test_strategies_and_outcomes_say_what_they_leave_open_and_are_saved_all_the_same(house: House) -> None:
    tab = house.plan(house.pupil, stage="plan")  # type: ignore[attr-defined]
    hint = tab.stage_page("plan").open_words  # type: ignore[attr-defined]
    assert hint.isHidden()
    house.write(wording("label_strategies"), "Adult support as required.", tab)
    assert hint.isVisible()
    assert "Adult support" in hint.words.text()
    assert "how often" in hint.words.text()
    assert "1 more" in hint.words.text()
    house.click("Add an outcome", tab)
    house.enter("Kian will improve his reading.")
    assert house.sees("“improve”")
    house.shortcut("Ctrl+Return")
    found = house.record(lambda place: [each.text for each in place.session.record.find(Outcome)])
    assert "Kian will improve his reading." in found
    said = house.record(_vague)
    assert said[0].endswith("“improve”")
    assert any(each.endswith("“as required”") for each in said)


def _vague(place: Workplace) -> tuple[str, ...]:
    request, _ = start_request(place.session, place.session.record.find(Outcome)[0].pupil)
    return gather_facts(place.session, request).vague_wording


def test_the_structured_form_begins_with_what_is_there_and_its_sentence_takes_the_place_of_the_old_one(house: House) -> None:
    tab = house.plan(house.pupil, stage="plan")  # type: ignore[attr-defined]
    stage = tab.stage_page("plan")
    area = stage.strategies.area  # type: ignore[attr-defined]
    old = "Say his name first. Regular phonics with Mrs Hart. Sit near the front."
    house.write(wording("label_strategies"), old, tab)
    stage.open_words.exactly.setFocus()  # type: ignore[attr-defined]
    house.press(Qt.Key.Key_Return)
    assert house.named(QLineEdit, "Who gives it").text() == "Mrs Hart"
    assert house.named(QLineEdit, "What is worked on").text() == "phonics"
    assert house.sees("Not said there: in what group, how long, how often, until when")
    for name, words in (("In what group", "1"), ("How long", "20"), ("How often", "3"), ("Until when", "18 12 2026")):
        house.write(name, words)
    sentence = "Mrs Hart works with Kian on phonics, one to one, for 20 minutes, 3 times a week, until 18 December 2026."
    assert house.sees(sentence)
    house.shortcut("Ctrl+Return")
    assert area.words() == f"Say his name first. {sentence} Sit near the front."
    assert area.hasFocus()
    area.undo()
    assert area.words() == old
    area.redo()
    stage.strategies.commit()  # type: ignore[attr-defined]
    house.settle()
    (cycle,) = house.record(lambda place: place.session.record.find(Cycle))
    assert cycle.strategies == area.words()
    past = house.record(lambda place: history_of(place.session, "cycle", cycle.id, field="strategies"))
    assert [each.after for each in past.changes] == [area.words(), old]


def test_an_outcome_that_leaves_something_open_leads_to_its_sentence(house: House) -> None:
    tab = house.plan(house.pupil, stage="plan")  # type: ignore[attr-defined]
    house.click("Add an outcome", tab)
    house.enter("Kian will improve his reading.")
    house.click("Say it exactly")
    assert house.focus().accessibleName() == "Kian will"

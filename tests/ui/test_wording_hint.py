"""Words of a plan that leave something open are named below the text, while it is typed and when it is shown; nothing is blocked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sencoapp.app import Workplace
from sencoapp.domain.plan import Outcome
from sencoapp.services import plans
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

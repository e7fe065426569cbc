"""A plan saved as a file and taken in again, in the real window."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import docx
import pytest
from pytestqt.qtbot import QtBot

from sencoapp.app import Workplace
from sencoapp.domain.casework import Disclosure
from sencoapp.domain.plan import Cycle, Outcome
from sencoapp.services import plan_files, plans
from sencoapp.services.ports import RegisterQuery
from tests.places import add_pupil
from ui.pages.plan_file_sheet import TakeInPlan, open_plan_file
from ui.tasks import Desk
from ui.widgets import Pick

from .plan_house import House


def kian_and_ava(place: Workplace) -> None:
    kian = add_pupil(place)
    add_pupil(place, "Brennan", "Ava", birth_date=date(2017, 1, 1))
    cycle, _ = plans.start_cycle(place.session, kian.id, starts_on=date(2026, 9, 1), review_due_on=date(2026, 12, 10))
    plans.add_outcome(place.session, cycle.id, {"text": "Kian joins a game"})


@pytest.fixture
def house(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Iterator[House]:
    made = House(qtbot, desk, tmp_path, kian_and_ava)
    yield made
    made.close()


def saved_plan(house: House, folder: Path) -> tuple[Path, Cycle]:
    """The plan of Kian, saved by the window."""
    cycle = house.record(lambda place: place.session.record.find(Cycle))[0]
    tab = house.plan(cycle.pupil)
    path = folder / "kian.json"
    assert tab.file is not None
    tab.file.ask_where = lambda _owner, _title, _name, _kind, then: then(path)
    tab.file.save()
    house.settle()
    return path, cycle


def test_a_plan_is_saved_and_it_is_noted_that_it_left(house: House, tmp_path: Path) -> None:
    path, cycle = saved_plan(house, tmp_path)
    assert plan_files.read_plan_file(path.read_bytes()).plan.outcomes[0].text == "Kian joins a game"
    (noted,) = house.record(lambda place: place.session.record.find(Disclosure))
    assert (noted.pupil, noted.what) == (cycle.pupil, "Plan 1 of Kian Osei")


def test_a_plan_is_looked_at_before_it_is_taken_in_and_goes_to_nobody_else(house: House, tmp_path: Path) -> None:
    path, cycle = saved_plan(house, tmp_path)
    page = house.open("plans")
    open_plan_file(house.room, page, path)
    house.settle()
    sheet = house.shell.findChild(TakeInPlan)
    assert house.sees("The file is a plan of Kian Osei, born 3 February 2018", sheet)
    assert house.sees("The pupil is known here", sheet)
    assert sheet.known.value() == cycle.pupil
    house.shortcut("Ctrl+Return")
    assert house.sees("A cycle is open already. Close it before you start the next.", sheet)
    ava = house.record(lambda place: next(each for each in place.session.record.register(RegisterQuery()) if each.name == "Ava Brennan"))
    sheet.picker.choose(Pick(ava.id, ava.name))
    house.shortcut("Ctrl+Return")
    assert house.sees("The plan is of Kian Osei. Nothing of it agrees with Ava Brennan", sheet)
    assert len(house.record(lambda place: place.session.record.find(Outcome))) == 1


def test_a_file_that_is_no_plan_is_one_sentence(house: House, tmp_path: Path) -> None:
    (tmp_path / "letter.json").write_text("{}")
    page = house.open("plans")
    open_plan_file(house.room, page, tmp_path / "letter.json")
    house.settle()
    assert house.sees("This file is no plan that another school saved.")


def test_a_plan_is_saved_as_word_and_it_is_noted_that_it_left(house: House, tmp_path: Path) -> None:
    cycle = house.record(lambda place: place.session.record.find(Cycle))[0]
    tab = house.plan(cycle.pupil)
    asked: list[str] = []

    def where(_owner: object, _title: str, name: str, kind: str, then: Callable[[Path], None]) -> None:
        asked.extend((name, kind))
        then(tmp_path / "kian")

    tab.paper.ask_where = where
    tab.paper.word_button.click()
    house.settle()
    made = tmp_path / "kian.docx"
    assert asked == ["SEN support plan 1, Kian Osei.docx", "Word (*.docx)"]
    headings = [each.text for each in docx.Document(str(made)).paragraphs if each.style.name.startswith("Heading")]
    assert headings[0] == "SEN support plan 1: Kian Osei"
    assert "Outcomes" in headings
    (noted,) = house.record(lambda place: place.session.record.find(Disclosure))
    assert (noted.pupil, noted.what) == (cycle.pupil, "SEN support plan 1: Kian Osei")

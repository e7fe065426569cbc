"""Measures in the window, by keyboard: a measure is chosen, a sentence composed, values added, the chart walked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTextEdit
from pytestqt.qtbot import QtBot

from sencoapp.app import Workplace
from sencoapp.domain.plan import DataPoint, Outcome
from sencoapp.services import measuring, plans
from tests.places import add_pupil
from ui.pages.export_sheet import ExportSheet
from ui.pages.plan_close import CloseCycle
from ui.pages.plan_measure import MeasurePanel
from ui.pages.plan_outcome_sheet import OutcomeForm
from ui.tasks import Desk
from ui.widgets import Choice, MeasureChart

from .plan_house import House

BEGAN = date(2026, 9, 7)


class Kian:
    def __init__(self, place: Workplace, *, measured: bool) -> None:
        self.id = add_pupil(place).id
        session = place.session
        cycle, _ = plans.start_cycle(session, self.id, starts_on=BEGAN, review_due_on=date(2026, 12, 18))
        plans.change_cycle(session, cycle, replace(cycle, assessed_on=BEGAN, planned_on=BEGAN))
        values = {"text": "Reads a Year 3 text"}
        if measured:
            values |= {"unit": "count", "counts": "words a minute", "baseline": "40", "baseline_on": BEGAN, "target": "70"}
            values |= {"by_on": date(2026, 12, 18)}
        outcome, _ = plans.add_outcome(session, cycle.id, values)
        if measured:
            measuring.add_value(session, outcome.id, "51", date(2026, 10, 12))
            measuring.add_value(session, outcome.id, "52", date(2026, 10, 19))
        self.outcome = outcome.id


@pytest.fixture
def kian() -> list[Kian]:
    return []


@pytest.fixture
def house(qtbot: QtBot, desk: Desk, tmp_path: Path, kian: list[Kian], request: pytest.FixtureRequest) -> Iterator[House]:
    made = House(qtbot, desk, tmp_path, lambda place: kian.append(Kian(place, measured=getattr(request, "param", False))))
    yield made
    made.close()


measured = pytest.mark.parametrize("house", [True], indirect=True)


def test_a_measure_is_chosen_and_a_sentence_composed_and_taken_back(house: House, kian: list[Kian]) -> None:
    tab = house.plan(kian[0].id)
    tab.go_to_stage("do")
    house.settle()
    assert house.sees("not measured in a unit yet", tab)
    house.button("Choose a measure: Outcome 1", tab).setFocus()
    house.press(Qt.Key.Key_Return)
    form = house.shell.findChild(OutcomeForm)
    assert form is not None
    form.unit.setFocus()
    form.unit.choose("count")
    house.write("What is counted", "words a minute")
    house.write("Now", "38, 41, 40")
    house.write("Since", "7 9 2026")
    house.write("Aim", "70")
    house.write("By when", "18 12 2026")
    house.write("How it is measured", "a weekly one-minute read")
    house.write("Kian will", "read aloud a Year 3 text at")
    sentence = (
        "By 18 December 2026 Kian will read aloud a Year 3 text at 70 words a minute, from 40 words a minute on 7 September 2026,"
        " as measured by a weekly one-minute read."
    )
    assert form.smart.preview.text() == sentence
    form.smart.use.setFocus()
    house.press(Qt.Key.Key_Return)
    assert form.text.words() == sentence
    assert isinstance(house.focus(), QTextEdit)
    form.text.undo()
    assert form.text.words() == "Reads a Year 3 text"
    form.text.redo()
    house.shortcut("Ctrl+Return")
    kept = house.record(lambda place: place.session.record.get(Outcome, kian[0].outcome))
    assert kept is not None
    assert (kept.text, kept.baseline, kept.target) == (sentence, "40 words a minute (the middle of 38, 41, 40)", "70 words a minute")
    assert house.sees("The baseline is 40 words a minute on 7 September 2026. Nothing has been measured since.", tab)


def test_what_does_not_fit_the_measure_is_told_at_its_field_and_kept(house: House, kian: list[Kian]) -> None:
    house.plan(kian[0].id)
    tab = house.plan(kian[0].id)
    tab.context.change_outcome(tab.context.case.page.outcomes[0])  # type: ignore[union-attr]
    house.settle()
    form = house.shell.findChild(OutcomeForm)
    assert form is not None
    form.unit.choose("reading_age")
    house.write("Now", "12 minutes")
    house.shortcut("Ctrl+Return")
    assert house.sees("“12 minutes” reads like “How long”, and this is measured as “Reading age”")
    assert form.lines["baseline"].text() == "12 minutes"
    house.write("Now", "7y 3m")
    house.write("By when", "1 9 2026")
    house.write("Aim", "7y 9m")
    house.shortcut("Ctrl+Return")
    assert house.sees("The target is for 1 September 2026, and the baseline is of")
    house.write("By when", "")
    house.shortcut("Ctrl+Return")
    kept = house.record(lambda place: place.session.record.get(Outcome, kian[0].outcome))
    assert kept is not None
    assert (kept.baseline, kept.target, kept.unit) == ("7 years 3 months", "7 years 9 months", "reading_age")


@measured
def test_a_value_is_added_by_keyboard_and_the_chart_and_its_table_follow(house: House, kian: list[Kian]) -> None:
    tab = house.plan(kian[0].id)
    tab.go_to_stage("do")
    house.settle()
    house.button("Add a value: Outcome 1", tab).setFocus()
    house.press(Qt.Key.Key_Return)
    house.write("Words a minute", "58")
    house.write("Day", "9 11 2026")
    house.shortcut("Ctrl+Return")
    panel = tab.findChild(MeasurePanel)
    assert panel is not None
    assert panel.table is not None
    assert panel.chart is not None
    assert panel.table.count() == 3
    assert house.sees("1 of the last 3 are at or above the aim line", tab)
    assert [each.value for each in house.record(lambda place: place.session.record.find(DataPoint))][-1] == "58 words a minute"


@measured
def test_a_value_before_the_baseline_is_told_and_nothing_is_lost(house: House, kian: list[Kian]) -> None:
    tab = house.plan(kian[0].id)
    tab.go_to_stage("do")
    house.settle()
    house.click("Add a value: Outcome 1", tab)
    house.write("Words a minute", "58")
    house.write("Day", "1 9 2026")
    house.shortcut("Ctrl+Return")
    assert house.sees("1 September 2026 lies before the baseline of 7 September 2026")
    assert house.named(QLineEdit, "Words a minute").text() == "58"


@measured
def test_the_chart_says_what_it_shows_and_is_walked_with_the_arrow_keys(house: House, kian: list[Kian]) -> None:
    tab = house.plan(kian[0].id)
    tab.go_to_stage("do")
    house.settle()
    chart = tab.findChild(MeasureChart)
    assert chart is not None
    assert "Chart of Words a minute" in chart.accessibleName()
    assert "From 40 words a minute to 52 words a minute in 6 weeks" in chart.accessibleDescription()
    chart.setFocus()
    said = []
    for _ in range(5):
        house.press(Qt.Key.Key_Right)
        spot = chart.at()
        assert spot is not None
        said.append(spot.said)
    assert said == [
        "Baseline 40, 7 September 2026",
        "51, 12 October 2026",
        "52, 19 October 2026, not at the aim yet",
        "Target 70, 18 December 2026",
        "Target 70, 18 December 2026",
    ]
    house.press(Qt.Key.Key_Home)
    assert chart.at() is not None


def test_the_unit_of_an_outcome_is_offered_by_its_name(house: House, kian: list[Kian]) -> None:
    tab = house.plan(kian[0].id)
    tab.context.change_outcome(tab.context.case.page.outcomes[0])  # type: ignore[union-attr]
    house.settle()
    unit = house.named(Choice, "Measured in")
    assert unit.itemText(0) == "Words, no unit"
    assert unit.findText("Standardised score") > 0


@measured
def test_the_plan_says_in_words_where_each_stage_stands_and_that_it_is_saved(house: House, kian: list[Kian]) -> None:
    tab = house.plan(kian[0].id)
    assert [each.accessibleName() for each in tab.cards.cards.values()] == [
        "Assess, Complete, 7 September 2026",
        "Plan, Complete, Agreed 7 September 2026",
        "Do, In progress, Week 12 · 0 notes",
        "Review, Not started, Friday 18 December 2026",
    ]
    assert house.sees("In progress", tab)
    assert "Saved on this computer" in tab.saved_state.words()
    tab.go_to_stage("review")
    house.settle()
    assert tab.saved_state.isVisible()


@measured
def test_a_stage_that_is_not_needed_says_why_and_can_be_taken_up_again(house: House, kian: list[Kian]) -> None:
    tab = house.plan(kian[0].id, stage="review")
    house.button("Review: not needed in this cycle", tab).setFocus()
    house.press(Qt.Key.Key_Return)
    house.shortcut("Ctrl+Return")
    assert house.sees("Say in a few words why this stage is not needed.")
    house.write("Why it is not needed", "He left the school in November.")
    house.shortcut("Ctrl+Return")
    assert tab.cards.cards["review"].accessibleName() == "Review, Not needed, He left the school in November."
    assert house.sees("Review is not needed in this cycle: He left the school in November.", tab)
    house.click("It is needed after all", tab)
    assert tab.cards.cards["review"].accessibleName().startswith("Review, Not started")
    house.undo()
    assert house.sees("Review is not needed in this cycle", tab)


@measured
def test_a_cycle_whose_review_is_not_needed_can_be_closed(house: House, kian: list[Kian]) -> None:
    tab = house.plan(kian[0].id, stage="review")
    house.button("Review: not needed in this cycle", tab).setFocus()
    house.press(Qt.Key.Key_Return)
    house.write("Why it is not needed", "He moved to another plan.")
    house.shortcut("Ctrl+Return")
    close = tab.findChild(CloseCycle)
    assert close is not None
    assert close.begin.isVisible()
    close.begin.click()
    house.settle()
    assert close.form.isVisible()


@measured
def test_the_values_of_an_outcome_go_out_by_ctrl_e_from_their_table(house: House, kian: list[Kian], tmp_path: Path) -> None:
    tab = house.plan(kian[0].id)
    tab.go_to_stage("do")
    house.settle()
    panel = tab.findChild(MeasurePanel)
    assert panel is not None
    assert panel.table is not None
    panel.table.setFocus()
    house.shell.activateWindow()
    house.qtbot.waitUntil(house.shell.isActiveWindow)
    house.qtbot.keyClick(panel.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    house.settle()
    body = next(each for each in house.shell.findChildren(ExportSheet) if each.isVisible())
    body.kind.choose("csv")
    body.ask_where = lambda *asked: asked[-1](tmp_path / "values")
    body.submit()
    house.settle()
    written = (tmp_path / "values.csv").read_text("utf-8-sig")
    assert written.splitlines()[0] == "Day,Value,As a number,On the aim line,On the line or better,Measured by"
    assert len(written.splitlines()) == 3

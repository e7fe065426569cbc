"""A cycle in the window: from no plan to a closed cycle with the next one open, and what must not be lost on the way."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from sencoapp.app import Workplace
from sencoapp.domain.effect import ProvisionMeasure
from sencoapp.domain.plan import Cycle, EvidenceLink, Outcome, View
from sencoapp.domain.provision import ProvisionPlace
from sencoapp.services import effect, observations, plans, provision, rates
from tests.places import add_pupil
from ui.pages.plan import PlanTab
from ui.pages.plan_case import cycle_form
from ui.tasks import Desk

from .plan_house import House

NOTES = ("Left the carpet when the instructions changed.", "Explained the rules of the game to a new child.")


class Kian:
    """A pupil with two notes; ``plan`` gives him an agreed plan as well."""

    def __init__(self, place: Workplace, *, plan: bool = False) -> None:
        self.id = add_pupil(place).id
        session = place.session
        rates.set_staff_rate(session, "Teaching assistant", 1720, date(2026, 9, 1))
        for text in NOTES:
            observations.record_observation(session, pupils=[self.id], text=text, kind="concern", happened_on=date(2026, 11, 20))
        self.cycle = ""
        if plan:
            cycle, _ = plans.start_cycle(session, self.id, starts_on=date(2026, 9, 8), review_due_on=date(2026, 12, 3))
            outcome, _ = plans.add_outcome(session, cycle.id, {"text": "Joins a game for ten minutes", "baseline": "2", "target": "10"})
            wanted = replace(cycle, assess_summary="Follows what is seen.", assessed_on=date(2026, 9, 9), planned_on=date(2026, 9, 11))
            plans.change_cycle(session, cycle, wanted)
            self.cycle, self.outcome = cycle.id, outcome.id


@pytest.fixture
def kian() -> list[Kian]:
    return []


@pytest.fixture
def house(qtbot: QtBot, desk: Desk, tmp_path: Path, kian: list[Kian], request: pytest.FixtureRequest) -> Iterator[House]:
    made = House(qtbot, desk, tmp_path, lambda place: kian.append(Kian(place, plan=getattr(request, "param", False))))
    yield made
    made.close()


with_a_plan = pytest.mark.parametrize("house", [True], indirect=True)


def test_a_whole_cycle_from_no_plan_to_closed_and_the_next_one_open(house: House, kian: list[Kian]) -> None:
    pupil = kian[0].id
    tab = house.plan(pupil)
    assert house.sees("No plan yet")
    house.button("Start the first cycle").setFocus()
    house.press(Qt.Key.Key_Return)
    house.shortcut("Ctrl+Return")

    # Assess: by keyboard
    house.write("Summary", "Kian follows a lesson when it is seen as well as heard.", tab)
    house.named(QLineEdit, "Find in notes and documents", tab).setFocus()
    house.enter("carpet")
    ticks = [each for each in tab.stage_page("assess").findChildren(QAbstractButton) if NOTES[0] in each.accessibleName()]
    assert len(ticks) == 1
    ticks[0].setFocus()
    house.press(Qt.Key.Key_Space)
    assert house.sees("1 picked", tab)
    house.click("Assessment finished", tab)

    # Plan: outcome and provision in sheets, the rest on the page
    house.click("Add the first outcome", tab)
    house.enter("Joins a game with two other children for ten minutes")
    house.click("Area of need: Communication and interaction")
    house.write("Now", "2 minutes")
    house.write("Aim", "10 minutes")
    house.write("How it is measured", "Counted twice a week")
    house.shortcut("Ctrl+Return")
    assert house.sees("Joins a game with two other children", tab)
    assert house.sees("1 outcome has no provision yet", tab)
    house.click("Add provision: Outcome 1", tab)
    house.enter("Talk Boost")
    for name, words in (("Who gives it", "Mrs Lacey"), ("Sessions a week", "3"), ("Minutes each", "30"), ("Pupils in the group", "4")):
        house.write(name, words)
    house.settle()
    assert house.sees("3 sessions × 30 minutes × £17.20 an hour × 12 weeks ÷ 4 pupils = £77.40")
    house.shortcut("Ctrl+Return")
    assert house.sees("£77.40", tab)
    assert not house.sees("1 outcome has no provision yet", tab)
    house.write("Strategies", "Say the name first.", tab)
    house.write("Agreed with", "Mrs Osei", tab)
    house.click("Plan agreed", tab)

    # Do: a note by quick entry, ticked as evidence
    assert house.sees("3 sessions a week of 30 minutes with Mrs Lacey, in a group of 4, for 12 weeks", tab)
    house.click("Note with evidence", tab)
    house.enter("Played for six minutes with Ava and Zac.")
    house.shortcut("Ctrl+Return")
    assert house.sees("Played for six minutes with Ava and Zac.", tab)
    note = next(each for each in tab.stage_page("do").findChildren(QAbstractButton) if "six minutes" in each.accessibleName())
    house.qtbot.mouseClick(note, Qt.MouseButton.LeftButton)
    house.settle()
    house.click("Start the review", tab)

    # Review
    house.click("Close this cycle", tab)
    assert house.focus().accessibleName() == "A rating for each outcome"
    house.click("Outcome 1: How far it was met: Nearly met", tab)
    house.write("Outcome 1: What was reached", "9 minutes", tab)
    house.click("Outcome 1: What next: Continue", tab)
    house.write("What the pupil said", "I like the cards.", tab)
    house.click("Save the pupil's view", tab)
    house.click("The parents' view: Could not be asked", tab)
    house.write("Why it could not be asked", "Two letters and a call without an answer", tab)
    house.click("Save the parents' view", tab)
    house.write("What was decided", "The plan goes on.", tab)
    house.write("Who came", "Mr Mistry", tab)
    house.button("Close this cycle", tab).setFocus()
    house.settle()
    house.press(Qt.Key.Key_Return)
    assert house.sees("Cycle 1 is closed for good. Nothing in it can change afterwards.", tab)
    assert house.sees("Outcome 1 carries over", tab)
    assert house.sees("1 provision comes along.", tab)
    assert house.focus().accessibleName() == "Day of the next review"
    house.press(Qt.Key.Key_Return)
    assert not house.sees("Cycle 1 is closed. Cycle 2 is open.")
    house.press(Qt.Key.Key_Tab)
    house.press(Qt.Key.Key_Return)

    assert house.sees("Cycle 1 is closed. Cycle 2 is open.")
    first, second = house.record(lambda place: plans.cycles_of(place.session.record, pupil))
    assert first.closed_on == date(2026, 11, 24)
    assert (first.decision, first.review_attended_by, first.agreed_with) == ("The plan goes on.", "Mr Mistry", "Mrs Osei")
    assert first.assess_summary == "Kian follows a lesson when it is seen as well as heard."
    page = house.record(lambda place: plans.plan_page(place.session.record, first.id))
    assert [entry.text for _, entry in page.evidence] == [NOTES[0], "Played for six minutes with Ava and Zac."]
    assert {(each.whose, each.text or each.absent_because) for each in page.views} == {
        ("pupil", "I like the cards."),
        ("parents", "Two letters and a call without an answer"),
    }
    carried = house.record(lambda place: place.session.record.find(Outcome, cycle=second.id))
    assert [(each.text, each.baseline, each.rating) for each in carried] == [
        ("Joins a game with two other children for ten minutes", "9 minutes", None)
    ]
    assert len(house.record(lambda place: place.session.record.find(ProvisionPlace, cycle=second.id))) == 1
    assert tab.cycles.currentText().startswith("Cycle 2")
    assert all(each.sound for each in house.record(lambda place: place.session.record.verify()))


@with_a_plan
def test_a_closed_cycle_can_be_read_and_not_edited(house: House, kian: list[Kian]) -> None:
    def close(place: Workplace) -> None:
        session, cycle = place.session, kian[0].cycle
        outcome = session.record.find(Outcome, cycle=cycle)[0]
        plans.change_outcome(session, outcome, replace(outcome, rating="met", result="10 minutes"))
        for whose in ("pupil", "parents"):
            plans.record_view(session, kian[0].id, whose, text="It went well.", cycle=cycle)  # type: ignore[arg-type]
        shown = plans.plan_page(session.record, cycle).cycle
        plans.change_cycle(session, shown, replace(shown, decision="The plan goes on."))
        plans.close_cycle(session, cycle)

    house.record(close)
    tab = house.plan(kian[0].id, cycle=kian[0].cycle)
    assert house.sees("Cycle 1 was closed on Tuesday 24 November 2026. It can be read here, and cannot change.", tab)
    seen = {"assess": "Follows what is seen.", "plan": "Joins a game for ten minutes", "do": "Planned each week", "review": "10 minutes"}
    for stage, words in seen.items():
        house.qtbot.mouseClick(tab.cards.cards[stage], Qt.MouseButton.LeftButton)
        house.settle()
        assert house.sees(words, tab), stage
        assert list(_in_sight(tab, (QLineEdit, QTextEdit))) == [], stage
        assert {each.accessibleName() for each in _in_sight(tab, (QAbstractButton,)) if each.parentWidget() is not None} - {
            "Go to the open cycle",
            "Copy to other pupils",
            "Print",
            "Save this plan as a file for another school",
            "Save this plan as Word",
            "Note a copy that was given",
            "Correct this plan",
            *(card.accessibleName() for card in tab.cards.cards.values()),
        } == set(), stage
    house.click("Go to the open cycle", tab)
    assert tab.cycles.currentText().startswith("Cycle 2")


@with_a_plan
def test_what_is_missing_to_close_is_listed_and_each_line_leads_to_it(house: House, kian: list[Kian]) -> None:
    tab = house.plan(kian[0].id, stage="review")
    assert house.sees("Still to do before it can close", tab)
    for words, field in (
        ("A rating for each outcome", "Outcome 1: How far it was met: Met"),
        ("The pupil's view, or why it could not be asked", "What the pupil said"),
        ("The parents' view, or why it could not be asked", "What the parents said"),
        ("What was decided", "What was decided"),
    ):
        jump = next(each for each in tab.stage_page("review").closing.findChildren(QAbstractButton) if each.text() == words)
        house.qtbot.mouseClick(jump, Qt.MouseButton.LeftButton)
        house.settle()
        assert house.focus().accessibleName() == field


@with_a_plan
def test_what_is_typed_is_a_draft_at_once_and_comes_back_after_a_crash(house: House, kian: list[Kian]) -> None:
    tab = house.plan(kian[0].id, stage="assess")
    area = tab.stage_page("assess").summary.area
    area.setFocus()
    with house.qtbot.waitSignal(area.settled):
        house.enter("And in noise he loses the thread. ")
    house.settle()
    form = cycle_form(kian[0].cycle, "assess_summary")
    assert house.record(lambda place: place.session.record.draft(form)) == {"text": area.words()}
    assert house.record(lambda place: place.session.record.get(Cycle, kian[0].cycle)).assess_summary == "Follows what is seen."
    assert house.sees("Draft saved", tab)

    after_the_crash = PlanTab(house.room)
    house.qtbot.addWidget(after_the_crash)
    after_the_crash.show()
    after_the_crash.show_for(kian[0].id, stage="assess")
    house.settle()
    assert after_the_crash.stage_page("assess").summary.words() == area.words()
    assert house.sees("Draft restored.", after_the_crash)
    house.click("Discard the draft of “Summary”", after_the_crash)
    assert after_the_crash.stage_page("assess").summary.words() == "Follows what is seen."
    assert house.record(lambda place: place.session.record.draft(form)) is None
    after_the_crash.hide()


@with_a_plan
def test_a_text_is_saved_when_the_writer_goes_on_and_again_when_they_come_back(house: House, kian: list[Kian]) -> None:
    tab = house.plan(kian[0].id, stage="plan")
    for words in ("Say the name first.", "Say the name first. Wait."):
        house.write("Strategies", words, tab)
        house.named(QWidget, "Agreed with", tab).setFocus()
        house.settle()
        assert house.record(lambda place: place.session.record.get(Cycle, kian[0].cycle)).strategies == words
    entries = house.record(lambda place: place.session.record.history(Cycle, kian[0].cycle))
    first, second = [(entry.id, write) for entry in entries for write in entry.writes if write[2] == "strategies"]
    assert second[1][4] == (first[0],)  # it replaces the first, and does not stand beside it as if two people had written
    assert house.record(lambda place: place.session.record.draft(cycle_form(kian[0].cycle, "strategies"))) is None


@with_a_plan
def test_an_outcome_and_evidence_that_were_taken_away_come_back_by_undo(house: House, kian: list[Kian]) -> None:
    tab = house.plan(kian[0].id, stage="plan")
    house.click("Remove: Outcome 1", tab)
    assert house.sees("No outcomes yet", tab)
    house.undo()
    assert house.sees("Joins a game for ten minutes", tab)
    tab.go_to_stage("assess")
    tick = next(each for each in tab.stage_page("assess").findChildren(QAbstractButton) if NOTES[1] in each.accessibleName())
    for _ in range(2):
        house.qtbot.mouseClick(tick, Qt.MouseButton.LeftButton)
        house.settle()
    assert house.record(lambda place: place.session.record.find(EvidenceLink)) == []
    house.undo()
    assert tick.isChecked()
    assert len(house.record(lambda place: place.session.record.find(EvidenceLink))) == 1


@with_a_plan
def test_a_view_needs_words_or_a_reason_and_what_was_typed_stays(house: House, kian: list[Kian]) -> None:
    tab = house.plan(kian[0].id, stage="review")
    house.write("Said by (optional)", "Kian", tab)
    house.click("Save the pupil's view", tab)
    assert house.sees("There is a problem", tab)
    assert house.sees("Enter what was said, or why it could not be asked.", tab)
    assert house.named(QLineEdit, "Said by (optional)", tab).text() == "Kian"
    assert house.record(lambda place: place.session.record.find(View)) == []


@with_a_plan
def test_the_thread_is_dashed_where_a_link_is_missing_and_tied_once_it_is_there(house: House, kian: list[Kian]) -> None:
    tab = house.plan(kian[0].id, stage="plan")
    words = tab.thread_line.accessibleName()
    assert "Need: Speech, language and communication needs." in words
    assert "Outcome: 1 outcome." in words
    assert "Provision: none yet, missing" in words
    values = {"title": "Talk Boost", "wave": "targeted", "delivered_by": "Mrs Lacey", "pence_per_hour": 1720, "sessions_per_week": 3}
    values |= {"minutes": 30, "weeks": 12, "group_size": 4, "starts_on": date(2026, 9, 8)}
    owner = tab

    def give(place: Workplace) -> object:
        return provision.add_provision(place.session, values, [kian[0].id], cycle=kian[0].cycle, outcome=kian[0].outcome)

    house.room.do(owner, give)
    house.settle()
    assert "Provision: Talk Boost." in tab.thread_line.accessibleName()


@with_a_plan
def test_the_review_says_what_provision_of_the_cycle_did_where_it_was_measured(house: House, kian: list[Kian]) -> None:
    tab = house.plan(kian[0].id, stage="review")
    assert not house.sees("What provision did", tab)

    def measured(place: Workplace) -> None:
        given = {"title": "Talk Boost", "wave": "targeted", "delivered_by": "Mrs Lacey", "pence_per_hour": 1720, "sessions_per_week": 3}
        more = {"minutes": 30, "weeks": 12, "group_size": 4, "starts_on": date(2026, 9, 8)}
        made, _ = provision.add_provision(place.session, {**given, **more}, [kian[0].id], cycle=kian[0].cycle)
        for moment, day, value in ("entry", date(2026, 1, 12), "7y 3m"), ("exit", date(2026, 11, 20), "8y 3m"):
            effect.keep_measure(
                place.session, ProvisionMeasure("", kian[0].id, made.id, moment, day, "Salford", "reading_age", value=value)
            )

    house.record(measured)
    tab = house.plan(kian[0].id, stage="review")
    assert house.sees("What provision did", tab)
    assert house.sees("Talk Boost: from 7 years 3 months to 8 years 3 months", tab)


@with_a_plan
def test_the_day_of_the_review_cannot_be_before_the_plan_began(house: House, kian: list[Kian]) -> None:
    tab = house.plan(kian[0].id, stage="plan")
    house.write("Day of the review", "1 9 2026", tab)
    house.press(Qt.Key.Key_Tab)
    assert house.sees("The review is before the plan began. Check the date.", tab)
    assert house.record(lambda place: place.session.record.get(Cycle, kian[0].cycle)).review_due_on == date(2026, 12, 3)
    house.write("Day of the review", "11 dec 26", tab)
    house.press(Qt.Key.Key_Tab)
    assert house.record(lambda place: place.session.record.get(Cycle, kian[0].cycle)).review_due_on == date(2026, 12, 11)


@with_a_plan
def test_everything_that_takes_the_focus_has_a_name_and_the_stages_are_reached_by_arrow_keys(house: House, kian: list[Kian]) -> None:
    tab = house.plan(kian[0].id, stage="assess")
    tab.cards.cards["assess"].setFocus()
    for stage in ("plan", "do", "review", "assess"):
        house.press(Qt.Key.Key_Right)
        assert house.focus() is tab.cards.cards[stage]
        nameless = [each for each in _in_sight(tab, (QWidget,)) if _takes_tab(each) and not each.accessibleName()]
        assert nameless == [], stage


def test_a_sheet_keeps_what_was_typed_when_it_is_closed_with_escape(house: House, kian: list[Kian]) -> None:
    house.record(lambda place: plans.start_cycle(place.session, kian[0].id))
    tab = house.plan(kian[0].id, stage="plan")
    house.click("Add the first outcome", tab)
    house.enter("Asks for help with a card")
    house.qtbot.waitUntil(lambda: house.record(lambda place: _outcome_draft(place, kian[0].id)) == "Asks for help with a card")
    house.press(Qt.Key.Key_Escape)
    house.click("Add the first outcome", tab)
    assert house.sees("This was restored from a draft.")
    house.shortcut("Ctrl+Return")
    assert [each.text for each in house.record(lambda place: place.session.record.find(Outcome))] == ["Asks for help with a card"]
    assert house.record(lambda place: _outcome_draft(place, kian[0].id)) is None


def _outcome_draft(place: Workplace, pupil: str) -> object:
    cycle = plans.cycles_of(place.session.record, pupil)[0]
    return (place.session.record.draft(f"outcome_form.{cycle.id}") or {}).get("text")


def _in_sight(within: QWidget, kinds: tuple[type[QWidget], ...]) -> list[QWidget]:
    return [each for kind in kinds for each in within.findChildren(kind) if each.isVisible()]


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None and QApplication.instance() is not None

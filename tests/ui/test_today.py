"""Today: what is due stands in its group, leads to its page, and an empty record says what to do first."""

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sencoapp.app import Workplace
from sencoapp.domain.casework import CaseEvent, Pack, Request, Submission
from sencoapp.domain.plan import Cycle, Outcome, View
from sencoapp.domain.record import Amend, New
from sencoapp.services.today import how_many_are_due, today_page
from tests.places import TODAY, add_pupil
from ui.pages.today import TodayScreen
from ui.pages.today_content import gather_today, group_of
from ui.widgets import EmptyPlace, GroupRow, TableRow
from ui.widgets.clock import Clock

from .starting import Program, shown_words

DAY = TODAY.date()


def plan_for(place: Workplace, surname: str, due: date, **values: object) -> Cycle:
    new = place.session.ids.new
    pupil = add_pupil(place, surname, "Ava")
    cycle = Cycle(new(), pupil.id, 1, date(2026, 9, 7), review_due_on=due, **{"planned_on": date(2026, 9, 14), **values})  # type: ignore[arg-type]
    place.session.record.save([New(cycle)], action="start_cycle", actor=place.session.actor)
    return cycle


def four_reviews(place: Workplace) -> None:
    plan_for(place, "Late", date(2026, 11, 20))
    plan_for(place, "Now", DAY)
    plan_for(place, "Soon", date(2026, 11, 27))
    plan_for(place, "Later", date(2026, 12, 10))
    plan_for(place, "Far", date(2027, 3, 1))


def sent_request(place: Workplace, received: datetime, *, decision: str = "") -> str:
    """A request as it stands after the council's receipt came."""
    new = place.session.ids.new
    pupil = add_pupil(place, "Farouk", "Amir")
    request = Request(new(), pupil.id, "leicestershire", "ehc_needs_assessment", "1", received.date())
    pack = Pack(new(), pupil.id, request.id, 1, received, place.session.actor.id, "", "", "", "", 1, 1)
    submission = Submission(new(), pupil.id, request.id, pack.id, "https://council.example", "", "", received)
    record, actor = place.session.record, place.session.actor
    record.save([New(request), New(pack), New(submission)], action="prepare", actor=actor)
    edits: list[object] = [Amend(Submission, submission.id, {"receipt": "a.b.c", "received_at": received})]
    edits.append(Amend(Request, request.id, {"state": "decided" if decision else "sent"}))
    if decision:
        edits.append(New(CaseEvent(new(), pupil.id, submission.id, 1, "decision_issued", received, "decided", decision)))
    record.save(edits, action="receive_receipt", actor=actor)  # type: ignore[arg-type]
    return pupil.id


def rows_of(page: TodayScreen) -> list[str]:
    """The rows as they are read: groups by their words, tasks by pupil, what and lateness."""
    found = []
    model = page.table._rows
    for number in range(model.rowCount()):
        row = model.row_at(number)
        if isinstance(row, GroupRow):
            found.append(row.words)
        elif isinstance(row, TableRow):
            found.append(" / ".join((row.cells[0].text, row.cells[1].text, row.cells[2].sub, row.cells[3].button)))
    return found


def screen(program: Program) -> TodayScreen:
    page = program.shell.current_page()
    assert isinstance(page, TodayScreen)
    return page


def test_what_is_due_stands_in_its_group_with_its_lateness_in_school_days(program: Program) -> None:
    program.unlocked(four_reviews)
    assert rows_of(screen(program)) == [
        "Overdue · 1",
        "Ava Late / Review of plan, cycle 1 / 2 school days late / Write review",
        "Due today · 1",
        "Ava Now / Review of plan, cycle 1 / Due today / Write review",
        "This week · 1",
        "Ava Soon / Review of plan, cycle 1 / Due in 3 school days / Write review",
        "Next 6 weeks · 1",
        "Ava Later / Review of plan, cycle 1 / Due in 12 school days / Prepare",
    ]
    assert program.shell.header._note._whole == "Tuesday 24 November 2026 · week 4 of 7"


def test_the_rail_counts_what_is_due_today_or_late_and_follows_the_record(program: Program) -> None:
    program.unlocked(four_reviews)
    button = program.shell.rail._buttons["today"]
    assert button.accessibleName() == "Today, 2"
    room = program.keeper.room
    assert room is not None

    def one_more(place: Workplace) -> object:
        cycle = plan_for(place, "Extra", DAY)
        return place.session.record.save([Amend(Cycle, cycle.id, {"strategies": "Quiet corner"})], action="x", actor=place.session.actor)

    room.do(program.shell, one_more)
    program.settle()
    assert button.accessibleName() == "Today, 3"
    assert "Due today · 2" in rows_of(screen(program))


def test_enter_on_a_row_and_its_button_lead_to_the_plan(program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    program.unlocked(four_reviews)
    went: list[tuple[str, dict[str, object]]] = []
    page = screen(program)
    monkeypatch.setattr(page.room.ways, "go", lambda name, **where: went.append((name, where)))
    page.table.choose_first()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [(name, where["tab"]) for name, where in went] == [("pupil", "plan")] * 2


def test_a_review_says_what_is_still_to_record(program: Program) -> None:
    def with_views(place: Workplace) -> None:
        new, record, actor = place.session.ids.new, place.session.record, place.session.actor
        cycle = plan_for(place, "Brennan", DAY)
        unplanned = plan_for(place, "Zeta", DAY, planned_on=None)
        assert unplanned.planned_on is None
        edits = [New(Outcome(new(), cycle.pupil, cycle.id, n, "Reads", target="70")) for n in (1, 2)]
        record.save(edits, action="add_outcome", actor=actor)
        record.save([New(View(new(), cycle.pupil, "pupil", DAY, "I like it", cycle=cycle.id))], action="record_view", actor=actor)

    program.unlocked(with_views)
    details = [task.detail for task in program.record(lambda place: today_page(place.session)).tasks]
    assert details == ["2 outcomes, parents' view to record", "The plan is not finished yet"]


def test_a_request_has_a_clock_with_its_date_and_its_rule(program: Program) -> None:
    program.unlocked(lambda place: sent_request(place, datetime(2026, 10, 27, 9, 0, tzinfo=UTC)))
    words = shown_words(screen(program))
    assert "Amir Farouk" in words
    assert "Week 5 of 20" in words
    assert "The council says whether it will assess, by Tuesday 8 December 2026." in words
    assert "SEND Regulations 2014, reg 5(1)" in words
    assert len(screen(program).findChildren(Clock)) == 1


def test_the_last_decision_counts_in_whichever_order_decisions_arrived(program: Program) -> None:
    def refused_first(place: Workplace) -> None:
        pupil = sent_request(place, datetime(2026, 10, 27, 9, 0, tzinfo=UTC), decision="assess")
        (submission,) = place.session.record.find(Submission)
        earlier = CaseEvent(
            place.session.ids.new(), pupil, submission.id, 0, "decision_issued", datetime(2026, 10, 20, tzinfo=UTC), "decided", "refuse"
        )
        place.session.record.save([New(earlier)], action="receive_replies", actor=place.session.actor)

    program.unlocked(refused_first)
    assert [each.clock.assessing for each in program.record(gather_today).clocks] == [True]


def test_a_clock_runs_on_when_the_council_assesses_and_ends_when_it_does_not(program: Program) -> None:
    def both(place: Workplace) -> None:
        sent_request(place, datetime(2026, 10, 27, 9, 0, tzinfo=UTC), decision="assess")
        sent_request(place, datetime(2026, 10, 20, 9, 0, tzinfo=UTC), decision="refuse")

    program.unlocked(both)
    clocks = program.record(gather_today).clocks
    assert [(each.clock.assessing, each.clock.received_on) for each in clocks] == [(True, date(2026, 10, 27))]
    words = shown_words(screen(program))
    assert "The council says if it will not make a plan, by Tuesday 16 February 2027." in words


def test_a_date_that_has_passed_is_said_in_words(program: Program) -> None:
    program.unlocked(lambda place: sent_request(place, datetime(2026, 5, 4, 9, 0, tzinfo=UTC)))
    assert "This was due by Monday 21 September 2026." in shown_words(screen(program))


def test_an_empty_record_offers_the_import_and_a_quiet_day_a_note(program: Program) -> None:
    program.unlocked()
    place = screen(program).findChild(EmptyPlace)
    assert place is not None
    assert place.button is not None
    assert "No pupils yet." in shown_words(place)
    place.button.click()
    program.settle()
    here = program.shell.place()
    assert here is not None
    assert here.page == "import"


def test_a_day_with_nothing_due_says_so(program: Program) -> None:
    program.unlocked(lambda place: add_pupil(place))
    assert "Nothing is due in the next six weeks." in shown_words(screen(program))


def test_the_count_in_the_rail_is_the_count_of_the_groups(program: Program) -> None:
    program.unlocked(four_reviews)
    content = program.record(gather_today)
    shown = {name: len(group) for name, group in content.groups}
    assert program.record(lambda place: how_many_are_due(place.session)) == shown["overdue"] + shown["today"]


@pytest.mark.parametrize(("days", "group"), [(-1, "overdue"), (0, "today"), (1, "week"), (5, "week"), (6, "later"), (42, "later")])
def test_the_week_ends_on_sunday(days: int, group: str) -> None:
    assert group_of(DAY + timedelta(days=days), DAY) == group

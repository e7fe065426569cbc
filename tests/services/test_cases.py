"""Cases with the council: opened, dated, ticked off, closed, listed across councils, and put in a calendar."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sencoapp.domain.cases import CaseDate, CouncilCase
from sencoapp.domain.refusals import Refusal
from sencoapp.services import cases, plans
from sencoapp.services.case_calendar import case_calendar
from sencoapp.services.today import how_many_are_due, today_page
from sencoapp.services.undoing import undo
from tests.places import add_pupil, new_place


@pytest.fixture
def place(tmp_path):
    opened = new_place(tmp_path / "profile")
    yield opened
    opened.close()


@pytest.fixture
def today(place):
    return place.session.clock.today()


def test_a_case_is_opened_with_the_days_that_are_known_and_belongs_to_who_opened_it(place, today):
    pupil = add_pupil(place, home_authority="891")
    meeting = today + timedelta(days=30)
    case, _ = cases.open_case(place.session, pupil.id, "annual_review", dates={"review_meeting": meeting}, reference=" LA/77 ")
    page = cases.case_page(place.session, case.id)
    assert (case.council, case.reference, case.owner) == ("nottinghamshire", "LA/77", place.session.actor.id)
    assert page.row.owner_name == place.session.actor.name
    assert page.row.shown.next_step.due == meeting - timedelta(days=14)


def test_a_meeting_that_is_moved_moves_what_follows_and_undo_brings_the_first_day_back(place, today):
    case, _ = cases.open_case(place.session, add_pupil(place).id, "annual_review", dates={"review_meeting": today + timedelta(days=30)})
    saved = cases.enter_case_date(place.session, case.id, "review_meeting", today + timedelta(days=37))
    assert [each.due for each in cases.case_page(place.session, case.id).row.shown.steps if each.id == "report"] == [
        today + timedelta(days=51)
    ]
    undo(place.session, saved.save)
    assert [each.due for each in cases.case_page(place.session, case.id).row.shown.steps if each.id == "report"] == [
        today + timedelta(days=44)
    ]
    cases.enter_case_date(place.session, case.id, "review_meeting", None)
    assert place.session.record.find(CaseDate) == []


def test_a_step_is_ticked_not_needed_with_a_reason_or_opened_again(place, today):
    case, _ = cases.open_case(place.session, add_pupil(place).id, "complaint")

    def state():
        return {each.id: each.done.state for each in cases.case_page(place.session, case.id).row.shown.steps if each.done}

    cases.tick_step(place.session, case.id, "heard", note="By telephone")
    with pytest.raises(Refusal, match="case_step_needs_reason"):
        cases.tick_step(place.session, case.id, "acknowledged", "not_needed")
    cases.tick_step(place.session, case.id, "acknowledged", "not_needed", note="Said at once")
    assert state() == {"heard": "done", "acknowledged": "not_needed"}
    cases.untick_step(place.session, case.id, "heard")
    assert state() == {"acknowledged": "not_needed"}
    with pytest.raises(Refusal, match="case_step_in_future"):
        cases.tick_step(place.session, case.id, "heard", on=today + timedelta(days=1))


def test_a_closed_case_is_left_alone_until_it_is_opened_again(place):
    case, _ = cases.open_case(place.session, add_pupil(place).id, "mediation_appeal")
    with pytest.raises(Refusal, match="case_needs_outcome"):
        cases.close_case(place.session, case.id, "splendid")
    cases.close_case(place.session, case.id, "won")
    assert cases.case_list(place.session) == []
    assert [each.shown.case.ended_as for each in cases.case_list(place.session, closed=True)] == ["won"]
    for late in (
        lambda: cases.tick_step(place.session, case.id, "told"),
        lambda: cases.enter_case_date(place.session, case.id, "decision_letter", None),
    ):
        with pytest.raises(Refusal, match="case_is_closed"):
            late()
    cases.reopen_case(place.session, case.id)
    cases.tick_step(place.session, case.id, "told")


def test_one_list_of_all_councils_begins_with_what_is_due_first(place, today):
    late = add_pupil(place, legal_forename="Ava")
    soon = add_pupil(place, legal_forename="Ben", home_authority="860")
    open_ended = add_pupil(place, legal_forename="Cal")
    cases.open_case(place.session, open_ended.id, "complaint")
    cases.open_case(place.session, soon.id, "consultation", dates={"consultation_received": today})
    cases.open_case(place.session, late.id, "needs_assessment", dates={"request_received": today - timedelta(days=50)})
    rows = cases.case_list(place.session)
    assert [each.pupil.forename for each in rows] == ["Ava", "Ben", "Cal"]
    assert [each.shown.case.council for each in rows] == ["leicestershire", "staffordshire", "leicestershire"]
    due = cases.due_steps(place.session, today + timedelta(days=15))
    assert [(row.pupil.forename, step.id) for row, step in due] == [("Ava", "decision"), ("Ben", "reply")]


def test_what_cannot_be_is_a_sentence(place, today):
    pupil = add_pupil(place)
    for wanted, problem in (
        ({"kind": "divorce"}, "case_kind_not_known"),
        ({"kind": "complaint", "dates": {"review_meeting": today}}, "case_event_not_known"),
        ({"kind": "annual_review", "dates": {"review_meeting": date(2207, 1, 20)}}, "case_date_far_off"),
        ({"kind": "complaint", "council": "atlantis"}, "council_not_known"),
    ):
        with pytest.raises(Refusal, match=problem):
            cases.open_case(place.session, pupil.id, **wanted)
    assert place.session.record.find(CouncilCase) == []


def test_a_case_is_changed_but_never_carried_to_another_pupil(place):
    case, _ = cases.open_case(place.session, add_pupil(place).id, "specialist_place")
    cases.change_case(place.session, case, replace(case, placement="Ashmount School"))
    assert place.session.record.get(CouncilCase, case.id).placement == "Ashmount School"
    with pytest.raises(TypeError):
        cases.change_case(place.session, case, replace(case, pupil="another"))


def test_a_calendar_holds_what_is_due_with_initials_only_unless_names_are_wanted(place, today):
    pupil = add_pupil(place, legal_forename="Ava", legal_surname="Bell")
    with pytest.raises(Refusal, match="nothing_to_export"):
        case_calendar(place.session)
    cases.open_case(place.session, pupil.id, "consultation", dates={"consultation_received": today})
    made = case_calendar(place.session).content.decode()
    assert "SUMMARY:AB: Reply to the council" in made
    assert "Bell" not in made
    assert "TRIGGER:-P7D" in made
    named = case_calendar(place.session, names=True).content.decode()
    assert "SUMMARY:Ava Bell: Reply to the council" in named
    uid = next(each for each in made.split("\r\n") if each.startswith("UID:"))
    assert uid in named, "the same entry, so that a calendar moves it"


def test_today_shows_what_the_school_has_to_do_and_what_others_are_late_with(place, today):
    late = add_pupil(place, legal_forename="Ava")
    soon = add_pupil(place, legal_forename="Ben")
    cases.open_case(place.session, late.id, "needs_assessment", dates={"request_received": today - timedelta(days=50)})
    cases.open_case(place.session, soon.id, "consultation", dates={"consultation_received": today})
    tasks = [(each.pupil_name.split()[0], each.what, each.due_on) for each in today_page(place.session).tasks if each.kind == "case"]
    assert tasks == [
        ("Ava", "The council says whether it will assess", today - timedelta(days=8)),
        ("Ben", "Reply to the council", today + timedelta(days=15)),
    ]
    assert how_many_are_due(place.session) == 1


def test_a_complaint_has_the_days_of_its_procedure_which_are_due_and_late_and_stand_in_the_calendar(place, today):
    case, _ = cases.open_case(place.session, add_pupil(place).id, "complaint")
    assert cases.case_page(place.session, case.id).row.due is None
    cases.set_step_day(place.session, case.id, "answered", today + timedelta(days=5))
    saved = cases.set_step_day(place.session, case.id, "acknowledged", today - timedelta(days=1))
    assert [(step.id, step.is_late(today)) for _, step in cases.due_steps(place.session, today + timedelta(days=5))] == [
        ("acknowledged", True),
        ("answered", False),
    ]
    assert "a day that was set" in case_calendar(place.session).content.decode().replace("\r\n ", "")
    assert how_many_are_due(place.session) == 1
    undo(place.session, saved.save)
    assert cases.case_page(place.session, case.id).row.due == today + timedelta(days=5)
    cases.set_step_day(place.session, case.id, "answered", None)
    assert cases.due_steps(place.session, date.max) == []


def test_no_day_is_set_where_the_law_gives_one_and_the_law_takes_over_once_it_can_be_counted(place, today):
    case, _ = cases.open_case(place.session, add_pupil(place).id, "annual_review")
    cases.set_step_day(place.session, case.id, "report", today + timedelta(days=300))
    cases.enter_case_date(place.session, case.id, "review_meeting", today + timedelta(days=30))
    steps = {each.id: each for each in cases.case_page(place.session, case.id).row.shown.steps}
    assert steps["report"].due == today + timedelta(days=44)
    with pytest.raises(Refusal, match="case_step_has_a_date"):
        cases.set_step_day(place.session, case.id, "report", today)
    with pytest.raises(Refusal, match="case_step_not_known"):
        cases.set_step_day(place.session, case.id, "no such step", today)


def test_the_calendar_has_the_reviews_of_sen_support_too(place, today):
    pupil = add_pupil(place, legal_forename="Ava", legal_surname="Bell")
    cycle = plans.start_cycle(place.session, pupil.id)[0]
    words = case_calendar(place.session).content.decode().replace("\r\n ", "")
    assert f"{cycle.id}-review@sencoapp" in words
    assert "Bell" not in words

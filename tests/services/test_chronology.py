"""Everything with a date about a pupil, for whoever may see it, filtered in the record."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sencoapp.domain.background import AttendanceYear, Diagnosis, Suspension
from sencoapp.domain.cases import CouncilCase
from sencoapp.domain.casework import Pack
from sencoapp.domain.delivery import SessionMark
from sencoapp.domain.people import Pupil, SenNeed, StaffMember
from sencoapp.domain.plan import Outcome
from sencoapp.domain.professionals import Involvement, Professional, Recommendation
from sencoapp.domain.provision import Provision, ProvisionPlace
from sencoapp.domain.record import Actor, Amend, New
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.reviews import Attendee
from sencoapp.domain.round_robins import Question, RoundRobin, RoundRobinAnswer, RoundRobinAsk
from sencoapp.services import observations, plans, reviewing
from sencoapp.services.chronology import (
    GROUPS,
    ChronologyFilter,
    chronology_content,
    chronology_list,
    entries,
    entry_head,
    entry_words,
    note_facts,
)
from sencoapp.services.documents import record_disclosure
from sencoapp.services.guarded_record import guarded
from sencoapp.services.ports import Session
from sencoapp.storage.chronology_parts import PARTS
from tests.places import add_pupil

TEACHER = StaffMember("t", "Mr Ola Cole", "teacher", classes=("4M",))
OFFICE = StaffMember("o", "Ms Ann Reed", "office")


@pytest.fixture
def pupil(place):
    pupil = add_pupil(place)
    session, new = place.session, place.session.ids.new
    group = Provision(
        new(), "Lego therapy", "targeted", "Mr Patel", 1500, Decimal(2), 30, 6, 4, date(2026, 9, 7), date(2026, 11, 20), "semh"
    )
    helper = Professional(new(), "Dr Kaur", "Educational psychologist")
    work = Involvement(new(), pupil.id, helper.id, date(2026, 9, 14), date(2026, 11, 2), "Anxiety")
    marks = [
        SessionMark(new(), pupil.id, group.id, day, result, 30, minutes, session.actor.id)
        for day, result, minutes in (
            (date(2026, 9, 9), "ran", 30),
            (date(2026, 9, 11), "short", 20),
            (date(2026, 9, 16), "absent", 0),
            (date(2026, 11, 4), "missed", 0),
            (date(2026, 11, 6), "ran", 30),
        )
    ]
    things = [
        group,
        ProvisionPlace(new(), pupil.id, group.id),
        *marks,
        replace(marks[0], id=new(), minutes=25),
        helper,
        work,
        Recommendation(new(), pupil.id, work.id, "Warn him before each change.", in_use="yes"),
        Suspension(new(), pupil.id, "SUSP", date(2026, 10, 1), sessions=2, note="A fight."),
        AttendanceYear(new(), pupil.id, "2025", 380, 320),
        Diagnosis(new(), pupil.id, "Autism", "Dr Lim", date(2026, 6, 3)),
        SenNeed(new(), pupil.id, "SEMH", 2, date(2026, 1, 5), date(2026, 7, 1), "Worries at school"),
    ]
    session.record.save([New(each) for each in things], action="add_pupil", actor=session.actor)
    return pupil


def session_of(place, person):
    record = place.profile.record
    if record.get(StaffMember, person.id) is None:
        record.save([New(person)], action="add_staff", actor=place.session.actor)
    whole = place.session
    return Session(guarded(record, person), whole.blobs, whole.clock, whole.ids, Actor(person.id, person.name, person.role))


def told(place, pupil, **wanted):
    return [
        (each.on.isoformat(), entry_head(each)) for each in entries(place.session.record, pupil.id, ChronologyFilter(**wanted), limit=99)
    ]


def test_everything_with_a_date_is_in_it(place, pupil):
    observations.record_observation(place.session, pupils=[pupil.id], text="Shared the bricks.")
    _cycle, _ = plans.start_cycle(place.session, pupil.id, starts_on=date(2026, 9, 8))
    record_disclosure(place.session, "Letter: Review", b"x", recipient="Mrs Osei", purpose="Review", pupil=pupil.id)
    told_of = told(place, pupil)
    assert sorted(told_of) == sorted(
        [
            ("2026-11-24", "Given out: Letter: Review"),
            ("2026-11-24", "Recommendation"),
            ("2026-11-24", "Note"),
            ("2026-11-20", "Left: Lego therapy"),
            ("2026-11-06", "Sessions: Lego therapy"),
            ("2026-11-02", "Professional's work ended"),
            ("2026-10-01", "Suspension"),
            ("2026-09-16", "Sessions: Lego therapy"),
            ("2026-09-14", "Professional began to help"),
            ("2026-09-08", "Plan, cycle 1, began"),
            ("2026-09-07", "Joined: Lego therapy"),
            ("2026-08-31", "Low attendance, 2025 to 2026"),
            ("2026-07-01", "No longer a need: Social, emotional and mental health"),
            ("2026-06-03", "Diagnosis: Autism"),
            ("2026-01-05", "Need: Social, emotional and mental health"),
            ("2025-09-03", "Need: Speech, language and communication needs"),
            ("2025-09-03", "Status: K · SEN support"),
        ]
    )
    assert [day for day, _ in told_of] == sorted((day for day, _ in told_of), reverse=True)


def test_meetings_corrections_and_copies_of_plans_are_in_it_and_a_closed_review_stands_once(place, pupil):
    session = place.session
    came = (Attendee("Mrs Osei", "parent"), Attendee("Mr Osei", "parent", "apologies"))
    reviewing.record_meeting(session, pupil.id, held_on=date(2026, 10, 1), attendees=came, notes="Settling in")
    cycle, _ = plans.start_cycle(session, pupil.id, starts_on=date(2026, 9, 8))
    outcome, _ = plans.add_outcome(session, cycle.id, {"text": "Joins a game"})
    said = reviewing.Said(text="Good")
    review = reviewing.Reviewed(cycle.id, date(2026, 11, 20), came, {"pupil": said, "parents": said}, decision="Go on")
    reviewing.save_reviews(session, [review])
    assert ("2026-11-20", "Review meeting") in told(place, pupil)
    rated = {outcome.id: reviewing.OutcomeReviewed("met")}
    reviewing.save_reviews(session, [replace(review, outcomes=rated, close=True)])
    reviewing.correct_cycle(session, cycle.id, about="decision", text="Stop", reason="Misheard")
    reviewing.give_copy(session, cycle.id, given_to="Mrs Osei", given_on=date(2026, 11, 23))
    found = told(place, pupil)
    for line in (
        ("2026-10-01", "Meeting with the family"),
        ("2026-11-20", "Plan, cycle 1, reviewed"),
        ("2026-11-23", "Copy of plan, cycle 1, given"),
        ("2026-11-24", "Plan, cycle 1, corrected"),
    ):
        assert line in found
    assert ("2026-11-20", "Review meeting") not in found
    meeting = next(each for each in place.session.record.chronology(pupil.id, kinds=("meeting",)))
    assert (meeting.who, meeting.text) == ("Mrs Osei", "Settling in")


def test_cases_with_the_council_are_in_it_for_those_who_see_them(place, pupil):
    case = CouncilCase(
        "c", pupil.id, "annual_review", "leicestershire", date(2026, 10, 5), "s", closed_on=date(2026, 11, 3), ended_as="kept"
    )
    place.session.record.save([New(case)], action="open_case", actor=place.session.actor)
    found = entries(place.session.record, pupil.id, ChronologyFilter("requests"), limit=99)
    assert [(each.on.day, entry_head(each), entry_words(each)) for each in found] == [
        (3, "Case closed: Annual review of an EHC plan", "Kept as it is"),
        (5, "Case opened: Annual review of an EHC plan", ""),
    ]
    assert "case_opened" not in {each.kind for each in session_of(place, TEACHER).record.chronology(pupil.id, limit=99)}


def test_sessions_are_one_line_a_half_term_and_what_two_people_ticked_counts_once(place, pupil):
    found = entries(place.session.record, pupil.id, ChronologyFilter("provision"), limit=99)
    assert [entry_words(each) for each in found if each.kind == "sessions"] == [
        "Had 1 session, 30 minutes. 1 did not take place.",
        "Had 2 sessions, 45 minutes. Absent from 1.",
    ]


def test_attendance_is_an_entry_only_where_a_tenth_was_missed(place):
    pupil, record = add_pupil(place), place.session.record
    values = {"sessions_possible": 100, "sessions_attended": 91, "attendance_year": "2026"}
    record.save([Amend(Pupil, pupil.id, values)], action="change_pupil", actor=place.session.actor)
    assert told(place, pupil, group="attendance") == []
    record.save([Amend(Pupil, pupil.id, {"sessions_attended": 90})], action="change_pupil", actor=place.session.actor)
    assert told(place, pupil, group="attendance") == [("2026-11-24", "Low attendance, 2026 to 2027")]


def test_it_is_filtered_by_kind_area_person_and_words(place, pupil):
    observations.record_observation(place.session, pupils=[pupil.id], text="Extraordinarily patient.", area="semh")
    assert {head for _, head in told(place, pupil, group="professionals")} == {
        "Recommendation",
        "Professional began to help",
        "Professional's work ended",
    }
    assert len(told(place, pupil, area="semh")) == 7
    assert told(place, pupil, who="Dr Lim") == [("2026-06-03", "Diagnosis: Autism")]
    assert told(place, pupil, text="extraordinarily pat") == [("2026-11-24", "Note")]
    assert told(place, pupil, text="extraordinariness") == []
    assert told(place, pupil, text="Warn chang") == [("2026-11-24", "Recommendation")]
    assert told(place, pupil, text="speech") == [("2025-09-03", "Need: Speech, language and communication needs")]
    assert place.session.record.chronology_authors(pupil.id) == [
        "Dr Kaur, Educational psychologist",
        "Dr Lim",
        "Mr Patel",
        "Mrs Ruth Adeyemi",
    ]


def test_a_teacher_sees_no_suspension_and_no_name_of_a_professional(place, pupil):
    teacher = session_of(place, TEACHER)
    kinds = {each.kind: each for each in teacher.record.chronology(pupil.id, limit=99)}
    assert not kinds.keys() & {"suspension", "involvement", "involvement_ended", "given_out", "request"}
    assert kinds["recommendation"].who == ""
    assert not any("Kaur" in each for each in teacher.record.chronology_authors(pupil.id))
    assert set(kinds) == {kind for kind, count in teacher.record.chronology_counts(pupil.id).items() if count}


def test_the_office_finds_nobody_by_words_that_it_does_not_see(place, pupil):
    office = session_of(place, OFFICE)
    needs = [each for each in office.record.chronology(pupil.id, limit=99) if each.kind == "need"]
    assert needs
    assert all(each.text == "" for each in needs)
    assert office.record.chronology(pupil.id, text="worries") == []
    assert len(place.session.record.chronology(pupil.id, text="worries")) == 1


def test_paper_is_for_those_who_may_print_and_a_table_for_those_who_may_export(place, pupil):
    teacher = session_of(place, TEACHER)
    for make in (chronology_content, chronology_list):
        with pytest.raises(Refusal) as refused:
            make(teacher, pupil.id, ChronologyFilter())
        assert refused.value.key == "not_for_your_role"
        with pytest.raises(Refusal) as refused:
            make(place.session, pupil.id, ChronologyFilter(text="zzz"))
        assert refused.value.key == "nothing_to_export"


def test_paper_is_oldest_first_and_keeps_what_is_confidential(place, pupil):
    observations.record_observation(place.session, pupils=[pupil.id], text="A secret.", confidential=True)
    content = chronology_content(place.session, pupil.id, ChronologyFilter("observations"))
    assert [each["day"] for each in content["lines"]] == sorted(each["day"] for each in content["lines"])
    assert "secret" not in str(content)
    assert content["filter"] == "Observations"
    assert "secret" not in str(chronology_list(place.session, pupil.id, ChronologyFilter()).rows)


def test_every_kind_belongs_to_one_group():
    assert sorted(each for kinds in GROUPS.values() for each in kinds) == sorted(PARTS)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(size=st.integers(1, 9))
def test_pages_of_any_size_are_the_whole_line(place, pupil, size):
    """Also where two entries of one thing share a day: a need that came and went."""
    day = date(2026, 3, 3)
    if not place.session.record.find(SenNeed, starts_on=day):
        both = SenNeed(place.session.ids.new(), pupil.id, "MLD", 3, day, day)
        place.session.record.save([New(both)], action="add_need", actor=place.session.actor)
    whole = place.session.record.chronology(pupil.id, limit=999)
    pages, before = [], None
    while page := place.session.record.chronology(pupil.id, limit=size, before=before):
        pages += page
        before = page[-1]
    assert pages == whole


def test_what_staff_were_asked_and_answered_stands_in_the_line_for_who_sees_it(place, pupil):
    session, new = place.session, place.session.ids.new
    asked = RoundRobin(
        new(),
        pupil.id,
        pupil.name,
        "How is Kian doing?",
        date(2026, 11, 9),
        date(2026, 11, 16),
        session.actor.id,
        session.actor.name,
        (Question("What helps?"), Question("What is hard?"), Question("Anything else?")),
    )
    asks = [RoundRobinAsk(new(), pupil.id, asked.id, staff, name, "here", new()) for staff, name in (("t", "Mr Ola Cole"), ("u", "Ms Rao"))]
    answer = RoundRobinAnswer(
        new(), pupil.id, asked.id, asks[0].id, date(2026, 11, 12), "t", "Mr Ola Cole", "here", ("A seat at the front", "", "He is kind")
    )
    session.record.save([New(each) for each in (asked, *asks, answer)], action="ask_staff", actor=session.actor)
    found = entries(session.record, pupil.id, ChronologyFilter("staff"), limit=9)
    assert [(each.on, entry_head(each), each.who) for each in found] == [
        (date(2026, 11, 12), "Answer from staff: How is Kian doing?", "Mr Ola Cole"),
        (date(2026, 11, 9), "Staff asked: How is Kian doing?", session.actor.name),
    ]
    assert entry_words(found[0]) == "What helps?\nA seat at the front\nAnything else?\nHe is kind"
    assert entry_words(found[1]) == "Asked of Mr Ola Cole, Ms Rao, to answer by 16 November 2026"
    assert [each.kind for each in entries(session.record, pupil.id, ChronologyFilter(text="front"), limit=9)] == ["staff_answered"]
    assert len(entries(session_of(place, TEACHER).record, pupil.id, ChronologyFilter("staff"), limit=9)) == 2
    other = replace(TEACHER, id="x", name="Ms Vu")
    assert entries(session_of(place, other).record, pupil.id, ChronologyFilter("staff"), limit=9) == []


def test_a_note_says_where_in_which_lesson_and_about_which_outcome(place, pupil):
    cycle, _ = plans.start_cycle(place.session, pupil.id, starts_on=date(2026, 9, 8))
    outcome = Outcome(place.session.ids.new(), pupil.id, cycle.id, 1, "Joins in at carpet time", "ci")
    place.session.record.save([New(outcome)], action="add_outcome", actor=place.session.actor)
    for secret in (False, True):
        observations.record_observation(
            place.session,
            pupils=[pupil.id],
            text="He joined in.",
            setting="Hall",
            lesson="PE",
            outcome=outcome.id,
            outcome_rating="nearly",
            confidential=secret,
        )
    open_one, kept = sorted(
        entries(place.session.record, pupil.id, ChronologyFilter("observations"), limit=9), key=lambda each: each.confidential
    )
    assert note_facts(open_one) == ["Hall", "Lesson: PE", "Outcome: Joins in at carpet time Nearly."]
    assert note_facts(kept) == ["Hall"]


def test_a_pack_is_told_with_the_name_of_who_made_it(place, pupil):
    new = place.session.ids.new
    pack = Pack(new(), pupil.id, new(), 1, place.session.clock.now(), place.session.actor.id, "a", "a", "b", "b", 9, 2)
    place.session.record.save([New(pack)], action="make_pack", actor=place.session.actor)
    assert [each.who for each in place.session.record.chronology(pupil.id, limit=99) if each.kind == "pack"] == ["Mrs Ruth Adeyemi"]

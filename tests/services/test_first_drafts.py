"""What the record says for the questions of a form: whole, in part, or not at all, and never more than is there."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from sencoapp import reference
from sencoapp.domain.background import Diagnosis, PriorSchool, Suspension
from sencoapp.domain.casework import Document, Request, SentOtherwise
from sencoapp.domain.people import Pupil, SenNeed, StaffMember
from sencoapp.domain.plan import DataPoint, Outcome
from sencoapp.domain.professionals import Involvement, Professional, Recommendation
from sencoapp.domain.record import Amend, New
from sencoapp.domain.report_marks import ReportMark
from sencoapp.services import first_drafts, pupils, requests
from sencoapp.services.beginning import school
from sencoapp.services.guarded_record import guarded
from sencoapp.services.plans import start_cycle
from tests.places import add_pupil

SHARED = reference.data("councils", "shared.json")["questions"]


@pytest.fixture
def asked(place) -> Request:
    kian = add_pupil(place)
    return requests.start_request(place.session, kian.id)[0]


def put(place, *things):
    place.session.record.save([New(each) for each in things], action="import", actor=place.session.actor)


def amend(place, kind, id, **values):
    place.session.record.save([Amend(kind, id, values)], action="import", actor=place.session.actor)


def of_source(place, request, *sources, **more):
    """The draft of a question with these sources."""
    question = {"id": "it", "source": list(sources), **more}
    return first_drafts.drafts_of(place.session, request, {"sections": [{"questions": [question]}]})["it"]


def of_shared(place, request, name):
    """The draft of a question that many forms ask."""
    return first_drafts.drafts_of(place.session, request, {"sections": [{"questions": [{"id": name, **SHARED[name]}]}]})[name]


def test_every_source_that_a_form_may_name_has_its_draft_and_its_name(place, asked):
    for name in ("council_form", "council_shared"):
        definitions = reference.data("schemas", f"{name}.schema.json")["$defs"]
        assert set(definitions["place"]["enum"]) == set(first_drafts.SOURCES)
    for each in first_drafts.SOURCES:
        draft = of_source(place, asked, each)
        assert draft.text or draft.lacks, f"{each} says nothing and asks nothing"
        assert reference.say(f"requests.part_{each.replace('.', '_')}")


def test_every_source_is_used_by_a_form(place):
    used = set()
    for council in reference.councils():
        for form in reference.council(council)["forms"]:
            for section in reference.council_form(council, form)["sections"]:
                used |= {one for each in section["questions"] for one in first_drafts.sources_of(each)}
    assert used == set(first_drafts.SOURCES)


# ---- how the council can reach who asks, and where the pupil goes to school ------------------------------------------
def test_who_asks_is_named_with_role_telephone_and_email(place, asked):
    draft = of_shared(place, asked, "requester_contact")
    assert draft.text.startswith(f"{asked.requester}\nSENCO")
    assert not draft.answers, "the school has no telephone and nobody an address yet"
    assert draft.lacks == ("the school's telephone number", "an email address")
    home = school(place.session.record)
    amend(place, type(home), home.id, phone="0116 496 0100", email="office@barrowby.example.org")
    draft = of_shared(place, asked, "requester_contact")
    assert draft.text.endswith("Telephone: 0116 496 0100\nEmail: office@barrowby.example.org")
    assert draft.answers
    amend(place, StaffMember, place.session.actor.id, email="senco@barrowby.example.org")
    assert "senco@barrowby" in of_shared(place, asked, "requester_contact").text


def test_readiness_counts_no_answer_that_leaves_something_open(place):
    kian = add_pupil(place)
    request, _ = requests.start_request(place.session, kian.id, council="staffordshire")
    label = SHARED["requester_contact"]["label"]
    assert label in open_questions(place, request)
    requests.keep_drafts(place.session, request.id, "part_1")
    assert label in open_questions(place, request), "half an answer is nobody's own by going on"
    requests.write_answer(place.session, request.id, "requester_contact", "Ruth Adeyemi, SENCO, 0116 496 0100, r@example.org")
    assert label not in open_questions(place, request)


def open_questions(place, request):
    form = requests.form_of(request)
    facts = requests.gather_facts(place.session, request)
    return [each["label"] for part in form["sections"] for each in part["questions"] if each["id"] not in facts.answered]


def test_admission_and_schools_before_come_from_the_register(place, asked):
    draft = of_shared(place, asked, "setting_details")
    assert draft.text == "Barrowby Primary"
    assert draft.lacks == ("the day of admission", "schools before, with their dates")
    amend(place, Pupil, asked.pupil, entry_on=date(2024, 9, 2))
    put(place, PriorSchool("p1", asked.pupil, "Ashby Infants", entered_on=date(2021, 9, 1), left_on=date(2024, 7, 19)))
    draft = of_shared(place, asked, "setting_details")
    assert draft.text == "Barrowby Primary\nAdmitted on 2 September 2024.\nAshby Infants, 1 September 2021 – 19 July 2024"
    assert draft.answers
    put(place, PriorSchool("p2", asked.pupil, "Oakham Nursery"))
    assert of_shared(place, asked, "setting_details").lacks == ("schools before, with their dates",)


# ---- the pupil -------------------------------------------------------------------------------------------------------
def test_language_and_communication_with_who_needs_an_interpreter(place, asked):
    about = {"surname": "Osei", "relationship": "PAM", "parental_responsibility": True, "forename": "Ama", "language": "POL"}
    pupils.add_contact(place.session, asked.pupil, {**about, "interpreter": True})
    amend(
        place,
        Pupil,
        asked.pupil,
        first_language="POL",
        eal=True,
        communication="Gives him time.",
        communication_methods=("speech", "signs"),
    )
    draft = of_shared(place, asked, "language_communication")
    assert draft.text.split("\n") == [
        "First language: Polish. English is an additional language.",
        "Communicates by: speech, signs. Gives him time.",
        "Ama Osei: Polish, an interpreter is needed.",
    ]
    assert draft.answers
    pupils.add_contact(place.session, asked.pupil, {**about, "forename": "Yaw", "language": None, "interpreter": None})
    assert of_shared(place, asked, "language_communication").lacks == ("the parents' languages, and whether an interpreter is needed",)


@pytest.mark.parametrize(
    ("known", "text", "whole"),
    [
        ({}, "", False),
        ({"looked_after": False, "previously_looked_after": True}, "Not looked after. Was looked after before.", True),
        ({"looked_after": True}, "Looked after.", False),
        ({"looked_after": True, "care_authority": "855"}, "Looked after by Leicestershire.", True),
    ],
)
def test_care_is_as_the_record_has_it(place, asked, known, text, whole):
    amend(place, Pupil, asked.pupil, **known)
    draft = of_source(place, asked, "pupil.care")
    assert (draft.text, not draft.lacks) == (text, whole)
    legal = of_source(place, asked, "pupil.care", "pupil.legal_status")
    assert bool(legal.lacks) == (known.get("looked_after") is not False), "section 20 or 31 is asked of a pupil who is looked after"


def test_whoever_may_not_read_of_care_drafts_nothing_of_it(place, asked):
    amend(place, Pupil, asked.pupil, looked_after=True, care_authority="855", young_carer=True, ever_6_fsm=True, reg_group="4B")
    teacher = StaffMember("t-1", "Tom Reed", "teacher", classes=("4B",))
    put(place, teacher)
    put(place, Suspension("s1", asked.pupil, "SUSP", date(2026, 3, 3)))
    session = replace(place.session, record=guarded(place.session.record, teacher))
    form = {"sections": [{"questions": [{"id": each, "source": each} for each in first_drafts.SOURCES]}]}
    texts = first_drafts.first_drafts(session, asked, form)
    for each in ("pupil.care", "pupil.circumstances", "pupil.ever_6_meals", "pupil.free_meals", "pupil.suspensions", "contacts"):
        assert texts[each] == "", each


def test_young_carer_and_armed_forces(place, asked):
    amend(place, Pupil, asked.pupil, young_carer=False)
    assert of_source(place, asked, "pupil.circumstances").lacks
    amend(place, Pupil, asked.pupil, service_child="Y")
    draft = of_source(place, asked, "pupil.circumstances")
    assert draft.text == "Not a young carer.\nA parent serves in the armed forces."
    assert draft.answers
    assert not of_shared(place, asked, "other_circumstances").answers, "youth justice is asked too, and the record does not hold it"


def test_suspensions_diagnoses_and_meals(place, asked):
    assert of_shared(place, asked, "suspensions").text == "", "that none was entered does not say that there was none"
    put(
        place,
        Suspension("s1", asked.pupil, "SUSP", date(2026, 3, 3), date(2026, 3, 4), 4, ("PP", "VA")),
        Diagnosis("d1", asked.pupil, "Autism", "Dr Ali, paediatrician", date(2025, 2, 1)),
        Diagnosis("d2", asked.pupil, "Hearing loss", waiting=True),
    )
    amend(place, Pupil, asked.pupil, ever_6_fsm=True, free_school_meals=False)
    said = of_shared(place, asked, "suspensions")
    assert said.text.startswith("Suspension, 3 March 2026 – 4 March 2026, 4 sessions, Physical assault against a pupil; ")
    assert said.lacks == ("the risk of exclusion",)
    diagnosis = of_shared(place, asked, "diagnosis")
    assert diagnosis.text == "Autism, Dr Ali, paediatrician, 1 February 2025.\nHearing loss: being assessed."
    assert diagnosis.answers
    assert of_shared(place, asked, "eligible_free_meals").text == "Yes, at some time in the last six years."
    assert "Not eligible for free school meals.\nAutism" in of_shared(place, asked, "background").text


@pytest.mark.parametrize(("year", "now"), [("4", "Year 4"), ("3", "Year 3")])
def test_the_year_by_age_stands_beside_the_year_in_school(place, asked, year, now):
    born = date(place.session.clock.today().year - 9, 10, 1)
    amend(place, Pupil, asked.pupil, birth_date=born, year=year)
    by_age = place.session.clock.today()
    expected = (by_age.year if by_age.month >= 9 else by_age.year - 1) - born.year - 5
    assert of_source(place, asked, "pupil.year_group").text == f"By age: Year {expected}. In school: {now}."


def test_how_many_are_on_roll_is_for_a_person_to_say(place, asked):
    draft = of_shared(place, asked, "number_on_roll")
    assert draft.text.startswith("1 pupil in this record on ")
    add_pupil(place, legal_forename="Ann", upn=None)
    assert of_shared(place, asked, "number_on_roll").text.startswith("2 pupils in this record on ")
    assert not draft.answers


def test_the_parents_were_told_on_a_day_and_how_is_for_a_person_to_say(place, asked):
    told = replace(asked, parents_told_on=date(2026, 11, 2), parents_agree=False, parents_agree_note="They want to wait.")
    draft = of_shared(place, told, "parents_aware")
    assert draft.text == "The parents were told on 2 November 2026.\nThey do not agree with it. They want to wait."
    assert draft.lacks == ("how the parents were told",)


def test_a_request_for_an_assessment_that_was_sent_is_told_with_its_day(place, asked):
    assert of_shared(place, asked, "assessment_under_way").text == ""
    put(place, SentOtherwise("s1", asked.pupil, asked.id, date(2026, 11, 2), "email", place.session.clock.now(), place.session.actor.id))
    draft = of_shared(place, asked, "assessment_under_way")
    assert draft.text == "The request for an EHC needs assessment was sent to Leicestershire County Council on 2 November 2026."
    assert draft.lacks == ("what the council has said since",)


# ---- outcomes, needs and evidence -----------------------------------------------------------------------------------
def test_attainment_is_the_dated_values_and_outcomes_are_those_of_the_newest_plan(place, asked):
    cycle, _ = start_cycle(place.session, asked.pupil, starts_on=date(2026, 9, 1), review_due_on=date(2026, 12, 10))
    outcome = Outcome(
        "o1", asked.pupil, cycle.id, 1, "Reads aloud", baseline="12", target="40", measure="Word list", by_on=date(2026, 12, 1),
        unit="count", counts="words", baseline_on=date(2026, 9, 3),
    )  # fmt: skip
    me = place.session.actor
    put(place, outcome, DataPoint("v1", asked.pupil, "o1", "21", "count", date(2026, 10, 5), me.id, me.name))
    draft = of_shared(place, asked, "attainment")
    assert "on 3 September 2026; " in draft.text
    assert "on 5 October 2026." in draft.text
    assert draft.lacks == ("attainment in each subject, with standardised scores where there are any",)
    assert of_source(place, asked, "outcomes.sought").text == "Reads aloud: aim 40, by 1 December 2026."
    assert of_shared(place, asked, "funding_impact").text == "Reads aloud: measured by Word list, from 12, aim 40, by 1 December 2026."


def test_a_form_that_takes_two_needs_gets_the_first_two_and_says_what_it_left_out(place, asked):
    for rank, kind in enumerate(("ASD", "SEMH", "MLD"), 2):  # the first is there already
        put(place, SenNeed(f"n{rank}", asked.pupil, kind, rank, date(2025, 9, 3), description="one\ntwo"))
    draft = of_source(place, asked, "needs", most_items=2)
    labels = reference.codes("SENtype")
    assert [each.split(".")[0] for each in draft.text.split("\n")] == [labels["SLCN"], labels["ASD"]]
    assert draft.text.endswith(". one two")
    assert draft.left_out == 2
    assert of_source(place, asked, "needs").left_out == 0


def paper(place, asked, id, kind="report", **more):
    found = Document(
        id, asked.pupil, f"Paper {id}", kind, "a.pdf", "application/pdf", 1, "0" * 64, "b", datetime(2026, 1, 2, tzinfo=UTC), **more
    )
    put(place, found)
    return found


def test_evidence_of_need_names_the_reports_and_what_was_marked_in_them(place, asked):
    paper(place, asked, "r1", author_name="Dr Ali", document_on=date(2026, 3, 3))
    paper(place, asked, "r2", confidential=True)
    paper(place, asked, "w1", "work")
    request = replace(asked, evidence=("r1", "r2", "w1"))
    draft = of_shared(place, request, "evidence_of_need")
    assert draft.text == "Paper r1, Dr Ali, 3 March 2026."
    assert draft.lacks == ("what in each report shows the need",)
    put(place, ReportMark("m1", asked.pupil, "r1", 3, "need", "cannot follow two steps", place.session.actor.id, date(2026, 3, 5)))
    draft = of_shared(place, request, "evidence_of_need")
    assert draft.text == "Paper r1, Dr Ali, 3 March 2026. “cannot follow two steps” (page 3)"
    assert draft.answers


def test_advice_of_a_confidential_report_is_drafted_nowhere(place, asked):
    paper(place, asked, "r2", confidential=True)
    put(
        place,
        Professional("p1", "Dr Ali"),
        Involvement("i1", asked.pupil, "p1", date(2026, 1, 5)),
        Recommendation("g1", asked.pupil, "i1", "Short steps", in_use="yes"),
        Recommendation("g2", asked.pupil, "i1", "What nobody may know", document="r2", in_use="yes"),
    )
    text = of_source(place, asked, "services.advice").text
    assert "Short steps" in text
    assert "nobody may know" not in text


def test_provision_whose_cost_is_not_known_is_in_the_first_draft_and_leaves_no_empty_line(place, asked, monkeypatch):
    rows = [
        {"title": "Reading", "delivered_by": "Ms Lake", "formula": "2 × 30 minutes"},
        {"title": "Talk group", "delivered_by": "", "formula": ""},
    ]
    monkeypatch.setattr(first_drafts, "pupil_map", lambda *_: {"rows": rows})
    assert of_source(place, asked, "provision.summary").text == "Reading, Ms Lake: 2 × 30 minutes\nTalk group"

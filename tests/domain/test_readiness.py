"""Each check of each shipped form, once there and once not; and what the whole says."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sencoapp import reference
from sencoapp.domain.readiness import FACTS, RULES, checks_of, readiness
from sencoapp.domain.request_facts import (
    EvidenceFacts,
    NeedFacts,
    OutcomeFacts,
    ProvisionFacts,
    ReportFacts,
    RequestFacts,
    ViewFacts,
)

TODAY = date(2026, 11, 24)
SHIPPED = [(council, form) for council in reference.councils() for form in reference.council(council)["forms"]]
LEICESTERSHIRE = reference.council_form("leicestershire", "ehc_needs_assessment")

OUTCOME = OutcomeFacts("Reads 40 words", 1, True, "12 words", "40 words", "Word list", date(2026, 10, 1), "31 words", "nearly")
PROVISION = ProvisionFacts("Phonics group", "Teaching assistant", 30, Decimal(3), 4, 7740, True)
PAPERS = (
    EvidenceFacts("Story", "work", date(2026, 11, 2)),
    EvidenceFacts("Speech and language report", "report", date(2026, 3, 3)),
    EvidenceFacts("Reading ages", "assessment", date(2026, 10, 2)),
    EvidenceFacts("My profile", "view", date(2026, 10, 2)),
    EvidenceFacts("Timetable", "other", date(2026, 9, 2)),
    EvidenceFacts("Risk assessment", "other", date(2026, 9, 2)),
    EvidenceFacts("Early help, minutes", "other", date(2026, 9, 2)),
)


def questions_of(form):
    return {each["id"]: 40 for section in form["sections"] for each in section["questions"]}


def complete(form):
    """A request in which nothing is missing."""
    return RequestFacts(
        pupil_named=True,
        school_named=True,
        requester_named=True,
        answered=questions_of(form),
        consent_documents=1,
        consent_document_on=date(2026, 11, 2),
        parents_told_on=date(2026, 11, 2),
        parents_agree=False,
        needs=(NeedFacts("Speech, language and communication needs", 1, True, True),),
        reviewed_cycles=2,
        outcomes=(OUTCOME, replace(OUTCOME, label="Asks for help", cycle=2)),
        views=(ViewFacts("pupil", date(2026, 10, 5)), ViewFacts("parents", date(2026, 10, 5))),
        reports=(ReportFacts("Speech and language report", date(2026, 3, 3), "Speech and language therapist", True),),
        evidence=PAPERS,
        provision=(PROVISION,),
        total_cost_pence=7740,
        statement_sentences=12,
        strengths=2,
        attendance_known=True,
        observations_last_12_months=14,
    )


GAPS = {
    # check: what is changed about a complete request, and words that its sentence then holds
    "pupil_named": ({"pupil_named": False}, "which pupil"),
    "school_named": ({"school_named": False}, "name the school"),
    "requester_named": ({"requester_named": False}, "who makes it"),
    "files_open": ({"damaged_documents": ("Scan of 3 May",)}, "Scan of 3 May"),
    "law_may_have_sen": ({"needs": ()}, "No need is recorded"),
    "law_may_need_plan": ({"answered": {}}, "why an EHC plan may be necessary"),
    **{
        f"evidence_{each}": ({"evidence": ()}, "not in the pack yet")
        for each in ("work", "one_page_profile", "timetable", "assessment_data", "behaviour_risk_health", "early_help")
    },
    "evidence_professional_reports": (
        {"evidence": (EvidenceFacts("EP report", "report", date(2025, 5, 2)),)},
        "the newest is older than 1",
    ),
    "evidence_of_need": ({"evidence": (EvidenceFacts("Story", "work", TODAY),)}, "evidence of need: not in the pack yet"),
    "consent": ({"consent_documents": 0, "consent_document_on": None}, "No signed consent page"),
    "one_page_profile": ({"answered": {"why_an_assessment": 40}}, "Who I am and what motivates me"),
    "form_answered": ({"answered": {"why_an_assessment": 40}}, "Not answered yet: "),
    "current_form": ({"form_out_of_date": ("it was begun on version 2025-01",)}, "not the present one: it was begun on version 2025-01"),
    "parents_told": ({"parents_told_on": None}, "when the parents were told"),
    "parents_agree": ({"parents_agree": None}, "whether the parents agree"),
    "cycles": ({"reviewed_cycles": 1}, "1 of 2 reviewed cycles"),
    "baseline": ({"outcomes": (replace(OUTCOME, baseline=" "),)}, "“Reads 40 words”: no starting point"),
    "exit_data": ({"outcomes": (replace(OUTCOME, result=None, rating=None),)}, "“Reads 40 words”: no result, not rated"),
    "measurable": ({"outcomes": (replace(OUTCOME, measure=None, by_on=None),)}, "“Reads 40 words”: no measure, no date"),
    "changed_after_review": ({"outcomes": (replace(OUTCOME, rating="not_met"), replace(OUTCOME, cycle=2))}, "Reads 40 words"),
    "advice_used": ({"reports": (ReportFacts("EP report", date(2026, 3, 3)),)}, "“EP report”: not linked to a cycle"),
    "reports_in_date": (
        {"reports": (ReportFacts("EP report", date(2025, 5, 2), used=True),)},  # older than any form takes
        "“EP report” of 2 May 2025 is 18 months old",
    ),
    "specific_provision": (
        {"provision": (replace(PROVISION, delivered_by=None, minutes=None),)},
        "“Phonics group”: no person or role, no length",
    ),
    "provision_for_outcome": ({"provision": (replace(PROVISION, has_outcome=False),)}, "“Phonics group”: no outcome"),
    "costs": ({"provision": (replace(PROVISION, cost_pence=None),)}, "“Phonics group”: no cost"),
    "pupil_views": ({"views": (ViewFacts("pupil", date(2025, 11, 23)), ViewFacts("parents", TODAY))}, "older than 12 months"),
    "parent_views": ({"views": (ViewFacts("pupil", TODAY), ViewFacts("parents", date(2025, 11, 23)))}, "older than 12 months"),
    "needs_have_evidence": ({"needs": (NeedFacts("ASD", 1, True, False),)}, "“ASD”: no evidence linked"),
    "vague_wording": ({"vague_wording": ("“Talk time”: “as required”",)}, "“as required”"),
    "cycles_reviewed": ({"unreviewed_cycles": ("cycle 2, whose review was due on 3 October 2026",)}, "cycle 2, whose review was due"),
    "timetable_matches": ({"off_timetable": ("“Phonics group” has no time in the week",)}, "“Phonics group” has no time"),
    "statement": ({"statement_sentences": 0}, "Nobody has taken over the statement"),
    "duplicates": ({"duplicates": ("“EP report” and “Report 2” are the same file",)}, "are the same file"),
    "readable_scans": ({"poor_scans": ("“EP report”, page 3, is too pale",)}, "“EP report”, page 3, is too pale"),
    "answers_fit": ({"lines": {"needs_by_area": 3}}, "by 1 line."),
    "strengths": ({"strengths": 0}, "No strength"),
    "attendance": ({"attendance_known": False}, "Attendance is not recorded"),
    "recent_observations": ({"observations_last_12_months": 0}, "Nothing was noted"),
}

EACH = [(council, form, check.id) for council, form in SHIPPED for check in checks_of(reference.council_form(council, form))]


def found(form, facts, check, explained=None):
    answer = readiness(form, facts, TODAY, explained)
    return next((each for each in answer.findings + answer.blockers if each.check == check), None)


def test_every_shipped_check_has_both_cases_here():
    assert {check for _, _, check in EACH} == set(GAPS)


@pytest.mark.parametrize(("council", "name", "check"), EACH, ids=[f"{council}-{check}" for council, _, check in EACH])
def test_each_check_sees_what_is_there_and_what_is_not(council, name, check):
    form = reference.council_form(council, name)
    shipped = next(each for each in checks_of(form) if each.id == check)
    there = found(form, complete(form), check)
    assert there is None if shipped.blocking else there.state == "present"
    change, words = GAPS[check]
    gap = found(form, replace(complete(form), **change), check)
    assert gap.state == ("blocking" if shipped.blocking else "missing")
    assert words in gap.sentence
    assert "{" not in gap.sentence
    assert gap.why
    assert gap.fix_words
    assert gap.who


@pytest.mark.parametrize(("council", "name"), SHIPPED)
def test_a_complete_request_is_complete_and_an_empty_one_says_so_for_each_row(council, name):
    form = reference.council_form(council, name)
    whole = readiness(form, complete(form), TODAY)
    assert whole.present == whole.total == len(whole.findings)
    assert whole.sentence == f"{whole.total} of {whole.total} present. You can send now."
    nothing = readiness(form, RequestFacts(), TODAY)
    assert nothing.blockers
    assert {each.check for each in nothing.blockers} == {"pupil_named", "school_named", "requester_named"}
    assert nothing.sentence.endswith("Put 3 things right before you send.")
    assert {each.check for each in nothing.findings if each.state == "present"} <= {
        "reports_in_date",
        "changed_after_review",
        "vague_wording",
        "cycles_reviewed",
        "timetable_matches",
        "duplicates",
        "readable_scans",
        "current_form",
        "answers_fit",
    }
    assert all("{" not in each.sentence for each in nothing.findings)


def test_a_gap_warns_and_does_not_block():
    facts = replace(complete(LEICESTERSHIRE), reviewed_cycles=0, reports=(), provision=(), consent_documents=0)
    answer = readiness(LEICESTERSHIRE, facts, TODAY)
    assert not answer.blockers
    missing = [each.check for each in answer.findings if each.state == "missing"]
    assert missing == ["consent", "cycles", "advice_used", "specific_provision", "provision_for_outcome", "costs"]
    assert answer.sentence == f"{answer.total - 6} of {answer.total} present. You can send now; the council may ask for 6 more things."


def test_the_two_parts_of_the_test_in_law_do_not_block_either():
    answer = readiness(LEICESTERSHIRE, replace(complete(LEICESTERSHIRE), needs=()), TODAY)
    assert not answer.blockers
    assert next(each for each in answer.findings if each.check == "law_may_have_sen").voice == "law"


def test_one_gap_is_one_thing():
    answer = readiness(LEICESTERSHIRE, replace(complete(LEICESTERSHIRE), strengths=0), TODAY)
    assert answer.sentence.endswith("the council may ask for 1 more thing.")


def test_a_reason_explains_a_gap_and_is_kept_with_it():
    facts = replace(complete(LEICESTERSHIRE), reviewed_cycles=1)
    gap = found(LEICESTERSHIRE, facts, "cycles", {"cycles": "He joined us in September."})
    assert (gap.state, gap.reason) == ("explained", "He joined us in September.")
    answer = readiness(LEICESTERSHIRE, facts, TODAY, {"cycles": "He joined us in September."})
    assert answer.sentence == f"{answer.total - 1} of {answer.total} present, 1 explained. You can send now."
    assert found(LEICESTERSHIRE, facts, "cycles", {"cycles": "  "}).state == "missing"


def test_a_reason_does_not_mend_a_blocker_nor_stay_with_what_is_there():
    facts = replace(complete(LEICESTERSHIRE), school_named=False)
    assert found(LEICESTERSHIRE, facts, "school_named", {"school_named": "Later."}).state == "blocking"
    assert found(LEICESTERSHIRE, facts, "cycles", {"cycles": "He joined us in September."}).reason is None


def test_views_that_are_absent_for_a_reason_are_explained_by_it():
    absent = ViewFacts("pupil", date(2026, 10, 5), absent_because="She chose not to say.")
    gap = found(LEICESTERSHIRE, replace(complete(LEICESTERSHIRE), views=(absent, ViewFacts("parents", TODAY))), "pupil_views")
    assert (gap.state, gap.reason) == ("explained", "She chose not to say.")


def test_views_given_after_a_refusal_count():
    views = (
        ViewFacts("pupil", date(2026, 9, 1), absent_because="Ill."),
        ViewFacts("pupil", date(2026, 10, 1)),
        ViewFacts("parents", TODAY),
    )
    assert found(LEICESTERSHIRE, replace(complete(LEICESTERSHIRE), views=views), "pupil_views").state == "present"


@pytest.mark.parametrize(
    ("on", "state", "age"),
    [
        (date(2025, 11, 24), "present", ""),
        (date(2025, 11, 23), "missing", "amber"),
        (date(2025, 5, 24), "missing", "amber"),
        (date(2025, 5, 23), "missing", "red"),
        (None, "missing", "amber"),
    ],
)
def test_a_report_is_amber_after_twelve_months_and_red_after_eighteen(on, state, age):
    facts = replace(complete(LEICESTERSHIRE), reports=(ReportFacts("EP report", on, used=True),))
    gap = found(LEICESTERSHIRE, facts, "reports_in_date")
    assert (gap.state, gap.age) == (state, age)


def test_a_long_list_names_three_and_counts_the_rest():
    titles = tuple(f"Scan {number}" for number in range(1, 6))
    gap = found(LEICESTERSHIRE, replace(complete(LEICESTERSHIRE), damaged_documents=titles), "files_open")
    assert gap.sentence == "These files cannot be opened: Scan 1; Scan 2; Scan 3; and 2 more."


def test_what_is_signed_by_hand_is_not_an_open_question():
    by_hand = {"consent_signature", "consent_date"}
    answered = {question: size for question, size in questions_of(LEICESTERSHIRE).items() if question not in by_hand}
    facts = replace(complete(LEICESTERSHIRE), answered=answered)
    assert found(LEICESTERSHIRE, facts, "one_page_profile").state == "present"


def test_a_provision_that_costs_nothing_is_costed():
    facts = replace(complete(LEICESTERSHIRE), provision=(replace(PROVISION, cost_pence=0),))
    assert found(LEICESTERSHIRE, facts, "costs").state == "present"


def test_outcomes_of_an_open_cycle_need_no_result_yet():
    outcomes = (OUTCOME, replace(OUTCOME, label="Writes her name", cycle=2, reviewed=False, result=None, rating=None))
    assert found(LEICESTERSHIRE, replace(complete(LEICESTERSHIRE), outcomes=outcomes), "exit_data").state == "present"


def test_every_fact_and_rule_is_used_by_a_shipped_form():
    checks = [check for council, form in SHIPPED for check in checks_of(reference.council_form(council, form))]
    assert {check.fact for check in checks} == set(FACTS)
    assert {check.rule for check in checks} == set(RULES)


def test_an_answer_over_the_limit_says_by_how_much():
    limited = [
        {**each, "most_characters": 30} if each["id"] == "why_an_assessment" else each
        for each in LEICESTERSHIRE["sections"][8]["questions"]
    ]
    check = {"id": "answers_fit", **reference.data("councils", "shared.json")["checks"]["answers_fit"], "blocking": False}
    sections = [*LEICESTERSHIRE["sections"][:8], {**LEICESTERSHIRE["sections"][8], "questions": limited}]
    form = {**LEICESTERSHIRE, "sections": sections, "checks": [check]}
    assert "“Why an EHC needs assessment is asked for” by 10 characters" in found(form, complete(form), "answers_fit").sentence
    short = replace(complete(form), answered={"why_an_assessment": 30})
    assert found(form, short, "answers_fit").state == "present"


def test_an_answer_of_more_lines_than_the_council_takes_says_by_how_many():
    form = reference.council_form("nottinghamshire", "additional_family_needs")
    long = replace(complete(form), lines={"needs_by_area": 4})
    assert "“The needs, two at most, the main one first” by 2 lines" in found(form, long, "answers_fit").sentence
    assert found(form, replace(long, lines={"needs_by_area": 2}), "answers_fit").state == "present"


words = st.text(max_size=12)
some_days = st.none() | st.dates(date(2019, 1, 1), date(2028, 1, 1))
facts_of_any_request = st.builds(
    RequestFacts,
    pupil_named=st.booleans(),
    school_named=st.booleans(),
    requester_named=st.booleans(),
    damaged_documents=st.lists(words, max_size=2).map(tuple),
    answered=st.dictionaries(st.sampled_from(sorted(questions_of(LEICESTERSHIRE))), st.integers(1, 9_000)),
    evidence=st.lists(st.builds(EvidenceFacts, words, st.sampled_from(["report", "work", "consent"]), some_days), max_size=3).map(tuple),
    consent_documents=st.integers(0, 3),
    parents_told_on=some_days,
    parents_agree=st.none() | st.booleans(),
    needs=st.lists(st.builds(NeedFacts, words, st.integers(1, 3), st.booleans(), st.booleans()), max_size=2).map(tuple),
    reviewed_cycles=st.integers(0, 4),
    outcomes=st.lists(st.builds(OutcomeFacts, words, st.integers(1, 3), st.booleans(), by_on=some_days), max_size=3).map(tuple),
    views=st.lists(
        st.builds(ViewFacts, st.sampled_from(["pupil", "parents"]), st.dates(date(2019, 1, 1), date(2031, 1, 1))), max_size=2
    ).map(tuple),
    reports=st.lists(st.builds(ReportFacts, words, some_days, used=st.booleans()), max_size=2).map(tuple),
    provision=st.lists(st.builds(ProvisionFacts, words, cost_pence=st.none() | st.integers(0, 9_000)), max_size=2).map(tuple),
    vague_wording=st.lists(words, max_size=2).map(tuple),
    unreviewed_cycles=st.lists(words, max_size=2).map(tuple),
    off_timetable=st.lists(words, max_size=2).map(tuple),
    duplicates=st.lists(words, max_size=2).map(tuple),
    poor_scans=st.lists(words, max_size=2).map(tuple),
    statement_sentences=st.integers(0, 3),
    strengths=st.integers(0, 2),
    attendance_known=st.booleans(),
    form_out_of_date=st.just(()) | st.tuples(words),
)


@given(facts_of_any_request, st.sampled_from(SHIPPED), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_nothing_blocks_but_no_pupil_no_school_no_requester_and_a_damaged_file(facts, shipped, today):
    answer = readiness(reference.council_form(*shipped), facts, today)
    blocked = {each.check for each in answer.blockers}
    wanted = {
        "pupil_named": not facts.pupil_named,
        "school_named": not facts.school_named,
        "requester_named": not facts.requester_named,
        "files_open": bool(facts.damaged_documents),
    }
    assert blocked == {check for check, there in wanted.items() if there}
    assert all(each.who and each.why and each.fix_page and each.fix_words for each in answer.findings)
    assert len(answer.findings) == len({each.check for each in answer.findings})


def test_what_is_no_ground_for_refusing_is_told_with_its_source_and_is_no_gap():
    notes = [each for each in LEICESTERSHIRE["law_notes"] if each.get("about") == "refusal"]
    assert [each["citation"] for each in notes] == ["Children and Families Act 2014, s36(8); SEND Code of Practice 2015, 9.14"]
    assert "£6,000" in notes[0]["sentence"]

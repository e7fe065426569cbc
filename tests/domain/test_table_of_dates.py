"""The table of statutory dates, row by row under the names that it has there: each row has a rule, and each rule a worked date."""

import pytest

from sencoapp import reference
from tests.domain.test_deadlines import RULES, VECTORS

ROWS = {
    "Notify decision to assess / not": {"decision_to_assess"},
    "Bodies' advice (health, care…)": {"advice"},
    "Notify decision not to issue plan": {"decision_no_plan"},
    "Draft sent → parent comments": {"comments_on_draft"},
    "Consulted school replies": {"consultation_reply"},
    "Final plan issued": {"final_plan"},
    "Moves LA": {"plan_moves_with_pupil", "plan_handed_over", "new_council_intentions"},
    "Annual review: first": {"first_annual_review", "next_annual_review"},
    "AR meeting: invitations": {"review_invitations"},
    "AR: advice gathered & circulated": {"review_advice_circulated"},
    "AR: school's report": {"review_report"},
    "AR: LA decision (maintain/amend/cease) with proposed amendments": {"review_decision"},
    "AR: parent reps on amendment": {"comments_on_amendment"},
    "AR: final amended plan": {"amended_plan", "amended_plan_from_meeting"},
    "Phase transfer": {"phase_transfer"},
    "Secondary → post-16": {"post_16_transfer"},
    "Post-16 → post-16": {"between_post_16"},
    "Re-assessment plan": {"reassessment_plan"},
    "LA concedes appeal": {"conceded_assessment", "conceded_no_plan", "conceded_plan", "conceded_amendment"},
    # Mediation and appeal, in the text below the table.
    "Contact mediation adviser": {"contact_mediation"},
    "Declines → certificate": {"certificate_declined"},
    "Mediates → LA arranges; deemed certificate": {"mediation_arranged", "certificate_deemed"},
    "Appeal by the later of two dates": {"appeal_from_decision", "appeal_from_certificate"},
    "LA response": {"appeal_response"},
}

LENGTHS = {
    # what the table says, to be compared with the data: length, unit, how it is counted
    "decision_to_assess": (6, "weeks", "within"),
    "decision_no_plan": (16, "weeks", "within"),
    "final_plan": (20, "weeks", "within"),
    "advice": (6, "weeks", "within"),
    "comments_on_draft": (15, "days", "beginning_with"),
    "consultation_reply": (15, "days", "within"),
    "review_invitations": (2, "weeks", "at_least_before"),
    "review_advice_circulated": (2, "weeks", "at_least_before"),
    "review_report": (2, "weeks", "within"),
    "review_decision": (4, "weeks", "within"),
    "amended_plan": (8, "weeks", "within"),
    "amended_plan_from_meeting": (12, "weeks", "within"),
    "comments_on_amendment": (15, "days", "beginning_with"),
    "reassessment_plan": (14, "weeks", "within"),
    "conceded_assessment": (2, "weeks", "within"),
    "conceded_no_plan": (10, "weeks", "within"),
    "conceded_plan": (14, "weeks", "within"),
    "conceded_amendment": (5, "weeks", "within"),
    "contact_mediation": (2, "months", "within"),
    "appeal_from_decision": (2, "months", "within"),
    "appeal_from_certificate": (1, "months", "within"),
    "certificate_declined": (3, "working_days", "within"),
    "mediation_arranged": (30, "days", "within"),
    "certificate_deemed": (3, "working_days", "within"),
    "appeal_response": (6, "weeks", "within"),
}


@pytest.mark.parametrize("row", ROWS)
def test_each_row_has_its_rules_and_each_rule_a_worked_date(row):
    worked = {vector[2] for vector in VECTORS}
    assert ROWS[row] <= worked
    for each in RULES["rules"]:
        if each["id"] in ROWS[row]:
            assert each["citation"]
            assert each["source"]


def test_no_rule_stands_outside_the_table():
    assert {each["id"] for each in RULES["rules"]} == set().union(*ROWS.values())


@pytest.mark.parametrize("rule", LENGTHS)
def test_the_data_say_what_the_table_says(rule):
    (found,) = [each for each in RULES["rules"] if each["id"] == rule]
    assert (found["length"], found["unit"], found["count"]) == LENGTHS[rule]


def test_each_date_that_a_council_can_miss_says_what_may_be_sent():
    """Where the law sets the council a date in a case of ours, there is something to do once it has gone by."""
    quiet = []
    for kind in reference.case_kinds():
        for step in reference.case_kind(kind)["steps"]:
            if step["who"] == "council" and step.get("rule") and not step.get("when_late"):
                quiet.append((kind, step["id"]))
    assert quiet == []

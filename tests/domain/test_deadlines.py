"""Every row of the table of statutory dates, and what holds for all of them."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from sencoapp import reference
from sencoapp.domain.calendar import SchoolDays
from sencoapp.domain.dates import add_months
from sencoapp.domain.deadlines import (
    appeal_by,
    closure_exception,
    closure_window,
    counted,
    day_of,
    deadlines,
    end_of_compulsory_school_age,
    flag_closure,
    read_rules,
)
from sencoapp.domain.people import Term

RULES = reference.data("rules", "england.json")
D = date.fromisoformat
RECEIVED = date(2027, 1, 11)

VECTORS = [
    # event, day, rule, due, last compliant day
    ("request_received", "2027-01-11", "decision_to_assess", "2027-02-22", "2027-02-22"),
    ("request_received", "2027-01-11", "decision_no_plan", "2027-05-03", "2027-05-03"),
    ("request_received", "2027-01-11", "final_plan", "2027-05-31", "2027-05-31"),
    ("advice_requested", "2027-02-22", "advice", "2027-04-05", "2027-04-05"),
    ("draft_plan_served", "2027-05-04", "comments_on_draft", "2027-05-18", "2027-05-18"),
    ("consultation_received", "2027-05-04", "consultation_reply", "2027-05-19", "2027-05-19"),
    ("pupil_moved_area", "2027-05-04", "plan_moves_with_pupil", "2027-05-04", "2027-05-04"),
    ("council_learned_of_move", "2027-04-30", "plan_handed_over", "2027-05-24", "2027-05-24"),  # over the May bank holiday
    ("plan_handed_over", "2027-05-04", "new_council_intentions", "2027-06-15", "2027-06-15"),
    ("plan_issued", "2027-01-01", "first_annual_review", "2027-12-31", "2027-12-31"),
    ("plan_issued", "2028-02-29", "first_annual_review", "2029-02-28", "2029-02-28"),  # no 29 February in the year after
    ("plan_reviewed", "2027-06-15", "next_annual_review", "2028-06-14", "2028-06-14"),
    ("review_meeting", "2027-06-15", "review_invitations", "2027-06-01", "2027-06-01"),
    ("review_meeting", "2027-06-15", "review_advice_circulated", "2027-06-01", "2027-06-01"),
    ("review_meeting", "2027-06-15", "review_report", "2027-06-29", "2027-06-29"),
    ("review_meeting", "2027-06-15", "review_decision", "2027-07-13", "2027-07-13"),
    ("review_meeting", "2027-06-15", "amended_plan_from_meeting", "2027-09-07", "2027-09-07"),
    ("amendment_notice_served", "2027-07-13", "comments_on_amendment", "2027-07-27", "2027-07-27"),
    ("amendment_notice_served", "2027-07-13", "amended_plan", "2027-09-07", "2027-09-07"),
    ("school_transfer", "2027-09-01", "phase_transfer", "2027-02-15", "2027-02-14"),
    ("post_16_transfer", "2027-09-01", "post_16_transfer", "2027-03-31", "2027-03-30"),
    ("post_16_change", "2027-09-01", "between_post_16", "2027-04-01", "2027-04-01"),
    ("post_16_change", "2027-07-31", "between_post_16", "2027-02-28", "2027-02-28"),
    ("reassessment_notified", "2027-01-11", "reassessment_plan", "2027-04-19", "2027-04-19"),
    ("assessment_appeal_conceded", "2027-01-11", "conceded_assessment", "2027-01-25", "2027-01-25"),
    ("assessment_appeal_conceded", "2027-01-11", "conceded_no_plan", "2027-03-22", "2027-03-22"),
    ("assessment_appeal_conceded", "2027-01-11", "conceded_plan", "2027-04-19", "2027-04-19"),
    ("contents_appeal_conceded", "2027-01-11", "conceded_amendment", "2027-02-15", "2027-02-15"),
    ("decision_letter", "2027-02-22", "contact_mediation", "2027-04-22", "2027-04-22"),
    ("decision_letter", "2027-02-22", "appeal_from_decision", "2027-04-22", "2027-04-22"),
    ("decision_letter", "2026-12-31", "contact_mediation", "2027-02-28", "2027-02-28"),
    ("mediation_certificate", "2027-01-31", "appeal_from_certificate", "2027-02-28", "2027-02-28"),
    ("mediation_declined", "2027-03-25", "certificate_declined", "2027-04-01", "2027-04-01"),  # over Good Friday and Easter Monday
    ("mediation_asked_for", "2027-03-01", "mediation_arranged", "2027-03-31", "2027-03-31"),
    ("mediation_not_arranged", "2027-03-01", "certificate_deemed", "2027-03-04", "2027-03-04"),
    ("appeal_sent_to_council", "2027-03-01", "appeal_response", "2027-04-12", "2027-04-12"),
]


def one(trigger, on, rule, **more):
    (found,) = [each for each in deadlines(RULES, trigger, on, **more) if each.rule == rule]
    return found


@pytest.mark.parametrize(("trigger", "on", "rule", "due", "last"), VECTORS, ids=[f"{row[2]}-{row[1]}" for row in VECTORS])
def test_each_row_of_the_table_gives_its_date(trigger, on, rule, due, last):
    found = one(trigger, D(on), rule)
    assert (found.due, found.last_compliant) == (D(due), D(last))
    assert found.target < found.last_compliant
    assert found.citation
    assert found.how


def test_every_rule_has_a_vector_and_every_trigger_a_rule():
    assert {each["id"] for each in RULES["rules"]} == {row[2] for row in VECTORS}
    assert {each["trigger"] for each in RULES["rules"]} == set(RULES["triggers"])
    assert len({each["id"] for each in RULES["rules"]}) == len(RULES["rules"])
    for rule in RULES["rules"]:
        assert set(rule.get("exceptions", ())) <= set(RULES["exceptions"])
        assert set(rule.get("shifts", ())) <= set(RULES["shifts"])


def test_the_rules_follow_their_schema():
    Draft202012Validator.check_schema(reference.data("schemas", "rules.schema.json"))
    Draft202012Validator(reference.data("schemas", "rules.schema.json")).validate(RULES)


def test_twelve_weeks_from_the_request_of_the_worked_example():
    assert counted(RECEIVED, 12, "weeks", "within") == date(2027, 4, 5)


def test_a_date_says_how_it_was_counted():
    assert one("request_received", RECEIVED, "decision_to_assess").how == "42 days after 11 January 2027, that day not counted"
    assert one("draft_plan_served", D("2027-05-04"), "comments_on_draft").how == "15 days beginning with 4 May 2027, that day counted"
    assert one("review_meeting", D("2027-06-15"), "review_invitations").how == "at least 14 days before 15 June 2027"
    assert (
        one("mediation_certificate", D("2027-02-01"), "appeal_from_certificate").how
        == "1 month after 1 February 2027, that day not counted"
    )
    assert one("school_transfer", D("2027-09-01"), "phase_transfer").how == "before 15 February 2027, so 14 February 2027 at the latest"
    assert one("pupil_moved_area", D("2027-05-04"), "plan_moves_with_pupil").how == "on 4 May 2027 itself"


def test_the_command_line_gets_four_names():
    first = deadlines(RULES, "request_received", RECEIVED)[0].as_json()
    assert json.loads(json.dumps(first)) == {
        "rule": "decision_to_assess",
        "due": "2027-02-22",
        "lastCompliant": "2027-02-22",
        "citation": "SEND Regulations 2014, reg 5(1)",
    }


def test_a_rule_without_a_source_is_to_be_checked_with_the_council():
    assert one("review_meeting", D("2027-06-15"), "review_report").check_with_council
    assert not one("request_received", RECEIVED, "final_plan").check_with_council


def test_an_unknown_event_is_a_bug_and_not_an_empty_answer():
    with pytest.raises(KeyError):
        deadlines(RULES, "request_recieved", RECEIVED)


def test_only_the_rules_in_force_on_the_day_apply():
    assert deadlines(RULES, "request_received", date(2014, 8, 31)) == ()
    assert len(deadlines(RULES, "request_received", date(2014, 9, 1))) == 3
    ended = {**RULES, "rules": [{**each, "in_force_to": "2027-01-10"} for each in RULES["rules"]]}
    assert deadlines(ended, "request_received", RECEIVED) == ()


def test_today_is_day_so_many_of_the_period():
    decision = one("request_received", RECEIVED, "decision_to_assess")
    assert day_of(decision, RECEIVED).day == 0
    assert day_of(decision, date(2027, 1, 23)).in_words() == "day 12 of 42"
    assert day_of(decision, date(2027, 1, 23)).left == 30
    assert day_of(decision, date(2027, 2, 22)).in_words() == "last day of 42"
    assert day_of(decision, date(2027, 2, 23)).in_words() == "1 day late"
    assert day_of(decision, date(2027, 2, 25)).in_words() == "3 days late"
    comments = one("draft_plan_served", D("2027-05-04"), "comments_on_draft")
    assert day_of(comments, D("2027-05-04")).in_words() == "day 1 of 15"
    assert day_of(comments, D("2027-05-18")).in_words() == "last day of 15"


SUMMER = SchoolDays.of(
    [
        Term("Summer", date(2027, 4, 12), date(2027, 7, 9), date(2027, 5, 31), date(2027, 6, 4)),
        Term("Autumn", date(2027, 8, 26), date(2027, 12, 17), date(2027, 10, 18), date(2027, 10, 22)),
    ]
)


def test_the_target_is_the_school_day_before():
    assert one("request_received", RECEIVED, "final_plan").target == date(2027, 5, 30)
    assert one("request_received", RECEIVED, "final_plan", school_days=SUMMER).target == date(2027, 5, 28)
    assert one("request_received", RECEIVED, "decision_to_assess", school_days=SUMMER).target == date(2027, 2, 21), "terms not known"


def test_a_closed_school_is_an_exception_and_never_stops_the_clock():
    closed, reopens = date(2027, 7, 10), date(2027, 8, 26)
    assert (reopens - closed).days == 47
    assert closure_window(RULES, closed, reopens) == (date(2027, 7, 3), date(2027, 8, 19))
    asked = [date(2027, 7, 2), date(2027, 7, 3), date(2027, 8, 19), date(2027, 8, 20)]
    assert [closure_exception(RULES, each, closed, reopens) for each in asked] == [False, True, True, False]
    plain = deadlines(RULES, "request_received", date(2027, 6, 1))
    flagged = flag_closure(RULES, plain, date(2027, 7, 5), SUMMER)
    assert [each.due for each in flagged] == [each.due for each in plain]
    assert all(each.exception and "date stays" in each.exception for each in flagged)
    assert flag_closure(RULES, plain, date(2027, 6, 5), SUMMER) == plain


def test_a_closure_of_less_than_four_weeks_is_no_exception():
    assert closure_window(RULES, date(2027, 12, 18), date(2028, 1, 3)) is None
    assert closure_window(RULES, date(2027, 7, 1), date(2027, 7, 28)) is None
    assert closure_window(RULES, date(2027, 7, 1), date(2027, 7, 29)) is not None


def test_an_appeal_is_by_the_later_of_two_months_and_one_month_from_the_certificate():
    assert appeal_by(RULES, D("2027-02-22")).last_compliant == D("2027-04-22")
    early = appeal_by(RULES, D("2027-02-22"), D("2027-03-01"))
    assert (early.rule, early.last_compliant) == ("appeal_from_decision", D("2027-04-22"))
    late = appeal_by(RULES, D("2027-02-22"), D("2027-04-20"))
    assert (late.rule, late.last_compliant) == ("appeal_from_certificate", D("2027-05-20"))
    assert late.how.endswith("the later of the two dates for an appeal")


@pytest.mark.parametrize(
    ("decided", "last"),
    [
        ("2026-10-24", "2026-12-24"),
        ("2026-10-25", "2027-01-04"),  # 25 December; 2 and 3 January 2027 are a weekend
        ("2026-11-01", "2027-01-04"),  # 1 January
        ("2026-11-02", "2027-01-02"),
        ("2027-05-31", "2027-07-31"),
        ("2027-06-01", "2027-09-01"),  # 1 August
        ("2027-06-30", "2027-09-01"),  # 30 August
        ("2026-12-31", "2027-02-28"),
        ("2027-12-31", "2028-02-29"),
        ("2028-06-15", "2028-09-01"),
        ("2029-06-15", "2029-09-03"),  # 1 September 2029 is a Saturday
    ],
)
def test_an_appeal_date_at_christmas_or_in_august_moves(decided, last):
    assert appeal_by(RULES, D(decided)).last_compliant == D(last)


@pytest.mark.parametrize(
    ("born", "leaves"),
    [
        ("2010-09-01", "2027-06-25"),
        ("2011-01-15", "2027-06-25"),
        ("2011-08-31", "2027-06-25"),
        ("2011-09-01", "2028-06-30"),
        ("2010-08-31", "2026-06-26"),
        ("2012-02-29", "2028-06-30"),
    ],
)
def test_compulsory_school_age_ends_on_the_last_friday_in_june(born, leaves):
    assert end_of_compulsory_school_age(D(born)) == D(leaves)


days = st.dates(date(2015, 4, 1), date(2090, 12, 31))


@settings(deadline=None)  # of the test's own: how long the sums take on a busy computer is not asked here
@given(days, days)
def test_a_later_event_never_has_an_earlier_date(first, second):
    first, second = sorted((first, second))
    for trigger in RULES["triggers"]:
        for before, after in zip(deadlines(RULES, trigger, first), deadlines(RULES, trigger, second), strict=True):
            assert before.due <= after.due


@given(days)
def test_no_date_is_more_than_its_length_away_and_targets_come_before(on):
    for rule in read_rules(RULES):
        for found in deadlines(RULES, rule.trigger, on):
            if found.rule == rule.id and rule.unit in ("days", "weeks") and rule.count == "within" and not rule.fixed:
                assert found.due - on == timedelta(days=rule.length * (7 if rule.unit == "weeks" else 1))
            assert found.target == found.last_compliant - timedelta(days=1)


@given(days, st.integers(0, 48))
def test_months_keep_the_day_or_clamp_to_the_end_of_the_month(on, months):
    found = add_months(on, months)
    assert (found.year * 12 + found.month) - (on.year * 12 + on.month) == months
    assert found.day == on.day or (found.day < on.day and (found + timedelta(days=1)).day == 1)


@given(days)
def test_the_leaving_date_is_a_friday_between_24_and_30_june_at_sixteen_in_that_school_year(born):
    found = end_of_compulsory_school_age(born)
    assert found.weekday() == 4
    assert found.month == 6
    assert 24 <= found.day <= 30
    sixteen = add_months(born, 192)
    assert date(found.year - 1, 9, 1) <= sixteen < date(found.year, 9, 1)


@given(days, days)
def test_an_appeal_is_never_earlier_than_either_limit_and_never_in_the_quiet_times(decided, certificate):
    found = appeal_by(RULES, decided, certificate).last_compliant
    assert found >= add_months(decided, 2)
    assert found >= add_months(certificate, 1)
    assert found.month != 8
    assert (found.month, found.day) not in {(12, day) for day in range(25, 32)} | {(1, 1)}

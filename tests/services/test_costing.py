"""Costs read from the record: the plan, what was held, the council's figure beside it, and a sentence for what is missing."""

from datetime import date
from decimal import Decimal

import pytest

from sencoapp.domain.people import Pupil, StaffMember
from sencoapp.domain.provision import ProvisionPlace, ProvisionStaff, StaffRate
from sencoapp.domain.record import Amend
from sencoapp.domain.refusals import Refusal
from sencoapp.services import delivery, provision, rates, staff, staffing, undoing
from sencoapp.services.costing import CostBook
from tests.places import add_pupil
from tests.services.people_of_the_school import TwoClasses
from tests.services.test_provision import values

TODAY = date(2026, 11, 24)
TA = "Teaching assistant"


def test_a_row_says_what_is_planned_what_was_held_and_what_the_council_reckons(place):
    kian, ava = add_pupil(place), add_pupil(place, "Brennan", "Ava")
    made, _ = provision.add_provision(place.session, values(staff_role=TA), [kian.id, ava.id])
    delivery.tick_session(place.session, made.id, date(2026, 11, 3), "ran")
    row = CostBook(place.session).row(made.id, kian.id)
    assert (row.planned_pence, row.to_date_pence, row.council_pence) == (7740, 215, 7740)
    assert (row.planned_minutes, row.delivered_minutes) == (1080, 30)
    assert row.formula == "3 sessions × 30 minutes × £17.20 an hour × 12 weeks ÷ 4 pupils = £77.40"
    assert row.council_formula == "£653.60 for a weekly hour × 1.5 h a week × 12 ÷ 38 weeks ÷ 4 pupils = £77.40"
    assert row.notes == ()
    assert row.complete


def test_joint_staff_with_a_salary_and_a_rate_by_the_hour(place):
    """Mrs Lacey: £24,360.40 / 1,410 h, Mr Shah: £41.50; 1.5 hours a week by four. 18 hours x £58.7769... / 4 = £264.50."""
    kian = add_pupil(place)
    lacey, _ = staff.add_staff(place.session, "Mrs Lacey", "teaching_assistant", job_title=TA)
    shah, _ = staff.add_staff(place.session, "Mr Shah", "teacher")
    rates.set_salary_rate(place.session, TA, rates.YearOfPay(1820000, 161040, 455000, Decimal(1410)), date(2025, 9, 1), person=lacey.id)
    rates.set_staff_rate(place.session, "Teacher", 4150, date(2025, 9, 1))
    adults = [ProvisionStaff("", "", lacey.id), ProvisionStaff("", "", shah.id, "Teacher")]
    made, saved = provision.add_provision(place.session, values(pence_per_hour=0), [kian.id], staff=adults)
    row = CostBook(place.session).row(made.id, kian.id)
    assert row.planned_pence == 26450
    assert "£58.776879 an hour for 2 adults" in row.formula
    record = place.session.record
    assert staffing.names_of(staffing.people_by_id(record), staffing.staff_of_provision(record, made.id)) == "Mrs Lacey and Mr Shah"
    delivery.tick_session(place.session, made.id, TODAY, "ran")
    assert CostBook(place.session).group(made.id).to_date_pence == 2939
    undoing.undo(place.session, saved.save)
    assert place.session.record.count(ProvisionStaff) == 0


def test_a_missing_rate_and_a_pupil_who_left_are_sentences(place):
    kian = add_pupil(place)
    shah, _ = staff.add_staff(place.session, "Mr Shah", "teacher")
    rates.set_staff_rate(place.session, "Teacher", 4150, date(2026, 9, 14))
    made, _ = provision.add_provision(place.session, values(), [kian.id], staff=[ProvisionStaff("", "", shah.id, "Teacher")])
    place.session.record.save([Amend(Pupil, kian.id, {"left_on": date(2026, 10, 2)})], action="test", actor=place.session.actor)
    row = CostBook(place.session).row(made.id, kian.id)
    assert row.notes == (
        "No rate for Mr Shah from 1 September 2026 to 11 September 2026. These days are not in the cost. "
        "Set the rate in Settings, Staff rates.",
        "Kian Osei left the school on 2 October 2026. The place is costed until then.",
    )
    assert not row.complete
    # Three weeks of 1.5 hours at £41.50, by four.
    assert row.planned_pence == 4669


def test_a_rate_that_changes_is_kept_with_its_history_and_can_be_taken_away(place):
    rates.set_staff_rate(place.session, TA, 1650, date(2025, 9, 1))
    rates.set_staff_rate(place.session, TA, 1720, date(2026, 10, 12))
    kian = add_pupil(place)
    made, _ = provision.add_provision(
        place.session, values(group_size=1, starts_on=date(2026, 9, 28)), [kian.id], staff=[ProvisionStaff("", "", None, TA)]
    )
    # Two weeks at £16.50 and ten at £17.20, an hour and a half a week.
    assert CostBook(place.session).row(made.id, kian.id).planned_pence == 4950 + 25800
    newest = rates.staff_rates(place.session.record)[-1]
    rates.remove_rate(place.session, newest.id)
    assert CostBook(place.session).row(made.id, kian.id).planned_pence == 12 * 2475
    assert [each.pence_per_hour for each in place.session.record.find(StaffRate)] == [1650]


def test_the_year_is_split_by_whose_money_pays(place):
    kian = add_pupil(place)
    provision.add_provision(place.session, values(wave="universal", group_size=1, title="Visual timetable"), [kian.id])
    dear, _ = provision.add_provision(
        place.session, values(sessions_per_week=Decimal(10), minutes=60, weeks=38, group_size=1, starts_on=date(2026, 9, 1)), [kian.id]
    )
    book = CostBook(place.session)
    rows = book.rows_of(kian.id, 2026)
    split = book.elements_of(rows)
    # 10 hours x 38 weeks x £17.20 = £6,536.00, £536.00 above what a school gives first.
    assert (split.core_pence, split.additional_pence, split.element_2_pence, split.shortfall_pence) == (30960, 653600, 600000, 53600)
    assert book.rows_of(kian.id, 2025) == []
    assert {each.provision.id for each in rows} >= {dear.id}


def test_the_councils_own_rate_and_method_take_over(place):
    kian = add_pupil(place)
    made, _ = provision.add_provision(place.session, values(staff_role=TA), [kian.id])
    rates.set_council_rate(place.session, "unit_rate", Decimal(72200), date(2026, 4, 1))
    assert CostBook(place.session).row(made.id, kian.id).council_pence == 8550
    rates.set_council_rate(place.session, "durham", Decimal("28.5"), date(2026, 9, 1), box="A")
    row = CostBook(place.session).row(made.id, kian.id)
    assert row.council_pence == 24368
    assert row.council_formula == "90 minutes a week × £0.285 a minute × 38 weeks ÷ 4 pupils = £243.68"
    for key, more in (
        ("council_rate_box", {}),
        ("council_rate_pence", {"box": "A", "pence": Decimal(0)}),
        ("council_rate_method", {"method": "generic"}),
    ):
        asked = {"method": "durham", "pence": Decimal(10), **more}
        with pytest.raises(Refusal) as refused:
            rates.set_council_rate(place.session, asked["method"], asked["pence"], TODAY, box=asked.get("box"))
        assert refused.value.key == key


def test_days_in_a_group_can_be_changed_and_ticked_sessions_are_told_of(place):
    kian, ava = add_pupil(place), add_pupil(place, "Brennan", "Ava")
    made, _ = provision.add_provision(place.session, values(group_size=2), [kian.id, ava.id])
    delivery.tick_session(place.session, made.id, date(2026, 9, 3), "ran")
    theirs = place.session.record.find(ProvisionPlace, pupil=ava.id)[0]
    said, _ = provision.change_place(place.session, theirs.id, starts_on=date(2026, 9, 15), ends_on=None)
    assert said == ("Sessions ticked outside these days: 1. They stay as they are.",)
    # Ten school days alone, then fifty by two, at £5.16 a day.
    assert CostBook(place.session).row(made.id, kian.id).planned_pence == 10 * 516 + 50 * 258
    with pytest.raises(Refusal, match="place_ends_before_it_starts"):
        provision.change_place(place.session, theirs.id, starts_on=date(2026, 9, 15), ends_on=date(2026, 9, 14))


def test_a_session_is_yours_by_the_link_and_not_by_the_name(place):
    kian = add_pupil(place)
    me = place.session.actor
    other, _ = staff.add_staff(place.session, "S. Adeyemi", "teaching_assistant")
    adults = [ProvisionStaff("", "", other.id), ProvisionStaff("", "", None, TA)]
    made, _ = provision.add_provision(place.session, values(delivered_by="R. Adeyemi"), [kian.id], staff=adults)
    assert not delivery.sessions_of_day(place.session, TODAY)[0].mine
    staffing.set_staff(place.session, made.id, [ProvisionStaff("", "", me.id)])
    found = delivery.sessions_of_day(place.session, TODAY)[0]
    assert found.mine
    assert found.adults == 1
    assert staffing.given_by(place.session.record, me.id, TODAY) == {made.id}
    assert place.session.record.get(StaffMember, other.id) is not None


def test_who_sees_no_cost_gets_none(place):
    school = TwoClasses(place)
    for role in ("teacher", "teaching_assistant", "office"):
        with pytest.raises(Refusal, match="not_for_your_role"):
            CostBook(school.session(role))
        assert school.session(role).record.find(StaffRate) == []
    CostBook(school.session("head_teacher"))


@pytest.mark.parametrize(
    ("key", "year"),
    [
        ("rate_of_a_year", rates.YearOfPay(0, 0, 0, Decimal(1410))),
        ("rate_of_a_year", rates.YearOfPay(100, -1, 0, Decimal(1410))),
        ("rate_hours_of_a_year", rates.YearOfPay(100, 0, 0, Decimal(0))),
        ("rate_is_above_nothing", rates.YearOfPay(100, 0, 0, Decimal(1410))),
    ],
)
def test_a_year_that_cannot_be_is_refused_with_its_field(place, key, year):
    with pytest.raises(Refusal) as refused:
        rates.set_salary_rate(place.session, TA, year, TODAY)
    assert refused.value.key == key
    assert refused.value.details["field"]


def test_the_printed_sum_gives_the_same_pence_again(place):
    """Hours that have no end are printed as what they come from: 40 minutes are 40 ÷ 60 hours and not 0.67."""
    pupil = add_pupil(place).id
    made, _ = provision.add_provision(place.session, values(sessions_per_week=Decimal(2), minutes=20, group_size=1), [pupil])
    row = CostBook(place.session).row(made.id, pupil)
    assert row.council_formula == "£653.60 for a weekly hour × 40 ÷ 60 h a week × 12 ÷ 38 weeks = £137.60"
    assert round(653.60 * 40 / 60 * 12 / 38, 2) == 137.60


def test_an_end_before_the_weeks_are_over_is_told(place):
    kian = add_pupil(place)
    made, _ = provision.add_provision(place.session, values(group_size=1, ends_on=date(2026, 9, 11)), [kian.id])
    row = CostBook(place.session, pupil=kian.id).row(made.id, kian.id)
    assert row.notes == ("Talk Boost ends on 11 September 2026, after 1.8 of its 12 school weeks. The cost is for these.",)
    assert row.planned_pence == 4644

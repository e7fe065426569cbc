"""A letter about a date that has gone by: the day, the rule, how it was counted, and what may excuse it."""

from datetime import date, timedelta

import pytest

from sencoapp.domain.people import School, Term
from sencoapp.domain.record import Amend
from sencoapp.domain.refusals import Refusal
from sencoapp.services import cases
from sencoapp.services.beginning import school
from sencoapp.services.counts import SEN2_COLUMNS, count_list, sen2_list
from sencoapp.services.late_letter import late_letter
from sencoapp.services.ports import RegisterQuery
from tests.documents.reading import page_texts
from tests.places import add_pupil


@pytest.fixture
def today(place):
    return place.session.clock.today()


def closed_for_the_summer(place, today):
    """A school that was closed for five weeks, up to ten days ago."""
    back = today - timedelta(days=10)
    terms = (Term("One", back - timedelta(days=150), back - timedelta(days=36)), Term("Two", back, back + timedelta(days=60)))
    place.session.record.save([Amend(School, school(place.session.record).id, {"terms": terms})], action="x", actor=place.session.actor)
    return back


def late_case(place, today, **dates):
    pupil = add_pupil(place, birth_date=date(2017, 5, 4))
    given = {"request_received": today - timedelta(days=50), **dates}
    return cases.open_case(place.session, pupil.id, "needs_assessment", dates=given, reference="LA/77")[0]


def test_it_names_the_day_the_rule_and_the_lateness(place, today):
    case = late_case(place, today)
    letter = late_letter(place.session, case.id, "decision")
    assert "SEND Regulations 2014, reg 5(1)" in letter["text"]
    assert "That date was 8 days ago." in letter["text"]
    assert "42 days after" in letter["text"]
    assert "Your reference: LA/77" in letter["text"]
    assert letter["recipient"] == "Special Educational Needs Assessment Service (SENA)"
    assert letter["about"] == "Kian Osei, born 4 May 2017"
    assert "exception" not in letter["text"]
    words = " ".join(" ".join(page_texts(place.documents.letter(letter))).split())
    assert "The council says whether it will assess (overdue)" in words


def test_where_the_school_was_closed_the_letter_says_so_and_the_date_stays(place, today):
    back = closed_for_the_summer(place, today)
    case = late_case(place, today, advice_requested=back - timedelta(days=20))
    letter = late_letter(place.session, case.id, "decision")
    assert "An exception may apply" in letter["text"]
    assert "The date stays" in letter["text"]
    assert "That date was 8 days ago." in letter["text"]


def test_what_is_not_late_or_not_the_councils_gets_no_letter(place, today):
    case = late_case(place, today, request_received=today - timedelta(days=10))
    for step in ("decision", "advice", "acknowledged", "song"):
        with pytest.raises(Refusal, match="step_is_not_late"):
            late_letter(place.session, case.id, step)


def test_the_twin_of_sen2_says_that_an_exception_may_apply(place, today):
    back = closed_for_the_summer(place, today)
    late_case(place, today, advice_requested=back - timedelta(days=20))
    (row,) = sen2_list(place.session, RegisterQuery()).rows
    named = dict(zip(SEN2_COLUMNS, row, strict=True))
    assert (named["Week20"], named["ReceivedDate"]) == (1, today - timedelta(days=50))


def test_moves_whose_place_was_not_named_in_time_are_counted(place, today):
    pupil = add_pupil(place, year="6")
    cases.open_case(place.session, pupil.id, "phase_transfer", dates={"school_transfer": today - timedelta(days=20)})
    rows = [[str(each) for each in row] for row in count_list(place.session).rows]
    assert any(row[0] == "Moves whose place was not named in time" and row[-1] == "1" for row in rows)

"""What a council asks a school to count, and the columns of SEN2 that the school is the source of."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sencoapp import reference
from sencoapp.domain.people import Contact, School, SenNeed, SenStatus
from sencoapp.domain.record import Amend, New
from sencoapp.services import cases, counts, requests
from sencoapp.services.beginning import change_school
from sencoapp.services.ports import RegisterQuery
from sencoapp.services.sent_otherwise import Sending, record_sent
from tests.places import add_pupil_without_sen, new_place


@pytest.fixture
def place(tmp_path):
    opened = new_place(tmp_path / "profile")
    yield opened
    opened.close()


def add_pupil(place, surname="Bell", forename="Ava", **values):
    return add_pupil_without_sen(place, surname, forename, **values)


def save(place, *things):
    place.session.record.save([New(each) for each in things], action="import", actor=place.session.actor)


def need(place, pupil, sen_type, rank=1):
    return SenNeed(place.session.ids.new(), pupil, sen_type, rank, date(2025, 9, 1))


def table(content):
    return {(row[0], row[1], row[2]): row[3] for row in content.rows}


def test_counts_are_by_year_and_primary_need(place):
    today = place.session.clock.today()
    ava, ben = add_pupil(place, year="4"), add_pupil(place, "Carr", "Ben", year="7")
    save(place, need(place, ava.id, "SLCN"), need(place, ben.id, "ASD"))
    cases.open_case(place.session, ava.id, "needs_assessment", dates={"request_received": today - timedelta(days=43)})
    case, _ = cases.open_case(place.session, ben.id, "mediation_appeal")
    cases.close_case(place.session, case.id, "won")
    cases.open_case(place.session, ben.id, "specialist_place")
    requests.start_request(place.session, ben.id)
    found = table(counts.count_list(place.session))
    slcn, asd = "Speech, language and communication needs", reference.codes("SENtype")["ASD"]
    assert {(what, year): count for (what, year, _), count in found.items()} == {
        ("Requests that are not sent yet", "7"): 1,
        ("Requests that wait for the council's decision", "4"): 1,
        ("Requests received by the council in 2026 to 2027, decided ones too", "4"): 1,
        ("Requests received by the council in the calendar year 2026, decided ones too", "4"): 1,
        ("Decisions whether to assess that are late", "4"): 1,
        ("Appeals won or conceded", "7"): 1,
        ("Specialist places sought", "7"): 1,
    }
    assert {need.lower() for _, _, need in found} == {slcn.lower(), asd.lower()}


def moved(place):
    """The pupils whose assessment is counted as still open after a move."""
    found = [row for row in counts.count_list(place.session).rows if row[0].startswith("Assessments still open")]
    return {row[1]: row[3] for row in found}


def of_phase(place, phase):
    (school,) = place.session.record.find(School)
    place.session.record.save([Amend(School, school.id, {"phase": phase})], action="change_school", actor=place.session.actor)


@pytest.mark.parametrize(
    ("phase", "year", "entry", "received", "counted"),
    [
        ("secondary", "7", date(2026, 9, 1), date(2026, 3, 2), True),  # asked for at the primary school, typed in today
        ("secondary", "7", date(2026, 9, 1), date(2026, 10, 1), False),  # asked for here
        ("secondary", "7", None, date(2026, 3, 2), True),  # everybody in year 7 is new
        ("secondary", "7", None, date(2026, 10, 1), False),
        ("secondary", "8", date(2025, 9, 1), date(2025, 6, 2), True),  # a year later it is still open
        ("secondary", "8", date(2026, 9, 1), date(2026, 6, 2), False),  # came from another secondary school
        ("secondary", "12", date(2026, 9, 1), date(2026, 6, 2), True),
        ("secondary", "12", date(2021, 9, 1), date(2026, 6, 2), False),  # went up in the same school
        ("primary", "3", date(2026, 9, 1), date(2026, 5, 4), True),  # came from an infant school
        ("primary", "3", date(2023, 9, 1), date(2026, 5, 4), False),  # through the same primary school
        ("primary", "3", None, date(2026, 5, 4), False),  # nobody knows whether the pupil moved
        ("primary", "7", date(2026, 9, 1), date(2026, 5, 4), False),
        ("middle", "5", date(2026, 9, 1), date(2026, 5, 4), True),
        ("post_16", "12", None, date(2026, 5, 4), True),
        ("primary", "R", date(2026, 9, 1), date(2026, 5, 4), False),
    ],
)
def test_an_assessment_still_open_after_a_move_is_counted_by_the_days_of_request_and_entry(place, phase, year, entry, received, counted):
    of_phase(place, phase)
    pupil = add_pupil(place, year=year, entry_on=entry)
    case, _ = cases.open_case(place.session, pupil.id, "needs_assessment", dates={"request_received": received})
    assert moved(place) == ({year: 1} if counted else {})
    cases.close_case(place.session, case.id, "assess_plan")
    assert moved(place) == {}


def test_requests_are_counted_by_school_year_and_calendar_year_the_decided_ones_too(place):
    ava, ben = add_pupil(place, year="4"), add_pupil(place, "Carr", "Ben", year="4")
    save(place, need(place, ava.id, "SLCN"))
    case, _ = cases.open_case(place.session, ava.id, "needs_assessment", dates={"request_received": date(2026, 3, 2)})
    cases.close_case(place.session, case.id, "not_to_assess", on=date(2026, 4, 9))
    cases.open_case(place.session, ben.id, "needs_assessment", dates={"request_received": date(2026, 10, 5)})
    request, _ = requests.start_request(place.session, ava.id)
    record_sent(place.session, request.id, Sending(date(2026, 11, 2), "email"))
    found = {
        (row[0], row[2] is not None): row[3] for row in counts.count_list(place.session).rows if row[0].startswith("Requests received")
    }
    words = "Requests received by the council in {}, decided ones too"
    assert found == {
        (words.format("2026 to 2027"), True): 1,
        (words.format("2026 to 2027"), False): 1,
        (words.format("2025 to 2026"), True): 1,
        (words.format("the calendar year 2026"), True): 2,
        (words.format("the calendar year 2026"), False): 1,
    }


@pytest.mark.parametrize(
    ("who", "label"),
    [
        ("school", "School or other education setting"),
        ("parent", "Parent or young person"),
        ("young_person", "Parent or young person"),
        ("health", "Health care professional"),
        ("social_care", "Social care professional"),
        ("other", "Other"),
        (None, None),
    ],
)
def test_the_twin_of_sen2_says_who_asked_and_nothing_where_nobody_knows(place, who, label):
    pupil = add_pupil(place)
    cases.open_case(place.session, pupil.id, "needs_assessment", dates={"request_received": date(2026, 10, 5)}, asked_by=who)
    content = counts.sen2_list(place.session, RegisterQuery())
    (row,) = [dict(zip(content.headings, each, strict=True)) for each in content.rows]
    assert (row["RequestSource"], row["ReceivedDate"]) == (label, date(2026, 10, 5))


def test_the_twin_of_sen2_has_no_day_of_receipt_for_one_that_was_only_sent(place):
    request, _ = requests.start_request(place.session, add_pupil(place).id)
    record_sent(place.session, request.id, Sending(date(2026, 11, 2), "post"))
    content = counts.sen2_list(place.session, RegisterQuery())
    (row,) = [dict(zip(content.headings, each, strict=True)) for each in content.rows]
    assert (row["RequestSource"], row["ReceivedDate"]) == ("School or other education setting", None)


def test_the_twin_of_sen2_has_pupils_with_a_plan_or_a_request_and_keeps_apart_what_is_kept_apart(place):
    today = place.session.clock.today()
    plan, asked, neither = (add_pupil(place, "Bell", name, postcode="LE1 1AA") for name in ("Ava", "Ben", "Cal"))
    save(
        place,
        SenStatus(place.session.ids.new(), plan.id, "E", date(2025, 10, 1)),
        need(place, plan.id, "SpLD"),
        need(place, plan.id, "ASD", 2),
    )
    hidden = Contact(place.session.ids.new(), plan.id, 1, "Bell", lives_with_pupil=True, postcode="LE1 1AA", address_hidden=True)
    save(place, hidden)
    cases.open_case(place.session, plan.id, "annual_review", dates={"review_meeting": today - timedelta(days=9)})
    cases.open_case(place.session, asked.id, "needs_assessment", dates={"request_received": today - timedelta(days=9)})
    content = counts.sen2_list(place.session, RegisterQuery())
    rows = {row[1]: dict(zip(content.headings, row, strict=True)) for row in content.rows}
    assert rows.keys() == {"Ava", "Ben"}
    assert (rows["Ava"]["SENtype1"], rows["Ava"]["SENtype2"]) == ("SPLD", "ASD")
    assert rows["Ava"]["ReviewMeeting"] == today - timedelta(days=9)
    assert rows["Ava"]["PostCode"] is None
    assert (rows["Ben"]["PostCode"], rows["Ben"]["ReceivedDate"]) == ("LE1 1AA", today - timedelta(days=9))
    assert neither.legal_forename not in rows


@pytest.mark.parametrize(
    ("said", "places", "shown"), [(True, True, 1), (False, True, 0), (None, True, None), (None, None, None), (None, False, 0)]
)
def test_the_twin_of_sen2_says_what_the_school_is_and_who_has_a_special_place(place, said, places, shown):
    home = place.session.record.find(School)[0]
    change_school(place.session, home, replace(home, ukprn="1001 2345", special_places=places))
    pupil = add_pupil(place, upn_unknown="UN2", sen_unit=said, resourced_provision=said)
    save(place, SenStatus(place.session.ids.new(), pupil.id, "E", date(2025, 10, 1)))
    content = counts.sen2_list(place.session, RegisterQuery())
    (row,) = (dict(zip(content.headings, each, strict=True)) for each in content.rows)
    assert (row["UPN"], row["UPNunknown"], row["UKPRN"]) == (None, "UN2", "10012345")
    assert (row["SENunitIndicator"], row["ResourcedProvisionIndicator"]) == (shown, shown)


def test_every_column_of_sen2_that_schools_are_the_source_of_is_there():
    """Of the person, the request, the school of plan and placement (interop.md 2.2, marked S, and A where we know it)."""
    person = {"Surname", "Forename", "PersonBirthDate", "Sex", "Ethnicity", "PostCode", "UPN", "UniqueLearnerNumber", "UPNunknown"}
    placement = {"URN", "UKPRN", "EntryDate", "LeavingDate", "SENunitIndicator", "ResourcedProvisionIndicator"}
    assert {*person, *placement, "ReceivedDate", "RequestSource", "ReviewMeeting", "Week20"} <= set(counts.SEN2_COLUMNS)
    assert len(set(counts.SEN2_COLUMNS)) == len(counts.SEN2_COLUMNS)


def test_the_list_of_cases_has_the_open_ones_first(place):
    ava, ben = add_pupil(place), add_pupil(place, "Carr", "Ben")
    closed, _ = cases.open_case(place.session, ben.id, "complaint")
    cases.close_case(place.session, closed.id, "upheld")
    cases.open_case(place.session, ava.id, "complaint")
    content = counts.cases_list(place.session)
    assert [row[0] for row in content.rows] == [ava.name, ben.name]
    assert [row[6] for row in content.rows] == [None, "Upheld"]

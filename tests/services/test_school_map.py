"""The provision map of a school: a hand-computed example, and rules that hold for any school."""

from dataclasses import astuple
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sencoapp.domain.delivery import SessionMark
from sencoapp.domain.provision import ProvisionPlace, ProvisionStaff, StaffRate, to_pence
from sencoapp.domain.provision_map import GROUPINGS, Figures, MapQuery, Period
from sencoapp.domain.record import Amend, New
from sencoapp.domain.refusals import Refusal
from sencoapp.services import delivery, provision, provision_map, undoing
from sencoapp.services.provision_map import SchoolMap, read_map
from tests.places import add_pupil
from tests.services.map_school import BY_LINE, FIRST, LAST, PLANNED, QUERY, SPENT, MapSchool, values
from tests.services.people_of_the_school import TwoClasses


@pytest.fixture
def school(place):
    return MapSchool(place)


def by_path(found: SchoolMap) -> dict[str, Figures]:
    """Figures by the titles on the way to a line; a group is named by who gives it."""
    names: dict[str, str] = {}
    for line in found.lines:
        title = line.provision.delivered_by if line.kind == "group" else line.title
        names[line.key] = f"{names[line.parent]}/{title}" if line.parent else title
    return {names[line.key]: line.figures for line in found.lines}


def shown(figures: Figures) -> tuple[int, ...]:
    sessions, held, _, planned_minutes, _, minutes, planned, spent = astuple(figures)
    return sessions, held, planned_minutes, minutes, planned, spent


def test_the_map_says_what_was_worked_out_by_hand(place, school):
    found = read_map(place.session, QUERY)
    assert {path: shown(figures) for path, figures in by_path(found).items()} == BY_LINE
    assert shown(found.total) == (40, 9, 1900, 370, PLANNED, SPENT)
    assert (found.pupils, found.places) == (4, 9)
    assert by_path(found)["Targeted/Talk Boost/Mrs Lacey"].due_minutes == 17 * 18
    assert by_path(found)["Targeted/Talk Boost/Mrs Lacey"].missed == 1


@pytest.mark.parametrize("by", GROUPINGS)
def test_the_totals_are_the_same_however_it_is_put_together(place, school, by):
    found = read_map(place.session, QUERY, by)
    assert shown(found.total) == (40, 9, 1900, 370, PLANNED, SPENT)
    for level in range(3):
        above = [each for each in found.lines if each.depth == level]
        for line in above:
            inside = [each for each in found.lines if each.parent == line.key]
            if inside:
                assert line.figures.planned_pence == sum(each.figures.planned_pence for each in inside)
                assert line.figures.spent_pence == sum(each.figures.spent_pence for each in inside)
    assert sum(each.figures.planned_pence for each in found.lines if each.depth == 0) == PLANNED


def test_a_year_shows_its_own_pupils_and_their_share_alone(place, school):
    found = read_map(place.session, MapQuery(QUERY.period, years=("2",)))
    paths = by_path(found)
    assert {path.rpartition("/")[2] for path in paths if path.count("/") > 1} == {"Mrs Lacey", "Miss Tan", "Ava Brennan", "Zac Marlow"}
    assert (found.total.planned_pence, found.total.spent_pence) == (2580 + 3000 + 2 * 1147, 1003 + 2 * 573)
    assert paths["Targeted/Word recall"].held == 2


def test_filters_hold_together(place, school):
    def titles(**query):
        lines = read_map(place.session, MapQuery(QUERY.period, **query)).lines
        return {each.title for each in lines if each.kind == "provision"}

    assert titles(waves=("specialist",)) == {"Named support"}
    assert titles(areas=("cl",)) == {"Word recall"}
    assert titles(areas=("",)) == {"Named support"}
    assert titles(staff=("Miss Tan",)) == {"Talk Boost", "Word recall"}
    assert titles(staff=("Miss Tan",), areas=("ci",)) == {"Talk Boost"}
    assert titles(waves=("universal",)) == set()
    choices = provision_map.choices(place.session, QUERY.period)
    assert (choices.years, choices.staff) == (("2", "4"), ("Miss Tan", "Mrs Lacey"))


def test_a_span_that_cuts_a_month_in_two_reads_the_sessions_of_its_days(place, school):
    early = read_map(place.session, MapQuery(Period(FIRST, date(2026, 11, 4))))
    late = read_map(place.session, MapQuery(Period(date(2026, 11, 5), LAST)))
    assert (early.total.held, early.total.minutes) == (2 + 1 + 3, 50 + 40 + 180)
    assert (early.total.held + late.total.held, early.total.minutes + late.total.minutes) == (9, 370)
    before = read_map(place.session, MapQuery(Period(date(2026, 9, 1), date(2026, 10, 30))))
    assert before.lines == ()
    assert before.total == Figures()


def test_what_is_undone_is_out_of_the_sums(place, school):
    before = read_map(place.session, QUERY)
    _, saved = delivery.tick_session(place.session, school.named, date(2026, 11, 5), "ran")
    assert read_map(place.session, QUERY).total.minutes == before.total.minutes + 60
    undoing.undo(place.session, saved.save)
    assert read_map(place.session, QUERY) == before
    place.session.record.rebuild()
    assert read_map(place.session, QUERY) == before
    assert [each.sentence for each in place.session.record.verify() if not each.sound] == []


def test_a_map_can_be_put_in_order_of_what_it_costs(place, school):
    def titles(order):
        return [each.title for each in read_map(place.session, QUERY, "area", order).lines if each.depth == 1]

    assert titles("planned") == ["Talk Boost", "Word recall", "Named support"]
    by_pupil = read_map(place.session, QUERY, "pupil", "-spent")
    assert [each.title for each in by_pupil.lines if each.depth == 0] == [
        "Kian Osei",
        "Ava Brennan",
        "Noor Aziz",
        "Zac Marlow",
        "Places not taken",
    ]


@pytest.mark.parametrize(("last", "key"), [(date(2026, 10, 1), "map_ends_before_it_starts"), (date(2062, 11, 2), "map_is_too_long")])
def test_a_span_that_was_mistyped_is_refused_in_words(place, last, key):
    with pytest.raises(Refusal, match=key):
        read_map(place.session, MapQuery(Period(FIRST, last)))


def test_a_teacher_sees_their_own_class_and_no_cost(place):
    school = TwoClasses(place)
    provision.add_provision(place.session, values(), [school.own.id, school.other.id])
    found = read_map(school.session("teacher"), QUERY)
    assert [each.place.name for each in found.lines if each.place] == ["Kian Osei"]
    assert not found.shows_cost
    assert found.total.planned_pence == found.total.spent_pence == 0
    assert not any(each.kind == "free" or (each.row and each.row.planned) for each in found.lines)
    assert provision_map.choices(school.session("teacher"), QUERY.period).years == ("4",)
    assert read_map(school.session("head_teacher"), QUERY).total.planned_pence == 103_20
    assert read_map(school.session("office"), QUERY).lines == ()


TODAY = date(2026, 11, 24)
HOW = ("ran", "short", "missed", "absent", "not_due")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.integers(0, 16), st.sampled_from(["ran", "short", "missed", "absent", "not_due"]), st.integers(0, 2), st.integers(1, 3)
        ),
        max_size=12,
    ),
    st.integers(1, 4),
    st.integers(-1, 16),
    st.booleans(),
    st.sampled_from([None, "The group is there for her"]),
)
def test_the_map_and_the_ledger_say_the_same_of_any_sessions(place, ticks, size, joins, dated, carries):
    """Of any group: one that is too small or has free places, with a pupil who joined late, a rate that changed, a cost that is carried."""
    pupils = [add_pupil(place, f"Osei{number}", "Kian").id for number in range(3)]
    made, _ = provision.add_provision(place.session, values(title="Any", group_size=size), pupils)
    places = place.session.record.find(ProvisionPlace, provision=made.id)
    edits = [Amend(ProvisionPlace, places[0].id, {"starts_on": FIRST + timedelta(days=joins)})] if joins >= 0 else []
    edits += [Amend(ProvisionPlace, places[1].id, {"whole_cost_reason": carries})] if carries else []
    if dated:
        for day, pence in ((date(2026, 9, 1), 1801), (date(2026, 11, 11), 1933)):
            edits.append(New(StaffRate(place.session.ids.new(), "Any helper", pence, day)))
        edits.append(New(ProvisionStaff(place.session.ids.new(), made.id, staff_role="Any helper")))
    place.session.record.save(edits, action="leave_provision", actor=place.session.actor)
    for number, how, which, adults in ticks:
        day = FIRST + timedelta(days=number)
        result = how if how in ("ran", "short", "missed") else "ran"
        delivery.tick_session(place.session, made.id, day, result, minutes=20 if how == "short" else None, reason="no_room", adults=adults)
        if how in ("absent", "not_due") and place.session.record.find(SessionMark, provision=made.id, happened_on=day, pupil=pupils[which]):
            delivery.mark_pupil(place.session, made.id, day, pupils[which], how)
    try:
        ledger = {each.pupil: each.tally for each in delivery.ledger_of(place.session, made.id).periods[0][1]}
        lines = [each for each in read_map(place.session, MapQuery(Period(FIRST, TODAY))).lines if each.group]
        lines = [each for each in lines if each.group.provision.id == made.id]
        for line in lines:
            told = ledger.get(line.place.pupil if line.place else "")
            if line.kind == "free":
                continue
            assert (line.figures.minutes, line.figures.held, line.figures.missed) == (told.delivered_minutes, told.held, told.missed)
            assert line.figures.due_minutes == told.planned_minutes
            if line.place:
                assert line.figures.planned_pence == to_pence(told.planned_cost)
                assert line.figures.spent_pence == to_pence(told.delivered_cost)
            else:  # each row is rounded by itself
                assert abs(line.figures.planned_pence - told.planned_cost) <= 4
                assert abs(line.figures.spent_pence - told.delivered_cost) <= 4
    finally:
        for each in {each.pupil for each in place.session.record.find(ProvisionPlace, provision=made.id)}:
            provision.take_places_away(place.session, each, made.id)
        provision.remove_provision(place.session, made.id)

"""A plan as a file: it comes back as it went out, for the pupil it is about and for nobody else."""

import contextlib
import json
from dataclasses import replace
from datetime import date, timedelta

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.people import Pupil
from sencoapp.domain.plan import Cycle
from sencoapp.domain.plan_file import (
    OutcomeInFile,
    PlanFile,
    PlanInFile,
    ProvisionInFile,
    PupilInFile,
    ViewInFile,
    from_content,
    to_content,
)
from sencoapp.domain.record import Remove
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.services import plan_files
from tests.places import add_pupil

START = date(2026, 9, 1)
words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=30).filter(lambda each: each.strip())
some_words = st.none() | words
days = st.integers(0, 80).map(lambda each: START + timedelta(days=each))
some_day = st.none() | days
areas = st.sampled_from([None, "ci", "cl", "semh", "sp"])
nexts = st.sampled_from([None, "continue", "change", "stop"])
ratings = st.sampled_from([None, "met", "nearly", "some", "not_met"])

outcomes = st.builds(
    OutcomeInFile, number=st.just(1), text=words, area=areas, baseline=some_words, target=some_words, measure=some_words,
    by_on=some_day, rating=ratings, result=some_words, review_note=some_words, next=nexts,
)  # fmt: skip
provision = st.builds(
    ProvisionInFile, title=words, wave=st.sampled_from(["universal", "targeted", "specialist"]), delivered_by=words,
    sessions_per_week=st.decimals(1, 5, places=1), minutes=st.integers(5, 60), weeks=st.integers(1, 39), group_size=st.integers(1, 8),
    starts_on=st.just(START), ends_on=some_day, area=areas, aim=some_words, outcome=st.just(None), next=nexts,
)  # fmt: skip
views = st.one_of(
    st.builds(ViewInFile, whose=st.just("pupil"), given_on=days, text=words, said_by=some_words),
    st.builds(ViewInFile, whose=st.just("pupil"), given_on=days, absent_because=words),
)


@st.composite
def files(draw: st.DrawFn) -> PlanFile:
    found = [replace(each, number=at) for at, each in enumerate(draw(st.lists(outcomes, max_size=3)), start=1)]
    serves = st.sampled_from([None, *(each.number for each in found)])
    given_out = [replace(each, outcome=draw(serves)) for each in draw(st.lists(provision, max_size=2))]
    closed = draw(some_day)
    plan = PlanInFile(
        number=draw(st.integers(1, 9)), starts_on=START, kind=draw(st.sampled_from([None, "learning_plan"])), review_due_on=draw(some_day),
        assess_summary=draw(some_words), planned_on=draw(some_day), strategies=draw(some_words), decision=draw(some_words),
        reviewed_on=closed, closed_on=closed, outcomes=tuple(found), provision=tuple(given_out),
        views=tuple(draw(st.lists(views, max_size=1))),
    )  # fmt: skip
    return PlanFile("senco-plan", 1, date(2026, 11, 24), draw(words), PupilInFile("Osei", "Kian", date(2018, 2, 3)), plan)


SCHEMA = jsonschema.Draft202012Validator(reference.data("schemas", "plan.schema.json"), format_checker=jsonschema.FormatChecker())


@given(files())
def test_a_plan_comes_back_from_its_json_as_it_went_and_is_what_the_schema_says(file: PlanFile) -> None:
    content = json.loads(json.dumps(to_content(file)))
    SCHEMA.validate(content)
    assert from_content(content) == file


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(file=files())
def test_a_plan_that_was_taken_in_goes_out_again_as_it_came(place: Workplace, file: PlanFile) -> None:
    session = place.session
    kian = add_pupil(place)
    cycle, _ = plan_files.take_in_plan(session, file, kian.id)
    again = plan_files.read_plan_file(plan_files.plan_file(session, cycle.id))
    assert again.plan == replace(file.plan, number=1)
    assert (session.record.get(Cycle, cycle.id).closed_on is None) == (file.plan.closed_on is None)  # type: ignore[union-attr]
    session.record.save([Remove(Pupil, kian.id)], action="remove_pupil", actor=session.actor)


def a_file(**pupil: object) -> PlanFile:
    whose = replace(PupilInFile("Osei", "Kian", date(2018, 2, 3), "B801200005001"), **pupil)  # type: ignore[arg-type]
    plan = PlanInFile(1, START, review_due_on=date(2027, 1, 8), outcomes=(OutcomeInFile(1, "Joins a game"),))
    return PlanFile("senco-plan", 1, date(2026, 11, 24), "Elm Grove", whose, plan)


def test_whose_plan_it_is_is_certain_by_upn_or_by_name_and_birth_date_and_else_a_person_decides(place: Workplace) -> None:
    session = place.session
    kian = add_pupil(place, upn="B801200005001")
    twin = add_pupil(place, "Osei", "Kian", birth_date=date(2019, 5, 5), upn="A801200005002")
    assert plan_files.match(session, a_file()) == plan_files.Match("certain", (kian,))
    assert plan_files.match(session, a_file(upn=None)) == plan_files.Match("certain", (kian,))
    assert plan_files.match(session, a_file(upn=None, birth_date=None)).how == "doubtful"
    assert plan_files.match(session, a_file(legal_forename="Kofi", birth_date=None)) == plan_files.Match("doubtful", (kian,))
    assert plan_files.match(session, a_file(upn="A801200005002", birth_date=date(2018, 2, 3))).how == "doubtful"
    assert plan_files.match(session, a_file(upn=None, legal_surname="Moss")).how == "nobody"
    assert twin.id


def test_a_plan_goes_to_nobody_else_and_never_beside_an_open_one(place: Workplace) -> None:
    session = place.session
    ava = add_pupil(place, "Brennan", "Ava", birth_date=date(2017, 1, 1))
    with pytest.raises(Refusal, match="plan_is_of_somebody_else") as refused:
        plan_files.take_in_plan(session, a_file(), ava.id)
    assert reference.explain(refused.value).startswith("The plan is of Kian Osei. Nothing of it agrees with Ava Brennan")
    kian = add_pupil(place)
    plan_files.take_in_plan(session, a_file(), kian.id)
    with pytest.raises(Refusal, match="cycle_is_open_already"):
        plan_files.take_in_plan(session, a_file(), kian.id)
    gone = add_pupil(place, left_on=date(2026, 10, 1))
    with pytest.raises(Refusal, match="pupil_has_left"):
        plan_files.take_in_plan(session, a_file(), gone.id)


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"\x00\xff", "plan_file_unknown"),
        (b"[]", "plan_file_unknown"),
        (b"[" * 100_000, "plan_file_unknown"),
        (b'{"format": "senco-plan", "version": 2}', "plan_file_newer"),
        (b'{"format": "senco-plan", "version": 1}', "plan_file_damaged"),
        (b" " * (plan_files.MOST_BYTES + 1), "plan_file_too_large"),
    ],
)
def test_what_is_no_plan_is_a_sentence(content: bytes, key: str) -> None:
    with pytest.raises(Fault, match=key):
        plan_files.read_plan_file(content)


@given(st.data())
def test_a_plan_with_a_value_changed_is_read_or_refused_and_never_anything_else(data: st.DataObject) -> None:
    content = json.loads(json.dumps(to_content(data.draw(files()))))
    place = content
    while isinstance(place, dict | list) and place:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or data.draw(st.booleans()):
            place[key] = data.draw(st.none() | st.integers() | st.text(max_size=5) | st.lists(st.none(), max_size=1) | st.just({}))
            break
        place = place[key]
    with contextlib.suppress(Fault):
        from_content(content)
